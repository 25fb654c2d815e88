"""The month of a row, however ledgers write it. Month 1 is April."""

import calendar
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bcfportal.lib import present
from bcfportal.lib.periods import Period, financial_year_label, financial_year_of
from bcfportal.lib.sentences import listed, month_words
from bcfportal.lib.text.invisible import in_plain_signs
from bcfportal.lib.text.typed_dates import MONTHS

YEARS = range(2013, 2100)
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
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s/-])?(?P<name>[a-z]{3,9})\.?"
    r"(?:[\s,/'-]*(?P<year>20\d{2}|\d{2}))?",
    re.ASCII,
)
_NAMED_IN_YEAR = re.compile(rf"(?P<name>[a-z]{{3,9}})\.?[\s,/-]*{_YEAR}", re.ASCII)
_ISO = re.compile(
    r"(?P<year>20\d{2})-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[t ].*)?)?", re.ASCII | re.DOTALL
)
_BRITISH = re.compile(
    r"(?:(?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>20\d{2})(?: [\d:.]+)?", re.ASCII
)
_BRITISH_SHORT = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{2})", re.ASCII)
_RUN_TOGETHER = re.compile(r"(?P<year>20\d{2})(?P<number>0[1-9]|1[0-2])", re.ASCII)
# 20170401 and 2017/04/01 are days however they are read.
_ISO_OTHERWISE = re.compile(
    r"(?P<year>20\d{2})(?P<between>/?)(?P<month>\d{2})(?P=between)(?P<day>\d{2})", re.ASCII
)
_YEAR_ALONE = re.compile(r"(?:fy\s?)?(?P<year>20\d{2})", re.ASCII)
_YEAR_OF_TWO = re.compile(r"fy\s?['’]?(?P<year>\d{2})", re.ASCII)
# 201718, 20172018 and 1718.
_YEARS_TOGETHER = re.compile(r"(?:fy\s?)?(?P<start>20\d{2}|\d{2})(?P<end>20\d{2}|\d{2})", re.ASCII)
_IN_A_YEAR_ALONE = re.compile(
    r"(?:fy\s?)?(?P<year>20\d{2})[\s,/-]*(?:p|m|per|period|mth|month)[\s.]?0*(?P<number>\d{1,2})",
    re.ASCII,
)
# No month is longer, and what is read is remembered.
_LONGEST = 60
# The ways to write a month or a year that can be meant in two ways.
ALONE, FISCAL, TOGETHER, IN_A_YEAR = "2017", "FY18", "201704", "2017P01"
WAYS = "January 2017, P10 or 2016-17-m10"
_ONLY_YEAR = re.compile(rf"(?:fy\s?)?{_YEAR}", re.ASCII)
# The same within a title. A number alone is no month there.
_WITHIN = [
    re.compile(rf"(?<![0-9a-z]){month.pattern}(?![0-9a-z])", re.ASCII)
    for month in (
        *(*_NUMBERED[1:], _NAMED_IN_YEAR, _NAMED, _ISO, _BRITISH, _BRITISH_SHORT),
        *(_ISO_OTHERWISE, _RUN_TOGETHER, _IN_A_YEAR_ALONE),
    )
]
_LOOKED_AT = 400
# A file is hardly of months that are more years away from the year that is given for it.
_NEAR = 2


class NoYear(ValueError):
    """A period that names no year: P10, January, or 17-Apr, which may be April 2017.

    ``number`` is the month of the financial year, ``day`` what stands before a month's name.
    """

    def __init__(
        self, sentence: str, number: int, day: int | None = None, *, is_named: bool = False
    ):
        super().__init__(sentence)
        self.number, self.day, self.is_named = number, day, is_named


# What the one year of 2017P01 or of a column can be, and 201704 besides: a month of the calendar.
BEGINS, ENDS, CALENDAR = "begins", "ends", "calendar"


