"""What a spreadsheet made of codes, months and days is pointed out before anything is applied."""

import io
from datetime import date

import openpyxl
import pytest

from bcfportal.lib import clock
from finance.ledger import limits, uploading
from finance.models import LedgerQuestion
from tests.ledger_files import HEADING, csv_file, xlsx_file
from tests.ledger_uploads import (
    UPLOADS,
    answer_all,
    answer_each,
    applied,
    apply,
    descriptions,
    ledger,
    uploaded,
    words_at,
    words_of,
)

pytestmark = pytest.mark.django_db
APRIL = "2017-18-m01"
WITH_SIGNS = (
    "Code,Period,Amount,Description\r\n00401,Apr-2017,10.50,- refund of fees\r\n"
    "00402,Apr-2017,-10.00,+ VAT\r\n1-2,Apr-2017,1.00,@ 50% of cost\r\n12E5,Apr-2017,1.00,plain\r\n"
)
RESAVED = (
    "\ufeffCode,Month,Period,Amount,Description,Funding source,Area code\r\n"
    "401,Apr-17,2017-18-m01,10.5,'- refund of fees,BCF,A1\r\n"
    "01-Feb,Apr-17,2017-18-m01,1,01-Feb,01-Feb,A1\r\n"
    "1.20E+06,Apr-17,2017-18-m01,1,OBrien,iBCF,A1\r\n"
)


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


@pytest.fixture
def today():
    with clock.stopped_at(clock.now().replace(year=2026, month=11, day=27)):
        yield


def with_formats(rows, column, formats, heading=HEADING):
    """A workbook whose cells of a column, from row 2 down, are shown in these formats."""

    def change(book, page):
        for number, code in enumerate(formats, start=2):
            page[f"{column}{number}"].number_format = code

    return xlsx_file(rows, heading, change=change)


# -- codes that became numbers or dates


