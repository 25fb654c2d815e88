"""The day of an end that was given wrongly: it is put right where it is given, with a reason."""

from projects.models import Project
from tests.text import words_of
from tests.westshire.shown import page, signed_in
from tests.westshire.test_later_periods import GREY
from tests.westshire.test_projects_by_their_day import AT, changed, end_put_right

HERE = AT.format(GREY).removeprefix("/westshire/")


def typed_as_it_stands(slug, **given):
    """What the form sends where nothing is changed, and what is given."""
    project = Project.objects.get(council__slug="westshire", slug=slug)
    return {
        "title": project.title,
        "short_title": project.short_title,
        "grant_condition": project.grant_condition_id,
        "order": project.order,
        "status": project.status,
        "leads": list(project.assignments.values_list("user", flat=True)),
        **given,
    }


def day(name, *parts):
    return {f"{name}_{place}": str(part) for place, part in enumerate(parts)}


def ends_of(slug):
    changes = Project.objects.get(council__slug="westshire", slug=slug).changes
    return [
        (change.kind, f"{change.on:%-d %-m %Y}", change.why) for change in changes.order_by("pk")
    ]


def test_the_form_shows_the_day_of_an_end_and_takes_another_with_a_reason(westshire, client):
    signed_in(client, "administrator")
    assert "Date from which it is closed" not in page(client, HERE)
    changed(client, GREY, (30, 9, 2026), status="closed", why="Merged.")
    signed_in(client, "administrator")
    shown = client.get(AT.format(GREY))
    assert [shown.context["form"]["ended"].value()] == [shown.context["form"].ended_before]
    words = words_of(shown.text)
    assert "Date from which it is closed" in words
    for part, value in (("0", "30"), ("1", "9"), ("2", "2026")):
        assert f'name="ended_{part}" value="{value}"' in shown.text, part
    sent = typed_as_it_stands(GREY, **day("ended", 30, 11, 2026))
    refused = client.post(AT.format(GREY), sent)
    assert "Say why in a few words" in refused.text
    before = ends_of(GREY)
    answer = client.post(AT.format(GREY), sent | {"why": "A slip of two months."}, follow=True)
    said = words_of(answer.text)
    assert "This takes the place of what was typed before: Ends on 30 September 2026." in said
    assert ends_of(GREY) == [*before, ("ended", "30 11 2026", "A slip of two months.")]
    history = page(client, HERE)
    assert "Ended from 30 November 2026. A slip of two months." in history
    assert "Ended from 30 September 2026. Merged." in history


def test_a_day_or_a_reason_with_which_nothing_changes_is_refused_and_kept(westshire, client):
    changed(client, GREY, (30, 9, 2026), status="closed", why="Merged.")
    kept = ends_of(GREY)
    signed_in(client, "administrator")
    sent = typed_as_it_stands(GREY, **day("ended", 30, 9, 2026), **day("on", 30, 11, 2026))
    refused = client.post(AT.format(GREY), sent | {"why": "A slip."})
    words = words_of(refused.text)
    assert "so nothing changes from this date" in words
    assert "put the date from which it is closed right above" in words
    assert "so no reason is kept" in words
    assert "A slip." in refused.text
    emptied = client.post(AT.format(GREY), typed_as_it_stands(GREY, **day("ended", "", "", "")))
    assert "Enter the date from which it is closed." in emptied.text
    live = typed_as_it_stands(GREY, **day("ended", 1, 9, 2026), **day("on", 30, 11, 2026))
    both = client.post(AT.format(GREY), live | {"status": "live", "why": "It goes on."})
    assert "It is live again, so its end is not put right." in both.text
    assert ends_of(GREY) == kept


def test_an_end_that_is_put_right_to_a_day_to_come_leaves_the_project_running_today(
    westshire, client
):
    changed(client, GREY, (30, 9, 2026), status="closed", why="Merged.")
    end_put_right(client, GREY, (31, 3, 2027), why="Of next year's list.")
    signed_in(client, "administrator")
    words = page(client, "administration/projects/")
    assert "Ends on 31 March 2027." in words
    assert "Ends on 30 September 2026." not in words
    closed = Project.objects.filter(council=westshire, status="closed").exclude(slug=GREY)
    assert words.count("Closed") == closed.count()
