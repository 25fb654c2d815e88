"""What is typed below a heading, read as paragraphs, and written back: a line is a paragraph.

In prose: docs/rules/papers.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NUMBERED, LINE, BULLET, SUBHEAD, TABLE = "numbered", "line", "bullet", "subhead", "table"
STROKE = " | "
_NUMBER = re.compile(r"(\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}\.?(?=\s+[A-Z]))\s+(?=\S)")
_MARKS = {"- ": BULLET, "• ": BULLET, "# ": SUBHEAD, "> ": LINE}
_TOKEN = re.compile(r"\[figure (\d{1,4})\]")


@dataclass(frozen=True)
class Block:
    """A paragraph, bullet, line, small heading or table, with the number that was typed."""

    kind: str
    text: str
    number: str = ""


def read_blocks(typed: str, *, numbered: bool = True) -> Iterator[Block]:
    """The blocks of what was typed; where nothing is ``numbered``, all else is a line."""
    table: list[str] = []
    for line in typed.splitlines():
        block = _read(line.strip(), numbered)
        if block and block.kind == TABLE:
            table.append(block.text)
            continue
        if table:
            yield Block(TABLE, "\n".join(table))
            table = []
        if block:
            yield block
    if table:
        yield Block(TABLE, "\n".join(table))


def _read(line: str, numbered: bool) -> Block | None:
    if not line:
        return None
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            text = line.removeprefix(mark).strip()
            return Block(kind, text) if text else None
    number = _NUMBER.match(line) if numbered else None
    rest = line[number.end() :] if number else line
    if "\t" in rest or STROKE in rest:
        cells = re.split(r"\t| \| ", line)
        return Block(TABLE, STROKE.join(cell.strip() for cell in cells))
    if number:
        return Block(NUMBERED, rest, number[1].rstrip(".)"))
    return Block(NUMBERED if numbered else LINE, line)


def write_blocks(blocks: Iterable[Block], *, numbered: bool = True) -> str:
    """The same as it is typed, so that it reads as these blocks again."""
    written: list[str] = []
    before = ""
    for block in blocks:
        # Two tables that follow each other would be one.
        apart = "\n" if written else ""
        together = block.kind == before == BULLET
        written.append(("" if together else apart) + _written(block, numbered))
        before = block.kind
    return "\n".join(written)


def _written(block: Block, numbered: bool) -> str:
    if block.kind == BULLET:
        return f"- {block.text}"
    if block.kind == SUBHEAD:
        return f"# {block.text}"
    if block.kind == LINE and numbered:
        return f"> {block.text}"
    return f"{block.number}. {block.text}" if block.number else block.text


def rows_of(table: str) -> list[list[str]]:
    """The rows of a table, all with the same number of cells; the first row heads it."""
    rows = [row.split(STROKE) for row in table.split("\n")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def next_number(before: str) -> str:
    """The number that follows: "13" after "12", "2.4" after "2.3"; "1" at the beginning."""
    head, dot, last = before.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else "1"


def figures_in(text: str) -> list[int]:
    """The numbers of the figures that a text refers to, in its order."""
    return [int(number) for number in _TOKEN.findall(text)]


def token(number: int) -> str:
    """What stands in a text for the figure of that number."""
    return f"[figure {number}]"


def pieces(text: str) -> list[tuple[str, int | None]]:
    """(words, None) and ("", number of a figure) in turn, as they follow in the text."""
    parts = _TOKEN.split(text)
    return [
        ("", int(part)) if place % 2 else (part, None)
        for place, part in enumerate(parts)
        if part or place % 2
    ]
