"""A block copied from a spreadsheet or a document, as lines of cells.

Excel, LibreOffice and Word put a block on the clipboard as lines of cells with tabs between them; a
cell that holds a tab or a line break stands in double quotes, with its own quotes doubled. Reading
takes one pass over the text, and nothing is padded: a block costs what it holds.
"""

import re

MOST_CELLS = 20_000
# A quote that is not closed before a tab or the end of a line is a quote and no more.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_DIVIDERS = (
    ("|", re.compile(r"\|")),
    (";", re.compile(";")),
    ("  ", re.compile(r" {2,}")),
)
_END = re.compile(r"\r\n|\r|\n|\t|\Z")

Block = list[list[str]]


class TooLarge(ValueError):
    """The block has more cells than are read at once; the sentence says what to do."""

    def __init__(self) -> None:
        super().__init__(
            f"What was pasted has more than {MOST_CELLS:,} cells, which is more than can be read "
            "at once. Copy only the rows that belong here."
        )


def read_block(text: str) -> Block:
    """The cells of a copied block, line by line, without space around them or blank lines after.

    Raises TooLarge beyond MOST_CELLS, before the rest is read.
    """
    # PostgreSQL keeps no NUL, in text or in JSON.
    text = text.replace("\x00", "")
    lines: Block = [[]]
    at = count = 0
    while True:
        cell = _CELL.match(text, at)
        assert cell  # noqa: S101 - the second half matches nothing too
        count += 1
        if count > MOST_CELLS:
            raise TooLarge
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
    return lines if "\t" in text else _apart(lines)


def _apart(lines: Block) -> Block:
    """Lines without tabs whose cells are divided otherwise: by | or ;, or by several spaces.

    They are where every line is, and each into as many cells; else a line is one cell.
    """
    filled = [line[0] for line in lines if line[0]]
    for divider, pattern in _DIVIDERS:
        if len(filled) < 2 or not all(divider in cell for cell in filled):
            continue
        block = [_divided(line[0], divider, pattern) for line in lines]
        if len({len(cells) for cells in block if any(cells)}) > 1:
            continue
        if sum(map(len, block)) > MOST_CELLS:
            raise TooLarge
        return [cells for cells in block if not _is_rule(cells)]
    return lines


def _divided(cell: str, divider: str, pattern: re.Pattern[str]) -> list[str]:
    cell = cell.strip("| ") if divider == "|" else cell
    return [piece.strip() for piece in pattern.split(cell)]


def _is_rule(cells: list[str]) -> bool:
    """The line of dashes below the heads of a table in plain text."""
    return bool(any(cells)) and not any(cell.strip("-: ") for cell in cells)


def turned(block: Block) -> Block:
    """The block with its lines as columns. Raises TooLarge where that is more than a block."""
    width = max(map(len, block), default=0)
    if width * len(block) > MOST_CELLS:
        raise TooLarge
    return [[line[at] if at < len(line) else "" for line in block] for at in range(width)]
