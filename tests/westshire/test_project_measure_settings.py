"""An officer changes what a project's measure is, on a screen: from when, why, and who."""

import pytest

from outcomes.models import Measure, Target
from publishing.models import Return
from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.project_pages import (
    Q1,
    Q2,
    Q3,
    address,
    by,
    download,
    period,
    report,
    row,
    type_measure,
)
from tests.westshire.shown import markup, page, paper, signed_in

SLUG = "step-down-beds"
STAY = "Days in a step-down bed"
WHERE = f"projects/{SLUG}/measures/2/"
TARGETS = f"{WHERE}targets/?year=2026"
WHY = "Counted in hours from October 2026, as the hospital does."
LABELS = {Q1: "Quarter 1 2026/27", Q2: "Quarter 2 2026/27", Q3: "Quarter 3 2026/27"}


def send(client, where, **changes):
    """Sends the form of the page as a browser does, with these boxes changed; its words after."""
    signed_in(client, "performance")
    shown = client.get(address(where))
    (form,) = forms_of(shown, address(where))
    sent = form.sent | {name: [value] for name, value in changes.items() if value is not None}
    sent = {name: value for name, value in sent.items() if changes.get(name, "") is not None}
    return words_of(client.post(form.action, sent, follow=True).content.decode())


def in_hours(client, **changes):
    changes = {"unit": "hours", "decimals": "0", "since": Q3, "why_it_changes": WHY} | changes
    return send(client, WHERE, **changes)


def stay():
    return Measure.objects.get(project__slug=SLUG, project__council__slug="westshire", position=2)


def test_an_officer_finds_each_measure_of_a_project_from_its_page(westshire, client):
    signed_in(client, "performance")
    assert f"/westshire/projects/{SLUG}/measures/" in markup(client, f"projects/{SLUG}/")
    assert f"/westshire/{WHERE}" in markup(client, f"projects/{SLUG}/measures/")
    assert f"/westshire/projects/{SLUG}/measures/" in markup(client, "measures/")
    client.logout()
    assert "Set targets or change a measure" not in page(client, f"projects/{SLUG}/")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"since": ""}, "Choose from which period the measure changes."),
        ({"why_it_changes": ""}, "Say why the measure changes."),
        ({"since": "words"}, "More than words changes: choose from which period."),
        ({"tolerance": "2"}, "Enter the tolerance and choose what it is measured in"),
        ({"text": ""}, "Enter what is measured."),
    ],
)
def test_a_project_s_measure_is_not_changed_without_a_period_and_a_reason(
    westshire, client, changes, sentence
):
    assert sentence in in_hours(client, figures_are_so="on", **changes)
    assert stay().unit == "days"


def test_a_figure_given_in_days_is_not_read_as_hours_without_a_person_s_word(westshire, client):
    assert f"There are figures of {LABELS[Q3]}." in in_hours(client)
    assert stay().unit == "days"
    assert "There are figures" not in in_hours(client, since="2026-27-q4")
    assert stay().unit == "hours"


def test_a_target_set_in_days_is_not_read_as_hours_without_a_person_s_word(westshire, client):
    target = {f"value-{key}": "5" for key in ("2026-27-q4",)}
    send(client, TARGETS, why="Agreed for the winter.", **target)
    assert "There are targets of Quarter 4 2026/27." in in_hours(client, since="2026-27-q4")
    assert stay().unit == "days"
    said = "The measure is changed."
    assert said in in_hours(client, since="2026-27-q4", figures_are_so="on")


def test_a_figure_typed_in_a_draft_counts_as_one_that_is_there(westshire, client):
    measure = Measure.objects.get(project__slug="home-adaptations", position=2)
    where = "projects/home-adaptations/measures/2/"
    typed = {"value": "31"}
    type_measure(client, westshire, "home", "home-adaptations", 2, **typed)
    words = send(client, where, unit="days", since=Q3, why_it_changes=WHY)
    assert f"There are figures of {LABELS[Q3]}." in words
    measure.refresh_from_db()
    assert measure.unit == "weeks"


