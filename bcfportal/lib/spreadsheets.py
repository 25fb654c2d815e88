"""The one writer of CSV: opens in Excel as it is, and no text in it can act as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

# What makes a spreadsheet program take a cell for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


def safe_cell(value: object) -> str:
    """The value as a CSV cell: exact figures, nothing for None, text that starts no formula.

    A text that a spreadsheet would run gets an apostrophe in front, which spreadsheets hide.
    Figures are never changed: a negative number stays a number.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_chunks(header: list[str], rows: Iterable[list]) -> Iterator[str]:
    """The CSV file in pieces: UTF-8 byte order mark, header, and one piece for each row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BYTE_ORDER_MARK
    for row in (header, *rows):
        writer.writerow([safe_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx_bytes(sheets: list[tuple[str, list[str], Iterable[list]]]) -> bytes:
    """An Excel workbook: for each sheet its title, header and rows. Text is never a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, header, rows in sheets:
        sheet = book.create_sheet(title[:31])
        for row in (header, *rows):
            # Figures stay figures; all else is text, made safe as in CSV.
            sheet.append(
                [
                    value if value is None or isinstance(value, Decimal | int) else safe_cell(value)
                    for value in row
                ]
            )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
