"""What a correction says of a measure or a project has the reason for which that was changed."""

from datetime import date, timedelta

import pytest

from bcfportal.lib import clock
from outcomes.models import Measure
from returns.period_versions.published import read
from returns.periods import reopen_period
from tests.forms import forms_of
from tests.text import words_of
from tests.westshire.measures import LAST
from tests.westshire.project_pages import Q2, period
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_versions import standing
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    approved,
    changed,
    later,
    month,
    reason_of,
    reopen,
)
from tests.westshire.test_why_a_month_was_corrected import published as published_month
from tests.westshire.test_why_it_was_corrected import Days, published, reopened, said_of

FALLS = "falls-prevention"
FIGURE = "A figure was counted twice."
WORDS = "The board asked for plain words."
MEASURE = f"/westshire/projects/{FALLS}/measures/1/"
PROJECT = f"/westshire/administration/projects/{FALLS}/"


@pytest.fixture
def opened(westshire):
    """The return of quarter 2 is open again, to put a figure right."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))
    with Days().next():
        reopened(westshire, FALLS, FIGURE)
    return westshire


def first():
    return Measure.objects.get(project__slug=FALLS, project__council__slug="westshire", position=1)


def sent(client, where, who, **changes):
    """The words of the page after its form is sent with these boxes changed, and its answer."""
    signed_in(client, who)
    return answered(client, client.get(where), where, **changes)


def answered(client, shown, where, **changes):
    form = next(form for form in forms_of(shown, where) if set(changes) & set(form.sent))
    return client.post(
        form.action, form.sent | {name: [text] for name, text in changes.items()}, follow=True
    )


def reword(client, text, **changes):
    changes = {"since": "words", "why_it_changes": WORDS} | changes
    return sent(client, MEASURE, "performance", text=text, **changes)


def why(westshire):
    return {each.what: each.why for each in said_of(westshire, FALLS)}


def test_words_that_were_put_better_are_corrected_for_their_own_reason(opened, client):
    better = f"{first().text} at home"
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert "The measure is changed." in words_of(reword(client, better).text)
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        published(opened, FALLS, cause="Two rotas were merged.")
        assert why(opened) == {f"Measure {first().number or 1}": WORDS, "Cause": FIGURE}
        assert WORDS in page(client, f"projects/{FALLS}/?period={Q2}")


def test_a_measure_that_is_counted_otherwise_in_words_too_has_the_reason_of_that(opened, client):
    other = f"{first().text} at home"
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        asked = reword(client, other, since=Q2)
        answered(
            client,
            asked,
            MEASURE,
            text=other,
            since=Q2,
            why_it_changes=WORDS,
            published_too=f"yes: {Q2}",
        )
        assert first().text == other
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        published(opened, FALLS, cause="Two rotas were merged.")
        assert why(opened)[f"Measure {first().number or 1}"] == WORDS


def test_a_project_s_new_name_is_corrected_for_the_reason_of_its_renaming(opened, client):
    renamed = "It has two teams."
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        on = date(2026, 9, 1)
        day = {"on_0": str(on.day), "on_1": str(on.month), "on_2": str(on.year)}
        sent(client, PROJECT, "administrator", title="Falls and frailty", why=renamed, **day)
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        published(opened, FALLS, cause="Two rotas were merged.")
        assert why(opened) == {"Name": renamed, "Cause": FIGURE}


def test_words_that_are_put_better_need_a_reason(westshire, client):
    answer = reword(client, f"{first().text} at home", why_it_changes="")
    assert "Say why the measure changes." in words_of(answer.text)


def test_another_measure_as_only_words_is_asked_about(westshire, client):
    was, other = first().text, "Complaints received about parking"
    asked = reword(client, other)
    assert f"“{other}” is not “{was}” in other words." in words_of(asked.text)
    assert first().text == was
    typed = {"text": other, "since": "words", "why_it_changes": WORDS}
    told = answered(client, asked, MEASURE, **typed, same_thing=f"yes: {other}")
    assert "The measure is changed." in words_of(told.text)


def test_words_that_are_mostly_the_same_are_not_asked_about(westshire, client):
    assert "The measure is changed." in words_of(reword(client, f"{first().text} at home").text)


def test_words_of_a_council_s_measure_that_were_put_better_have_their_own_reason(westshire, client):
    found = month(westshire, LAST)
    reopen(westshire, [found])
    changed(westshire, LAST, 79)
    measure = Measure.objects.get(council=westshire, slug=BEDS)
    settings = f"/westshire/vital-signs/{BEDS}/settings/"
    with later(2):
        better = f"{measure.text}, each day"
        sent(client, settings, "performance", text=better, since="words", why_it_changes=WORDS)
    approved(westshire, found, 3)
    published_month(found, 4)
    said = {each.what: each.why for each in read(standing(westshire, LAST)).corrections}
    assert said.pop(f"What is measured: {measure.name}") == WORDS
    assert set(said.values()) == {reason_of(found)}
