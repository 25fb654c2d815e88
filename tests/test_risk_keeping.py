"""Writing about risks: who may, what is asked, what is said when it is wrong, what is kept."""

import html
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Council
from risks.models import Assessment, Closure, Details, Progress, Promise, Risk, Task
from risks.register import published_register, register_at
from tests.registers import make_risk, make_scale, publish_register, with_register
from tests.risk_writing import ASSESSMENT, DETAILS, FORMS, NEW, at, published, seen, send, words_on

PUBLISH = "/testshire/risks/publish/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(quarter):
    return with_register(quarter)


@pytest.fixture
def officer(client, world):
    return world.sign_in(client, "performance officer")


@pytest.fixture
def owner(client, world):
    """The commissioner, who owns rm019."""
    world.risk.owner = world.people["commissioner"]
    world.risk.save()
    return world.sign_in(client, "commissioner")


def test_an_assessment_is_added_with_who_when_and_why(officer, world):
    response = send(officer, "assess", review_by_0="1", review_by_1="9", review_by_2="2028")
    assert response.headers["Location"] == f"{at()}?as_at=working"
    now = register_at(world.council, timezone.localdate()).risks[0]
    assert (now.score, now.prospects, now.review_by) == (6, "green", date(2028, 9, 1))
    row = now.now.row
    assert (row.by, row.by_post) == (world.people["performance officer"], "Performance officer")
    assert row.reason == "It went well."
    assert row.on == timezone.localdate()
    page = words_on(officer.get(f"{at()}?as_at=working"))
    assert "Why: It went well." in page
    assert "Current score , 31 March 2018, Risk manager 3 × 4 = 12" in page


def test_a_review_in_forty_years_is_asked_about_and_the_tick_is_of_that_day(officer, world):
    far = {"review_by_0": "1", "review_by_1": "9", "review_by_2": "2066"}
    asked = "Next review date: 1 September 2066 is more than two years from today."
    for tick in ("", "on", "yes: 2067-09-01"):
        page = send(officer, "assess", **far, days_are_right=tick)
        assert page.status_code == 200
        assert asked in words_on(page)
    assert 'value="yes: 2066-09-01"' in page.content.decode()
    assert send(officer, "assess", **far, days_are_right="yes: 2066-09-01").status_code == 302
    assert register_at(world.council, timezone.localdate()).risks[0].review_by == date(2066, 9, 1)


def test_what_is_written_is_not_public_until_a_register_is(officer, client, world):
    send(officer, "assess")
    client.logout()
    assert "It went well." not in words_on(client.get(at()))
    assert "12 Medium: likelihood 3" in words_on(client.get(at()))


