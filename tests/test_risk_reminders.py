"""Risks to look at again are in their owner's one digest, and stop once they are assessed."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from returns.reminders import chase, send_reminders
from risks.models import Assessment, Closure
from risks.reminders import reviews_due
from tests.registers import ROW, make_risk, with_register

pytestmark = pytest.mark.django_db
DUE = date(2018, 11, 1)  # a Thursday, and the day on which the quarter's returns are due


@pytest.fixture
def world(quarter):
    with_register(quarter)
    quarter.risk.owner = quarter.people["commissioner"]
    quarter.risk.save()
    return quarter


def moment(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def to_review(risk, by, on=date(2018, 6, 1)):
    Assessment.objects.create(
        **ROW | {"risk": risk, "on": on, "recorded_at": datetime(2018, 6, on.day, tzinfo=UTC)},
        stage="current",
        likelihood=3,
        impact=3,
        review_by=by,
    )


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    def on(day):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            send_reminders(now=moment(day))
        return mail.outbox[before:]

    return on


def test_returns_and_risks_are_in_one_digest(run, world):
    to_review(world.risk, DUE)
    (message,) = run(DUE)
    assert message.to == ["commissioner@example.org"]
    assert message.subject == "Better Care Fund: 1 return to send in; 1 risk to review"
    body = message.body
    assert "These returns for Testshire are waiting for you." in body
    assert "These risks are due for review." in body
    assert "Failure of rm019 (RM019)\n  To be reviewed by Thursday 1 November 2018" in body
    assert "/testshire/risks/rm019/assess/" in body
    assert "You get this because this return is yours to write and you own this risk." in body
    assert "\n\n\n" not in body
    assert run(DUE) == []


def test_a_risk_alone_makes_a_digest(run, world):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    (message,) = run(date(2018, 6, 14))
    assert message.subject == "Better Care Fund: 1 risk to review"
    assert message.body.startswith("These risks of Testshire are due for review.")
    assert "return" not in message.body
    assert "\n\n\n" not in message.body


def test_a_digest_for_a_risk_lists_the_returns_whose_time_has_begun(run, world):
    # Two working days before the returns are due is no reminder day of theirs.
    to_review(world.risk, date(2018, 10, 30))
    (message,) = run(date(2018, 10, 30))
    assert message.subject == "Better Care Fund: 1 return to send in; 1 risk to review"


def test_it_comes_on_the_day_and_every_second_working_day_after(run, world):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))  # a Thursday
    days = [date(2018, 6, day) for day in range(11, 23)]
    assert [day.day for day in days if run(day)] == [14, 18, 20, 22]


def test_a_day_at_a_weekend_counts_as_the_working_day_before(run, world):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 16))
    assert run(date(2018, 6, 14)) == []
    assert len(run(date(2018, 6, 15))) == 1
    assert run(date(2018, 6, 16)) == []


def test_it_stops_once_the_risk_is_assessed(run, world):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    assert len(run(date(2018, 6, 14))) == 1
    to_review(world.risk, date(2018, 9, 14), on=date(2018, 6, 15))
    assert run(date(2018, 6, 18)) == []
    assert len(run(date(2018, 9, 14))) == 1


def test_a_review_without_a_next_day_asks_for_nothing_more(run, world):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    to_review(world.risk, None, on=date(2018, 6, 15))
    assert run(date(2018, 6, 18)) == []


@pytest.mark.parametrize("reason", ["closed", "no owner"])
def test_nobody_is_written_to_who_need_not_be(run, world, reason):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    if reason == "closed":
        Closure.objects.create(**ROW | {"risk": world.risk}, reason="Over.")
    else:
        world.risk.owner = None
        world.risk.save()
    assert run(date(2018, 6, 14)) == []


@pytest.mark.parametrize("reason", ["no longer of the council", "gone"])
def test_the_officers_of_the_register_are_written_to_where_the_owner_has_left(run, world, reason):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    lead = world.people["commissioner"]
    if reason == "no longer of the council":
        lead.memberships.filter(role=Role.COMMISSIONER).delete()
    else:
        lead.is_active = False
        lead.save()
    written_to = {each.to[0] for each in run(date(2018, 6, 14))}
    assert world.people["performance officer"].email in written_to
    assert lead.email not in written_to


def test_a_demonstration_account_is_written_to_in_a_demonstration_only(run, world, settings):
    world.council.periods.update(status="closed")
    to_review(world.risk, date(2018, 6, 14))
    lead = world.people["commissioner"]
    lead.is_demonstration = True
    lead.save()
    settings.DEMONSTRATION = False
    assert run(date(2018, 6, 14)) == []
    settings.DEMONSTRATION = True
    assert len(run(date(2018, 6, 14))) == 1


def test_a_chase_names_the_risks_too_but_is_about_returns(
    world, django_capture_on_commit_callbacks
):
    to_review(world.risk, DUE)
    officer = world.people["performance officer"]
    with django_capture_on_commit_callbacks(execute=True):
        chase([world.report], council=world.council, by=officer, now=moment(DUE))
    assert "1 return to send in; 1 risk to review" in mail.outbox[-1].subject
    before = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        chase([], council=world.council, by=officer, now=moment(date(2018, 11, 2)))
    assert len(mail.outbox) == before


def test_the_reviews_take_one_query_whatever_their_number(world, django_assert_num_queries):
    to_review(world.risk, DUE)
    for number in range(60):
        to_review(make_risk(world.council, f"r{number}", owner=world.risk.owner), DUE)
    with django_assert_num_queries(1):
        found = reviews_due(DUE)
        assert len(found) == 61
        assert found[0].person.email
        assert found[0].council.name
