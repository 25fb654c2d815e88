"""Rows that are totals are compared with what they add up, said, and never become lines."""

from decimal import Decimal

import pytest

from finance.ledger.totals import Groups
from tests.ledger_files import HEADING, csv_file, xlsx_file
from tests.ledger_uploads import answer_all, applied, ledger, uploaded
from tests.steps import is_linear

pytestmark = pytest.mark.django_db
WORDS = [*HEADING, "Description"]
ROWS = [["1", "Apr-2017", "10", "Rent"], ["2", "Apr-2017", "20.50", "Heat"]]


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


TOTALS = [
    *(["Total", "", "30.50", ""], ["", "", "30.50", "Grand total"], ["TOTALS:", "", "£30.50", ""]),
    *(["", "Total", "30.50", ""], ["Total", "Apr-2017", "30.50", ""], ["", "", "30.50", ""]),
    *(["Sub-total", "", "30.50", ""], ["Total Adults", "", "30.50", ""], ["", "", "30.5", "Total"]),
]


@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_left_out_and_said_to_be_what_its_rows_come_to(officer, total):
    upload, page = uploaded(officer, csv_file([*ROWS, total], WORDS))
    assert (upload.new, upload.totals, upload.wrong) == (2, 1, 0)
    assert "Row 4 is a total and was left out: £30.50, as the rows above it." in page
    applied(officer, csv_file([*ROWS, total], WORDS))
    assert sum(ledger().values()) == 30.5


def test_a_total_that_differs_from_its_rows_is_said_first(officer):
    _, page = uploaded(officer, csv_file([*ROWS, ["Total", "", "40", ""]], WORDS))
    assert (
        "Row 4 is a total of £40.00, but the rows above it come to £30.50. It was left out. "
        "Check whether a row is missing or was changed." in page
    )


def test_subtotals_and_a_grand_total_are_each_compared(officer):
    rows = [
        *(["1", "Apr-2017", "10", ""], ["2", "Apr-2017", "5", ""], ["Total A", "", "15", ""]),
        *(["3", "Apr-2017", "7", ""], ["Total B", "", "7", ""], ["Grand total", "", "22", ""]),
    ]
    upload, page = uploaded(officer, csv_file(rows, WORDS))
    assert (upload.new, upload.totals) == (3, 3)
    assert (
        "Row 4, row 6 and row 7 are totals and were left out: each is what its rows come to."
        in page
    )
    rows[4][2] = "8"
    _, page = uploaded(officer, csv_file(rows, WORDS))
    assert "Row 6 is a total of £8.00, but the rows above it come to £7.00." in page


def test_totals_of_a_month_or_a_code_are_compared_with_theirs(officer):
    rows = [
        *(["1", "Apr-2017", "10", ""], ["2", "Apr-2017", "5", ""], ["Total", "Apr-2017", "15", ""]),
        *(["1", "May-2017", "1", ""], ["2", "May-2017", "2", ""], ["1", "Total", "11", ""]),
    ]
    upload, page = uploaded(officer, csv_file(rows, WORDS))
    assert (upload.new, upload.totals) == (4, 2)
    assert "each is what its rows come to" in page


def test_a_total_that_is_a_formula_is_left_out_and_does_not_refuse_the_file(officer):
    rows = [["1", "Apr-2017", 10], ["2", "Apr-2017", 20.5], ["Total", None, "=SUM(C2:C3)"]]
    upload, page = uploaded(officer, xlsx_file(rows), "a.xlsx")
    assert (upload.new, upload.totals, upload.wrong) == (2, 1, 0)
    assert "Sheet Actuals, row 4 is a total and was left out, and not checked." in page


def test_each_sheet_has_totals_of_its_own(officer):
    more = [("May", [HEADING, ["1", "May-2017", 3], ["Total", None, 3]])]
    upload, page = uploaded(
        officer, xlsx_file([["1", "Apr-2017", 2], ["Total", None, 2]], more=more), "a.xlsx"
    )
    assert (upload.new, upload.totals) == (2, 2)
    assert "each is what its rows come to" in page


def test_a_row_that_only_speaks_of_a_total_is_a_line_if_somebody_says_so(officer):
    rows = [
        *(["1", "Apr-2017", "10", "Total care package"], ["TOTAL1", "Apr-2017", "5", "Totals"]),
        ["2", "May-2017", "15", "total"],
    ]
    upload, _ = uploaded(officer, csv_file(rows, WORDS))
    assert (upload.asked, upload.totals) == (3, 0)
    answer_all(officer, upload, rows="take")
    assert (upload.new, upload.totals) == (3, 0)


@pytest.mark.parametrize("words", ["Total", "Grand total", "Net expenditure"])
def test_a_line_of_the_ledger_whose_words_are_of_a_total_is_asked_about(officer, words):
    applied(officer, csv_file([["99999", "Mar-2017", "1"]]))
    line = ["99999", "Apr-2017", "30.50", words]
    for amount in ("30.50", "31"):
        line[2] = amount
        upload, page = uploaded(officer, csv_file([*ROWS, line], WORDS))
        assert upload.asked == 1
        assert f"“{words}”" in page


@pytest.mark.parametrize(
    "row", [["", "", "31", ""], ["", "Apr-2017", "30.50", ""], ["3", "", "1", ""]]
)
def test_a_row_without_a_code_that_is_no_total_is_an_error(officer, row):
    upload, page = uploaded(officer, csv_file([*ROWS, row], WORDS))
    assert (upload.wrong, upload.totals) == (1, 0)
    assert "Row 4, column" in page


def test_hundreds_of_totals_are_counted(officer):
    rows = []
    for number in range(100):
        rows += [[f"{number:04}", "Apr-2017", "1", ""], ["Total", "", "1", ""]]
    _, page = uploaded(officer, csv_file(rows, WORDS))
    assert "100 rows, the first at row 3, are totals and were left out" in page


PARTS = [["41011", "Apr-2017", "100", ""], ["41012", "Apr-2017", "200", ""]]
GROUP = ["4101", "Apr-2017", "300", "Older residential"]


@pytest.mark.parametrize(
    ("rows", "place"), [([*PARTS, GROUP], "Row 4"), ([GROUP, *PARTS], "Row 2")]
)
def test_a_subtotal_with_the_code_of_its_group_is_pointed_out(officer, rows, place):
    _, page = uploaded(officer, csv_file(rows, WORDS))
    where = "above" if place == "Row 4" else "below"
    assert f"{place} has the code 4101 and is what the 2 rows {where} it come to" in page
    assert "otherwise it counts twice." in page


@pytest.mark.parametrize(
    "group",
    [
        ["4101", "Apr-2017", "299", ""],
        ["4101", "May-2017", "300", ""],
        ["4201", "Apr-2017", "300", ""],
    ],
)
def test_a_line_that_is_not_the_sum_of_its_group_is_not(officer, group):
    _, page = uploaded(officer, csv_file([*PARTS, group], WORDS))
    assert "counts twice" not in page


def test_groups_of_codes_cost_what_the_file_holds():
    def taken(count):
        groups = Groups()
        for number in range(count):
            groups.add("Row 1", "4" * (number % 20 + 1), f"{number}", Decimal(1))

    assert is_linear(taken, 2_000)
