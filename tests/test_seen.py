"""Nobody decides on what they have not read: withdrawn, changed and submitted again meanwhile."""

import pytest

from bcfportal.lib import clock
from finance.monitoring.actions import save_section as save_money
from finance.monitoring.actions import submit as submit_money
from finance.monitoring.transitions import MONITORING
from finance.savings.transitions import CHANGES
from returns.actions import save_section, submit
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.money import brought_to, make_areas
from tests.registers import with_register
from tests.risk_writing import send
from tests.savings import make_savings
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
NOBODY_READ = {"performance": "Nobody read this.", "summary_performance": "Well."}


def changed_meanwhile(quarter):
    """The commissioner withdraws, writes otherwise and submits again."""
    by = quarter.by("commissioner")
    RETURNS.transition("withdraw", quarter.report.pk, **by)
    version = quarter.report.sections.get(name="performance").version
    save_section(quarter.report.pk, "performance", NOBODY_READ, version=version, **by)
    submit(quarter.report.pk, **by)


@pytest.mark.parametrize("action", ["approve", "send back"])
def test_a_return_that_was_submitted_again_is_not_decided_on_by_a_page_opened_before(
    client, quarter, action
):
    quarter.submitted()
    address = quarter.address("review")
    read = seen_on(quarter.sign_in(client, OFFICER), address)
    changed_meanwhile(quarter)
    note = {"words": "Thank you.", "without": "yes"}
    response = client.post(address, {"action": action} | note | read)
    words = words_of(response.content.decode())
    assert response.status_code == 409
    assert "“Performance in full” was changed since you opened the page." in words
    assert "Nobody read this." in words
    assert "Thank you." in words
    assert quarter.report.status == "submitted"
    again = client.post(address, {"action": action} | note | seen_on(client, address))
    assert again.status_code == 302


def test_a_note_at_approve_hides_no_change(client, quarter):
    quarter.submitted()
    address = quarter.address("review")
    read = seen_on(quarter.sign_in(client, OFFICER), address)
    changed_meanwhile(quarter)
    response = client.post(address, {"action": "approve", "words": "Fine."} | read)
    assert "was changed since you opened the page" in words_of(response.content.decode())


def test_a_page_that_says_not_what_it_showed_approves_nothing(client, quarter):
    quarter.submitted()
    response = quarter.sign_in(client, OFFICER).post(
        quarter.address("review"), {"action": "approve"}
    )
    assert response.status_code == 409
    assert quarter.report.status == "submitted"


def test_a_return_submitted_again_is_not_approved_with_others_from_a_board_opened_before(
    client, quarter
):
    quarter.submitted()
    board, press = "/testshire/quarter/?period=2018-19-q2", "/testshire/quarter/2018-19-q2/approve/"
    read = seen_on(quarter.sign_in(client, OFFICER), board, press)
    changed_meanwhile(quarter)
    page = client.post(press, {"project": ["project"]} | read, follow=True).content.decode()
    assert "submitted again since you opened the page" in words_of(page)
    assert quarter.report.status == "submitted"
    again = {"project": ["project"]} | seen_on(client, board, press)
    assert "1 approved." in client.post(press, again, follow=True).content.decode()


# -- finance reports, savings and risks


@pytest.mark.parametrize("action", ["approve", "send back"])
def test_a_finance_report_that_was_submitted_again_is_not_decided_on_as_it_was_read(
    client, quarter, action
):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    report = brought_to(quarter, "submitted")
    page = act = f"/testshire/money/{report.period}/1/"
    read = seen_on(quarter.sign_in(client, OFFICER), page, act)
    keeper = quarter.by("finance officer")
    MONITORING.transition("withdraw", report.pk, **keeper)
    lines = report.sections.get(name="lines")
    typed = lines.typed | {"older-outturn": "10.401"}
    save_money(report.pk, "lines", typed, version=lines.version, **keeper)
    submit_money(report.pk, **keeper)
    sent = {"action": action, "words": "Thank you."}
    response = client.post(act, sent | read)
    words = words_of(response.content.decode())
    assert response.status_code == 409
    assert "since you opened the page. This page shows how it stands now" in words
    assert "Thank you." in words
    report.refresh_from_db()
    assert report.status == "submitted"
    assert client.post(act, sent | seen_on(client, page, act)).status_code == 302


