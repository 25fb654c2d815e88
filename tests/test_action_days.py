"""The day of an action that lies before the return's period is asked about, and not refused."""

import pytest

from publishing.models import Return
from returns.actions import draft_of
from tests.html_forms import form_of
from tests.text import words_of
from tests.westshire.project_pages import person

pytestmark = pytest.mark.django_db
ADDRESS = "/westshire/returns/2026-27-q3/urgent-response/rating/"
ASKED = "By when: 31 March 2018 is before the period began on 1 October 2026."
TICK = "yes: 2018-03-31"


def typed(client, westshire, **boxes):
    """The draft of the return, once a commissioner has typed these boxes of its rating."""
    client.force_login(person("commissioner"))
    fields = form_of(client.get(ADDRESS).content.decode(), "then").fields
    assert client.post(ADDRESS, fields | boxes).status_code == 302
    report = Return.objects.get(
        period__council=westshire, period__key="2026-27-q3", project__slug="urgent-response"
    )
    return draft_of(report)


def test_an_action_due_before_the_quarter_began_is_asked_about(client, westshire):
    draft = typed(client, westshire, action_due="31/3/18")
    assert ("action_due_right", f"{ASKED} Is this right?") in draft.problems("rating")
    page = client.get(ADDRESS).content.decode()
    assert ASKED in words_of(page)
    assert f'value="{TICK}"' in page


def test_the_tick_holds_for_that_day_and_no_other_and_who_checks_reads_it(client, westshire):
    draft = typed(client, westshire, action_due="31/3/18", action_due_right=TICK)
    assert "action_due_right" not in dict(draft.problems("rating"))
    assert draft.rating_questions == [f"{ASKED} Said to be right."]
    draft = typed(client, westshire, action_due="30/9/26", action_due_right=TICK)
    assert "action_due_right" in dict(draft.problems("rating"))


def test_an_action_due_years_from_now_is_asked_about_and_who_checks_reads_it(client, westshire):
    draft = typed(client, westshire, action_due="31/3/2072")
    asked = "By when: 31 March 2072 is more than two years from today."
    assert ("action_due_right", f"{asked} Is this right?") in draft.problems("rating")
    assert asked in words_of(client.get(ADDRESS).content.decode())
    draft = typed(client, westshire, action_due="31/3/2072", action_due_right="yes: 2072-03-31")
    assert "action_due_right" not in dict(draft.problems("rating"))
    assert draft.rating_questions == [f"{asked} Said to be right."]


def test_a_day_in_the_quarter_or_after_it_is_not_asked_about(client, westshire):
    for day in ("1/10/26", "31/3/27", "30/9/28"):
        draft = typed(client, westshire, action_due=day)
        assert "action_due_right" not in dict(draft.problems("rating"))
