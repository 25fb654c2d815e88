"""The same file handed back with its errors marked, opened again and its marks read."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from finance.models import LedgerRow, LedgerUpload
from tests.ledger_files import FIGURES, HEADING, ROWS, csv_file, ours, xlsx_file

pytestmark = pytest.mark.django_db
UPLOADS = "/testshire/finance/ledger/uploads/"


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


def marked(client, content, name):
    file = SimpleUploadedFile(name, content)
    address = client.post(UPLOADS, {"file": file}).headers["Location"]
    response = client.get(f"{address}marked/")
    assert response.status_code == 200
    return response, response.getvalue()


def test_a_workbook_comes_back_with_comments_fill_and_a_sheet_of_errors(officer):
    def change(book, page):
        page.insert_rows(1, 2)
        page["A1"] = "=“Actuals”"
        page["A1"].data_type = "s"
        page.insert_rows(5)

    rows = [*FIGURES, ["40103", "soon", "N/A"], ["40104", None, 5]]
    response, content = marked(officer, xlsx_file(rows, change=change), "actuals.xlsx")
    assert 'filename="actuals with errors marked.xlsx"' in response.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Actuals", "Errors"]
    page = book["Actuals"]
    assert page["A1"].value == "=“Actuals”"
    assert page["A1"].data_type == "s"
    assert [cell.value for cell in page[3]] == HEADING
    assert page["C4"].value == 1234.5
    assert page["A5"].value is None
    assert page["C8"].value == "N/A"
    assert page["C8"].comment.text.startswith("“N/A” is not an amount.")
    assert page["C8"].fill.fgColor.rgb == "FFFFD9D0"
    assert page["B9"].comment.text.startswith("there is no period.")
    assert page["A4"].comment is None
    assert page["A4"].fill.fill_type is None
    errors = [[cell.value for cell in row] for row in book["Errors"]]
    assert errors[0] == ["Sheet", "Row", "Cell", "Column", "What is wrong"]
    assert [row[:4] for row in errors[1:]] == [
        ["Actuals", 8, "C8", "Amount"],
        ["Actuals", 8, "B8", "Period"],
        ["Actuals", 9, "B9", "Period"],
    ]


def test_a_csv_comes_back_with_a_column_of_errors(officer):
    rows = [["0042", "Apr-17", "-5", "=cmd"], ["1", "Apr-17", "N/A", "x"]]
    content = b"Actuals of Testshire\r\n\r\n" + csv_file(rows, [*HEADING, "Ref"])
    _, marked_content = marked(officer, content, "actuals.csv")
    lines = list(csv.reader(io.StringIO(marked_content.decode("utf-8-sig"))))
    assert lines == [
        ["Actuals of Testshire"],
        [],
        [*HEADING, "Ref", "Error"],
        ["0042", "Apr-17", "-5", "'=cmd", ""],
        ["1", "Apr-17", "N/A", "x", lines[4][4]],
    ]
    assert lines[4][4] == (
        "Column Amount: “N/A” is not an amount. Enter pounds, or leave the row out."
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_marked_file_is_corrected_and_uploaded_again(officer, kind):
    make = {"csv": csv_file, "xlsx": xlsx_file}[kind]
    rows = ROWS if kind == "csv" else FIGURES
    _, content = marked(officer, make([*rows, ["40103", "Apr-17", "N/A"]]), f"a.{kind}")
    if kind == "csv":
        again = content.replace(b"N/A,", b"12,")
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        book["Actuals"]["C5"] = 12
        out = io.BytesIO()
        book.save(out)
        again = out.getvalue()
    _, twice = marked(officer, content, f"a.{kind}")
    assert len(twice) == pytest.approx(len(content), abs=200)
    officer.post(UPLOADS, {"file": SimpleUploadedFile(f"b.{kind}", again)})
    upload = ours(LedgerUpload).latest("pk")
    assert (upload.new, upload.wrong) == (4, 0)


def test_a_file_without_errors_has_nothing_to_mark(officer):
    address = officer.post(UPLOADS, {"file": SimpleUploadedFile("a.csv", csv_file())}).headers[
        "Location"
    ]
    assert officer.get(f"{address}marked/").status_code == 404


def test_a_name_that_is_not_plain_is_carried_safely(officer):
    response, _ = marked(officer, csv_file([["1", "x", "1"]]), 'Zahlen ü";\r\nX: y.csv')
    header = response.headers["Content-Disposition"]
    assert "\n" not in header
    assert "attachment" in header


def test_what_a_cell_held_is_kept_as_it_was_read(officer):
    rows = [["1", "Apr-17", "N/A"], ["2", "Apr-17", 1.25]]
    marked(officer, xlsx_file(rows), "a.xlsx")
    assert [row.cells for row in ours(LedgerRow).order_by("pk")] == [
        HEADING,
        ["1", "Apr-17", "N/A"],
        ["2", "Apr-17", {"n": "1.25"}],
    ]
