"""Shares in words: rounded, but never to a whole, a nothing or a limit that they are not."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

NOTHING_AND_WHOLE = (Decimal(0), Decimal(100))
_MOST_PLACES = 9


def share(part: Decimal, whole: Decimal, places: int = 1) -> str:
    """``part`` of ``whole`` as a per cent: (872, 1000) -> "87.2%", (9996, 10000) -> "99.96%".

    Raises ZeroDivisionError where the whole is 0. See ``share_words``.
    """
    return share_words(part * 100 / whole, places)


def share_words(exact: Decimal, places: int = 1, limits: Iterable[Decimal] = ()) -> str:
    """A per cent that is not rounded yet, in words: 87.16 -> "87.2%", -30 -> "−30%".

    Rounded half away from zero, without a last 0. It takes as many decimals more as tell it from
    0, from 100 and from ``limits``, so that 99.96 never reads 100% nor 49.98 as the 50 that it
    misses. Whether a limit is met is decided on the exact figure, never on these words.
    """
    edges = (*NOTHING_AND_WHOLE, *limits)
    for finer in range(places, _MOST_PLACES + 1):
        rounded = exact.quantize(Decimal(1).scaleb(-finer), ROUND_HALF_UP)
        if not any(rounded == edge != exact for edge in edges):
            return f"{_plain(rounded)}%"
    side = "more" if exact > rounded else "less"
    return f"just {side} than {_plain(rounded)}%"


def _plain(number: Decimal) -> str:
    text = f"{abs(number):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if number < 0 else text
