"""Ledgers whose code has two columns, whose month stands in the title, whose year is one number."""

from datetime import date

import pytest

from tests.ledger_files import HEADING, csv_file, xlsx_file
from tests.ledger_uploads import (
    answer_all,
    answer_each,
    applied,
    apply,
    descriptions,
    keep_the_others,
    ledger,
    refused,
    uploaded,
)

pytestmark = pytest.mark.django_db
APRIL, MAY = "2017-18-m01", "2017-18-m02"
TWO_PARTS = (
    "Cost Centre,Account Code,Period,Amount\r\nCC1,91001,Apr-2017,10.00\r\n"
    "CC2,91001,Apr-2017,20.00\r\n"
)
WITHOUT_MONTH = (
    "Detail Trial Balance\r\nApr-2017\r\n\r\nCode,Amount\r\n91001,10.00\r\n91002,20.00\r\n"
)
ONE_MONTH = ["Code", "Amount"]
ONE_YEAR = (
    "Code,Period,Year,Amount\r\n91001,1,2017,10.00\r\n91002,1,201718,10.00\r\n"
    "91003,1,FY18,10.00\r\n"
)
RUN_TOGETHER = (
    "Code,Period,Amount\r\n91001,201704,10.00\r\n91002,2017/04/01,10.00\r\n"
    "91003,20170401,10.00\r\n91004,2017P01,10.00\r\n"
)


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- codes in two columns


def test_two_code_columns_make_one_code_when_somebody_says_so(officer):
    upload, page = uploaded(officer, TWO_PARTS)
    assert "Which columns make the code?" in page
    assert "2 rows have more than one code: Cost Centre and Account Code." in page
    assert "Cost Centre and Account Code together: CC1-91001 and CC2-91001" in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, columns="-|0,1")
    apply(officer, upload)
    assert ledger() == {("CC1-91001", APRIL): 10, ("CC2-91001", APRIL): 20}


def test_one_of_two_code_columns_can_be_the_code_alone(officer):
    upload, page = uploaded(officer, TWO_PARTS)
    assert "Account Code alone: 91001 and 91001" in page
    page = answer_each(officer, upload, columns="|1")
    assert "Not read: Cost Centre" not in page
    apply(officer, upload)
    assert ledger() == {("91001", APRIL): 30}


@pytest.mark.parametrize("known", ["CC1-91001", "CC1/91001", "CC191001", "91001.CC1"])
def test_code_columns_are_joined_as_the_codes_of_the_ledger_are(officer, known):
    applied(officer, csv_file([[known, "Apr-2017", "1"]]))
    upload, page = uploaded(officer, TWO_PARTS.replace("Apr", "May"))
    assert "Which columns make the code?" not in page
    assert "The code is made of" in page
    assert f"together: {known} and " in page
    apply(officer, upload)
    assert ledger()[known, MAY] == 10
    assert len(ledger()) == 3


def test_where_the_ledger_has_a_joined_code_and_a_single_one_it_is_asked(officer):
    applied(officer, csv_file([["CC1-91001", "Apr-2017", "1"], ["91001", "Apr-2017", "1"]]))
    upload, page = uploaded(officer, TWO_PARTS.replace("Apr", "May"))
    assert upload.asked == 2
    assert "CC1-91001 and CC2-91001, as the ledger has it" in page
    assert "91001 and 91001, as the ledger has it" in page


def test_a_row_without_one_of_its_two_codes_is_in_error(officer):
    upload, _ = uploaded(officer, TWO_PARTS + ",91002,Apr-2017,5.00\r\n")
    page = answer_each(officer, upload, columns="-|0,1")
    assert upload.wrong == 1
    assert "there is no Cost Centre. Enter it, or leave the row out." in page


def test_a_total_below_two_code_columns_is_left_out(officer):
    upload, _ = uploaded(officer, TWO_PARTS + ",Total,,30.00\r\n")
    answer_each(officer, upload, columns="-|0,1")
    assert upload.totals == 1
    apply(officer, upload)
    assert sum(ledger().values()) == 30


def test_two_descriptions_of_one_row_stand_one_after_the_other(officer):
    heading = ["Code", "Cost Centre Description", "Account Description", "Period", "Amount"]
    applied(officer, csv_file([["1", "Home care", "Agency staff", "Apr-2017", "1"]], heading))
    assert descriptions() == {"1": "Home care, Agency staff"}


def test_four_code_columns_are_too_many_to_be_asked_about(officer):
    heading = ["Cost Centre", "Account Code", "Budget Code", "Nominal", "Period", "Amount"]
    sentence = refused(officer, csv_file([["1", "2", "3", "4", "Apr-2017", "1"]], heading))
    assert "could mean the same" in sentence


# -- amounts in two columns

TWO_AMOUNTS = (
    "Code,Period,Actual,Amount\r\n91001,Apr-2017,10.00,1.00\r\n91002,Apr-2017,20.00,20.00\r\n"
)


