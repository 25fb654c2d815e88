"""Files that are no ledger, or not a safe one: each refused in one sentence, nothing stored."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger.reading import read
from finance.models import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from tests import ledger_files as files

pytestmark = pytest.mark.django_db
GOOD_CSV, GOOD_XLSX = files.csv_file(), files.xlsx_file()


def formula_in(column):
    def change(book, page):
        page[f"{column}3"] = "=SUM(1,2)"

    return files.xlsx_file(change=change)


def macros(content):
    return files.rezipped(content, {"xl/vbaProject.bin": b"\0" * 100})


def macro_type(content):
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return files.rezipped(content, {"[Content_Types].xml": lambda part: part.replace(plain, macro)})


def hostile():
    """(what it is, the bytes, the name, words of the sentence)."""
    yield "empty", b"", "a.csv", "empty"
    yield "blank", b" \r\n \r\n", "a.csv", "empty"
    yield "broken zip", b"PK\x03\x04" + b"rubbish" * 50, "a.xlsx", "damaged"
    for part in (3, 2, 1.1):
        yield f"cut at 1/{part}", GOOD_XLSX[: int(len(GOOD_XLSX) / part)], "a.xlsx", "damaged"
    changed = bytearray(GOOD_XLSX)
    at = GOOD_XLSX.index(b"xl/worksheets/sheet1.xml") + 60
    changed[at : at + 20] = b"\xff" * 20
    yield "flipped bytes", bytes(changed), "a.xlsx", "damaged"
    yield (
        "an ordinary zip",
        files.rezipped(GOOD_XLSX, leave_out=["[Content_Types].xml"]),
        "a.xlsx",
        "not an Excel",
    )
    yield "no sheet", files.rezipped(GOOD_XLSX, leave_out=[files.SHEET]), "a.xlsx", "damaged"
    yield (
        "too big",
        b"Code,Period,Amount\n" + b"1,Apr-17,1\n" * 2_000_000,
        "a.csv",
        "bigger than 20 MB",
    )
    yield "password", files.ole_file("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "password"
    yield "password of the zip", files.locked_zip(), "a.xlsx", "password"
    yield "XLS", files.ole_file("Root Entry", "Workbook"), "a.xls", "old Excel"
    yield "DOC", files.ole_file("Root Entry", "WordDocument"), "a.xlsx", "neither CSV nor XLSX"
    yield "macros", macros(GOOD_XLSX), "a.xlsx", "macros"
    yield "macro type", macro_type(GOOD_XLSX), "a.xlsm", "macros"
    yield "XLSB", files.rezipped(GOOD_XLSX, {"xl/workbook.bin": b"x"}), "a.xlsb", "XLSB"
    yield (
        "links",
        files.rezipped(GOOD_XLSX, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "a.xlsx",
        "other workbooks",
    )
    yield "formula in amount", formula_in("C"), "a.xlsx", "Sheet Actuals, row 3, column Amount"
    yield "formula in code", formula_in("A"), "a.xlsx", "Sheet Actuals, row 3, column Code"
    yield "formula in CSV", files.csv_file([["=1+1", "Apr-17", "1"]]), "a.csv", "Row 2, column Code"
    yield "zip bomb", files.zip_bomb(), "a.xlsx", "bigger unpacked"
    yield "external entity", files.external_entity(), "a.xlsx", "declarations"
    yield "billion laughs", files.billion_laughs(), "a.xlsx", "declarations"
    yield "endless sheet", files.endless_sheet(), "a.xlsx", "continues below row 200,000"
    yield "far row", files.far_row(), "a.xlsx", "continues below row 200,000"
    yield "NUL", GOOD_CSV.replace(b"40102", b"40\x00102"), "a.csv", "Row 4 has a character"
    yield "control", GOOD_CSV.replace(b"40102", b"40\x07102"), "a.csv", "is not text: a bell"
    yield "UTF-32", GOOD_CSV.decode().encode("utf-32"), "a.csv", "UTF-32"
    yield (
        "UTF-16 without a mark",
        GOOD_CSV.decode().encode("utf-16-le"),
        "a.csv",
        "characters that are not text",
    )
    yield "half a UTF-16", GOOD_CSV.decode().encode("utf-16")[:-1], "a.csv", "damaged"
    yield "UTF-8 mark and not UTF-8", b"\xef\xbb\xbf" + GOOD_CSV + b"\xff", "a.csv", "damaged"
    yield (
        "Japanese",
        "Code,Period,Amount\n費用費用費用費用,Apr-17,1\n".encode("shift-jis"),
        "a.csv",
        "cannot read this file’s encoding",
    )
    yield "rubbish", bytes(range(256)) * 40, "a.csv", "characters that are not text"
    yield "picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a.csv", "picture"
    yield "PDF", b"%PDF-1.7\n" + b"x" * 100, "a.xlsx", "PDF"
    yield "web page", b"<html><table><tr><td>Code</td></tr></table></html>", "a.xls", "web page"
    yield (
        "open quote",
        b'Code,Period,Amount\n"40101,Apr-17,1\n40102,Apr-17,2\n',
        "a.csv",
        "quote is not closed",
    )
    yield "quote inside", b'Code,Period,Amount\n"401"01,Apr-17,1\n', "a.csv", "quote"
    yield (
        "comma in amount",
        b"Code,Period,Amount\n40101,Apr-17,1,234.50\n",
        "a.csv",
        "Row 2 has 4 cells and the heading 3",
    )
    yield (
        "10 MB cell",
        b"Code,Period,Amount\n" + b"x" * 10_000_000 + b",Apr-17,1\n",
        "a.csv",
        "32,767 characters",
    )
    yield (
        "40 KB cell",
        b"Code,Period,Amount\n" + b"x" * 40_000 + b",Apr-17,1\n",
        "a.csv",
        "32,767 characters",
    )
    yield (
        "10 MB cell in XLSX",
        files.with_sheet_xml(files.sheet_xml([files.HEADING, ["xy" * 500_000, "Apr-17", 1]])),
        "a.xlsx",
        "32,767 characters",
    )
    yield "no heading", b"a,b,c\n1,2,3\n", "a.csv", "headings Code, Period and Amount"
    yield (
        "no heading in XLSX",
        files.xlsx_file(heading=["a", "b", "c"]),
        "a.xlsx",
        "No sheet has the headings",
    )
    yield "hidden sheet only", files.xlsx_file(change=hide), "a.xlsx", "Sheet Actuals is hidden"
    yield (
        "thousands",
        files.csv_file(heading=["Code", "Period", "Amount £000"]),
        "a.csv",
        "not in pounds",
    )
    yield (
        "two months",
        files.csv_file([["1", "Apr-17", "1", "2"]], ["Code", "Mth", "Month name", "Amount"]),
        "a.csv",
        "could mean the same",
    )
    yield "headings alone", b"Code,Period,Amount\n", "a.csv", "no row with an amount"


def hide(book, page):
    book.create_sheet("Front")
    page.sheet_state = "hidden"


CASES = list(hostile())


@pytest.mark.parametrize(
    ("content", "name", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_it_is_refused_in_one_sentence_and_nothing_is_stored(client, quarter, content, name, words):
    quarter.sign_in(client, "finance officer")
    response = client.post(
        "/testshire/finance/ledger/uploads/", {"file": SimpleUploadedFile(name, content)}
    )
    assert response.status_code == 200
    (sentence,) = response.context["form"].errors["file"]
    assert words in sentence
    assert len(sentence) < 300
    assert sentence.endswith(".")
    for model in (LedgerUpload, LedgerRow, LedgerLine, LedgerWork):
        assert not files.ours(model).exists()


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)
    for content in (GOOD_CSV, GOOD_XLSX):
        with pytest.raises(Refused, match=r"more than 3 rows|below row 3"):
            list(read(content).rows)


def test_a_workbook_with_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "PARTS", 5)
    with pytest.raises(Refused, match="too many parts"):
        read(GOOD_XLSX)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def never(*_, **__):
        raise AssertionError("A part was unpacked.")

    content = files.zip_bomb()
    assert len(content) < 100_000
    monkeypatch.setattr("zipfile.ZipFile.open", never)
    with pytest.raises(Refused, match="bigger unpacked"):
        read(content)


def test_a_name_that_promises_something_else_does_not_matter(client, quarter):
    quarter.sign_in(client, "finance officer")
    for name, content in (("a.csv", GOOD_XLSX), ("a.xlsx", GOOD_CSV), ("a.exe", GOOD_CSV)):
        file = SimpleUploadedFile(name, content, content_type="application/x-unknown")
        response = client.post("/testshire/finance/ledger/uploads/", {"file": file})
        assert response.status_code == 302
    assert {upload.kind for upload in files.ours(LedgerUpload).all()} == {"CSV", "XLSX"}
