"""By how much a council's figures may miss their targets, in which period. docs/rules/rating.md."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from bcfportal.lib import clock
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from projects.models import Council, ToleranceChange

# The settings of a council that judge its figures, and hold from a stated period.
SETTINGS = ("rating_tolerance", "rating_tolerance_kind", "exception_variance")


@dataclass(frozen=True)
class Judged:
    """The settings that hold from the period ``since`` on; from the start if it is empty.

    ``why``, ``by`` (a post) and ``on`` are of the change that began them.
    """

    rating_tolerance: Decimal
    rating_tolerance_kind: str
    exception_variance: Decimal
    since: str = ""
    why: str = ""
    by: str = ""
    on: date | None = None

    @property
    def label(self) -> str:
        """Such as "5% of the target, an exception from 10%"."""
        unit = {"relative": "% of the target", "points": " points"}.get(
            self.rating_tolerance_kind, " in the measure’s unit"
        )
        variance = figure(self.exception_variance, "%")
        return f"{figure(self.rating_tolerance)}{unit}, an exception from {variance}"


def tolerances_of(council: Council) -> list[Judged]:
    """All settings that a council has had, in order of time; one if they never changed.

    If they were changed twice from the same period, the later change holds. Reads
    ``tolerance_changes`` with the people of their posts: prefetch them.
    """
    changes = sorted(
        council.tolerance_changes.all(),
        key=lambda change: (period_of(change.period).last_day, change.at, change.pk),
    )
    judged: list[Judged] = []
    begun = None
    for change in [*changes, None]:
        since = begun.period if begun else ""
        if change is None or change.period != since:
            judged.append(_of(change or council, begun))
        begun = change
    return judged


def tolerance_in(council: Council, period: Period) -> Judged:
    """The settings that hold in ``period``: the latest that began by its end."""
    return [
        judged
        for judged in tolerances_of(council)
        if not judged.since or period_of(judged.since).last_day <= period.last_day
    ][-1]


@transaction.atomic
def change_tolerance(*, council: Council, period: str, why: str, by) -> ToleranceChange:
    """Saves a council's changed settings; the old ones hold before ``period``.

    Raises ValueError, with a sentence for people, if they already changed from a later period.
    """
    before = Council.objects.select_for_update().get(pk=council.pk)
    if problem := not_before(before, period):
        raise ValueError(problem)
    change = ToleranceChange.objects.create(
        council=before,
        period=period,
        why=why,
        by=by,
        at=clock.now(),
        **{name: getattr(before, name) for name in SETTINGS},
    )
    council.save()
    return change


def not_before(council: Council, period: str) -> str:
    """Why the settings cannot change from ``period``, in a sentence; empty if they can."""
    for change in council.tolerance_changes.all():
        if period_of(change.period).last_day > period_of(period).last_day:
            label = period_of(change.period).label
            return f"It has already been changed from {label}: choose that or later."
    return ""


def _of(record, begun):
    values = {name: getattr(record, name) for name in SETTINGS}
    if begun is not None:
        values |= {"since": begun.period, "why": begun.why, "by": begun.by.post_at(begun.at)}
        values["on"] = begun.at.date()
    return Judged(**values)
