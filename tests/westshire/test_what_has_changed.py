"""What has changed about a project: only what holds, each day as it is known now."""

import pytest

from projects.models import Project
from returns.period_versions.published import read
from returns.review import publish_period
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.shown import page, paper, person
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_projects_by_their_day import AT, NAME, changed, moved
from tests.westshire.test_projects_changed_since import republished
from tests.westshire.test_renamed import OLD, PROJECT, SCREENS, from_day
from tests.westshire.test_versions import standing
from tests.westshire.test_why_a_month_was_corrected import later

PLAN = "The plan for February"


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def everywhere(client, slug, key=Q3):
    """What is told of the project in public: its page, its paper and the whole report."""
    query = f"?period={key}"
    return {
        "page": page(client, f"projects/{slug}/{query}"),
        "paper": paper(client, f"projects/{slug}.pdf{query}"),
        "report": paper(client, f"reports/progress-update.pdf{query}"),
    }


def history(client, slug, key=Q3):
    """The list of what has changed about the project, in words; nothing where there is none."""
    parts = page(client, f"projects/{slug}/?period={key}").split("What has changed about")
    return parts[1] if len(parts) > 1 else ""


def called(client, thing, name, day, **typed):
    """The administrator gives a fund, an objective or a provider another name; what is said."""
    client.force_login(person("administrator"))
    address = f"/westshire/administration/{thing}s/{SCREENS[thing]}/"
    fields = {"fund": "name", "condition": "title", "provider": "name"}
    more = {"label": name[:30], "order": "1"} if thing == "fund" else {}
    said = {fields[thing]: name, **more, **from_day(*day), **typed}
    answer = client.post(address, said, follow=True)
    client.logout()
    return words_of(answer.content.decode())


def test_an_end_and_a_move_that_were_taken_back_before_they_were_public_never_were(part, client):
    was = Project.objects.get(council=part, slug=GREY)
    changed(client, GREY, (20, 12, 2026), status="closed", why="By mistake.")
    changed(client, GREY, (20, 12, 2026), status="live", why="It was a mistake.")
    moved(client, GREY, (1, 12, 2026))
    back = {"title": was.title, "short_title": was.short_title, "order": was.order}
    purpose = was.grant_condition_id
    changed(client, GREY, (1, 12, 2026), grant_condition=purpose, why="Moved back.", **back)
    republished(part, [GREY])
    for where, words in everywhere(client, GREY).items():
        for never in ("By mistake.", "It was a mistake.", "Moved back.", NAME):
            assert never not in words, where
    assert "20 December 2026" not in history(client, GREY)
    assert "1 December 2026" not in history(client, GREY)


def test_a_name_of_a_coming_day_is_nowhere_also_where_another_took_its_place(part, client):
    was = Project.objects.get(council=part, slug=GREY).title
    changed(client, GREY, (1, 2, 2027), title=PLAN, short_title=PLAN)
    changed(client, GREY, (1, 12, 2026), title=NAME, short_title=NAME)
    republished(part, [GREY])
    told = history(client, GREY)
    assert f"1 December 2026: Called “{NAME}”; until then “{was}”." in told
    for where, words in everywhere(client, GREY).items():
        assert PLAN not in words, where
    assert PLAN not in str(download(client, "projects", Q3))


def test_what_is_typed_out_of_order_makes_no_untrue_until_then(part, client):
    was = Project.objects.get(council=part, slug=GREY).title
    changed(client, GREY, (1, 12, 2026), title="Helpers", short_title="Helpers")
    changed(client, GREY, (1, 10, 2026), title=NAME, short_title=NAME)
    republished(part, [GREY])
    told = history(client, GREY)
    assert f"1 October 2026: Called “{NAME}”; until then “{was}”." in told
    assert "Helpers" not in told


def test_each_of_several_names_has_the_one_before_it_whatever_was_typed_first(part, client):
    was = Project.objects.get(council=part, slug=GREY).title
    changed(client, GREY, (1, 10, 2026), title="First", short_title="First")
    changed(client, GREY, (1, 12, 2026), title=NAME, short_title=NAME)
    republished(part, [GREY])
    told = history(client, GREY)
    assert f"1 October 2026: Called “First”; until then “{was}”." in told
    assert f"1 December 2026: Called “{NAME}”; until then “First”." in told


def test_a_short_name_alone_is_told_with_both(part, client):
    was = Project.objects.get(council=part, slug=GREY)
    changed(client, GREY, (1, 12, 2026), short_title="Handy")
    republished(part, [GREY])
    told = f"Called “{was.title} (Handy)”; until then “{was.title} ({was.short_title})”."
    assert told in history(client, GREY)


