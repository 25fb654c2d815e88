"""Of which periods a return asks for a measure, and what its boxes are called.

The return's own period is asked for where the measure is counted in such periods. Where a quarter
or a year ends with a month, its figure can be given with that month; a figure that was not there in
time, with any return after. Those are offered, not asked for: empty, they stay as they were said.
"""

import re

from bcfportal.lib.periods import Period, financial_year_of, period_of
from outcomes.models import Measure, Result, Segment

Frequency = Measure.Frequency
_OTHER = re.compile(r"-(?P<key>\d{4}-\d{2}(?:-[qm]\d+)?)-[a-z]+")


def row_key(measure: Measure, segment: Segment | None, period: Period, own: Period) -> str:
    """What the names of a row's boxes begin with."""
    key = f"m{measure.pk}-s{segment.pk}" if segment else f"m{measure.pk}"
    return key if period == own else f"{key}-{period.key}"


def asked_periods(
    measure: Measure, segment: Segment | None, results: list[Result], own: Period, typed: dict
) -> list[Period]:
    """The periods that the return of ``own`` has a row for, by time; its own comes last.

    ``results`` are those of the measure up to the end of ``own``, ``typed`` what is in the boxes.
    """
    mine = {result.period: result for result in results if result.segment == segment}
    others = _awaited(mine, own) | _typed(measure, segment, typed)
    asked = _is_asked(measure, own)
    if not asked:
        others |= _ended(measure, mine, own)
    periods = sorted(
        (period for period in others if period != own and period.last_day <= own.last_day),
        key=lambda period: (period.last_day, period.first_day),
    )
    return [*periods, own] if asked else periods


def _is_asked(measure: Measure, own: Period) -> bool:
    """Whether the figure of the return's own period is asked for.

    A project's return asks for all, and for what is counted once a year when the year ends. Nothing
    is asked for before a measure is counted, nor once it is counted no more.
    """
    if measure.counted_from and own.last_day < period_of(measure.counted_from).first_day:
        return False
    if measure.counted_until and own.first_day > period_of(measure.counted_until).last_day:
        return False
    if measure.project_id:
        return measure.frequency != Frequency.YEAR or not own.quarter
    return measure.frequency == Frequency.MONTH


def _awaited(mine: dict[str, Result], own: Period) -> set[Period]:
    """The earlier periods of which it was said that the figure is not yet available."""
    return {
        period_of(key)
        for key, result in mine.items()
        if result.status == Result.Status.NOT_YET_AVAILABLE
        and period_of(key).last_day < own.last_day
    }


def _typed(measure, segment, typed):
    """The other periods that something is typed of: their rows stay where they are."""
    start = row_key(measure, segment, Period(0), Period(0))
    return {
        period_of(match["key"])
        for field, text in typed.items()
        if text and field.startswith(f"{start}-") and (match := _OTHER.fullmatch(field, len(start)))
    }


def _ended(measure: Measure, mine: dict[str, Result], own: Period) -> set[Period]:
    """The latest quarter or year that has ended, where it has no figure yet."""
    last = _last_ended(measure.frequency, own)
    known = {period_of(key).last_day for key in mine}
    return {last} if last and last.last_day not in known else set()


def _last_ended(frequency: str, own: Period) -> Period | None:
    day = own.last_day
    year = financial_year_of(day)
    if frequency == Frequency.YEAR:
        ended = Period(year)
        return ended if ended.last_day <= day else Period(year - 1)
    if frequency == Frequency.QUARTER:
        number = (day.month - 4) % 12 // 3 + 1
        quarter = Period(year, number)
        if quarter.last_day <= day:
            return quarter
        return Period(year, number - 1) if number > 1 else Period(year - 1, 4)
    return None
