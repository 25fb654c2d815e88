"""The performance report for the meeting, as a PDF."""

from django.views.decorators.http import require_safe

from outcomes.report_pdf import kept_name, performance_report
from outcomes.views.vital_signs import shown_to
from publishing.kept_papers import handed_out


@require_safe
def performance(request, council):
    published = shown_to(request, council)
    version = published.version
    # Versions have names of their own, so that one never takes another's place in a folder.
    number = f"-v{version.number}" if version and version.number > 1 else ""
    return handed_out(
        lambda: performance_report(published),
        filename=f"{published.council.file_name}-{published.month.key}{number}-performance.pdf",
        name=kept_name(published),
        version=version,
    )
