"""XmR charts: the examples of docs/rules/spc.md, and what the tables there cannot hold."""

import re
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from django.conf import settings

from bcfportal.lib.spc import Assurance, Direction, Special, Variation, analyse
from outcomes.models import Measure

BIGGER, SMALLER, NEUTRAL = Direction
# Twelve points with mean 0, near limits at 5.32 and limits at 7.98.
STEADY = "(1.5 -1.5)×6"


def examples(*headings):
    """The rows of the document's table with these first headings, as dicts."""
    tables, heading = {}, None
    for line in (settings.BASE_DIR / "docs/rules/spc.md").read_text().splitlines():
        if not line.startswith("|"):
            heading = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if heading is None:
            heading = tuple(cells)
            tables[heading] = []
        elif set(cells) != {"---"}:
            tables[heading].append(dict(zip(heading, cells, strict=True)))
    return next(rows for heading, rows in tables.items() if heading[: len(headings)] == headings)


def figures(text):
    """The figures of "(1 2)×2 10": 1, 2, 1, 2, 10."""
    written = re.sub(r"\(([^)]*)\)×(\d+)", lambda found: f"{found[1]} " * int(found[2]), text)
    return [Decimal(figure) for figure in written.split()]


def judge(values, direction=BIGGER, **options):
    """The analysis of these figures, dated 1, 2, 3 and so on."""
    return analyse(enumerate(values, 1), direction, **options)


def after_steady(then, direction=BIGGER, **options):
    return judge(figures(f"{STEADY} {then}"), direction, baseline=12, **options)


def marked(analysis):
    """The special causes as the document lists them."""
    return ", ".join(f"{p.date} {p.special}" for p in analysis.points if p.special) or "none"


def two_decimals(*numbers):
    return [f"{number:.2f}" for number in numbers]


def row_name(row):
    return " ".join(row.values())


@pytest.mark.parametrize("row", examples("Figures"), ids=row_name)
def test_limits_are_those_of_the_document(row):
    found = judge(figures(row["Figures"]), SMALLER, screen=row["Screened"] == "yes")
    (segment,) = found.segments
    assert two_decimals(segment.mean, segment.lower, segment.upper) == [
        row["Mean"],
        row["Lower limit"],
        row["Upper limit"],
    ]
    assert marked(found) == row["Special causes"]


@pytest.mark.parametrize("row", examples("Then"), ids=row_name)
def test_special_causes_are_those_of_the_document(row):
    assert marked(after_steady(row["Then"])) == row["Special causes"]


@pytest.mark.parametrize("row", examples("Direction", "Then"), ids=row_name)
def test_icons_are_those_of_the_document(row):
    target = Decimal(row["Target"]) if row["Target"] else None
    found = after_steady(row["Then"], row["Direction"], target=target)
    assert (found.variation, found.assurance or "none") == (row["Variation"], row["Assurance"])


def test_the_document_has_an_example_of_each_word():
    icons = examples("Direction", "Then")
    assert {row["Variation"] for row in icons} == set(Variation)
    assert {row["Assurance"] for row in icons} == {*Assurance, "none"}
    special = " ".join(row["Special causes"] for row in examples("Then"))
    assert all(rule in special for rule in Special)


def test_directions_are_the_words_that_measures_store():
    assert {*Direction} == {*Measure.Direction.values}


def test_a_moving_range_of_exactly_3_267_averages_is_screened_out():
    (dropped,) = judge([0, 70] * 5 + [-3, 294]).segments
    (kept,) = judge([0, 70] * 5 + [-3, 293]).segments
    assert dropped.mean_range_before == Decimal(1000) / 11
    assert dropped.mean_range == Decimal("70.3")
    assert kept.mean_range == kept.mean_range_before == Decimal(999) / 11
    # 296.9 is just below 3.267 averages of 90.9.
    (kept,) = judge([*[0, 70] * 5, -3, Decimal("293.9")]).segments
    assert kept.mean_range == kept.mean_range_before


