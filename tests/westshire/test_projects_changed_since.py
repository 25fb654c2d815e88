"""A project that is renamed, moved or ended after its report was approved: each version says it."""

from collections import Counter

import pytest

from projects.models import Project
from publishing.models import Return
from returns.period_versions.published import read
from returns.review import publish_period
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_later_periods import GREY, corrected, row
from tests.westshire.test_projects_by_their_day import NAME, changed, moved, other_purpose
from tests.westshire.test_versions import standing, withdrawn

PUBLISH = f"/westshire/quarter/{Q3}/publish/"


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def approved_in(westshire):
    """A project that reported in quarter 3, and is rated amber or green."""
    found = Return.objects.filter(
        project__council=westshire, period__key=Q3, status="published", project__kind="reported"
    )
    return found.filter(rating__in=("amber", "green")).order_by("project__slug").first().slug


def republished(westshire, but):
    """Quarter 3 is published again for a sentence of another project than ``but``."""
    others = Return.objects.filter(
        project__council=westshire, period__key=Q3, status="published", project__kind="reported"
    )
    other = others.exclude(project__slug__in=but).order_by("-project__slug").first().slug
    words = f"Sentence after version {standing(westshire, Q3).number}."
    corrected(westshire, other, key=Q3, summary_performance=words)


def said_of(westshire, slug, key=Q3):
    said = read(standing(westshire, key)).corrections
    return {each.what: (each.after, each.why) for each in said if each.slug == slug}


def test_a_name_and_a_purpose_of_the_quarter_hold_in_what_was_approved_before(part, client):
    slug = approved_in(part)
    before = row(client, slug)
    purpose = moved(client, slug, (1, 12, 2026))
    reason = f"Reason of {slug}."
    republished(part, [slug])
    after = row(client, slug)
    assert (after["title"], after["grant_condition"]) == (NAME, str(purpose.number))
    assert said_of(part, slug) == {
        "Name": (NAME, reason),
        "Short name": (NAME, reason),
        "Serves": (purpose.title, reason),
    }
    assert f"Name: {NAME}; it was {before['title']}" in after["corrected"].replace(" ;", ";")
    told = page(client, f"projects/{slug}/?period={Q3}")
    assert reason in told
    assert purpose.title in told
    printed = paper(client, f"reports/summary-overview.pdf?period={Q3}")
    assert NAME in printed
    assert before["short_title"] not in printed
    own = paper(client, f"projects/{slug}.pdf?period={Q3}")
    assert NAME in own
    assert reason in own
    group = page(client, f"conditions/{purpose.number}/?period={Q3}")
    assert NAME in group


def test_the_page_that_asks_lists_a_name_that_holds_in_what_is_public(part, client):
    slug = approved_in(part)
    moved(client, slug, (1, 12, 2026))
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q3}/publish/")
    assert f"{NAME}: Name" in words
    assert f"Reason of {slug}." in words
    preview = page(client, f"projects/{slug}/?period={Q3}&version=next")
    assert NAME in preview


def test_a_later_quarter_follows_an_earlier_one_that_was_renamed(part, client):
    slug = approved_in(part)
    moved(client, slug, (1, 9, 2026))
    corrected(part, "reablement", summary_performance="Another sentence.")
    assert row(client, slug, Q2)["title"] == NAME
    assert row(client, slug, Q3)["title"] == NAME
    assert said_of(part, slug)["Name"] == (NAME, f"Reason of {slug}.")


def test_what_did_not_report_in_an_earlier_quarter_has_the_name_of_its_day_too(part, client):
    slug = next(
        each["slug"] for each in download(client, "projects", Q2) if each["standing"] != "reported"
    )
    changed(client, slug, (1, 9, 2026), title=NAME, short_title=NAME)
    corrected(part, "reablement", summary_performance="Another sentence.")
    assert row(client, slug, Q2)["title"] == NAME
    assert said_of(part, slug, Q2)["Name"] == (NAME, f"Reason of {slug}.")


def test_a_name_that_was_typed_wrongly_and_put_right_is_not_corrected_twice(part, client):
    slug = approved_in(part)
    was = Project.objects.get(council=part, slug=slug)
    changed(client, slug, (1, 12, 2026), title=NAME)
    republished(part, [slug])
    changed(client, slug, (1, 12, 2026), title=was.title, why="It was another project.")
    republished(part, [slug])
    assert row(client, slug)["title"] == was.title
    assert said_of(part, slug) == {"Name": (was.title, "It was another project.")}


