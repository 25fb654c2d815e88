"""Workbooks written row by row with XlsxWriter: figures exact, and no text acts as a formula."""

import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.retyped import would_change
from bcfportal.lib.text.signs import NOT_TEXT

# What makes a spreadsheet program take a text for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@")
# What programs pass over before they look: blanks of every kind, signs without a shape, and the
# apostrophe that says that a text follows.
_PASSED_OVER = re.compile(r"[\s'\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*")
# What Excel allows: letters of a cell, letters of a sheet's name, and which signs it forbids.
LETTERS_OF_CELL = 32_767
LETTERS_OF_TITLE = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# Rows go to the disk as they come; a text stays a text, whatever it looks like.
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_COMMENT = {"author": "Better Care Fund portal", "width": 320, "height": 120}


@dataclass(frozen=True)
class Marked:
    """A value in a cell that is to stand out, with what is said about it (or nothing)."""

    value: object
    comment: str = ""


@dataclass(frozen=True)
class Heading:
    """Words at the head of a column."""

    text: str


class Book:
    """A workbook to which sheets are added and then rows; ``save`` gives its bytes."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._book = Workbook(self._file, _SETTINGS)
        self._book.set_properties({"created": clock.now().replace(tzinfo=None)})
        self._titles: set[str] = set()
        self._styles: dict[tuple, Format] = {}

    def sheet(self, title: str, widths: Iterable[float] = (), frozen: str = "") -> "Sheet":
        """A new sheet: its columns' widths in characters, and the cell above which it stays put."""
        page = self._book.add_worksheet(sheet_title(title, self._titles))
        if frozen:
            page.freeze_panes(*xl_cell_to_rowcol(frozen))
        for number, width in enumerate(widths):
            page.set_column(number, number, width)
        return Sheet(self, page)

    def style(
        self,
        number_format: str = "General",
        *,
        bold: bool = False,
        marked: bool = False,
        quoted: bool = False,
    ) -> Format | None:
        """A style of the workbook, or None for the one that cells have of themselves."""
        key = (number_format, bold, marked, quoted)
        if key == ("General", False, False, False):
            return None
        if key not in self._styles:
            wanted = {"num_format": number_format, "quote_prefix": quoted}
            if bold:
                wanted |= {"bold": True, "text_wrap": True, "valign": "top"}
            if marked:
                wanted |= {"bg_color": "#FFD9D0"}
            self._styles[key] = self._book.add_format(wanted)
        return self._styles[key]

    def save(self) -> bytes:
        """The workbook as the bytes of an XLSX file. Nothing can be added after it."""
        self._book.close()
        return self._file.getvalue()


@dataclass
class Sheet:
    """A sheet of a ``Book``; ``append`` writes the next row, or one further down."""

    book: Book
    page: Worksheet
    number: int = 0

    def append(self, values: Iterable[object], number: int | None = None) -> None:
        """Writes a row: Decimals, whole numbers and dates as such, nothing for None, else text."""
        self.number = self.number + 1 if number is None else number
        for place, value in enumerate(values):
            if value is not None and value != "":
                self._write(self.number - 1, place, value)

    def _write(self, row: int, place: int, value: object) -> None:
        bold = marked = False
        if isinstance(value, Heading):
            value, bold = value.text, True
        if isinstance(value, Marked):
            if value.comment:
                self.page.write_comment(row, place, cell_text(value.comment), _COMMENT)
            value, marked = value.value, True
        if value is None or value == "":
            self.page.write_blank(row, place, None, self.book.style(marked=marked))
        elif (number_format := _format_of(value)) is not None:
            style = self.book.style(number_format, bold=bold, marked=marked)
            if isinstance(value, date):
                # Excel knows no time zones: a moment is written as the clock that it came with.
                plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
                self.page.write_datetime(row, place, plain, style)
            else:
                self.page.write_number(row, place, value, style)
        else:
            text = cell_text(str(value))
            # A code that is edited in the cell stays text only where the cell is formatted as text.
            number_format = "@" if would_change(text) else "General"
            style = self.book.style(
                number_format, bold=bold, marked=marked, quoted=starts_formula(text)
            )
            self.page.write_string(row, place, text, style)


def _format_of(value: object) -> str | None:
    """The number format of a value that is a number or a date; None for all others."""
    if isinstance(value, Decimal) and value.is_finite():
        places = max(0, -int(value.as_tuple().exponent))
        return "#,##0" + ("." + "0" * places if places else "")
    if isinstance(value, datetime):
        return "d mmm yyyy hh:mm"
    if isinstance(value, date):
        return "d mmm yyyy"
    if isinstance(value, int) and not isinstance(value, bool):
        return "General"
    return None


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula and run it.

    At its first sign, in any width (OWASP, CSV injection), or where it begins with a tab or a line.
    """
    first = _PASSED_OVER.sub("", text, count=1)[:1]
    return text[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", first) in FORMULA_STARTS


def cell_text(text: str) -> str:
    """The text without signs that XML cannot carry, at most as long as a cell may be."""
    return NOT_TEXT.sub("", text)[:LETTERS_OF_CELL]


def sheet_title(title: str, taken: set[str]) -> str:
    """A title of a sheet that Excel takes and that is not in ``taken``, to which it is added."""
    plain = _NOT_IN_TITLE.sub(" ", cell_text(title)).strip().strip("'").strip() or "Sheet"
    name, number = plain[:LETTERS_OF_TITLE].strip(), 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = plain[: LETTERS_OF_TITLE - len(end)].strip() + end
    taken.add(name.casefold())
    return name
