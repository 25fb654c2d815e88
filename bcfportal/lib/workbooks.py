"""Workbooks written row by row: openpyxl makes the file around the rows, which we write ourselves.

openpyxl takes 15 seconds for 100,000 rows; the text of the rows takes one, and it is the part in
which nothing may act as a formula. Values are exact, and texts are texts whatever they begin with.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from bcfportal.lib.retyped import would_change
from bcfportal.lib.text_signs import NOT_TEXT

# What makes a spreadsheet program take a text for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@")
# What programs pass over before they look: blanks of every kind, signs without a shape, and the
# apostrophe that says that a text follows.
_PASSED_OVER = re.compile(r"[\s'\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]*")
# What Excel allows: letters of a cell, letters of a sheet's name, and which signs it forbids.
LETTERS_OF_CELL = 32_767
LETTERS_OF_TITLE = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_BY_NUMBER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION = re.compile(rb"<dimension [^>]*/>")


@dataclass(frozen=True)
class Marked:
    """A value in a cell that is to stand out, with what is said about it (or nothing)."""

    value: object
    comment: str = ""


@dataclass(frozen=True)
class Heading:
    """Words at the head of a column."""

    words: str


@dataclass
class Book:
    """A workbook to which sheets are added and then rows; ``save`` gives its bytes."""

    _book: Workbook = field(default_factory=Workbook)
    _sheets: list["Sheet"] = field(default_factory=list)
    _styles: dict[tuple, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._book.remove(self._book.worksheets[0])

    def sheet(self, title: str, widths: Iterable[float] = (), frozen: str = "") -> "Sheet":
        """A new sheet: its columns' widths in letters, and the cell above which it stays put."""
        taken = {name.casefold() for name in self._book.sheetnames}
        page = self._book.create_sheet(sheet_title(title, taken))
        page.freeze_panes = frozen or None
        for number, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        self._sheets.append(Sheet(self, page))
        return self._sheets[-1]

    def style(self, number_format="General", *, bold=False, marked=False, quoted=False) -> int:
        """The number of a style in the workbook."""
        key = (number_format, bold, marked, quoted)
        if key not in self._styles:
            cell = Cell(self._book.worksheets[0], row=1, column=1)
            cell.number_format = number_format
            if bold:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if marked:
                cell.fill = PatternFill("solid", fgColor="FFD9D0")
            if quoted:
                cell.quotePrefix = True
            self._styles[key] = cell.style_id
        return self._styles[key]

    def save(self) -> bytes:
        """The workbook as the bytes of an XLSX file."""
        around, out = io.BytesIO(), io.BytesIO()
        self._book.save(around)
        parts = {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(self._sheets, start=1)}
        with zipfile.ZipFile(around) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                content = old.read(name)
                if name not in parts:
                    new.writestr(name, content)
                    continue
                before, after = _ROWS.split(_DIMENSION.sub(b"", content), maxsplit=1)
                with new.open(name, "w", force_zip64=True) as part:
                    part.write(before + b"<sheetData>")
                    part.writelines(parts[name].texts())
                    part.write(b"</sheetData>" + after)
        return out.getvalue()


@dataclass
class Sheet:
    """A sheet of a ``Book``; ``append`` writes the next row, or one further down."""

    book: Book
    page: Worksheet
    number: int = 0
    # The text of the rows, packed: it is ten times smaller so.
    _packer: Any = field(default_factory=lambda: zlib.compressobj(1))
    _packed: list[bytes] = field(default_factory=list)
    _letters: list[str] = field(default_factory=list)

    def append(self, values: Iterable[object], number: int | None = None) -> None:
        """Writes a row: Decimals, whole numbers and dates as such, nothing for None, else text."""
        self.number = self.number + 1 if number is None else number
        cells = []
        for place, value in enumerate(values):
            if place >= len(self._letters):
                self._letters.append(get_column_letter(place + 1))
            if value is not None and value != "":
                cells.append(self._cell(f"{self._letters[place]}{self.number}", value))
        text = f'<row r="{self.number}">{"".join(cells)}</row>'
        if packed := self._packer.compress(text.encode()):
            self._packed.append(packed)

    def texts(self) -> Iterator[bytes]:
        """The text of all rows, in pieces."""
        unpacker = zlib.decompressobj()
        for packed in (*self._packed, self._packer.flush()):
            yield unpacker.decompress(packed)

    def _cell(self, place, value):
        bold = marked = False
        if isinstance(value, Heading):
            value, bold = value.words, True
        if isinstance(value, Marked):
            if value.comment:
                comment = Comment(xml_text(value.comment), "Better Care Fund portal")
                comment.width, comment.height = 320, 120
                self.page[place].comment = comment
            value, marked = value.value, True
        style, text = _figure(value)
        if text is not None:
            number = self.book.style(style, bold=bold, marked=marked)
            return f'<c r="{place}" s="{number}"><v>{text}</v></c>'
        if value is None or value == "":
            return f'<c r="{place}" s="{self.book.style(marked=marked)}"/>'
        words = xml_text(str(value))
        # A code that is edited in the cell stays a text only where the cell is formatted as text.
        style = "@" if would_change(words) else "General"
        quoted = starts_formula(words)
        number = self.book.style(style, bold=bold, marked=marked, quoted=quoted)
        return (
            f'<c r="{place}" s="{number}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{escape(words)}</t></is></c>'
        )


def _figure(value) -> tuple[str, str | None]:
    """The format and the text of a value that is a number or a date; no text for all others."""
    if isinstance(value, Decimal) and value.is_finite():
        places = max(0, -int(value.as_tuple().exponent))
        return "#,##0" + ("." + "0" * places if places else ""), f"{value:f}"
    if isinstance(value, datetime):
        # Excel knows no time zones: a moment is written as the clock that it was given with.
        return "d mmm yyyy hh:mm", f"{to_excel(value.replace(tzinfo=None))}"
    if isinstance(value, date):
        return "d mmm yyyy", f"{to_excel(value)}"
    if isinstance(value, int) and not isinstance(value, bool):
        return "General", f"{value}"
    return "General", None


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula and run it.

    At its first sign, in any width (OWASP, CSV injection), or where it begins with a tab or a line.
    """
    first = _PASSED_OVER.sub("", text, count=1)[:1]
    return text[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", first) in FORMULA_STARTS


def xml_text(text: str) -> str:
    """The text without signs that XML cannot carry, at most as long as a cell may be.

    What Excel takes for a letter written by its number, _x000D_, is written so that it stays.
    """
    return _BY_NUMBER.sub("_x005F_", NOT_TEXT.sub("", text)[:LETTERS_OF_CELL])


def sheet_title(title: str, taken: set[str]) -> str:
    """A title of a sheet that Excel takes and that is not in ``taken``, to which it is added."""
    plain = _NOT_IN_TITLE.sub(" ", xml_text(title)).strip().strip("'").strip() or "Sheet"
    name, number = plain[:LETTERS_OF_TITLE].strip(), 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = plain[: LETTERS_OF_TITLE - len(end)].strip() + end
    taken.add(name.casefold())
    return name
