"""What a page shows of a finance report to who decides on it, by title; see ``typed.seen``."""

from datetime import date

from bcfportal.lib.sentences import day_words
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


def asked_at_publishing(report: MonitoringReport, today: date) -> list[str]:
    """What is unusual about publishing the report on that day, in sentences; mostly nothing.

    Where anything is, the sections in which nothing is entered are named too.
    """
    draft = Draft(report)
    before, said = draft.compared_with, []
    if report.as_at > today:
        said.append(f"It is as at {day_words(report.as_at)}, a day that has not come yet.")
    if before and before.status == MonitoringReport.Status.APPROVED:
        said.append(f"{before} is approved and not public.")
    said += [
        f"{later} is public and compared with {report.label} as it was: it stays so until a new "
        "version of it is published, and marks each figure that is another now."
        for later in _compared_with_earlier_versions(report)
    ]
    if not said or not any(draft.typed(name) for name in MonitoringSection.Name.values):
        return said
    return said + [
        f"{name.label}: nothing is entered."
        for name in MonitoringSection.Name
        if not draft.typed(name)
    ]


def _compared_with_earlier_versions(report: MonitoringReport) -> list[MonitoringReport]:
    """The public reports, each by its newest version, that this version corrects for: one query."""
    rows = MonitoringReport.objects.published().filter(
        council=report.council_id,
        compared_with__period=report.period,
        compared_with__version__lt=report.version,
    )
    newest = {row.period: row for row in rows.order_by("version")}
    return sorted(newest.values(), key=lambda row: row.as_at)
