"""The portal's own files are safe to open, to edit and to upload again."""

import io
from datetime import date

import openpyxl
import pytest

from tests.ledger_files import HEADING, WITH_SIGNS, csv_file, xlsx_file
from tests.ledger_uploads import (
    UPLOADS,
    answer_all,
    applied,
    apply,
    descriptions,
    uploaded,
    words_of,
)

pytestmark = pytest.mark.django_db
APRIL = "2017-18-m01"


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- the portal's own downloads


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_of_a_month_that_is_none_is_not_the_whole_ledger(officer, kind):
    applied(officer, csv_file([["1", "Apr-2017", "1"]]))
    address = f"/testshire/finance/ledger/lines.{kind}"
    for month in ("zzz", "2017-18-m02", "2017-18-q1"):
        assert officer.get(f"{address}?period={month}").status_code == 404, month
    assert officer.get(f"{address}?period=2017-18-m01").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_portals_own_file_uploaded_unchanged_has_nothing_to_apply(officer, kind):
    words = [
        "- a",
        "+ b",
        "@ c",
        "=d",
        "'e",
        "'- f",
        "\u2212 g",
        "＝ h",
        "  =i",
        "''=j",
        "k 'l'",
        "\u200b=m",
        "\ufe63 n",
    ]
    heading = [*HEADING, "Description", "Fund", "Area"]
    rows = [[f"{n:05}", "Apr-2017", "-1", text, text, text] for n, text in enumerate(words)]
    applied(officer, WITH_SIGNS)
    upload, _ = uploaded(officer, csv_file(rows, heading))
    answer_all(officer, upload, missing="keep")
    apply(officer, upload)
    content = officer.get(f"/testshire/finance/ledger/lines.{kind}").getvalue()
    again, page = uploaded(officer, content, f"a.{kind}")
    assert (again.same, again.changes, again.wrong, again.asked) == (17, 0, 0, 0)
    assert "There is nothing to apply" in page


def test_an_apostrophe_that_makes_a_text_safe_is_no_part_of_it(officer):
    applied(officer, WITH_SIGNS)
    assert descriptions() == {
        "00401": "- refund of fees",
        "00402": "+ VAT",
        "1-2": "@ 50% of cost",
        "12E5": "plain",
    }
    text = officer.get("/testshire/finance/ledger/lines.csv").getvalue().decode()
    assert "'- refund of fees" in text


def test_codes_of_a_downloaded_workbook_are_text_and_stay_so_when_they_are_edited(officer):
    applied(officer, WITH_SIGNS)
    content = officer.get("/testshire/finance/ledger/lines.xlsx").content
    page = openpyxl.load_workbook(io.BytesIO(content))["Actuals"]
    for row in page.iter_rows(min_row=2):
        assert (row[0].data_type, row[0].number_format) == ("s", "@")
        assert row[2].data_type == "s"
        assert row[3].data_type == "n"


def test_the_page_says_what_excel_does_to_a_csv(officer):
    applied(officer, WITH_SIGNS)
    page = words_of(officer.get("/testshire/finance/ledger/"))
    assert "Excel changes codes such as 00401 and 1-2 when it opens a CSV: take the XLSX" in page


def test_the_marked_workbook_keeps_codes_as_they_were_shown(officer):
    rows = [[401, date(2026, 4, 17), 1], [402, "soon", "N/A"]]

    def change(book, page):
        page["A2"].number_format = page["A3"].number_format = '"CC"00000'
        page["B2"].number_format = "d-mmm"

    upload, _ = uploaded(officer, xlsx_file(rows, change=change), "a.xlsx")
    content = officer.get(f"{UPLOADS}{upload.pk}/marked/").getvalue()
    page = openpyxl.load_workbook(io.BytesIO(content))["Actuals"]
    assert [page["A2"].value, page["A3"].value, page["B2"].value] == [
        "CC00401",
        "CC00402",
        "17-Apr",
    ]
    assert page["C2"].value == 1


def test_the_ledger_is_shown_filtered_and_downloaded(officer):
    applied(officer, csv_file())
    page = officer.get("/testshire/finance/ledger/?search=40101&period=2017-18-m02")
    words = page.content.decode()
    assert "1 line: (£500.00) in 2017/18." in words
    assert "40102" not in words
    query = "?search=40101"
    text = officer.get(f"/testshire/finance/ledger/lines.csv{query}").getvalue().decode("utf-8-sig")
    assert text.splitlines()[1] == "40101,April 2017,2017-18-m01,1234.50,,,"
    book = openpyxl.load_workbook(
        io.BytesIO(officer.get(f"/testshire/finance/ledger/lines.xlsx{query}").content)
    )
    values = [[cell.value for cell in row] for row in book["Actuals"]]
    assert values[2] == ["40101", "May 2017", "2017-18-m02", -500, None, None, None]


def test_a_filter_that_makes_no_sense_shows_all_and_says_why(officer):
    applied(officer, csv_file())
    words = officer.get("/testshire/finance/ledger/?period=x&page=99").content.decode()
    assert "Choose a month from the list." in words
    assert "3 lines" in words
