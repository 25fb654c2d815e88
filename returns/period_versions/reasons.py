"""Why published reports say something otherwise: the reasons given when they were reopened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import OuterRef, Q, Subquery

from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import without_colour
from outcomes.models import TargetChange
from outcomes.vital_signs.differences import VARIANCE, target_name
from projects.models import ToleranceChange
from publishing.models import Report, ReportingPeriod, ReturnEvent, Snapshot
from publishing.period_versions.content import Corrected


@dataclass(frozen=True)
class Reopened:
    """One reopening: of which report, by its name in addresses, and period, when and why.

    ``until`` is when that return was approved again; None while it is open.
    """

    slug: str
    period: str
    at: datetime
    reason: str
    until: datetime | None


@dataclass(frozen=True)
class TargetSet:
    """A target of a project that was set: of which project and measure, period, when and why."""

    slug: str
    place: int
    measure: str
    period: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Given:
    """Every reason that was given in a council for what its reports of one kind say otherwise.

    ``judged`` is (when, why) of each change of how the council judges its figures, by time.
    """

    reopened: list[Reopened]
    targets: list[TargetSet]
    judged: list[tuple[datetime, str]]


def reasons_given(period: ReportingPeriod) -> Given:
    """What was given in the council for reports of the period's kind. Three queries."""
    approved = ReturnEvent.objects.filter(report=OuterRef("report"), action="approve").filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    events = ReturnEvent.objects.filter(
        action="reopen",
        report__period__council=period.council_id,
        report__period__kind=period.kind,
    ).order_by("at", "pk")
    until = Subquery(approved.order_by("at", "pk").values("at")[:1])
    named = ("report__slug", "report__period__key", "at", "comment")
    reopened = events.annotate(until=until).values_list(*named, "until")
    changes = TargetChange.objects.filter(measure__project__council=period.council_id)
    names = ("measure__project__slug", "measure__position", "measure__text", "period", "at", "why")
    targets = changes.order_by("at", "pk").values_list(*names)
    judged = ToleranceChange.objects.filter(council=period.council_id).order_by("at", "pk")
    return Given(
        reopened=[Reopened(*row) for row in reopened],
        targets=[TargetSet(*row) for row in targets],
        judged=list(judged.values_list("at", "why")),
    )


def with_reasons(
    corrections: Iterable[Corrected],
    report: Report,
    before: Snapshot,
    after: Snapshot,
    given: Given,
) -> list[Corrected]:
    """The corrections, each with the reasons that were given for it; empty where none was.

    What follows from a target, a definition or a setting that was changed has the reason of that
    change, and keeps the one that it has already. ``before`` is the snapshot of ``report`` that
    was published last, ``after`` the one published now: what counts is what was given between
    them. What is said of a figure of another period has the reason for which the report of that
    period was reopened, where it was, or was still open.
    """
    reopened: dict[str, dict[str, None]] = {}
    for reopening in given.reopened:
        if reopening.slug != report.slug or reopening.at > after.at:
            continue
        still = reopening.until is None or reopening.until > before.at
        other = reopening.period != report.period.key
        if reopening.at >= before.at or (other and still):
            reopened.setdefault(reopening.period, {})[reopening.reason] = None
    reasons = {key: "; ".join(said) for key, said in reopened.items()}
    own = reasons.get(report.period.key, "")
    targets = [
        target
        for target in given.targets
        if target.slug == report.slug and before.at <= target.at <= after.at
    ]
    judged = [reason for at, reason in given.judged if before.at <= at <= after.at]
    return [
        msgspec.structs.replace(
            corrected,
            why=_of_settings(corrected, targets, judged)
            or corrected.why
            or reasons.get(corrected.period)
            or own,
        )
        for corrected in corrections
    ]


def _of_settings(corrected: Corrected, targets: list[TargetSet], judged: list[str]) -> str:
    """Why a target or the council's variance is another, or a colour turned with its target.

    ``targets`` were set, and ``judged`` given, between the two reports, by time.
    """
    if corrected.what == VARIANCE:
        return judged[-1] if judged else ""
    if not corrected.is_figure:
        name = corrected.what.removeprefix("Note on ")
        reasons = [
            target.reason
            for target in targets
            if target_name(target.measure, target.period) == name
        ]
        return reasons[-1] if reasons else ""
    if without_colour(corrected.before) != without_colour(corrected.after):
        return ""
    end = period_of(corrected.period).last_day
    begun = [
        (period_of(target.period).last_day, target.at, target.reason)
        for target in targets
        if str(target.place) == corrected.measure and period_of(target.period).last_day <= end
    ]
    reason = max(begun)[-1] if begun else ""
    return "; ".join(dict.fromkeys(filter(None, (corrected.why, reason))))
