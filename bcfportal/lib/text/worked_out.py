"""Numbers from which a figure that is held back can be worked out with one that is public.

A difference from the figure of last time or from the target, or a share of it. In prose:
docs/rules/questions.md.
"""

import re
from bisect import bisect_right
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

from bcfportal.lib.text.told_numbers import (
    LETTERS,
    ToldNumber,
    is_of_another,
    plainly_others,
    sentences_naming,
)

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?"
    rf"|{'|'.join(LETTERS[1:])})(?P<share> ?%| per ?cent\b)?(?!\w|[.,]\d)",
    re.IGNORECASE,
)


def numbers_worked_out(
    text: str, measure: str, told: Collection[Decimal], beside: Collection[Decimal]
) -> list[re.Match[str]]:
    """Where a sentence that names the measure has a number that tells a figure with a public one.

    ``told`` are what the figure may be, ``beside`` the public figures. The text is read once.
    """
    spans = sentences_naming(text, measure) if told and beside else []
    if not spans:
        return []
    starts = [start for start, _ in spans]
    apart = {abs(base - number) for base in beside for number in told} - {Decimal(0)}
    shares = {
        part / abs(base) * 100
        for base in beside
        if base
        for number in told
        for part in (abs(number), abs(base - number))
    }
    others = plainly_others(text)
    telling = []
    for match in _NUMBER.finditer(text):
        place = bisect_right(starts, match.start()) - 1
        if place < 0 or match.start() >= spans[place][1]:
            continue
        if any(start <= match.start() and match.end() <= end for start, end in others):
            continue
        number = _read(match["number"])
        if match["share"]:
            if _is_share(number, shares):
                telling.append(match)
        elif number in apart and not is_of_another(text, match, ToldNumber(number, measure)):
            telling.append(match)
    return telling


def _read(written: str) -> Decimal:
    if written.lower() in LETTERS:
        return Decimal(LETTERS.index(written.lower()))
    return Decimal(written.replace(",", ""))


def _is_share(number: Decimal, shares: Collection[Decimal]) -> bool:
    """Whether one of the shares is the number, rounded as that is written."""
    return bool(number) and any(
        share.quantize(number, rounding=ROUND_HALF_UP) == number for share in shares
    )
