"""Financial years, quarters and months of an English council.

A financial year runs from 1 April to 31 March and is known by the year it starts in:
2017/18 is 2017. Quarter 1 is April to June; quarter 4 of 2017/18 is January to March 2018;
month 1 is April. A period is stored by its key, which sorts in order of time within one kind:
``2017-18``, ``2017-18-q3``, ``2017-18-m09``. A paper also counts by calendar year or on a day:
``2016`` is the calendar year, ``2017-03-01`` the day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, total_ordering

from bcfportal.lib.sentences import day_words

_KEY = re.compile(r"(?P<start>\d{4})-(?P<end>\d{2})(?:-(?:q(?P<quarter>[1-4])|m(?P<month>\d{2})))?")


_CALENDAR_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def financial_year_label(start_year: int) -> str:
    """The printed name of the financial year that starts in ``start_year``: 2017 -> "2017/18"."""
    return f"{start_year}/{(start_year + 1) % 100:02d}"


def financial_year_of(day: date) -> int:
    """The start year of the financial year that ``day`` falls in (years turn on 1 April)."""
    return day.year if day.month >= 4 else day.year - 1


@total_ordering
@dataclass(frozen=True)
class Period:
    """A financial year, or a quarter or month of one; or a calendar year, or a day.

    ``start_year`` is the year that the financial year starts in (for ``in_calendar``, the calendar
    year itself); at most one of ``quarter`` (1 to 4), ``month`` (1 to 12, April is 1),
    ``in_calendar`` and ``day`` is given.
    """

    start_year: int
    quarter: int | None = None
    month: int | None = None
    in_calendar: bool = False
    day: date | None = None

    def __post_init__(self) -> None:
        if self.quarter is not None and self.month is not None:
            raise ValueError("A period is a quarter or a month, not both.")
        if self.quarter is not None and not 1 <= self.quarter <= 4:
            raise ValueError("A quarter is a number from 1 to 4.")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError("A month is a number from 1 (April) to 12 (March).")

    @classmethod
    def parse(cls, key: str) -> "Period":
        """The financial year, quarter or month with this key.

        Raises ValueError, with a sentence for people, otherwise.
        """
        match = _KEY.fullmatch(key)
        if not match or (int(match["start"]) + 1) % 100 != int(match["end"]):
            raise ValueError(
                "A period is written as 2017-18 (a year), 2017-18-q3 (a quarter) "
                "or 2017-18-m09 (a month)."
            )
        quarter, month = match["quarter"], match["month"]
        return cls(
            int(match["start"]), int(quarter) if quarter else None, int(month) if month else None
        )

    @classmethod
    def of_figure(cls, key: str) -> "Period":
        """What a figure is of: as ``parse``, and a calendar year or a day too."""
        if _CALENDAR_YEAR.fullmatch(key) and int(key):
            return cls(int(key), in_calendar=True)
        if _DAY.fullmatch(key):
            day = date.fromisoformat(key)
            return cls(financial_year_of(day), day=day)
        return cls.parse(key)

    @property
    def key(self) -> str:
        if self.day:
            return self.day.isoformat()
        if self.in_calendar:
            return f"{self.start_year:04d}"
        year = f"{self.start_year}-{(self.start_year + 1) % 100:02d}"
        if self.quarter:
            return f"{year}-q{self.quarter}"
        if self.month:
            return f"{year}-m{self.month:02d}"
        return year

    @property
    def label(self) -> str:
        """In words: "2017/18", "Quarter 3 2017/18", "December 2017", "Calendar year 2016"."""
        if self.day:
            return day_words(self.day)
        if self.in_calendar:
            return f"Calendar year {self.start_year}"
        if self.quarter:
            return f"Quarter {self.quarter} {financial_year_label(self.start_year)}"
        if self.month:
            return f"{calendar.month_name[self.first_day.month]} {self.first_day.year}"
        return financial_year_label(self.start_year)

    @property
    def short_label(self) -> str:
        """In few words, for the head of a column: "Mar 17", "Q3 17/18", "2017/18"."""
        if self.day:
            return f"{self.day.day} {self.day:%b %y}"
        if self.in_calendar:
            return str(self.start_year)
        if self.month:
            return f"{calendar.month_abbr[self.first_day.month]} {self.first_day.year % 100:02d}"
        year = financial_year_label(self.start_year)
        return f"Q{self.quarter} {year[2:]}" if self.quarter else year

    @cached_property
    def first_day(self) -> date:
        if self.day:
            return self.day
        if self.in_calendar:
            return date(self.start_year, 1, 1)
        months_after_april = (
            3 * (self.quarter - 1) if self.quarter else (self.month - 1 if self.month else 0)
        )
        month = 4 + months_after_april
        return date(self.start_year + (month > 12), month - 12 if month > 12 else month, 1)

    @cached_property
    def last_day(self) -> date:
        if self.day:
            return self.day
        if self.in_calendar:
            return date(self.start_year, 12, 31)
        length = 3 if self.quarter else (1 if self.month else 12)
        month = self.first_day.month + length - 1
        year = self.first_day.year + (month > 12)
        month = month - 12 if month > 12 else month
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def following(self) -> "Period":
        """The year, quarter, month or day after this one."""
        if self.day:
            day = self.day + timedelta(days=1)
            return Period(financial_year_of(day), day=day)
        if self.in_calendar:
            return Period(self.start_year + 1, in_calendar=True)
        year = self.start_year
        if self.quarter:
            return Period(year, self.quarter + 1) if self.quarter < 4 else Period(year + 1, 1)
        if self.month:
            later = self.month < 12
            return Period(year, month=self.month + 1) if later else Period(year + 1, month=1)
        return Period(year + 1)

    @property
    def preceding(self) -> "Period":
        """The year, quarter, month or day before this one."""
        if self.day:
            day = self.day - timedelta(days=1)
            return Period(financial_year_of(day), day=day)
        if self.in_calendar:
            return Period(self.start_year - 1, in_calendar=True)
        year = self.start_year
        if self.quarter:
            return Period(year, self.quarter - 1) if self.quarter > 1 else Period(year - 1, 4)
        if self.month:
            earlier = self.month > 1
            return Period(year, month=self.month - 1) if earlier else Period(year - 1, month=12)
        return Period(year - 1)

    def up_to(self, last: "Period") -> "list[Period]":
        """This period and those that follow it, to the last that does not end after ``last``."""
        periods, period = [], self
        while period.last_day <= last.last_day:
            periods.append(period)
            period = period.following
        return periods

    def __lt__(self, other: "Period") -> bool:
        """Earlier, by the day the period ends; of two that end together the longer comes last."""
        if not isinstance(other, Period):
            return NotImplemented
        return (self.last_day, -self.first_day.toordinal()) < (
            other.last_day,
            -other.first_day.toordinal(),
        )


@lru_cache(maxsize=4096)
def period_of(key: str) -> Period:
    """The period with this key, kept once made: pages ask for the same few thousand times.

    Raises ValueError, with a sentence for people, where there is none.
    """
    return Period.of_figure(key)


def validate_period_key(key: str) -> None:
    """A Django validator: raises ValidationError unless ``key`` is a period's key."""
    from django.core.exceptions import ValidationError

    try:
        Period.of_figure(key)
    except ValueError as error:
        raise ValidationError(str(error)) from error
