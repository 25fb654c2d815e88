"""CSV as ledgers and spreadsheets write it: encodings, separators, and what is no CSV at all."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from finance.ledger import limits
from finance.ledger.headings import find_heading
from finance.ledger.limits import Refused

SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control signs that no text has. PostgreSQL keeps no NUL.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_PLAIN = "Save it as CSV UTF-8 or XLSX and try again."
# Letters beyond ASCII that an English ledger has; more of them is no Windows text.
_MOST_FOREIGN = 0.2


def encoding_of(content: bytes) -> tuple[str, list[str]]:
    """The encoding that the text is safely read in, and what to say of it.

    UTF-8, and UTF-16 that says so, are read as they are. Windows-1252 cannot be told for sure, so
    the person is told; figures have no letters in which it could matter, save the pound sign.
    Raises Refused for the rest.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            if not encoding:
                raise Refused(f"The file is in UTF-32, which is not read. {_PLAIN}")
            return _checked(content, encoding), []
    if b"\x00" in content:
        raise Refused(f"The file has signs that no text has, so it is not CSV. {_PLAIN}")
    try:
        return _checked(content, "utf-8"), []
    except UnicodeDecodeError:
        pass
    foreign = sum(map(content.count, map(bytes, ([byte] for byte in range(0x80, 0x100)))))
    if foreign > _MOST_FOREIGN * len(content):
        raise Refused(f"The letters of the file cannot be read. {_PLAIN}")
    try:
        encoding = _checked(content, "cp1252")
    except UnicodeDecodeError as error:
        raise Refused(f"The letters of the file cannot be read. {_PLAIN}") from error
    return encoding, [
        "The file is not in UTF-8. It was read as a Windows file (Windows-1252): look at the "
        "pound signs and accents in its descriptions."
    ]


def _checked(content, encoding):
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding in ("utf-16", "utf-8-sig"):
            raise Refused(f"The letters of the file are damaged. {_PLAIN}") from error
        raise
    if _NOT_TEXT.search(text):
        raise Refused(f"The file has signs that no text has, so it is not CSV. {_PLAIN}")
    return encoding


def separator_of(content: bytes, encoding: str) -> str:
    """The sign between cells: the one with which a heading is found, or else the comma."""
    for separator in SEPARATORS:
        try:
            for number, cells in islice(_records(content, encoding, separator), 50):
                if find_heading(number, cells, ""):
                    return separator
        except Refused:
            if separator == SEPARATORS[0]:
                continue
            raise
    return SEPARATORS[0]


def rows_of(content: bytes, encoding: str, separator: str) -> Iterator[tuple[int, list]]:
    """The rows that are not blank, numbered as a spreadsheet numbers them, from 1.

    Raises Refused for what cannot be told apart into rows and cells, and for rows that do not
    have as many cells as the heading: a comma inside an amount would move all after it.
    """
    heading = None
    for number, cells in _records(content, encoding, separator):
        if number > limits.ROWS:
            raise Refused(f"The file has more than {limits.ROWS:,} rows. Split it, by month.")
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if max(map(len, cells)) > limits.LETTERS_OF_CELL:
            raise Refused(f"Row {number}: a cell has more than {limits.LETTERS_OF_CELL:,} letters.")
        if heading is None:
            heading = find_heading(number, cells, "")
        elif len(cells) > len(heading.words):
            raise Refused(
                f"Row {number} has {len(cells)} cells and the heading {len(heading.words)}. "
                "Amounts with commas need quotes around them, or no commas."
            )
        yield number, [cell if cell.strip() else None for cell in cells[: limits.COLUMNS]]


def _records(content, encoding, separator):
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    reader = csv.reader(stream, delimiter=separator, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error as error:
        raise Refused(
            f"Row {number + 1} cannot be read: a quote is not closed, or stands where none may, "
            f"or a cell has more than {limits.LETTERS_OF_CELL:,} letters."
        ) from error
