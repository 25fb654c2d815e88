"""XLSX read as a stream: row by row, one cell at a time, and nothing that it does not need.

A workbook is a zip of XML (ECMA-376). What is read is checked first, in sizes, and while it is
read: no document types or entities, no formulas taken for figures, no cell beyond the limits.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from xml.parsers import expat

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.formats import FormattedDay, FormattedNumber, hides_year
from bcfportal.lib.spreadsheets.refusals import Refused, at, broken_is_refused, refuse_doctype
from bcfportal.lib.spreadsheets.workbook_parts import (
    Styles,
    parse,
    plain_name,
    read_part,
    read_styles,
    read_texts,
    related,
    spelt_out,
    workbook_place,
)

_CHUNK = 64 * 1024
_TRUE = ("1", "true")
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]*")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
# Excel has a 29 February 1900: the days before it are one further on.
_DAY_ZERO = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_NO_DAY = 60
_DAYS = (date.max - _DAY_ZERO[False]).days + 1
# Of a day. What is nearer to midnight than half of one is noise of binary fractions.
_MILLISECONDS = 24 * 60 * 60 * 1000


class Formula(NamedTuple):
    """A cell that holds a formula, with the value that was last worked out."""

    value: object


Cell = None | str | Decimal | date | Formula


@dataclass
class Sheet:
    name: str
    part: str
    hidden: bool
    # The rows with something in them, and the columns, that Excel does not show.
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    # The rows in which something is struck through.
    struck_rows: list[int] = field(default_factory=list)


class Workbook:
    """An XLSX whose parts have been looked at; ``rows`` reads one sheet."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        place = workbook_place(archive)
        relations = related(archive, place)
        self.sheets: list[Sheet] = []
        self.dates_from_1904 = False

        def start(name: str, attributes: dict[str, str]) -> None:
            tag = plain_name(name)
            if tag == "workbookPr":
                self.dates_from_1904 = attributes.get("date1904") in _TRUE
            if tag == "sheet":
                ids = [value for key, value in attributes.items() if plain_name(key) == "id"]
                kind, part = relations.get(ids[0] if ids else "", ("", ""))
                if kind == "worksheet":
                    hidden = attributes.get("state", "visible") != "visible"
                    self.sheets.append(Sheet(attributes.get("name", "")[:100], part, hidden))

        parse(read_part(archive, place), start)
        if not self.sheets:
            raise Refused("The workbook has no sheet with rows in it.")
        parts = dict(relations.values())
        self.texts = read_texts(archive, parts.get("sharedStrings"))
        self.styles = read_styles(archive, parts.get("styles"))

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
        """The rows of a sheet that are not blank: their numbers and cells up to the last used."""
        with broken_is_refused(), self.archive.open(sheet.part) as part:
            sheet.hidden_rows.clear()
            sheet.struck_rows.clear()
            reader = _SheetReader(self, sheet)
            while chunk := part.read(_CHUNK):
                reader.parser.Parse(chunk, False)
                yield from reader.found
                reader.found.clear()
            reader.parser.Parse(b"", True)
            yield from reader.found

    def count_rows(self) -> int:
        """About how many rows there are, blank ones too: for saying how far the reading is.

        Raises Refused where a sheet has more than may be read.
        """
        total = 0
        for sheet in self.sheets:
            if not sheet.hidden:
                count = 0
                with broken_is_refused(), self.archive.open(sheet.part) as part:
                    while chunk := part.read(16 * _CHUNK):
                        count += chunk.count(b"<row ") + chunk.count(b":row ")
                if count > limits.ROWS:
                    raise Refused(too_long(sheet.name))
                total += count
        return total


def too_long(sheet: str) -> str:
    """What is said of a sheet with more rows than are read."""
    return (
        f"Sheet {sheet} continues below row {limits.ROWS:,}. Delete the empty rows at its end, or "
        "split the file."
    )


def open_workbook(content: bytes) -> Workbook:
    """The workbook. Raises Refused for what is broken, locked, dangerous or too big."""
    with broken_is_refused():
        archive = zipfile.ZipFile(io.BytesIO(content))
        _check_sizes(archive)
        _check_kind(archive)
        return Workbook(archive)


def _check_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("The file is locked with a password. Save it without one and try again.")
    if len(parts) > limits.PARTS or len({part.filename for part in parts}) < len(parts):
        raise Refused(
            "The workbook has too many parts, or the same part twice. Save the file again in Excel."
        )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(
            "The workbook is compressed in a way that Excel does not use. Save the file again "
            "in Excel."
        )
    too_big = sum(part.file_size for part in parts) > limits.UNPACKED_BYTES or any(
        part.file_size > limits.PART_BYTES
        or (
            part.file_size > limits.RATIO_FROM_BYTES
            and part.file_size > limits.RATIO * max(part.compress_size, 1)
        )
        for part in parts
    )
    if too_big:
        raise Refused(
            "The workbook is far bigger unpacked than it should be. Delete empty rows and "
            "columns that have formatting, or save it as CSV."
        )


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    types = b""
    if "[Content_Types].xml" in archive.namelist():
        types = read_part(archive, "[Content_Types].xml").lower()
    if any("vbaproject" in name for name in names) or b"macroenabled" in types:
        raise Refused("The workbook holds macros. Save it as XLSX, which has none, and try again.")
    if any(name.endswith("workbook.bin") for name in names):
        raise Refused("This is a binary workbook (XLSB). Save it as XLSX and try again.")
    if "content.xml" in names and "mimetype" in names:
        raise Refused("This is an OpenDocument file. Save it as XLSX or CSV and try again.")
    if any("externallinks/" in name for name in names):
        raise Refused(
            "The workbook takes figures from other workbooks. Copy the cells, paste them as "
            "values into a new workbook and try again."
        )
    if not types or b"spreadsheetml" not in types:
        raise Refused("The file is a zip, but not an Excel workbook. Save it as XLSX or CSV.")


