"""What the head of a pasted column says: of what period, in what unit, and in which words.

"2016-17 Budget (£m)", "Q4", "Quarter 4 2017/18 actual", "Apr-17", "31 March 2018", "Target %".
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from re import Match

from bcfportal.lib.pasting.names import fold, shortened
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import day_words

OWN, OTHER, PERHAPS = "own", "other", "perhaps"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?:{'|'.join((*_FULL, 'sept', *_MONTHS))})\b\.?"
_YEAR = r"(?:20\d\d|'?\d\d)"
_SEPARATOR = r"[ ./-]"
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:(?:st|nd|rd|th)?{_SEPARATOR}?({_MONTH})|{_SEPARATOR}(\d{{1,2}}))"
    rf"{_SEPARATOR} ?(20\d\d|\d\d)\b"
)
_DAY_OF_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?{_SEPARATOR}?({_MONTH})(?! ?\d)")
_FINANCIAL_YEAR = re.compile(r"\b(?:fy ?)?(20\d\d|\d\d) ?[/-] ?(20\d\d|\d\d)\b")
_QUARTER = re.compile(
    r"\b(?:q|qtr|quarter)\.? ?([1-4]|one|two|three|four)\b"
    r"|\b([1-4])(?:st|nd|rd|th) (?:quarter|qtr)\b"
)
_RANGE = re.compile(rf"\b({_MONTH}) ?({_YEAR})? ?(?:-|to) ?({_MONTH}) ?({_YEAR})?(?!\d)")
_NAMED_MONTH = re.compile(rf"\b({_MONTH})[ '-]*({_YEAR})?(?!\d)")
_NUMBERED_MONTH = re.compile(r"\b(?:m|mth|month|p|pd|period) ?0?(1[0-3]|[1-9])\b")
# What stands before the end of a time: "to January", "up to the end of month 10".
_BEFORE_END = re.compile(
    r"\b(?:to|until|till|through|thru|by|ending|ended)(?: and including)?(?: the)?"
    r"(?: end(?: of)?)?[ (]*$"
)
# "Data relate to Q3" is of that quarter.
_RELATES = re.compile(r"\b(?:relat|refer|appl|pertain|attribut)\w* to(?: the)?[ (]*$")
# How long the time is that ends then: "quarter to December" is that quarter, whatever went before.
_LENGTHS = tuple(
    (length, re.compile(rf"\b(?:{said})[ (]*{_BEFORE_END.pattern}"))
    for length, said in (
        ("month", "month|mth|one month|1 month"),
        ("quarter", "quarter|qtr|three months|3 months"),
        ("year", "year|yr|twelve months|12 months"),
    )
)
_CALENDAR_YEAR = re.compile(r"\b(20\d\d)\b")
# How a financial year and its quarter or month stand in a phrase, whatever the order they had.
_YEAR_FIRST = re.compile(r"^(\d[\d/-]+) (quarter \d|(?:month|period) \d+)$")
# A day as Excel counts them, alone in a head: 46296 is 1 October 2026.
SERIAL = re.compile(r"[3-6]\d{4}", re.ASCII)
_DAY_NOUGHT = date(1899, 12, 30)
_APRIL = 4
_WORDS_FOR_QUARTERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_UNITS = (
    ("£000", re.compile(r"£ ?'?0{3}'?s?(?!\d)|£ ?k\b|\(0{3}s?\)|£ ?thousands?\b|\bthousands\b")),
    ("£m", re.compile(r"£ ?m(?:il|illions?|n)?\b|\bmillions?\b")),
    ("%", re.compile(r"%|\bper ?cent(?:age)?\b|\bpct\b")),
    ("£", re.compile(r"£(?! ?\d)|\bpounds\b")),
    ("number", re.compile(r"^(?:number|no\.?|nos\.?|#|n|count|volume)$|\((?:number|no\.?|#)\)$")),
)


_BARE_NO = re.compile(r"\bno\b(?!\.)", re.IGNORECASE)


def is_bare_no(text: str) -> bool:
    """Whether a head says "No" without the stop of "No.": a number, or those who said no."""
    return bool(_BARE_NO.search(text))


@dataclass(frozen=True)
class When:
    """What is known of a period: ``year`` is the year that a financial year starts in."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    calendar_year: int | None = None
    day: date | None = None
    # The day of the month, where no year is said: 1 of "1 April".
    of_day: int | None = None
    # The last month of a time that begins in April and is no quarter: 12 of "April to December".
    until: int | None = None
    # Whether it is said as the end of a time: "to January".
    is_end: bool = False
    # How long that time is, where it is said: "month", "quarter" or "year".
    length: str = ""
    phrase: str = ""
    # Whether the texts that it was read from say different periods.
    differs: bool = False

    def __bool__(self) -> bool:
        return any((self.year, self.quarter, self.month, self.calendar_year, self.day))

    @property
    def written(self) -> str:
        """What it says, shortened: "quarter 2 of 2026/27"."""
        return shortened(_YEAR_FIRST.sub(r"\2 of \1", self.phrase), 40)

    def is_of(self, own: Period) -> str:
        """Whether it is the period ``own``: OWN, OTHER, or PERHAPS where it may be."""
        fit = self._is_of(own)
        return PERHAPS if fit == OWN and (self.differs or self.may_be_longer(own)) else fit

    def may_be_longer(self, own: Period) -> bool:
        """Whether it is the end of a time that may have begun before ``own``: "to Q3", "by Q3"."""
        is_part = bool(own.quarter or own.month)
        length = "month" if own.month else "quarter" if own.quarter else "year"
        begins = is_part and own.first_day.month == _APRIL
        return self.is_end and self.length != length and not begins

    def is_after(self, own: Period) -> bool:
        """Whether it says no more than a day or a month that begins when ``own`` has ended."""
        first = self.day
        if not first and self.month and self.calendar_year:
            first = date(self.calendar_year, self.month, 1)
        alone = not (self.quarter or self.year or self.until or (self.day and self.month))
        return first is not None and alone and first > own.last_day

    def _is_of(self, own: Period) -> str:
        both = self.year is not None and self.calendar_year is not None
        if both and self.calendar_year not in (self.year, (self.year or 0) + 1):
            return OTHER
        fits = [fit for fit in (self._day_is_of(own), self._month_is_of(own)) if fit]
        if self.quarter and (not self.month or (self.month - 4) % 12 // 3 + 1 != self.quarter):
            fits.append(self._quarter_is_of(own))
        if fits:
            return next((fit for fit in (OTHER, OWN) if fit in fits), PERHAPS)
        if self.year is not None:
            if own.quarter or own.month:
                ends = self.year == own.start_year and own.last_day == Period(self.year).last_day
                return PERHAPS if ends else OTHER
            return OWN if self.year == own.start_year else OTHER
        if self.calendar_year is not None:
            years = (own.first_day.year, own.last_day.year)
            return PERHAPS if self.calendar_year in years else OTHER
        return PERHAPS

    def _day_is_of(self, own: Period) -> str:
        if not self.day:
            return ""
        year = self.day.year - (self.day.month < 4)
        if self.year not in (None, year):
            return OTHER
        if self.day == own.last_day:
            return OWN if own.month else PERHAPS
        return PERHAPS if self._begins(own) else OTHER

    def _begins(self, own: Period) -> bool:
        """Whether the day is how a spreadsheet holds the month, or a month that names the quarter.

        A quarter is named by its first month or its last.
        """
        if not self.day or not (own.month or own.quarter):
            return False
        months = (own.first_day.month, own.last_day.month)
        within = own.first_day <= self.day <= own.last_day
        return within and self.day.day == 1 and self.day.month in months

    def _month_is_of(self, own: Period) -> str:
        if not self.month:
            return ""
        if self.of_day and self.of_day != own.last_day.day:
            # Excel shows April 2017 as 17-Apr, and so the 17th of April.
            return PERHAPS if own.month and self.month == own.first_day.month else OTHER
        if own.month:
            same = self.month == own.first_day.month and self._year_fits(own)
            return OWN if same else OTHER
        last = self.month == own.last_day.month and self._year_fits(own)
        return PERHAPS if last and own.quarter else OTHER

    def _year_fits(self, own: Period) -> bool:
        if self.year is not None:
            return self.year == own.start_year
        return self.calendar_year in (None, own.last_day.year)

    def _quarter_is_of(self, own: Period) -> str:
        if self.quarter != own.quarter:
            ends = own.month and Period(own.start_year, self.quarter).last_day == own.last_day
            return PERHAPS if ends and self._year_fits(own) else OTHER
        if self.year is not None:
            return OWN if self.year == own.start_year else OTHER
        if self.calendar_year is None:
            return OWN
        # Quarter 4 of 2018 may be counted by calendar or by financial years.
        return PERHAPS if self.calendar_year in (own.start_year, own.start_year + 1) else OTHER


@dataclass(frozen=True)
class Head:
    """A head, or several that stand over each other, taken apart."""

    text: str = ""
    when: When = field(default_factory=When)
    unit: str = ""
    phrase: str = ""
    # Whether one of them says no more than a letter: "A", "M", "n".
    is_letter: bool = False

    def under(self, upper: "Head") -> "Head":
        """What the two say together, this one standing below the other."""
        return Head(
            text=" ".join(filter(None, (upper.text, self.text))),
            when=_merged(upper.when, self.when),
            unit=self.unit or upper.unit,
            phrase=" ".join(filter(None, (upper.phrase, self.phrase))),
            is_letter=self.is_letter or upper.is_letter,
        )


def _merged(upper: When, lower: When) -> When:
    if not upper or not lower:
        return lower or upper
    given = {
        name: value
        for name in ("year", "quarter", "month", "calendar_year", "day", "of_day", "until")
        if (value := getattr(lower, name)) is not None
    }
    differs = upper.differs or lower.differs or _differ(upper, lower)
    said = upper.phrase if lower.phrase in upper.phrase else f"{upper.phrase} {lower.phrase}"
    is_end, length = upper.is_end or lower.is_end, lower.length or upper.length
    return replace(upper, **given, is_end=is_end, length=length, phrase=said, differs=differs)


def _differ(upper: When, lower: When) -> bool:
    parts = ("year", "quarter", "month", "calendar_year", "day", "of_day")
    pairs = [(getattr(upper, part), getattr(lower, part)) for part in parts]
    return any(None not in pair and len(set(pair)) > 1 for pair in pairs)


def together(upper: When, lower: When) -> When | None:
    """The two as one; None where they say different periods."""
    return None if _differ(upper, lower) else _merged(upper, lower)


@lru_cache(maxsize=1024)
def read_head(text: str) -> Head:
    """The head taken apart. Any text is one; what is no period and no unit is its words."""
    text = " ".join(text[:300].split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub("[\u2018\u2019\u0060\u00b4]", "'", plain).replace("_", " ")
    if SERIAL.fullmatch(plain):
        day = _DAY_NOUGHT + timedelta(days=int(plain))
        return Head(text, When(day=day, phrase=day_words(day)))
    unit, rest = _unit(plain)
    when, rest = _when(rest)
    phrase = fold(rest)
    said = phrase or fold(plain)
    return Head(text, when, unit, phrase, is_letter=len(said) == 1 and said.isalpha())


def _unit(plain: str) -> tuple[str, str]:
    for unit, pattern in _UNITS:
        if pattern.search(plain):
            return unit, pattern.sub(" ", plain)
    return "", plain


def _month_number(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1


def _full_year(text: str) -> int:
    number = int(text.strip("'"))
    return number if number >= 100 else 2000 + number


def _when(plain: str) -> tuple[When, str]:
    """The period that the words name, and the words without it."""
    when = When()
    for pattern, read in _READERS:
        for match in pattern.finditer(plain):
            if (part := read(match)) is not None:
                before, is_end, length = _ends(plain[: match.start()])
                phrase = _as_written(match[0], part)
                part = replace(part, is_end=is_end, length=length, phrase=phrase)
                when = _merged(when, part)
                plain = f"{before} {plain[match.end() :]}"
                break
    return when, plain


def _ends(before: str) -> tuple[str, bool, str]:
    """What stands before a time, whether that says that it is an end, and of how long a time.

    The month and the quarter that end then are taken out of the words.
    """
    is_end = bool(_BEFORE_END.search(before)) and not _RELATES.search(before)
    for length, pattern in _LENGTHS:
        if match := pattern.search(before):
            return before if length == "year" else before[: match.start()], is_end, length
    return before, is_end, ""


def _as_written(phrase: str, when: When) -> str:
    """A folded phrase with the capitals of its months, and its quarter in words."""
    if _QUARTER.fullmatch(phrase):
        return f"quarter {when.quarter}"
    return re.sub(_MONTH, lambda month: month[0].capitalize(), phrase.strip())


def _day(match: Match[str]) -> When | None:
    month = _month_number(match[2]) if match[2] else int(match[3])
    try:
        return When(day=date(_full_year(match[4]), month, int(match[1])))
    except ValueError:
        return None


def _financial_year(match: Match) -> When | None:
    start, end = _full_year(match[1]), _full_year(match[2])
    return When(year=start) if end == start + 1 else None


def _quarter(match: Match[str]) -> When:
    said = match[1] or match[2]
    return When(quarter=_WORDS_FOR_QUARTERS.get(said) or int(said))


def _range(match: Match[str]) -> When:
    first, last = _month_number(match[1]), _month_number(match[3])
    calendar_year = _full_year(match[4]) if match[4] else None
    if (last - first) % 12 != 2 or first % 3 != 1:
        # A span that is no quarter: some months of a year.
        until = last if first == 4 else None
        return When(day=date(1900, 1, 1), until=until, calendar_year=calendar_year)
    quarter = (first - 4) % 12 // 3 + 1
    if calendar_year is not None:
        return When(quarter=quarter, year=calendar_year - (quarter == 4))
    return When(quarter=quarter)


def _named_month(match: Match[str]) -> When:
    year = _full_year(match[2]) if match[2] else None
    return When(month=_month_number(match[1]), calendar_year=year)


def _numbered_month(match: Match[str]) -> When | None:
    number = int(match[1])
    return When(month=(number + 2) % 12 + 1) if number <= 12 else None


_READERS = (
    (_DAY, _day),
    (_RANGE, _range),
    (_DAY_OF_MONTH, lambda match: When(month=_month_number(match[2]), of_day=int(match[1]))),
    (_NAMED_MONTH, _named_month),
    (_FINANCIAL_YEAR, _financial_year),
    (_QUARTER, _quarter),
    (_NUMBERED_MONTH, _numbered_month),
    (_CALENDAR_YEAR, lambda match: When(calendar_year=int(match[1]))),
)
