"""How a file is refused, and what is neither CSV nor XLSX."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat

from bcfportal.lib.spreadsheets import limits

CSV, XLSX = "CSV", "XLSX"
# What a damaged zip or its XML raises.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, OSError),
    *(ValueError, KeyError, IndexError, OverflowError, NotImplementedError, RuntimeError),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MARKS = {
    b"%PDF": "The file is a PDF. Save the table as XLSX or CSV.",
    b"\x1f\x8b": "The file is compressed (gzip). Unpack it and upload what is inside.",
    b"7z\xbc\xaf": "The file is compressed (7z). Unpack it and upload what is inside.",
    b"Rar!": "The file is compressed (RAR). Unpack it and upload what is inside.",
    b"\x89PNG": "The file is a picture. Save the table as XLSX or CSV.",
    b"\xff\xd8\xff": "The file is a picture. Save the table as XLSX or CSV.",
}


class Refused(Exception):
    """A file that is not read at all. Says why in one sentence for the person."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def at(sheet: str, number: int) -> str:
    """The place of a row in words: "Sheet Actuals, row 14", or "Row 14" in a CSV."""
    return f"Sheet {sheet}, row {number}" if sheet else f"Row {number}"


def kind_of(content: bytes) -> str:
    """CSV or XLSX, by what the file holds and not by its name. Raises Refused for all others."""
    if len(content) > limits.FILE_BYTES:
        raise Refused(limits.TOO_BIG)
    if not content.strip():
        raise Refused("The file is empty.")
    if content.startswith(_OLE):
        raise Refused(_said_of_ole(content))
    if content.startswith(_ZIP):
        return XLSX
    for mark, sentence in _MARKS.items():
        if content.startswith(mark):
            raise Refused(sentence)
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"{\\rtf")):
        raise Refused("The file is a web page or XML, not CSV. Save the table as XLSX or CSV.")
    return CSV


def _said_of_ole(content: bytes) -> str:
    """Excel's own old container: a new workbook that is locked, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "The file is locked with a password. Save it without one and try again."
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "This is an old Excel file (XLS). Save it as XLSX and try again."
    return "The file is neither CSV nor XLSX. Save the table as one of them."


@contextmanager
def broken_is_refused() -> Iterator[None]:
    """What a damaged zip or XML raises is one sentence for the person."""
    try:
        yield
    except BROKEN as error:
        raise Refused(
            "The workbook is damaged or cut off. Open it in Excel, save it as XLSX and try again."
        ) from error


def refuse_doctype(*_: object) -> None:
    """Workbooks have no document types; they bring entities, which may fill a memory."""
    raise Refused(
        "The workbook has declarations that Excel never writes. Save the file again in Excel."
    )
