"""The papers: what an officer takes to committee, as accessible PDFs."""

from django.views.decorators.http import require_safe

from outcomes.vital_signs.published import vital_signs_of
from programme import report_pdf as paper
from programme.pages import programme_of, programme_with, render_page
from programme.papers_offered import papers_offered
from programme.programme import programme_in
from publishing.council_sections import has_contents
from publishing.kept_papers import handed_out, hashes
from publishing.pages import council_shown, period_asked, render_council_page, version_asked
from publishing.period_versions.published import versions_of
from returns.period_versions.superseded import not_read_of_period


@require_safe
def papers(request, council):
    council, access = council_shown(request, council)
    measures = vital_signs_of(council, access) if council.has_vital_signs else None
    offered = papers_offered(council, measures)
    if not council.has_programme and has_contents(council):
        return render_council_page(
            request, "programme/council_papers.html", council, access, "papers", offered=offered
        )
    programme = programme_in(council, access, period_asked(request), version_asked(request))
    earlier = [pair for pair in versions_of(programme.period) if pair[1].superseded_by]
    not_read = not_read_of_period(programme.acts, programme.period.pk) if earlier else {}
    kept = hashes([programme.version.fingerprint]) if programme.version else {}
    return render_page(
        request,
        "programme/papers.html",
        programme,
        "papers",
        offered=offered,
        hashes={name: sha256 for (_, name), sha256 in kept.items()},
        earlier=[(said, not_read.get(row)) for row, said in earlier],
        corrected=[
            correction
            for correction in programme.corrections
            if correction.period == programme.period.key
        ],
    )


def _paper(programme, name, make):
    """The paper; for what is published, the file that was first handed out."""
    version = programme.version
    number = f"v{version.number}" if version else "preview"
    return handed_out(
        make,
        filename=f"{programme.council.file_name}-{programme.period.key}-{number}-{name}.pdf",
        name=name,
        version=version,
    )


@require_safe
def summary_overview(request, council):
    programme = programme_of(request, council).as_published
    return _paper(programme, "summary-overview", lambda: paper.summary_overview(programme))


@require_safe
def progress_update(request, council):
    programme = programme_of(request, council).as_published
    return _paper(programme, "progress-update", lambda: paper.progress_update(programme))


@require_safe
def project_pdf(request, council, slug):
    programme = programme_with(request, council, slug).as_published
    sheet = programme.sheet(slug)
    return _paper(programme, sheet.slug, lambda: paper.project_on_a_page(programme, sheet))
