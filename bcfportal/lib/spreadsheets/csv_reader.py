"""CSV as other programs write it: encodings, separators, and what is not CSV at all."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.refusals import Refused

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that are not text. PostgreSQL keeps no NUL.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# DOS ended its texts with this sign, and some finance systems still do.
_END_MARK = re.compile(r"[\x1a\s]*\x1a[\x1a\s]*\Z")
_END = 100
_NAMES = {
    "\x00": "NUL",
    "\x07": "a bell",
    "\x08": "a backspace",
    "\x0b": "a vertical tab",
    "\x1a": "Ctrl-Z, the end mark of old systems",
    "\x7f": "a delete",
}
# A few may have got into a text; with more of them it is none.
_MOST_NOT_TEXT = 20
_PLAIN = "Save it as CSV UTF-8 or XLSX and try again."
_NO_TEXT = f"The file has characters that are not text, so it is not CSV. {_PLAIN}"
# Letters beyond ASCII that an English ledger has; more of them is no Windows text.
_MOST_FOREIGN = 0.2
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
# Rows in which a heading is looked for, blank ones too.
_HEAD = 50
# Whether a row, by its number and cells, is the heading; it may raise Refused.
IsHeading = Callable[[int, list], object]


def text_of(content: bytes) -> tuple[str, list[str]]:
    """The text, in the encoding in which it is safely read, and what to say of that.

    UTF-8, and UTF-16 that says so, are read as they are. Windows-1252 cannot be told for sure, so
    the person is told; figures have no letters in which it could matter, save the pound sign.
    Raises Refused for the rest.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            if not encoding:
                raise Refused(f"The file is in UTF-32, which cannot be read. {_PLAIN}")
            try:
                return _checked(content.decode(encoding)), []
            except UnicodeDecodeError as error:
                raise Refused(f"Some characters of the file are damaged. {_PLAIN}") from error
    if content.count(b"\x00") > _MOST_NOT_TEXT:
        raise Refused(_NO_TEXT)
    try:
        return _checked(content.decode()), []
    except UnicodeDecodeError:
        pass
    foreign = sum(map(content.count, map(bytes, ([byte] for byte in range(0x80, 0x100)))))
    if foreign > _MOST_FOREIGN * len(content):
        raise Refused(f"We cannot read this file’s encoding. {_PLAIN}")
    try:
        text = _checked(content.decode("cp1252"))
    except UnicodeDecodeError as error:
        raise Refused(f"We cannot read this file’s encoding. {_PLAIN}") from error
    return text, [
        "The file is not in UTF-8. It was read as a Windows file (Windows-1252): look at the "
        "pound signs and accents in its descriptions."
    ]


def _checked(text: str) -> str:
    if ends := _END_MARK.search(text, max(0, len(text) - _END)):
        text = text[: ends.start()] + "\n"
    first = _NOT_TEXT.search(text)
    if not first:
        return text
    if sum(1 for _ in islice(_NOT_TEXT.finditer(text), _MOST_NOT_TEXT)) == _MOST_NOT_TEXT:
        raise Refused(_NO_TEXT)
    before = csv.reader(_lines(text[: first.start()] + "x"))
    try:
        row = sum(1 for _ in before)
    except csv.Error:
        row = before.line_num
    name = _NAMES.get(first[0], f"U+{ord(first[0]):04X}")
    raise Refused(f"Row {row} has a character that is not text: {name}. Take it out and try again.")


def separator_of(text: str, is_heading: IsHeading) -> str:
    """The sign between cells: the one with which a heading is found, or else the likeliest.

    Raises Refused for a heading that cannot be used.
    """
    likeliest = []
    for separator in SEPARATORS:
        rows, whole = _head(text, separator)
        if any(is_heading(number, cells) for number, cells in rows):
            return separator
        # One that splits the rows and leaves no quote open; the earlier of two alike.
        likeliest.append((whole, sum(len(cells) - 1 for _, cells in rows if cells)))
    return SEPARATORS[likeliest.index(max(likeliest))]


def _head(text: str, separator: str) -> tuple[list[tuple[int, list]], bool]:
    """The first rows as this separator makes them, and whether no quote is in their way."""
    rows: list[tuple[int, list]] = []
    try:
        for row in islice(_records(text, separator), _HEAD):
            rows.append(row)
    except Refused:
        return rows, False
    return rows, True


def rows_of(
    text: str, separator: str, is_heading: IsHeading
) -> Iterator[tuple[int, list[str | None]]]:
    """The rows that are not blank, numbered as a spreadsheet numbers them, from 1.

    Raises Refused for what cannot be told apart into rows and cells, and for rows that do not
    have as many cells as the heading: a comma inside an amount would move all after it.
    """
    width = 0
    for number, cells in _records(text, separator):
        if number > limits.ROWS:
            raise Refused(f"The file has more than {limits.ROWS:,} rows. Split it, by month.")
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if max(map(len, cells)) > limits.LETTERS_OF_CELL:
            raise Refused(
                f"Row {number}: a cell has more than {limits.LETTERS_OF_CELL:,} characters."
            )
        if not width:
            width = len(cells) if is_heading(number, cells) else 0
        elif len(cells) > width:
            raise Refused(
                f"Row {number} has {len(cells)} cells and the heading {width}. "
                "Amounts with commas need quotes around them, or no commas."
            )
        yield number, [cell if cell.strip() else None for cell in cells[: limits.COLUMNS]]


class _Letters:
    """The lines of a text, which refuses to go on where one row takes too many of its letters."""

    def __init__(self, text: str) -> None:
        self.lines = _lines(text)
        self.number, self.letters = 1, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.letters += len(line)
            if self.letters > limits.LETTERS_OF_ROW:
                raise Refused(
                    f"Row {self.number} has more than {limits.LETTERS_OF_ROW:,} characters, or a "
                    f"quote in it is not closed. A cell may have {limits.LETTERS_OF_CELL:,} "
                    "characters."
                )
            yield line


def _lines(text: str) -> Iterator[str]:
    return (line[0] for line in _LINE.finditer(text))


def _records(text: str, separator: str) -> Iterator[tuple[int, list]]:
    lines = _Letters(text)
    try:
        for cells in csv.reader(iter(lines), delimiter=separator, strict=True):
            yield lines.number, cells
            lines.number, lines.letters = lines.number + 1, 0
    except csv.Error as error:
        raise Refused(
            f"Row {lines.number} cannot be read: a quote is not closed or is in the wrong place, "
            f"or a cell has more than {limits.LETTERS_OF_CELL:,} characters."
        ) from error
