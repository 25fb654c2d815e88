"""Targets of what is published, and targets that are rather slips, are asked about."""

import pytest

from outcomes.models import Target
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.shown import signed_in

HANDYPERSON = "/westshire/projects/handyperson/measures/1/targets/"
EQUIPMENT = "/westshire/vital-signs/equipment-five-days/target/"
JOBS_DONE = {"measure__project__slug": "handyperson", "measure__position": 1}
WHY = "Agreed by the board."
UNTIL_AGAIN = "until published again. Leave the targets of what is published, or tick"


def answered(client, shown, where, **typed):
    (form,) = forms_of(shown, where)
    sent = form.sent | {name: [value] for name, value in typed.items()}
    return client.post(form.action, sent | {"why": [WHY]}, follow=True)


def send(client, where, **typed):
    signed_in(client, "performance")
    return answered(client, client.get(where), where, **typed)


def box(key):
    return f"value-{key}"


def value_of(key, **of):
    found = Target.objects.filter(period=key, **of).first()
    return found and found.value


def test_a_target_of_a_published_quarter_is_asked_about_before_it_is_kept(westshire, client):
    first, before = "2026-27-q1", value_of("2026-27-q1", **JOBS_DONE)
    asked = send(client, HANDYPERSON, **{box(first): "600"})
    words = words_of(asked.text)
    published = "Quarter 1 2026/27 and Quarter 2 2026/27 are published"
    assert f"{published} and stay as they are {UNTIL_AGAIN}" in words
    assert value_of(first, **JOBS_DONE) == before
    told = answered(
        client,
        asked,
        HANDYPERSON,
        **{box(first): "600", "published_too": f"yes: {first}=600"},
    )
    assert "The targets of 2026/27 are set." in words_of(told.text)
    assert value_of(first, **JOBS_DONE) == 600


def test_a_tick_for_a_target_counts_for_that_target_only(westshire, client):
    first = "2026-27-q1"
    asked = send(client, HANDYPERSON, **{box(first): "600"})
    again = answered(
        client,
        asked,
        HANDYPERSON,
        **{box(first): "650", "published_too": f"yes: {first}=600"},
    )
    assert UNTIL_AGAIN in words_of(again.text)
    assert value_of(first, **JOBS_DONE) not in (600, 650)


def test_a_target_of_a_published_month_is_asked_about_before_it_is_kept(westshire, client):
    november, december = "2026-27-m08", "2026-27-m09"
    asked = send(client, EQUIPMENT, **{box(november): "90", box(december): "90"})
    words = words_of(asked.text)
    assert f"November 2026 and December 2026 are published and stay as they are {UNTIL_AGAIN}" in (
        words
    )
    assert value_of(november, measure__slug="equipment-five-days") != 90


def test_a_target_of_a_period_to_come_is_not_asked_about(westshire, client):
    told = send(client, EQUIPMENT, **{box("2026-27-m11"): "96"})
    assert "The targets of 2026/27 are set." in words_of(told.text)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("29,000", "29,000 jobs now, and the target was 2,900 jobs: about ten times as much."),
        ("290", "290 jobs now, and the target was 2,900 jobs: about a tenth of that."),
        ("-2,900", "-2,900 jobs is less than 0."),
    ],
)
def test_a_target_that_is_rather_a_slip_is_asked_about(westshire, client, typed, sentence):
    last = box("2026-27-q4")
    asked = send(client, HANDYPERSON, **{last: typed})
    words = words_of(asked.text).replace("\N{MINUS SIGN}", "-")
    assert f"Quarter 4 2026/27: {sentence} Put it right, or tick that it is right." in words
    assert "are published" not in words
    tick = f"yes: 2026-27-q4={typed.replace(',', '')}"
    told = answered(client, asked, HANDYPERSON, **{last: typed, "targets_are_right": tick})
    assert "The targets of 2026/27 are set." in words_of(told.text)


def test_the_first_target_of_a_period_is_held_against_the_one_before(westshire, client):
    where = f"{EQUIPMENT}?year=2027"
    asked = send(client, where, **{box("2027-28-m01"): "9.5", box("2027-28-m02"): "9.5"})
    words = words_of(asked.text)
    assert "about a tenth of that" in words
    assert words.count("April 2027: 9.5") >= 1
    assert "May 2027: 9.5% now" not in words
