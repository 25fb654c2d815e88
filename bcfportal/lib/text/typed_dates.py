"""Days and financial years as people type them.

What can mean one thing is read, what can mean two is asked about, what cannot be is refused; each
time in a sentence with an example that is read.
"""

import calendar
import re
from datetime import date

from bcfportal.lib.periods import Period
from bcfportal.lib.text.typed_text import folded, quoted

# A year outside these is a slip of the finger, such as 218 or 20118.
YEARS = range(2000, 2101)
# No box for a day or a year needs more.
LONGEST = 60
MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if number
} | {"sept": 9}
_WEEKDAYS = {
    name.casefold() for names in (calendar.day_name, calendar.day_abbr) for name in names
} | {"tues", "weds", "thur", "thurs"}
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?z?$")
_BETWEEN = re.compile(r"[\s/.,'-]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_TOGETHER = re.compile(r"\d{8}", re.ASCII)
_YEAR_PART = r"(\d{4}|\d{2})"
# A day by which something is done, and the end of a month or a financial year, are one day.
_BY = re.compile(r"^(?:by|on) ")
_END = r"(?:the )?(?:end(?: of)?|last day of)(?: the)? "
_IN_MONTH = r"(?:the month of |month )?([a-z]{3,9})[\s.,'-]+(\d{4}|\d{2})"
_END_OF_MONTH = re.compile(rf"{_END}{_IN_MONTH}|([a-z]{{3,9}})[\s-]end,? (\d{{4}})", re.ASCII)
_END_OF_YEAR = re.compile(
    rf"(?:{_END}|year[\s-]end )(?:(?:quarter |q)([1-4])(?: of)?,? )?(?:financial year |fy ?)?"
    r"(\d{4}|\d{2})[/-](\d{4}|\d{2})",
    re.ASCII,
)
_PART_OF_MONTH = re.compile(
    rf"(early|start of|beginning of|mid|middle of|late)[\s-]+(?:in )?{_IN_MONTH}", re.ASCII
)
_WEEK = re.compile(r"(?:w/c|wc|w/e|week (?:commencing|beginning|ending|of))\.?:? (.+)")
_MONTH_IN_FIGURES = re.compile(
    r"(0?[1-9]|1[0-2])[/.-](20\d\d)|(20\d\d)[/.-](0?[1-9]|1[0-2])", re.ASCII
)
_MONTH_OR_DAY = re.compile(r"([a-z]{3,9})[\s.'-]+(\d{2})", re.ASCII)
_RUN_TOGETHER = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?([a-z]{3,9})(\d{4}|\d{2})$", re.ASCII)
# A day that stands among words.
_DAY_IN_WORDS = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|20\d\d-\d{1,2}-\d{1,2})(?![\d/.-]\d|\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[\s-](?:of )?(?:{'|'.join(MONTHS)})\b[\s.,-]+20\d\d\b",
    re.ASCII,
)
_TWO_YEARS = re.compile(
    rf"(?:fy|(?:financial )?year)?[\s.]*{_YEAR_PART}(?:\s*(?:[-/_.\\]|to|and|\s)\s*){_YEAR_PART}"
    r"(?: ?fy)?",
    re.ASCII,
)
_TWO_YEARS_TOGETHER = re.compile(r"(?:fy)?\s*(20\d\d)(20\d\d|\d\d)", re.ASCII)
_ONE_YEAR = re.compile(r"(?:fy)?\s*(20\d\d)|fy\s*['’]?(\d\d)", re.ASCII)


def read_day(text: str, example: str = "31/3/2018") -> date:
    """The day that was typed: "31/3/18", "31 March 2018", "31 Mar 18", "2018-03-31".

    Days come before months, as in Britain; of two figures of a year, it is one of this century.
    Raises ValueError with a sentence for the person, with the ``example`` in it where none of
    what was typed can be used.
    """
    if len(text) > LONGEST:
        raise ValueError(_not_real(example))
    typed = _BY.sub("", _MIDNIGHT.sub("", folded(text)).strip(" .,"))
    if end := _last_day(typed):
        return end
    if said := _time_of(typed, text):
        raise ValueError(said)
    typed = _RUN_TOGETHER.sub(r"\1 \2 \3", typed)
    parts = [part for part in _BETWEEN.split(typed) if part not in {"of", "the"}]
    if parts and parts[0] in _WEEKDAYS:
        parts = parts[1:]
    if len(parts) == 1 and _TOGETHER.fullmatch(parts[0]):
        return _written_together(parts[0], example)
    if len(parts) == 2:
        raise ValueError(_two_of_three(parts, text, example))
    if len(parts) != 3:
        raise ValueError(_not_real(example))
    return _day_of(*_in_order(parts), typed=text, example=example)


def days_in(text: str) -> list[date]:
    """The days that stand in a text of words, such as "by 31/3/2018 at the latest".

    Raises ValueError where what is written as one cannot be.
    """
    return [read_day(match[0]) for match in _DAY_IN_WORDS.finditer(folded(text))]


def _last_day(typed: str) -> date | None:
    """The last day of a month or a financial year, or of a quarter of one, that was typed."""
    if match := _END_OF_MONTH.fullmatch(typed):
        name, year = match[1] or match[3], _of_century(match[2] or match[4])
        if name in MONTHS and year in YEARS:
            return date(year, MONTHS[name], calendar.monthrange(year, MONTHS[name])[1])
    if match := _END_OF_YEAR.fullmatch(typed):
        start = read_financial_year(f"{match[2]}/{match[3]}")
        return Period(start, quarter=int(match[1] or 4)).last_day
    return None


