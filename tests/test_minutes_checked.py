"""Minutes whose votes or figures disagree are in the list of figures that disagree."""

import pytest

from meetings.discrepancies import STATED, VOTES, disagreements
from meetings.models import Decision, Departure, Meeting
from projects.models import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def norfolk():
    return Council.objects.get(slug="norfolk")


@pytest.fixture
def vote():
    return Decision.objects.get(votes_for=9)


def test_the_minutes_of_the_documents_disagree_nowhere(norfolk):
    assert not list(disagreements(norfolk))


def test_more_votes_than_members_present_are_told(norfolk, vote):
    vote.votes_for = 12
    vote.save()
    (found,) = disagreements(norfolk)
    assert (found.check, found.by) == (VOTES, "1 more than were there")
    assert found.first.text == "12 for, 2 against, 4 abstained"
    assert found.second.text == "17 present"


def test_who_left_before_the_item_is_not_counted(norfolk, vote):
    earlier = Meeting.objects.get(slug="2017-03-06").items.get(number="9")
    Departure.objects.create(item=earlier, number="9.9", at="11:00", count=3)
    (found,) = disagreements(norfolk)
    assert found.by == "1 more than were there"
    assert found.second.text == "17 present, 3 of them gone before the item"


def test_a_decision_that_states_a_figure_otherwise_is_told(norfolk):
    item = Meeting.objects.get(slug="2017-03-06").items.get(number="10")
    item.minutes.create(order=90, number="10.9", text="The overspend of £9.926m was explained.")
    (found,) = disagreements(norfolk)
    assert (found.check, found.by) == (STATED, "£297,000")
    assert "£9.629m" in found.first.text
    assert found.second.text == "The overspend of £9.926m was explained (item 10, 10.9)"


def test_the_checks_ask_as_often_however_many_meetings(django_assert_max_num_queries):
    westshire = Council.objects.get(slug="westshire")
    with django_assert_max_num_queries(21):
        list(disagreements(westshire))
