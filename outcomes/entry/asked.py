"""For which periods a return asks for a measure, and what its boxes are called.

The return's own period is asked for if the measure is counted in such periods. If a quarter or a
year ends with a month, its figure can be given with that month; a late figure, with any later
return. Those are offered, not required: if they are left empty, nothing changes.
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
    """The periods for which the return of ``own`` has a row, in order of time; ``own`` is last.

    ``results`` are the measure's, up to the end of ``own``; ``typed`` is what is in the boxes.
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

    A project's return asks for everything, but for yearly figures only when the year ends. A
    measure is asked for only while it is counted.
    """
    if measure.counted_from and own.last_day < period_of(measure.counted_from).first_day:
        return False
    if measure.counted_until and own.first_day > period_of(measure.counted_until).last_day:
        return False
    if measure.project_id:
        return measure.frequency != Frequency.YEAR or not own.quarter
    return measure.frequency == Frequency.MONTH


def _awaited(mine: dict[str, Result], own: Period) -> set[Period]:
    """The earlier periods whose figure was reported as not yet available."""
    return {
        period_of(key)
        for key, result in mine.items()
        if result.status == Result.Status.NOT_YET_AVAILABLE
        and period_of(key).last_day < own.last_day
    }


def _typed(measure, segment, typed):
    """The other periods for which something is typed: their rows stay on the page."""
    start = row_key(measure, segment, Period(0), Period(0))
    return {
        period_of(match["key"])
        for field, text in typed.items()
        if text and field.startswith(f"{start}-") and (match := _OTHER.fullmatch(field, len(start)))
    }


def _ended(measure: Measure, mine: dict[str, Result], own: Period) -> set[Period]:
    """The latest quarter or year that has ended, if it has no figure yet."""
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
