"""A closed risk can be reopened: with a reason, in its history, and in the next register."""

from datetime import timedelta

import pytest

from bcfportal.lib import clock
from risks.actions import close, reopen
from risks.models import Assessment, Closure, Risk
from risks.reconciliation import reconcile
from risks.register import register_at
from risks.reminders import reviews_due
from tests.every_form import filled, open_forms
from tests.registers import ROW, make_register
from tests.risk_writing import FORMS, at, send, words_on

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
WORKING = "?as_at=working"


@pytest.fixture
def world(quarter):
    make_register(quarter.council)
    return quarter


@pytest.fixture
def officer(client, world):
    return world.sign_in(client, OFFICER)


def rm019(world):
    return Risk.objects.get(council=world.council, slug="rm019")


def reopened(client, reason="It can happen again."):
    (form,) = open_forms(client, at("reopen/"))
    return client.post(at("reopen/"), filled(form, {"reason": reason}))


def test_a_closed_risk_offers_to_be_reopened_and_nothing_that_is_refused(officer, world):
    send(officer, "close")
    page = officer.get(at() + WORKING)
    assert "Reopen it" in words_on(page)
    for offered in ("Assess it", "Report progress", "Add a task", "Change the details", "Close it"):
        assert offered not in words_on(page), offered
    for name in FORMS:
        response = officer.get(at(f"{name}/"), follow=True)
        assert "is closed: reopen it to write about it" in words_on(response), name


def test_a_risk_is_reopened_with_a_reason_that_stands_in_its_history(officer, world):
    send(officer, "close")
    assert "There is a problem" in words_on(reopened(officer, ""))
    assert Closure.objects.filter(risk=rm019(world)).count() == 1
    assert reopened(officer).status_code == 302
    page = words_on(officer.get(at() + WORKING))
    assert "Why: It can happen again." in page
    history = page[page.index("History") :]
    assert history.index("Reopened") < history.index("Closed")
    assert "Assess it" in page
    assert "Reopen it" not in page
    assert send(officer, "tasks").status_code == 302
    assert "Open risks 1" in words_on(officer.get(f"/testshire/risks/{WORKING}"))
    # It is closed again, and each of the three stays in its history.
    assert send(officer, "close").status_code == 302
    rows = Closure.objects.filter(risk=rm019(world)).order_by("pk")
    assert [row.reopened for row in rows] == [False, True, False]
    assert "Reopen it" in words_on(officer.get(at() + WORKING))


def test_an_open_risk_is_not_reopened(officer, world):
    response = officer.get(at("reopen/"), follow=True)
    assert "is open already" in words_on(response)
    response = officer.post(at("reopen/"), {"reason": "Again."})
    assert response.status_code == 409
    assert not Closure.objects.filter(risk=rm019(world)).exists()


def test_a_register_of_a_day_between_has_it_closed_and_the_next_lists_it_as_reopened(world):
    risk, now = rm019(world), clock.now()
    days = [now - timedelta(days=number) for number in (9, 6)]
    close(risk, reason="Over.", now=days[0], **world.by(OFFICER))
    reopen(risk, reason="Not over.", now=days[1], **world.by(OFFICER))
    between = register_at(world.council, (days[0] + timedelta(days=1)).date())
    today = register_at(world.council, clock.today())
    assert [entry.risk for entry in between.closed] == [risk]
    assert today.closed == ()
    changes = reconcile(between, today)
    assert [entry.risk for entry in changes.reopened] == [risk]
    assert (changes.new, changes.closed, changes.nothing) == ([], [], False)


def test_reviews_of_a_reopened_risk_are_due_again(world):
    risk = rm019(world)
    Risk.objects.filter(pk=risk.pk).update(owner=world.people["commissioner"])
    risk.refresh_from_db()
    late = clock.today()
    row = ROW | {"recorded_at": clock.now(), "on": late, "risk": risk}
    Assessment.objects.create(**row, stage="current", likelihood=3, impact=3, review_by=late)

    def due():
        return [review.reference for review in reviews_due(late)]

    asked = due()
    assert risk.reference in asked
    close(risk, reason="Over.", **world.by(OFFICER))
    assert risk.reference not in due()
    reopen(risk, reason="Not over.", **world.by(OFFICER))
    assert due() == asked
