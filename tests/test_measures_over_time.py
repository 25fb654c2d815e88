"""Measures that change, are added up, or vary little: what is said of the series."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bcfportal.lib import spc
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import Definition, change_words
from outcomes.travel import Travel
from outcomes.vital_signs.content import Figure, Judging, Measure, Target
from outcomes.vital_signs.history import break_words, limits_words
from outcomes.vital_signs.measure_status import MeasureStatus

FIRST = Period(2016, month=1)
DAYS = {"text": "Wait", "direction": "smaller is better", "tolerance": Decimal(5)}


def standing(values, **about):
    """A monthly measure that came to these values from April 2016 on, as its last month left it."""
    months = FIRST.up_to(Period(2018, month=12))[: len(values)]
    figures = [
        Figure(period=month.key, status="reported", value=Decimal(str(value)))
        for month, value in zip(months, values, strict=True)
    ]
    options = {"direction": "smaller is better", "unit": "people"} | about
    options |= {"tolerance": Decimal(5), "tolerance_kind": "relative"}
    measure = Measure(slug="m", collection="vital signs", text="M", figures=figures, **options)
    return MeasureStatus(measure, months[-1], Judging(Decimal(5)))


ADDED_UP = [11, 20, 32, 42, 53, 66, 74, 84, 96, 107, 116, 126, 12, 25]


def test_a_sum_since_april_is_compared_with_the_same_month_last_year_only():
    found = standing(ADDED_UP, accumulation="cumulative")
    assert found.from_previous.travel == Travel.UNKNOWN
    assert (found.from_last_year.travel, found.from_last_year.reason) == (Travel.WORSE, "20 to 25")


def test_a_sum_since_april_has_no_control_chart_and_does_not_deteriorate():
    found = standing(ADDED_UP, accumulation="cumulative")
    assert (found.chart.points, limits_words(found), found.met) == ((), "", [])


def test_a_target_of_march_is_none_for_a_sum_that_begins_in_april():
    target = Target(period="2016-17-m12", status="set", value=Decimal(130))
    found = standing(ADDED_UP, accumulation="cumulative", targets=[target])
    assert found.rate(found.by_period["2016-17-m12"]).rating == "green"
    assert found.rate(found.by_period["2017-18-m01"]).rating == "not rated"


def test_limits_are_shown_within_what_the_unit_can_be():
    people = standing([0, 1, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0])
    assert "limits 0 people and" in limits_words(people)
    assert people.chart.segments[-1].lower < 0
    shares = [98, 99, 97, 100, 96, 99, 98, 100, 97, 99, 98, 99, 99]
    share = standing(shares, unit="%", multiplier=100)
    assert limits_words(share).endswith("and 100%. Limits from 13 points.")
    beds = standing(shares, unit="%", multiplier=100, can_be_above_whole=True)
    assert "and 100%" not in limits_words(beds)
    change = standing([0, 1, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 0], can_be_below_zero=True)
    assert "limits −" in limits_words(change)


@pytest.mark.parametrize("values", [[5] * 11 + [6, 7], [5] * 13])
def test_too_little_variation_is_said(values):
    found = standing(values)
    assert not found.chart.enough
    assert limits_words(found).endswith("There is too little variation for limits.")


def changed(**after):
    """Three months in days, then two by another definition."""
    before = Definition(**DAYS, unit="days", decimals=1, tolerance_kind="relative")
    values = {**DAYS, "unit": "days", "decimals": 1, "tolerance_kind": "relative"} | after
    later = Definition(**values, since="2016-17-m04", why="Agreed.", on=date(2016, 7, 1))
    about = {"definitions": [before, later], "unit": later.unit, "direction": later.direction}
    target = Target(period="", status="set", value=Decimal(2))
    return standing([1, 2, 2.05, 48, 50], targets=[target], **about)


def test_a_figure_keeps_its_unit_its_target_and_its_rating():
    found = changed(unit="hours", decimals=0)
    third, last = found.figures[2], found.figures[4]
    assert (found.words_of(third), found.words_of(last)) == ("2.05 days", "50 hours")
    assert "2.05 days is above the target of 2.0 days by 2.5%" in found.rate(third).reason
    assert found.rate(last).rating == "not rated"


def test_figures_of_two_units_are_not_compared():
    found = changed(unit="hours")
    assert [each.value for each in found.run] == [48, 50]
    (mark,) = found.measure.marks
    assert break_words(mark) == "Unit changed from days to hours from July 2016: Agreed."
    assert len(found.chart.segments) == 2


def test_a_changed_tolerance_is_marked_and_figures_stay_comparable():
    found = changed(tolerance=Decimal(2), tolerance_kind="points")
    assert found.measure.changed_between(period_of("2016-17-m01"), found.last) is None
    before, after = found.measure.definitions
    words = "Tolerance changed from 5% of the target to 2 points"
    assert change_words(before, after) == words


def test_a_changed_direction_ends_a_run_of_worse_figures():
    found = changed(direction="bigger is better")
    assert [each.value for each in found.run] == [48, 50]
    assert found.measure.new_series == []


def test_control_charts_run_on_the_exact_shares():
    shares = [Fraction(number, 700) for number in range(20, 34)]
    rounded = [(place, round(Decimal(float(each)), 2)) for place, each in enumerate(shares)]
    exact = spc.analyse(enumerate(shares), "bigger is better")
    assert "trend" in {point.special for point in exact.points}
    as_printed = spc.analyse(rounded, "bigger is better")
    assert "trend" not in {point.special for point in as_printed.points}
    assert exact.points[0].value == Decimal(20) / Decimal(700)