@pytest.mark.parametrize(
    ("code", "what"),
    [
        *(("1.23457E+14", "a number"), ("4.01E+07", "a number"), ("4E+07", "a number")),
        *(("1.2e+06", "a number"), ("01-Feb", "a date"), ("Feb-17", "a date")),
        *(("12-Oct-17", "a date"), ("01/02/2017", "a date")),
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


def test_a_known_code_that_is_chosen_for_two_rows_of_a_month_is_an_error_that_says_so(officer):
    applied(officer, csv_file([["00401", "Apr-2017", "5"]]))
    upload, _ = uploaded(officer, csv_file([["00401", "May-2017", "1"], ["401", "May-2017", "2"]]))
    page = answer_each(officer, upload, code="00401")
    assert "Row 3, column Code: “00401” has the same month in row 2." in page
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


# -- months


def excels_months(held=2026):
    """What Excel keeps in 2026 when Apr-17, May-17 and Jun-17 are typed: days of that year."""
    rows = [["91001", date(held, month, 17), 100 + month] for month in (4, 5, 6)]
    return with_formats(rows, "B", ["d-mmm"] * 3)


def test_days_without_a_year_are_asked_about_and_can_be_what_was_typed(officer, today):
    upload, page = uploaded(officer, excels_months(), "a.xlsx")
    assert "Which year are these months in?" in page
    assert "3 rows show the month as 17-Apr, 17-May, 17-Jun, without its year." in page
    assert "April 2017, May 2017 and June 2017: it was typed as Apr-17" in page
    assert "April 2026, May 2026 and June 2026: Excel holds the day 17/04/2026" in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, day="typed")
    apply(officer, upload)
    assert set(ledger()) == {("91001", f"2017-18-m0{month}") for month in (1, 2, 3)}


def test_days_without_a_year_can_be_of_the_year_that_excel_holds(officer, today):
    upload, _ = uploaded(officer, excels_months(), "a.xlsx")
    answer_each(officer, upload, day="held")
    apply(officer, upload)
    assert set(ledger()) == {("91001", f"2026-27-m0{month}") for month in (1, 2, 3)}


def test_the_year_that_was_chosen_answers_for_days_without_one(officer, today):
    upload, page = uploaded(officer, excels_months(), "a.xlsx", year="2017")
    assert "Applying it adds 3 lines" in page
    apply(officer, upload)
    assert set(ledger()) == {("91001", f"2017-18-m0{month}") for month in (1, 2, 3)}


@pytest.mark.parametrize("code", ["d-mmm", "dd-mmm", "[$-809]d mmm;@", "dd/mm", "d mmmm"])
def test_every_format_without_a_year_is_asked_about(officer, today, code):
    content = with_formats([["1", date(2026, 4, 17), 1]], "B", [code])
    upload, page = uploaded(officer, content, "a.xlsx")
    assert upload.asked == 1
    assert "April 2017: it was typed as Apr-17" in page


@pytest.mark.parametrize("code", ["mmm-yy", "dd/mm/yyyy", "mmmm yyyy", "yyyy-mm-dd"])
def test_a_format_with_a_year_is_read_as_it_is(officer, today, code):
    applied(officer, with_formats([["1", date(2017, 4, 17), 1]], "B", [code]), "a.xlsx")
    assert ledger() == {("1", APRIL): 1}


def test_a_day_that_is_no_year_is_of_the_year_held_or_of_none(officer, today):
    _, page = uploaded(
        officer, with_formats([["1", date(2026, 4, 1), 1]], "B", ["d-mmm"]), "a.xlsx"
    )
    assert "it was typed as" not in page
    assert "April 2026: Excel holds the day 01/04/2026" in page


def test_a_text_of_a_day_and_a_month_is_asked_about_in_a_csv_too(officer, today):
    upload, page = uploaded(officer, csv_file([["1", "17-Apr", "1"], ["1", "17-Dec", "2"]]))
    assert "2 rows show the month as 17-Apr, 17-Dec, without its year." in page
    assert "April 2017 and December 2017: it was typed as Apr-17" in page
    answer_each(officer, upload, day="typed")
    apply(officer, upload)
    assert set(ledger()) == {("1", APRIL), ("1", "2017-18-m09")}


def test_a_text_of_a_day_and_a_month_may_be_of_any_year(officer, today):
    upload, _ = uploaded(officer, csv_file([["1", "17-Apr", "1"], ["1", "31-Mar", "2"]]))
    answer_each(officer, upload, day="2015")
    apply(officer, upload)
    assert set(ledger()) == {("1", "2015-16-m01"), ("1", "2015-16-m12")}


def test_which_year_is_asked_once_for_the_file_and_answered_in_the_preview(officer):
    rows = [["1", "P10", "1"], ["2", "January", "2"], ["3", "Apr-2016", "3"]]
    upload, page = uploaded(officer, csv_file(rows))
    assert "Which financial year?" in page
    assert "2 rows say P10, January and not which year." in page
    assert upload.unanswered == 1
    answer_each(officer, upload, year="2017")
    apply(officer, upload)
    assert set(ledger()) == {
        ("1", "2017-18-m10"),
        ("2", "2017-18-m10"),
        ("3", "2016-17-m01"),
    }


def test_no_hint_or_sentence_recommends_a_month_that_excel_makes_another_day_of(officer):
    page = words_of(officer.get(UPLOADS))
    assert "January 2017, 2016-17-m10" in page
    assert "Not Jan-17: Excel makes 17 January of it." in page
    upload, page = uploaded(
        officer, csv_file([["1", "soon", "1"], ["2", "", "1"], ["3", "2017-18", "1"]])
    )
    assert upload.wrong == 3
    assert "-17" not in page.replace("2016-17-m10", "")


# -- months that have not begun


def test_actuals_of_months_to_come_are_asked_about(officer, today):
    rows = [["1", "Oct-2026", "1"], ["1", "Dec-2026", "2"], ["1", "Mar-2027", "3"]]
    upload, page = uploaded(officer, csv_file(rows))
    assert "The file has actuals of 2 months that have not begun." in page
    assert "December 2026" in page
    apply(officer, upload)
    assert ledger() == {}
    page = answer_each(officer, upload, **{"2026-27-m09": "take", "2026-27-m12": "leave out"})
    assert "Applying it adds 2 lines" in page
    assert "Left out by your answer 1" in page
    apply(officer, upload)
    assert set(ledger()) == {("1", "2026-27-m07"), ("1", "2026-27-m09")}


def test_a_month_that_has_begun_is_not_asked_about(officer, today):
    _, page = uploaded(officer, csv_file([["1", "Nov-2026", "1"]]))
    assert "Applying it adds 1 line" in page


@pytest.mark.parametrize("month", ["Mar-2099", "Jan-71", "P1 2028/29", "01/04/2028"])
def test_actuals_of_years_far_ahead_are_errors(officer, today, month):
    upload, page = uploaded(officer, csv_file([["1", month, "1"]]))
    assert upload.wrong == 1
    assert "is after 2027/28, so there can be no actuals of it yet. Correct the year." in page


def test_a_file_of_months_to_come_that_are_all_left_out_has_nothing_to_apply(officer, today):
    upload, _ = uploaded(officer, csv_file([["1", "Dec-2026", "1"]]))
    page = answer_all(officer, upload, future="leave out")
    assert "There is nothing to apply: all rows of this file are left out." in page


# -- days that there are not


@pytest.mark.parametrize(
    "day",
    [
        *("29/02/2017", "31/04/2017", "99/04/2017", "0/4/2017", "31.04.2017", "2017-04-31"),
        *("31-Apr-2017", "30 February 2017", "29/02/17", "2017-02-29T00:00:00"),
    ],
)
def test_a_day_that_does_not_exist_is_no_month(officer, day):
    upload, page = uploaded(officer, csv_file([["1", day, "1"]]))
    assert upload.wrong == 1
    assert f"“{day}” is not a real date. Enter a real date" in page


@pytest.mark.parametrize("day", ["28/02/2017", "29/02/2016", "30/04/2017", "30-Apr-2017"])
def test_a_day_that_exists_is_its_month(officer, day):
    assert uploaded(officer, csv_file([["1", day, "1"]]))[0].new == 1


def test_a_month_that_stands_before_its_day_is_said_to(officer):
    _, page = uploaded(officer, csv_file([["1", "04/30/2017", "1"]]))
    assert "“04/30/2017” has the month first. Write the day first, 30/04/2017." in page


@pytest.mark.parametrize(
    ("heading", "row", "sentence"),
    [
        (HEADING, ["1", "201704", "1"], "“201704” may be April 2017 or period 4 of 2017/18"),
        ([*HEADING, "Year"], ["1", "1", "1", "2017"], "“2017” may be 2016/17 or 2017/18."),
    ],
)
def test_what_can_mean_two_months_or_years_is_said_to(officer, heading, row, sentence):
    upload, page = uploaded(officer, csv_file([row], heading))
    assert upload.wrong == 1
    assert sentence in page


@pytest.mark.parametrize(
    "year", ["2018/19", "2018/2019", "2018–19", "18/19", "FY 2018-19", "18-19"]
)
def test_a_financial_year_is_read_in_all_its_spellings(officer, year):
    applied(officer, csv_file([["1", "P1", "1", year]], [*HEADING, "Year"]))
    assert set(ledger()) == {("1", "2018-19-m01")}


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


# -- the portal's own downloads


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_portals_own_file_uploaded_unchanged_has_nothing_to_apply(officer, kind):
    words = ["- a", "+ b", "@ c", "=d", "'e", "'- f", "\u2212 g", "＝ h", "  =i", "''=j", "k 'l'"]
    heading = [*HEADING, "Description", "Fund", "Area"]
    rows = [[f"{n:05}", "Apr-2017", "-1", text, text, text] for n, text in enumerate(words)]
    applied(officer, WITH_SIGNS)
    upload, _ = uploaded(officer, csv_file(rows, heading))
    answer_all(officer, upload, missing="keep")
    apply(officer, upload)
    content = officer.get(f"/testshire/finance/ledger/lines.{kind}").getvalue()
    again, page = uploaded(officer, content, f"a.{kind}")
    assert (again.same, again.changes, again.wrong, again.asked) == (15, 0, 0, 0)
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
