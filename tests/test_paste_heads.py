"""Heads of pasted money that say a part of the year, and heads of one letter: asked about."""

import pytest

from bcfportal.lib.pasting.heads import read_head
from projects.models import Council
from tests.pasted import proposing

pytestmark = pytest.mark.django_db
TIMES = (
    *("to end of January", "to January", "to Jan", "to 31 January 2027", "to 31/01/2027"),
    *("to the end of January 2027", "up to January", "until January", "to end Jan-27"),
    *("to month 10", "to M10", "to P10", "to period 10", "as at month 10", "at 31 January 2027"),
    *("January", "January 2027", "(January)", "Jan-27", "in January", "for January", "month 10"),
    *("by January", "ending January", "to Q3", "to September", "to month 9", "to 31 January"),
    *("April to January", "Apr-Jan", "April 2026 to January 2027", "10 months", "in month"),
    *("to 31 March 2026", "to March 2026", "April 2025 to March 2026", "2026/27 to January"),
)
WHOLE_YEAR = (
    *("", "2026/27", "to 31 March 2027", "to 31/03/2027", "to the end of March 2027", "to March"),
    *("at 31 March 2027", "to 31 March", "to month 12", "April 2026 to March 2027", "Apr-Mar"),
    *("full year", "for the year to 31 March 2027", "for the year ending 31 March 2027"),
    *("(£m)", "2026/27 £m", "2026/27 to March 2027"),
)
MONEY = {
    "lines": ("Mental health", ("Budget", "Forecast", "Outturn", "Revised budget"), "17.2"),
    "reserves": ("Winter pressures", ("Use or addition", "Use", "Movement", "Planned use"), "-0.5"),
    "capital": ("Case management system", ("Forecast", "Budget"), "1.2"),
}


@pytest.fixture
def proposed(westshire):
    return proposing(Council.objects.get(slug="westshire"))


def is_placed(proposal):
    return bool(proposal.changes) and not proposal.questions


@pytest.mark.parametrize("screen", MONEY)
def test_a_head_of_a_month_or_of_the_year_so_far_is_no_year_s_figure(proposed, screen):
    name, heads, amount = MONEY[screen]
    wrong = []
    for head in heads:
        for time in TIMES:
            for both in (f"{head} {time}", f"{time} {head.casefold()}"):
                for lines in (
                    [["Area", both], [name, amount]],
                    [["Month 10 of 2026/27"], ["Area", both], [name, amount]],
                    [["Area", "", "Amount"], [name, both, amount]],
                    [["Area", time], ["", head], [name, amount]],
                ):
                    if is_placed(proposed(screen, lines)):
                        wrong.append((both, len(lines)))
    assert not wrong, (len(wrong), wrong)


@pytest.mark.parametrize("screen", MONEY)
def test_a_head_of_the_year_or_of_its_end_is_the_year_s(proposed, screen):
    name, heads, amount = MONEY[screen]
    asked = []
    for head in heads[:2]:
        for time in WHOLE_YEAR:
            if (screen, head) == ("capital", "Budget") and not any(map(str.isdigit, time)):
                # There is a budget of each of several years.
                continue
            proposal = proposed(screen, [["Area", f"{head} {time}".strip()], [name, amount]])
            if not is_placed(proposal):
                asked.append((head, time, proposal.questions, proposal.left_out))
    assert not asked, (len(asked), asked)


@pytest.mark.parametrize(
    "head",
    [
        *(
            "Budget %",
            "% of budget",
            "Budget (%)",
            "Budget (no.)",
            "Forecast %",
            "Expenditure budget",
        ),
        *(
            "Budget expenditure",
            "Forecast expenditure",
            "Capital budget",
            "Total expenditure budget",
        ),
        *("Income budget", "Gross budget", "Budget per cent", "Percentage of budget"),
    ],
)
def test_a_head_that_is_another_amount_is_no_line_s(proposed, head):
    proposal = proposed("lines", [["Area", head], ["Mental health", "17.2"]])
    assert not is_placed(proposal), proposal.changes


