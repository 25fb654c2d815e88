"""A block copied from a spreadsheet, and where its cells belong in a grid.

Excel and LibreOffice put a block on the clipboard as lines of cells with tabs between them; a
cell that holds a tab or a line break stands in double quotes, with its own quotes doubled.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bcfportal.lib.typed_numbers import read_number

# What a row or a column may be called.
Names = str | tuple[str, ...]

# A quote that is not closed before a tab or the end of a line is a quote and no more.
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_END = re.compile(r"\r\n|\r|\n|\t|\Z")


@dataclass
class Fitted:
    """The cells by (row, column) of the grid, and in words what has no place in it."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def read_block(text: str) -> list[list[str]]:
    """The cells of a copied block, line by line, without space around them or blank lines after."""
    # PostgreSQL keeps no NUL, in text or in JSON.
    text = text.replace("\x00", "")
    lines: list[list[str]] = [[]]
    at = 0
    while True:
        cell = _CELL.match(text, at)
        assert cell  # noqa: S101 - the second half matches nothing too
        quoted = cell[1]
        lines[-1].append((cell[2] if quoted is None else quoted.replace('""', '"')).strip())
        end = _END.match(text, cell.end())
        assert end  # noqa: S101 - a cell ends at a tab, a line's end or the text's
        if end.end() == cell.end():
            break
        if end[0] != "\t":
            lines.append([])
        at = end.end()
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def fold(text: str) -> str:
    """The text as names are compared: case and space folded."""
    return " ".join(text.casefold().split())


def fit_block(block: list[list[str]], rows: Sequence[Names], columns: Sequence[Names]) -> Fitted:
    """Fits a block onto a grid by the names in it, or by position from the top left.

    A first line is a heading where it has the name of a column; the first columns are names where
    they have names of rows. A row or a column may have several names, and rows may share some.
    Blank cells are left out: a blank never wipes. The text of a cell stays as it is.
    """
    fitted = Fitted()
    width = max(map(len, block), default=0)
    lines = [line + [""] * (width - len(line)) for line in block]
    column_index, row_index = _index(columns), _index(rows)
    heading = lines[0] if lines and any(fold(cell) in column_index for cell in lines[0]) else None
    body = list(enumerate(lines))[1 if heading else 0 :]
    named = _name_columns([line for _, line in body], heading, row_index, column_index, columns)
    places = _columns_placed(heading, body, named, column_index, len(columns), fitted)
    if named:
        placed = _rows_by_name(body, named, places, row_index, fitted)
    else:
        placed = _rows_by_position(body, places, len(rows), fitted)
    for row, line in placed:
        for from_column, column in places.items():
            if line[from_column]:
                fitted.cells[row, column] = line[from_column]
    return fitted


def _index(names):
    """The indexes that each folded name stands for."""
    index: dict[str, list[int]] = {}
    for number, several in enumerate(names):
        for name in {fold(name) for name in ([several] if isinstance(several, str) else several)}:
            if name:
                index.setdefault(name, []).append(number)
    return index


def _name_columns(lines, heading, row_index, column_index, columns):
    """How many of the first columns are names of rows. The last column is never one."""
    width = len(lines[0]) if lines else 0
    limit = max(width - 1, 0)
    if heading:
        known = [number for number in range(limit) if fold(heading[number]) in column_index]
        limit = min(known, default=limit)
    words = [_has_name(_column(lines, number), row_index) for number in range(limit)]
    if limit and not any(words[:2]) and _are_words(_column(lines, 0)):
        return 1
    if any(words[:2]):
        # Before the names there may be a column for their numbers.
        named = words.index(True)
        while named < limit and words[named]:
            named += 1
        return named
    # Numbers are names of rows only where they cannot as well be figures.
    sure = bool(heading) or width > len(columns)
    return int(limit > 0 and _are_row_numbers(_column(lines, 0), row_index, sure))


def _column(lines, number):
    return [fold(line[number]) for line in lines if line[number]]


def _has_name(cells, row_index):
    return any(cell in row_index and not _is_number(cell) for cell in cells)


def _are_words(cells):
    """Words in every cell: names that no row has, and no figures either."""
    return any(" " in cell for cell in cells) and not any(map(_is_number, cells))


def _are_row_numbers(cells, row_index, sure):
    if not cells or not all(cell in row_index for cell in cells):
        return False
    rising = [row_index[cell][0] for cell in cells]
    return sure or (len(cells) > 1 and rising == sorted(set(rising)))


def _is_number(cell):
    try:
        return read_number(cell) is not None
    except ValueError:
        return False


def _columns_placed(heading, body, named, column_index, count, fitted):
    """Which column of the grid each column of the block goes to."""
    places: dict[int, int] = {}
    width = len(body[0][1]) if body else 0
    for number in range(named, width):
        if not any(line[number] for _, line in body):
            continue
        if heading is None:
            if number - named < count:
                places[number] = number - named
            else:
                fitted.unplaced.append(
                    f"Column {number + 1} of what was pasted is beyond the last column here."
                )
            continue
        found = column_index.get(fold(heading[number]), [])
        if not heading[number]:
            fitted.unplaced.append(f"Column {number + 1} of what was pasted has no heading.")
        elif not found:
            fitted.unplaced.append(f"There is no column “{_short(heading[number])}” here.")
        elif found[0] in places.values():
            fitted.unplaced.append(
                f"The column “{_short(heading[number])}” is there twice: the first was taken."
            )
        else:
            places[number] = found[0]
    return places


def _rows_by_position(body, places, count, fitted):
    beyond = [line for _, line in body[count:] if any(line[number] for number in places)]
    if beyond:
        lines = "1 line is" if len(beyond) == 1 else f"{len(beyond)} lines are"
        fitted.unplaced.append(f"{lines} beyond the last row here.")
    return [(row, line) for row, (_, line) in enumerate(body[:count])]


def _rows_by_name(body, named, places, row_index, fitted):
    """The row of each line that has figures; lines of one name go to its rows in order."""
    lines = [(number, line) for number, line in body if any(line[place] for place in places)]
    found = [_candidates(line[:named], row_index) for _, line in lines]
    there = Counter(found)
    used: Counter[tuple[int, ...]] = Counter()
    taken, placed = set(), []
    for (number, line), rows in zip(lines, found, strict=True):
        name = _short(", ".join(filter(None, line[:named])))
        if not name:
            fitted.unplaced.append(f"Line {number + 1} of what was pasted has no name.")
        elif not rows:
            fitted.unplaced.append(f"“{name}” is none of the rows here.")
        elif len(rows) > 1 and there[rows] != len(rows):
            fitted.unplaced.append(f"“{name}” may be any of {len(rows)} rows here.")
        elif (row := rows[used[rows]] if len(rows) > used[rows] else None) is None or row in taken:
            fitted.unplaced.append(f"“{name}” is there twice: the first was taken.")
        else:
            used[rows] += 1
            taken.add(row)
            placed.append((row, line))
    return placed


def _candidates(names, row_index):
    """The rows that all the names of a line stand for. A number of no row beside a name is none."""
    names = [fold(name) for name in names if name]
    if any(not _is_number(name) for name in names):
        names = [name for name in names if name in row_index or not _is_number(name)]
    found = [set(row_index.get(name, [])) for name in names]
    return tuple(sorted(set.intersection(*found))) if found else ()


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