def test_unit_and_direction_change_from_a_period_in_all_outputs(westshire, client):
    """Grid, check, review, page, paper and file: before in days, from quarter 3 in hours."""
    figure = row(client, f"projects/{SLUG}/", STAY)[LABELS[Q2]]
    found = report(westshire, SLUG)
    RETURNS.transition(
        "reopen", found.pk, comment="In hours, please.", **by("performance", westshire)
    )
    assert "The measure is changed." in in_hours(client, figures_are_so="on")
    send(client, TARGETS, **{f"value-{Q3}": "480", "why": "The same as before, in hours."})
    said = type_measure(client, westshire, "hospital", SLUG, 2, value="500", right="yes: 5E+2")
    assert "Unit: hours" in said["head"]
    assert "days" in said["Last time"]
    check = row(client, f"returns/{Q3}/{SLUG}/check/", STAY)
    assert "500 hours" in str(check)
    submit(found.pk, **by("hospital", westshire))
    signed_in(client, "performance-lead")
    review = row(client, f"quarter/{Q3}/{SLUG}/", STAY)
    assert "500 hours" in str(review)
    assert "480 hours" in str(review)
    RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire), **by("performance", westshire))
    client.logout()
    cells = row(client, f"projects/{SLUG}/?period={Q3}", STAY)
    assert "500 hours" in cells[LABELS[Q3]]
    assert "days" in cells[LABELS[Q2]]
    assert WHY in cells["head"]
    words = paper(client, f"projects/{SLUG}.pdf?period={Q3}")
    assert "500 hours" in words
    assert WHY in words
    results = {
        each["period"]: (each["value"], each["unit"])
        for each in download(client, "results", Q3)
        if (each["project"], each["measure_number"]) == (SLUG, "2")
    }
    assert results[Q3] == ("500", "hours")
    assert results[Q2][1] == "days"
    assert row(client, f"projects/{SLUG}/?period={Q2}", STAY)[LABELS[Q2]] == figure


def test_the_screen_says_what_changed_from_when_why_and_who(westshire, client):
    in_hours(client, since="2026-27-q4")
    words = page(client, WHERE)
    assert f"From Quarter 4 2026/27: Unit changed from days to hours. {WHY} Performance" in words


def test_from_when_and_until_when_a_project_s_measure_is_asked_for_has_a_box(westshire, client):
    words = send(
        client, WHERE, can_be_below_zero="on", counted_until=Q2, why_it_changes="Not asked more."
    )
    assert "The measure is changed." in words
    assert (stay().counted_until, stay().can_be_below_zero) == (Q2, True)
    assert "It can be below 0, Last period that it is asked for. Not asked more." in page(
        client, WHERE
    )


def test_a_note_on_a_target_is_typed_beside_it_and_published_with_it(westshire, client):
    noted = {f"note-{Q3}": "Agreed for the winter.", "why": "It was asked."}
    assert "Enter the target that the note is about, or none." in send(client, TARGETS, **noted)
    send(client, TARGETS, **noted, **{f"value-{Q3}": "20"})
    target = Target.objects.get(measure=stay(), period=Q3)
    assert (target.note, target.value) == ("Agreed for the winter.", 20)
    approve_again(westshire)
    client.logout()
    said = f"{LABELS[Q3]}: Agreed for the winter."
    assert said in row(client, f"projects/{SLUG}/?period={Q3}", STAY)["head"]
    assert said in paper(client, f"projects/{SLUG}.pdf?period={Q3}")


def test_a_note_alone_is_changed_with_its_reason_and_leaves_the_target(westshire, client):
    send(client, TARGETS, **{f"value-{Q3}": "20", "why": "Agreed."})
    send(client, TARGETS, **{f"note-{Q3}": "Of the winter plan.", "why": "It was asked."})
    change = stay().target_changes.latest("pk")
    assert (change.before, change.after, change.after_note) == (20, 20, "Of the winter plan.")
    assert stay().targets.get(period=Q3).note == "Of the winter plan."


def test_words_that_the_portal_noted_itself_do_not_outlive_the_figure_they_are_of(
    westshire, client
):
    note = "Taken over from Quarter 2 2026/27 when Quarter 3 2026/27 was opened."
    Target.objects.create(measure=stay(), period=Q3, status="set", value=20, note=note)
    assert note in page(signed_in(client, "performance") and client, TARGETS)
    send(client, TARGETS, **{f"value-{Q3}": "22", "why": "Raised."})
    assert stay().targets.get(period=Q3).note == ""


def approve_again(westshire):
    found = report(westshire, SLUG)
    RETURNS.transition("reopen", found.pk, comment="Once more.", **by("performance", westshire))
    Return.objects.filter(pk=found.pk).update(status="submitted")
    RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire), **by("performance", westshire))
