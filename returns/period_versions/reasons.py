"""Why published reports say something otherwise: the reasons given when they were reopened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from publishing.models import Event, ReportingPeriod, Return, Snapshot
from publishing.period_versions.content import Corrected


@dataclass(frozen=True)
class Reopened:
    """One reopening: of which project (None for a month of measures) and period, when and why."""

    project: int | None
    period: str
    at: datetime
    reason: str


def reopenings(period: ReportingPeriod) -> list[Reopened]:
    """All reopenings in the council of reports of the period's kind, by time. One query."""
    events = Event.objects.filter(
        action="reopen",
        report__period__council=period.council_id,
        report__period__kind=period.kind,
    ).order_by("at", "pk")
    values = events.values_list("report__project", "report__period__key", "at", "words")
    return [Reopened(*row) for row in values]


def with_reasons(
    corrections: Iterable[Corrected],
    report: Return,
    before: Snapshot,
    after: Snapshot,
    reopened: Iterable[Reopened],
) -> list[Corrected]:
    """The corrections, each with the reasons that were given for it; empty where none was.

    ``before`` is the snapshot of ``report`` that was published last, ``after`` the one published
    now: what counts is what was reopened between them. What is said of a figure of another period
    has the reason for which the report of that period was reopened, where it was. A reason of its
    own, such as that of a changed tolerance, stays.
    """
    given: dict[str, dict[str, None]] = {}
    for reopening in reopened:
        of_it = reopening.project == report.project_id
        if of_it and before.made_at <= reopening.at <= after.made_at:
            given.setdefault(reopening.period, {})[reopening.reason] = None
    reasons = {key: "; ".join(said) for key, said in given.items()}
    own = reasons.get(report.period.key, "")
    return [
        corrected
        if corrected.why
        else msgspec.structs.replace(corrected, why=reasons.get(corrected.period) or own)
        for corrected in corrections
    ]
