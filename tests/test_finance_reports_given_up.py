"""A finance report that was begun by mistake is given up; what is said beside it is changed."""

from datetime import date

import pytest

from finance.models import MonitoringReport
from finance.monitoring.actions import begin, correct, save_section, why_corrected
from finance.monitoring.transitions import MONITORING
from publishing.workflow import NotNow
from tests.every_form import filled, open_forms
from tests.money import brought_to, by, make_areas, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
MONTH = "2018-19-m07"
AT = f"/testshire/money/{MONTH}/1/"


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    quarter.second = quarter.people["second"] = second_keeper(quarter.council)
    return quarter


@pytest.fixture
def begun(money):
    """A month that was begun by mistake, with an amount typed in it."""
    mine = by(money.keeper, money.council)
    report = begin(council=money.council, period=MONTH, **mine)
    save_section(report.pk, "lines", {"older-budget": "1.5"}, version=0, **mine)
    return report


def pressed(client, money, who, at, action):
    money.sign_in(client, who)
    form = next(form for form in open_forms(client, at) if ("action", action) in form.buttons)
    return client.post(form.action, filled(form, {}, ("action", action)), follow=True)


def test_a_report_begun_by_mistake_is_given_up_by_another_who_keeps_money_after_a_question(
    client, money, begun
):
    money.sign_in(client, "second")
    assert "Do you want to give up Month 7 of 2018/19?" in words_of(client.get(AT).text)
    answer = pressed(client, money, "second", AT, "give up")
    words = words_of(answer.text)
    assert "Month 7 of 2018/19 is given up." in words
    assert "Given up by" in words
    begun.refresh_from_db()
    assert begun.status == "given up"
    assert begun.sections.get(name="lines").typed == {"older-budget": "1.5"}
    assert 'value="1.5"' in client.get(f"{AT}lines/").text
    assert "Given up" in words_of(client.get("/testshire/money/").text)


def test_beginning_the_month_again_takes_up_what_was_given_up_with_all_that_was_typed(money, begun):
    mine = by(money.keeper, money.council)
    MONITORING.transition("give up", begun.pk, **mine)
    with pytest.raises(NotNow):
        save_section(begun.pk, "lines", {"older-budget": "9"}, version=1, **mine)
    again = begin(council=money.council, period=MONTH, meeting="Board, 3 May", **mine)
    assert (again.pk, again.status, again.meeting) == (begun.pk, "draft", "Board, 3 May")
    assert again.sections.get(name="lines").typed == {"older-budget": "1.5"}


def test_a_report_that_was_given_up_can_be_taken_up_on_its_page(client, money, begun):
    pressed(client, money, "finance officer", AT, "give up")
    words = words_of(pressed(client, money, "finance officer", AT, "take up again").text)
    assert "Month 7 of 2018/19 is a draft again" in words


def test_a_correction_that_is_given_up_leaves_the_published_version_and_can_be_begun_again(
    client, money
):
    report = brought_to(money, "published")
    mine = by(money.keeper, money.council)
    fresh = correct(report, why="Typed in error.", **mine)
    page = f"/testshire/money/{report.period}/"
    pressed(client, money, "finance officer", f"{page}2/", "give up")
    words = words_of(client.get(f"{page}1/").text)
    assert "corrected by" not in words
    assert "Begin a new version" in words
    again = correct(report, why="A digit was left out.", **mine)
    assert (again.pk, again.status) == (fresh.pk, "draft")
    assert MonitoringReport.objects.filter(period=report.period).count() == 2


def test_the_day_the_meeting_and_the_published_reason_of_a_draft_can_be_changed(client, money):
    report = brought_to(money, "published")
    mine = by(money.keeper, money.council)
    fresh = correct(report, why="TESTER wrng reason.", **mine)
    money.sign_in(client, "finance officer")
    at = f"/testshire/money/{report.period}/2/about/"
    [form] = open_forms(client, at)
    typed = {"as_at": "30 May 2018", "meeting": "Board, 3 June", "why": "A digit was left out."}
    answer = client.post(at, filled(form, typed), follow=True)
    words = words_of(answer.text)
    assert "As at 30 May 2018. Board, 3 June" in words
    fresh.refresh_from_db()
    assert fresh.as_at == date(2018, 5, 30)
    assert "As at 30 May 2018; it was 31 May 2018." in words
    assert why_corrected(fresh) == "A digit was left out."


def test_what_is_said_of_an_approved_report_cannot_be_changed_any_more(client, money):
    report = brought_to(money, "approved")
    money.sign_in(client, "finance officer")
    at = f"/testshire/money/{report.period}/1/about/"
    words = words_of(client.get(at).text)
    assert "This report is approved. Begin a new version to change it." in words
    assert open_forms(client, at) == []
    answer = client.post(at, {"as_at": "", "meeting": "Board", "submit": "Save"})
    assert answer.status_code == 409
    assert "Board" in answer.text


def test_a_month_that_has_a_report_names_it_and_leads_to_it(client, money, begun):
    money.sign_in(client, "second")
    [form] = open_forms(client, "/testshire/money/")
    typed = {"year": "2018/19", "month": "7"}
    page = client.post("/testshire/money/", filled(form, typed))
    said = "That period already has a report: Month 7 of 2018/19 is draft."
    assert said in words_of(page.text)
    assert f'href="{AT}"' in page.text