def test_screening_is_one_pass():
    # Without the 50 the average falls from 6.8 to 2: a second pass would leave out the 10.
    (segment,) = judge([0, 1] * 4 + [11, 12, 62]).segments
    assert (segment.mean_range_before, segment.mean_range) == (Decimal("6.8"), 2)


def test_screening_that_leaves_only_zeros_sets_the_limits_to_the_mean():
    values = [0] * 8 + [18] + [0] * 9
    found = judge(values)
    assert (found.segments[0].lower, found.segments[0].upper) == (1, 1)
    assert {point.special for point in found.points} == {Special.OUTSIDE}
    shifts = ", ".join(
        f"{number} {'outside' if number == 9 else 'shift'}" for number in range(1, 19)
    )
    assert marked(judge(values, screen=False)) == shifts


def test_points_carry_the_lines_of_their_segment_and_their_moving_range():
    found = judge(figures(f"{STEADY} 4"), baseline=12)
    last = found.points[-1]
    assert (last.mean, last.lower, last.upper) == (0, Decimal("-7.98"), Decimal("7.98"))
    assert (last.near_lower, last.near_upper) == (Decimal("-5.32"), Decimal("5.32"))
    assert (found.points[0].moving_range, last.moving_range) == (None, Decimal("5.5"))


@pytest.mark.parametrize("kind", [Decimal, float])
@pytest.mark.parametrize(
    ("low", "mean", "high"),
    [("0.1", "0.2", "0.3"), ("0.7", "0.8", "0.9"), ("1.1", "1.2", "1.3"), ("4.31", "4.32", "4.33")],
)
def test_a_point_on_a_mean_of_decimals_breaks_a_shift(kind, low, mean, high):
    low, mean, high = map(kind, (low, mean, high))
    run = [high] * 6
    assert marked(judge([low, high] * 6 + [low, *run, mean, *run], baseline=12)) == "none"
    assert "20 shift" in marked(judge([low, high] * 6 + [low, *run, high, *run], baseline=12))


def test_a_limit_is_not_beyond_itself_and_a_hair_more_is():
    on_limit = Decimal("7.98")
    just_above = on_limit + Decimal("1E-20")
    assert not judge([*figures(STEADY), on_limit], baseline=12).points[-1].special
    assert judge([*figures(STEADY), just_above], baseline=12).points[-1].special == Special.OUTSIDE
    assert judge(figures(STEADY), target=on_limit).assurance == Assurance.HIT_AND_MISS
    assert judge(figures(STEADY), target=just_above).assurance == Assurance.FALLS_SHORT


def test_a_point_between_two_trends_counts_to_the_later():
    points = after_steady("-3 -2 -1 0 1 2 3 2 1 0 -1 -2 -3").points[12:]
    assert {point.special for point in points} == {Special.TREND}
    assert [point.variation for point in points[:6]] == [Variation.IMPROVEMENT_HIGH] * 6
    assert [point.variation for point in points[6:]] == [Variation.CONCERN_LOW] * 7


def test_nothing_crosses_a_rebase():
    rising = list(range(1, 13))
    assert "6 trend" in marked(judge(rising))
    cut = judge(rising, rebases=[7])
    assert "trend" not in marked(cut)
    assert [segment.mean for segment in cut.segments] == [Decimal("3.5"), Decimal("9.5")]
    assert cut.points[6].moving_range is None
    assert [segment.points for segment in cut.segments] == [6, 6]


def test_a_rebase_date_begins_a_segment_at_its_point_or_the_next():
    days = [date(2024, month, 1) for month in range(1, 7)]
    points = list(zip(days, [1, 2, 3, 11, 12, 13], strict=True))
    for rebase in (date(2024, 3, 2), date(2024, 4, 1)):
        cut = analyse(points, BIGGER, rebases=[rebase])
        assert [segment.first for segment in cut.segments] == [days[0], days[3]]
        assert [segment.last for segment in cut.segments] == [days[2], days[5]]
    for rebase in (date(2023, 1, 1), days[0], date(2025, 1, 1)):
        assert len(analyse(points, BIGGER, rebases=[rebase]).segments) == 1
    twice = analyse(points, BIGGER, rebases=[days[3], date(2024, 3, 2), days[3]])
    assert len(twice.segments) == 2


