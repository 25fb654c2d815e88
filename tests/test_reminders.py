"""Reminders: on which days, to whom, with what, once a day, and silent once done."""

from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from projects.models import Assignment, Council, GrantCondition, Membership, Project
from publishing.models import Reminder, ReportingPeriod, Return, ReturnEvent
from publishing.timeline import write_event
from returns import reminders
from returns.periods import close_period, open_period
from returns.reminders import chase, send_reminders
from tests.forced import in_state

DUE = date(2018, 4, 20)  # a Friday
Status = Return.Status


@pytest.fixture
def officer(person, nottinghamshire):
    user = person()
    user.memberships.create(council=nottinghamshire, role=Role.PERFORMANCE_OFFICER)
    return user


@pytest.fixture
def lead(person, nottinghamshire):
    """A commissioner who reports on Connect and Moving Forward."""
    user = person("lead@example.org", post="Commissioning manager")
    user.memberships.create(council=nottinghamshire, role=Role.COMMISSIONER)
    for slug in ("connect", "moving-forward"):
        user.assignments.create(project=nottinghamshire.projects.get(slug=slug))
    return user


@pytest.fixture
def quarter(officer, lead, nottinghamshire):
    return open_period(
        council=nottinghamshire,
        key="2017-18-q4",
        title="Report",
        as_at=date(2018, 5, 1),
        opens=date(2018, 4, 3),
        due=DUE,
        closes=date(2018, 5, 4),
        by=officer,
    )


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Runs the reminders of a day; returns the mails it sent."""

    def on(day, hour=9):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            send_reminders(now=at(day, hour))
        return mail.outbox[before:]

    return on


@pytest.fixture
def chase_all(quarter, officer, django_capture_on_commit_callbacks):
    def do(now, by=officer):
        with django_capture_on_commit_callbacks(execute=True):
            return chase(quarter.returns.all(), council=quarter.council, by=by, now=now)

    return do


def at(day, hour=9, minute=0):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def set_state(quarter, status, *slugs):
    in_state(quarter.returns.filter(project__slug__in=slugs), status)


def test_a_person_gets_one_digest_with_only_what_they_owe(run, quarter, lead, officer):
    set_state(quarter, Status.SUBMITTED, "moving-forward")
    (message,) = run(DUE)
    assert message.to == ["lead@example.org"]
    assert message.subject == "Better Care Fund: 1 return to send in"
    assert "Connect, Quarter 4 2017/18" in message.body
    assert "Not started." in message.body
    assert "Due on Friday 20 April 2018 (today)" in message.body
    assert "Moving Forward" not in message.body
    set_state(quarter, Status.DRAFT, "moving-forward")
    (message,) = run(date(2018, 4, 24))
    assert message.subject == "Better Care Fund: 2 returns to send in, 2 late"
    assert "Draft: not sent in yet." in message.body
    assert "(4 days late)" in message.body


def test_the_mail_links_to_the_portal_and_says_who_to_ask(run, quarter, lead, settings):
    settings.SITE_ADDRESS = "https://bcf.example.org"
    quarter.council.contact = "The Better Care Fund team"
    quarter.council.save()
    (message,) = run(DUE)
    assert "  https://bcf.example.org/nottinghamshire/returns/" in message.body
    assert "Ask The Better Care Fund team." in message.body
    assert "&#x27;" not in message.body
    assert "\n\n\n" not in message.body


def test_what_was_asked_is_in_the_mail(run, quarter, lead, officer):
    report = quarter.returns.get(project__slug="connect")
    Return.objects.filter(pk=report.pk).update(status=Status.SENT_BACK)
    for hour, words in ((9, "First & foremost"), (11, "The year's figures")):
        event = ReturnEvent(
            report=report,
            at=at(date(2018, 4, 18), hour),
            by=officer,
            action="send back",
            before=Status.SUBMITTED,
            after=Status.SENT_BACK,
            comment=words,
            asked={"spend": "Which year is <this>?", "rating": ""},
        )
        write_event(event, quarter.council_id)
    body = run(DUE)[0].body
    assert "Sent back on 18 April by Performance officer." in body
    assert "What was asked: The year's figures" in body
    assert "Spend: Which year is <this>?" in body
    assert "Rating:" not in body
    assert "First" not in body


def test_nobody_is_written_to_twice_on_a_day(run, quarter, lead):
    assert len(run(DUE, 7)) == 1
    assert run(DUE, 8) == []
    assert run(DUE, 23) == []
    assert len(run(date(2018, 4, 24))) == 1
    assert Reminder.objects.filter(user=lead, kind="reminder").count() == 2


def test_a_second_run_finds_the_row_of_the_first(run, quarter, lead):
    row = {"user": lead, "council": quarter.council, "kind": "reminder", "sent_on": DUE}
    Reminder.objects.create(**row, sent_at=at(DUE))
    assert run(DUE) == []
    with pytest.raises(IntegrityError, match="reminder_once_a_day"), transaction.atomic():
        Reminder.objects.create(**row, sent_at=at(DUE, 10))


def test_a_chase_has_its_officer_and_a_reminder_none(db, quarter, lead, officer):
    row = {"user": lead, "council": quarter.council, "sent_on": DUE, "sent_at": at(DUE)}
    for kind, by in (("chase", None), ("reminder", officer)):
        with (
            pytest.raises(IntegrityError, match="reminder_chase_has_officer"),
            transaction.atomic(),
        ):
            Reminder.objects.create(**row, kind=kind, by=by)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.PUBLISHED])
def test_silent_once_done(run, quarter, status):
    set_state(quarter, status, "connect", "moving-forward")
    assert run(DUE) == run(date(2018, 4, 24)) == []


def test_silent_at_weekends_before_the_time_and_after_closing(run, quarter, officer):
    assert run(date(2018, 4, 12)) == run(date(2018, 4, 21)) == run(date(2018, 5, 7)) == []
    close_period(quarter, by=officer)
    assert run(DUE) == []


def test_only_people_who_may_report_get_mail(run, quarter, lead, person, settings):
    settings.DEMONSTRATION = False
    lead.memberships.update(role=Role.MEMBER)
    assert run(DUE) == []
    lead.memberships.update(role=Role.COMMISSIONER)
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert run(DUE) == []
    User.objects.filter(pk=lead.pk).update(is_active=True, is_demonstration=True)
    assert run(DUE) == []
    User.objects.filter(pk=lead.pk).update(is_demonstration=False)
    assert len(run(DUE)) == 1


def test_a_period_whose_time_has_not_come_is_left_out(run, quarter, officer, lead):
    later = open_period(
        council=quarter.council,
        key="2018-19-q1",
        title="Report",
        as_at=date(2018, 8, 1),
        opens=None,
        due=date(2018, 7, 20),
        closes=None,
        by=officer,
    )
    (message,) = run(DUE)
    assert later.label not in message.body
    assert message.subject == "Better Care Fund: 2 returns to send in"


def test_each_council_writes_for_itself(run, quarter, lead, officer, testshire):
    council = testshire()
    lead.memberships.create(council=council, role=Role.COMMISSIONER)
    lead.assignments.create(project=council.projects.get())
    officer.memberships.create(council=council, role=Role.PERFORMANCE_OFFICER)
    open_period(
        council=council,
        key="2017-18-q4",
        title="Report",
        as_at=date(2018, 5, 1),
        opens=None,
        due=DUE,
        closes=None,
        by=officer,
    )
    bodies = [message.body for message in run(DUE)]
    assert len(bodies) == 2
    assert sum("Testshire" in body for body in bodies) == 1


def test_a_chase_names_the_officer_and_comes_at_most_once_an_hour(chase_all, lead, officer):
    early = date(2018, 4, 5)
    assert chase_all(at(early, 9)).sent == [lead]
    assert "Performance officer at Nottinghamshire County Council asks you" in mail.outbox[0].body
    assert "Ask Performance officer." in mail.outbox[0].body
    assert "(in 15 days)" in mail.outbox[0].body
    within = chase_all(at(early, 9, 59))
    assert (within.sent, within.left_alone) == ([], [lead])
    assert chase_all(at(early, 10)).sent == [lead]
    assert len(mail.outbox) == 2
    assert list(Reminder.objects.values_list("kind", "by")) == [("chase", officer.pk)] * 2


def test_a_person_chased_today_gets_no_reminder_too(chase_all, run, lead):
    chase_all(at(DUE, 8))
    assert run(DUE, 12) == []
    assert len(run(date(2018, 4, 24), 12)) == 1
    assert chase_all(at(date(2018, 4, 24), 12, 30)).left_alone == [lead]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PERFORMANCE_OFFICER])
def test_only_a_performance_officer_chases(chase_all, person, quarter, role):
    user = person("other@example.org")
    user.memberships.create(council=quarter.council, role=role)
    with pytest.raises(PermissionDenied):
        chase_all(at(DUE), by=user)
    assert not Reminder.objects.exists()


def test_a_mail_server_that_fails_costs_no_other_person_theirs(
    run, quarter, lead, person, monkeypatch, nottinghamshire
):
    second = person("another@example.org", post="Manager")
    second.memberships.create(council=nottinghamshire, role=Role.COMMISSIONER)
    second.assignments.create(project=nottinghamshire.projects.get(slug="connect"))
    send = reminders._send

    def broken(digest, *args, **kwargs):
        if digest.person == second:
            raise ConnectionRefusedError
        return send(digest, *args, **kwargs)

    monkeypatch.setattr(reminders, "_send", broken)
    assert [message.to for message in run(DUE)] == [["lead@example.org"]]


def test_the_command_says_how_many_it_sent(
    command, quarter, monkeypatch, capsys, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(timezone, "now", lambda: at(DUE))
    with django_capture_on_commit_callbacks(execute=True):
        command("send_reminders")
        command("send_reminders")
    assert capsys.readouterr().out == "Sent 1 reminder.\nSent 0 reminders.\n"
    assert len(mail.outbox) == 1


def test_the_command_fails_where_a_mail_could_not_be_sent(command, quarter, monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(timezone, "now", lambda: at(DUE))
    monkeypatch.setattr(reminders, "_send", broken)
    with pytest.raises(CommandError, match="1 could not be sent"):
        command("send_reminders")


class Outside:
    """A council whose rows are really committed, so that other connections see them.

    Its rows are taken away again, so the fixtures of the session stay as they were.
    """

    def make(self):
        self.council = Council.objects.create(slug="parallelshire", name="Parallelshire")
        condition = GrantCondition.objects.create(council=self.council, number=1, title="Purpose")
        self.user = User(email="parallel@example.org", post="Manager", password="!")
        self.user.save()
        Membership.objects.create(user=self.user, council=self.council, role=Role.COMMISSIONER)
        words = {"title": "Project", "short_title": "Project"}
        project = Project.objects.create(
            council=self.council, grant_condition=condition, slug="project", order=1, **words
        )
        Assignment.objects.create(user=self.user, project=project)
        period = ReportingPeriod.objects.create(
            council=self.council, key="2017-18-q4", title="Report", as_at=DUE, due=DUE
        )
        Return.objects.create(project=project, period=period)

    def remove(self):
        ReportingPeriod.objects.filter(council=self.council).delete()
        Project.objects.filter(council=self.council).delete()
        self.council.delete()
        self.user.delete()


def in_threads(*calls):
    """Runs the calls at once, each on a database connection of its own."""
    errors = []

    def run(call):
        try:
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_two_runs_at_once_send_one_mail(db):
    outside, together, outcomes = Outside(), Barrier(2), []

    def run():
        together.wait(timeout=10)
        outcomes.append(send_reminders(now=at(DUE)))

    in_threads(outside.make)
    try:
        in_threads(run, run)
        assert sorted(len(outcome.sent) for outcome in outcomes) == [0, 1]
        assert sorted(len(outcome.left_alone) for outcome in outcomes) == [0, 1]
        assert len(mail.outbox) == 1
    finally:
        in_threads(outside.remove)
