"""The days of a sentence: where they stand, and the last day that each can mean.

A month, a season, a quarter and a week are days too: each has passed when its last day has. A day
without a year is of the year that its weekday, the day behind it or the time of writing gives.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bcfportal.lib.text.typed_dates import MONTHS

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAYS = [name.casefold() for name in calendar.day_name]
_WEEKDAY = r"(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
_DAY = rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
_FULL_YEAR = r"(?:,? |-)(?P<opens>\()?(?P<year>20\d\d)\b(?!/)(?(opens)\))"
_PART = (
    r"(?:(?P<part>early|mid|middle of|start of|beginning of|first week of)(?: in)?[ -](?:the )?)?"
)
_IN_WORDS = re.compile(
    rf"\b(?P<week>w/[cb] |week (?:commencing|beginning|starting|of) )?"
    rf"(?:{_DAY}(?: of)? (?P<month>{_NAMES})\b\.?(?:{_FULL_YEAR}|,? ’?(?P<y2>[12]\d)\b(?![:.]\d))?"
    rf"|(?P<month_2>{_NAMES}) (?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year_2>20\d\d)\b)",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(
    r"(?P<week>w/[cb] )?(?<![\d./-])(?P<d>\d{1,2})(?P<sign>[/.-])(?P<m>\d{1,2})(?P=sign)"
    r"(?P<y>20\d\d|[12]\d)(?![\d/]|\.\d)|(?<![\d-])(?P<iso>20\d\d-\d\d-\d\d)(?!\d)"
)
_MONTH = re.compile(
    rf"\b{_PART}(?P<month>{_NAMES})\b\.?(?:{_FULL_YEAR}|(?: [’']|-)(?P<y2>[12]\d)\b)", re.IGNORECASE
)
# With a capital and behind such a word: "it may" and "the march" are no months.
_BARE_MONTH = re.compile(
    rf"\b(?:in|by|during|until|from|of|before|late|for) (?P<bare>(?-i:"
    rf"{'|'.join(name.capitalize() for name in MONTHS)}))\b(?!\.?,? \(?(?:20|’|'|\d)|-\d)"
    rf"(?! (?:next|last|each|every|this|and|to|or)\b|[’'])",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"\b(?P<season>spring|summer|autumn|winter)(?: of)?,? (?P<year>20\d\d)(?:/(?P<end>\d\d))?\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:Q|quarter )(?P<quarter>[1-4])(?: of| in|,)? \(?(?P<year>20\d\d)[/–-](?:20)?\d\d\b\)?",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(r"\b(?P<year>20\d\d)[/–-](?:20)?(?P<end>\d\d)\b(?![/–-]\d)")
_YEAR = re.compile(r"\b(?:by|in|during|of) (?P<alone>20[12]\d)\b(?![/–-])", re.IGNORECASE)
_SPAN = re.compile(r" ?(?:to|until|till|and|or|–|-|,) ?(?:the )?(?:end of )?", re.IGNORECASE)
# A day without a year that passed no longer ago is that day; before, it is of the next year.
_RECENT = timedelta(days=92)
_EARLY = {"mid": 20, "middle of": 20}


class Day(NamedTuple):
    """Where a day stands in a sentence, and the last day that it can mean."""

    start: int
    end: int
    last: date
    begins_span: bool = False
    ends_span: bool = False


def days_of(sentence: str, written: date) -> list[Day]:
    """The days of a sentence that was written on ``written``, in order."""
    days: list[tuple[int, int, date | None, re.Match[str]]] = []
    readers: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]] = [
        (_IN_FIGURES, _of_figures),
        (_IN_WORDS, _of_words),
        (_MONTH, _of_month),
        (_SEASON, _of_season),
        (_QUARTER, _of_quarter),
        (_FINANCIAL_YEAR, _of_financial_year),
        (_BARE_MONTH, _of_bare_month),
        (_YEAR, lambda match, _: date(int(match["alone"]), 12, 31)),
    ]
    for pattern, read in readers:
        for match in pattern.finditer(sentence):
            name = "bare" if pattern is _BARE_MONTH else "alone" if pattern is _YEAR else 0
            start, end = match.span(name)
            if not any(start < other[1] and other[0] < end for other in days):
                days.append((start, end, _safely(read, match, written), match))
    return list(_in_spans(sentence, sorted(days, key=lambda day: day[0])))


def _in_spans(
    sentence: str, days: list[tuple[int, int, date | None, re.Match[str]]]
) -> Iterator[Day]:
    ends_span = False
    for place, (start, end, last, match) in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else None
        joined = following and _SPAN.fullmatch(sentence[end : following[0]])
        begins_span = bool(joined and joined[0].strip() not in ("and", "or", ","))
        if joined and following and following[2] and last and not _has_year(match):
            # "3 and 10 May 2019", "from 1 April to 30 June 2019".
            try:
                last = last.replace(year=following[2].year)
            except ValueError:
                last = None
        if last:
            yield Day(start, end, last, begins_span, ends_span)
        ends_span = begins_span


def _has_year(match: re.Match[str]) -> bool:
    names = match.re.groupindex
    return any(
        match[name] for name in ("year", "y2", "year_2", "y", "iso", "alone") if name in names
    )


def _safely(
    read: Callable[[re.Match[str], date], date | None], match: re.Match[str], written: date
) -> date | None:
    try:
        return read(match, written)
    except ValueError:
        return None


def _of_figures(match: re.Match[str], _: date) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    day = date(2000 + int(match["y"]) % 100, int(match["m"]), int(match["d"]))
    return day + timedelta(days=6) if match["week"] else day


def _of_words(match: re.Match[str], written: date) -> date | None:
    month = MONTHS[(match["month"] or match["month_2"]).lower()]
    number = int(match["day"] or match["day_2"])
    year = match["year"] or match["year_2"] or match["y2"]
    if year:
        day: date | None = date(2000 + int(year) % 100, month, number)
    elif match["weekday"]:
        day = _on_weekday(match["weekday"].lower(), month, number, written)
    else:
        day = _recent(written, lambda of: date(of, month, number))
    return day + timedelta(days=6) if day and match["week"] else day


def _on_weekday(name: str, month: int, number: int, written: date) -> date | None:
    """The day of a year near the time of writing that is on this weekday, if only one is."""
    years = range(written.year - 1, written.year + 2)
    days = [date(year, month, number) for year in years]
    on = [day for day in days if _WEEKDAYS[day.weekday()].startswith(name[:3])]
    return on[0] if len(on) == 1 else None


def _recent(written: date, of_year: Callable[[int], date]) -> date | None:
    """Of the days of some years the one that passed lately; without one it is to come."""
    days = (of_year(written.year), of_year(written.year - 1))
    return next((day for day in days if written - _RECENT <= day < written), None)


def _of_month(match: re.Match[str], _: date) -> date:
    year = 2000 + int(match["year"] or match["y2"]) % 100
    month = MONTHS[match["month"].lower()]
    if match["part"]:
        return date(year, month, _EARLY.get(match["part"].lower(), 12))
    return _month_end(year, month)


def _of_bare_month(match: re.Match[str], written: date) -> date | None:
    return _recent(written, lambda year: _month_end(year, MONTHS[match["bare"].lower()]))


def _of_season(match: re.Match[str], _: date) -> date:
    month, day = _SEASONS[match["season"].lower()]
    return date(int(match["year"]) + (month == _SEASONS["winter"][0]), month, day)


def _of_quarter(match: re.Match[str], _: date) -> date:
    year, quarter = int(match["year"]), int(match["quarter"])
    return _month_end(year + quarter // 4, (quarter * 3 + 2) % 12 + 1)


def _of_financial_year(match: re.Match[str], _: date) -> date | None:
    year = int(match["year"])
    return date(year + 1, 3, 31) if (year + 1) % 100 == int(match["end"]) else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
