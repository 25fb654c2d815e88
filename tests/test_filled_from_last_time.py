"""What is filled in from last time is asked about, until it is typed or said to be right."""

import pytest

from returns.actions import draft_of
from tests.html_forms import form_of
from tests.text import words_of
from tests.westshire.project_pages import person

pytestmark = pytest.mark.django_db
ASKED = "filled in from last time."
ADDRESS = "/westshire/returns/2026-27-q3/handyperson/"


@pytest.fixture
def filled(client, westshire):
    from publishing.models import Return

    client.force_login(person("commissioner"))
    client.post(f"{ADDRESS}carry/")
    return Return.objects.get(
        period__council=westshire, period__key="2026-27-q3", project__slug="handyperson"
    )


def rows(report):
    return [row for row in draft_of(report).grid.own if row.boxes["filled"].text]


def test_each_figure_of_last_time_is_asked_about_on_its_page_and_at_check(client, filled):
    assert rows(filled)
    assert all(ASKED in row.unusual and row.asks_if_right for row in rows(filled))
    assert ASKED in words_of(client.get(f"{ADDRESS}measures/").content.decode())
    assert ASKED in words_of(client.get(f"{ADDRESS}check/").content.decode())
    assert not draft_of(filled).is_complete


def test_a_figure_that_is_typed_over_it_is_asked_about_no_more(client, filled):
    row = rows(filled)[0]
    fields = form_of(client.get(f"{ADDRESS}measures/").content.decode(), "then").fields
    client.post(f"{ADDRESS}measures/", fields | {row.boxes["value"].field: f"{row.value + 1:f}"})
    now = next(each for each in draft_of(filled).grid.own if each.key == row.key)
    assert now.value == row.value + 1
    assert ASKED not in now.unusual


def test_a_figure_that_is_said_to_be_right_is_told_to_who_reviews(client, filled):
    row = rows(filled)[0]
    fields = form_of(client.get(f"{ADDRESS}measures/").content.decode(), "then").fields
    client.post(f"{ADDRESS}measures/", fields | {row.boxes["right"].field: row.right})
    now = next(each for each in draft_of(filled).grid.own if each.key == row.key)
    assert not now.asks_if_right
    assert ASKED in now.asked_in_words
    assert now.asked_in_words.endswith("Said to be right.")


ASSESSORS = "/westshire/returns/2026-27-q3/trusted-assessors/"
CARRIED = "still says 203. Assessments was 203 last time, and is something else now."


def test_words_of_last_time_that_give_its_figures_are_pointed_out_beside_another(client, westshire):
    client.force_login(person("hospital.westshire"))
    client.post(f"{ASSESSORS}carry/")
    assert "203 assessments" in client.get(f"{ASSESSORS}check/").text
    assert CARRIED not in words_of(client.get(f"{ASSESSORS}check/").content.decode())
    report = westshire.periods.get(key="2026-27-q3").reports.get(slug="trusted-assessors")
    row = next(each for each in rows(report.itself) if each.value == 203)
    fields = form_of(client.get(f"{ASSESSORS}measures/").content.decode(), "then").fields
    client.post(f"{ASSESSORS}measures/", fields | {row.boxes["value"].field: "230"})
    assert CARRIED in words_of(client.get(f"{ASSESSORS}check/").content.decode())
