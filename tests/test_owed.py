"""Who owes which return: My returns, the board, reminders and chasing say the same."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from bcfportal.lib import clock
from projects.models import Project, ProjectChange
from publishing.models import ReportingPeriod, Return, Section
from returns.board import board_of
from returns.owed import owed_returns
from returns.periods import close_period
from returns.reminders import send_reminders
from tests.seen import seen_on

pytestmark = pytest.mark.django_db
Status = Return.Status


def words_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def at(day):
    return clock.stopped_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def asked_of(made, client, day, callbacks, role="commissioner"):
    """Where the return is asked for on the day: the list, the board's turn, and the reminder."""
    made.sign_in(client, role)
    before = len(mail.outbox)
    with at(day), callbacks(execute=True):
        listed = words_of(client.get(f"/{made.council.slug}/returns/"))
        board = board_of(made.period, today=day)
        send_reminders(now=timezone.make_aware(datetime(day.year, day.month, day.day, 9)))
    mails = [message for message in mail.outbox[before:] if "Quarter 2 2018/19" in message.body]
    return (
        any(step in listed for step in (" Start ", " Continue ")),
        board.rows[0].turn == "commissioner",
        bool(mails),
    )


@pytest.fixture
def asked(quarter, client, django_capture_on_commit_callbacks):
    def on(day=None):
        return asked_of(
            quarter, client, day or quarter.period.due, django_capture_on_commit_callbacks
        )

    return on


NOBODY, ASKED = (False, False, False), (True, True, True)


def test_a_return_is_owed_until_its_period_closes(quarter, asked):
    assert asked() == ASKED
    quarter.period.published_at = timezone.now()
    quarter.period.save()
    assert asked(quarter.period.due + timedelta(days=6)) == ASKED
    close_period(quarter.period, by=quarter.people["performance officer"])
    quarter.period.refresh_from_db()
    assert asked(quarter.period.due + timedelta(days=8)) == NOBODY


def test_a_period_that_is_not_open_yet_asks_nobody_and_says_when_it_opens(quarter, client, asked):
    """Case F4, B10."""
    day = quarter.period.opens - timedelta(days=1)
    ReportingPeriod.objects.filter(pk=quarter.period.pk).update(due=quarter.period.opens)
    quarter.period.refresh_from_db()
    assert asked(day) == NOBODY
    with at(day):
        page = words_of(client.get(f"/{quarter.council.slug}/returns/"))
    assert "Opens on 1 October 2018 View" in page


def test_a_project_that_has_ended_asks_nobody(quarter, asked):
    assert asked() == ASKED
    ProjectChange.objects.create(
        project=quarter.project, kind="ended", on=date(2018, 8, 15), why="Done.", at=timezone.now()
    )
    assert asked() == NOBODY


def review_post(quarter, client, role, **answers):
    quarter.sign_in(client, role)
    with at(quarter.period.due):
        page = quarter.address("review")
        return client.post(page, answers | seen_on(client, page))


def test_no_return_is_needed_with_a_reason_and_can_be_asked_for_again(quarter, client, asked):
    saved = {"version": 1, "saved_by": quarter.people["commissioner"], "saved_at": timezone.now()}
    Section.objects.filter(report=quarter.report, name="spend").update(
        typed={"spend_to_date": "500"}, **saved
    )
    without = review_post(quarter, client, "performance officer", action="not needed")
    assert without.status_code == 409
    assert "Say why in a few words" in words_of(without)
    answer = review_post(
        quarter, client, "performance officer", action="not needed", words="It began in October."
    )
    assert answer.status_code == 302
    assert asked() == NOBODY
    quarter.sign_in(client, "commissioner")
    with at(quarter.period.due):
        page = words_of(client.get(quarter.address("return")))
    assert "No return is needed: It began in October." in page
    assert not owed_returns(period=quarter.period)
    again = review_post(quarter, client, "performance officer", action="ask again")
    assert again.status_code == 302
    assert quarter.report.status == Status.DRAFT
    assert quarter.report.sections.get(name="spend").typed == {"spend_to_date": "500"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PERFORMANCE_OFFICER])
def test_only_who_reviews_says_that_no_return_is_needed(quarter, client, role):
    answer = review_post(quarter, client, role.value, action="not needed", words="Not mine.")
    assert answer.status_code in (403, 404)
    assert quarter.report.status == Status.NOT_STARTED


def test_what_is_not_needed_does_not_keep_a_period_from_being_complete(quarter, client):
    review_post(
        quarter, client, "performance officer", action="not needed", words="It began in October."
    )
    with at(quarter.period.due):
        board = board_of(quarter.period, today=quarter.period.due)
        page = words_of(client.get(f"/{quarter.council.slug}/quarter/"))
    assert board.owed == board.late == 0
    assert "1 No return needed" in page
    assert not quarter.period.returns.exclude(
        status__in=(Status.PUBLISHED, Status.NOT_NEEDED)
    ).exists()


def test_a_month_of_measures_reminds_who_may_write_it_and_they_can_be_chased(
    month, client, django_capture_on_commit_callbacks
):
    """Case I1."""
    due = month.period.due
    (row,) = board_of(month.period, today=due).rows
    assert {person.email for person in row.leads} == {
        "commissioner@example.org",
        "performance_officer@example.org",
    }
    assert (row.turn, row.may_be_chased) == ("commissioner", True)
    with django_capture_on_commit_callbacks(execute=True):
        send_reminders(now=timezone.make_aware(datetime(due.year, due.month, due.day, 9)))
    to = {message.to[0] for message in mail.outbox if "Vital signs, April 2017" in message.body}
    assert to == {"commissioner@example.org", "performance_officer@example.org"}
    month.sign_in(client, "performance officer")
    with at(due + timedelta(days=1)), django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            f"/{month.council.slug}/quarter/?period={month.period.key}", {"chase": "vital-signs"}
        )
    assert answer.status_code == 302


def test_the_board_asks_no_more_of_the_database_for_two_projects_with_measures_than_for_one(
    quarter, django_assert_num_queries
):
    council = quarter.council
    day = quarter.period.due
    board_of(quarter.period, today=day)

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            board_of(ReportingPeriod.objects.get(pk=quarter.period.pk), today=day)
        return len(captured)

    quarter.project.measures.create(position=1, text="One", unit="people")
    first = count()
    other = Project.objects.create(
        council=council,
        grant_condition=council.conditions.get(),
        slug="other",
        order=2,
        title="Other",
        short_title="Other",
    )
    other.measures.create(position=1, text="Two", unit="people")
    report = Return.objects.create(project=other, period=quarter.period)
    Section.objects.bulk_create(Section(report=report, name=name) for name in report.section_names)
    assert count() == first