def test_two_columns_of_amounts_are_asked_about_and_the_one_that_is_meant_is_read(officer):
    upload, page = uploaded(officer, TWO_AMOUNTS)
    assert "Which column has the amounts?" in page
    assert "1 row has more than one amount: Actual and Amount." in page
    assert "Actual: 10.00" in page
    assert "Amount: 1.00" in page
    assert "Not read: Actual" not in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, amount="2")
    apply(officer, upload)
    assert ledger() == {("91001", APRIL): 10, ("91002", APRIL): 20}


def test_the_other_column_of_amounts_can_be_meant(officer):
    upload, _ = uploaded(officer, TWO_AMOUNTS + "91003,Apr-2017,,5.00\r\n")
    answer_each(officer, upload, amount="3")
    apply(officer, upload)
    assert ledger() == {("91001", APRIL): 1, ("91002", APRIL): 20, ("91003", APRIL): 5}


def test_what_else_a_file_asks_is_asked_with_its_columns_of_amounts(officer):
    _, page = uploaded(officer, TWO_AMOUNTS.replace("Apr-2017,10", "17-Apr,10"))
    assert "Which column has the amounts?" in page
    assert "Which year are these months in?" in page


def test_a_total_and_a_wrong_amount_are_those_of_the_column_that_is_meant(officer):
    lines = TWO_AMOUNTS + "91003,Apr-2017,much,5.00\r\nTotal,,35.00,26.00\r\n"
    upload, page = uploaded(officer, lines)
    assert "much” is not an amount" not in page
    answer_each(officer, upload, amount="3")
    upload.refresh_from_db()
    assert (upload.wrong, upload.totals) == (0, 1)
    page = answer_each(officer, upload, amount="2")
    assert "“much” is not an amount" in page


def test_columns_that_have_the_same_amounts_ask_nothing(officer):
    same = TWO_AMOUNTS.replace("10.00,1.00", "10.00,10.00")
    upload, page = uploaded(officer, same)
    assert "Which column has the amounts?" not in page
    apply(officer, upload)
    assert ledger() == {("91001", APRIL): 10, ("91002", APRIL): 20}


# -- the month in the title


def test_the_month_in_the_title_is_that_of_all_rows_when_somebody_says_so(officer):
    upload, page = uploaded(officer, WITHOUT_MONTH)
    assert "Which month are these rows of?" in page
    assert "Row 2, “Apr-2017”, says April 2017. Choose the month of its 2 rows." in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, month=APRIL)
    apply(officer, upload)
    assert ledger() == {("91001", APRIL): 10, ("91002", APRIL): 20}


def test_another_month_than_the_title_says_can_be_chosen(officer):
    upload, _ = uploaded(officer, WITHOUT_MONTH)
    answer_each(officer, upload, month=MAY)
    apply(officer, upload)
    assert set(ledger()) == {("91001", MAY), ("91002", MAY)}


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("BCF actuals for the month ended 30 April 2017", "April 2017"),
        ("Period 1 2017/18", "April 2017"),
        ("Trial balance at 30/04/2017", "April 2017"),
        ("Posted in May 2017", "May 2017"),
        ("2017-18 P02", "May 2017"),
    ],
)
def test_a_title_says_its_month_in_all_spellings(officer, title, says):
    _, page = uploaded(officer, f"{title}\r\nCode,Amount\r\n1,2\r\n")
    assert f"says {says}." in page


def test_a_title_with_two_months_says_both(officer):
    _, page = uploaded(officer, "Apr-2017, run on 03/05/2017\r\nCode,Amount\r\n1,2\r\n")
    assert "says April 2017 and row 1, “run on 03/05/2017”, says May 2017." in page


def test_the_name_of_the_file_says_the_month(officer):
    _, page = uploaded(officer, "Code,Amount\r\n1,2\r\n", "ledger_May-2017.csv")
    assert "The name of the file says May 2017." in page


def test_a_file_that_says_no_month_is_asked_about(officer):
    upload, page = uploaded(officer, "Code,Amount\r\n1,2\r\n")
    assert "Nothing above its heading says it." in page
    answer_each(officer, upload, month=MAY)
    apply(officer, upload)
    assert ledger() == {("1", MAY): 2}


def test_a_workbook_with_a_sheet_for_each_month_is_answered_at_once(officer):
    content = xlsx_file(
        [["1", 10]],
        ["Code", "Amount"],
        "Apr 2017",
        more=[("May 2017", [["Code", "Amount"], ["1", 20]])],
    )
    upload, page = uploaded(officer, content, "a.xlsx")
    assert (
        "Sheet Apr 2017 has no column for the month. The name of the sheet says April 2017." in page
    )
    assert upload.unanswered == 2
    answer_all(officer, upload, month="as named")
    apply(officer, upload)
    assert ledger() == {("1", APRIL): 10, ("1", MAY): 20}


