"""The rules of an XmR chart: docs/rules/spc.md says them in prose."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, Inexact, Overflow, localcontext
from itertools import groupby, pairwise

from bcfportal.lib.spc.exact import EXACT, ExactSegment, Number, in_order, shown_number
from bcfportal.lib.spc.results import (
    FEWEST_POINTS,
    SHIFT_POINTS,
    TREND_POINTS,
    VARIATIONS,
    Analysis,
    Assurance,
    Direction,
    Point,
    Segment,
    Special,
    Variation,
    When,
)


def analyse(
    points: Iterable[tuple[When, Number]],
    direction: str,
    *,
    target: Number | None = None,
    rebases: Iterable[When] = (),
    screen: bool = True,
    baseline: int | None = None,
) -> Analysis:
    """Judges one series by the rules of an XmR chart.

    ``points`` are pairs of a date, or anything that sorts, and a figure, in any order; a fraction
    is taken exactly. Figures and
    ``target`` are in one unit, and so is what comes back. ``direction`` is a Direction or its
    words. ``target`` is one fixed target; a profiled one plays no part. Each of ``rebases`` is the
    date of the first point of a new segment; where no point has that date, the segment begins at
    the first point after it, and where none follows, there is no new segment. ``screen`` leaves
    outlying moving ranges out of the limits. ``baseline`` fixes mean and limits of each segment on
    its first so many points, or on all where it has fewer.

    An empty series has no points, no segments, common cause and no assurance.

    Raises ValueError, with a sentence for people, for two figures of one date, for a figure that
    is not finite, for a direction that is none, for a baseline below 12 points, and for figures
    too far apart in size to be compared exactly; TypeError for a figure that is no number.

    Source: NHS England, "Making Data Count"; NHSRplotthedots 0.2.2 (ptd_spc_standard,
    ptd_calculate_point_type, ptd_calculate_assurance_type); docs/rules/spc.md.
    """
    better = _direction(direction)
    if baseline is not None and baseline < FEWEST_POINTS:
        raise ValueError(f"A baseline needs at least {FEWEST_POINTS} points, not {baseline}.")
    try:
        dates, values, goal, scale = in_order(points, target)
    except (Inexact, Overflow):
        raise ValueError("The figures are too far apart in size to be compared exactly.") from None
    if not dates:
        return Analysis((), (), Variation.COMMON_CAUSE, None)
    starts = {0, *(bisect_left(dates, rebase) for rebase in rebases)} - {len(dates)}
    judged: list[Point] = []
    segments = []
    try:
        with localcontext(EXACT):
            for start, end in pairwise([*sorted(starts), len(dates)]):
                exact = ExactSegment(values[start:end], baseline, screen, scale)
                segment = exact.rounded(dates[start], dates[end - 1])
                segments.append(segment)
                judged += _judged(dates[start:end], exact, segment, better)
            assurance = _assurance(exact, goal, better)
    except (Inexact, Overflow):
        raise ValueError("The figures are too far apart in size to be compared exactly.") from None
    return Analysis(tuple(judged), tuple(segments), judged[-1].variation, assurance)


def _direction(name: str) -> Direction:
    try:
        return Direction(name)
    except ValueError:
        known = ", ".join(f"“{direction}”" for direction in Direction)
        raise ValueError(f"“{name}” is not a direction. Choose from: {known}.") from None


def _judged(
    dates: Sequence[When], exact: ExactSegment, segment: Segment, better: Direction
) -> Iterator[Point]:
    marks = _marks(exact)
    ranges = [None, *(shown_number(moving, exact.scale) for moving in exact.ranges)]
    for number, (when, value) in enumerate(zip(dates, exact.values, strict=True)):
        special, side = marks.get(number, (None, 0))
        variation = VARIATIONS[better, side] if side else Variation.COMMON_CAUSE
        yield Point(
            when, shown_number(value, exact.scale), ranges[number], special, variation, segment
        )


def _marks(exact: ExactSegment) -> dict[int, tuple[Special, int]]:
    """The rule and the side, 1 for high and -1 for low, of each point that is a special cause."""
    distances = [exact.from_mean(value) for value in exact.values]
    sides = [(distance > 0) - (distance < 0) for distance in distances]
    sizes = [abs(distance) for distance in distances]
    near = [exact.near < size <= exact.outer for size in sizes]
    # The last rule first: a rule before it writes over what it marked.
    marks = {}
    for first, end, side in _runs(sides, SHIFT_POINTS):
        marks.update(dict.fromkeys(range(first, end), (Special.SHIFT, side)))
    for number in _two_of_three(sides, near):
        marks[number] = (Special.TWO_OF_THREE, sides[number])
    steps = [(later > value) - (later < value) for value, later in pairwise(exact.values)]
    for first, end, side in _runs(steps, TREND_POINTS - 1):
        # A point where one trend ends and the next begins is counted to the next.
        marks.update(dict.fromkeys(range(first, end + 1), (Special.TREND, side)))
    for number, size in enumerate(sizes):
        if size > exact.outer:
            marks[number] = (Special.OUTSIDE, sides[number])
    return marks


def _runs(signs: Sequence[int], least: int) -> Iterator[tuple[int, int, int]]:
    """Where a run of one sign, 1 or -1, begins and ends (exclusive), if it is long enough."""
    first = 0
    for sign, run in groupby(signs):
        end = first + sum(1 for _ in run)
        if sign and end - first >= least:
            yield first, end, sign
        first = end


def _two_of_three(sides: Sequence[int], near: Sequence[bool]) -> set[int]:
    """The near points of each window of three on one side of the mean that has two or more."""
    marked = set()
    for first in range(len(sides) - 2):
        window = range(first, first + 3)
        close = [number for number in window if near[number]]
        if len(close) >= 2 and abs(sum(sides[first : first + 3])) == 3:
            marked.update(close)
    return marked


def _assurance(latest: ExactSegment, goal: Decimal | None, better: Direction) -> Assurance | None:
    if goal is None or better == Direction.NEUTRAL:
        return None
    distance = latest.from_mean(goal)
    if abs(distance) <= latest.outer:
        return Assurance.HIT_AND_MISS
    good_side = (distance > 0) == (better == Direction.BIGGER)
    return Assurance.FALLS_SHORT if good_side else Assurance.MEETS
