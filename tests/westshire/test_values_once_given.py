"""While a figure is held back, words tell no value that a report ever gave for it."""

import json

import pytest

from outcomes.models import ReportCard, Result
from outcomes.vital_signs.content import HELD_BACK
from publishing.models import Return
from returns.period_versions.published import read_programme, shown_sheets
from returns.publication import take_snapshots
from returns.review import publish_period
from tests.westshire.measures import LAST, card
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import markup, page, paper
from tests.westshire.test_held_back import of_month, republished
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_withdrawn_within import around, held_back

FALLS = "falls-prevention"
TOLD = "People taken home: 728 people, after 755 last time."
REWRITTEN = "Fewer than hoped began."


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def hold_back(westshire):
    """728 published with words that say it, 4 with the same words, held back with other words."""
    corrected(westshire, FALLS, performance=TOLD)
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    Result.objects.filter(pk=results.get(period=Q2).pk).update(
        value=4, numerator=None, denominator=None
    )
    corrected(westshire, FALLS)
    held_back(westshire, FALLS, REWRITTEN)


@pytest.fixture
def held(part):
    hold_back(part)
    return part


def told_in(client, westshire, key):
    """Where a quarter tells of 728 people, by address."""
    number = standing(westshire, key).number
    places = {
        "project": page(client, f"projects/{FALLS}/?period={key}"),
        "paper": paper(client, f"projects/{FALLS}.pdf?period={key}"),
        "update": paper(client, f"reports/progress-update.pdf?period={key}"),
        "reports": page(client, f"reports/?period={key}"),
        "projects.csv": str([r for r in download(client, "projects", key) if r["slug"] == FALLS]),
        "results.csv": str([r for r in download(client, "results", key) if r["project"] == FALLS]),
        "search": page(client, f"projects/?period={key}&search=taken"),
        "version": page(client, f"versions/{key}/{number}/"),
        "content": client.get(f"/westshire/versions/{key}/{number}/content.json").text,
    }
    assert json.loads(places["content"])["number"] == number
    return {
        where: around(words, "728 people")
        for where, words in places.items()
        if "728 people" in words
    }


def test_restored_words_tell_no_value_that_was_given_before_the_last(held, client):
    withdrawn(held, Q2)
    assert {key: told_in(client, held, key) for key in (Q2, Q3)} == {Q2: {}, Q3: {}}
    assert around(page(client, f"projects/{FALLS}/?period={Q2}"), "[held back] people, after 755")


def test_a_correction_does_not_repeat_the_words_that_told_a_value_given_before(held, client):
    withdrawn(held, Q2)
    publish_period(period(held, Q2), **by("performance", held))
    assert REWRITTEN in page(client, f"projects/{FALLS}/?period={Q2}")
    assert {key: told_in(client, held, key) for key in (Q2, Q3)} == {Q2: {}, Q3: {}}


@pytest.mark.parametrize("asked", ["728", "728 people"])
def test_a_search_for_a_value_given_before_the_last_does_not_find_the_project(held, client, asked):
    searched = f"projects/?period={Q2}&search={asked}"
    withdrawn(held, Q2)
    assert f"/projects/{FALLS}/" not in markup(client, searched)
    assert f"/projects/{FALLS}/" in markup(client, f"projects/?period={Q2}&search=755")


def test_a_value_that_was_approved_and_never_published_is_not_told_either(westshire, client):
    """728 is put right before anybody reads it; the words are forgotten."""
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    result = results.get(period=Q2)
    for value in (911, 5):
        Result.objects.filter(pk=result.pk).update(value=value, numerator=None, denominator=None)
        made = report(westshire, FALLS, Q2)
        Return.objects.filter(pk=made.pk).update(performance="We saw 911 people at home.")
        if value == 911:
            take_snapshots(Return.objects.filter(pk=made.pk))
    corrected(westshire, FALLS)
    held_back(westshire, FALLS, REWRITTEN)
    withdrawn(westshire, Q2)
    words = page(client, f"projects/{FALLS}/?period={Q2}")
    assert around(words, "911 people") == []
    assert around(words, "[held back] people at home")


def test_restored_words_on_a_month_s_measure_tell_no_value_given_before_the_last(westshire, client):
    result = of_month(westshire, LAST)
    cards = ReportCard.objects.filter(measure=result.measure, period=LAST)
    told, rewritten = "Of those who went home 461 came back.", "Few came back."
    for value, status, text in (
        ((15.9, 461, 2899), "reported", told),
        ((1.5, 4, 267), "reported", told),
        ((None, None, None), HELD_BACK, rewritten),
    ):
        numbers = dict(zip(("value", "numerator", "denominator"), value, strict=True))
        Result.objects.filter(pk=result.pk).update(status=status, **numbers)
        assert cards.update(explains=text)
        republished(westshire, LAST)
    withdrawn(westshire, LAST)
    words = card(client, result.measure.slug, LAST)
    assert around(words, "461 came") == []
    assert around(words, "[held back] came back")
    number = standing(westshire, LAST).number
    content = client.get(f"/westshire/versions/{LAST}/{number}/content.json").text
    assert around(content + page(client, f"versions/{LAST}/{number}/"), "461 came") == []


def test_the_rule_s_sentence_counts_no_figure_that_is_not_shown(part, client):
    assert read_rule(client, 1).startswith("Amber Of 3 rated results, 1 amber: none red.")
    hold_back(part)
    withdrawn(part, Q2)
    shown = read_rule(client, standing(part, Q2).number)
    assert shown.startswith("Amber Of 2 rated results, 1 amber: none red.")
    update = paper(client, f"reports/progress-update.pdf?period={Q2}")
    assert around(update, "Of 2 rated results, 1 amber: none red.")


def test_the_rule_s_sentence_is_worked_out_from_results_as_their_return_did(part):
    """Where nothing is held back it is the one that each return kept."""
    sheets = shown_sheets(read_programme(standing(part, Q3)))
    kept = [sheet for sheet in sheets if sheet.rule_reason]
    assert len(kept) > 20
    for sheet in kept:
        rule = sheet.rule_without([])
        assert (str(rule.rating), rule.reason) == (sheet.rule_rating, sheet.rule_reason), sheet.slug


def read_rule(client, number):
    words = page(client, f"projects/{FALLS}/?period={Q2}&version={number}")
    return words.split("By the rule: ")[1]


def test_a_correction_of_which_nothing_is_shown_is_left_out(held, client):
    withdrawn(held, Q2)
    publish_period(period(held, Q2), **by("performance", held))
    nothing = "a figure that is held back now ; it was a figure that is held back now"
    for key in (Q2, Q3):
        for where in (f"projects/{FALLS}/?period={key}", f"reports/?period={key}"):
            assert around(page(client, where), nothing) == []
        for row in download(client, "projects", key):
            assert around(row["corrected"], nothing.replace(" ;", ";")) == []
    assert around(page(client, f"reports/?period={Q2}"), "it was a figure that is held back now")


def test_a_correction_on_the_page_of_papers_says_of_which_project_it_is(part, client):
    """Those of one act of publishing stand together, and those in the box of the version too."""
    corrected(part, FALLS, performance="More began.")
    corrected(part, "reablement", performance="Fewer waited.")
    words = page(client, f"reports/?period={Q2}")
    for project, text in (("Falls prevention", "More began."), ("Reablement", "Fewer waited.")):
        assert around(words, f"{project}: Performance in full: {text}"), project
    assert len(around(words, "Performance in full:")) == len(
        around(words, ": Performance in full:")
    )
