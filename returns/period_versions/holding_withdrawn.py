"""What returns and months hold that was withdrawn: people at work know, who publishes is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from publishing.models import Report, Snapshot, Withdrawal
from publishing.period_versions.content import Corrected, is_held_back
from publishing.version_cache import sheets_by_fingerprint
from returns.period_versions.differences import differences
from returns.subjects import content_of
from returns.withdrawn.figures import (
    Beside,
    beside_withdrawn,
    by_itself,
    versions_held,
    what_stands,
)
from returns.withdrawn.reports import withdrawn_reports


@dataclass(frozen=True)
class Holds:
    """What an approved report holds that was withdrawn: all of it, or what is ``said``."""

    withdrawal: Withdrawal
    said: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """That it does, when it was withdrawn and why."""
        what = "It holds what was" if self.said else "What it holds was"
        return f"{what} {self.withdrawal.withdrawn_words}: {self.withdrawal.reason}"


def holding_withdrawn(reports: Iterable[Report]) -> dict[int, Holds]:
    """By its key, what each of the reports holds that is withdrawn; those that hold nothing not.

    The last approved content of a report may have been withdrawn itself. One that is approved and
    not public may hold some of what was, of its own or of another report. The reports are of one
    period. Three queries at most where nothing is withdrawn.
    """
    reports = list(reports)
    whole = withdrawn_reports(reports)
    approved = [
        report
        for report in reports
        if report.status == Report.Status.APPROVED and report.pk not in whole
    ]
    return {pk: Holds(withdrawal) for pk, withdrawal in whole.items()} | _some_of_it(approved)


def _some_of_it(reports: list[Report]) -> dict[int, Holds]:
    if not reports:
        return {}
    period = reports[0].period
    beside = beside_withdrawn(period, {report.slug for report in reports})
    asked = {report.pk: beside[report.slug] for report in reports if report.slug in beside}
    if not asked:
        return {}
    latest = Snapshot.objects.approved([period]).filter(report__in=asked).order_by()
    marks = dict(latest.values_list("report", "fingerprint"))
    sheets: dict[str, Any] = sheets_by_fingerprint(set(marks.values()), content_of(period))
    held_by_report: dict[int, tuple[tuple[str, ...], set[int]]] = {}
    for pk, mark in marks.items():
        held = [
            *_of_others(sheets[mark], period.key, asked[pk], pk),
            *_of_its_own(sheets[mark], period.key, asked[pk], pk),
        ]
        said = dict.fromkeys(_words(corrected) for corrected, _ in held)
        if said:
            held_by_report[pk] = (
                tuple(said),
                {version for _, versions in held for version in versions},
            )
    rows = Withdrawal.objects.filter(
        version__in={version for _, versions in held_by_report.values() for version in versions},
        decision=Withdrawal.Decision.CONFIRMED,
    )
    by_time = (
        list(rows.select_related("decided_by").order_by("decided_at", "pk"))
        if held_by_report
        else []
    )
    return {
        pk: Holds([row for row in by_time if row.version_id in versions][-1], said)
        for pk, (said, versions) in held_by_report.items()
    }


def _of_others(
    sheet: Any, period: str, beside: Beside, report: int
) -> list[tuple[Corrected, set[int]]]:
    """What a report says that it took of others which are withdrawn, as it corrects what stands."""
    versions = versions_held(sheet, period, beside, report)
    stands = what_stands(sheet, period, beside, report) if versions else sheet
    return [(said, versions) for said in differences(stands, sheet, slug="", why="")]


def _of_its_own(
    sheet: Any, period: str, beside: Beside, report: int
) -> Iterator[tuple[Corrected, set[int]]]:
    """What a report says again that it said in a version which is withdrawn, and not in public."""
    public = next((said.sheet for said in beside.public if said.report == report), None)
    if public is None:
        return
    now = list(differences(public, sheet, slug="", why=""))
    for gone in beside.gone:
        if gone.report != report:
            continue
        then = by_itself(gone.sheet, public, period, beside)
        withdrawn = {(said.what, said.after) for said in differences(public, then, slug="", why="")}
        for said in now:
            # What is held back stays so after a withdrawal.
            if (said.what, said.after) in withdrawn and not is_held_back(said):
                yield said, {gone.version}


def _words(said: Corrected) -> str:
    """What it is, and what stands in place of a figure."""
    if not said.is_figure or not said.before:
        return said.what
    return f"{said.what}: {said.after}. What stands is {said.before}."
