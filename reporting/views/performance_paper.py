"""The performance report for the meeting, as a PDF."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from reporting.views.vital_signs import shown_to
from reporting.vital_signs.paper import performance_report


@require_safe
def performance(request, council):
    shown = shown_to(request, council)
    response = HttpResponse(performance_report(shown), content_type="application/pdf")
    name = f"{shown.council.file_name}-{shown.month.key}-performance.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
