"""What is shown wrongly today where a measure changes, is added up, or has a figure of its kind.

Each is expected to fail, and says what is shown instead.
"""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from outcomes.vital_signs.exception_list import Exceptions
from programme.headlines import together
from publishing.council_sections import council_shown_to
from publishing.models import Snapshot
from tests.westshire.measures import (
    JUNE,
    LAST,
    card,
    csv_row,
    dashboard_row,
    grid_row,
    lines,
    return_of,
    shown_in,
    standing_in,
)

pytestmark = pytest.mark.django_db
APRIL, MAY, OCTOBER = "2026-27-m01", "2026-27-m02", "2026-27-m07"
RATING = 3


# A unit that changed: days became hours in October 2026.


def test_a_figure_keeps_the_unit_that_it_was_published_in(westshire, client):
    assert "days" in lines(client, "urgent-response-wait")["September 2026"][0]


def test_days_are_not_compared_with_hours(westshire, client):
    assert "1.8 to 44.6" not in card(client, "urgent-response-wait")


def test_the_download_gives_each_figure_its_own_unit(westshire, client):
    assert csv_row(client, "urgent-response-wait", "2026-27-m06")["unit"] == "days"


def test_the_dashboard_marks_where_a_series_breaks(westshire, client):
    row = dashboard_row(client, "Wait for urgent community response")
    assert re.search("changed|break|days", " ".join(row).lower())


# A direction that changed: from July 2026 fewer hours of home care are better.


def test_what_was_published_keeps_its_colour_when_the_direction_changes(westshire, client):
    then = lines(client, "home-care-hours", MAY)["May 2026"][RATING]
    assert lines(client, "home-care-hours")["May 2026"][RATING] == then


def test_correcting_one_figure_does_not_change_what_is_said_of_another_measure(westshire):
    versions = Snapshot.objects.filter(report=return_of(westshire, JUNE)).order_by("number")
    directions = [
        measure["direction"]
        for version in versions
        for measure in version.content["measures"]
        if measure["slug"] == "home-care-hours"
    ]
    assert directions[0] == directions[1]


# A tolerance that changed: 2 points from August 2026, before 5% of the target.


def test_what_was_published_keeps_its_colour_when_the_tolerance_changes(westshire, client):
    now = lines(client, "equipment-five-days")
    for key, label in (("2025-26-m11", "February 2026"), ("2026-27-m04", "July 2026")):
        then = lines(client, "equipment-five-days", key)[label][RATING]
        assert now[label][RATING] == then, label


# A multiplier that changed: per 100,000 from September 2026, before per 1,000.


def test_a_rate_keeps_what_it_is_a_rate_of(westshire, client):
    assert "per 1,000" in lines(client, "falls-admissions")["August 2026"][0]


def test_a_change_of_multiplier_is_no_special_cause(westshire, client):
    assert "Concern" not in dashboard_row(client, "Admissions after a fall")[6]


def test_a_change_of_multiplier_is_no_deterioration(westshire, client):
    row = dashboard_row(client, "Admissions after a fall", OCTOBER)
    assert "deteriorated" not in row[0]


def test_figures_that_agreed_when_they_were_published_are_not_said_to_disagree(westshire, client):
    assert "is not the printed value" not in card(client, "falls-admissions")


def test_a_target_keeps_the_unit_that_it_was_set_in(westshire, client):
    history = card(client, "falls-admissions").split("Targets and their history")[1]
    assert "per 1,000" in history.replace("for each 1,000", "")


# A definition that changed: reviews count since May 2026.


def test_a_changed_definition_is_no_improvement(westshire, client):
    assert "Improving" not in dashboard_row(client, "Carers with a plan")[6]


def test_figures_of_two_definitions_are_not_compared(westshire, client):
    row = dashboard_row(client, "Carers with a plan", "2026-27-m08")
    assert "Better" not in row[5]


def test_the_page_says_that_the_tolerance_changed_and_from_when(westshire, client):
    words = card(client, "equipment-five-days", "2026-27-m06").replace("Definition changed", "")
    assert re.search(r"[Tt]olerance (was )?changed", words)


# A measure that is added up since April.


def test_a_figure_added_up_since_april_is_not_compared_with_march(westshire, client):
    assert "1,414 to 123" not in card(client, "carers-assessed", APRIL)


