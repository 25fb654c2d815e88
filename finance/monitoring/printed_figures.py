"""What a source prints of one figure of an area: the printing that stands for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.money import millions, per_cent
from finance.monitoring.content import PLACES, Other, Row

CHANGE = "change since last period"
# What the text of a source calls a figure, and what the tree of areas does.
SAID_OF = {
    "budget": "budget",
    "outturn": "outturn",
    "variance": "variance",
    "percent": "percent",
    "last year's variance": "last_year_variance",
}


@dataclass(frozen=True)
class PrintedValue:
    """A figure as the source prints it, with its decimals (of £ million, or of a per cent)."""

    value: Decimal
    places: int


def amounts(rows: Iterable[Row], others: Iterable[Other], figure: str) -> list[PrintedValue]:
    """The printings of an amount in pounds that are as fine as the lines: rows first, then text."""
    printed = [
        PrintedValue(getattr(row, figure), row.places)
        for row in rows
        if row.places >= PLACES and getattr(row, figure) is not None
    ]
    return printed + [
        PrintedValue(other.value, other.places)
        for other in others
        if SAID_OF.get(other.what) == figure and other.places >= PLACES
    ]


def percents(rows: Iterable[Row], others: Iterable[Other]) -> list[PrintedValue]:
    """The printings of a variance as a per cent of the budget."""
    return [
        PrintedValue(row.percent, row.percent_places) for row in rows if row.percent is not None
    ] + [PrintedValue(other.value, other.places) for other in others if other.what == "percent"]


def in_words(value: Decimal, figure: str, places: int) -> str:
    """The figure with this many decimals: "261.453" of £ million, "1.76%" of a per cent."""
    return per_cent(value, places) if figure == "percent" else millions(value, places)
