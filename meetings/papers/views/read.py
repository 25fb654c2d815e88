"""A paper as everyone reads it: page and PDF."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from meetings.papers.layout import laid_out
from meetings.papers.published import ShownPaper, shown_to
from meetings.papers.references import compared
from meetings.papers.report_pdf import PAPER, committee_paper, facts
from projects.models import Council
from publishing.kept_papers import handed_out
from publishing.pages import council_shown, render_council_page


@require_safe
def paper(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponse:
    """One paper, with its headings and numbered paragraphs."""
    of_council, access = council_shown(request, council)
    page = shown_to(request, of_council, access, committee, meeting, item)
    return render_council_page(
        request,
        "meetings/papers/paper.html",
        of_council,
        access,
        "meetings",
        of_version=page.version,
        shown=page,
        paper=page.content,
        parts=laid_out(page.content),
        facts=facts(page.content),
        references=compared(of_council, page.content.figures),
        may_withdraw=access.may(Permission.KEEP_MEETINGS),
    )


@require_safe
def pdf(
    request: HttpRequest, council: str, committee: str, meeting: str, item: str
) -> HttpResponseBase:
    """The paper as an accessible PDF."""
    of_council, access = council_shown(request, council)
    page = shown_to(request, of_council, access, committee, meeting, item)
    return handed_out(
        lambda: committee_paper(of_council, page.content, page.version),
        filename=f"{_stem(of_council, page)}.pdf",
        name=PAPER,
        version=page.version,
    )


def _stem(council: Council, page: ShownPaper) -> str:
    paper = page.content
    version = f"version-{page.version.number}" if page.version else "draft"
    return f"{council.file_name}-paper-{paper.meeting}-item-{paper.item}-{version}"
