"""The rating rules: the examples of docs/rules/rating.md, and what holds for all figures."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.models import Measure
from outcomes.rules import Tolerance, rate, rate_in, rate_project, tolerance_of
from outcomes.targets import carried_target, standing_until, target_of
from outcomes.travel import travelled
from projects.models import Council

BIGGER, SMALLER = Measure.Direction.BIGGER, Measure.Direction.SMALLER
figures = st.decimals("-99999999", "99999999", places=4)
tolerances = st.decimals(0, 100, places=2)


def examples(first):
    """The rows of the document's table whose first heading is ``first``, as dicts."""
    tables, heading = {}, None
    for line in (settings.BASE_DIR / "docs/rules/rating.md").read_text().splitlines():
        if not line.startswith("|"):
            heading = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if heading is None:
            heading = cells
            tables[heading[0]] = []
        elif set(cells) != {"---"}:
            tables[heading[0]].append(dict(zip(heading, cells, strict=True)))
    return tables[first]


def number(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", examples("Value"), ids=lambda row: row["Reason"])
def test_a_result_is_rated_as_the_document_says(row):
    rated = rate(
        number(row["Value"]),
        number(row["Target"]),
        row["Direction"],
        Decimal(row["Tolerance"]),
        unit=row["Unit"],
    )
    assert (rated.rating, rated.reason) == (row["Rating"], row["Reason"])


@pytest.mark.parametrize("row", examples("Result"), ids=lambda row: row["Reason"])
def test_a_tolerance_of_each_kind_rates_as_the_document_says(row):
    rated = rate(
        number(row["Result"]),
        number(row["Target"]),
        row["Direction"],
        Tolerance(Decimal(row["Tolerance"]), row["Kind"]),
        unit=row["Unit"],
    )
    assert (rated.rating, rated.reason) == (row["Rating"], row["Reason"])


@dataclass
class Aim:
    """A target as it stands in the document: "2026-27-q1: 357", "standing: 95"."""

    period: str
    value: Decimal | None
    until: str = ""


def targets(text):
    pairs = [each.split(": ") for each in text.split("; ") if each]
    return [
        Aim("" if period == "standing" else period, None if value == "none" else Decimal(value))
        for period, value in pairs
    ]


@pytest.mark.parametrize("row", examples("Targets set"), ids=lambda row: row["Reason"])
def test_a_result_is_rated_against_the_target_of_its_period(row):
    rated = rate_in(
        Period.parse(row["Result of"]),
        number(row["Result"]),
        targets(row["Targets set"]),
        BIGGER,
        Decimal(5),
    )
    assert (rated.rating, rated.reason) == (row["Rating"], row["Reason"])


@pytest.mark.parametrize("row", examples("Before"), ids=lambda row: row["Travel"])
def test_a_measure_travels_as_the_document_says(row):
    found = travelled(number(row["Before"]), number(row["Now"]), row["Way"])
    assert found.travel == row["Travel"]


@pytest.mark.parametrize("row", examples("Green"), ids=lambda row: row["Reason"])
def test_a_project_is_rated_as_the_document_says(row):
    ratings = [
        rating for rating in (*COLOURS, Rating.NOT_RATED) for _ in range(int(row[rating.label]))
    ]
    rated = rate_project(ratings)
    assert (rated.rating, rated.reason) == (row["Rating"], row["Reason"])


def test_the_document_has_an_example_of_each_rating():
    for first in ("Value", "Green"):
        assert {row["Rating"] for row in examples(first)} == {*COLOURS, Rating.NOT_RATED}


@given(figures, figures, tolerances)
def test_negated_figures_with_the_direction_turned_round_rate_the_same(value, target, tolerance):
    assert (
        rate(value, target, BIGGER, tolerance).rating
        == rate(-value, -target, SMALLER, tolerance).rating
    )


@given(figures, figures.filter(bool), tolerances, st.integers(1, 1000))
def test_the_same_in_another_unit_rates_the_same(value, target, tolerance, scale):
    for direction in (BIGGER, SMALLER):
        assert (
            rate(value, target, direction, tolerance).rating
            == rate(value * scale, target * scale, direction, tolerance).rating
        )


@given(figures, figures, figures, tolerances)
def test_a_better_figure_is_never_rated_worse(one, other, target, tolerance):
    low, high = sorted((one, other))
    for direction, worse, better in ((BIGGER, low, high), (SMALLER, high, low)):
        assert COLOURS.index(rate(better, target, direction, tolerance).rating) <= COLOURS.index(
            rate(worse, target, direction, tolerance).rating
        )


@pytest.mark.parametrize(
    ("value", "rating", "gap"),
    [
        ("95.0001", "amber", "4.9999%, less than"),
        ("95", "red", "5%, as much as"),
        ("94.9999", "red", "5.0001%, more than"),
        ("99.9999", "amber", "0.0001%, less than"),
        ("100", "green", None),
    ],
)
def test_the_reason_never_shows_a_gap_as_the_tolerance_or_as_nothing(value, rating, gap):
    rated = rate(Decimal(value), Decimal(100), BIGGER, Decimal(5))
    assert rated.rating == rating
    assert gap is None or f"by {gap} the tolerance of 5%" in rated.reason


@pytest.mark.parametrize(
    ("value", "gap"),
    [("94999.9999", "5.0001%, more than"), ("95000.0001", "4.9999%, less than")],
)
def test_a_gap_too_fine_to_print_stays_on_its_side_of_the_tolerance(value, gap):
    reason = rate(Decimal(value), Decimal(100000), BIGGER, Decimal(5)).reason
    assert f"by {gap} the tolerance of 5%" in reason


def test_a_direction_that_is_none_is_refused():
    with pytest.raises(ValueError, match="sideways"):
        rate(Decimal(1), Decimal(1), "sideways", Decimal(5))


def test_a_colour_that_is_not_legible_does_not_count():
    rated = rate_project([Rating.GREEN, Rating.NOT_LEGIBLE])
    assert rated.rating == Rating.GREEN
    assert rated.reason == "The 1 rated result is green; 1 not rated"


@pytest.mark.parametrize(
    ("value", "target", "tolerance", "options", "reason"),
    [
        ("7", "8", "20", {}, "7 is below the target of 8 by 12.5%, less than the tolerance of 20%"),
        ("87.75", "100", "20", {}, "87.75 is below the target of 100 by 12.3%, less than "),
        (
            *("7.5", "8", "20", {"unit": "days", "decimals": 2}),
            "7.50 days is below the target of 8.00 days by 6.3%, less than ",
        ),
        (
            *("-1", "0", "5", {"unit": "%", "decimals": 1}),
            "−1.0% is below the target of 0.0% by 1.0 points: nothing is a share of 0, ",
        ),
        (
            *("-1", "0", "5", {"unit": "days", "decimals": 1}),
            "−1.0 days is below the target of 0.0 days by 1.0 days: nothing is a share of 0, ",
        ),
    ],
)
def test_the_reason_has_the_unit_and_the_decimals_that_are_asked_for(
    value, target, tolerance, options, reason
):
    rated = rate(Decimal(value), Decimal(target), BIGGER, Decimal(tolerance), **options)
    assert rated.reason.startswith(reason)


def test_a_gap_finer_than_four_decimals_is_told_from_a_tolerance_as_fine():
    rated = rate(Decimal("99.99985"), Decimal(100), BIGGER, Decimal("0.0002"))
    assert rated.reason.endswith(" by 0.0001%, less than the tolerance of 0.0002%")


@pytest.mark.parametrize(
    ("value", "rating", "words"),
    [("3", Rating.AMBER, "3, less than"), ("5", Rating.RED, "5, as much as")],
)
def test_content_frozen_with_a_tolerance_of_a_target_of_nothing_is_rated_as_it_was(
    value, rating, words
):
    expected = (rating, f"{value} is above the target of 0 by {words} the tolerance of 5")
    given = (SMALLER, Tolerance(Decimal(5)))
    rated = rate(Decimal(value), Decimal(0), *given, of_nought=True)
    assert (rated.rating, rated.reason) == expected
    period, aims = Period.parse("2026-27-q1"), [Aim("2026-27-q1", Decimal(0))]
    rated = rate_in(period, Decimal(value), aims, *given, of_nought=True)
    assert (rated.rating, rated.reason) == expected
    assert rate_in(period, Decimal(value), aims, *given).rating == Rating.RED


def test_a_result_of_a_period_is_rated_in_its_own_unit_and_decimals():
    aims = [Aim("2026-27-q1", Decimal(8))]
    rated = rate_in(
        *(Period.parse("2026-27-q1"), Decimal(7), aims, BIGGER, Decimal(20)),
        unit="days",
        decimals=1,
    )
    assert rated.reason == (
        "7.0 days is below the target of 8.0 days by 12.5%, less than the tolerance of 20%"
    )


def test_a_measure_has_its_own_tolerance_or_else_its_councils():
    council = Council(rating_tolerance=Decimal(4), rating_tolerance_kind="absolute")
    own = Measure(council=council, tolerance=Decimal(0), tolerance_kind="points")
    assert tolerance_of(own) == Tolerance(Decimal(0), "points")
    assert tolerance_of(Measure(council=council)) == Tolerance(Decimal(4), "absolute")


def aims(*periods, until=""):
    """Targets of these periods, the standing one (with no period) until then."""
    return [
        Aim(period, Decimal(place), until if not period else "")
        for place, period in enumerate(periods)
    ]


@pytest.mark.parametrize(
    ("period", "until", "holds"),
    [
        ("2026-27-q1", "2026-27-q2", True),
        ("2026-27-q2", "2026-27-q2", True),
        ("2026-27-m06", "2026-27-q2", True),
        ("2026-27-q3", "2026-27-q2", False),
        ("2026-27-m07", "2026-27-q2", False),
        ("2030-31", "", True),
    ],
)
def test_a_standing_target_holds_up_to_its_last_period(period, until, holds):
    (standing,) = aims("", until=until)
    assert target_of([standing], Period.parse(period)) is (standing if holds else None)


@pytest.mark.parametrize(
    ("periods", "until", "last"),
    [
        ([], "", ""),
        (["2026-27-q2"], "", ""),
        ([""], "", ""),
        ([""], "2026-27-q4", "2026-27-q4"),
        (["", "2026-27-q2"], "", "2026-27-q1"),
        (["", "2026-27-q3", "2026-27-q2"], "", "2026-27-q1"),
        (["", "2026-27-m05"], "", "2026-27-m04"),
        (["", "2026-27"], "", "2026-27-q4"),
        (["", "2017"], "", "2016"),
        (["", "2017-10-02"], "", "2017-10-01"),
        (["", "2026-27-q2"], "2026-27-q4", "2026-27-q1"),
        (["", "2026-27-q2"], "2026-27-q2", "2026-27-q1"),
        (["", "2026-27-q3"], "2026-27-q1", "2026-27-q1"),
        (["", "2026-27"], "2026-27-q2", "2026-27-q2"),
    ],
)
def test_a_target_of_a_period_of_its_own_ends_a_standing_one(periods, until, last):
    assert standing_until(aims(*periods, until=until)) == last


@pytest.mark.parametrize(
    ("periods", "asked", "added_up", "held_to"),
    [
        (["2016-17-m03"], "2016-17-m03", False, "2016-17-m03"),
        (["2016-17-m03"], "2016-17-m05", False, "2016-17-m03"),
        (["2016-17-m05", "2016-17-m03"], "2016-17-m06", False, "2016-17-m05"),
        (["2016-17-m03"], "2016-17-m02", False, None),
        (["2016-17-m03"], "2016-17-m05", True, None),
        (["2016-17-m03"], "2016-17-m03", True, "2016-17-m03"),
        (["", "2016-17-m03"], "2016-17-m02", False, ""),
        (["", "2016-17-m03"], "2016-17-m04", False, "2016-17-m03"),
        (["", "2016-17-m03"], "2016-17-m04", True, ""),
        (["2016-17-q1"], "2016-17-m04", False, None),
        (["2016-17-m03"], "2016-17-q2", False, None),
        (["2016-17-q1"], "2016-17-q1", False, "2016-17-q1"),
        (["2016-17-q1"], "2016-17-q2", False, None),
    ],
)
def test_in_content_frozen_then_a_target_of_a_month_stood_until_the_next(
    periods, asked, added_up, held_to
):
    held = carried_target(aims(*periods), Period.parse(asked), added_up=added_up)
    assert (held.period if held else None) == held_to


def test_in_content_frozen_then_a_measure_was_not_added_up_unless_it_says_so():
    assert carried_target(aims("2016-17-m03"), Period.parse("2016-17-m05"))
