"""Figures of different things are not set against each other, nor read in each other's unit."""

import re

from outcomes.entry.grid import carried
from outcomes.models import Measure, Result
from tests.text import words_of
from tests.westshire.project_pages import Q1, Q2, Q3, report, row
from tests.westshire.shown import markup, signed_in

AT_HOME = "Who were still at home"
WAIT = "Wait until bridging care began"
NOT_COMPARED = "Not compared: the measure changed"


def test_the_review_compares_no_figure_with_one_of_another_definition(westshire, client):
    signed_in(client, "performance")
    cells = row(client, f"quarter/{Q2}/reablement/", AT_HOME)
    assert "79.1%" in cells["Last result"]
    assert cells["Change"] == NOT_COMPARED


def test_the_check_compares_no_figure_with_one_of_another_definition(westshire, client):
    signed_in(client, "hospital")
    cells = row(client, f"returns/{Q2}/reablement/check/", AT_HOME)
    assert cells["Change"] == NOT_COMPARED


def test_figures_of_another_direction_are_compared(westshire, client):
    signed_in(client, "performance")
    cells = row(client, f"quarter/{Q2}/carers-advice/", "People waiting for an assessment")
    assert cells["Change"] == "up 8"


def test_a_figure_in_days_is_not_filled_in_where_hours_are_asked(westshire):
    wait = measure_of("bridging-care")
    assert f"m{wait.pk}-value" not in carried(report(westshire, "bridging-care", Q2))


def test_a_late_figure_is_asked_for_in_the_unit_of_its_own_period(westshire, client):
    wait = measure_of("bridging-care")
    Result.objects.filter(measure=wait, period=Q1).update(status="not yet available", value=None)
    signed_in(client, "commissioner")
    heads = heads_of(client, f"returns/{Q3}/bridging-care/measures/", WAIT)
    assert ["Unit: days" in head for head in heads] == [True, False]
    assert ["Unit: hours" in head for head in heads] == [False, True]


def test_the_figure_before_has_the_decimals_of_its_own_definition(westshire, client):
    Result.objects.filter(measure=measure_of("bridging-care"), period=Q1).update(value=2)
    signed_in(client, "commissioner")
    before = row(client, f"returns/{Q2}/bridging-care/check/", WAIT)["Last result"]
    assert before.startswith("2.0 days")


def measure_of(slug):
    return Measure.objects.get(project__slug=slug, position=1, project__council__slug="westshire")


def heads_of(client, where, words):
    """The heads of all rows of a measure in the grid, by their order."""
    found = re.findall(r'<th scope="row".*?</th>', markup(client, where), re.S)
    return [head for head in map(words_of, found) if head.startswith(words)]
