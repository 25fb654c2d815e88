"""Which target a figure is judged against. In prose, with examples: docs/rules/rating.md."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol, TypeVar

from bcfportal.lib.periods import Period, period_of


class AnyTarget(Protocol):
    """A target as a record or in frozen content; without a period it is a standing target."""

    @property
    def period(self) -> str: ...
    @property
    def until(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...


T = TypeVar("T", bound=AnyTarget)


def target_of(targets: Iterable[T], period: Period) -> T | None:
    """What a result of ``period`` is judged against; None for no target of its own.

    A target with a period holds for that period only, so one of a quarter is none for a year.
    A standing target holds for the results of the document that prints it, or of the year that it
    was set for: up to its last period (``until``), and before the first that has a target of its
    own. It is carried no further.
    """
    by_period = {target.period: target for target in targets}
    if period.key in by_period:
        return by_period[period.key]
    standing_target = by_period.get("")
    if standing_target is None or _is_after(period, standing_target.until):
        return None
    first = min((period_of(key) for key in by_period if key), default=None)
    return standing_target if first is None or period < first else None


def standing_until(targets: Iterable[AnyTarget]) -> str:
    """The key of the last period that a standing target really holds for, by ``target_of``.

    Empty where there is none, or no end. A target of a period of its own ends it, though it was set
    for longer.
    """
    by_period = {target.period: target for target in targets}
    standing_target = by_period.get("")
    first = min((period_of(key) for key in by_period if key), default=None)
    if standing_target is None or first is None:
        return standing_target.until if standing_target else ""
    # Where it was set for no time: a year's own target ends it with the year's last quarter.
    of_year = not (first.quarter or first.month or first.day or first.in_calendar)
    last = Period(first.start_year, 4) if of_year else first.preceding
    if standing_target.until:
        last = period_of(standing_target.until)
        while not last < first:
            last = last.preceding
    return last.key


def _is_after(period: Period, until: str) -> bool:
    return bool(until) and period.last_day > period_of(until).last_day


def carried_target(targets: Iterable[T], period: Period, *, added_up: bool = False) -> T | None:
    """What a council's own measure was held to when targets of months stood until the next.

    Only content that was frozen then is read by it, so that what was published keeps its colour
    (``outcomes.vital_signs.content``, up to schema 2). A standing target held until one was set for
    a period; a target of a month until the next, but not of a measure ``added_up`` since April; one
    of a quarter or a year for that period only.
    """
    holding = [target for target in targets if _holds(target.period, period, added_up)]
    return max(
        holding,
        key=lambda target: period_of(target.period).last_day.toordinal() if target.period else 0,
        default=None,
    )


def _holds(key: str, period: Period, added_up: bool) -> bool:
    if not key or key == period.key:
        return True
    stands = bool(period.month) and not added_up
    return stands and bool(period_of(key).month) and period_of(key).last_day <= period.last_day
