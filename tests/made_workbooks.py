"""Workbooks of many kinds, made up by chance: what they hold, and two ways of writing it as XLSX.

One is XlsxWriter's, which writes as Excel does. The other writes the XML itself, in all the ways
that the standard allows (ECMA-376) and that other programs use.
"""

import io
import zipfile
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

import xlsxwriter
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from bcfportal.lib.spreadsheets.formats import BUILT_IN

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
    # python-calamine breaks off at more hours than a computer counts.
    far = cell.format in OF_TIME and abs(float(cell.value)) > 1e9
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


# -- by XlsxWriter


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


# -- by hand

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_IDS = {code: number for number, code in BUILT_IN.items() if number < 27}


def by_hand(made: Made, hand: Hand) -> bytes:
    """The workbook as XML that is put together here, in the way of ``hand``."""
    return packed(_Writer(made, hand).parts(), hand.packed)


def packed(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """These parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


class _Writer:
    def __init__(self, made: Made, hand: Hand):
        self.made, self.hand = made, hand
        self.texts: dict[str, int] = {}
        self.between = "\n  " if hand.spaced else ""
        self.relations = _STRICT_RELATIONS if hand.strict else _RELATIONS

    def parts(self) -> dict[str, bytes]:
        folder = self.hand.folder
        sheets = {
            f"{folder}/worksheets/sheet{number}.xml": self.sheet(page)
            for number, page in enumerate(self.made.pages, start=1)
        }
        targets = [("worksheet", name) for name in sheets]
        targets += [
            ("styles", f"{folder}/styles.xml"),
            ("sharedStrings", f"{folder}/sharedStrings.xml"),
        ]
        kinds = {
            f"{folder}/workbook.xml": "sheet.main",
            f"{folder}/styles.xml": "styles",
            f"{folder}/sharedStrings.xml": "sharedStrings",
            **dict.fromkeys(sheets, "worksheet"),
        }
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{_CONTENT}.{kind}+xml"/>'
            for name, kind in kinds.items()
        )
        return {
            "[Content_Types].xml": self.written(
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
            ),
            "_rels/.rels": self.related([("officeDocument", f"{folder}/workbook.xml")], ""),
            f"{folder}/workbook.xml": self.workbook(),
            f"{folder}/_rels/workbook.xml.rels": self.related(targets, f"{folder}/"),
            f"{folder}/styles.xml": self.styles(),
            f"{folder}/sharedStrings.xml": self.shared(),
            **sheets,
        }

    def related(self, targets, folder):
        lines = "".join(
            f'<Relationship Id="rId{number}" Type="{self.relations}/{kind}" '
            f'Target="{f"/{name}" if self.hand.absolute else name.removeprefix(folder)}"/>'
            for number, (kind, name) in enumerate(targets, start=1)
        )
        return self.written(
            f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
        )

    def written(self, xml):
        said = f' encoding="{self.hand.encoding}"' if self.hand.encoding else ""
        return f'<?xml version="1.0"{said} standalone="yes"?>\n{xml}'.encode()

    def tag(self, name, inside="", /, **attributes):
        """An element with the prefix that all have; attributes without a value are left out."""
        name = f"{self.hand.prefix}:{name}" if self.hand.prefix else name
        said = "".join(
            f' {key.replace("__", ":").rstrip("_")}="{escape(str(value))}"'
            for key, value in attributes.items()
            if value is not None
        )
        return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"

    def root(self, name, inside):
        key = f"xmlns__{self.hand.prefix}" if self.hand.prefix else "xmlns"
        names = {key: _STRICT_MAIN if self.hand.strict else _MAIN, "xmlns__r": self.relations}
        return self.written(self.tag(name, inside, **names))

    def workbook(self):
        settings = self.tag("workbookPr", date1904=self.hand.truth[self.made.from_1904])
        sheets = "".join(
            self.tag(
                "sheet",
                name=page.name,
                sheetId=number,
                state=page.state if page.state != "visible" and number > 1 else None,
                r__id=f"rId{number}",
            )
            for number, page in enumerate(self.made.pages, start=1)
        )
        return self.root("workbook", settings + self.tag("sheets", sheets))

    def styles(self):
        formats = "".join(
            self.tag("numFmt", numFmtId=164 + place, formatCode=code)
            for place, code in enumerate(FORMATS)
            if code not in _IDS
        )
        cells = "".join(
            self.tag("xf", numFmtId=_IDS.get(code, 164 + place if place else 0), xfId=0)
            for place, code in enumerate(FORMATS)
        )
        return self.root(
            "styleSheet",
            self.tag("numFmts", formats)
            + self.tag("cellStyleXfs", self.tag("xf", numFmtId=14))
            + self.tag("cellXfs", cells)
            + self.tag("dxfs", self.tag("dxf", self.tag("numFmt", numFmtId=1, formatCode="d/m"))),
        )

    def shared(self):
        lines = "".join(self.tag("si", inside) for inside in self.texts)
        return self.root("sst", lines)

    def text(self, cell):
        """The inside of a text: one, or several runs with a font each, and how it is spoken."""
        if cell.kind == "rich":
            font = self.tag("rPr", self.tag("b"))
            inside = self.between.join(
                self.tag("r", font + self.letters(run)) for run in cell.value.split("|")
            )
        else:
            inside = self.letters(cell.value)
        if self.hand.phonetic:
            inside += self.tag("rPh", self.letters("spoken"), sb=0, eb=1)
            inside += self.tag("phoneticPr", fontId=1)
        return f"{self.between}{inside}{self.between}"

    def letters(self, text):
        # What looks like a letter by its number has its underscore so written (22.9.2.19).
        text = text.replace("_x", "_x005F_x")
        outer = text != text.strip() or "\n" in text
        said = "".join(f"&#{ord(letter)};" for letter in text) if self.hand.as_entities else ""
        said = said or escape(text, quote=False)
        return self.tag("t", said, xml__space="preserve" if outer else None)

    def sheet(self, page):
        columns = "".join(
            self.tag("col", min=column + 1, max=column + 1, hidden=self.hand.truth[1], width=9)
            for column in sorted(page.hidden_columns)
        )
        rows, last = "", -1
        for row, cells in groupby(sorted(page.cells.items()), key=lambda item: item[0][0]):
            rows += self.row(
                page, row, [(place[1], cell) for place, cell in cells], row == last + 1
            )
            last = row
        merged = ""
        if page.merged:
            row, first = below(page), Cell("text", "merged")
            blanks = [(column, Cell("blank")) for column in range(1, page.merged)]
            rows += self.row(page, row, [(0, first), *blanks], row == last + 1)
            span = f"A{row + 1}:{xl_rowcol_to_cell(row, page.merged - 1)}"
            merged = self.tag("mergeCells", self.tag("mergeCell", ref=span), count=1)
        inside = self.tag("cols", columns) if columns else ""
        return self.root("worksheet", inside + self.tag("sheetData", rows) + merged)

    def row(self, page, row, cells, follows):
        hidden = self.hand.truth[1] if row in page.hidden_rows else None
        # Where places are left out, a row or a cell that follows the last says none.
        number = row + 1 if self.hand.places or not follows else None
        inside, last = "", -1
        for column, cell in cells:
            place = None
            if self.hand.places or column != last + 1 or number:
                place = f"{xl_col_to_name(column)}{row + 1}"
            inside += self.cell(cell, place) + self.between
            last = column
        return self.tag("row", inside, r=number, hidden=hidden)

    def cell(self, cell, place):
        kind, value = "n", cell.value
        formula = self.tag("f", "1+1") if cell.formula else ""
        style = FORMATS.index(cell.format) or None
        if cell.kind in ("text", "rich"):
            if cell.formula and cell.kind == "text":
                # The value of a formula has no runs, and its blanks count as they stand.
                said = escape(value.replace("_x", "_x005F_x"), quote=False)
                return self.tag("c", formula + self.tag("v", said), r=place, s=style, t="str")
            inside = self.text(cell)
            if not self.hand.shared:
                return self.tag("c", self.tag("is", inside), r=place, s=style, t="inlineStr")
            kind, value = "s", str(self.texts.setdefault(inside, len(self.texts)))
        elif cell.kind == "truth":
            kind, value = "b", self.hand.truth[value == "1"]
        elif cell.kind == "error":
            kind = "e"
        elif cell.kind == "day":
            kind = "d"
        inside = formula + (self.tag("v", value) if cell.kind != "blank" else "")
        return self.tag("c", inside, r=place, s=style, t=kind if kind != "n" else None)
