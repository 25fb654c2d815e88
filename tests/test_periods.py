"""Opening, re-dating, closing and reopening a period: the actions and their pages."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from accounts.roles import Role
from bcfportal.lib import clock
from projects.models import Council, Project
from publishing.models import PeriodEvent, Return, Section
from publishing.workflow import NotNow
from returns.periods import change_dates, close_period, open_period, reopen_period

pytestmark = pytest.mark.django_db
LIST = "/nottinghamshire/periods/"
PAGE = "/nottinghamshire/periods/2017-18-q4/"
DATES = {
    "as_at": date(2018, 5, 1),
    "opens": date(2018, 4, 3),
    "due": date(2018, 4, 20),
    "closes": date(2018, 5, 4),
}
# Who may see and change the pages; everybody else of the council is forbidden.
RUNNERS = {Role.PERFORMANCE_OFFICER, Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def before_it_is_due():
    with clock.stopped_at(datetime(2018, 4, 10, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def officer(person, nottinghamshire):
    user = person()
    user.memberships.create(council=nottinghamshire, role=Role.PERFORMANCE_OFFICER)
    return user


@pytest.fixture
def quarter(officer, nottinghamshire):
    return opened(nottinghamshire, officer)


def opened(council, by, **changes):
    fields = {"key": "2017-18-q4", "title": "Progress update", **DATES, **changes}
    return open_period(council=council, by=by, **fields)


def boxes(**days):
    """What a browser sends for dates in three boxes."""
    sent = {}
    for name, day in days.items():
        parts = (day.day, day.month, day.year) if isinstance(day, date) else day
        sent |= {f"{name}_{number}": part for number, part in enumerate(parts)}
    return sent


def a_quarter(**changes):
    answers = {"year": "2017/18", "quarter": "4", "title": "Progress update", "take_over": "yes"}
    return answers | boxes(**DATES) | changes


def words_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_opening_makes_a_return_with_four_sections_for_each_live_project_that_reports(
    officer, nottinghamshire
):
    closed = nottinghamshire.projects.get(slug="connect")
    closed.status = Project.Status.CLOSED
    closed.save()
    period = opened(nottinghamshire, officer)
    slugs = set(period.returns.values_list("project__slug", flat=True))
    reporting = nottinghamshire.projects.filter(kind=Project.Kind.REPORTED)
    assert slugs == {project.slug for project in reporting} - {"connect"}
    assert set(period.returns.values_list("status", flat=True)) == {Return.Status.NOT_STARTED}
    sections = Section.objects.filter(report__period=period)
    assert sections.count() == 4 * len(slugs)
    event = period.events.get()
    assert (event.action, event.by, event.dates_before) == ("opened", officer, {})
    assert event.dates["due"] == "2018-04-20"


def test_a_quarter_is_opened_once(quarter, officer, nottinghamshire):
    with pytest.raises(NotNow, match="Quarter 4 2017/18 already exists"):
        opened(nottinghamshire, officer)
    assert nottinghamshire.periods.filter(key="2017-18-q4").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens": date(2018, 4, 21)}, "opens on 21 April 2018 and is due on 20 April 2018"),
        ({"closes": date(2018, 4, 19)}, "is due on 20 April 2018 and closes on 19 April 2018"),
        ({"due": None, "closes": date(2018, 4, 2)}, "opens on 3 April 2018 and closes on 2"),
        ({"key": "2017-19-q4"}, "A period is written as"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_in_words(
    officer, nottinghamshire, changes, sentence
):
    with pytest.raises(NotNow, match=sentence):
        opened(nottinghamshire, officer, **changes)
    assert nottinghamshire.periods.count() == 1


def test_dates_change_with_a_reason_and_both_sets_are_kept(quarter, officer):
    dates = DATES | {"due": date(2018, 4, 27)}
    change_dates(quarter, **dates, reason="  Easter ", by=officer)
    quarter.refresh_from_db()
    assert quarter.due == date(2018, 4, 27)
    event = quarter.events.last()
    assert event.comment == "Easter"
    assert event.changes == [("due", date(2018, 4, 20), date(2018, 4, 27))]


@pytest.mark.parametrize(
    ("dates", "reason", "sentence"),
    [
        ({"due": date(2018, 4, 27)}, "  ", "Say why"),
        ({}, "Easter", "already has"),
        ({"due": date(2018, 6, 1)}, "Easter", "in that order"),
    ],
)
def test_dates_do_not_change_without_a_reason_or_to_nonsense(
    quarter, officer, dates, reason, sentence
):
    with pytest.raises(NotNow, match=sentence):
        change_dates(quarter, **(DATES | dates), reason=reason, by=officer)
    assert quarter.events.count() == 1


def test_a_period_closes_and_opens_again_with_a_reason(quarter, officer):
    with pytest.raises(NotNow, match="already open"):
        reopen_period(quarter, reason="Late figures", by=officer)
    close_period(quarter, by=officer)
    with pytest.raises(NotNow, match="already closed"):
        close_period(quarter, by=officer)
    with pytest.raises(NotNow, match="Reopen it first"):
        change_dates(quarter, **DATES, reason="Easter", by=officer)
    with pytest.raises(NotNow, match="Say why"):
        reopen_period(quarter, reason="", by=officer)
    reopen_period(quarter, reason="Late figures", by=officer)
    quarter.refresh_from_db()
    assert quarter.status == "open"
    assert [event.action for event in quarter.events.all()] == ["opened", "closed", "reopened"]


def test_the_timeline_of_a_period_cannot_be_rewritten(quarter):
    for rewrite in (
        lambda: PeriodEvent.objects.update(comment="Never"),
        lambda: PeriodEvent.objects.all().delete(),
    ):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            rewrite()


@pytest.mark.parametrize("role", Role)
def test_who_may_run_a_period(person, client, quarter, nottinghamshire, role):
    user = person("someone@example.org")
    user.memberships.create(council=nottinghamshire, role=role)
    client.force_login(user)
    expected = 200 if role in RUNNERS else 403
    assert client.get(LIST).status_code == expected
    assert client.get(PAGE).status_code == expected
    closing = client.post(PAGE, {"action": "close", "reason": "Enough is in."})
    assert closing.status_code == (302 if role in RUNNERS else 403)
    if role not in RUNNERS:
        assert client.post(LIST, a_quarter(year="2018/19", quarter="1")).status_code == 403
        with pytest.raises(PermissionDenied):
            close_period(quarter, by=user)


def test_outside_the_council_the_pages_are_not_there(person, client, quarter, testshire):
    for page in (LIST, PAGE):
        assert client.get(page).status_code == 302
        assert client.post(page, {"action": "close"}).status_code == 401
    stranger = person("stranger@example.org")
    stranger.memberships.create(council=testshire(), role=Role.PERFORMANCE_OFFICER)
    client.force_login(stranger)
    for page in (LIST, PAGE, "/testshire/periods/2017-18-q4/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"action": "close"}).status_code == 404
    with pytest.raises(PermissionDenied):
        open_period(
            council=Council.objects.get(slug="nottinghamshire"),
            key="2018-19-q1",
            title="Report",
            by=stranger,
            **DATES,
        )
    assert client.get("/testshire/periods/").status_code == 200


def test_other_methods_are_refused(client, officer, quarter):
    client.force_login(officer)
    assert client.put(LIST).status_code == 405
    assert client.delete(PAGE).status_code == 405


def test_an_officer_opens_the_quarter_that_comes_next(client, officer, nottinghamshire):
    client.force_login(officer)
    page = client.get(LIST).content.decode()
    assert 'value="2017/18"' in page
    assert re.search(r'<option value="4"\s+selected', page)
    assert client.post(LIST, a_quarter()).headers["Location"] == LIST
    words = words_of(client.get(LIST))
    assert "Quarter 4 2017/18 is open, with 23 returns to be made." in words
    assert "Quarter 4 2017/18 Open 1 May 2018 3 April 2018 20 April 2018 4 May 2018" in words
    again = client.post(LIST, a_quarter())
    assert again.status_code == 409
    assert "Quarter 4 2017/18 already exists." in words_of(again)
    assert nottinghamshire.periods.count() == 2


@pytest.mark.parametrize("year", ["2017/18", "2017-18", " 2017/18 "])
def test_the_year_is_taken_as_people_write_it(client, officer, nottinghamshire, year):
    client.force_login(officer)
    assert client.post(LIST, a_quarter(year=year)).status_code == 302
    assert nottinghamshire.periods.filter(key="2017-18-q4").exists()


@pytest.mark.parametrize(
    ("changes", "sentence", "box"),
    [
        (boxes(due=(31, 2, 2018)), "Due: Enter a real date, such as ", "id_due_0"),
        (boxes(due=("x", 2, 2018)), "Due: Enter a real date, such as ", "id_due_0"),
        (boxes(due=("", 2, 2018)), "Due: Enter a real date, such as ", "id_due_0"),
        (boxes(due=("²", 2, 2018)), "Due: Enter a real date, such as ", "id_due_0"),
        (boxes(due=("-1", 2, 2018)), "Due: Enter a real date, such as ", "id_due_0"),
        (boxes(due=(1, 2, 99999)), "Due: Enter a year from 2000 to 2100", "id_due_0"),
        (boxes(due=(1, 2, 218)), "Due: Enter a year from 2000 to 2100", "id_due_0"),
        (boxes(as_at=("", "", "")), "Enter the as-at date of the figures.", "id_as_at_0"),
        (boxes(due=(1, 2, 2018)), "Returns cannot be due before the period opens.", "id_due_0"),
        (
            boxes(closes=(4, 4, 2018)),
            "The period cannot close before returns are due.",
            "id_closes_0",
        ),
        (
            {"year": "2017"},
            "Financial year: Enter both years: 2017 is in 2016/17 and in",
            "id_year",
        ),
        ({"year": "2017/19"}, "Financial year: Enter two years that follow each other", "id_year"),
        ({"year": "soon"}, "Financial year: Enter the financial year as 2018/19.", "id_year"),
        ({"year": ""}, "Enter the financial year, such as 2018/19.", "id_year"),
        ({"quarter": "5"}, "Choose a quarter from the list.", "id_quarter"),
        ({"title": ""}, "Enter the title of the report.", "id_title"),
        ({"title": "x" * 201}, "Title of the report: Shorten this to 200 characters", "id_title"),
    ],
)
def test_what_is_wrong_is_said_and_its_link_lands(
    client, officer, nottinghamshire, changes, sentence, box
):
    client.force_login(officer)
    response = client.post(LIST, a_quarter(**changes))
    page = html.unescape(response.content.decode())
    assert re.search(rf'<a href="#{box}">{re.escape(sentence)}', page)
    assert f'id="{box}"' in page
    assert page.count(f"</span> {sentence}") == 1
    assert "<title>Error: " in page
    assert nottinghamshire.periods.count() == 1


def test_what_was_typed_stays_when_a_date_is_wrong(client, officer):
    client.force_login(officer)
    page = client.post(LIST, a_quarter(**boxes(due=("31", "2", "2018")))).content.decode()
    assert re.search(r'name="due_0"\s+value="31"', page)
    assert re.search(r'name="opens_0"\s+value="3"', page)


def test_dates_are_changed_on_the_page_and_the_timeline_tells_it(client, officer, quarter):
    client.force_login(officer)
    change = {"action": "dates", "reason": "Easter", **boxes(**DATES)}
    assert client.post(PAGE, change).status_code == 409
    assert client.post(PAGE, change | {"reason": ""}).status_code == 200
    change |= boxes(due=(27, 4, 2018))
    assert client.post(PAGE, change).headers["Location"] == PAGE
    words = words_of(client.get(PAGE))
    assert "The dates of Quarter 4 2017/18 are changed." in words
    assert "“Easter” Due: 20 April 2018, now 27 April 2018" in words


def test_a_period_is_closed_and_reopened_on_its_page(client, officer, quarter):
    client.force_login(officer)
    asks = client.post(PAGE, {"action": "close"})
    assert "23 returns are not submitted. Say why" in words_of(asks)
    close = {"action": "close", "reason": "The board met early."}
    assert client.post(PAGE, close).status_code == 302
    assert client.post(PAGE, close).status_code == 409
    assert "“The board met early.”" in words_of(client.get(PAGE))
    page = client.post(PAGE, {"action": "reopen", "reason": " "})
    assert "Say why in a few words." in words_of(page)
    assert client.post(PAGE, {"action": "reopen", "reason": "Late figures"}).status_code == 302
    again = client.post(PAGE, {"action": "reopen", "reason": "Late figures"})
    assert again.status_code == 409
    assert "Quarter 4 2017/18 is already open." in words_of(again)
    assert client.post(PAGE, {"action": "vanish"}).status_code == 404
    assert client.get("/nottinghamshire/periods/2030-31-q1/").status_code == 404


def test_a_due_date_that_has_gone_by_is_asked_about(client, officer, nottinghamshire):
    client.force_login(officer)
    past = a_quarter(**boxes(opens=(1, 3, 2018), due=(9, 4, 2018)))
    asks = client.post(LIST, past)
    assert "Returns would be 1 day late at once" in words_of(asks)
    assert "past_is_right" not in client.get(LIST).content.decode()
    for tick in ("on", "yes", "yes: 2018-04-08"):
        assert client.post(LIST, past | {"past_is_right": tick}).status_code == 200
    assert 'value="yes: 2018-04-09"' in asks.content.decode()
    assert client.post(LIST, past | {"past_is_right": "yes: 2018-04-09"}).status_code == 302
    assert nottinghamshire.periods.filter(key="2017-18-q4").exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((31, 12, 2017), "31 December 2017 is before"),
        ((31, 3, 2017), "31 March 2017 is before"),
        ((30, 6, 2018), "30 June 2018 is long after"),
    ],
)
def test_an_as_at_date_of_another_quarter_is_asked_about(
    client, officer, nottinghamshire, day, words
):
    client.force_login(officer)
    other = a_quarter(**boxes(as_at=day))
    asks = client.post(LIST, other)
    assert (
        f"{words} Quarter 4 2017/18, which is from 1 January 2018 to 31 March 2018. Correct the "
        "date, or tick that it is right." in words_of(asks)
    )
    assert not nottinghamshire.periods.filter(key="2017-18-q4").exists()
    assert "as_at_is_right" not in client.get(LIST).content.decode()
    assert client.post(LIST, other | {"as_at_is_right": "on"}).status_code == 200
    right = f"yes: {date(*reversed(day)).isoformat()}"
    assert client.post(LIST, other | {"as_at_is_right": right}).status_code == 302


def test_a_quarter_that_opens_later_is_not_said_to_be_open(client, officer, nottinghamshire):
    client.force_login(officer)
    typed = a_quarter(**boxes(opens=(12, 4, 2018), due=(20, 4, 2018), closes=(30, 4, 2018)))
    page = client.post(LIST, typed, follow=True)
    assert "Quarter 4 2017/18 opens on 12 April 2018, with" in words_of(page)


def test_words_of_people_are_escaped(client, officer, quarter):
    client.force_login(officer)
    reason = "<script>alert(1)</script>"
    change = {"action": "dates", "reason": reason, **boxes(**DATES), **boxes(due=(27, 4, 2018))}
    client.post(PAGE, change)
    assert reason not in client.get(PAGE).content.decode()
