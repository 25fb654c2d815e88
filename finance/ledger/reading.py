"""Reads a file of actuals as rows of cells, whatever it is called. Content decides, not names."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from finance.ledger import limits, texts
from finance.ledger.headings import NEEDED_WORDS, Heading, find_heading
from finance.ledger.limits import Refused
from finance.ledger.workbooks import Cell, Workbook, open_workbook

CSV, XLSX = "CSV", "XLSX"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKS = {
    b"%PDF": "The file is a PDF. Save the ledger as XLSX or CSV.",
    b"\x1f\x8b": "The file is packed (gzip). Unpack it and upload what is inside.",
    b"7z\xbc\xaf": "The file is packed (7z). Unpack it and upload what is inside.",
    b"Rar!": "The file is packed (RAR). Unpack it and upload what is inside.",
    b"\x89PNG": "The file is a picture. Save the ledger as XLSX or CSV.",
    b"\xff\xd8\xff": "The file is a picture. Save the ledger as XLSX or CSV.",
}


@dataclass(slots=True)
class Row:
    """A row that is not blank. ``heading`` names its columns; None in titles and the heading."""

    sheet: str
    number: int
    cells: list[Cell]
    heading: Heading | None


@dataclass
class Reading:
    """A file that has been opened. ``rows`` may raise Refused on the way; it is read once."""

    kind: str
    rows: Iterator[Row]
    # About how many rows there are to come, blank ones too.
    total: int
    notes: list[str] = field(default_factory=list)


def read(content: bytes, *, look_through: bool = False) -> Reading:
    """Opens CSV or XLSX, whichever it is, and reads it as a stream.

    ``look_through`` counts the rows first, and finds what can be found wrong on the way. Raises
    Refused, with a sentence for the person, for all that cannot be read safely as a ledger.
    """
    if len(content) > limits.FILE_BYTES:
        raise Refused(limits.TOO_BIG)
    if not content.strip():
        raise Refused("The file is empty.")
    if content.startswith(_OLE):
        raise Refused(_said_of_ole(content))
    if content.startswith(_ZIP):
        book = open_workbook(content)
        reading = Reading(XLSX, iter(()), book.count_rows() if look_through else 0)
        reading.rows = _rows_of_workbook(book, reading)
        return reading
    for mark, sentence in _MARKS.items():
        if content.startswith(mark):
            raise Refused(sentence)
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"{\\rtf")):
        raise Refused("The file is a web page or XML, not CSV. Save the ledger as XLSX or CSV.")
    encoding, notes = texts.encoding_of(content)
    separator = texts.separator_of(content, encoding)
    rows = 0
    if look_through:
        rows = sum(1 for _ in texts.rows_of(content, encoding, separator))
    reading = Reading(CSV, iter(()), rows, notes)
    reading.rows = _rows_of_text(content, encoding, separator)
    return reading


def _said_of_ole(content):
    """Excel's own old container: a new workbook that is locked, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "The file is locked with a password. Save it without one and try again."
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "This is an old Excel file (XLS). Save it as XLSX and try again."
    return "The file is neither CSV nor XLSX. Save the ledger as one of them."


def _rows_of_text(content, encoding, separator):
    found = False
    for row in _with_heading("", texts.rows_of(content, encoding, separator)):
        found = True
        yield row
    if not found:
        raise Refused(
            f"None of the first {limits.HEADING_WITHIN} rows has the headings {NEEDED_WORDS}."
        )


def _rows_of_workbook(book: Workbook, reading: Reading):
    left_out, rows = [], 0
    for sheet in book.sheets:
        if sheet.hidden:
            left_out.append(f"Sheet {sheet.name} is hidden and was not read.")
            continue
        before = rows
        for row in _with_heading(sheet.name, book.rows(sheet)):
            rows += 1
            if rows > limits.ROWS:
                raise Refused(f"The workbook has more than {limits.ROWS:,} rows. Split it.")
            yield row
        if rows == before:
            left_out.append(f"Sheet {sheet.name} was not read: no headings {NEEDED_WORDS}.")
    if not rows:
        raise Refused(
            f"No sheet has the headings {NEEDED_WORDS} in its first {limits.HEADING_WITHIN} rows."
        )
    reading.notes += left_out


def _with_heading(sheet, rows):
    """The rows of a sheet, titles and heading first; none where it has no heading."""
    before: list[Row] = []
    heading = None
    for number, cells in rows:
        if heading is not None:
            yield Row(sheet, number, cells, heading)
            continue
        before.append(Row(sheet, number, cells, None))
        heading = find_heading(number, cells, sheet)
        if heading is not None:
            yield from before
        elif len(before) >= limits.HEADING_WITHIN:
            break
