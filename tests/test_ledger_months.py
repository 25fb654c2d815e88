"""Days without a year, months to come and days that are none are asked about or refused."""

from datetime import date

import pytest

from bcfportal.lib import clock
from tests.ledger_files import HEADING, csv_file, with_formats
from tests.ledger_uploads import (
    UPLOADS,
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    uploaded,
    words_of,
)

pytestmark = pytest.mark.django_db
APRIL = "2017-18-m01"


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


@pytest.fixture
def today():
    with clock.stopped_at(clock.now().replace(year=2026, month=11, day=27)):
        yield


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


def test_a_day_that_may_be_a_month_of_another_year_than_the_chosen_one_is_asked_about(
    officer, today
):
    rows = [["1", "17-Jan", "1"], ["2", "18-Feb", "2"], ["3", "25-Mar", "3"]]
    upload, page = uploaded(officer, csv_file(rows), year="2017")
    assert "1 row shows the month as 17-Jan, without its year." in page
    answer_each(officer, upload, day="typed")
    apply(officer, upload)
    assert set(ledger()) == {("1", "2016-17-m10"), ("2", "2017-18-m11"), ("3", "2017-18-m12")}


def test_a_row_of_another_year_than_the_chosen_one_is_pointed_out(officer):
    content = csv_file([["1", "P10", "1", "2016/17"]], heading=[*HEADING, "Year"])
    _, page = uploaded(officer, content, year="2017")
    assert "“2016/17” is not in 2017/18, the year given for it." in page


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
    assert "is after 2027/28, so there can be no actuals for it yet. Correct the year." in page


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


@pytest.mark.parametrize(
    "day",
    ["28/02/2017", "29/02/2016", "30/04/2017", "30-Apr-2017", "2017/04/01", "20170401"],
)
def test_a_day_that_exists_is_its_month(officer, day):
    assert uploaded(officer, csv_file([["1", day, "1"]]))[0].new == 1


def test_a_month_that_stands_before_its_day_is_said_to(officer):
    _, page = uploaded(officer, csv_file([["1", "04/30/2017", "1"]]))
    assert "“04/30/2017” has the month first. Write the day first, 30/04/2017." in page


@pytest.mark.parametrize(
    ("heading", "row", "sentence"),
    [
        (HEADING, ["1", "201704", "1"], "“201704” is July 2016: month 4"),
        (HEADING, ["1", "2017P01", "1"], "“2017P01” is April 2016: month 1"),
        ([*HEADING, "Year"], ["1", "1", "1", "2017"], "“2017” is 2016/17, which ends in"),
        ([*HEADING, "Year"], ["1", "1", "1", "FY18"], "“FY18” is 2018/19, which begins in"),
    ],
)
def test_what_can_mean_two_months_or_years_is_asked(officer, heading, row, sentence):
    upload, page = uploaded(officer, csv_file([row], heading))
    assert (upload.wrong, upload.asked) == (0, 1)
    assert sentence in page


@pytest.mark.parametrize(
    "year",
    [
        *("2018/19", "2018/2019", "2018–19", "18/19", "FY 2018-19", "18-19"),
        *("201819", "20182019", "1819", "FY1819"),
    ],
)
def test_a_financial_year_is_read_in_all_its_spellings(officer, year):
    applied(officer, csv_file([["1", "P1", "1", year]], [*HEADING, "Year"]))
    assert set(ledger()) == {("1", "2018-19-m01")}
