"""Codes that a spreadsheet made numbers or dates are pointed out before anything is applied."""

from datetime import date

import pytest

from finance.ledger import limits, uploading
from finance.models import LedgerQuestion
from tests.ledger_files import WITH_SIGNS, csv_file, with_formats, xlsx_file
from tests.ledger_uploads import (
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    uploaded,
    words_at,
)

pytestmark = pytest.mark.django_db
APRIL = "2017-18-m01"
RESAVED = (
    "\ufeffCode,Month,Period,Amount,Description,Funding source,Area code\r\n"
    "401,Apr-17,2017-18-m01,10.5,'- refund of fees,BCF,A1\r\n"
    "01-Feb,Apr-17,2017-18-m01,1,01-Feb,01-Feb,A1\r\n"
    "1.20E+06,Apr-17,2017-18-m01,1,OBrien,iBCF,A1\r\n"
)


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- codes that became numbers or dates


@pytest.mark.parametrize(
    ("code", "what"),
    [
        *(("1.23457E+14", "a number"), ("4.01E+07", "a number"), ("4E+07", "a number")),
        *(("1.2e+06", "a number"), ("01-Feb", "a date"), ("Feb-17", "a date")),
        *(("12-Oct-17", "a date"), ("01/02/2017", "a date"), ("1/2/2026", "a date")),
        *(
            ("2-Jan", "a date"),
            ("TRUE", "true or false"),
            ("2-Jan-17", "a date"),
            ("01:20:00", "a time"),
        ),
    ],
)
def test_a_code_that_excel_made_a_number_or_a_date_is_refused_by_its_row(officer, code, what):
    upload, page = uploaded(
        officer, csv_file([["91001", "Apr-2017", "1"], [code, "Apr-2017", "1"]])
    )
    assert upload.wrong == 1
    assert "Row 3, column Code:" in page
    assert f"Excel has made the code {what}" in page
    assert "Format the column as text" in page


def test_a_logical_value_of_a_workbook_is_no_code(officer):
    upload, page = uploaded(officer, xlsx_file([[True, "Apr-2017", 1]]), "a.xlsx")
    assert upload.wrong == 1
    assert "“TRUE” is not a code: Excel has made the code true or false" in page


def test_a_code_shown_as_a_power_of_ten_in_a_workbook_is_refused_too(officer):
    content = with_formats([[1_200_000, "Apr-2017", 1]], "A", ["0.00E+00"])
    upload, page = uploaded(officer, content, "a.xlsx")
    assert upload.wrong == 1
    assert "“1.20E+06” is not a code: Excel has made the code a number" in page


def test_what_excel_shows_where_a_column_is_too_narrow_is_named(officer):
    rows = [["########", "Apr-2017", "1"], ["1", "####", "1"], ["2", "Apr-2017", "#####"]]
    upload, page = uploaded(officer, csv_file(rows))
    assert upload.wrong == 3
    assert page.count("a column is too narrow") == 3


def test_a_long_code_and_one_with_an_e_are_codes(officer):
    applied(officer, csv_file([["123456789012345", "Apr-2017", "1"], ["12E5", "Apr-2017", "1"]]))
    assert set(ledger()) == {("123456789012345", APRIL), ("12E5", APRIL)}


# -- codes beside known ones


def test_the_portals_own_file_resaved_by_excel_is_asked_about_code_by_code(officer):
    applied(officer, WITH_SIGNS)
    upload, page = uploaded(officer, RESAVED)
    assert "Are these codes new?" in page
    for made, known in (("401", "00401"), ("01-FEB", "1-2"), ("1.20E+06", "12E5")):
        assert f"{made} 1 " in page
        assert f"{known}, as the ledger or the rows above have it" in page
    assert "Answer the questions about this file first" in apply(officer, upload)
    assert len(ledger()) == 4
    page = answer_all(officer, upload, code="the known one")
    assert "adds 0 lines and changes 3" in page or "changes 3" in page
    assert "00402 April 2017" in page
    answer_all(officer, upload, missing="keep")
    apply(officer, upload)
    assert ledger() == {
        ("00401", APRIL): 10.5,
        ("00402", APRIL): -10,
        ("1-2", APRIL): 1,
        ("12E5", APRIL): 1,
    }


ALIKE = [
    *(("00401", "401"), ("401", "00401"), ("401", "401.0"), ("1-2", "01-Feb"), ("1/2", "01-Feb")),
    *(("MAR1", "01-Mar"), ("12E5", "1.20E+06"), ("12E5", "1200000"), ("2-17", "Feb-17")),
    *(("123456789012345", "1.23457E+14"), ("0040100000", "4.01E+07"), ("1:20", "01:20")),
]


@pytest.mark.parametrize(("known", "made"), ALIKE)
def test_a_code_that_differs_only_by_what_excel_does_is_pointed_out(officer, known, made):
    applied(officer, csv_file([[known, "Apr-2017", "5"]]))
    upload, page = uploaded(officer, csv_file([[made, "May-2017", "5"]]))
    assert upload.asked == 1
    assert f"{known}, as the ledger" in page
    apply(officer, upload)
    assert len(ledger()) == 1
    answer_each(officer, upload, code=known)
    apply(officer, upload)
    assert ledger() == {(known, APRIL): 5, (known, "2017-18-m02"): 5}


