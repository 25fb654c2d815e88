"""A block's lines, and the names that a document broke over several of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bcfportal.lib.pasting.figures import is_figure
from bcfportal.lib.pasting.grids import Grid
from bcfportal.lib.pasting.names import fold

# A broken name has so many pieces above and below its figures, the likeliest first.
MOST_PIECES = 3
_SPANS = ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2), (3, 0), (2, 1), (1, 2), (0, 3))


@dataclass
class Line:
    """A line of the body: its number in the block, from 1, and its cells."""

    number: int
    cells: list[str]
    # The name that holds for it though it stands in a line above or is broken over two.
    name: str = ""
    part: str = ""

    def get(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> list[tuple[int, str]]:
        return [(column, cell) for column, cell in enumerate(self.cells) if cell]


def is_name(cell: str, grid: Grid) -> bool:
    """Whether a cell names a row, or what is worked out of rows."""
    return bool(not is_figure(cell) and (grid.called(cell) or grid.whole_names.find(cell)))


def join_broken_names(lines: list[Line], grid: Grid) -> None:
    """A name that a document broke over several lines is one: with those above it or below it.

    The pieces are taken out of their lines; the name stays with the line that has figures.
    """
    for at, line in enumerate(lines):
        if len(line.filled) < 2 or not any(is_figure(cell) for cell in line.cells):
            continue
        (column, own), *_ = line.filled
        if is_figure(own) or is_name(own, grid):
            continue
        before = _pieces(reversed(lines[max(at - MOST_PIECES, 0) : at]), column, grid)
        after = _pieces(lines[at + 1 : at + 1 + MOST_PIECES], column, grid)
        for above, below in _SPANS:
            if above > len(before) or below > len(after):
                continue
            pieces = [*reversed(before[:above]), line, *after[:below]]
            joined = " ".join(piece.get(column) for piece in pieces)
            if grid.names.find(joined):
                line.name = line.cells[column] = joined
                for piece in (*before[:above], *after[:below]):
                    piece.cells = []
                break


def _pieces(lines: Iterable[Line], column: int, grid: Grid) -> list[Line]:
    """The lines next to one that hold a piece of a name and nothing else."""
    pieces = []
    for line in lines:
        if len(line.filled) != 1 or line.filled[0][0] != column:
            break
        cell = line.get(column)
        if is_figure(cell) or fold(cell) in grid.part_names or is_name(cell, grid):
            break
        pieces.append(line)
    return pieces
