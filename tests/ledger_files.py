"""Files of actuals, good and bad, built where a test needs them. None is kept in the repository."""

import io
import struct
import zipfile
from decimal import Decimal

import openpyxl

from finance.models import LedgerLine, LedgerUpload

HEADING = ["Code", "Period", "Amount"]
WITH_SIGNS = (
    "Code,Period,Amount,Description\r\n00401,Apr-2017,10.50,- refund of fees\r\n"
    "00402,Apr-2017,-10.00,+ VAT\r\n1-2,Apr-2017,1.00,@ 50% of cost\r\n12E5,Apr-2017,1.00,plain\r\n"
)
ROWS = [["40101", "Apr-17", "1,234.50"], ["40101", "May-17", "(500)"], ["40102", "Apr-17", "£7"]]
FIGURES = [["40101", "Apr-17", 1234.5], ["40101", "May-17", -500], ["40102", "Apr-17", 7]]


def csv_file(rows=ROWS, heading=HEADING, encoding="utf-8", end="\r\n", separator=","):
    """A CSV with each cell in quotes where it needs them."""

    def cell(value):
        text = str(value)
        quoted = any(sign in text for sign in (separator, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    lines = [separator.join(map(cell, line)) for line in [heading, *rows]]
    return (end.join(lines) + end).encode(encoding)


def xlsx_file(rows=FIGURES, heading=HEADING, sheet="Actuals", change=None, more=()):
    """A workbook; ``change`` may alter it, ``more`` are further (sheet, lines)."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for line in [heading, *rows]:
        page.append([float(cell) if isinstance(cell, Decimal) else cell for cell in line])
    for name, lines in more:
        other = book.create_sheet(name)
        for line in lines:
            other.append(line)
    if change:
        change(book, page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_formats(rows, column, formats, heading=HEADING):
    """A workbook whose cells of a column, from row 2 down, are shown in these formats."""

    def change(book, page):
        for number, code in enumerate(formats, start=2):
            page[f"{column}{number}"].number_format = code

    return xlsx_file(rows, heading, change=change)


def rezipped(content, changes=None, leave_out=(), compression=zipfile.ZIP_DEFLATED):
    """The workbook with parts replaced (bytes or a function of the bytes), added or left out."""
    changes = dict(changes or {})
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", compression) as new,
    ):
        for name in old.namelist():
            if name in leave_out:
                continue
            part, change = old.read(name), changes.pop(name, None)
            if change is not None:
                part = change(part) if callable(change) else change
            new.writestr(name, part)
        for name, part in changes.items():
            new.writestr(name, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet_xml(xml):
    """A workbook whose sheet is this XML."""
    return rezipped(xlsx_file(), {SHEET: xml if isinstance(xml, bytes) else xml.encode()})


def sheet_xml(rows, before=""):
    """A sheet of inline texts and numbers."""

    def cell(value):
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{NAMESPACE}">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def ole_file(*streams):
    """The start of Excel's old container, with the names of streams as its directory has them."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + names + b"\0" * 4096


def locked_zip():
    """A workbook whose parts say that they are encrypted."""
    content = bytearray(xlsx_file())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.start_dir
    while content[start : start + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", content, start + 28)
        content[start + 8] |= 1
        start += 46 + name + extra + comment
    return bytes(content)


def zip_bomb():
    """A few kilobytes that unpack to a sheet of 60 MB."""
    return with_sheet_xml(
        b"<worksheet><sheetData>" + b" " * 60_000_000 + b"</sheetData></worksheet>"
    )


def external_entity():
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    return with_sheet_xml(sheet_xml([HEADING, ["&secret;", "Apr-17", 1]], doctype))


def billion_laughs():
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(letter)} "{f"&{chr(letter - 1)};" * 10}">' for letter in range(98, 108)
    )
    return with_sheet_xml(sheet_xml([HEADING, ["&k;", "Apr-17", 1]], f"<!DOCTYPE x [{entities}]>"))


def endless_sheet():
    """All 1,048,576 rows of a sheet, formatted and empty but for the first few."""
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(5, 1_048_577))
    return with_sheet_xml(
        sheet_xml([HEADING, *FIGURES]).replace("</sheetData>", f"{rows}</sheetData>")
    )


def far_row():
    """One lone cell in the last row that Excel has."""
    row = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    return with_sheet_xml(
        sheet_xml([HEADING, *FIGURES]).replace("</sheetData>", f"{row}</sheetData>")
    )


def ours(model):
    """The rows of the ledger but for Westshire's, which has one already."""
    council = "council" if model in (LedgerLine, LedgerUpload) else "upload__council"
    return model.objects.exclude(**{f"{council}__made_up": True})
