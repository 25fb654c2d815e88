"""Workbooks as XML that is put together here, in all the ways that the standard allows (ECMA-376)
and that other programs use.
"""

import io
import zipfile
from html import escape
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from bcfportal.lib.spreadsheets.formats import BUILT_IN
from tests.made_workbooks import FORMATS, Cell, Hand, Made, below

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
