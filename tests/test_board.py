"""The officers' board: what each row says, who sees it, what is filtered and who is chased."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.models import Assignment, Council, Project
from publishing.models import Return, Section
from returns.board import board_of, turn_of
from returns.due import with_end
from returns.periods import close_period, open_period
from tests.forced import in_state

pytestmark = pytest.mark.django_db
BOARD = "/nottinghamshire/quarter/"
SEES = {Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER}
Status = Return.Status


@pytest.fixture
def officer(person, nottinghamshire):
    user = person()
    user.memberships.create(council=nottinghamshire, role=Role.PERFORMANCE_OFFICER)
    return user


@pytest.fixture
def lead(person, nottinghamshire):
    """A commissioner who reports on Connect."""
    user = person("lead@example.org", post="Commissioning manager")
    user.memberships.create(council=nottinghamshire, role=Role.COMMISSIONER)
    user.assignments.create(project=nottinghamshire.projects.get(slug="connect"))
    return user


@pytest.fixture
def quarter(officer, nottinghamshire):
    """An open quarter that is due in four days from the real today."""
    today = timezone.localdate()
    return open_period(
        council=nottinghamshire,
        key="2017-18-q4",
        title="Report",
        as_at=today,
        opens=today - timedelta(days=30),
        due=today + timedelta(days=4),
        closes=today + timedelta(days=30),
        by=officer,
    )


def report_of(quarter, slug="connect"):
    return with_end(quarter.returns.select_related("period")).get(project__slug=slug)


def words_of(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def row_of(client, slug="connect", query=""):
    """The words of one project's row, or nothing where it has none."""
    page = client.get(BOARD + query).content.decode()
    for row in re.findall(r"<tr class=\"govuk-table__row\">.*?</tr>", page, re.S):
        if f"/{slug}/" in row:
            return words_of(row)
    return ""


@pytest.mark.parametrize(
    ("status", "turn", "after_closing"),
    [
        (Status.NOT_STARTED, "commissioner", "nobody"),
        (Status.DRAFT, "commissioner", "nobody"),
        (Status.SENT_BACK, "commissioner", "nobody"),
        (Status.SUBMITTED, "officer", "officer"),
        (Status.APPROVED, "nobody", "nobody"),
        (Status.PUBLISHED, "nobody", "nobody"),
    ],
)
def test_whose_turn_it_is(quarter, officer, status, turn, after_closing):
    in_state(quarter.returns.filter(project__slug="connect"), status)
    assert turn_of(report_of(quarter), today=quarter.due, led=True) == turn
    close_period(quarter, by=officer)
    assert turn_of(report_of(quarter), today=quarter.due, led=True) == after_closing


def test_before_it_opens_it_is_nobody_s_turn_and_without_a_lead_the_administrator_s(quarter):
    before = quarter.opens - timedelta(days=1)
    assert turn_of(report_of(quarter), today=before, led=True) == "nobody"
    assert turn_of(report_of(quarter), today=quarter.opens, led=False) == "administrator"


def missing_of(quarter, slug="connect"):
    rows = board_of(quarter, today=quarter.due).rows
    return next(row.missing for row in rows if row.report.slug == slug)


def test_what_is_missing_is_said_by_section(quarter, lead):
    report = report_of(quarter)
    assert missing_of(quarter) == ["Measures", "Spend", "Performance", "Rating"]
    saved = {"version": 1, "saved_by": lead, "saved_at": timezone.now()}
    report.sections.filter(name__in=["spend", "rating"]).update(**saved)
    report.sections.filter(name="spend").update(
        asked="Which year?", typed={"spend_to_date": "5", "spend_forecast": "soon"}
    )
    report.sections.filter(name="performance").update(
        typed={"performance": "Well.", "summary_performance": "Well."}, **saved
    )
    in_state(quarter.returns.filter(project__slug="connect"), Status.DRAFT)
    # A forecast in words, and whether £5 are all that was spent.
    assert missing_of(quarter) == ["Measures", "Spend (2 to do)", "Rating (3 to do)"]
    in_state(quarter.returns.filter(project__slug="connect"), Status.SENT_BACK)
    assert missing_of(quarter) == ["Measures", "Spend (sent back)", "Rating (3 to do)"]
    in_state(quarter.returns.filter(project__slug="connect"), Status.SUBMITTED)
    assert missing_of(quarter) == []


