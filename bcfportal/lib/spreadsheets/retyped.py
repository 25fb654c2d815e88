"""What a spreadsheet makes of a text that is typed into it, or opened from a CSV file.

Excel takes 00401 for the number 401, 12E5 for 1,200,000 and 1-2 for 1 February, and shows and saves
what it made: 401, 1.20E+06, 01-Feb. Nobody is told. Two texts of which it makes the same thing may
be the same text, before and after.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import ROUND_DOWN, Context, Decimal

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAME = (
    r"(?:(?P<name>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"(?:(?<=JAN)UARY|(?<=FEB)RUARY|(?<=MAR)CH|(?<=APR)IL|(?<=JUN)E|(?<=JUL)Y|(?<=AUG)UST"
    r"|(?<=SEP)T|(?<=SEP)TEMBER|(?<=OCT)OBER|(?<=NOV)EMBER|(?<=DEC)EMBER)?)"
)
_NUMBER = re.compile(r"[0-9]{1,40}(?:\.[0-9]{0,40})?(?:E[+-]?[0-9]{1,2})?")
# What Excel writes for a number that is too long, or was typed with an E: 1.23457E+14, 1.20E+06.
_SHORTENED = re.compile(r"[1-9](?:\.(?P<places>[0-9]{1,14}))?E[+-][0-9]{2,3}")
_DAY_FIRST = re.compile(rf"(?P<number>[0-9]{{1,2}})[-/ ]?{_NAME}(?:[-/ ](?P<year>[0-9]{{2,4}}))?")
_NAME_FIRST = re.compile(rf"{_NAME}[-/ ]?(?P<number>[0-9]{{1,4}})")
_TWO = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,4})")
_THREE = re.compile(r"([0-9]{1,4})[-/]([0-9]{1,2})[-/]([0-9]{1,4})")
_TIME = re.compile(r"([0-9]{1,4}):([0-9]{2})(?::([0-9]{2}))?")
# The forms in which Excel shows a day or a month that it made of something; people seldom write
# codes so. A day has the year in four figures: 10-20-30 may be a code.
_SHOWN_DAY = re.compile(
    r"(?P<number>[0-9]{1,2})-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:-[0-9]{2,4})?"
)
_SHOWN_MONTH = re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-[0-9]{2}")
_SHOWN_DATE = re.compile(
    r"(?P<one>[0-9]{1,2})(?P<sign>[-/.])(?P<two>[0-9]{1,2})(?P=sign)(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
)
_TIME_BEHIND = re.compile(r"[ T][0-9]{1,2}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
_SHOWN_TIME = re.compile(r"[0-9]{1,2}:[0-5][0-9]:[0-5][0-9]")
# Excel keeps 15 digits of a number and drops the rest.
_FIFTEEN = Context(prec=15, rounding=ROUND_DOWN)
_LONGEST = 60
Made = tuple[object, ...]


def what_is_made(text: str) -> str:
    """What a spreadsheet made of something, if the text, in capitals, is of a form in which it
    shows that: "a date", "true or false"; "" for any other text.
    """
    if _SHORTENED.fullmatch(text):
        return "a number, and shortened it"
    if text in ("TRUE", "FALSE"):
        return "true or false"
    if _SHOWN_TIME.fullmatch(text):
        return "a time"
    return "a date" if _is_shown_date(text) else ""


def _is_shown_date(text: str) -> bool:
    text = _TIME_BEHIND.sub("", text)
    if match := _SHOWN_DAY.fullmatch(text):
        return 1 <= int(match["number"]) <= 31
    if match := _SHOWN_DATE.fullmatch(text):
        if match["day"]:
            return _is_day(int(match["day"]), int(match["month"]))
        first, second = int(match["one"]), int(match["two"])
        return _is_day(first, second) or _is_day(second, first)
    return bool(_SHOWN_MONTH.fullmatch(text))


def would_change(text: str) -> bool:
    """Whether a spreadsheet changes the text when it is typed again."""
    return bool(makings(text.strip().upper()))


def number_of(text: str) -> Decimal | None:
    """The number that a spreadsheet makes of a text in capitals; None where it makes none."""
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    return _FIFTEEN.create_decimal(text).normalize(_FIFTEEN)


def places_of_shortened(text: str) -> int | None:
    """How many decimals a number has that was shortened to a power of ten; None for any other."""
    match = _SHORTENED.fullmatch(text)
    return len(match["places"] or "") if match else None


def shortened(number: Decimal, places: int) -> str:
    """The number as a power of ten with so many decimals: 1200000 -> "1.20E+06"."""
    mantissa, _, power = f"{number:.{places}E}".partition("E")
    return f"{mantissa}E{power[0]}{int(power[1:]):02}"


def makings(text: str) -> set[Made]:
    """All that a spreadsheet, British or American, makes of the text or shows in this form."""
    if len(text) > _LONGEST:
        return set()
    number = number_of(text)
    if number is not None:
        return {("number", number)}
    return set(_days(text)) | set(_times(text))


def _days(text: str) -> Iterator[Made]:
    if (match := _DAY_FIRST.fullmatch(text)) and not match["year"]:
        yield from _both(int(match["number"]), _MONTHS.index(match["name"]) + 1)
    elif match:
        yield from _dates(int(match["number"]), _MONTHS.index(match["name"]) + 1, match["year"])
    elif match := _NAME_FIRST.fullmatch(text):
        number, month = int(match["number"]), _MONTHS.index(match["name"]) + 1
        yield from _both(number, month)
        yield from _months(month, match["number"])
    elif match := _TWO.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if _is_day(first, second):
            yield ("day", "British", first, second)
        if _is_day(second, first):
            yield ("day", "American", second, first)
        if not _is_day(first, second):
            yield from _months(first, match[2])
    elif match := _THREE.fullmatch(text):
        year_first = len(match[1]) > 2
        left, right, year = (match[3], match[2], match[1]) if year_first else match.groups()
        if _is_day(int(left), int(right)) and len(year) in (2, 4):
            yield ("date", "British", int(left), int(right), _year(year))
        if _is_day(int(right), int(left)) and len(year) in (2, 4):
            yield ("date", "American", int(right), int(left), _year(year))


def _both(day: int, month: int) -> Iterator[Made]:
    if _is_day(day, month):
        yield ("day", "British", day, month)
        yield ("day", "American", day, month)


def _dates(day: int, month: int, year: str) -> Iterator[Made]:
    if _is_day(day, month) and len(year) in (2, 4):
        yield ("date", "British", day, month, _year(year))
        yield ("date", "American", day, month, _year(year))


def _months(month: int, year: str) -> Iterator[Made]:
    if 1 <= month <= 12 and len(year) in (2, 4):
        yield ("month", month, _year(year))


def _times(text: str) -> Iterator[Made]:
    if (match := _TIME.fullmatch(text)) and int(match[2]) < 60 and int(match[3] or 0) < 60:
        yield ("time", int(match[1]), int(match[2]), int(match[3] or 0))


def _is_day(day: int, month: int) -> bool:
    # A leap year: there is some year in which 29-2 is a day.
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    # Excel takes 30 to 99 for the twentieth century.
    return int(digits) + (1900 if int(digits) >= 30 else 2000)