@pytest.mark.parametrize("thing", SCREENS)
def test_names_of_funds_objectives_and_providers_follow_the_same_rule(westshire, client, thing):
    old = OLD["served" if thing == "condition" else thing]
    called(client, thing, "Second of January", (2027, 1, 1), why="The January one.")
    said = called(client, thing, "November’s name", (2026, 11, 1))
    assert f"“{old}” is called “Second of January” from 1 January 2027." in said
    publish_period(period(westshire), **by("performance", westshire))
    told = history(client, PROJECT)
    assert f"1 November 2026: “{old}” is called “November’s name”." in told
    for where, words in everywhere(client, PROJECT).items():
        assert "Second of January" not in words, where
        assert "The January one." not in words, where


def test_a_spelling_that_was_put_right_twice_is_told_as_it_is_spelt_now(westshire, client):
    old = OLD["provider"]
    called(client, "provider", "Misspelt agian", (2026, 1, 1), how="misspelt", why="Once.")
    called(client, "provider", old, (2026, 1, 1), how="misspelt", why="Twice.")
    called(client, "provider", "Market Hous", (2026, 12, 1), why="In December.")
    with later(1):
        publish_period(period(westshire), **by("performance", westshire))
    with later(2):
        called(client, "provider", "Market House", (2026, 1, 1), how="misspelt", why="A letter.")
    with later(3):
        republished(westshire, [PROJECT])
    told = history(client, PROJECT)
    assert "agian" not in told
    assert f"1 December 2026: “{old}” is called “Market House”. In December." in told
    assert "“Market Hous” was misspelt; it is “Market House”. A letter." in told


@pytest.mark.parametrize("thing", SCREENS)
def test_a_name_that_was_never_public_is_told_nowhere_once_it_is_put_right(
    westshire, client, thing
):
    old = OLD["served" if thing == "condition" else thing]
    called(client, thing, "Markt House", (2026, 12, 1), why="In December.")
    with later(1):
        # As at a day before it: that tells nothing of it.
        corrected(westshire, "reablement", summary_performance="Another sentence.")
    with later(2):
        called(client, thing, "Market House", (2026, 1, 1), how="misspelt", why="A letter.")
        publish_period(period(westshire), **by("performance", westshire))
    told = history(client, PROJECT)
    assert f"1 December 2026: “{old}” is called “Market House”. In December." in told
    for where, words in everywhere(client, PROJECT).items():
        for never in ("Markt House", "was misspelt", "A letter."):
            assert never not in words, where
    assert "Markt House" not in str(download(client, "projects", Q3))


def test_the_reason_of_a_spelling_that_was_never_public_is_no_reason_of_a_new_name(part, client):
    called(client, "provider", "Markt House", (2026, 12, 1), why="In December.")
    called(client, "provider", "Market House", (2026, 1, 1), how="misspelt", why="A letter.")
    republished(part, [PROJECT])
    said = {
        (each.before, each.after, each.why)
        for each in read(standing(part, Q3)).corrections
        if each.what == "Provider"
    }
    assert said == {(OLD["provider"], "Market House", "In December.")}


def test_a_move_names_the_purpose_as_it_is_called_on_the_day(part, client):
    number = Project.objects.get(council=part, slug=GREY).grant_condition.number
    assert number != SCREENS["condition"]
    called(client, "condition", "Purpose of next April", (2027, 4, 1))
    purpose = part.conditions.get(number=SCREENS["condition"])
    order = purpose.projects.count() + 20
    changed(client, GREY, (1, 12, 2026), grant_condition=purpose.pk, order=order)
    republished(part, [GREY])
    assert f"Serves “{OLD['served']}”; until then" in history(client, GREY)
    for where, words in everywhere(client, GREY).items():
        assert "next April" not in words, where


def test_a_correction_of_an_earlier_quarter_tells_what_is_known_since(part, client):
    was = Project.objects.get(council=part, slug=GREY).title
    changed(client, GREY, (1, 9, 2026), title="Helpers", short_title="Helpers")
    corrected(part, "reablement", summary_performance="Another sentence.")
    changed(client, GREY, (1, 8, 2026), title=NAME, short_title=NAME)
    corrected(part, "reablement", summary_performance="A third sentence.")
    told = history(client, GREY, Q2)
    assert f"1 August 2026: Called “{NAME}”; until then “{was}”." in told
    assert "1 September 2026" not in told


def test_who_types_a_change_is_told_what_it_takes_the_place_of(westshire, client):
    changed(client, GREY, (1, 2, 2027), title=PLAN, short_title=PLAN)
    client.force_login(person("administrator"))
    project = Project.objects.get(council=westshire, slug=GREY)
    typed = {
        "title": NAME,
        "short_title": NAME,
        "grant_condition": project.grant_condition_id,
        "order": project.order,
        "status": project.status,
        "leads": list(project.assignments.values_list("user", flat=True)),
        "why": "It came earlier.",
        "on_0": "1",
        "on_1": "12",
        "on_2": "2026",
    }
    said = words_of(client.post(AT.format(GREY), typed, follow=True).content.decode())
    assert f"This takes the place of what was typed before: Called “{PLAN}” from 1 Feb" in said