def test_a_change_typed_last_holds_over_one_of_a_later_day(part, client):
    """What was planned from a later day was given up: it is called otherwise from now on."""
    slug = approved_in(part)
    was = Project.objects.get(council=part, slug=slug).title
    changed(client, slug, (1, 1, 2027), title="A plan")
    changed(client, slug, (1, 12, 2026), title=NAME)
    republished(part, [slug])
    assert row(client, slug)["title"] == NAME
    assert row(client, slug, Q2)["title"] == was


def test_what_ended_in_the_quarter_is_in_no_count_of_ratings_and_says_so(part, client):
    slug = approved_in(part)
    found = report(part, slug)
    before = Counter(each["rating"] for each in download(client, "projects", Q3))
    name = row(client, slug)["short_title"]
    changed(client, slug, (20, 12, 2026), status="closed")
    republished(part, [slug])
    after = row(client, slug)
    assert (after["standing"], after["ended"], after["rating"]) == ("ended", "2026-12-20", "")
    now = Counter(each["rating"] for each in download(client, "projects", Q3))
    assert now[found.rating] == before[found.rating] - 1
    ended = "Ended on 20 December 2026."
    for where in (f"projects/{slug}/", "projects/", "projects/?view=table"):
        told = page(client, f"{where}{'&' if '?' in where else '?'}period={Q3}")
        assert ended in told, where
        assert f"{ended} Shown as of" not in told, where
    front = client.get(f"/westshire/?period={Q3}")
    programme = front.context["programme"]
    assert dict(programme.ratings).get(found.rating, 0) == now[found.rating]
    assert slug in [sheet.slug for sheet in programme.ended]
    assert slug not in [sheet.slug for sheet in front.context["attention"]]
    printed = paper(client, f"reports/summary-overview.pdf?period={Q3}")
    assert ended in printed
    told = page(client, f"versions/{Q3}/{standing(part, Q3).number}/").replace(" ;", ";")
    assert f"{name} Ended: 20 December 2026; it was not ended Reason of {slug}." in told
    # What it forecast stands.
    if found.spend_forecast is not None:
        assert f"{found.spend_forecast:,.0f}" in page(client, f"projects/{slug}/?period={Q3}")


def test_an_end_that_is_taken_back_has_the_reason_of_that_and_is_published_alone(part, client):
    name = row(client, GREY)["short_title"]
    changed(client, GREY, (30, 11, 2026), status="closed")
    republished(part, [GREY])
    assert row(client, GREY)["ended"] == "2026-11-30"
    changed(client, GREY, (1, 11, 2026), status="live", why="It goes on after all.")
    signed_in(client, "performance")
    board = page(client, f"quarter/?period={Q3}")
    assert f"What changed since it was published is not public yet of {name}." in board
    asked = client.get(PUBLISH)
    words = words_of(asked.content.decode())
    assert f"{name}: Ended: not ended; it was 30 November 2026" in words.replace(" ;", ";")
    assert "It goes on after all." in words
    assert f"{name} ended on" not in words
    form = next(form for form in forms_of(asked, PUBLISH) if "confirm" in form.sent)
    number = standing(part, Q3).number
    answer = client.post(form.action, form.sent, follow=True)
    assert "published" in words_of(answer.content.decode())
    assert standing(part, Q3).number == number + 1
    client.logout()
    assert (row(client, GREY)["ended"], row(client, GREY)["standing"]) == ("", "not reported")
    assert said_of(part, GREY) == {"Ended": ("not ended", "It goes on after all.")}
    told = page(client, f"projects/{GREY}/?period={Q3}")
    assert "It goes on after all." in told
    # Nothing is left to publish.
    signed_in(client, "performance")
    assert "Nothing is approved and unpublished" in words_of(
        client.get(PUBLISH, follow=True).content.decode()
    )
    assert client.post(form.action, form.sent, follow=True).status_code == 200
    assert standing(part, Q3).number == number + 1


