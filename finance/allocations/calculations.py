"""Sums of allocations. Money is Decimal pounds; a sum of nothing is None, not zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from bcfportal.lib.money import pounds
from bcfportal.lib.shares import share_words
from bcfportal.lib.sums import sum_present


@dataclass(frozen=True)
class CrossTab:
    """Pounds by row and column, with totals: ``cells`` holds None where nothing is allocated."""

    columns: tuple
    rows: tuple[tuple[object, tuple[Decimal | None, ...]], ...]
    totals: tuple[Decimal | None, ...]


def allocations_frame(lines: Iterable[tuple]) -> pd.DataFrame:
    """The lines that have a figure as a frame: condition, fund, year, project, pounds."""
    frame = pd.DataFrame(lines, columns=["condition", "fund", "year", "project", "pounds"])
    return frame[frame["pounds"].notna()]


def cross_tab(
    frame: pd.DataFrame, rows: str, columns: str, first: Sequence[object] = ()
) -> CrossTab:
    """Pounds of the frame by ``rows`` and ``columns``, with totals last.

    Rows and columns that are in ``first`` stand in its order, and others after them, sorted.
    """

    def place(key):
        return (first.index(key) if key in first else len(first), key)

    sums: dict = frame.groupby([rows, columns])["pounds"].sum().to_dict()
    row_keys = sorted({row for row, _ in sums}, key=place)
    column_keys = sorted({column for _, column in sums}, key=place)

    def line(cells):
        return (*cells, sum_present(cells).total)

    body = tuple(
        (row, line([sums.get((row, column)) for column in column_keys])) for row in row_keys
    )
    totals = line(
        [sum_present(sums.get((row, column)) for row in row_keys).total for column in column_keys]
    )
    return CrossTab(columns=tuple(column_keys), rows=body, totals=totals)


def variance_words(forecast: Decimal | None, allocation: Decimal | None) -> str:
    """Forecast less allocation in words: "£1,000 over the allocation (0.5%)"; "" without both.

    Both are pounds; the per cent is of the allocation and left out where that is 0.
    """
    if forecast is None or allocation is None:
        return ""
    variance = forecast - allocation
    if not variance:
        return "what was allocated"
    share = f" ({share_words(abs(variance) * 100 / allocation)})" if allocation else ""
    way = "over" if variance > 0 else "under"
    return f"{pounds(abs(variance))} {way} the allocation{share}"