def test_a_change_of_which_something_is_otherwise_is_not_agreed_as_it_was_read(client, quarter):
    make_savings(quarter)
    change = quarter.council.change_requests.get()
    CHANGES.transition("request", change.pk, **quarter.by("commissioner"))
    address = "/testshire/savings/changes/1/"
    read = seen_on(quarter.sign_in(client, OFFICER), address)
    quarter.council.change_requests.filter(pk=change.pk).update(reason="Nobody read this.")
    response = client.post(address, {"action": "agree", "words": "Fine."} | read)
    words = words_of(response.content.decode())
    assert response.status_code == 409
    assert "“Reason” was changed since you opened the page." in words
    assert "Nobody read this." in words
    assert "Fine." in words
    again = client.post(address, {"action": "agree"} | seen_on(client, address))
    assert again.status_code == 302


def test_a_paper_reports_no_saving_that_was_changed_since_its_page_was_read(client, quarter):
    make_savings(quarter)
    address = "/testshire/savings/papers/"
    days = {"dated_0": "1", "dated_1": "2", "dated_2": "2019"}
    days |= {"as_at_0": "31", "as_at_1": "1", "as_at_2": "2019"}
    quarter.sign_in(client, "finance officer")
    sent = {"title": "Second paper", "days_are_right": "yes: 2019-02-01 2019-01-31"} | days
    asked = forms_of(client.post(address, sent), address)
    read = next(form.sent for form in asked if "confirm" in form.sent)
    quarter.council.savings.get().years.filter(year=2019).update(target=1)
    response = client.post(address, read)
    words = words_of(response.content.decode())
    assert response.status_code == 409
    assert "“Reviews” was changed since you opened the page." in words
    assert "Second paper" in response.content.decode()
    assert quarter.council.savings_papers.count() == 1
    # What is typed otherwise has been read by nobody.
    response = client.post(address, read | {"title": "Third paper"})
    assert response.status_code == 409
    again = next(form.sent for form in forms_of(response, address) if "confirm" in form.sent)
    assert client.post(address, again).status_code == 302


def test_a_risk_that_somebody_wrote_about_meanwhile_is_not_closed_as_it_was_read(client, quarter):
    world = with_register(quarter)
    address = "/testshire/risks/rm019/close/"
    read = seen_on(world.sign_in(client, OFFICER), address)
    assert send(client, "progress").status_code == 302
    response = client.post(address, {"reason": "It is over."} | read)
    words = words_of(response.content.decode())
    assert response.status_code == 409
    assert "“Progress” was changed since you opened the page." in words
    assert "It is over." in response.content.decode()
    again = client.post(address, {"reason": "It is over."} | seen_on(client, address))
    assert again.status_code == 302


def test_a_register_of_which_a_risk_was_changed_is_not_published_as_it_was_read(client, quarter):
    world = with_register(quarter)
    address, today = "/testshire/risks/publish/", clock.today()
    world.sign_in(client, OFFICER)
    sent = {"title": "Register", "as_at_0": today.day, "as_at_1": today.month}
    sent |= {"as_at_2": today.year}
    asked = forms_of(client.post(address, sent), address)
    read = next(form.sent for form in asked if "confirm" in form.sent)
    assert send(client, "assess").status_code == 302
    response = client.post(address, read)
    assert response.status_code == 409
    assert "was changed since you opened the page" in words_of(response.content.decode())
    assert not world.council.risk_reports.filter(as_at=today).exists()
    again = next(form.sent for form in forms_of(response, address) if "confirm" in form.sent)
    assert client.post(address, again).status_code == 302
