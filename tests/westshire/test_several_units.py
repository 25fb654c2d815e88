"""Where a measure's figures have several units, each figure and each target says its own."""

from tests.westshire.project_pages import Q3
from tests.westshire.shown import page, row_of, signed_in

CARD = "vital-signs/urgent-response-wait/"


def test_the_newest_figure_and_its_target_have_their_unit_beside_those_in_another(
    westshire, client
):
    assert "44.6 hours 48.0 hours" in row_of(client, CARD, "December 2026", after="<caption")
    assert "1.9 days 2.0 days" in row_of(client, CARD, "September 2026", after="<caption")


def test_the_card_says_the_unit_of_the_target_and_of_each_change_of_it(westshire, client):
    words = page(client, CARD)
    assert "Target 48.0 hours" in words
    assert "March 2027 48.0 hours" in words
    assert "No target became 48.0 hours" in words


def test_a_measure_of_one_unit_has_it_in_the_head_alone(westshire, client):
    assert "hours" not in row_of(
        client, "vital-signs/home-care-hours/", "December 2026", after="<caption"
    )


def test_figures_before_are_told_with_their_units_in_the_grid(westshire, client):
    signed_in(client, "commissioner")
    words = page(client, f"returns/{Q3}/bridging-care/measures/")
    assert "Q2 26/27: 52 hours Q1 26/27: 2.2 days" in words
