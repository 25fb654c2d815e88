"""The papers: what an officer takes to committee, as accessible PDFs."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reporting import papers as paper
from reporting.views.pages import programme_of, render_page


def _pdf(programme, name, content):
    response = HttpResponse(content, content_type="application/pdf")
    filename = f"{programme.council.slug}-{programme.period.key}-{name}.pdf"
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


@require_safe
def papers(request, council):
    return render_page(request, "reporting/papers.html", programme_of(request, council), "papers")


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