def test_no_control_chart_goes_over_a_year_s_end(westshire, client):
    words = card(client, "carers-assessed", APRIL)
    assert "special cause" not in words.lower()
    assert "limits" not in words.split("Breaks in the series")[0].split("Why is this")[1]


def test_april_is_not_judged_against_the_target_of_march(westshire, client):
    assert lines(client, "carers-assessed", APRIL)["April 2026"][RATING] == ""


def test_the_download_gives_april_no_target_of_march(westshire, client):
    row = csv_row(client, "carers-assessed", APRIL, APRIL)
    assert (row["target"], row["rating_by_rule"]) == ("", "")


def test_a_sum_that_rises_since_april_has_not_deteriorated(westshire, client):
    assert "deteriorated" not in dashboard_row(client, "Admissions to residential", APRIL)[0]


def test_april_is_not_asked_about_because_the_count_begins_anew(westshire):
    assert grid_row(westshire, APRIL, "carers-assessed").unusual == ""


# Targets of none, below nought, of a year; figures that have a kind of their own.


def test_a_serious_incident_against_a_target_of_none_is_red(westshire):
    standing = standing_in(westshire, "2025-26-m12", "serious-incidents")
    assert (standing.latest.value, standing.rated.rating) == (1, "red")


def test_a_gap_to_a_target_below_nought_is_no_share_of_it(westshire, client):
    assert "220% worse" not in dashboard_row(client, "Change in emergency admissions")[3]


def test_what_is_worse_than_its_target_is_not_said_to_be_on_it(westshire, client):
    row = dashboard_row(client, "Admissions after a fall", "2026-27-m08")
    assert row[3].startswith("Amber")
    assert "on target" not in row[3]


def test_a_quarter_is_not_judged_against_the_target_of_a_year(westshire, client):
    found = lines(client, "at-home-91-days")
    assert found["Quarter 1 2026/27"][2:4] == ["", ""]


def test_a_series_with_too_little_variation_has_no_limits(westshire, client):
    words = card(client, "homes-suspended")
    assert "limits 2 homes and 2 homes" not in words
    assert "improvement" not in words.lower()


def test_limits_of_what_is_counted_are_not_below_nought(westshire, client):
    words = card(client, "serious-incidents")
    assert re.search(r"limits (−[\d.]+)", words) is None


def test_limits_of_a_share_are_not_above_a_hundred(westshire, client):
    upper = re.search(r"limits [\d.−]+% and ([\d.]+)%", card(client, "urgent-safeguarding"))
    assert upper is None or float(upper[1]) <= 100


def test_signals_are_of_the_exact_shares_and_not_of_the_rounded(westshire, client):
    row = dashboard_row(client, "Adults with a learning disability")
    assert "Concern" not in row[6]


def test_a_quarter_s_figure_stands_in_the_dashboard_s_last_month_of_it(westshire, client):
    row = dashboard_row(client, "Admissions to residential care")
    assert any(" 260.7 " in cell for cell in row[9:])


def test_a_quarter_s_figure_is_in_the_download(westshire, client):
    row = csv_row(client, "residential-admissions-65", "2026-27-m06")
    assert row["value"] == "260.7"


def test_the_dashboard_says_when_a_late_figure_is_expected(westshire, client):
    assert "March 2027" in dashboard_row(client, "Vacant posts in care")[-1]


def test_a_figure_of_an_earlier_month_is_in_no_count_of_ratings(westshire, client):
    amber = [
        each
        for each in Exceptions(shown_in(westshire, LAST)).statuses
        if each.rated.rating == "amber"
    ]
    council, access = council_shown_to(AnonymousUser(), "westshire")
    counted = dict(together(council, access).exceptions.ratings)["amber"]
    assert counted == sum(each.latest.period == LAST for each in amber)


def test_a_measure_that_is_no_longer_counted_is_not_rated(westshire, client):
    row = dashboard_row(client, "Assessed within 28 days")
    assert "Green" not in row[3]


def test_the_dashboard_says_that_a_headline_metric_is_not_the_official_one(westshire, client):
    assert "Not the official measure" in dashboard_row(client, "Average discharge delay")[0]
    assert "Not the official measure" not in dashboard_row(client, "Vacant posts in care")[0]
    row = csv_row(client, "discharge-delay", LAST, LAST)
    assert row["official"] == "no"