def test_another_change_than_was_seen_is_not_published(part, client):
    changed(client, GREY, (30, 11, 2026), status="closed")
    signed_in(client, "performance")
    asked = client.get(PUBLISH)
    form = next(form for form in forms_of(asked, PUBLISH) if "confirm" in form.sent)
    changed(client, GREY, (1, 11, 2026), title=NAME, short_title=NAME, status="closed")
    signed_in(client, "performance")
    number = standing(part, Q3).number
    assert client.post(form.action, form.sent).status_code == 409
    assert standing(part, Q3).number == number


def test_a_project_s_report_is_named_at_its_short_address_as_its_version_names_it(part, client):
    slug = approved_in(part)
    was = row(client, slug)["short_title"]
    changed(client, slug, (1, 4, 2027), title=NAME, short_title=NAME)
    entry = read(standing(part, Q3)).entry(slug)
    told = page_at(client, f"/version/{entry.fingerprint[:12]}/")
    assert f"{was}, Quarter 3 2026/27" in told
    assert NAME not in told
    changed(client, slug, (1, 12, 2026), title="December", short_title="December")
    republished(part, [slug])
    assert "December, Quarter 3 2026/27" in page_at(client, f"/version/{entry.fingerprint[:12]}/")


def test_the_page_that_asks_names_a_paper_as_its_version_does(westshire, client):
    found = Return.objects.filter(project__council=westshire, period__key=Q3)
    for slug in found.values_list("project__slug", flat=True):
        project = Project.objects.get(council=westshire, slug=slug)
        changed(client, slug, (1, 4, 2027), title=NAME, short_title=f"{NAME} {project.slug}"[:100])
    signed_in(client, "performance")
    assert NAME not in page(client, f"quarter/{Q3}/publish/")


def test_working_lists_have_the_name_of_today_and_that_of_a_later_day_with_its_day(part, client):
    project = Project.objects.get(council=part, slug=GREY)
    was, purpose = project.short_title, other_purpose(GREY)
    changed(
        client,
        GREY,
        (1, 4, 2027),
        title=NAME,
        short_title=NAME,
        grant_condition=purpose.pk,
        order=purpose.projects.count() + 20,
        status="closed",
    )
    later = (
        f"Called “{NAME}” from 1 April 2027.",
        f"Serves “{purpose.title}” from 1 April 2027.",
        "Ends on 1 April 2027.",
    )
    lead = project.assignments.first().user
    client.force_login(lead)
    lists = {"returns/": page(client, "returns/")}
    signed_in(client, "performance")
    lists["quarter/"] = page(client, f"quarter/?period={Q3}")
    signed_in(client, "administrator")
    lists["administration/projects/"] = page(client, "administration/projects/")
    for where, words in lists.items():
        assert was in words, where
        assert all(sentence in words for sentence in later), where
    ended = Project.objects.filter(council=part, status="closed").exclude(slug=GREY)
    assert lists["administration/projects/"].count("Closed") == ended.count()


def page_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def test_a_withdrawn_version_comes_back_with_the_name_of_its_day(part, client):
    slug = approved_in(part)
    republished(part, [slug])
    changed(client, slug, (1, 12, 2026), title=NAME)
    withdrawn(part, Q3)
    assert row(client, slug)["title"] == NAME


def test_a_name_that_came_in_since_the_page_was_read_is_not_published_unseen(westshire, client):
    """Of a quarter that is not public yet: its reports were approved under the name before."""
    found = Return.objects.filter(project__council=westshire, period__key=Q3, status="approved")
    slug = found.order_by("project__slug").first().slug
    signed_in(client, "performance")
    form = next(form for form in forms_of(client.get(PUBLISH), PUBLISH) if "confirm" in form.sent)
    changed(client, slug, (1, 12, 2026), title=NAME)
    signed_in(client, "performance")
    assert client.post(form.action, form.sent | {"current": ["now"]}).status_code == 409
    assert period(westshire).published_at is None


def test_a_project_that_ended_and_goes_on_reports_in_the_quarter_between(part, client):
    """It is no new one that has not begun."""
    changed(client, GREY, (30, 11, 2026), status="closed")
    changed(client, GREY, (5, 1, 2027), status="live")
    republished(part, [GREY])
    assert (row(client, GREY)["standing"], row(client, GREY)["ended"]) == ("ended", "2026-11-30")
