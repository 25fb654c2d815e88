"""Sums of figures that may be missing: a blank is not zero, and a sum of nothing is None.

Which of the two is right depends on what is said. "What is allocated" adds what is there; a whole
that stands beside its parts, or is compared with a printed one, is known only where each part is.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple


class Sum(NamedTuple):
    """What the figures that are there come to, in their unit; None where there is none."""

    total: Decimal | None
    present: int
    missing: int


def sum_present(figures: Iterable[Decimal | None]) -> Sum:
    """Adds the figures that are there, and counts them and those that are missing.

    All have one unit (pounds, or whole-time staff). 5, None, 7 -> Sum(12, 2, 1); nothing, or
    nothing but None, has no total: Sum(None, 0, ...).
    """
    everything = list(figures)
    there = [figure for figure in everything if figure is not None]
    total = sum(there, Decimal(0)) if there else None
    return Sum(total, len(there), len(everything) - len(there))


def sum_complete(figures: Iterable[Decimal | None]) -> Decimal | None:
    """The sum in the figures' unit; None where one of them is missing or there is none at all."""
    summed = sum_present(figures)
    return None if summed.missing else summed.total
