"""Which columns of words hold the names of rows, where several have words that rows are called."""

from collections.abc import Sequence
from typing import Protocol

from bcfportal.lib.pasting.figures import is_nothing
from bcfportal.lib.pasting.grids import Grid


class Line(Protocol):
    """A line of a block, as its columns are read."""

    @property
    def filled(self) -> list[tuple[int, str]]: ...

    def get(self, column: int) -> str: ...


def columns_of_names(body: Sequence[Line], grid: Grid, columns: Sequence[int]) -> list[int]:
    """The columns that name the lines' rows: the one that names most, and those that agree with it.

    A word that is called as a row and stands beside another row's name is a part of that row.
    """
    if not columns:
        return []
    cells = {column: [cell for line in body if (cell := line.get(column))] for column in columns}

    def share(column: int) -> float:
        of_rows = [cell for cell in cells[column] if grid.called(cell)]
        wholes = [cell for cell in cells[column] if grid.whole_names.find(cell)]
        counted = [cell for cell in cells[column] if cell in of_rows or cell not in wholes]
        return len(of_rows) / max(len(counted), 1)

    first = max(columns, key=lambda column: (share(column), -column))
    return [
        column
        for column in columns
        if column == first or _agree(body, grid, *sorted((first, column)))
    ]


def _agree(body: Sequence[Line], grid: Grid, left: int, right: int) -> bool:
    """Whether no word of the right column stands beside the name of another row.

    A name holds for the lines below it, until there is another.
    """
    above: frozenset[int] = frozenset()
    for line in body:
        if name := line.get(left):
            above = grid.called(name)
        word = line.get(right)
        if not line.filled:
            above = frozenset()
        elif above and word and not is_nothing(word) and not above & grid.called(word):
            return False
    return True
