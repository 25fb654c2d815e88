"""XLSX is written exactly, and nothing in it acts as a formula."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.files import safe_cell, xlsx_bytes
from bcfportal.lib.spreadsheets.workbooks import sheet_title


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_figures_dates_and_blanks_come_back_as_what_they_were():
    rows = [[Decimal("-1234.50"), 7, date(2018, 2, 5), None, "", "Words"]]
    sheet = opened(xlsx_bytes([("Money", ["a", "b", "c", "d", "e", "f"], rows)]))["Money"]
    cells = list(sheet[2])
    assert [cell.value for cell in cells[:2]] == [-1234.5, 7]
    assert cells[0].number_format == "#,##0.00"
    assert cells[2].value.date() == date(2018, 2, 5)
    assert [cell.value for cell in cells[3:]] == [None, None, "Words"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "#N/A"]
)
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    cell = opened(xlsx_bytes([("S", [text], [[text]])]))["S"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
@pytest.mark.parametrize(
    "before", ["", " ", "\xa0", "\n", "\t", "\r", "\u2003", "\ufeff", "\u200b"]
)
def test_no_cell_of_a_csv_begins_a_formula(sign, before):
    assert safe_cell(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("text", ["", " ", "a=1", "(1)", "–", "5 – 6", "1-2", "\u2212 5"])
def test_a_text_that_is_no_formula_is_as_it_was(text):
    assert safe_cell(text) == text


def test_signs_that_a_workbook_cannot_carry_are_left_out():
    cell = opened(xlsx_bytes([("S", ["a"], [["one\x00two\x1f\ud800 three"]])]))["S"]["A2"]
    assert cell.value == "onetwo three"


def test_long_texts_fit_a_cell():
    assert len(opened(xlsx_bytes([("S", ["a"], [["x" * 40_000]])]))["S"]["A2"].value) == 32_767


def test_titles_are_ones_that_excel_takes_and_differ():
    book = opened(
        xlsx_bytes([("A/B: [x]*?" + "y" * 40, ["a"], []), ("a b", ["a"], []), ("", ["a"], [])])
    )
    assert all(len(title) <= 31 for title in book.sheetnames)
    taken = set()
    names = [sheet_title(title, taken) for title in ("Money", "money", "MONEY", "", "''", "x" * 40)]
    assert names == ["Money", "money 2", "MONEY 3", "Sheet", "Sheet 2", "x" * 31]


def test_a_workbook_without_a_sheet_is_refused():
    with pytest.raises(ValueError, match="at least one sheet"):
        xlsx_bytes([])


def test_a_moment_is_written_as_its_clock_shows_it():
    at = datetime(2018, 2, 5, 10, 42, tzinfo=UTC)
    cell = opened(xlsx_bytes([("S", ["a"], [[at]])]))["S"]["A2"]
    assert cell.value == datetime(2018, 2, 5, 10, 42)


def test_a_text_that_looks_like_a_letter_by_its_number_stays_as_it_is():
    content = xlsx_bytes([("S", ["a"], [["_x000D_ and _x0041_"]])])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x000D_ and _x005F_x0041_" in sheet


def test_a_workbook_bears_the_portals_own_time():
    with clock.stopped_at(datetime(2018, 2, 5, 10, 42, tzinfo=UTC)):
        content = xlsx_bytes([("S", ["a"], [])])
    assert opened(content).properties.created == datetime(2018, 2, 5, 10, 42)
