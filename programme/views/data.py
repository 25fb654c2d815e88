"""Data for everyone: the downloads and what their columns mean."""

from django.views.decorators.http import require_safe

from bcfportal.lib.exports import export_of
from programme.exports import EXPORTS
from programme.pages import programme_of, render_page


@require_safe
def data(request, council):
    programme = programme_of(request, council)
    return render_page(
        request, "programme/data.html", programme, "data", exports=list(EXPORTS.values())
    )


@require_safe
def download(request, council, name):
    """One download as CSV. Raises Http404 if there is none of that name."""
    programme = programme_of(request, council)
    export = export_of(EXPORTS, name)
    stem = f"{programme.council.file_name}-{programme.period.key}-{export.name}"
    return export.answer(programme, stem, version=programme.version)
