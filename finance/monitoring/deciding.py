"""What a page shows of a finance report to who decides on it, by title; see ``typed.seen``."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate

from bcfportal.lib.sentences import day_words
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.collect import latest_statement
from finance.monitoring.compared import Since, compared_now
from finance.monitoring.draft import Draft
from finance.monitoring.tree import tree


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
    if before and report.status == MonitoringReport.Status.APPROVED:
        said += _compared_with_what_is_gone(report, before)
    if not said or not any(draft.typed(name) for name in MonitoringSection.Name.values):
        return said
    return said + [
        f"{name.label}: nothing is entered."
        for name in MonitoringSection.Name
        if not draft.typed(name)
    ]


def _compared_with_what_is_gone(
    report: MonitoringReport, before: MonitoringReport
) -> Iterator[str]:
    """That the version which it is compared with stands no more, and what it would say else."""
    public = MonitoringReport.objects.published().filter(
        council=report.council_id, period=before.period
    )
    stands = public.order_by("-version").first()
    gone = before.withdrawal
    if gone and gone.decided_at:
        on = day_words(localdate(gone.decided_at))
        since = Since(before.period, before.version, stands.version if stands else None, on)
        yield f"It is compared with {since.label}, which was withdrawn on {on}: {gone.reason}"
    elif stands and stands.version > before.version:
        since = Since(before.period, before.version, stands.version)
        yield f"It is compared with {since.label}, which was corrected since."
    else:
        return
    statement, now = latest_statement(report), latest_statement(stands) if stands else None
    if statement is None or now is None:
        return
    root = tree(statement)
    compared = compared_now(root, now, since)
    differs = [
        (
            node.name,
            [sentences for sentences in (said.variance, said.movement, said.budget) if sentences],
        )
        for node in root.walk()
        if (said := compared[node.slug])
    ]
    listed = [f"{name}: {'; '.join(sentences)}" for name, sentences in differs if sentences]
    yield f"{since.now_label} stands." + (f" By that, {'. '.join(listed)}." if listed else "")


def _compared_with_earlier_versions(report: MonitoringReport) -> list[MonitoringReport]:
    """The public reports, each by its newest version, that this version corrects for: one query."""
    rows = MonitoringReport.objects.published().filter(
        council=report.council_id,
        compared_with__period=report.period,
        compared_with__version__lt=report.version,
    )
    newest = {row.period: row for row in rows.order_by("version")}
    return sorted(newest.values(), key=lambda row: row.as_at)
