"""What has digits in a block and is not a figure: it is named, and never dropped silently."""

import re
from collections.abc import Iterator

from bcfportal.lib.pasting.grids import Grid
from bcfportal.lib.pasting.heads import Head, read_head
from bcfportal.lib.pasting.layout import Layout
from bcfportal.lib.pasting.names import shortened

_EXAMPLES = 3
# A figure and something behind it: "80.2 (target 80)", "80 of 100", "~71", and no date or code.
_FIRST = re.compile(r"[~≈<>]?\s*(-?£?\d[\d,]*(?:\.\d+)?%?)(?:$|\s+(?:\(|of\b|p$|r$))", re.ASCII)


def has_digits(text: str) -> bool:
    """Whether a text may hold a figure."""
    return any(sign.isdigit() for sign in text)


def _examples(cells: list[str]) -> str:
    """Some of the cells, in quotes, and how many more there are."""
    quoted = ", ".join(f"“{shortened(cell, 40)}”" for cell in cells[:_EXAMPLES])
    return quoted if len(cells) <= _EXAMPLES else f"{quoted} and {len(cells) - _EXAMPLES} more"


def _what_to_do(cells: list[str]) -> str:
    """What to write in the first of the cells whose figure can be told, in a sentence."""
    for cell in cells:
        if figure := _FIRST.match(cell):
            return f" Give {figure[1]} alone in its cell."
    return ""


def no_figures(layout: Layout, grid: Grid) -> str:
    """Why nothing is read of a block without figures, with what has digits in it."""
    above = [cell for cell in layout.above if read_head(cell).phrase]
    cells = [*above, *(cell for line in layout.body for _, cell in line.filled)]
    with_digits = [cell for cell in cells if has_digits(cell) and not grid.called(cell)]
    if not with_digits:
        return "There are no figures in what was pasted."
    examples = _examples(with_digits)
    said = f"No cell of what was pasted holds a figure alone: {examples}."
    return said + _what_to_do(with_digits)


def unread_columns(layout: Layout, kept: set[int]) -> Iterator[str]:
    """The columns of words that have digits in them and go nowhere, in sentences."""
    for column in layout.texts:
        cells = [line.get(column) for line in layout.body]
        with_digits = [cell for cell in cells if has_digits(cell)]
        if with_digits and column not in kept:
            head = layout.heads.get(column, Head()).text
            named = f"“{shortened(head)}”" if head else layout.column_at(column)
            do = _what_to_do(with_digits)
            yield f"{named} has no figures alone: {_examples(with_digits)}.{do}"
