"""Numbers as words tell them: 1,472, 1472, 15.4, and up to ten in letters."""

import re
from collections.abc import Iterable
from decimal import Decimal

_LETTERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What stands in a text in place of a number that is held back since it was written.
HELD_BACK = "[held back]"


def telling(number: Decimal) -> re.Pattern[str]:
    """What finds the number in a text, in any way that people write it."""
    plain = f"{number.normalize():f}"
    forms = {re.escape(plain), re.escape(f"{Decimal(plain):,f}")}
    if plain.isdecimal() and int(plain) < len(_LETTERS):
        forms.add(_LETTERS[int(plain)])
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(sorted(forms))})(?!\w|[.,]\d)", re.IGNORECASE)


def without_numbers(text: str, numbers: Iterable[Decimal]) -> str:
    """The text with words in place of these numbers."""
    for number in numbers:
        text = telling(number).sub(HELD_BACK, text)
    return text