def test_the_name_of_a_sheet_is_no_total(officer):
    upload, _ = uploaded(officer, xlsx_file([["1", 10]], ONE_MONTH, "Totals"), "a.xlsx")
    assert (upload.asked, upload.totals) == (1, 0)


def test_a_day_above_the_heading_of_a_sheet_says_its_month(officer):
    def titled(_, page):
        page.insert_rows(1)
        page["A1"] = date(2017, 4, 30)

    content = xlsx_file([["1", 10]], ONE_MONTH, change=titled)
    _, page = uploaded(officer, content, "a.xlsx")
    assert "Row 1, “30/04/2017”, says April 2017." in page


def test_a_sheet_without_months_beside_one_with_them_is_not_read(officer):
    content = xlsx_file(
        [["1", "Apr-2017", 10]], more=[("Summary", [["Code", "Amount"], ["1", 10]])]
    )
    _, page = uploaded(officer, content, "a.xlsx")
    assert "Sheet Summary was not read" in page
    assert "Which month" not in page


def test_a_total_of_a_file_of_one_month_is_left_out(officer):
    upload, _ = uploaded(officer, WITHOUT_MONTH + "Total,30.00\r\n,30.00\r\n")
    answer_each(officer, upload, month=APRIL)
    assert upload.totals == 2
    apply(officer, upload)
    assert sum(ledger().values()) == 30


def test_a_month_that_is_answered_and_not_of_the_rows_year_is_in_error(officer):
    upload, _ = uploaded(officer, "Code,Year,Amount\r\n1,2016/17,2\r\n")
    page = answer_each(officer, upload, month=APRIL)
    assert upload.wrong == 1
    assert "April 2017, which is not in the year that this row has" in page


# -- one number for a year


def test_a_year_of_one_number_is_asked_once_for_the_file(officer):
    upload, page = uploaded(officer, ONE_YEAR)
    assert (upload.wrong, upload.asked, upload.new) == (0, 2, 1)
    assert "Which year or month is meant?" in page
    assert "“2017” is 2017/18, which begins in 2017" in page
    assert "“2017” is 2016/17, which ends in 2017" in page
    assert "“FY18” is 2017/18, which ends in 2018" in page
    year, fiscal = upload.questions.filter(kind="written")
    officer.post(
        f"/testshire/finance/ledger/uploads/{upload.pk}/answer/",
        {f"q-{year.pk}": "begins", f"q-{fiscal.pk}": "ends"},
    )
    upload.refresh_from_db()
    apply(officer, upload)
    assert ledger() == {(code, APRIL): 10 for code in ("91001", "91002", "91003")}


def test_the_year_that_was_chosen_says_what_one_number_is(officer):
    upload, _ = uploaded(officer, ONE_YEAR, year="2017")
    assert upload.asked == 0
    apply(officer, upload)
    assert ledger() == {(code, APRIL): 10 for code in ("91001", "91002", "91003")}


def test_a_month_by_name_beside_a_year_may_be_of_the_calendar(officer):
    rows = [["1", "January", "1", "2017"], ["1", "Apr", "2", "2017"]]
    upload, page = uploaded(officer, csv_file(rows, [*HEADING, "Year"]))
    assert "“2017” is the calendar year 2017" in page
    answer_each(officer, upload, written="calendar")
    apply(officer, upload)
    assert ledger() == {("1", "2016-17-m10"): 1, ("1", APRIL): 2}


def test_a_month_that_says_its_year_needs_no_other(officer):
    upload, _ = uploaded(officer, csv_file([["1", "Apr-2017", "1", "2017"]], [*HEADING, "Year"]))
    assert (upload.new, upload.asked) == (1, 0)
    upload, page = uploaded(officer, csv_file([["1", "Apr-2016", "1", "2018"]], [*HEADING, "Year"]))
    assert "April 2016 is not in 2018." in page


def test_months_run_together_with_their_year_are_asked_once_for_the_file(officer):
    upload, page = uploaded(officer, RUN_TOGETHER)
    assert (upload.wrong, upload.asked, upload.new) == (0, 2, 2)
    assert "“201704” is April 2017: month 4 of the calendar" in page
    assert "“201704” is July 2017: month 4 of the financial year that begins in 2017" in page
    together, within = upload.questions.filter(kind="written")
    officer.post(
        f"/testshire/finance/ledger/uploads/{upload.pk}/answer/",
        {f"q-{together.pk}": "calendar", f"q-{within.pk}": "begins"},
    )
    upload.refresh_from_db()
    keep_the_others(officer, upload)
    apply(officer, upload)
    assert set(ledger()) == {(f"9100{number}", APRIL) for number in (1, 2, 3, 4)}


def test_a_month_run_together_is_read_where_the_year_leaves_one(officer):
    rows = [["1", "201704", "1", "2016/17"]]
    upload, _ = uploaded(officer, csv_file(rows, [*HEADING, "Year"]))
    apply(officer, upload)
    assert set(ledger()) == {("1", "2016-17-m04")}
