"""Shares in letters: half, a third, two thirds, three quarters, one in five."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from bcfportal.lib.text.numbers_in_words import Number, numbers_in

_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_COUNTS = {"": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7}
# "The first half of the year", "a quarter" of a year and "the third of May" are no shares.
_SHARE = re.compile(
    r"(?<![\w-])(?<!first )(?<!second )(?<!other )(?<!last )"
    r"(?:(?:(?P<count>a|one|two|three|four|five|seven)[ -])(?P<part>third|quarter|fifth|sixth"
    r"|eighth|tenth|half)s?|(?P<half>half))(?![\w-])"
    r"(?! (?:an? |the )?(?:second|minute|hour|day|week|month|year|term|century|ago|later|past"
    r"|to)\b)"
    r"(?! of (?:the year|(?:19|20)\d\d))",
    re.IGNORECASE,
)
_IN = re.compile(r" in (?:every )?", re.IGNORECASE)
# One in twelve is about as far as people say it so.
_MOST = 12


def shares_in_letters(text: str) -> list[Number]:
    """The shares of a text that are no per cents, in order; each is given in per cent.

    Their step is wide, since nobody says "a third" of exactly a third alone.
    """
    return sorted(_found(text), key=lambda share: share.start)


def _found(text: str) -> Iterator[Number]:
    for match in _SHARE.finditer(text):
        count = _COUNTS[(match["count"] or "").lower()]
        yield _share(text, match.start(), match.end(), count, _PARTS[_part(match)])
    numbers = numbers_in(text)
    for first, second in itertools.pairwise(numbers):
        plain = not (first.is_share or second.is_share or first.is_pounds or second.is_pounds)
        in_so_many = plain and _IN.fullmatch(text[first.end : second.start])
        if in_so_many and 0 < first.number < second.number <= _MOST:
            yield _share(text, first.start, second.end, int(first.number), int(second.number))


def _part(match: re.Match[str]) -> str:
    return (match["part"] or match["half"]).lower()


def _share(text: str, start: int, end: int, count: int, whole: int) -> Number:
    return Number(
        Decimal(100 * count) / whole,
        text[start:end],
        start,
        end,
        is_share=True,
        is_pounds=False,
        step=Decimal(5),
        has_decimals=False,
        out_of=Decimal(whole),
    )
