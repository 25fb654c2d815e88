"""Figures that disagree: what a data check finds, and when a difference is only rounding."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Place:
    """One of the two places that disagree: what stands there, in words, and its source."""

    text: str
    source: str
    address: str = ""

    @property
    def sourced(self) -> str:
        """The words, with their source in brackets where one is known."""
        return f"{self.text} ({self.source})" if self.source else self.text


@dataclass(frozen=True)
class Discrepancy:
    """What a check found. ``key`` stays the same from one run to the next.

    ``check`` is the kind of check in words ("Variance is not outturn less budget"), ``about`` the
    thing that it is about, ``by`` the difference in words with its unit.
    """

    key: str
    check: str
    about: str
    first: Place
    second: Place
    by: str


def half_step(places: int) -> Decimal:
    """Half of the last place shown: 1 decimal gives 0.05, none gives 0.5, -3 (thousands) 500."""
    return Decimal(5).scaleb(-places - 1)


def differ(first: Decimal, second: Decimal, rounding: Decimal) -> bool:
    """Whether two figures differ by more than ``rounding``: half a step of each rounded part."""
    return abs(first - second) > rounding