def test_numbers_and_dates_of_a_workbook_are_compared_with_known_codes_too(officer):
    applied(officer, csv_file([["00401", "Apr-2017", "5"], ["1-2", "Apr-2017", "5"]]))
    rows = [[401, "May-2017", 5], [date(2026, 2, 1), "May-2017", 5]]
    upload, _ = uploaded(officer, with_formats(rows, "A", ["General", "d-mmm"]), "a.xlsx")
    assert upload.asked == 2
    answer_all(officer, upload, code="the known one")
    apply(officer, upload)
    assert ledger()["00401", "2017-18-m02"] == ledger()["1-2", "2017-18-m02"] == 5


def test_a_code_of_its_own_can_be_said_to_be_one_and_is_not_asked_about_again(officer):
    applied(officer, csv_file([["00401", "Apr-2017", "5"]]))
    upload, page = uploaded(officer, csv_file([["401", "Apr-2017", "7"]]))
    assert "401, a code of its own" in page
    answer_each(officer, upload, code="401")
    answer_all(officer, upload, missing="keep")
    apply(officer, upload)
    assert ledger() == {("00401", APRIL): 5, ("401", APRIL): 7}
    _, page = uploaded(officer, csv_file([["401", "May-2017", "7"]]))
    assert "Applying it adds 1 line" in page


def test_a_known_code_that_is_chosen_for_two_rows_of_a_month_adds_them_up_and_says_so(officer):
    applied(officer, csv_file([["00401", "Apr-2017", "5"]]))
    upload, _ = uploaded(officer, csv_file([["00401", "May-2017", "1"], ["401", "May-2017", "2"]]))
    page = answer_each(officer, upload, code="00401")
    assert "1 row has the code and month of a row above and was added to it" in page
    assert upload.rows.get(number=2).amount == 3
    page = answer_each(officer, upload, code="401")
    assert "Applying it adds 2 lines" in page


def test_two_codes_of_one_file_that_look_alike_are_asked_about(officer):
    upload, page = uploaded(
        officer, csv_file([["00401", "Apr-2017", "1"], ["401", "Apr-2017", "2"]])
    )
    assert upload.asked == 1
    assert "00401, as the ledger or the rows above have it" in page


def test_codes_that_no_spreadsheet_mixes_up_are_not_asked_about(officer):
    applied(
        officer, csv_file([[code, "Apr-2017", "1"] for code in ("CC401", "1-2", "40101", "A1")])
    )
    codes = ("CC0401", "2-1", "401010", "A01", "1-20", "E5")
    _, page = uploaded(officer, csv_file([[code, "May-2017", "1"] for code in codes]))
    assert "Applying it adds 6 lines" in page


# -- number formats


@pytest.mark.parametrize(
    ("number", "code", "read"),
    [
        *((401, '"CC"00000', "CC00401"), (40101, "00-00-00", "04-01-01"), (7, "\\C00", "C07")),
        *((401, '00000" BCF"', "00401 BCF"), (4010, "000000", "004010"), (401, "[Red]000", "401")),
    ],
)
def test_a_code_is_read_as_its_format_shows_it(officer, number, code, read):
    content = with_formats([[number, "Apr-2017", 10]], "A", [code])
    applied(officer, content, "a.xlsx")
    assert set(ledger()) == {(read, APRIL)}


@pytest.mark.parametrize("code", ["[>100]000", "# ?/?", "0%", "£0", "h:mm"])
def test_a_code_whose_format_cannot_be_read_as_a_code_is_refused(officer, code):
    upload, _ = uploaded(officer, with_formats([[401, "Apr-2017", 10]], "A", [code]), "a.xlsx")
    assert upload.wrong == 1


def test_amounts_are_what_the_cell_holds_whatever_their_format(officer):
    formats = ["#,##0.00", "£#,##0", "#,##0.00_);[Red](#,##0.00)", "0", "_-£* #,##0.00_-;-£* 0.00"]
    rows = [[f"{number}", "Apr-2017", 1234.56] for number in range(5)]
    applied(officer, with_formats(rows, "C", formats), "a.xlsx")
    assert {f"{amount}" for amount in ledger().values()} == {"1234.56"}


def test_a_month_made_by_a_format_is_read_as_shown(officer):
    content = with_formats([["1", 201704, 1], ["2", 10, 1]], "B", ["0000-00", '"P"00'])
    upload, _ = uploaded(officer, content, "a.xlsx", year="2017")
    assert (upload.new, upload.wrong) == (2, 0)


def test_a_credit_is_less_and_a_shortened_amount_is_said_to_be_one(officer):
    rows = [
        ["1", "Apr-2017", "50.00 CR"],
        ["2", "Apr-2017", "1,250.50DR"],
        ["3", "Apr-2017", "5cr"],
    ]
    applied(officer, csv_file(rows))
    assert ledger() == {("1", APRIL): -50, ("2", APRIL): 1250.5, ("3", APRIL): -5}
    _, page = uploaded(officer, csv_file([["1", "Apr-2017", "1.23E+05"]]))
    assert "“1.23E+05” is an amount that Excel has shortened." in page


# -- big files


def test_the_answers_of_a_big_file_are_worked_on_behind_a_page_that_says_how_far_it_is(
    officer, monkeypatch
):
    applied(officer, csv_file([["00401", "Apr-2017", "5"]]))
    upload, _ = uploaded(officer, csv_file([["401", "May-2017", "5"], ["402", "May-2017", "1"]]))
    monkeypatch.setattr(limits, "AT_ONCE_ROWS", 1)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    assert "Checking again: 0 of 3 rows." in answer_each(officer, upload, code="00401")
    assert "The portal is at work on this file." in answer_each(officer, upload, code="401")
    uploading.work_on(upload.pk)
    assert "Applying it adds 2 lines" in words_at(officer, upload)
    assert LedgerQuestion.objects.get(upload=upload).answer == "00401"
