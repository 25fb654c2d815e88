"""What waits for somebody who is not there is said where it waits, and to the administrator."""

import pytest

from accounts.roles import Role
from accounts.writing import keep_writer
from finance.monitoring.actions import submit
from projects.models import Membership
from publishing.models import PeriodVersion
from publishing.withdrawal import ask_to_withdraw
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.money import brought_to, by, draft, make_areas
from tests.text import read

pytestmark = pytest.mark.django_db
OFFICER, FINANCE, ADMINISTRATOR = "performance officer", "finance officer", "administrator"
BOARD, START = "/testshire/quarter/", "/testshire/administration/"
REPORTS = "/testshire/money/"


def read_by(client, quarter, who, address):
    quarter.sign_in(client, who)
    return read(client, address)


def another(quarter, role):
    """Somebody who stands there with no role yet gets it."""
    Membership.objects.create(
        user=quarter.people["committee member"], council=quarter.council, role=role
    )


@pytest.fixture
def written_by_the_officer(quarter):
    """A return that waits, of which the only officer wrote some."""
    quarter.submitted()
    keep_writer(quarter.report, quarter.people[OFFICER])
    return quarter


WROTE = "everybody who may approve it wrote some of it, or signed it"


def test_a_return_that_no_officer_may_approve_is_the_administrators_turn(
    client, written_by_the_officer
):
    quarter = written_by_the_officer
    assert f"Administrator: {WROTE}" in read_by(client, quarter, OFFICER, BOARD)
    start = read_by(client, quarter, ADMINISTRATOR, START)
    assert "Waiting for somebody who is not there" in start
    assert f"{quarter.project.short_title}, Quarter 2 2018/19: {WROTE}." in start
    another(quarter, Role.PERFORMANCE_OFFICER)
    assert WROTE not in read_by(client, quarter, OFFICER, BOARD)
    assert "not there" not in read_by(client, quarter, ADMINISTRATOR, START)


def test_who_may_approve_what_they_wrote_waits_for_nobody(client, written_by_the_officer):
    quarter = written_by_the_officer
    quarter.council.approves_own_since = "2018-01-01"
    quarter.council.save()
    assert WROTE not in read_by(client, quarter, OFFICER, BOARD)
    assert WROTE not in read_by(client, quarter, ADMINISTRATOR, START)


def test_a_return_waits_for_nobody_where_the_last_officer_has_left(client, quarter):
    quarter.submitted()
    Membership.objects.filter(user=quarter.people[OFFICER]).delete()
    assert "nobody may approve it" in read_by(client, quarter, ADMINISTRATOR, START)
    assert "Administrator: nobody may approve it" in read_by(client, quarter, FINANCE, BOARD)


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people[FINANCE]
    return quarter


def test_a_finance_report_that_nobody_may_approve_is_said(client, money):
    report = draft(money.council, money.keeper)
    submit(report.pk, **by(money.keeper, money.council))
    assert WROTE not in read_by(client, money, FINANCE, REPORTS)
    Membership.objects.filter(user=money.people[OFFICER]).delete()
    assert f"Administrator: {WROTE}" in read_by(client, money, FINANCE, REPORTS)
    assert f"Month 2 of 2018/19, finance report: {WROTE}." in read_by(
        client, money, ADMINISTRATOR, START
    )


@pytest.mark.parametrize(
    ("status", "turn"),
    [
        ("draft", "Finance officer, to submit it"),
        ("submitted", "Performance officer or finance officer, to approve it"),
        ("approved", "to publish it"),
    ],
)
def test_the_list_of_finance_reports_says_whose_turn_it_is(client, money, status, turn):
    brought_to(money, status)
    assert turn in read_by(client, money, FINANCE, REPORTS)


def test_who_may_approve_finance_reports_has_them_in_the_menu(client, money):
    for who, has in ((OFFICER, True), (FINANCE, True), ("commissioner", False)):
        money.sign_in(client, who)
        answer = client.get("/testshire/savings/work/").content.decode()
        assert (f'href="{REPORTS}"' in answer) is has, who


def test_a_withdrawal_that_nobody_else_may_agree_to_is_said(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    version = PeriodVersion.objects.get(period=quarter.period)
    ask_to_withdraw(version, reason="A name.", **quarter.by(OFFICER))
    at = f"/testshire/quarter/{quarter.period.key}/publications/"
    assert "Nobody else here may" in read_by(client, quarter, OFFICER, at)
    board = read_by(client, quarter, OFFICER, BOARD)
    assert "Withdrawing version 1 waits for a second person: read why, and decide" in board
    start = read_by(client, quarter, ADMINISTRATOR, START)
    assert "nobody else may agree to what was asked" in start
    another(quarter, Role.PERFORMANCE_OFFICER)
    assert "Nobody else here may" not in read_by(client, quarter, OFFICER, at)
    assert "nobody else may agree" not in read_by(client, quarter, ADMINISTRATOR, START)
