"""The one writer of CSV and XLSX: they open as they are, and no text in them acts as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from bcfportal.lib.spreadsheets.workbooks import Book, Heading, starts_formula

BYTE_ORDER_MARK = "\ufeff"
# The least and the most letters that a column is wide, and how many rows are looked at for it.
_WIDTHS = (8, 60)
_ROWS_MEASURED = 100


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
    return f"'{text}" if starts_formula(text) else text


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
    """A workbook of these sheets, each (title, header, rows), as the bytes of an XLSX file.

    Decimals, whole numbers and dates are written as such, exactly; nothing for None; everything
    else as text, which no spreadsheet runs, whatever it begins with. The header is bold and
    stays in view. Titles are made ones that Excel takes. Raises ValueError without any sheet.
    """
    if not sheets:
        raise ValueError("A workbook has at least one sheet.")
    book = Book()
    for title, header, rows in sheets:
        rows = iter(rows)
        first = list(islice(rows, _ROWS_MEASURED))
        sheet = book.sheet(title, widths=_widths([header, *first]), frozen="A2")
        sheet.append([Heading(label) for label in header])
        for row in chain(first, rows):
            sheet.append(row)
    return book.save()


def _widths(rows: Sequence[Sequence[object]]) -> list[int]:
    """How wide each column has to be, in letters, for the rows that were looked at."""
    least, most = _WIDTHS
    columns = max(map(len, rows))
    longest = [
        max((len(safe_cell(row[number])) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    return [min(max(length + 2, least), most) for length in longest]
