"""Pages of figures that papers state in words, and of the place and its people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from publishing.pages import council_shown, render_council_page
from stated import published
from stated.exports import STATED


@require_safe
def stated(request: HttpRequest, council: str) -> HttpResponse:
    """Every figure, by paper and by the thing that it is of."""
    shown_council, access = council_shown(request, council)
    papers = published.papers_of(shown_council)
    if not papers:
        raise Http404("No figures stated in words.")
    return render_council_page(
        request,
        "stated/stated.html",
        shown_council,
        access,
        "stated",
        papers=papers,
        count=sum(len(paper.figures) for paper in papers),
    )


@require_safe
def place(request: HttpRequest, council: str) -> HttpResponse:
    """The facts of the place and its people, by heading."""
    shown_council, access = council_shown(request, council)
    headings = published.of_place(shown_council)
    if not headings:
        raise Http404("No facts of the place.")
    return render_council_page(
        request, "stated/place.html", shown_council, access, "place", headings=headings
    )


@require_safe
def download(request: HttpRequest, council: str, form: str) -> HttpResponseBase:
    """Every figure as CSV or as a workbook, a row each."""
    shown_council, _ = council_shown(request, council)
    if not published.figures_of(shown_council).exists():
        raise Http404("No figures stated in words.")
    return STATED.answer(shown_council, f"{shown_council.file_name}-{STATED.name}", form)
