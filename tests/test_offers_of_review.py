"""What officers are offered on the board and on a review: what they may do, and nothing else."""

from datetime import UTC, datetime

import pytest

from accounts.roles import Role
from projects.models import Project
from publishing.models import ReturnEvent
from publishing.timeline import write_event
from publishing.workflow import NotNow
from returns.actions import why_not_written
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"


def test_the_board_has_no_tick_box_for_a_return_that_the_officer_wrote(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, OFFICER)
    page = client.get("/testshire/quarter/").text
    assert "Approve those ticked" in page
    assert 'name="project"' in page
    writer = quarter.people["commissioner"]
    writer.memberships.create(council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    quarter.sign_in(client, "commissioner")
    page = client.get("/testshire/quarter/").text
    assert "Approve those ticked" not in page
    assert 'name="project"' not in page
    assert "so somebody else has to approve it." in words_of(page)


def test_what_is_described_only_is_not_reopened(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    address = quarter.address("review")
    quarter.sign_in(client, OFFICER)
    forms = forms_of(client.get(address), address)
    assert "reopen" in [value for form in forms for _, value in form.buttons]
    Project.objects.filter(pk=quarter.project.pk).update(kind="described")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Why it is reopened" not in answer.text
    with pytest.raises(NotNow, match="is described only"):
        RETURNS.transition("reopen", quarter.report.pk, comment="A slip.", **quarter.by(OFFICER))


def test_the_board_does_not_count_what_is_described_only(client, quarter):
    quarter.sign_in(client, OFFICER)
    assert "1 return." in words_of(client.get("/testshire/quarter/").text)
    Project.objects.filter(pk=quarter.project.pk).update(kind="described")
    assert "0 returns." in words_of(client.get("/testshire/quarter/").text)


def test_a_return_that_is_approved_is_not_said_to_be_withdrawn_by_its_commissioner(client, quarter):
    quarter.submitted()
    assert "Withdraw it" in why_not_written(quarter.report)
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    assert why_not_written(quarter.report) == (
        "This return is approved. An officer can reopen it, with the reason."
    )


def test_the_hint_of_a_day_is_of_the_period_of_the_return(client, quarter):
    quarter.sign_in(client, "commissioner")
    page = words_of(client.get(quarter.address("section", "rating")).text)
    assert "For example, 30/9/2018" in page


def test_events_of_the_same_minute_stand_in_the_order_in_which_they_happened(client, quarter):
    at = quarter.period.opens
    for action in ("start", "submit", "approve"):
        given = {"action": action, "title": f"Made: {action}", "by": quarter.people[OFFICER]}
        moment = datetime(at.year, at.month, at.day, 12, tzinfo=UTC)
        write_event(ReturnEvent(report=quarter.report, at=moment, **given), quarter.council.pk)
    quarter.sign_in(client, "commissioner")
    words = words_of(client.get(quarter.address("return")).text)
    places = [words.index(f"Made: {action}") for action in ("approve", "submit", "start")]
    assert places == sorted(places)
