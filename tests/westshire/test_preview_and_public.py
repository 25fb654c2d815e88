"""What the officer sees before publishing is what the public reads afterwards, truly counted."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from compare.capture.white_space import folded
from programme.programme import programme_for
from publishing.models import Return
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import page, paper, rows, signed_in
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_withdrawn_within import held_back

PREVIEW = f"?period={Q3}&version=next"


def described(client, query):
    found = rows(client, f"data/projects.csv{query}")
    return [
        (each["slug"], each["standing"], each["as_of"])
        for each in found
        if each["standing"] == "described only"
    ]


def test_entries_that_are_described_only_stand_in_the_preview_as_they_will_in_public(
    westshire, client
):
    signed_in(client, "performance")
    before = described(client, PREVIEW)
    lists = page(client, f"projects/{PREVIEW}")
    slug = before[0][0]
    own = page(client, f"projects/{slug}/{PREVIEW}")
    assert "Has not reported" not in own
    publish_period(period(westshire), **by("performance", westshire))
    assert described(client, f"?period={Q3}") == before
    assert lists.count("Has not reported") == page(client, f"projects/?period={Q3}").count(
        "Has not reported"
    )


def test_a_paper_of_the_preview_says_how_many_have_not_reported(westshire, client):
    signed_in(client, "performance")
    words = paper(client, f"reports/summary-overview.pdf{PREVIEW}")
    assert "projects have not reported" in words
    assert "Preview: approved, not published" in words


def test_what_is_submitted_has_come_in_and_waits(westshire, client):
    signed_in(client, "performance")
    returns = Return.objects.filter(period=period(westshire))
    waiting = returns.filter(status="submitted").count()
    words = page(client, f"quarter/{Q3}/publish/")
    assert waiting > 1
    assert f"and {waiting} wait to be approved" in words
    assert "The public sees them as they last reported" in words


@pytest.mark.parametrize("left", [1, 2])
def test_one_that_has_not_reported_is_said_as_one(westshire, left):
    publish_period(period(westshire), **by("performance", westshire))
    whole = programme_for(AnonymousUser(), "westshire", Q3)
    kept = [*whole.reported, *whole.not_reported[:left]]
    few = replace(whole, sheets=kept)
    request = RequestFactory().get("/westshire/")
    given = {"programme": few, "council": few.council, "user": AnonymousUser()}
    said = folded(render_to_string("programme/overview.html", given, request))
    assert ("It is shown as it last reported" in said) == (left == 1)
    assert ("They are shown as they last reported" in said) == (left == 2)


def test_what_is_withdrawn_is_read_by_people_of_the_council_with_a_banner_that_others_may_not(
    westshire, client
):
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, GREY, performance="We did more jobs.")
    gone, shows_it = standing(westshire, Q2).number, standing(westshire, Q3).number
    withdrawn(westshire, Q2)
    own, later = f"?period={Q2}&version={gone}", f"?period={Q3}&version={shows_it}"
    assert {client.get(f"/westshire/{each}").status_code for each in (own, later)} == {410}
    signed_in(client, "performance")
    only = "Only people of the council can read it; everybody else is told so."
    assert f"Withdrawn on 20 January 2027. {only}" in page(client, own)
    assert f"It shows reports as of Quarter 2 2026/27 that were withdrawn. {only}" in page(
        client, later
    )
    assert only not in page(client, f"?period={Q3}")


def test_a_version_that_gives_a_figure_that_is_held_back_since_is_read_by_nobody(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, GREY, performance="We did more jobs.")
    gone = standing(westshire, Q2).number
    withdrawn(westshire, Q2)
    held_back(westshire, GREY, "We did a few jobs.")
    signed_in(client, "performance")
    for key, version in ((Q3, 1), (Q3, 2), (Q2, gone)):
        answer = client.get(f"/westshire/projects/{GREY}/?period={key}&version={version}")
        assert answer.status_code == 410, (key, version)
        assert "1,472" not in answer.text