def test_assurance_and_enough_are_of_the_latest_segment():
    values = figures(f"{STEADY} (101.5 98.5)×6")
    assert judge(values, target=50, rebases=[13]).assurance == Assurance.MEETS
    assert judge(values, target=120, rebases=[13]).assurance == Assurance.FALLS_SHORT
    assert judge(values, rebases=[13]).enough
    assert not judge(values, rebases=[14]).enough


def test_a_baseline_fixes_the_lines_of_each_segment():
    values = figures(f"{STEADY} 9 9 (101.5 98.5)×6 900")
    found = judge(values, rebases=[15], baseline=12)
    assert [segment.mean for segment in found.segments] == [0, 100]
    assert [segment.based_on for segment in found.segments] == [12, 12]
    assert found.segments[1].basis == "Limits from the first 12 of 13 points"
    assert marked(found) == "13 outside, 14 outside, 27 outside"


def test_a_baseline_longer_than_the_segment_is_the_whole_segment():
    assert judge(range(14), baseline=20) == judge(range(14))
    with pytest.raises(ValueError, match="at least 12 points, not 11"):
        judge(range(14), baseline=11)


def test_below_twelve_points_limits_are_trial_limits_and_there_are_no_icons():
    eleven, twelve = judge([1, 2] * 5 + [1]), judge([1, 2] * 6)
    assert eleven.segments[0].trial
    assert not eleven.enough
    assert eleven.segments[0].basis == "Trial limits from 11 points: fewer than 12"
    assert not twelve.segments[0].trial
    assert twelve.enough
    assert twelve.segments[0].basis == "Limits from 12 points"


def test_a_series_of_one_point_has_limits_equal_to_its_mean():
    found = judge([5], target=6)
    (segment,) = found.segments
    assert segment.lower == segment.near_lower == segment.mean == segment.upper == 5
    assert segment.mean_range is segment.mean_range_before is found.points[0].moving_range is None
    assert segment.basis == "Trial limits from 1 point: fewer than 12"
    assert (found.variation, found.assurance) == (Variation.COMMON_CAUSE, Assurance.FALLS_SHORT)
    assert not found.enough


def test_an_empty_series_says_nothing():
    found = judge([], target=6, rebases=[3])
    assert (found.points, found.segments, found.assurance) == ((), (), None)
    assert found.variation == Variation.COMMON_CAUSE
    assert not found.enough


def test_a_series_that_never_moves_is_common_cause():
    found = judge([3] * 20, target=3)
    assert found.segments[0].mean_range == 0
    assert (found.variation, found.assurance) == (Variation.COMMON_CAUSE, Assurance.HIT_AND_MISS)
    assert judge([3] * 20 + [4], baseline=12).points[-1].special == Special.OUTSIDE


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("9", "Above the upper limit"),
        ("-9", "Below the lower limit"),
        ("-2 -1 0 1 2 3 4", "In a rising trend of 7 points or more"),
        ("2 1 0 -1 -2 -3 -4", "In a falling trend of 7 points or more"),
        ("6 6 6", "Two of three points in a row are near the upper limit"),
        ("-6 -6 -6", "Two of three points in a row are near the lower limit"),
        ("(1)×7", "In a run of 7 points or more above the mean"),
        ("(-1)×7", "In a run of 7 points or more below the mean"),
        ("1", "Common cause"),
    ],
)
def test_each_mark_has_its_words_whichever_direction_is_better(then, words):
    assert {after_steady(then, way).points[-1].rule for way in Direction} == {words}


def test_every_icon_has_words():
    assert len({icon.label for icon in (*Variation, *Assurance)}) == 10
    assert "improvement" in Variation.IMPROVEMENT_LOW.label
    assert "lower" in Variation.IMPROVEMENT_LOW.label