def test_the_board_says_missing_what_the_task_list_says_is_to_do(client, officer, quarter, lead):
    """B7: a section that was begun is not done."""
    report = report_of(quarter)
    for number, section in enumerate(report.sections.all()):
        section.typed = {"performance": "Well."} if number else {"none": "x"}
        section.version, section.saved_by, section.saved_at = 1, lead, timezone.now()
        section.save()
    in_state(quarter.returns.filter(project__slug="connect"), Status.DRAFT)
    client.force_login(lead)
    page = client.get("/nottinghamshire/returns/2017-18-q4/connect/").content.decode()
    said = re.findall(r'id="(\w+)-status">.*?>(\d+ to do)<', page)
    assert len(said) == 4
    assert missing_of(quarter) == [f"{name.capitalize()} ({words})" for name, words in said]


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_board_and_who_may_chase(person, client, quarter, nottinghamshire, lead, role):
    user = person("someone@example.org")
    user.memberships.create(council=nottinghamshire, role=role)
    client.force_login(user)
    page = client.get(BOARD)
    assert page.status_code == (200 if role in SEES else 403)
    chases = role == Role.PERFORMANCE_OFFICER
    assert (">Chase everyone<" in page.content.decode()) is chases
    assert ('name="chase"' in page.content.decode()) is chases
    for whom in ("everyone", "connect"):
        answer = client.post(BOARD, {"chase": whom})
        assert answer.status_code in ((302, 409) if chases else (403,))


def test_outside_the_council_there_is_no_board(person, client, quarter, testshire):
    assert (client.get(BOARD).status_code, client.post(BOARD).status_code) == (302, 401)
    stranger = person("stranger@example.org")
    stranger.memberships.create(council=testshire(), role=Role.PERFORMANCE_OFFICER)
    client.force_login(stranger)
    assert client.get(BOARD).status_code == 404
    assert client.post(BOARD, {"chase": "everyone"}).status_code == 404
    # Nor is another council's period on one's own board.
    assert client.get("/testshire/quarter/?period=2017-18-q4").status_code == 404
    assert client.put("/testshire/quarter/").status_code == 405


def test_a_row_says_lead_turn_due_missing_ratings_and_last_touch(client, officer, quarter, lead):
    client.force_login(officer)
    assert row_of(client) == (
        "Connect Not started Commissioning manager Commissioner in 4 days "
        "Measures, Spend, Performance, Rating – – – Chase Connect"
    )
    at = timezone.now().replace(microsecond=0)
    Return.objects.filter(pk=report_of(quarter).pk).update(
        status=Status.SUBMITTED,
        rating="amber",
        rule_rating="red",
        changed_by=lead,
        changed_at=at,
    )
    touched = timezone.localtime(at)
    assert row_of(client) == (
        "Connect Submitted Commissioning manager Officer – – Amber Red "
        f"{touched.day} {touched:%B %Y, %H:%M} Commissioning manager"
    )
    assert "Nobody assigned" in row_of(client, "moving-forward")


def test_a_lead_is_assigned_and_still_a_commissioner(client, officer, quarter, lead):
    client.force_login(officer)
    lead.memberships.all().delete()
    assert "Nobody assigned" in row_of(client)
    lead.memberships.create(council=quarter.council, role=Role.MEMBER)
    assert "Nobody assigned" in row_of(client)
    lead.memberships.create(council=quarter.council, role=Role.COMMISSIONER)
    lead.is_active = False
    lead.save()
    assert "Nobody assigned" in row_of(client)


def test_the_strip_counts_by_state_and_filters_with_the_address_kept(client, officer, quarter):
    in_state(quarter.returns.filter(project__slug="connect"), Status.SUBMITTED)
    client.force_login(officer)
    page = client.get(BOARD + "?turn=officer").content.decode()
    assert 'href="?turn=officer&amp;state=submitted">1 Submitted</a>' in page
    assert "22 Not started" in words_of(page)
    assert "1 of 23 returns." in words_of(page)


def test_filters_choose_by_state_turn_and_lateness(client, officer, quarter):
    client.force_login(officer)
    in_state(quarter.returns.filter(project__slug="connect"), Status.SUBMITTED)
    assert row_of(client, query="?state=submitted")
    assert not row_of(client, query="?state=draft")
    assert row_of(client, query="?turn=officer")
    assert not row_of(client, query="?turn=commissioner")
    assert not row_of(client, query="?late=late")
    type(quarter).objects.filter(pk=quarter.pk).update(due=timezone.localdate() - timedelta(days=2))
    assert not row_of(client, query="?late=late")
    assert "2 days late" in row_of(client, "moving-forward", "?late=late")
    nothing = client.get(BOARD + "?state=approved")
    assert "No return matches all of these." in words_of(nothing.content.decode())
    wrong = client.get(BOARD + "?state=lost").content.decode()
    assert "Choose a state from the list." in wrong
    assert 'href="#id_state"' in wrong


