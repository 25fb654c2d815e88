"""Numbers as prose has them: 1,180, £102k, 94%, "nine hundred and fifty-three", "15 of 16"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), start=2)
}
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALES = {
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "mn", "million"), 1_000_000),
    **dict.fromkeys(("bn", "billion"), 1_000_000_000),
}
_WORD = "|".join((*sorted(_WORDS, key=len, reverse=True), "hundred", *_LARGE))
_LETTERS = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|a(?= hundred| thousand))"
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<pounds>£ ?)?(?:"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?)"
    r"(?: ?(?P<scale>k|mn?|bn|thousand|million|billion)\b)?"
    rf"|(?P<words>{_LETTERS}(?:[ -](?:and )?(?:{_WORD})\b)*)\b)"
    r"(?P<share> ?%| ?per ?cent\b)?(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_OF = re.compile(r" ?/ ?| (?:out )?of (?:the |all |our |those )?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number of a text: where it stands, as it is written, and how fine it is."""

    number: Decimal
    written: str
    start: int
    end: int
    is_share: bool
    is_pounds: bool
    # One of the last place that is written: 1,000 of £102k, 0.1 of 93.8.
    step: Decimal
    has_decimals: bool
    # How many a share in letters is of: 3 of "two thirds".
    out_of: Decimal | None = None

    def is_rounded(self, exact: Decimal) -> bool:
        """Whether it is the exact number, rounded as it is written."""
        steps = (abs(exact) / self.step).quantize(Decimal(1), ROUND_HALF_UP)
        return steps * self.step == self.number


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text, in order."""
    return list(_found(text or ""))


def _found(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        digits, scale = match["digits"], _SCALES.get((match["scale"] or "").lower(), 1)
        if digits:
            number = Decimal(digits.replace(",", ""))
            step = Decimal(1).scaleb(int(number.as_tuple().exponent)) * scale
            number *= scale
        else:
            number, step = Decimal(_in_figures(match["words"])), Decimal(1)
        yield Number(
            number,
            match[0].strip(),
            *match.span(),
            is_share=bool(match["share"]),
            is_pounds=bool(match["pounds"]),
            step=step,
            has_decimals=bool(digits) and "." in digits,
        )


def _in_figures(written: str) -> int:
    """ "nine hundred and fifty-three" -> 953."""
    total = part = 0
    for word in re.findall(r"[a-z]+", written.lower()):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _LARGE:
            total, part = total + (part or 1) * _LARGE[word], 0
        elif word == "a":
            part += 1
        else:
            part += _WORDS.get(word, 0)
    return total + part


def parts_of_wholes(text: str, numbers: list[Number]) -> Iterator[tuple[Number, Number]]:
    """The numbers that are said as a part of a whole: "15 of 16", "fifteen out of the sixteen"."""
    for part, whole in pairwise(numbers):
        if _OF.fullmatch(text[part.end : whole.start]):
            yield part, whole
