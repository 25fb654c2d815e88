"""XmR charts: what holds for every series."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.spc import Assurance, Direction, Special, Variation, analyse

BIGGER, SMALLER, NEUTRAL = Direction
TURNED = {BIGGER: SMALLER, SMALLER: BIGGER, NEUTRAL: NEUTRAL}
MIRRORED = {
    Variation.COMMON_CAUSE: Variation.COMMON_CAUSE,
    Variation.IMPROVEMENT_HIGH: Variation.IMPROVEMENT_LOW,
    Variation.IMPROVEMENT_LOW: Variation.IMPROVEMENT_HIGH,
    Variation.CONCERN_HIGH: Variation.CONCERN_LOW,
    Variation.CONCERN_LOW: Variation.CONCERN_HIGH,
    Variation.NEUTRAL_HIGH: Variation.NEUTRAL_LOW,
    Variation.NEUTRAL_LOW: Variation.NEUTRAL_HIGH,
}

# Few different figures give many ties and points on the mean; steps give trends and shifts.
coarse = st.lists(st.integers(-3, 3).map(lambda n: Decimal(n) / 10), max_size=30)
fine = st.lists(st.decimals("-99999999", "99999999", places=4), max_size=30)
steps = st.lists(st.sampled_from([-4, -1, 0, 1, 1, 1, 1, 1, 1, 2]), min_size=1, max_size=30).map(
    lambda moves: [Decimal(sum(moves[: n + 1])) / 100 for n in range(len(moves))]
)
series = coarse | fine | steps
directions = st.sampled_from(Direction)
targets = st.none() | st.decimals(-1, 1, places=2)
options = st.fixed_dictionaries(
    {
        "screen": st.booleans(),
        "baseline": st.sampled_from([None, 12, 20]),
        "rebases": st.lists(st.integers(-1, 31), max_size=2),
    }
)


def judge(values, direction, **options):
    return analyse(enumerate(values), direction, **options)


def marks(analysis):
    return [(point.date, point.special, point.variation) for point in analysis.points]


def lines(analysis):
    return [
        (segment.lower, segment.near_lower, segment.mean, segment.near_upper, segment.upper)
        for segment in analysis.segments
    ]


@given(series, directions, targets, options)
def test_negated_figures_with_the_direction_turned_round_are_judged_the_same(
    values, direction, target, options
):
    usual = judge(values, direction, target=target, **options)
    turned = judge(
        [-value for value in values],
        TURNED[direction],
        target=None if target is None else -target,
        **options,
    )
    assert turned.assurance == usual.assurance
    assert turned.variation == MIRRORED[usual.variation]
    assert marks(turned) == [
        (when, special, MIRRORED[variation]) for when, special, variation in marks(usual)
    ]
    assert lines(turned) == [tuple(-line for line in reversed(five)) for five in lines(usual)]


@given(series, directions, targets, options, st.decimals("0.001", 1000, places=3))
def test_the_same_in_another_unit_is_judged_the_same(values, direction, target, options, scale):
    usual = judge(values, direction, target=target, **options)
    scaled = judge(
        [value * scale for value in values],
        direction,
        target=None if target is None else target * scale,
        **options,
    )
    assert marks(scaled) == marks(usual)
    assert (scaled.variation, scaled.assurance) == (usual.variation, usual.assurance)


@given(series, directions, options, st.integers(-1000, 1000))
def test_the_same_moved_up_or_down_is_judged_the_same(values, direction, options, by):
    usual = judge(values, direction, target=0, **options)
    moved = judge([value + by for value in values], direction, target=by, **options)
    assert marks(moved) == marks(usual)
    assert moved.assurance == usual.assurance


@given(series, directions, options, st.randoms(use_true_random=False))
def test_the_order_of_the_input_plays_no_part(values, direction, options, chance):
    pairs = list(enumerate(values))
    shuffled = chance.sample(pairs, len(pairs))
    assert analyse(shuffled, direction, **options) == analyse(pairs, direction, **options)


@given(coarse | steps, directions, options)
def test_a_float_is_read_as_the_decimal_it_prints(values, direction, options):
    assert judge(map(float, values), direction, **options) == judge(values, direction, **options)


@given(series.filter(bool), series.filter(bool), directions, targets, options)
def test_a_rebase_parts_the_series_as_if_each_part_were_alone(
    before, after, direction, target, options
):
    options = {**options, "target": target, "rebases": [len(before)]}
    both = judge([*before, *after], direction, **options)
    early = analyse(list(enumerate(before)), direction, **options)
    late = analyse(list(enumerate(after, len(before))), direction, **options)
    assert both.points == early.points + late.points
    assert both.segments == early.segments + late.segments
    assert (both.variation, both.assurance) == (late.variation, late.assurance)
    assert both.enough == late.enough


@given(series, directions, options)
def test_marks_agree_with_the_lines_that_are_drawn(values, direction, options):
    hair = Decimal("1E-15")
    for point in judge(values, direction, **options).points:
        assert point.lower <= point.near_lower <= point.mean <= point.near_upper <= point.upper
        if point.special == Special.OUTSIDE:
            assert not point.lower + hair < point.value < point.upper - hair
        else:
            assert point.lower - hair <= point.value <= point.upper + hair
        if point.special == Special.TWO_OF_THREE:
            assert not point.near_lower + hair < point.value < point.near_upper - hair
        assert (point.special is None) == (point.variation == Variation.COMMON_CAUSE)


@given(series.filter(bool), st.decimals(-1, 1, places=2), options)
def test_what_meets_the_target_one_way_falls_short_of_it_the_other_way(values, target, options):
    turned = {
        Assurance.MEETS: Assurance.FALLS_SHORT,
        Assurance.FALLS_SHORT: Assurance.MEETS,
        Assurance.HIT_AND_MISS: Assurance.HIT_AND_MISS,
    }
    bigger = judge(values, BIGGER, target=target, **options)
    smaller = judge(values, SMALLER, target=target, **options)
    assert smaller.assurance == turned[bigger.assurance]
    assert judge(values, NEUTRAL, target=target, **options).assurance is None