class _SheetReader:
    """Turns the events of a sheet's XML into rows."""

    def __init__(self, book: Workbook, sheet: Sheet):
        self.found: list[tuple[int, list[Cell]]] = []
        self.texts, self.sheet = book.texts, sheet
        self.hidden = self.struck = False
        self.styles: Styles = book.styles
        self.from_1904 = book.dates_from_1904
        self.number = 0
        self.cells: list[Cell] = []
        self.column = -1
        self.kind = self.style = ""
        self.formula = self.phonetic = False
        self.text: list[str] | None = None
        self.letters = 0
        self.names: dict[str, str] = {}
        self.columns: dict[str, int] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.letters_come
        self.parser.StartDoctypeDeclHandler = refuse_doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.names.get(name)
        if tag is None:
            tag = self.names[name] = plain_name(name)
        if tag == "c":
            self.kind = attributes.get("t", "n")
            self.style = attributes.get("s", "")
            self.column = self._column_of(attributes.get("r"))
            self.value, self.letters = "", 0
            self.formula = False
        elif tag == "v" or (tag == "t" and not self.phonetic):
            self.text = []
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "row":
            number = int(attributes.get("r") or self.number + 1)
            if number <= self.number:
                raise ValueError("Rows are not in order.")
            if number > limits.ROWS:
                raise Refused(too_long(self.sheet.name))
            self.number, self.cells, self.column = number, [], -1
            self.hidden, self.struck = attributes.get("hidden") in _TRUE, False
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.sheet.hidden_columns |= {*range(max(first, 1) - 1, min(last, limits.COLUMNS))}

    def letters_come(self, data: str) -> None:
        if self.text is not None:
            self.letters += len(data)
            if self.letters > limits.LETTERS_OF_CELL:
                raise Refused(
                    f"{at(self.sheet.name, self.number)}: a cell has more than "
                    f"{limits.LETTERS_OF_CELL:,} characters."
                )
            self.text.append(data)

    def end(self, name: str) -> None:
        tag = self.names[name]
        if tag == "c":
            if self.column < limits.COLUMNS and (self.value or self.formula):
                value = self._value()
                if value is not None:
                    while len(self.cells) < self.column:
                        self.cells.append(None)
                    self.cells.append(value)
                    self.struck |= self.style in self.styles.struck
        elif tag in ("v", "t"):
            if self.text is not None:
                self.value += "".join(self.text)
            self.text = None
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "row" and self.cells:
            self.found.append((self.number, self.cells))
            if self.hidden:
                self.sheet.hidden_rows.append(self.number)
            if self.struck:
                self.sheet.struck_rows.append(self.number)
            self.cells = []

    def _column_of(self, place: str | None) -> int:
        if not place:
            return self.column + 1
        letters = place.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            match = _COLUMN.fullmatch(place)
            if not match:
                raise ValueError("A cell has no place.")
            column = -1
            for letter in match[1]:
                column = (column + 1) * 26 + ord(letter) - ord("A")
            self.columns[letters] = column
        if column <= self.column:
            raise ValueError("Cells are not in order.")
        return column

    def _value(self) -> Cell:
        kind, text = self.kind, self.value
        value: Cell
        if kind == "n":
            value = self._figure(text) if text else None
        elif kind == "s":
            value = self.texts[int(_digits(text))]
        elif kind == "b":
            value = "TRUE" if text in _TRUE else "FALSE"
        elif kind == "d" and (match := _ISO_DAY.fullmatch(text)):
            value = date(int(match[1]), int(match[2]), int(match[3]))
        else:
            value = spelt_out(text)
        if isinstance(value, str) and not value.strip():
            value = None
        return Formula(value) if self.formula else value

    def _figure(self, text: str) -> Cell:
        number = float(_written_plainly(text))
        if not math.isfinite(number):
            raise ValueError("A cell is not a number.")
        code = self.styles.formats.get(self.style)
        if code and self.style in self.styles.dates:
            day = day_of(number, self.from_1904)
            if day is not None:
                return FormattedDay.of(day, code) if hides_year(code) else day
        # Excel keeps 15 digits; what stands behind them is noise of binary fractions.
        figure = f"{number:.15g}"
        return FormattedNumber.of(figure, code) if code else Decimal(figure)


def day_of(number: float, from_1904: bool) -> date | None:
    """The day that Excel shows for a number; None where it has none that there was or will be."""
    if not 0 <= number < _DAYS:
        return None
    zero, days = _DAY_ZERO[from_1904], round(number * _MILLISECONDS) // _MILLISECONDS
    if not from_1904:
        if days < 1 or days == _NO_DAY:
            return None
        days += days < _NO_DAY
    return zero + timedelta(days) if days <= (date.max - zero).days else None


def _written_plainly(text: str) -> str:
    """A figure as it is written. Raises ValueError for what only Python takes for one."""
    if "_" in text or not text.isascii():
        raise ValueError("A cell is not a number.")
    return text


def _digits(text: str) -> str:
    if not text.strip().isdigit():
        raise ValueError("A text has no number.")
    return _written_plainly(text)