@pytest.mark.parametrize(
    ("page", "changes", "sentence", "field"),
    [
        ("assess", {"reason": " "}, "Say why in a few words.", "id_reason"),
        ("assess", {"likelihood": ""}, "Choose the likelihood, from 1 to 5.", "id_likelihood"),
        ("assess", {"impact": "6"}, "Choose the impact, from 1 to 5.", "id_impact"),
        ("assess", {"prospects": "blue"}, "Choose the prospects", "id_prospects"),
        (
            "assess",
            {"review_by_0": "31", "review_by_1": "2", "review_by_2": "2028"},
            "Enter a real date",
            "",
        ),
        (
            "assess",
            {"reason": "x" * 2001},
            "Why: Shorten this to 2,000 characters or fewer.",
            "id_reason",
        ),
        ("details", {"title": ""}, "Enter the title of the risk.", "id_title"),
        ("details", {"level": "huge"}, "Choose corporate, departmental or project.", "id_level"),
        ("details", {"owner_post": ""}, "Enter the post of the owner.", "id_owner_post"),
        ("details", {"owner": "999999"}, "Choose a commissioner of the council", "id_owner"),
        ("tasks", {"text": ""}, "Say what will be done.", "id_text"),
        ("progress", {"text": ""}, "Say what progress has been made.", "id_text"),
        ("progress", {"task": "999999"}, "Choose a task of this risk", "id_task"),
        ("progress", {"promise": "More"}, "Enter when that will happen.", ""),
        (
            "progress",
            {"due_0": "1", "due_1": "9", "due_2": "2028"},
            "Say what will happen by that day.",
            "id_promise",
        ),
        (
            "links",
            {"projects": ["999999"]},
            "Choose projects of the council from the list.",
            "id_projects",
        ),
        (
            "links",
            {"savings": "x" * 61},
            "Enter references of savings of at most 60 characters.",
            "id_savings",
        ),
        ("close", {"reason": ""}, "Say why in a few words.", "id_reason"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer, page, changes, sentence, field):
    before = Assessment.objects.count(), Details.objects.count(), Progress.objects.count()
    response = send(officer, page, **changes)
    assert response.status_code == 200
    content = response.content.decode()
    assert "There is a problem" in content
    assert "<title>Error: " in content
    assert sentence in html.unescape(content)
    for anchor in re.findall(r'href="#([^"]+)"', content):
        assert f'id="{anchor}"' in content
    assert 'href="#id_' in content if not field else f'href="#{field}"' in content
    for name, typed in (FORMS[page] | changes).items():
        if name in ("text", "reason", "title", "description", "promise") and len(typed) < 100:
            assert typed.strip() in content
    assert before == (Assessment.objects.count(), Details.objects.count(), Progress.objects.count())


def test_the_form_begins_with_what_stands(officer):
    page = officer.get(at("details/")).content.decode()
    assert 'value="Failure of rm019"' in page
    assert "It may fail." in page
    assert 'value="2019"' in page
    page = officer.get(at("assess/")).content.decode()
    checked = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="(\w+)"[^>]*checked', page)
    assert checked == [("likelihood", "3"), ("impact", "4"), ("prospects", "amber")]


def test_an_assessment_over_another_is_told_and_nothing_is_lost(officer, world):
    held = seen(officer, "assess/")
    send(officer, "assess", reason="Somebody else was quicker.")
    response = officer.post(at("assess/"), ASSESSMENT | held | {"reason": "My own words."})
    assert response.status_code == 409
    page = words_on(response)
    assert "Performance officer changed this on" in page
    assert "My own words." in page
    assert "Somebody else was quicker." in page
    assert Assessment.objects.filter(reason="My own words.").count() == 0
    again = re.search(r'name="seen"[^>]*value="(\d+)"', response.content.decode())[1]
    response = officer.post(at("assess/"), ASSESSMENT | {"seen": again, "reason": "My own words."})
    assert response.status_code == 302
    assert Assessment.objects.get(reason="My own words.").likelihood == 2


@pytest.mark.parametrize("forged", ["", "zebra", "²", "-1", "9" * 30])
def test_a_form_that_does_not_say_what_it_saw_is_not_saved(officer, forged):
    response = officer.post(at("details/"), DETAILS | {"seen": forged})
    assert response.status_code == 409
    assert Details.objects.filter(reason="It was out of date.").count() == 0


def test_new_details_keep_the_old_ones(officer, world):
    send(officer, "details", title="Another title", significant="on")
    row = Details.objects.filter(risk=world.risk).latest("recorded_at")
    assert (row.title, row.significant, row.level) == ("Another title", True, "corporate")
    assert row.target_date == date(2019, 3, 31)
    page = words_on(officer.get(f"{at()}?as_at=working"))
    assert "Title, before: Failure of rm019" in page
    assert "Why: It was out of date." in page


def test_a_change_that_leaves_the_words_is_not_significant(officer, world):
    send(officer, "details", significant="on")
    assert not Details.objects.filter(risk=world.risk).latest("recorded_at").significant


def test_an_officer_says_who_keeps_a_risk(officer, world):
    lead = world.people["commissioner"]
    send(officer, "details", owner=str(lead.pk))
    world.risk.refresh_from_db()
    assert world.risk.owner == lead
    send(officer, "details", owner="")
    world.risk.refresh_from_db()
    assert world.risk.owner is None


def test_tasks_are_numbered_and_progress_is_added_to_them(officer, world):
    assert send(officer, "tasks").status_code == 302
    task = Task.objects.get(text="Do more.")
    assert task.number == 2
    send(
        officer,
        "progress",
        task=str(task.pk),
        promise="The other half",
        due_0="1",
        due_1="9",
        due_2="2028",
    )
    row = Progress.objects.get(task=task)
    assert (row.state, row.text) == ("on schedule", "Half of it is done.")
    promise = Promise.objects.get(text="The other half")
    assert promise.due == date(2028, 9, 1)
    page = words_on(officer.get(f"{at()}?as_at=working"))
    assert "On schedule" in page
    assert "The other half 1 September 2028" in page


def test_what_a_risk_is_about_is_added_and_dropped(officer, world):
    project = world.project
    send(officer, "links")
    at_first = register_at(world.council, date(2018, 3, 31)).risks[0]
    now = register_at(world.council, timezone.localdate()).risks[0]
    assert [link.project for link in at_first.links] == [project]
    assert [str(link.reference) for link in now.links] == ["VS 204", "ASC003", "COM040"]
    page = officer.get(at("links/")).content.decode()
    assert "ASC003\nCOM040" in page
    send(officer, "links", projects=[str(project.pk)], savings="COM040", measures="")
    now = register_at(world.council, timezone.localdate()).risks[0]
    assert {(link.kind, link.project, link.reference) for link in now.links} == {
        ("project", project, ""),
        ("saving", None, "COM040"),
    }
    rows = world.risk.link_rows.count()
    send(officer, "links", projects=[str(project.pk)], savings="COM040 \n\nCOM040", measures="")
    assert world.risk.link_rows.count() == rows
    # What was published says what it said.
    assert "Project: Project" in words_on(officer.get(at()))


def test_progress_may_be_about_the_whole_risk(officer):
    send(officer, "progress", state="")
    assert Progress.objects.get(text="Half of it is done.").task is None


def test_a_task_of_another_risk_cannot_be_chosen(officer, world):
    other = make_risk(world.council, "other").task_rows.get()
    response = send(officer, "progress", task=str(other.pk))
    assert "Choose a task of this risk from the list." in words_on(response)


def test_a_closed_risk_stays_with_its_reason_and_takes_nothing_more(officer, world):
    assert send(officer, "close").status_code == 302
    page = words_on(officer.get("/testshire/risks/?as_at=working"))
    assert "Open risks 0 and 1 closed" in page
    assert "It cannot happen any more." in page
    for name in FORMS:
        response = send(officer, name)
        assert response.status_code == 409, name
        assert "was closed on" in words_on(response)
    assert Closure.objects.filter(risk__council=world.council).count() == 1
    assert "Assess it" not in words_on(officer.get(f"{at()}?as_at=working"))


def test_a_new_risk_is_entered_where_it_stands(officer, world):
    response = officer.post("/testshire/risks/new/", NEW)
    assert response.headers["Location"] == "/testshire/risks/rm-300/?as_at=working"
    risk = Risk.objects.get(slug="rm-300")
    found = register_at(world.council, timezone.localdate()).find("rm-300")
    assert [each.score for each in (found.original, found.now, found.target)] == [16, 16, 4]
    assert (risk.order, risk.entered_on) == (2, timezone.localdate())
    # Not public, and not to be seen, until a register with it is published.
    assert officer.get(at("", "rm-300")).status_code == 404
    assert officer.get(f"{at('', 'rm-300')}?as_at=working").status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reference": "RM019"}, "The register already has a risk with that reference"),
        ({"reference": "new"}, "Enter a reference with letters or digits, such as RM14300."),
        ({"reference": "…"}, "Enter a reference with letters or digits, such as RM14300."),
        ({"reference": ""}, "Enter a reference, such as RM14300."),
        ({"target_impact": ""}, "Choose the target impact, from 1 to 5."),
    ],
)
def test_a_new_risk_with_something_wrong_is_not_entered(officer, changes, sentence):
    response = officer.post("/testshire/risks/new/", NEW | changes)
    assert response.status_code == 200
    assert sentence in words_on(response)
    assert "It may fail." in response.content.decode()
    assert Risk.objects.filter(council__slug="testshire").count() == 1


