"""Workbooks of many kinds, made up by chance, and as XlsxWriter writes them, as Excel does.

``workbooks_by_hand`` writes the same in other ways.
"""

import io
import zipfile
from dataclasses import dataclass, field, replace
from datetime import timedelta

import xlsxwriter
from hypothesis import strategies as st

PLAIN = "General"
OF_NUMBERS = (
    *(PLAIN, "@", "0", "0.00", "#,##0.00", "#,##0.00;(#,##0.00)", "#,##0_);(#,##0)", "0%"),
    *("0.00%", "0.00E+00", "# ?/?", '"CC"00000', "[Red]0.00", "£#,##0.00", "[$£-809]#,##0.00"),
    *("General;[Red]-General", '"Period" 00', "\\d0", '"day;month"0', "_d0", '0" days"'),
)
OF_TIME = (
    *(
        "0\\;d",
        "dd/mm/yyyy",
        "d-mmm-yy",
        "d-mmm",
        "mmm-yy",
        "mmm",
        "yyyy",
        "dd",
        "dddd",
        "[$-809]d mmmm",
    ),
    *("yyyy\\-mm\\-dd hh:mm", "[$-F800]dddd, mmmm dd, yyyy", "d/m/yyyy;@", 'd" of "mmmm', "mm/dd"),
    *("h:mm", "h:mm:ss AM/PM", "mm:ss", "mm:ss.0", "[h]:mm:ss", "[mm]:ss", "s", "dd hh:mm"),
)
FORMATS = (*OF_NUMBERS, *OF_TIME)
# As they stand in the XML of a cell.
FIGURES = (
    *("0", "-0", "1", "59", "60", "61", "0.5", "1.5", "43101", "43101.75", "2958465", "2958466"),
    *("-5", "1E-7", "1.5E+3", "-2.5e-2", "0.1", "0.30000000000000004", "123456789012345"),
    *("1234567890123456789", "1234.5600000000001", "9.99999999999999", "1e15", ".5", "5.", "00401"),
    *("1.0000000000000001E-2", "100000000000", "-1234.565", "36526", "1e-300", "1E+300"),
)
TEXTS = (
    *("", " ", "   ", "00401", " 40101 ", "1E5", "Apr-17", "(1,234.50)", "£7", "=1+1", "TRUE"),
    *("#N/A", "_x000D_", "_x0041_b", "a\nb", "a\tb", "two  blanks", "é\xa0\u2009", "😀", "<&>\"'"),
    *("x" * 32_767, "]]>", "-", "trailing blanks   ", "\n", "1-2", "'=1", "_x005F_x0041_"),
)
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
DAYS = ("2017-04-01", "1900-01-01", "9999-12-31", "2018-02-28T13:45:00", "2018-01-01T00:00:00.5")


