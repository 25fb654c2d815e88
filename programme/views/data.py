"""Data for everyone: the downloads and what their columns mean."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bcfportal.lib.spreadsheets.files import csv_chunks
from programme.exports import EXPORTS
from programme.pages import programme_of, render_page


@require_safe
def data(request, council):
    programme = programme_of(request, council)
    return render_page(
        request, "reporting/data.html", programme, "data", exports=list(EXPORTS.values())
    )


@require_safe
def download(request, council, name):
    """One download as CSV. Raises Http404 where there is none of that name."""
    programme = programme_of(request, council)
    export = EXPORTS.get(name)
    if export is None:
        raise Http404("No such download.")
    response = HttpResponse(
        "".join(csv_chunks(export.header, export.rows(programme))),
        content_type="text/csv; charset=utf-8",
    )
    filename = f"{programme.council.file_name}-{programme.period.key}-{export.name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