def test_the_latest_open_period_is_shown_and_any_can_be_asked_for(client, officer, quarter):
    client.force_login(officer)
    assert "Quarter 4 2017/18, the board" in client.get(BOARD).content.decode()
    earlier = client.get(BOARD + "?period=2017-18-q3").content.decode()
    assert "Quarter 3 2017/18, the board" in earlier
    assert client.get(BOARD + "?period=nonsense").status_code == 404
    close_period(quarter, by=officer)
    assert "Quarter 4 2017/18, the board" in client.get(BOARD).content.decode()


def test_a_council_with_no_period_is_told_so(client, officer):
    empty = Council.objects.create(slug="emptyshire", name="Emptyshire")
    officer.memberships.create(council=empty, role=Role.PERFORMANCE_OFFICER)
    client.force_login(officer)
    page = client.get("/emptyshire/quarter/")
    assert "No period has been opened yet." in words_of(page.content.decode())
    assert client.post("/emptyshire/quarter/", {"chase": "everyone"}).status_code == 404


def test_chasing_one_return_writes_to_its_people(
    client, officer, quarter, lead, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(BOARD + "?turn=commissioner", {"chase": "connect"})
    assert answer.headers["Location"] == BOARD + "?turn=commissioner"
    assert "Written to: Commissioning manager." in words_of(client.get(BOARD).content.decode())
    assert [message.to for message in mail.outbox] == [["lead@example.org"]]
    assert "Performance officer at Nottinghamshire County Council asks you" in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        again = client.post(BOARD, {"chase": "connect"})
    assert again.status_code == 409
    assert "at most one reminder an hour" in words_of(again.content.decode())
    assert len(mail.outbox) == 1


def test_chasing_all_says_where_nobody_is_assigned(
    client, officer, quarter, lead, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(BOARD, {"chase": "everyone"})
    words = words_of(client.get(BOARD).content.decode())
    assert "Written to: Commissioning manager. Nobody is assigned to" in words
    assert len(mail.outbox) == 1


def test_what_is_done_is_not_chased(client, officer, quarter, lead):
    client.force_login(officer)
    in_state(quarter.returns.filter(project__slug="connect"), Status.SUBMITTED)
    assert client.post(BOARD, {"chase": "connect"}).status_code == 409
    assert client.post(BOARD, {"chase": "no-such-project"}).status_code == 404
    assert client.post(BOARD, {}).status_code == 404
    close_period(quarter, by=officer)
    assert client.post(BOARD, {"chase": "everyone"}).status_code == 409
    assert not mail.outbox


def test_the_board_takes_as_many_queries_for_600_as_for_60(client, person, many_projects):
    council = many_projects(60)
    user = person()
    user.memberships.create(council=council, role=Role.PERFORMANCE_OFFICER)
    user.memberships.create(council=council, role=Role.COMMISSIONER)
    client.force_login(user)
    open_board(council, user)
    first = queries(client)
    condition = council.conditions.get()
    Project.objects.bulk_create(
        Project(
            council=council,
            grant_condition=condition,
            slug=f"more-{number}",
            order=100 + number,
            title=f"More {number}",
            short_title=f"More {number}",
        )
        for number in range(540)
    )
    council.periods.filter(key="2018-19-q2").update(key="2018-19-q3")
    open_board(council, user)
    assert council.periods.get(key="2018-19-q2").returns.count() == 600
    assert queries(client) == first <= 16


def open_board(council, user):
    """Opens quarter 2 with every project assigned to the person and each section saved."""
    period = open_period(
        council=council,
        key="2018-19-q2",
        title="Report",
        as_at=date(2018, 11, 1) + timedelta(days=council.periods.count()),
        opens=None,
        due=timezone.localdate(),
        closes=None,
        by=user,
    )
    Assignment.objects.bulk_create(
        [Assignment(user=user, project=project) for project in council.projects.all()],
        ignore_conflicts=True,
    )
    now = timezone.now()
    Section.objects.filter(report__period=period).update(version=1, saved_by=user, saved_at=now)
    period.returns.update(status=Status.DRAFT, changed_by=user, changed_at=now)


def queries(client):
    client.get("/testshire/quarter/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/testshire/quarter/").status_code == 200
    return len(captured)


def test_a_board_row_is_read_without_a_page(quarter, lead):
    board = board_of(quarter, today=quarter.due + timedelta(days=1))
    assert len(board.rows) == board.late == 23
    assert board.owed == 1
    assert len(board.nobody_s) == 22
    assert [row.report.slug for row in board.rows if row.may_be_chased] == ["connect"]
