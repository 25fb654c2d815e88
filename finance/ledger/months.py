"""The month of a row, however ledgers write it. Month 1 is April."""

import calendar
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bcfportal.lib.invisible import without_invisible
from bcfportal.lib.periods import Period, financial_year_label, financial_year_of

YEARS = range(2013, 2100)
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if number
} | {"sept": 9}
# 2016/17, 2016/2017 or 16/17; 12/2016 is a month.
_YEAR = r"(?P<start>20\d{2}|\d{2}(?!\s?[-/]\s?\d{4}))\s?[-/]\s?(?P<end>20\d{2}|\d{2})"
_NUMBER = r"(?:p|m|per|period|mth|month|ap)?[\s.]?0*(?P<number>\d{1,2})"
_NUMBERED = (
    re.compile(rf"{_NUMBER}", re.ASCII),
    re.compile(
        rf"(?:fy\s?)?{_YEAR}[\s,/-]*(?:p|m|per|period|mth|month)[\s.]?0*(?P<number>\d{{1,2}})"
    ),
    re.compile(
        rf"(?:p|m|per|period|mth|month)[\s.]?0*(?P<number>\d{{1,2}})[\s,/-]+(?:fy\s?)?{_YEAR}",
        re.ASCII,
    ),
)
_NAMED = re.compile(
    r"(?:\d{1,2}[\s/-])?(?P<name>[a-z]{3,9})\.?(?:[\s,/'-]*(?P<year>20\d{2}|\d{2}))?", re.ASCII
)
_NAMED_IN_YEAR = re.compile(rf"(?P<name>[a-z]{{3,9}})\.?[\s,/-]*{_YEAR}", re.ASCII)
_ISO = re.compile(r"(?P<year>20\d{2})-(?P<month>\d{2})(?:-\d{2}(?:[t ].*)?)?", re.ASCII)
_BRITISH = re.compile(r"(?:\d{1,2}[/.])?(?P<month>\d{1,2})[/.](?P<year>20\d{2})", re.ASCII)
_BRITISH_SHORT = re.compile(r"\d{1,2}[/.](?P<month>\d{1,2})[/.](?P<year>\d{2})", re.ASCII)
_ONLY_YEAR = re.compile(rf"(?:fy\s?)?{_YEAR}", re.ASCII)


def read_year(typed: object) -> int:
    """The start of a financial year: "2016/17", "16/17" or "2016-17" -> 2016.

    Raises ValueError with a sentence for the person.
    """
    match = _ONLY_YEAR.fullmatch(_folded(typed))
    if not match:
        raise ValueError(f"“{_short(typed)}” is not a financial year. Write it as 2016/17.")
    return _year_of(match, typed)


@lru_cache(maxsize=4096)
def read_month(typed: object, year: int | None) -> str:
    """The key of the month: "Jan-17", "P10" of a year, "2016-17-m10", 31/01/2017 or a date.

    ``year`` is what a column or the person says of the financial year, by the year it starts in;
    it is needed where the period names none. Raises ValueError with a sentence for the person.
    """
    if isinstance(typed, date):
        return _of_calendar(typed.year, typed.month, year, typed)
    if isinstance(typed, Decimal):
        typed = f"{typed:f}"
    text = _folded(typed)
    for pattern in _NUMBERED:
        if match := pattern.fullmatch(text):
            own = _year_of(match, typed) if match.groupdict().get("start") else None
            return _of_number(int(match["number"]), own, year, typed)
    if (match := _NAMED.fullmatch(text)) and match["name"] in _MONTHS:
        month = _MONTHS[match["name"]]
        if match["year"]:
            return _of_calendar(_century(match["year"]), month, year, typed)
        if year is None:
            raise ValueError(_no_year(typed))
        return Period(_plausible(year, typed), month=(month - 4) % 12 + 1).key
    if (match := _NAMED_IN_YEAR.fullmatch(text)) and match["name"] in _MONTHS:
        number = (_MONTHS[match["name"]] - 4) % 12 + 1
        return _of_number(number, _year_of(match, typed), year, typed)
    if _ONLY_YEAR.fullmatch(text) and _follows(text):
        raise ValueError(f"“{_short(typed)}” is a year. Say which month, such as Jan-17 or P10.")
    for pattern in (_ISO, _BRITISH, _BRITISH_SHORT):
        if match := pattern.fullmatch(text):
            return _of_calendar(_century(match["year"]), int(match["month"]), year, typed)
    raise ValueError(
        f"“{_short(typed)}” is not a month. Write it as Jan-17, P10 or 2016-17-m10, for example."
    )


def _folded(typed):
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", without_invisible(str(typed)))
    return " ".join(text.casefold().split())


def _short(typed):
    text = f"{typed:%d/%m/%Y}" if isinstance(typed, date) else " ".join(str(typed).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _century(digits):
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _follows(text):
    match = _ONLY_YEAR.fullmatch(text)
    return (_century(match["start"]) + 1 - _century(match["end"])) == 0


def _year_of(match, typed):
    start, end = _century(match["start"]), _century(match["end"])
    if end != start + 1:
        raise ValueError(
            f"“{_short(typed)}” is not a financial year: its two years do not follow each other."
        )
    return _plausible(start, typed)


def _plausible(year, typed):
    if year not in YEARS:
        raise ValueError(
            f"“{_short(typed)}” is not in a year from {financial_year_label(YEARS[0])} to "
            f"{financial_year_label(YEARS[-1])}."
        )
    return year


def _of_number(number, own, given, typed):
    if not 1 <= number <= 12:
        raise ValueError(f"“{_short(typed)}” is no period: they go from 1 (April) to 12 (March).")
    if own is None and given is None:
        raise ValueError(_no_year(typed))
    if own is not None and given is not None and own != given:
        raise ValueError(_other_year(typed, given))
    return Period(_plausible(given if own is None else own, typed), month=number).key


def _of_calendar(calendar_year, month, given, typed):
    if not 1 <= month <= 12:
        raise ValueError(f"“{_short(typed)}” is not a month: there are 12.")
    year = financial_year_of(date(calendar_year, month, 1))
    if given is not None and given != year:
        raise ValueError(_other_year(typed, given))
    return Period(_plausible(year, typed), month=(month - 4) % 12 + 1).key


def _no_year(typed):
    return (
        f"“{_short(typed)}” does not say which year. Choose the financial year when you upload, "
        "or add a column Year."
    )


def _other_year(typed, given):
    return f"“{_short(typed)}” is not in {financial_year_label(given)}, the year given for it."
