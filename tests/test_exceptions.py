"""What is reported by exception: the paper's five come out of the rules, and why more do."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.ratings import Rating
from outcomes.exceptions import Criterion, Met, Series, criteria_met, order_of, variance_percent
from outcomes.rules import Rated, rate
from outcomes.travel import Travel, travelled, worse_in_a_row
from outcomes.vital_signs.exception_list import Exceptions
from outcomes.vital_signs.published import vital_signs_shown
from tests.month import LAST, MONTHS, VALUES, add_measure, publish_month
from tests.text import read

FLIPPED = {"bigger is better": "smaller is better", "smaller is better": "bigger is better"}
figures = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=20)
PAPER = {
    "delayed-transfers-social-care": Decimal("137.3"),
    "learning-disabilities-paid-employment": Decimal("17.5"),
    "mental-health-paid-employment": Decimal("45.9"),
    "admissions-65-and-over": Decimal("10.5"),
    "admissions-18-64": Decimal("17.0"),
}


@pytest.fixture
def norfolk(db):
    return Exceptions(vital_signs_shown(AnonymousUser(), "norfolk"))


def test_the_five_measures_of_the_paper_are_off_target_with_these_variances(norfolk):
    off = {
        each.measure.slug: each.status.variance.quantize(Decimal("0.1"))
        for each in norfolk.listed
        if any(met.criterion == Criterion.OFF_TARGET for met in each.status.met)
    }
    assert off == PAPER
    declared = {each.measure.slug for each in norfolk.statuses if each.declared}
    assert declared == set(PAPER)


def test_one_more_deteriorated_for_three_months_and_the_page_says_why(norfolk, client):
    (more,) = norfolk.differing
    assert more.measure.slug == "assessments-resulting-in-information-only"
    assert [met.criterion for met in more.status.met] == [Criterion.DETERIORATED]
    reason = more.status.met[0].reason
    assert "13.5% in October 2016, 11.5% in November 2016, 11.3% in December 2016" in reason
    assert "March 2017 has no figure yet, so the last results with data are judged" in reason
    words = read(client, "/norfolk/exceptions/")
    assert "The paper does not list it, though it meets a published criterion" in words


def test_delayed_transfers_meet_two_criteria(norfolk):
    found = {each.measure.slug: each.status.met for each in norfolk.listed}
    assert [met.criterion for met in found["delayed-transfers-social-care"]] == [
        Criterion.OFF_TARGET,
        Criterion.DETERIORATED,
    ]


def series(values, direction="bigger is better", target=None, **more):
    named = [(f"m{place}", Decimal(value)) for place, value in enumerate(values)]
    rated = rate(named[-1][1] if named else None, target, direction, Decimal(5))
    return Series(named, direction, target, rated, **more)


@pytest.mark.parametrize(
    ("values", "target", "expected"),
    [
        ([95], 100, [Criterion.OFF_TARGET]),
        (["95.01"], 100, []),
        ([100], 100, []),
        ([4, 3, 2, 1], None, [Criterion.DETERIORATED]),
        ([3, 2, 1], None, []),
        ([4, 3, 3, 2], None, []),
        ([9, 4, 3, 2, 1, 2], None, []),
        ([], 100, []),
        ([5], 0, []),
    ],
)
def test_each_criterion_on_both_sides_of_its_threshold(values, target, expected):
    target = None if target is None else Decimal(target)
    found = criteria_met(series(values, target=target), Decimal(5))
    assert [met.criterion for met in found] == expected


def test_a_red_rating_is_an_exception_even_below_the_variance():
    red = Rated(Rating.RED, "red by a tighter tolerance")
    tight = Series([("m", Decimal(98))], "bigger is better", Decimal(100), red)
    assert [met.criterion for met in criteria_met(tight, Decimal(5))] == [Criterion.OFF_TARGET]


def test_a_person_s_flags_come_with_their_reasons():
    found = criteria_met(
        series([1], budget_reason="Overspends by £1m.", risk_reason="RM14."), Decimal(5)
    )
    assert [(met.criterion, met.reason) for met in found] == [
        (Criterion.BUDGET, "Overspends by £1m."),
        (Criterion.RISK, "RM14."),
    ]


def test_the_variance_of_a_target_of_nothing_is_none():
    assert variance_percent(Decimal(5), Decimal(0), "bigger is better") is None
    assert variance_percent(Decimal(5), Decimal(10), "neutral") is None
    assert variance_percent(Decimal(12), Decimal(10), "smaller is better") == 20


@given(figures, st.decimals(-1000, 1000, places=2), st.sampled_from(list(FLIPPED)))
def test_negating_everything_and_flipping_the_direction_changes_no_criterion(
    values, target, direction
):
    here = criteria_met(series(values, direction, target), Decimal(5))
    there = criteria_met(
        series([-value for value in values], FLIPPED[direction], -target), Decimal(5)
    )
    assert [met.criterion for met in here] == [met.criterion for met in there]


@given(figures, st.sampled_from([Decimal(2), Decimal(10), Decimal("0.5")]))
def test_scaling_changes_no_criterion(values, factor):
    here = criteria_met(series(values, target=Decimal(50)), Decimal(5))
    scaled = series([value * factor for value in values], target=50 * factor)
    assert [met.criterion for met in here] == [
        met.criterion for met in criteria_met(scaled, Decimal(5))
    ]


@given(st.decimals(-99, 99, places=2), st.decimals(-99, 99, places=2))
def test_travel_is_mirrored_by_flipping_the_direction(before, now):
    here = travelled(before, now, "bigger is better").travel
    there = travelled(-before, -now, "smaller is better").travel
    assert here == there
    assert travelled(before, now, "neutral").travel in (Travel.UP, Travel.DOWN, Travel.SAME)


def test_travel_needs_two_figures():
    assert travelled(None, Decimal(1), "bigger is better").travel == Travel.UNKNOWN
    assert travelled(Decimal(1), None, "bigger is better").travel == Travel.UNKNOWN
    with pytest.raises(ValueError, match="sideways"):
        travelled(Decimal(1), Decimal(1), "sideways")


def test_what_gets_worse_is_counted_from_the_end():
    assert worse_in_a_row([Decimal(n) for n in (5, 4, 3)], "bigger is better") == 2
    assert worse_in_a_row([Decimal(n) for n in (5, 4, 3)], "smaller is better") == 0
    assert worse_in_a_row([Decimal(n) for n in (5, 4, 3)], "neutral") == 0
    assert worse_in_a_row([], "bigger is better") == 0


@pytest.mark.parametrize(
    ("before", "now", "direction", "travel", "reason"),
    [
        ("2.1", "2", "bigger is better", Travel.WORSE, "2.10 days to 2.00 days"),
        ("2.1", "2", "smaller is better", Travel.BETTER, "2.10 days to 2.00 days"),
        ("3.3", "3.3", "neutral", Travel.SAME, "3.30 days, as before"),
        ("936", "938", "neutral", Travel.UP, "936.00 days to 938.00 days"),
        ("938", "936", "neutral", Travel.DOWN, "938.00 days to 936.00 days"),
        ("938", None, "neutral", Travel.UNKNOWN, "There is no figure to compare with"),
    ],
)
def test_travel_says_from_which_figure_to_which(before, now, direction, travel, reason):
    found = travelled(
        *(Decimal(before), Decimal(now) if now else None, direction), unit="days", decimals=2
    )
    assert (found.travel, found.reason) == (travel, reason)


def test_travel_without_a_unit_says_the_figures_alone():
    assert travelled(Decimal(1), Decimal(2), "neutral").reason == "1 to 2"


def test_an_exception_says_which_figures_and_by_how_much():
    (off,) = criteria_met(series([80], target=Decimal(100), unit="%", decimals=1), Decimal(5))
    assert off.reason == "80.0% in m0 against a target of 100.0%: worse by 20% of it"
    (worse,) = criteria_met(
        series([6, 5, 4, 3, 2], unit="%", decimals=1, missing="May 2017 has no figure yet"),
        Decimal(5),
    )
    assert worse.reason == (
        "Each worse than the one before: 5.0% in m1, 4.0% in m2, 3.0% in m3, 2.0% in m4. "
        "May 2017 has no figure yet, so the last results with data are judged"
    )


def test_the_variance_that_counts_is_an_exception_and_what_is_less_is_none():
    amber = Rated(Rating.AMBER, "amber by a wider tolerance")
    figures_of = {"direction": "bigger is better", "target": Decimal(100), "rated": amber}
    assert criteria_met(Series([("m", Decimal(95))], **figures_of), Decimal(5))
    assert not criteria_met(Series([("m", Decimal("95.01"))], **figures_of), Decimal(5))


def test_a_target_below_1_has_a_variance():
    assert variance_percent(Decimal("0.4"), Decimal("0.5"), "bigger is better") == 20


def test_exceptions_come_first_and_then_the_worst_rating():
    met = [Met(Criterion.RISK, "RM14.")]
    listed = [([], "red"), (met, "green"), (met, "not rated"), (met, "amber"), (met, "red")]
    assert sorted(listed, key=lambda of: order_of(*of)) == listed[::-1]
    assert order_of([], "not legible") == order_of([], "not rated")


def test_what_has_left_the_list_is_said_with_what_it_is_now(month, client):
    month.published("96")
    words = read(client, "/testshire/exceptions/")
    assert "No vital sign meets a criterion in April 2017" in words
    assert "Against the report of March 2017" in words
    assert "Measure : was listed as off target and deteriorated for three periods" in words
    assert "96% is better than the target of 95%" in words


def test_a_month_without_an_earlier_report_says_so(norfolk, client):
    assert "No earlier report of this council" in read(client, "/norfolk/exceptions/")


def test_a_month_before_the_report_is_judged_by_what_was_known_then(testshire, client):
    council = testshire()
    add_measure(council, target=None, values=[*VALUES[:-1], 99])
    publish_month(council)
    assert "No vital sign meets" in read(client, "/testshire/exceptions/")
    before = MONTHS[-2]
    assert before.following == LAST
    words = read(client, f"/testshire/exceptions/?month={before.key}")
    assert "as the report of March 2017 has it" in words


def test_a_deterioration_across_a_month_held_back_says_that_it_is_left_out():
    (worse,) = criteria_met(
        series([6, 5, 4, 3, 2], unit="%", decimals=1, left_out=[("m3", "mx"), ("m4", "my")]),
        Decimal(5),
    )
    assert "3.0% in m3, 2.0% in m4 (mx, held back, left out)" in worse.reason