def _time_of(typed: str, text: str) -> str:
    """What to type for a week, a month or a part of one, which is no day; "" for other texts."""
    if match := _PART_OF_MONTH.fullmatch(typed):
        name, year = match[2], _of_century(match[3])
        if name not in MONTHS or year not in YEARS:
            return ""
        last = calendar.monthrange(year, MONTHS[name])[1]
        day = 15 if match[1].startswith("mid") else last if match[1] == "late" else 1
        return f"Enter one day, such as {day}/{MONTHS[name]}/{year}: “{quoted(text)}” is several."
    if match := _WEEK.fullmatch(typed):
        try:
            begins = read_day(match[1])
        except ValueError:
            return ""
        return f"Enter one day, such as {_in_figures(begins)}: “{quoted(text)}” is a week."
    if match := _MONTH_IN_FIGURES.fullmatch(typed):
        year, month = int(match[2] or match[3]), int(match[1] or match[4])
        return _whole_month(month, year, text)
    match = _MONTH_OR_DAY.fullmatch(typed)
    if match and match[1] in MONTHS:
        return _whole_month(MONTHS[match[1]], _of_century(match[2]), text, "may be a whole month")
    return ""


def _whole_month(month: int, year: int, typed: str, is_one: str = "is a whole month") -> str:
    last = calendar.monthrange(year, month)[1]
    return (
        f"Enter the day too: “{quoted(typed)}” {is_one}. Its last day is typed as "
        f"{last}/{month}/{year}."
    )


def _in_figures(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _in_order(parts: list[str]) -> tuple[str, str, str]:
    """Day, month and year of three parts: the year or the month may come first."""
    first, second, third = parts
    if first.isdigit() and len(first) == 4:
        return third, second, first
    if first in MONTHS:
        return second, first, third
    return first, second, third


def _day_of(day: str, month: str, year: str, *, typed: str, example: str) -> date:
    number = _DAY.fullmatch(day)
    if not number or not (year.isascii() and year.isdigit()) or not _is_month(month):
        raise ValueError(_not_real(example))
    if len(year) not in (2, 4) or (century := _of_century(year)) not in YEARS:
        raise ValueError(
            f"Enter a year from {YEARS[0]} to {YEARS[-1]}: “{quoted(typed)}” has the year "
            f"{quoted(year, 12)}."
        )
    of_year = MONTHS.get(month) or int(month)
    try:
        return date(century, of_year, int(number[1]))
    except ValueError:
        pass
    if of_year > 12 and int(number[1]) <= 12 and of_year <= 31:
        raise ValueError(
            f"There is no month {of_year}: the day comes first. If you mean "
            f"{_in_words(of_year, int(number[1]), century)}, "
            f"type {of_year}/{int(number[1])}/{century}."
        )
    raise ValueError(_not_real(example))


def _is_month(text: str) -> bool:
    return text in MONTHS or bool(re.fullmatch(r"\d{1,2}", text, re.ASCII))


def _in_words(day: int, month: int, year: int) -> str:
    return f"{day} {calendar.month_name[month]} {year}"


def _of_century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _written_together(digits: str, example: str) -> date:
    """31032018 or 20180331, as files are named; of both, the one that can be."""
    for day, month, year in (
        (digits[:2], digits[2:4], digits[4:]),
        (digits[6:], digits[4:6], digits[:4]),
    ):
        if int(year) in YEARS:
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
    raise ValueError(_not_real(example))


def _two_of_three(parts: list[str], typed: str, example: str) -> str:
    """What is missing of a day that has only two parts."""
    first, second = parts
    month = MONTHS.get(first)
    if month and re.fullmatch(r"\d{4}", second, re.ASCII) and int(second) in YEARS:
        return _whole_month(month, int(second), typed)
    if _DAY.fullmatch(first) and _is_month(second):
        return f"Enter the year too, such as {example}: “{quoted(typed)}” has none."
    return _not_real(example)


def _not_real(example: str) -> str:
    return f"Enter a real date, such as {example}."


def read_financial_year(text: str, example: str = "2018/19", years: range = YEARS) -> int:
    """The year that a financial year starts in: "2018/19", "2018–2019", "18/19" -> 2018.

    Any dash or slash, a space or "to" may stand between. ``years`` are those that may be meant.
    Raises ValueError with a sentence for the person: "2018" alone can be the year that begins or
    the one that ends then.
    """
    typed = folded(text) if len(text) <= LONGEST else ""
    match = _TWO_YEARS.fullmatch(typed) or _TWO_YEARS_TOGETHER.fullmatch(typed)
    if not match:
        if single := _ONE_YEAR.fullmatch(typed):
            year = _of_century(single[1] or single[2])
            raise ValueError(
                f"Enter both years: {year} is in {_label(year - 1)} and in {_label(year)}."
            )
        raise ValueError(f"Enter the financial year as {example}.")
    start, end = match[1], match[2]
    if len(start) == 2 and len(end) == 4:
        raise ValueError(f"Enter the financial year as {example}.")
    first = _of_century(start)
    if (first + 1) % 100 != int(end) % 100 or (len(end) == 4 and int(end) != first + 1):
        raise ValueError(f"Enter two years that follow each other, such as {example}.")
    if first not in years:
        raise ValueError(
            f"Enter a financial year between {_label(years[0])} and {_label(years[-1])}, "
            f"such as {example}. {_label(first)} is outside."
        )
    return first


def _label(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"
