"""The one writer of CSV and XLSX: they open as they are, and no text in them acts as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# What makes a spreadsheet program take a cell for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"

# What Excel allows: letters of a cell, letters of a sheet's name, and which signs it forbids.
LETTERS_OF_CELL = 32_767
LETTERS_OF_TITLE = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Signs that XML cannot carry, and halves of pairs that are no letters.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    """A workbook of these sheets, each (title, header, rows), as the bytes of an XLSX file.

    Decimals, whole numbers and dates are written as such, exactly; nothing for None; everything
    else as text, which no spreadsheet runs, whatever it begins with. The header is bold and
    stays in view. Titles are made ones that Excel takes. Raises ValueError without any sheet.
    """
    if not sheets:
        raise ValueError("A workbook has at least one sheet.")
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for title, header, rows in sheets:
        sheet = book.create_sheet(sheet_title(title, taken))
        sheet.freeze_panes = "A2"
        rows = iter(rows)
        first = list(islice(rows, _ROWS_MEASURED))
        for number, width in enumerate(_widths([header, *first]), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_heading_cell(sheet, words) for words in header])
        for row in chain(first, rows):
            sheet.append([xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_cell(sheet, value: object):
    """The value as a cell of a write-only sheet: figures and dates as such, else safe text."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal) and value.is_finite():
        cell = WriteOnlyCell(sheet, value)
        places = max(0, -int(value.as_tuple().exponent))
        cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        return cell
    if isinstance(value, date):
        # Excel knows no time zones: a moment is written as the clock that it was given with.
        timed = isinstance(value, datetime)
        cell = WriteOnlyCell(sheet, value.replace(tzinfo=None) if timed else value)
        cell.number_format = "d mmm yyyy hh:mm" if timed else "d mmm yyyy"
        return cell
    if isinstance(value, int) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, xlsx_text(str(value)))
    # A text that begins with "=" would become a formula, and with "#" an error.
    cell.data_type = "s"
    if cell.value.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def xlsx_text(text: str) -> str:
    """The text without signs that XML cannot carry, at most as long as a cell may be."""
    return _NOT_IN_XML.sub("", text)[:LETTERS_OF_CELL]


def sheet_title(title: str, taken: set[str]) -> str:
    """A title of a sheet that Excel takes and that is not in ``taken``, to which it is added."""
    plain = _NOT_IN_TITLE.sub(" ", xlsx_text(title)).strip().strip("'").strip() or "Sheet"
    name, number = plain[:LETTERS_OF_TITLE].strip(), 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = plain[: LETTERS_OF_TITLE - len(end)].strip() + end
    taken.add(name.casefold())
    return name


def _heading_cell(sheet, words):
    cell = xlsx_cell(sheet, words)
    if cell is not None:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _widths(rows):
    """How wide each column has to be, in letters, for the rows that were looked at."""
    least, most = _WIDTHS
    columns = max(map(len, rows))
    longest = [
        max((len(safe_cell(row[number])) for row in rows if number < len(row)), default=0)
        for number in range(columns)
    ]
    return [min(max(length + 2, least), most) for length in longest]