def publication(day, **changes):
    typed = {"as_at_0": str(day.day), "as_at_1": str(day.month), "as_at_2": str(day.year)}
    return typed | {"title": "Register of the summer"} | changes


def test_a_register_is_published_for_everyone_and_for_ever(officer, client, world):
    send(officer, "assess")
    today = timezone.localdate()
    response = published(officer, PUBLISH, publication(today))
    assert response.headers["Location"] == "/testshire/risks/"
    report = world.council.risk_reports.first()
    assert (report.as_at, report.since) == (today, date(2018, 3, 31))
    assert report.published_by == world.people["performance officer"]
    client.logout()
    assert "6 Medium" in words_on(client.get("/testshire/risks/"))
    assert "12 → 6" in words_on(client.get("/testshire/risks/reconciliation/"))
    # What is written on the same day and later is in the next register.
    world.sign_in(client, "performance officer")
    send(client, "assess", likelihood="5")
    assert published_register(report).risks[0].score == 6


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            date(2018, 3, 31),
            "The register as at 31 March 2018 is already published: choose a later day.",
        ),
        (
            date(2017, 1, 1),
            "The register as at 31 March 2018 is already published: choose a later day.",
        ),
        (date(2100, 1, 1), "The register can be published as at today or an earlier day."),
    ],
)
def test_a_day_that_cannot_be_published_is_said(officer, world, day, sentence):
    response = officer.post(
        PUBLISH,
        publication(day, title="Kept words", days_are_right=f"yes: {day.isoformat()}"),
    )
    assert response.status_code == 200
    assert sentence in words_on(response)
    assert "Kept words" in response.content.decode()
    assert world.council.risk_reports.count() == 1


