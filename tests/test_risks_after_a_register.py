"""What is offered after a register, and what is said before one is published."""

from datetime import UTC, date, datetime

import pytest

from bcfportal.lib import clock
from bcfportal.lib.sentences import month_words
from risks.actions import assess
from risks.models import Assessment
from tests.forms import forms_of
from tests.registers import with_register
from tests.risk_writing import at, published, send, words_on

PUBLISH = "/testshire/risks/publish/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(quarter):
    return with_register(quarter)


@pytest.fixture
def officer(client, world):
    return world.sign_in(client, "performance officer")


def publication(day, **changes):
    typed = {"as_at_0": str(day.day), "as_at_1": str(day.month), "as_at_2": str(day.year)}
    return typed | {"title": "Register of the summer"} | changes


def test_a_risk_that_was_closed_after_the_register_offers_nothing_to_write(client, world, officer):
    page = words_on(client.get(at()))
    assert "Report progress" in page
    send(client, "close", reason="It is over.")
    page = words_on(client.get(at()))
    for offer in ("Assess it", "Report progress", "Add a task", "Change the details", "Close it"):
        assert offer not in page
    assert "after this register: It is over." in page
    answer = client.get(at("assess/"), follow=True)
    assert "is closed: reopen it to write about it." in words_on(answer)


def test_before_a_register_of_another_day_is_published_it_is_said_what_that_day_holds(
    officer, world
):
    scored = Assessment.objects.get(risk=world.risk, stage="current")
    in_june = datetime(2018, 6, 1, 12, tzinfo=UTC)
    given = {"current": (2, 3), "prospects": "green", "reason": "Better.", "review_by": None}
    given |= {"seen": scored.pk, "now": in_june} | world.by("performance officer")
    assess(world.risk, **given)
    send(officer, "close")
    assert "Since the last published register: closed RM019." in words_on(officer.get(PUBLISH))
    day = date(2018, 5, 1)
    typed = publication(day, days_are_right=f"yes: {day.isoformat()}")
    page = officer.post(PUBLISH, typed)
    words = words_on(page)
    assert "Publish the register as at 1 May 2018?" in words
    assert "What becomes public 1 open risk and 0 closed" in words
    assert "Since the last published register: no risk is new or closed." in words
    assert world.council.risk_reports.count() == 1
    # The page and the paper are those that the public would read.
    preview = "?as_at=working&day=2018-05-01"
    assert preview.replace("&", "&amp;") in page.text
    assert "Open risks 1" in words_on(officer.get(f"/testshire/risks/{preview}"))
    assert officer.get(f"/testshire/reports/risks.pdf{preview}").status_code == 200
    other = date(2018, 6, 2)
    of_other = publication(other, days_are_right=f"yes: {other.isoformat()}")
    words = words_on(officer.post(PUBLISH, of_other))
    assert "Since the last published register: scored otherwise RM019." in words
    # What was read of one day publishes no other.
    (read,) = (form.sent for form in forms_of(page, PUBLISH) if "confirm" in form.sent)
    assert officer.post(PUBLISH, read | of_other).status_code == 409
    assert world.council.risk_reports.count() == 1
    assert published(officer, PUBLISH, typed).status_code == 302
    assert world.council.risk_reports.count() == 2


@pytest.mark.parametrize(
    ("before", "begins"),
    [("Risk register, May 2018", "Risk register, {month}"), ("The summer's risks", None)],
)
def test_a_title_begins_as_that_of_the_register_before_with_the_month_that_it_is(
    officer, world, before, begins
):
    day = date(2018, 5, 1)
    typed = publication(day, days_are_right=f"yes: {day.isoformat()}", title=before)
    assert published(officer, PUBLISH, typed).status_code == 302
    (form,) = (form for form in forms_of(officer.get(PUBLISH), PUBLISH) if "title" in form.sent)
    expected = (begins or before).format(month=month_words(clock.today()))
    assert form.sent["title"] == [expected]
