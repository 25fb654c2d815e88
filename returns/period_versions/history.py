"""Why things stand in public as they do: what each report said there over time.

A later version repeats what became of an earlier report, perhaps long after. Its reason is that of
the act of publishing or withdrawing which changed that very thing last, not that of whatever
happened since. What is held back stays so after a withdrawal, and so does its reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

import msgspec
from django.db.models import F

from bcfportal.lib import present
from bcfportal.lib.periods import period_of
from outcomes.vital_signs.content import VitalSigns
from publishing.models import (
    PeriodVersion,
    ReportingPeriod,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import (
    SHOWN_AS_OF,
    Corrected,
    HeldBack,
    is_held_back,
)
from publishing.period_versions.numbers_given import Given as NumbersGiven
from publishing.period_versions.numbers_given import numbers_given
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import differences
from returns.period_versions.earlier_reports import report_name
from returns.period_versions.held_back import held_back_in
from returns.period_versions.reasons import Given, reasons_given, with_reasons
from returns.subjects import content_of

# A report: its project's slug (or that of the council's measures) and the key of its period.
Report = tuple[str, str]
# What a report says: a figure by its place, period and part; or else what corrections call it.
_Thing = tuple[str, str, str] | str
# That the report is there at all.
_ITSELF = ""


class _Act(NamedTuple):
    """A version that was made, or withdrawn with a reason (None where it was made)."""

    at: datetime
    number: int
    withdrawn: bool
    why: str
    snapshot: Snapshot


def with_public_reasons(
    corrections: Iterable[Corrected], period: ReportingPeriod
) -> list[Corrected]:
    """The corrections of a version of ``period``, each with the reason of what it repeats.

    Six queries, two more where figures are held back; none without a correction.
    """
    corrections = list(corrections)
    reports = {report for said in corrections for report in _reports(said, period.key)}
    reasons = _reasons(reports, period) if reports else {}
    return [
        msgspec.structs.replace(
            said,
            why=next(
                (
                    reasons[report][thing]
                    for report in _reports(said, period.key)
                    if (thing := _thing(said, report[1])) in reasons.get(report, {})
                ),
                "",
            ),
        )
        for said in corrections
    ]


def _reports(said: Corrected, own: str) -> list[Report]:
    """Which reports may have given a reason, in a version of the period with the key ``own``.

    A figure is held back by the report of its own period.
    """
    of = [said.period] if is_held_back(said) else []
    return [(said.slug, key) for key in [*of, said.of or own]]


def _thing(said: Corrected, key: str) -> _Thing:
    """What is corrected in the report of the period with this key, which later ones name."""
    if said.is_figure:
        return said.measure, said.period, said.segment
    if said.what in (SHOWN_AS_OF, report_name(key)):
        return _ITSELF
    return said.what.removesuffix(f", {period_of(key).label}")


def _reasons(
    reports: Collection[Report], period: ReportingPeriod
) -> dict[Report, dict[_Thing, str]]:
    acts = _acts(reports, period)
    snapshots = {act.snapshot for acts_of_one in acts.values() for act in acts_of_one}
    sheets = sheets_by_fingerprint(
        {snapshot.fingerprint for snapshot in snapshots}, content_of(period)
    )
    given = reasons_given(period)
    held = [
        (slug, held_back_in(sheets[act.snapshot.fingerprint], key))
        for (slug, key), acts_of_one in acts.items()
        for act in acts_of_one
    ]
    numbers = numbers_given(period.council.slug, held, content_of(period))
    return {
        report: dict(_last_changes(report, acts_of_one, sheets, given, numbers.get(report[0], {})))
        for report, acts_of_one in acts.items()
    }


def _acts(reports: Collection[Report], period: ReportingPeriod) -> dict[Report, list[_Act]]:
    """By report, what was published and withdrawn of it in its own period, by time. Two queries."""
    rows = VersionSnapshot.objects.filter(
        snapshot__report__slug__in={slug for slug, _ in reports},
        version__period=F("snapshot__report__period"),
        version__period__council=period.council_id,
        version__period__kind=period.kind,
        version__period__key__in={key for _, key in reports},
    ).select_related("version", "snapshot__report__period")
    rows = rows.defer(
        "version__content", "snapshot__content", "snapshot__words", "snapshot__search"
    )
    held = list(rows)
    gone = {
        row.version_id: row
        for row in Withdrawal.objects.filter(
            decision="confirmed", version__in={row.version_id for row in held}
        )
    }
    acts: dict[Report, list[_Act]] = defaultdict(list)
    for row in held:
        report = row.snapshot.report
        of_report = acts[report.slug, report.period.key]
        version: PeriodVersion = row.version
        of_report.append(_Act(version.at, version.number, False, "", row.snapshot))
        if withdrawal := gone.get(row.version_id):
            when, why = present(withdrawal.decided_at), withdrawal.reason
            of_report.append(_Act(when, version.number, True, why, row.snapshot))
    return {
        report: sorted(of_report, key=attrgetter("at", "number", "withdrawn"))
        for report, of_report in acts.items()
    }


def _last_changes(
    report: Report,
    acts: Iterable[_Act],
    sheets: dict[str, Sheet | VitalSigns],
    given: Given,
    numbers: NumbersGiven,
) -> Iterator[tuple[_Thing, str]]:
    """(what of the report, the reason) of each change in public, by time."""
    slug, key = report
    there: dict[int, Snapshot] = {}
    newest, held = 0, set[HeldBack]()
    before: tuple[Snapshot, Sheet | VitalSigns] | None = None
    for act in acts:
        was_there = bool(there)
        if act.withdrawn:
            there.pop(act.number, None)
        else:
            there[act.number] = act.snapshot
            if act.snapshot.number > newest:
                newest = act.snapshot.number
                held = held_back_in(sheets[act.snapshot.fingerprint], key)
        if was_there != bool(there):
            yield _ITSELF, act.why
        if not there:
            continue
        now = there[max(there)]
        as_approved = sheets[now.fingerprint]
        sheet = as_approved.without(sorted(held - held_back_in(as_approved, key)), numbers)
        if before and before[1] != sheet:
            changes = differences(before[1], sheet, slug=slug, why="")
            if not act.withdrawn:
                changes = with_reasons(changes, now.report, before[0], now, given)
            for said in changes:
                yield _thing(said, key), act.why if act.withdrawn else said.why
        before = now, sheet