class Either(ValueError):
    """What may be two years, or months of two years: 2017, FY18, 201704 or 2017P01.

    ``form`` is the way in which it is written, ``year`` the one that it names and ``number`` the
    month, if any. ``readings`` are what it may be, with words for each.
    """

    def __init__(self, form: str, year: int, number: int | None = None):
        self.form, self.year, self.number = form, year, number
        self.readings: dict[str, Period] = {
            BEGINS: Period(year, month=number),
            ENDS: Period(year - 1, month=number),
        }
        if form == TOGETHER and number:
            month = date(year, number, 1)
            self.readings[CALENDAR] = Period(financial_year_of(month), month=(number - 4) % 12 + 1)
        super().__init__(
            f"It may be {listed([period.label for period in self.readings.values()])}."
        )

    def sentence(self, typed: str, way: str) -> str:
        """What it is if it is read so, for the person who has to say it."""
        period = self.readings.get(way)
        if self.number is None:
            year = "the calendar year" if period is None else f"{period.label}, which {way} in"
            return f"“{typed}” is {year} {self.year}"
        if way == CALENDAR:
            return f"“{typed}” is {present(period).label}: month {self.number} of the calendar"
        return (
            f"“{typed}” is {present(period).label}: month {self.number} of the financial year "
            f"that {way} in {self.year}"
        )


def read_year(typed: object) -> int:
    """The start of a financial year: "2016/17", "16/17", "2016-17" or "201617" -> 2016.

    Raises Either for one year, 2017 or FY18, and ValueError with a sentence for the person.
    """
    text = _folded(typed)
    if alone := _YEAR_ALONE.fullmatch(text) or _YEAR_OF_TWO.fullmatch(text):
        year = _plausible(_century(alone["year"]), typed)
        raise Either(FISCAL if text.startswith("fy") else ALONE, year)
    match = _ONLY_YEAR.fullmatch(text) or _YEARS_TOGETHER.fullmatch(text)
    if not match:
        raise ValueError(f"“{_short(typed)}” is not a financial year. Write it as 2016/17.")
    return _year_of(match, typed)


def read_month(typed: object, year: int | None) -> str:
    """The key of the month: "Jan-17", "P10" of a year, "2016-17-m10", 31/01/2017 or a date.

    ``year`` is what a column or the person says of the financial year, by the year it starts in;
    it is needed where the period names none. Raises NoYear without it, Either for what may be of
    two years, and ValueError with a sentence for the person for all that is no month.
    """
    if isinstance(typed, date):
        return _of_calendar(typed.year, typed.month, None, year, typed)
    if isinstance(typed, Decimal):
        typed = f"{typed:f}"
    text = " ".join(str(typed).split())
    if len(text) > _LONGEST:
        raise ValueError(_no_month(text))
    return _read_month(text, year)


@lru_cache(maxsize=4096)
def _read_month(typed, year):
    text = _folded(typed)
    for pattern in _NUMBERED:
        if match := pattern.fullmatch(text):
            own = _year_of(match, typed) if match.groupdict().get("start") else None
            return _of_number(int(match["number"]), own, year, typed)
    if (match := _NAMED.fullmatch(text)) and match["name"] in MONTHS:
        return _of_name(match, year, typed)
    if (match := _NAMED_IN_YEAR.fullmatch(text)) and match["name"] in MONTHS:
        number = (MONTHS[match["name"]] - 4) % 12 + 1
        return _of_number(number, _year_of(match, typed), year, typed)
    if _ONLY_YEAR.fullmatch(text) and _follows(text):
        raise ValueError(
            f"“{_short(typed)}” is a year. Say which month, such as January 2017 or P10."
        )
    for pattern in (_ISO, _ISO_OTHERWISE, _BRITISH, _BRITISH_SHORT):
        if match := pattern.fullmatch(text):
            day = int(match["day"]) if match["day"] else None
            return _of_calendar(_century(match["year"]), int(match["month"]), day, year, typed)
    if match := _RUN_TOGETHER.fullmatch(text):
        return _of_either(TOGETHER, match, year, typed)
    if match := _IN_A_YEAR_ALONE.fullmatch(text):
        return _of_either(IN_A_YEAR, match, year, typed)
    raise ValueError(_no_month(typed))