def test_a_register_cannot_be_published_without_a_risk(quarter, client):
    make_scale(quarter.council)
    quarter.sign_in(client, "finance officer")
    page = client.get(PUBLISH)
    assert "The register had no risks on that day." in words_on(page)
    assert "See what would be published</button>" not in page.content.decode()
    response = client.post(PUBLISH, publication(timezone.localdate()))
    assert "The register had no risks on that day." in words_on(response)


def test_the_page_offers_no_register_where_none_can_be_published_and_says_why(officer, world):
    publish_register(world.council, timezone.localdate(), **world.by("finance officer"))
    page = officer.get(PUBLISH)
    assert "is already published: choose a later day." in words_on(page)
    assert 'name="as_at_0"' not in page.content.decode()


def test_a_register_of_another_council_is_published_by_nobody_here(world):
    norfolk = Council.objects.get(slug="norfolk")
    with pytest.raises(PermissionDenied):
        publish_register(norfolk, timezone.localdate(), **world.by("performance officer"))
    assert norfolk.risk_reports.count() == 1


def test_what_the_source_has_lost_is_asked_for_anew(client, person):
    norfolk = Council.objects.get(slug="norfolk")
    officer = person()
    officer.memberships.create(council=norfolk, role="performance officer")
    client.force_login(officer)
    page = client.get("/norfolk/risks/rm14247/details/").content.decode()
    assert re.search(r'name="owner_post"(?![^>]*value="\[)', page)
    assert 'value="[…]"' not in page


def test_writing_takes_as_many_queries_whatever_the_size_of_the_register(officer, world):
    # The first page of a council works out what it has to show.
    officer.get(at())
    counts = []
    for number in (0, 100):
        for place in range(number):
            make_risk(world.council, f"more{place}")
        for page in ("assess", "details", "tasks", "progress", "close"):
            with CaptureQueriesContext(connection) as queries:
                officer.get(at(f"{page}/"))
            counts.append(len(queries))
    assert counts[:5] == counts[5:]


def test_a_register_as_at_a_day_to_come_is_refused_and_no_tick_is_offered(officer, world):
    typed = {"as_at_0": "31", "as_at_1": "1", "as_at_2": "2045", "title": "Risks"}
    page = officer.post(PUBLISH, typed)
    assert "can be published as at today or an earlier day" in words_on(page)
    assert "days_are_right" not in page.text
