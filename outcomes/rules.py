"""The rule that rates a result against its target, and the rule for a whole project.

In prose, with worked examples that are the test cases: docs/rules/rating.md.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.tolerances import ToleranceKind
from outcomes.models import Measure
from outcomes.targets import AnyTarget, target_of

# A project is red where at least one in so many of its rated results is red.
RED_ONE_IN = 3

# Named here as ratings, which the type checker does not see in the choices of a text field.
GREEN, AMBER, RED, NOT_RATED = map(Rating, (*COLOURS, Rating.NOT_RATED))


@dataclass(frozen=True)
class Rated:
    """What a rule decides, and why: words with the figures, without a full stop."""

    rating: Rating
    reason: str


@dataclass(frozen=True)
class Tolerance:
    """How much worse than its target a result may be before it is red.

    ``amount`` is per cent of the target, percentage points, or the measure's own unit, by ``kind``.
    """

    amount: Decimal
    kind: str = "relative"

    def of(self, target: Decimal, unit: str) -> tuple[Decimal, str]:
        """(What a gap is compared in hundredths of, the sign that a gap is printed with)."""
        if self.kind == ToleranceKind.RELATIVE:
            return (abs(target), "%") if target else (Decimal(100), "")
        return Decimal(100), "points" if self.kind == ToleranceKind.POINTS else unit


def tolerance_of(measure: Measure) -> Tolerance:
    """The measure's own tolerance, or else its council's."""
    if measure.tolerance is not None:
        return Tolerance(measure.tolerance, measure.tolerance_kind)
    council = measure.council_of_owner
    return Tolerance(council.rating_tolerance, council.rating_tolerance_kind)


def rate(
    value: Decimal | None,
    target: Decimal | None,
    direction: str,
    tolerance: Tolerance | Decimal,
    *,
    unit: str = "",
    decimals: int = 0,
    of_nought: bool = False,
) -> Rated:
    """Rates a result against its target; both are in the measure's unit.

    At or better than the target is green, worse by less than the tolerance amber, worse by the
    tolerance or more red. A bare number is a tolerance in per cent of the target's size; where the
    target is 0 nothing is a share of it, and whatever is worse is red. ``of_nought`` is for content
    that was frozen when a tolerance of a target of 0 was a difference in the measure's unit.
    ``unit`` and ``decimals`` are for the words only. Source: docs/rules/rating.md. Raises
    ValueError for a direction that is none.
    """
    direction = Measure.Direction(direction)
    tolerance = tolerance if isinstance(tolerance, Tolerance) else Tolerance(tolerance)
    if direction == Measure.Direction.NEUTRAL:
        return _not_rated("Neither bigger nor smaller is better for this measure")
    if target is None:
        return _not_rated("There is no target in figures to rate against")
    if value is None:
        return _not_rated("There is no figure to rate")
    worse = target - value if direction == Measure.Direction.BIGGER else value - target
    value_words, target_words = figure(value, unit, decimals), figure(target, unit, decimals)
    if worse == 0:
        return Rated(GREEN, f"{value_words} meets the target of {target_words}")
    if worse < 0:
        return Rated(GREEN, f"{value_words} is better than the target of {target_words}")
    side = "below" if value < target else "above"
    if not target and tolerance.kind == ToleranceKind.RELATIVE and not of_nought:
        gap_words = figure(worse, "points" if unit == "%" else unit, decimals)
        return Rated(
            RED,
            f"{value_words} is {side} the target of {target_words} by {gap_words}: nothing is a "
            "share of 0, so no tolerance is allowed",
        )
    # Both sides times 100 and the target: nothing is divided, so nothing is rounded.
    size, sign = tolerance.of(target, unit)
    gap, allowed = worse * 100, size * tolerance.amount
    by = _apart(gap / size, tolerance.amount, gap < allowed)
    rating, comparison = (
        (AMBER, "less than the tolerance")
        if gap < allowed
        else (
            RED,
            "as much as the tolerance" if gap == allowed else "more than the tolerance",
        )
    )
    return Rated(
        rating,
        f"{value_words} is {side} the target of {target_words} by {figure(by, sign)}, "
        f"{comparison} of {figure(tolerance.amount, sign)}",
    )


def rate_in(
    period: Period,
    value: Decimal | None,
    targets: Iterable[AnyTarget],
    direction: str,
    tolerance: Tolerance | Decimal,
    *,
    unit: str = "",
    decimals: int = 0,
    of_nought: bool = False,
) -> Rated:
    """Rates a result of ``period`` against the target of that period, as ``rate`` does.

    Where the measure has targets and none for the period it is not rated, and the words say so.
    """
    targets = list(targets)
    target = target_of(targets, period)
    if target is None and targets and direction != Measure.Direction.NEUTRAL:
        return _not_rated(f"No target is set for {period.label}")
    wanted = plain(target.value) if target else None
    return rate(
        value, wanted, direction, tolerance, unit=unit, decimals=decimals, of_nought=of_nought
    )


def rate_project(ratings: Iterable[Rating]) -> Rated:
    """Rates a project from the ratings of its results.

    Red where a third or more of the rated results are red, amber where any is red or amber, else
    green; not rated where none is. What has no colour does not count. Source:
    docs/rules/rating.md.
    """
    counts = Counter(Rating(rating) for rating in ratings)
    rated = sum(counts[colour] for colour in (GREEN, AMBER, RED))
    left_out = counts.total() - rated
    if not rated:
        return _not_rated("No result of this project is rated")
    red, amber = counts[RED], counts[AMBER]
    parts = [f"{number} {colour}" for number, colour in ((red, "red"), (amber, "amber")) if number]
    of = f"Of {rated} rated results" if rated > 1 else "Of 1 rated result"
    summary = f"{of}, {' and '.join(parts)}"
    if red * RED_ONE_IN >= rated:
        rating, reason = RED, f"{summary}: a third or more red"
    elif red:
        rating, reason = AMBER, f"{summary}: less than a third red"
    elif amber:
        rating, reason = AMBER, f"{summary}: none red"
    else:
        every = f"All {rated} rated results are" if rated > 1 else "The 1 rated result is"
        rating, reason = GREEN, f"{every} green"
    return Rated(rating, f"{reason}; {left_out} not rated" if left_out else reason)


def _not_rated(reason: str) -> Rated:
    return Rated(NOT_RATED, reason)


def _apart(gap: Decimal, tolerance: Decimal, less: bool) -> Decimal:
    """The gap with as few decimals as still show it apart from 0 and from the tolerance."""
    for places in range(1, 5):
        step = Decimal(1).scaleb(-places)
        rounded = gap.quantize(step, ROUND_HALF_UP)
        if rounded and (rounded == gap or rounded != tolerance):
            return rounded
    return gap.quantize(step, ROUND_FLOOR if less and gap > step else ROUND_CEILING)
