"""What a page shows of a finance report to who decides on it, by title; see ``typed.seen``."""

from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.draft import Draft


def report_read(report: MonitoringReport) -> dict[str, str]:
    """The state of the report and what is typed in it."""
    return draft_read(Draft(report))


def draft_read(draft: Draft) -> dict[str, str]:
    """The same of a report whose draft is made already.

    Once it is approved nothing of it changes, and it is the state alone.
    """
    state = {"State": draft.report.get_status_display()}
    if draft.report.status in MonitoringReport.FROZEN:
        return state
    return state | {
        draft.labels(name).get(field, field): str(text)
        for name in MonitoringSection.Name.values
        for field, text in draft.typed(name).items()
    }
