"""A block from a spreadsheet, laid onto the grid of a return's measures."""

from typing import TYPE_CHECKING

from bcfportal.lib.pasting import fit_block, fold, read_block
from reporting.measures.checks import FIGURES, REASONS

if TYPE_CHECKING:
    from reporting.measures.entry import Grid

# The whole, in a block that has a column for each segment.
WHOLE = ("Value", "Result", "Whole", "Total", "All")


def from_block(grid: "Grid", text: str) -> tuple[dict[str, str], list[str]]:
    """What a pasted block would change: (what to type by field, what has no place, in words).

    A line is a measure with a column for each segment, or a row of the grid with the columns
    Value, Numerator and Denominator. A cell that is a reason for no figure chooses that reason.
    """
    block = read_block(text)
    cells, unplaced = (_by_segment if _has_segment_columns(grid, block) else _by_row)(grid, block)
    reasons = {fold(reason.label): reason.value for reason in REASONS}
    changes = {}
    for row, what, cell in cells:
        reason = reasons.get(fold(cell))
        changes[row.boxes["none" if reason else what].field] = reason or cell
    return changes, unplaced


def _by_row(grid, block):
    fitted = fit_block(
        block,
        [(row.measure.number, row.measure.text, row.segment_name) for row in grid.own],
        [("Value", "Result"), "Numerator", "Denominator"],
    )
    cells = [(grid.own[row], FIGURES[box], cell) for (row, box), cell in fitted.cells.items()]
    return cells, fitted.unplaced


def _by_segment(grid, block):
    segments, measures = _segments(grid), _measures(grid)
    by_place = {(row.measure, row.segment): row for row in grid.own}
    fitted = fit_block(
        block,
        [(measure.number, measure.text) for measure in measures],
        [_names(segment) for segment in segments],
    )
    cells, unplaced = [], fitted.unplaced
    for (line, column), cell in fitted.cells.items():
        measure, segment = measures[line], segments[column]
        if row := by_place.get((measure, segment)):
            cells.append((row, "value", cell))
        else:
            where = segment.name if segment else "the whole"
            unplaced.append(f"“{measure.text[:60]}” is not reported for {where}.")
    return cells, unplaced


def _has_segment_columns(grid, block):
    """Whether the block has a column for each segment: its head says so, or its shape."""
    segments = [segment for segment in _segments(grid) if segment]
    if not segments or not block:
        return False
    names = {fold(name) for segment in segments for name in _names(segment) if name}
    width = max(map(len, block))
    for number in range(width):
        cells = {fold(line[number]) for line in block if len(line) > number and line[number]}
        if cells and cells <= names:
            # A column of segments' names: each line is one measure of one segment.
            return False
    head = {fold(cell) for cell in block[0]}
    if head & names:
        return True
    if head & set(FIGURES):
        return False
    return width > 1 or len(block) <= len(_measures(grid))


def _measures(grid):
    return list(dict.fromkeys(row.measure for row in grid.own))


def _segments(grid):
    """The grid's segments in order; None, the whole, comes last where a row is of the whole."""
    found = {row.segment for row in grid.own}
    whole = [None] if None in found else []
    return sorted(found - {None}, key=lambda segment: (segment.order, segment.slug)) + whole


def _names(segment):
    """What a column may be called: the segment, its provider, or the two as tables print them."""
    if segment is None:
        return WHOLE
    provider = segment.provider.name if segment.provider else ""
    return (segment.name, provider, f"{segment.name} ({provider})")