@dataclass(frozen=True)
class Cell:
    """``kind`` is number, text, rich, truth, error, day or blank; ``value`` as XML has it.

    A rich text is in runs, with bars between them. A formula has the value that was worked out.
    """

    kind: str
    value: str = ""
    format: str = PLAIN
    formula: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet: its cells by (row, column) from 0, what of it is hidden, and what is merged."""

    name: str
    state: str = "visible"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    # Columns that are merged in the first row below all others.
    merged: int = 0


@dataclass(frozen=True)
class Made:
    """A workbook. The first sheet is always shown."""

    pages: tuple[Page, ...]
    from_1904: bool = False


@dataclass(frozen=True)
class Hand:
    """How the XML is written: all of it says the same."""

    prefix: str = ""
    shared: bool = True
    places: bool = True
    absolute: bool = False
    spaced: bool = False
    phonetic: bool = False
    encoding: str = "UTF-8"
    truth: tuple[str, str] = ("0", "1")
    packed: int = zipfile.ZIP_DEFLATED
    strict: bool = False
    folder: str = "xl"
    as_entities: bool = False


# What XML can hold, and carriage returns only by their number, which XlsxWriter gives them.
_TEXT = st.one_of(
    st.sampled_from(TEXTS),
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r\ufffe\uffff", min_codepoint=32),
        max_size=12,
    ),
)
# Excel's own bounds; what is beyond is none of its numbers.
_FIGURE = st.one_of(
    st.sampled_from(FIGURES),
    st.floats(-9.99e307, 9.99e307).map(repr),
    st.integers(-(10**17), 10**17).map(str),
    st.decimals(-(10**9), 10**9, places=2).map(str),
    st.integers(0, 80_000).map(str),
)
_FORMAT = st.sampled_from(FORMATS)
_FORMULA = st.integers(0, 5).map(lambda number: number == 0)


def _within(cell):
    # python-calamine breaks off at more days than a duration of Python's has.
    far = cell.format in OF_TIME and abs(float(cell.value)) > timedelta.max.days
    return replace(cell, format=PLAIN) if far else cell


CELLS = st.one_of(
    st.builds(Cell, st.just("number"), _FIGURE, _FORMAT, _FORMULA).map(_within),
    st.builds(Cell, st.just("text"), _TEXT, _FORMAT, _FORMULA),
    st.builds(
        Cell,
        st.just("rich"),
        st.lists(_TEXT.filter(lambda text: text and len(text) < 100), min_size=2, max_size=4).map(
            "|".join
        ),
    ),
    st.builds(Cell, st.just("truth"), st.sampled_from("01"), _FORMAT, _FORMULA),
    st.builds(Cell, st.just("error"), st.sampled_from(ERRORS), st.just(PLAIN), st.just(True)),
    st.builds(Cell, st.just("day"), st.sampled_from(DAYS), _FORMAT),
    st.builds(Cell, st.just("blank"), st.just(""), _FORMAT, _FORMULA),
)
_PLACES = st.tuples(
    st.one_of(st.integers(0, 12), st.just(60)),
    st.one_of(st.integers(0, 8), st.sampled_from([25, 26, 27, 49, 50, 702])),
)
_NAMES = st.sampled_from(["Actuals", "Ledger 2017-18", "Q1 & Q2", "Données", "a <b>", "x" * 31])
_PAGES = st.lists(
    st.builds(
        Page,
        _NAMES,
        st.sampled_from(["visible", "visible", "hidden", "veryHidden"]),
        st.dictionaries(_PLACES, CELLS, max_size=12),
        st.frozensets(st.integers(0, 12), max_size=3),
        st.frozensets(st.integers(0, 8), max_size=3),
        st.sampled_from([0, 0, 2, 4]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda page: page.name,
)
BOOKS = st.builds(Made, _PAGES.map(tuple), st.booleans())
HANDS = st.builds(
    Hand,
    prefix=st.sampled_from(["", "", "x"]),
    shared=st.booleans(),
    places=st.booleans(),
    absolute=st.booleans(),
    spaced=st.booleans(),
    phonetic=st.booleans(),
    encoding=st.sampled_from(["UTF-8", "UTF-8", ""]),
    truth=st.sampled_from([("0", "1"), ("false", "true")]),
    packed=st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]),
    strict=st.booleans(),
    folder=st.sampled_from(["xl", "data/book"]),
    as_entities=st.booleans(),
)


def by_xlsxwriter(made: Made) -> bytes:
    """The workbook as XlsxWriter writes it. It has no days in words: they are left out."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "date_1904": made.from_1904,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    styles = {code: book.add_format({"num_format": code}) for code in FORMATS}
    bold = book.add_format({"bold": True})
    for number, page in enumerate(made.pages):
        sheet = book.add_worksheet(page.name)
        if page.state != "visible" and number:
            sheet.hide() if page.state == "hidden" else sheet.very_hidden()
        for row in page.hidden_rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for (row, column), cell in page.cells.items():
            _write(sheet, row, column, cell, styles[cell.format], bold)
        if page.merged:
            row = below(page)
            sheet.merge_range(row, 0, row, page.merged - 1, "merged", bold)
    book.close()
    return out.getvalue()


def below(page: Page) -> int:
    """The first row below all that have something in them."""
    return max((row for row, _ in page.cells), default=-1) + 1


def _write(sheet, row, column, cell, style, bold):
    if cell.kind == "day":
        return
    if cell.formula:
        value = {"0": False, "1": True}[cell.value] if cell.kind == "truth" else cell.value
        value = float(cell.value) if cell.kind == "number" else value
        sheet.write_formula(row, column, "=A1", style, value)
    elif cell.kind == "number":
        sheet.write_number(row, column, float(cell.value), style)
    elif cell.kind == "text":
        sheet.write_string(row, column, cell.value, style)
    elif cell.kind == "rich":
        pieces = [piece for run in cell.value.split("|") if run for piece in (bold, run)]
        sheet.write_rich_string(row, column, *pieces)
    elif cell.kind == "truth":
        sheet.write_boolean(row, column, cell.value == "1", style)
    else:
        sheet.write_blank(row, column, None, style)
