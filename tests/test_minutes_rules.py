"""When two sentences of minutes state one figure otherwise, and when votes cannot be right."""

import pytest

from meetings.rules import stated_sums, votes_beyond

# (a decision, what the same minutes say): of one thing, and not the same.
OTHERWISE = [
    ("To note a forecast overspend of £4.2m.", "The overspend was £4.6m."),
    ("To note the overspend of £4.2m for 2026-27.", "An overspend of £4.9m for 2026/27 was told."),
    ("To agree savings of £350,000.", "Savings of £530,000 were put forward."),
    ("To note the deficit of £20m.", "There was a £25m deficit."),
    ("To agree a grant of £12,500 to the forum.", "The forum asked for a grant of £15,200."),
    ("To note debts of £5.920m.", "Debts stood at £5.290m at the end of the month."),
    ("The underspend of £0.3 million was noted.", "An underspend of £0.8 million was expected."),
    ("To approve a contribution of £1,204,000.", "The contribution should read £1,240,000."),
    ("To note the capital programme of £24.36m.", "The programme is £26.34m, all of it capital."),
    ("To agree a contract of £1.2bn.", "The contract of £1.2m was discussed."),
]
# The same, but for what is no disagreement.
ALIKE = [
    ("To note a forecast overspend of £9.629m.", "The overspend was £9.6m."),
    ("To note the overspend of £4.2m for 2026-27.", "The overspend of £4.9m of 2025-26 was told."),
    ("To note the overspend of £4.2m.", "The underspend of £4.9m was discussed."),
    ("To agree savings of £350,000.", "Savings of about £300,000 were put forward."),
    ("To note the capital overspend of £2m.", "The revenue overspend of £3m was noted."),
    ("To note debts of £5.920m.", "Over £3m of debts are old."),
    ("To agree a grant of £12,500.", "A total of £40,000 was asked for."),
    ("To note gross spending of £369.4m.", "Net spending of £261.5m was shown."),
    ("To agree a grant of £1,250,000.", "The grant of £1.25m was explained."),
    ("To note that nearly £80m of spend is in scope.", "A spend of £79m was in the table."),
]


def disagree(decided, said):
    return any(
        decision.disagrees(other)
        for decision in stated_sums(decided)
        for other in stated_sums(said)
    )


@pytest.mark.parametrize(("decided", "said"), OTHERWISE)
def test_a_sum_that_is_stated_otherwise_is_found(decided, said):
    assert disagree(decided, said)


@pytest.mark.parametrize(("decided", "said"), ALIKE)
def test_a_sum_that_is_rounded_vague_or_of_something_else_is_not(decided, said):
    assert not disagree(decided, said)


def test_a_sum_is_given_as_it_is_printed():
    (stated,) = stated_sums("The forecast outturn should read £1.426m.")
    assert (stated.printed, stated.noun, stated.pounds) == ("£1.426m", "outturn", 1_426_000)


@pytest.mark.parametrize(
    ("voted", "did_not_vote", "there", "left", "said"),
    [
        (15, None, 17, 2, ""),
        (15, None, 17, 0, ""),
        (17, None, 17, 2, ""),
        (18, None, 17, 0, "1 more than were there"),
        (15, 3, 17, 0, "1 more than were there"),
        (15, 2, 17, 0, ""),
        (15, 0, 17, 2, ""),
        (15, 1, 17, 0, "1 fewer than were there"),
        (14, 0, 17, 2, "1 fewer than were there"),
    ],
)
def test_votes_are_held_against_those_present_allowing_for_who_did_not_vote(
    voted, did_not_vote, there, left, said
):
    assert votes_beyond(voted, did_not_vote, there, left) == said
