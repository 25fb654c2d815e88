"""What was asked about and ticked is read, in words, by who reads the record next."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bcfportal.lib.sentences import day_words
from finance.models import ChangeRequest, OptionForChange, Saving
from outcomes.models import FollowUp
from tests.forms import forms_of
from tests.month import LAST
from tests.registers import with_register
from tests.risk_writing import at, send, words_on
from tests.savings import make_savings
from tests.test_measure_settings import posted
from tests.test_savings_entry import day, grid, option_form, pressed
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
YEAR_BOXES = ("year", "target", "achieved", "forecast", "source")
RIGHT = "and was said to be right."


def far(name, when):
    return f"{name}: {when} is more than two years from {day_words(timezone.localdate())}, {RIGHT}"


@pytest.fixture
def officer(client, quarter):
    return with_register(quarter).sign_in(client, "performance officer")


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


def risk(officer):
    return words_on(officer.get(f"{at()}?as_at=working"))


def test_a_far_target_date_of_a_risk_stands_in_its_history(officer):
    assert RIGHT not in risk(officer)
    sent = send(officer, "details", target_date_2="2099", days_are_right="yes: 2099-03-31")
    assert sent.status_code == 302
    assert far("Target date", "31 March 2099") in risk(officer)


def test_a_far_review_of_a_risk_stands_in_its_history_once(officer):
    days = {"review_by_0": "1", "review_by_1": "9", "review_by_2": "2066"}
    send(officer, "assess", **days, days_are_right="yes: 2066-09-01")
    assert far("Next review date", "1 September 2066") in risk(officer)
    send(officer, "assess", **days, reason="Again.", days_are_right="yes: 2066-09-01")
    assert risk(officer).count(RIGHT) == 1


def test_a_far_day_of_what_comes_next_stands_beside_the_promise(officer):
    days = {"due_0": "1", "due_1": "9", "due_2": "2066", "promise": "A new ward."}
    send(officer, "progress", **days, days_are_right="yes: 2066-09-01")
    assert far("By when", "1 September 2066") in risk(officer)


def test_a_near_day_of_a_risk_says_nothing(officer):
    soon = timezone.localdate()
    send(
        officer,
        "assess",
        review_by_0=str(soon.day),
        review_by_1=str(soon.month),
        review_by_2=str(soon.year),
    )
    assert RIGHT not in risk(officer)


def test_who_decides_on_a_change_of_savings_reads_its_far_day(client, savings):
    funds = {fund.slug: fund.pk for fund in savings.council.funds.all()}
    savings.sign_in(client, "commissioner")
    typed = {"project": savings.project.pk, "from_fund": funds["fund"], "reason": "It fits."}
    typed |= {"to_fund": funds["other-fund"], "days_are_right": "yes: 2066-04-01"}
    client.post("/testshire/savings/changes/add/funding/", typed | day("starts", 1, 4, 2066))
    change = ChangeRequest.objects.get(starts=date(2066, 4, 1))
    page = f"/testshire/savings/changes/{change.number}/"
    assert pressed(client, page, {"action": "request"}).status_code == 302
    savings.sign_in(client, "performance officer")
    assert far("From when", "1 April 2066") in read(client, page)


def test_who_decides_on_an_option_reads_its_amounts_of_a_few_pounds(client, savings):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"years-0-gross": "7", "years-0-lost_income": "0"}
    assert client.post("/testshire/options/add/", typed).status_code == 200
    client.post("/testshire/options/add/", typed | {"pounds_are_right": "yes: 7"})
    assert OptionForChange.objects.filter(title="Do more").exists()
    decide = "/testshire/options/decide/do-more/"
    pressed(client, decide, {"action": "put forward"})
    savings.sign_in(client, "performance officer")
    assert f"£7.00 is very little for a saving, {RIGHT}" in read(client, decide)


def test_who_follows_a_decision_up_reads_its_far_days_and_the_public_does_not(month, client):
    FollowUp.objects.all().delete()
    month.sign_in(client, "performance officer")
    action = month.council.follow_up_actions.get()
    typed = {"action": action.pk, "decision": "Agreed.", "owner": "Head of beds"}
    typed |= day("decided_on", 19, 6, 2017) | day("due", 30, 6, 2017)
    typed["days_are_right"] = "yes: 2017-06-19 2017-06-30"
    address = reverse("reporting:follow-up", args=["testshire", "measure"])
    assert client.post(address, typed).status_code == 302
    assert far("Date of the meeting", "19 June 2017") in read(client, "/testshire/exceptions/")
    client.logout()
    assert RIGHT not in read(client, "/testshire/exceptions/")


def test_who_reads_the_timeline_of_a_period_reads_its_unlikely_days(client, quarter):
    quarter.sign_in(client, "administrator")
    page = "/testshire/periods/2018-19-q2/"
    typed = {"action": "dates", "reason": "It was wrong."}
    typed |= day("as_at", 31, 12, 2025) | day("opens", 1, 10, 2018)
    typed |= day("due", 2, 11, 2018) | day("closes", 1, 12, 2060)
    said = "Closes: 1 December 2060"
    assert said not in read(client, page)
    asked = client.post(page, typed)
    boxes = (box for form in forms_of(asked, page) for box in form.controls)
    ticks = {box.name: box.value for box in boxes if box.name.endswith("_right")}
    assert set(ticks) == {"past_is_right", "as_at_is_right", "days_are_right"}
    assert client.post(page, typed | ticks).status_code == 302
    words = read(client, page)
    assert f"Due: 2 November 2018 had passed already, {RIGHT}" in words
    assert f"As at: 31 December 2025 is after Quarter 2 2018/19, {RIGHT}" in words
    assert far("Closes", "1 December 2060") in words


def test_who_publishes_a_paper_reads_what_is_unlikely_in_its_savings_and_posts(client, savings):
    savings.sign_in(client, "finance officer")
    papers = "/testshire/savings/papers/"
    assert RIGHT not in read(client, papers)
    typed = {"title": "Worker", "status": "recommended"} | day("ends", 31, 3, 2066)
    typed["days_are_right"] = "yes: 2066-03-31"
    assert client.post("/testshire/posts/add/", typed).status_code == 302
    typed = {"title": "Tenders", "kind": "not stated", "evidence": "planned"}
    typed |= grid("years", [{"year": "2019/20", "target": "7"}], YEAR_BOXES)
    assert client.post("/testshire/savings/add/", typed).status_code == 200
    typed["pounds_are_right"] = "yes: 7"
    assert client.post("/testshire/savings/add/", typed).status_code == 302
    words = read(client, papers)
    assert "Worker: " + far("To", "31 March 2066") in words
    assert f"Tenders: £7.00 is very little for a saving, {RIGHT}" in words


def test_who_publishes_a_paper_reads_what_no_post_has(client, savings):
    savings.sign_in(client, "finance officer")
    typed = {"title": "Nurse", "status": "recommended", "fte": "1", "cost": "52"}
    typed |= {"basis": "a year", "post_is_right": "yes: 1 52 a year"}
    assert client.post("/testshire/posts/add/", typed).status_code == 302
    said = "£52 a year for one FTE is very little. Amounts are in pounds here"
    assert f"Nurse: {said}, {RIGHT}" in read(client, "/testshire/savings/papers/")


def test_who_decides_on_a_move_reads_that_its_year_is_over(client, savings):
    savings.sign_in(client, "finance officer")
    saving = Saving.objects.get(council=savings.council)
    saving.years.create(year=2016, target=500)
    typed = {"saving": saving.pk, "amount": "200", "reason": "Slower."}
    typed |= {"from_year": "2016/17", "to_year": "2018/19", "over_is_right": "yes: 2016 2018"}
    assert client.post("/testshire/savings/changes/add/re-profiling/", typed).status_code == 302
    change = ChangeRequest.objects.get(saving=saving)
    page = f"/testshire/savings/changes/{change.number}/"
    assert pressed(client, page, {"action": "request"}).status_code == 302
    savings.sign_in(client, "performance officer")
    assert f"2016/17 is over, {RIGHT}" in read(client, page)


def test_who_publishes_a_paper_reads_what_is_many_times_the_target_of_a_saving(client, savings):
    savings.sign_in(client, "finance officer")
    typed = {"title": "Tenders", "kind": "not stated", "evidence": "planned"}
    year = {"year": "2019/20", "target": "20,000", "achieved": "-90,000", "forecast": "200,000"}
    typed |= grid("years", [year], YEAR_BOXES)
    said = "Forecast of 2019/20: £200,000 now, and the target is £20,000: many times as much"
    asked = client.post("/testshire/savings/add/", typed)
    assert f"{said}. Put it right, or tick that it is right." in words_of(asked.content.decode())
    boxes = (box for form in forms_of(asked, "/") for box in form.controls)
    typed |= {box.name: box.value for box in boxes if box.name == "figures_are_right"}
    assert client.post("/testshire/savings/add/", typed).status_code == 302
    assert f"Tenders: {said}, {RIGHT}" in read(client, "/testshire/savings/papers/")


def test_who_changes_a_measure_next_reads_what_was_asked_about_its_last_change(client, month):
    month.sign_in(client, "performance officer")
    page = reverse("reporting:measure", args=["testshire", "measure"])
    typed = {"since": LAST.key, "why_it_changes": "Counted otherwise.", "direction": "neutral"}
    asked = client.post(page, posted(month.measure(), **typed))
    assert "is published and stays as it is" in words_of(asked.content.decode())
    typed["published_too"] = f"yes: {LAST.key}"
    assert client.post(page, posted(month.measure(), **typed)).status_code == 302
    said = (
        f"Performance officer: {LAST.label} is published and stays as it is until published again."
    )
    assert f"{said} It was said to be right." in read(client, page)


def test_who_decides_on_an_option_reads_what_cannot_well_be_in_its_years_and_figures(
    client, savings
):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"years-0-year": "2099/00", "gross_budget": "90"}
    typed |= {"pounds_are_right": "yes: 90"}
    asked = client.post("/testshire/options/add/", typed)
    boxes = (box for form in forms_of(asked, "/") for box in form.controls)
    typed |= {box.name: box.value for box in boxes if box.name.endswith("_right")}
    assert client.post("/testshire/options/add/", typed).status_code == 302
    decide = "/testshire/options/decide/do-more/"
    pressed(client, decide, {"action": "put forward"})
    savings.sign_in(client, "performance officer")
    words = read(client, decide)
    assert "2099/00 is more than five years after" in words
    assert f"£700 is saved in all, more than the budget, £90, {RIGHT}" in words


def test_who_sets_targets_next_reads_what_was_asked_about_the_last_ones(client, month):
    month.sign_in(client, "performance officer")
    page = "/testshire/vital-signs/measure/target/?year=2017"
    typed = {f"value-{LAST.following.key}": "7", "why": "Agreed."}
    asked = client.post(page, typed)
    (box,) = [
        box
        for form in forms_of(asked, page)
        for box in form.controls
        if box.name == "targets_are_right"
    ]
    assert client.post(page, typed | {box.name: box.value}).status_code == 302
    words = read(client, page)
    assert "Performance officer: April 2017: 7% now, and the target was 95%" in words
    assert "It was said to be right." in words


def test_who_reads_the_timeline_of_a_finance_report_reads_that_its_period_was_asked_about(
    client, savings
):
    savings.sign_in(client, "finance officer")
    typed = {"year": "2048/49", "month": "2"}
    asked = client.post("/testshire/money/", typed)
    (box,) = [
        box
        for form in forms_of(asked, "/testshire/money/")
        for box in form.controls
        if box.name == "period_is_right"
    ]
    begun = client.post("/testshire/money/", typed | {box.name: box.value})
    savings.sign_in(client, "performance officer")
    words = read(client, begun.headers["Location"])
    assert "May 2048 begins on 1 May 2048. It was said to be right." in words


# The ticks of questions that a form asks when it is sent, and the test that reads the answer.
READ_BY = {
    "days_are_right": test_who_reads_the_timeline_of_a_period_reads_its_unlikely_days,
    "past_is_right": test_who_reads_the_timeline_of_a_period_reads_its_unlikely_days,
    "as_at_is_right": test_who_reads_the_timeline_of_a_period_reads_its_unlikely_days,
    "pounds_are_right": test_who_publishes_a_paper_reads_what_is_unlikely_in_its_savings_and_posts,
    "years_are_right": (
        test_who_decides_on_an_option_reads_what_cannot_well_be_in_its_years_and_figures
    ),
    "figures_are_right": (
        test_who_decides_on_an_option_reads_what_cannot_well_be_in_its_years_and_figures
    ),
    "over_is_right": test_who_decides_on_a_move_reads_that_its_year_is_over,
    "post_is_right": test_who_publishes_a_paper_reads_what_no_post_has,
    "targets_are_right": test_who_sets_targets_next_reads_what_was_asked_about_the_last_ones,
    "period_is_right": (
        test_who_reads_the_timeline_of_a_finance_report_reads_that_its_period_was_asked_about
    ),
    "published_too": test_who_changes_a_measure_next_reads_what_was_asked_about_its_last_change,
    "same_thing": test_who_changes_a_measure_next_reads_what_was_asked_about_its_last_change,
}


def test_the_answer_to_every_question_of_a_form_is_read_by_somebody():
    own = [path for path in settings.BASE_DIR.glob("*/**/*.py") if path.parts[-2] != "tests"]
    sources = (path.read_text() for path in own if not {".venv", "tests", "var"} & set(path.parts))
    ticks = {
        tick
        for source in sources
        if "typed.asking" in source or "def ask(" in source
        for tick in re.findall(r'\bask\(\s*\w+,\s*"(\w+)"', source)
    }
    assert ticks == set(READ_BY)