def months_in(said: str | date, year: int | None) -> list[str]:
    """The keys of the months that a title or a name says: "Detail Trial Balance Apr-2017".

    ``year`` is that of months that name none; without it they say nothing.
    """
    keys: dict[str, None] = {}
    text = said if isinstance(said, date) else _folded(said).replace("_", " ")
    parts: list[object] = [text]
    if isinstance(text, str):
        start = text[:_LOOKED_AT]
        parts = [match[0] for pattern in _WITHIN for match in pattern.finditer(start)]
    for part in parts:
        try:
            keys[read_month(part, None)] = None
        except NoYear as month:
            if year is not None:
                keys[Period(year, month=month.number).key] = None
        except Either as either:
            keys |= {period.key: None for period in either.readings.values()}
        except ValueError:
            continue
    return list(keys)


def _of_name(match, year, typed):
    month = MONTHS[match["name"]]
    day = int(match["day"]) if match["day"] else None
    if match["year"]:
        return _of_calendar(_century(match["year"]), month, day, year, typed)
    number = (month - 4) % 12 + 1
    # A leap year, so that every day that there is can pass.
    _check_day(2000, month, day, typed)
    if year is None or of_another_year(number, day, year):
        raise NoYear(_no_year(typed), number, day, is_named=True)
    return Period(_plausible(year, typed), month=number).key


def of_another_year(number: int, day: int | None, year: int) -> bool:
    """Whether 17-Jan in a file of 2017/18 may be January 2017, as spreadsheets show Jan-17.

    ``number`` is that of the month in the financial year. Years further away are days.
    """
    if day is None:
        return False
    start = 2000 + day - (number > 9)
    return start != year and abs(start - year) <= _NEAR


def _no_month(typed):
    return f"“{_short(typed)}” is not a month. Write it as {WAYS}, for example."


def _of_either(form, match, year, typed):
    """The month of 201704 or 2017P01 where the year that is given leaves one. Raises Either."""
    number = int(match["number"])
    if not 1 <= number <= 12:
        raise ValueError(_no_month(typed))
    either = Either(form, _plausible(int(match["year"]), typed), number)
    if year is None:
        raise either
    within = {period.key for period in either.readings.values() if period.start_year == year}
    if not within:
        raise ValueError(other_year(typed, year))
    if len(within) > 1:
        raise either
    return within.pop()


def _folded(typed):
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", in_plain_signs(str(typed)))
    return " ".join(text.casefold().split())


def _short(typed):
    text = f"{typed:%d/%m/%Y}" if isinstance(typed, date) else " ".join(str(typed).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _century(digits):
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _follows(text):
    match = present(_ONLY_YEAR.fullmatch(text))
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
        raise ValueError(
            f"“{_short(typed)}” is not a period: periods go from 1 (April) to 12 (March)."
        )
    if own is None and given is None:
        raise NoYear(_no_year(typed), number)
    if own is not None and given is not None and own != given:
        raise ValueError(other_year(typed, given))
    return Period(_plausible(given if own is None else own, typed), month=number).key


def _of_calendar(calendar_year, month, day, given, typed):
    if not 1 <= month <= 12:
        if day is not None and 1 <= day <= 12 and month <= 31:
            turned = date(calendar_year, day, month) if _is_day(calendar_year, day, month) else None
            raise ValueError(
                f"“{_short(typed)}” has the month first. Write the day first"
                + (f", {turned:%d/%m/%Y}." if turned else ".")
            )
        raise ValueError(f"“{_short(typed)}” is not a month: months go from 1 to 12.")
    _check_day(calendar_year, month, day, typed)
    year = financial_year_of(date(calendar_year, month, 1))
    if given is not None and given != year:
        raise ValueError(other_year(typed, given))
    return Period(_plausible(year, typed), month=(month - 4) % 12 + 1).key


def _is_day(year, month, day):
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _check_day(year, month, day, typed):
    if day is not None and not _is_day(year, month, day):
        raise ValueError(
            f"“{_short(typed)}” is not a real date. Enter a real date, or the month, such as "
            f"{month_words(date(year, month, 1))}."
            if year != 2000
            else f"“{_short(typed)}” is not a real date. Enter a real date, or the month."
        )


def _no_year(typed):
    return f"“{_short(typed)}” does not say which year."


def other_year(typed, given):
    return f"“{_short(typed)}” is not in {financial_year_label(given)}, the year given for it."
