"""The papers: what an officer takes to committee, as accessible PDFs."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reporting import papers as paper
from reporting.contents import has_contents
from reporting.programme import programme_in
from reporting.versions.reading import versions_of
from reporting.views.pages import (
    council_shown,
    period_asked,
    programme_of,
    render_council_page,
    render_page,
    version_asked,
)
from reporting.vital_signs.shown import vital_signs_of


def _pdf(programme, name, content):
    response = HttpResponse(content, content_type="application/pdf")
    filename = f"{programme.council.file_name}-{programme.period.key}-{name}.pdf"
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


@require_safe
def papers(request, council):
    shown, access = council_shown(request, council)
    measures = vital_signs_of(shown, access) if shown.has_vital_signs else None
    if not shown.has_programme and has_contents(shown):
        return render_council_page(
            request, "reporting/council_papers.html", shown, access, "papers", measures=measures
        )
    programme = programme_in(shown, access, period_asked(request), version_asked(request))
    rows = versions_of(programme.period)
    return render_page(
        request,
        "reporting/papers.html",
        programme,
        "papers",
        measures=measures,
        earlier=[(row, said) for row, said in rows if said.superseded_by],
        corrected=[each for each in programme.corrections if each.period == programme.period.key],
    )


@require_safe
def summary_overview(request, council):
    programme = programme_of(request, council)
    return _pdf(programme, "summary-overview", paper.summary_overview(programme))


@require_safe
def progress_update(request, council):
    programme = programme_of(request, council)
    return _pdf(programme, "progress-update", paper.progress_update(programme))


@require_safe
def project_pdf(request, council, slug):
    programme = programme_of(request, council)
    sheet = programme.sheet(slug)
    return _pdf(programme, sheet.slug, paper.project_on_a_page(programme, sheet))
