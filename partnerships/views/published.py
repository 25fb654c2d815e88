"""Programmes, pools and joint outcomes as they are published, with their downloads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from bcfportal.lib.exports import export_of
from partnerships import tables
from partnerships.exports import PARTNERSHIP_EXPORTS
from partnerships.models import Arrangement, ArrangementVersion
from partnerships.published import published_arrangements, shown_to
from partnerships.report_pdf import PAPER, arrangement_paper
from partnerships.transitions import may_write
from publishing.kept_papers import handed_out
from publishing.may_read import reads_drafts
from publishing.pages import council_shown, render_council_page
from stated.published import by_thing, figures_of

TEMPLATES = {
    "programme": "partnerships/programme.html",
    "pool": "partnerships/pool.html",
    "outcomes": "partnerships/joint_outcomes.html",
}
SECTION = "overview"


@require_safe
def partnerships(request: HttpRequest, council: str) -> HttpResponse:
    """All that the council arranges with partners; for who keeps it, what is not published too."""
    of_council, access = council_shown(request, council)
    sees_drafts = reads_drafts(ArrangementVersion, access)
    published = published_arrangements(of_council)
    if not published and not sees_drafts:
        raise Http404("Nothing is published.")
    return render_council_page(
        request,
        "partnerships/partnerships.html",
        of_council,
        access,
        SECTION,
        groups=[
            (kind.label, those)
            for kind in Arrangement.Kind
            if (those := [content for content in published if content.kind == kind])
        ],
        working=Arrangement.objects.filter(council=of_council) if sees_drafts else [],
        may_add=[kind for kind in Arrangement.Kind if may_write(access, kind)],
        exports=PARTNERSHIP_EXPORTS.values() if published else [],
    )


@require_safe
def pools(request: HttpRequest, council: str) -> HttpResponse:
    """The pools of money, with what partners put in by year."""
    of_council, access = council_shown(request, council)
    published = [content for content in published_arrangements(of_council) if content.pool]
    if not published:
        raise Http404("No pool is published.")
    return render_council_page(
        request,
        "partnerships/pools.html",
        of_council,
        access,
        SECTION,
        pools=published,
        exports=[PARTNERSHIP_EXPORTS[name] for name in ("contributions", "budgets")],
    )


@require_safe
def arrangement(request: HttpRequest, council: str, kind: str, arrangement: str) -> HttpResponse:
    """One programme, pool or framework, in the version that is asked for."""
    of_council, access = council_shown(request, council)
    page = shown_to(request, of_council, access, kind, arrangement)
    figures = [
        figure
        for figure in (figures_of(of_council) if page.content.programme else [])
        if page.content.source and figure.source.startswith(page.content.source)
    ]
    return render_council_page(
        request,
        TEMPLATES[kind],
        of_council,
        access,
        SECTION,
        of_version=page.version,
        shown=page,
        content=page.content,
        figures=by_thing(figures),
        about=tables.about(page.content),
        meeting_url=tables.meeting_url(page.content),
        label=Arrangement.Kind(kind).label,
    )


@require_safe
def paper(request: HttpRequest, council: str, kind: str, arrangement: str) -> HttpResponseBase:
    """It as a paper. Raises Http404 where there is none of that kind."""
    of_council, access = council_shown(request, council)
    page = shown_to(request, of_council, access, kind, arrangement)
    number = f"-v{page.content.number}" if page.version else "-working"
    return handed_out(
        lambda: arrangement_paper(of_council, page.content, page.version),
        filename=f"{of_council.file_name}-{kind}-{page.content.slug}{number}.pdf",
        name=PAPER,
        version=page.version,
    )


@require_safe
def table(request: HttpRequest, council: str, table: str, form: str) -> HttpResponseBase:
    """One table of all arrangements. Raises Http404 where there is none of that name."""
    of_council, _ = council_shown(request, council)
    export = export_of(PARTNERSHIP_EXPORTS, table)
    published = published_arrangements(of_council)
    if not published:
        raise Http404("Nothing is published.")
    return export.answer(published, f"{of_council.file_name}-partnerships-{export.name}", form)
