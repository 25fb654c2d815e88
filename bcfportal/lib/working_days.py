"""Working days in England: Monday to Friday, bank holidays left out.

The bank holidays, moved and single ones too, come from the ``holidays`` package, subdivision
England, which follows https://www.gov.uk/bank-holidays.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices in England work on ``day``."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_day_on_or_before(day: date) -> date:
    """``day``, or the last working day before it."""
    while not is_working_day(day):
        day -= _DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after ``start``, up to and with ``end``; negative where earlier.

    Monday to Tuesday is 1, Friday to Monday is 1, a day to itself is 0.
    """
    if end < start:
        return -working_days_between(end, start)
    days = (start + _DAY * number for number in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))