@pytest.mark.parametrize(
    "head", ["Net expenditure budget", "Net budget", "Budget for net expenditure"]
)
def test_a_head_of_the_net_amount_is_the_line_s(proposed, head):
    proposal = proposed("lines", [["Area", head], ["Mental health", "17.2"]])
    assert is_placed(proposal), proposal.questions


LETTERS = (
    *("J F M", "F M", "M F", "A B", "A B C", "a) b)", "(a) (b)", "R A G", "N D V", "N D", "n d"),
    *("A", "M", "N", "T A", "A T", "K M", "S N E W", "A. B.", "Y N", "[A] [B]", "A: B:", "M T W"),
    *("M* F*", "A: M:", "A% B%"),
)


@pytest.mark.parametrize("letters", LETTERS)
def test_heads_of_one_letter_are_never_results_without_a_question(proposed, letters):
    wrong = []
    for screen, names in {
        "vital-signs": ("Average discharge delay", "Back in hospital within 30 days"),
        "urgent-response": ("Visits within two hours", "Who stayed at home"),
        "assistive-technology": (),
        "lines": ("Mental health", "Physical disabilities"),
    }.items():
        heads = letters.split()
        if not names:
            continue
        for first in ([], [["", *(["Actual"] * len(heads))]], [["", *(["Q3"] * len(heads))]]):
            lines = [["Measure", *heads], *([name, *(["12"] * len(heads))] for name in names)]
            proposal = proposed(screen, [*first, *lines])
            if is_placed(proposal):
                wrong.append((screen, first, [change.then for change in proposal.changes]))
    assert not wrong, wrong


def test_a_letter_beside_a_known_head_is_left_out_and_said(proposed):
    lines = [["Measure", "Result", "M"], ["Visits within two hours", "82", "40"]]
    proposal = proposed("urgent-response", lines)
    assert [change.then for change in proposal.changes] == ["82"]
    assert proposal.columns[1].meaning.why == "One letter does not say what it is."


def test_n_beside_per_cent_is_how_many_there_are(proposed):
    lines = [["Measure", "n", "%"], ["Visits within two hours", "70", "82"]]
    proposal = proposed("urgent-response", lines)
    assert [change.then for change in proposal.changes] == ["82"]


def test_pounds_beside_thousands_and_millions_are_asked_about(proposed):
    for first, second in (("18962k", "17041000"), ("18.962m", "£17,041,000"), ("18962k", "19.217")):
        lines = [
            ["Area", "Budget", "Forecast"],
            ["Physical disabilities", first, "19.217"],
            ["Mental health", second, "17980000"],
        ]
        proposal = proposed("lines", lines)
        assert [question.field for question in proposal.questions] == ["unit"]


@pytest.mark.parametrize(
    ("text", "until", "year"),
    [("Apr-Dec 2026", 12, 2026), ("April 2025 to January 2026", 1, 2026), ("Apr to Jan", 1, None)],
)
def test_a_range_keeps_its_year(text, until, year):
    when = read_head(text).when
    assert (when.until, when.calendar_year) == (until, year)


def test_the_year_so_far_of_another_year_is_no_result(proposed):
    lines = [["Measure", "Apr-Dec 2025"], ["Visits within two hours", "82"]]
    assert not is_placed(proposed("urgent-response", lines))


@pytest.mark.parametrize("head", ["Budget £000", "Budget (£m)", "Budget £", "Budget"])
@pytest.mark.parametrize("share", ["17041%", "18.9%", "18.9 %", "95pc", "12 per cent", "(3%)"])
def test_a_per_cent_is_no_amount_whatever_unit_its_head_says(proposed, head, share):
    lines = [["Area", head], ["Mental health", share]]
    for answers in ({}, {"unit": "£000"}, {"unit": "£"}):
        proposal = proposed("lines", lines, answers)
        assert proposal.changes == []
        assert any("per cent" in said or share in said for said in proposal.left_out)


def test_amounts_beside_a_per_cent_are_placed(proposed):
    lines = [["Area", "Budget £000", "Forecast £000"], ["Mental health", "17041", "105%"]]
    proposal = proposed("lines", lines)
    assert [change.then for change in proposal.changes] == ["17.041"]
