"""Figures with their units, as people read them."""

from decimal import Decimal
from typing import overload

from bcfportal.lib.sentences import singular


def figure(value: Decimal | None, unit: str = "", decimals: int = 0) -> str:
    """The figure in words: 96 and "%" -> "96%"; 85 and "£" -> "£85"; 245, "people" -> "245 people".

    At least ``decimals`` decimals are shown and none is cut off. None gives "".
    """
    if value is None:
        return ""
    places = max(decimals, -min(int(value.normalize().as_tuple().exponent), 0))
    number = f"{abs(value):,.{places}f}"
    sign = "−" if value < 0 else ""
    if unit.startswith("%"):
        return f"{sign}{number}{unit}"
    if unit == "£":
        return f"{sign}£{number}"
    return f"{sign}{number} {singular(unit) if number == '1' else unit}".rstrip()


@overload
def plain(number: Decimal) -> Decimal: ...
@overload
def plain(number: Decimal | None) -> Decimal | None: ...
def plain(number: Decimal | None) -> Decimal | None:
    """A Decimal without the database's trailing zeros: 5.0000 -> 5; None stays None."""
    if number is None:
        return None
    number = number.normalize()
    return number.quantize(1) if int(number.as_tuple().exponent) > 0 else number
