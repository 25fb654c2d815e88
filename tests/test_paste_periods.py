"""Heads and words of a pasted block that say the end of a time are asked about, or left out."""

from itertools import product

import pytest

from bcfportal.lib.pasting.heads import read_head
from projects.models import Council
from tests.pasted import proposing

pytestmark = pytest.mark.django_db
NAME = "Visits within two hours"
ENDS = (
    *("to Q3", "by Q3", "2026/27 to Q3", "to quarter 3", "until Q3", "up to Q3", "through Q3"),
    *("to the end of Q3", "by end Q3", "to Q3 2026/27", "Q1 to Q3", "Q1-Q3", "Q1-3", "Apr to Q3"),
    *("up to and including Q3", "to qtr 3", "by the third quarter", "M1-9", "P1 to P9"),
    *("to 3rd quarter", "months 1 to 9", "to month 9", "to M9", "by December", "H1 and Q3"),
)
OWN = ("Q3", "Q3 2026/27", "in Q3", "quarter to Q3", "Oct-Dec 2026", "quarter 3", "for Q3")


@pytest.fixture
def proposed(westshire):
    return proposing(Council.objects.get(slug="westshire"))


def is_placed(proposal):
    return bool(proposal.changes) and not proposal.questions


def blocks(time):
    """The time in each place where a block may say it."""
    yield [["Measure", time], [NAME, "82"]]
    yield [["Measure", f"Actual {time}"], [NAME, "82"]]
    yield [["Measure", f"{time} result"], [NAME, "82"]]
    yield [["Measure", "Q2", time], [NAME, "80", "82"]]
    yield [["Measure", "Result"], ["", time], [NAME, "82"]]
    yield [["Measure", time], ["", "Result"], [NAME, "82"]]
    yield [["Measure", "", "Result"], [NAME, time, "82"]]
    yield [[NAME, time, "82"]]
    yield [["Measure", "Result"], [f"{NAME} ({time})", "82"]]
    yield [[time], ["Measure", "Value"], [NAME, "82"]]
    yield [[f"Results {time}"], ["Measure", "Value"], [NAME, "82"]]
    yield [["Measure", "Value"], [time, ""], [NAME, "82"]]


def test_the_time_up_to_a_quarter_is_no_quarter_s_figure_without_a_question(proposed):
    wrong = [
        (time, lines)
        for time in ENDS
        for lines in blocks(time)
        if is_placed(proposed("urgent-response", lines))
    ]
    assert not wrong, (len(wrong), wrong)


def test_the_own_quarter_is_placed_wherever_it_is_said(proposed):
    asked = [
        (time, lines)
        for time in OWN
        for lines in blocks(time)
        if not is_placed(proposed("urgent-response", lines))
    ]
    assert not asked, (len(asked), asked)


@pytest.mark.parametrize("time", ["to January", "by January 2027", "to M10", "to 31 January 2027"])
def test_the_time_up_to_a_month_is_no_month_s_figure_without_a_question(proposed, time):
    lines = [["Measure", time], ["Average discharge delay", "12"]]
    assert not is_placed(proposed("vital-signs", lines))


@pytest.mark.parametrize("time", ["month to 31 January 2027", "month ending January 2027", "M10"])
def test_the_month_that_ends_then_is_the_month_s_own(proposed, time):
    lines = [["Measure", time], ["Average discharge delay", "12"]]
    proposal = proposed("vital-signs", lines)
    assert is_placed(proposal), (proposal.questions, proposal.left_out)


@pytest.mark.parametrize("said", ["to {}", "by {}", "until {}", "up to {}", "to end of {}"])
@pytest.mark.parametrize("year", ["2026/27", "2027/28", "2028/29", "FY 2028/29"])
def test_all_years_up_to_one_are_not_that_year_s_money(proposed, said, year):
    time = said.format(year)
    wrong = []
    for head, screen in product(("Budget", "Forecast"), ("capital", "lines")):
        name = "Case management system" if screen == "capital" else "Mental health"
        for lines in (
            [["Area", f"{head} {time}"], [name, "1.2"]],
            [["Area", f"{time} {head.casefold()}"], [name, "1.2"]],
            [["Area", "2026/27 budget", time], [name, "1.2", "1.2"]],
            [["Area", "", "Amount"], [name, f"{head} {time}", "1.2"]],
            [["Area", head], ["", time], [name, "1.2"]],
        ):
            proposal = proposed(screen, lines)
            # In the third block a column beside it is of its own year.
            boxes = {change.box for change in proposal.changes} - {
                "Budget 2026/27" if len(lines[0]) == 3 else ""
            }
            if boxes and not proposal.questions:
                wrong.append((screen, lines, boxes))
    assert not wrong, (len(wrong), wrong[:4])


def test_a_head_says_the_length_of_the_time_that_ends():
    assert read_head("quarter to Q3").when.length == "quarter"
    assert read_head("month ending 31 January 2027").when.length == "month"
    assert read_head("to Q3").when.length == ""