@pytest.mark.parametrize(
    ("when", "words"),
    [(date(2024, 4, 1), "1 April 2024"), ("2017-18-q3", "2017-18-q3")],
)
def test_two_figures_of_one_date_are_refused(when, words):
    with pytest.raises(ValueError, match=f"There are two figures for {words}"):
        analyse([(when, 1), (when, 1)], BIGGER)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("sNaN")])
def test_a_figure_that_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="The figure for 1 April 2024 is not a finite number"):
        analyse([(date(2024, 4, 1), value)], BIGGER)
    with pytest.raises(ValueError, match="The target is not a finite number"):
        judge([1], target=value)


@pytest.mark.parametrize("value", [None, "12"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match=r"The figure for 2024-04-01 12:00:00 is not a number"):
        analyse([(datetime(2024, 4, 1, 12), value)], BIGGER)


def test_a_direction_that_is_none_is_refused():
    with pytest.raises(ValueError) as refused:
        judge([1, 2], "sideways")
    assert str(refused.value) == (
        "“sideways” is not a direction. Choose from: “bigger is better”, “smaller is better”, "
        "“neutral”."
    )


def test_two_figures_of_one_date_are_refused_whatever_they_are():
    with pytest.raises(ValueError, match="two figures"):
        analyse([(1, None), (1, 2)], BIGGER)


def test_fractions_are_judged_as_three_times_as_much_and_shown_in_their_own_size():
    thirds = judge([Fraction(1, 3), Fraction(2, 3)] * 6, target=Fraction(1, 2), baseline=12)
    wholes = judge([1, 2] * 6, target=Decimal("1.5"), baseline=12)
    (segment,), (whole,) = thirds.segments, wholes.segments
    for name in ("mean", "lower", "upper", "near_lower", "near_upper", "mean_range"):
        assert round(getattr(segment, name) * 3 - getattr(whole, name), 20) == 0, name
    assert segment.mean_range == segment.mean_range_before
    first, second = thirds.points[:2]
    assert (first.value, second.value) == (Decimal(1) / 3, Decimal(2) / 3)
    assert (first.moving_range, second.moving_range) == (None, Decimal(1) / 3)
    assert thirds.assurance == wholes.assurance
    on_limit = Fraction(3, 2) + Fraction(266, 100)
    steady = [Fraction(number, 3) for number in [1, 2] * 6]
    assert judge(steady, target=on_limit / 3).assurance == Assurance.HIT_AND_MISS
    just_above = on_limit / 3 + Fraction(1, 10**20)
    assert judge(steady, target=just_above).assurance == Assurance.FALLS_SHORT


def test_a_figure_of_any_length_is_shown_as_it_is():
    figure = Decimal(f"0.{'1' * 40}")
    assert judge([figure]).points[0].value == figure


def test_very_small_figures_are_judged_as_any_other():
    small = [value.scaleb(-12) for value in figures(f"{STEADY} (1)×7")]
    assert marked(judge(small, baseline=12)) == ", ".join(f"{n} shift" for n in range(13, 20))


def test_a_point_on_the_outer_limit_is_near_it():
    assert marked(after_steady("7.98 6 1")) == "13 two of three, 14 two of three"


def test_a_trend_ends_with_the_last_point_that_goes_its_way():
    expected = ", ".join(f"{number} trend" for number in range(13, 20))
    assert marked(after_steady("-2 -1 0 1 2 3 4 4")) == expected


def test_figures_too_far_apart_to_compare_exactly_are_refused():
    for figure in (Decimal("1E+5000"), Decimal("1" * 2001)):
        with pytest.raises(ValueError) as refused:
            judge([figure, 1])
        sentence = "The figures are too far apart in size to be compared exactly."
        assert str(refused.value) == sentence
    assert judge([1.7e308, 5e-324, -1.7e308]).points[1].value == Decimal("5E-324")


def test_the_precision_of_the_caller_plays_no_part():
    usual = judge(figures(f"{STEADY} 7.99"), baseline=12)
    with localcontext(prec=1):
        assert judge(figures(f"{STEADY} 7.99"), baseline=12) == usual
