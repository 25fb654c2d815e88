"""Two columns or lines that can both be a measure's result are a question, never the first."""

import pytest

from projects.models import Council
from tests.pasted import proposing

pytestmark = pytest.mark.django_db
NAME = "Visits within two hours"
PAIRS = (
    *(("Yes", "No"), ("No", "Yes"), ("Yes Q3", "No Q3"), ("Attended", "No"), ("Agreed", "No")),
    *(("Q3", "Q3 revised"), ("Q3", "Q3 final"), ("Reported", "Revised"), ("Actual", "Restated")),
    *(("Actual", "Corrected"), ("Q3", "Adjusted"), ("Value", "New"), ("Q3", "Resubmitted")),
    *(("Q3", "Q3 (validated)"), ("Result", "Signed off"), ("Actual", "Audited"), ("Q3", "Wk 13")),
    *(("Q3", "Q3 v2"), ("Result", "Cleaned"), ("Q3", "Unvalidated Q3"), ("Value", "Late data")),
)


@pytest.fixture
def proposed(westshire):
    return proposing(Council.objects.get(slug="westshire"))


def is_placed(proposal):
    return bool(proposal.changes) and not proposal.questions


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_two_heads_that_can_both_be_the_result_are_asked_about(proposed, first, second):
    for lines in (
        [["Measure", first, second], [NAME, "82", "84"]],
        [["Measure", second, first], [NAME, "82", "84"]],
        [["Measure", "", "Result"], [NAME, first, "82"], [NAME, second, "84"]],
        [["Measure", "", ""], [NAME, second, "82"], [NAME, first, "84"]],
        [["Measure", "Result"], [f"{NAME} ({first})", "82"], [f"{NAME} ({second})", "84"]],
        [["Measure", "Result"], [NAME, "82"], [f"{NAME} ({second})", "84"]],
    ):
        proposal = proposed("urgent-response", lines)
        assert not is_placed(proposal), (lines, [change.then for change in proposal.changes])


def test_three_answers_over_the_same_question_are_asked_about(proposed):
    lines = [["Measure", "Yes", "No", "Don't know"], [NAME, "82", "10", "8"]]
    proposal = proposed("urgent-response", lines)
    assert [question.field for question in proposal.questions] == [
        *("column-2", "column-3", "column-4")
    ]


def test_no_behind_a_name_is_asked_about(proposed):
    assert not is_placed(proposed("urgent-response", [[f"{NAME} (No)", "60"]]))


@pytest.mark.parametrize("head", ["No.", "Nos", "Number", "No"])
def test_a_number_beside_a_share_is_no_answer(proposed, head):
    lines = [["Measure", head, "%"], [NAME, "70", "82"]]
    assert [change.then for change in proposed("urgent-response", lines).changes] == ["82"]


@pytest.mark.parametrize(
    ("first", "second"), [("Budget", "Budget restated"), ("Forecast", "Forecast corrected")]
)
def test_a_head_of_money_with_a_word_more_is_asked_about(proposed, first, second):
    for heads in ([first, second], [second, first]):
        proposal = proposed("lines", [["Area", *heads], ["Mental health", "17.2", "17.4"]])
        assert not is_placed(proposal), [change.then for change in proposal.changes]


@pytest.mark.parametrize("head", ["Cohort B", "Population", "Staff"])
def test_what_else_is_counted_beside_a_result_is_left_out(proposed, head):
    lines = [["Measure", head, "Q3"], [NAME, "70", "82"]]
    proposal = proposed("urgent-response", lines)
    assert is_placed(proposal)
    assert [change.then for change in proposal.changes] == ["82"]
