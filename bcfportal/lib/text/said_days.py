"""Days as vague as they were said: "early February", "spring 2019", "by the end of 2018/19".

In prose, with the examples that its tests read: docs/rules/promises.md.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from bcfportal.lib.periods import Period
from bcfportal.lib.text.typed_dates import LONGEST, MONTHS, YEARS, read_day, read_financial_year
from bcfportal.lib.text.typed_text import folded, quoted


class SaidDay(NamedTuple):
    """The first and the last day that can be meant."""

    first: date
    last: date


# What says that something will come, and no day.
NO_DAY = frozenset(
    {
        *("as soon as possible", "at a later date", "in due course", "in the future"),
        *("no date", "not said", "ongoing", "shortly", "soon", "tbc", "to be confirmed"),
    }
)
# The month that each season begins with.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_PARTS = {
    "early": 0,
    "start": 0,
    "beginning": 0,
    "mid": 1,
    "middle": 1,
    "late": 2,
}
_LEAD = re.compile(
    r"(?:no later than|by|in|during|on|at|from|for|until|till|due|within) (?=.)|the (?=.)"
)
_MEETING = re.compile(r"(?:its |the )?meeting (?:in|of|on) (.+)|(?:the )?(.+) meeting")
_BEFORE = re.compile(r"before (.+)")
_LATER = re.compile(r"(?:a )?later(?: date)? in (.+)")
_PART = re.compile(rf"({'|'.join(_PARTS)})[ -](?:in |of )?(?:the )?(.+)")
_END = re.compile(r"end(?: of)?(?: the)? (.+)|(.+?)[ -]end")
_SPAN = re.compile(r"(.+?)(?:, | to | and | or | ?- ?)(.+)")
_MONTH = re.compile(r"([a-z]{3,9})(?: (\d{4}))?")
_SEASON = re.compile(r"(spring|summer|autumn|winter)(?: (?:of )?(\d{4})(?:[/-](\d{2}|\d{4}))?)?")
_QUARTER = re.compile(r"(?:q|quarter )([1-4])(?: (?:of )?(\d{4}[/-](?:\d{2}|\d{4})))?")
_FINANCIAL_YEAR = re.compile(r"(?:financial year )?(\d{4}[/-](?:\d{2}|\d{4}))")
_CALENDAR_YEAR = re.compile(r"\d{4}")
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})")
_THIS_YEAR = frozenset({"financial year", "current financial year", "year"})


def read_said_day(text: str, said_on: date | None = None) -> SaidDay | None:
    """The days that the phrase can mean; None where it says that no day is known.

    What names no year is the first that is not over on the day when it was said. Read are only
    whole texts of the forms that docs/rules/promises.md lists. Raises ValueError with a question
    for the person where the phrase are none of them, or can mean two things.
    """
    phrase = folded(text).strip(" .,;")
    if not phrase or phrase in NO_DAY:
        return None
    said = _read(phrase, said_on) if len(phrase) <= LONGEST else None
    if said is None:
        raise ValueError(
            f"Which day is meant by “{quoted(text)}”? Type a day, a month, a season or a year, "
            "such as 31 March 2019, early February 2019, spring 2019 or 2018/19."
        )
    return said


def _read(phrase: str, said_on: date | None) -> SaidDay | None:
    while lead := _LEAD.match(phrase):
        phrase = phrase[lead.end() :]
    if match := _BEFORE.fullmatch(phrase):
        said = _read(match[1], said_on)
        return said and _only(said.first - timedelta(1))
    if match := _MEETING.fullmatch(phrase):
        return _read(match[1] or match[2], said_on)
    if match := _LATER.fullmatch(phrase):
        return _whole(match[1], said_on)
    if said := _part(phrase, said_on) or _whole(phrase, said_on) or _day(phrase, said_on):
        return said
    return _from_to(phrase, said_on)


def _only(day: date) -> SaidDay:
    return SaidDay(day, day)


def _part(phrase: str, said_on: date | None) -> SaidDay | None:
    """The end of a month, season or year, or its first, second or last third."""
    if match := _END.fullmatch(phrase):
        said = _whole(match[1] or match[2], said_on)
        return said and _only(said.last)
    match = _PART.fullmatch(phrase)
    said = _whole(match[2], said_on) if match else None
    if match is None or said is None:
        return None
    third = _PARTS[match[1]]
    months = _months_in(said)
    if months == 1:
        begins = said.first.replace(day=third * 10 + 1)
        return SaidDay(begins, said.last if third == 2 else said.first.replace(day=third * 10 + 10))
    begins = _month_after(said.first, third * months // 3)
    return SaidDay(begins, _month_after(begins, months // 3) - timedelta(1))


def _whole(phrase: str, said_on: date | None) -> SaidDay | None:
    """A whole month, season, quarter or year."""
    if (match := _MONTH.fullmatch(phrase)) and match[1] in MONTHS:
        month = MONTHS[match[1]]
        return _in_year(match[2], said_on, phrase, lambda year: _months(year, month, 1))
    if match := _SEASON.fullmatch(phrase):
        return _season(match, said_on, phrase)
    if match := _QUARTER.fullmatch(phrase):
        quarter = int(match[1])
        start = str(read_financial_year(match[2])) if match[2] else None
        return _in_year(start, said_on, phrase, lambda year: _quarter(year, quarter))
    if match := _FINANCIAL_YEAR.fullmatch(phrase):
        return _months(read_financial_year(match[1]), 4, 12)
    if phrase in _THIS_YEAR:
        return _in_year(None, said_on, phrase, lambda year: _months(year, 4, 12))
    if _CALENDAR_YEAR.fullmatch(phrase) and int(phrase) in YEARS:
        return _months(int(phrase), 1, 12)
    return None


def _season(match: re.Match[str], said_on: date | None, phrase: str) -> SaidDay:
    """Three months; a winter is of the two years that it stands in."""
    name, year, to = match.groups()
    if to:
        if name != "winter":
            raise ValueError(f"Which year is meant by “{quoted(phrase)}”? A {name} is in one.")
        year = str(read_financial_year(f"{year}/{to}"))
    elif year and name == "winter":
        short = f"{int(year) % 100:02}"
        raise ValueError(
            f"Which winter is meant by “{quoted(phrase)}”: {int(year) - 1}/{short} or "
            f"{year}/{(int(year) + 1) % 100:02}?"
        )
    return _in_year(year, said_on, phrase, lambda begins: _months(begins, _SEASONS[name], 3))


def _day(phrase: str, said_on: date | None) -> SaidDay | None:
    if (match := _DAY_OF_MONTH.fullmatch(phrase)) and match[2] in MONTHS:
        day, month = int(match[1]), MONTHS[match[2]]
        if day > calendar.monthrange(2000, month)[1]:
            return None
        return _in_year(None, said_on, phrase, lambda year: _one_day(year, month, day))
    try:
        return _only(read_day(phrase))
    except ValueError:
        return None


def _one_day(year: int, month: int, day: int) -> SaidDay:
    if day > calendar.monthrange(year, month)[1]:
        raise ValueError(f"Which day is meant? {year} has no 29 February.")
    return _only(date(year, month, day))


def _from_to(phrase: str, said_on: date | None) -> SaidDay | None:
    """From one month, season or quarter to another: "January and February 2018"."""
    match = _SPAN.fullmatch(phrase)
    if match is None:
        return None
    last = _whole(match[2], said_on) or _part(match[2], said_on)
    first = match[1]
    if last is None:
        return None
    year = re.search(r"\d{4}", first)
    begins = _whole(first, said_on) if year else _last_before(first, last)
    return SaidDay(begins.first, last.last) if begins and begins.first <= last.first else None


def _last_before(phrase: str, last: SaidDay) -> SaidDay | None:
    """What names no year is of the year of the end, or of that before."""
    for year in (last.last.year, last.last.year - 1):
        said = _whole(phrase, date(year, 1, 1))
        if said and said.first <= last.first:
            return said
    return None


def _in_year(
    year: str | None, said_on: date | None, phrase: str, make: Callable[[int], SaidDay]
) -> SaidDay:
    """Of the year, or the first that is not over on the day when it was said."""
    if year:
        if int(year) not in YEARS:
            raise ValueError(f"Which year is meant by “{quoted(phrase)}”?")
        return make(int(year))
    if said_on is None:
        raise ValueError(f"Which year is meant by “{quoted(phrase)}”? Type it too.")
    years = (said_on.year - 1, said_on.year, said_on.year + 1)
    return next(said for said in map(make, years) if said.last >= said_on)


def _months(year: int, month: int, count: int) -> SaidDay:
    begins = date(year, month, 1)
    return SaidDay(begins, _month_after(begins, count) - timedelta(1))


def _quarter(year: int, quarter: int) -> SaidDay:
    begins = _month_after(date(year, 4, 1), 3 * (quarter - 1))
    return SaidDay(begins, Period(year, quarter=quarter).last_day)


def _month_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _months_in(said: SaidDay) -> int:
    after = said.last + timedelta(1)
    return (after.year - said.first.year) * 12 + after.month - said.first.month
