"""What is reported by exception, by which of the four published criteria, with the figures.

The criteria are Norfolk County Council's (Performance management report, 19 June 2017, 4.3); the
variance that counts is a setting of the council. In prose: docs/rules/rating.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bcfportal.lib.figures import figure
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import listed
from outcomes.models import Measure
from outcomes.rules import RED, Rated
from outcomes.travel import worse_in_a_row

# This many periods in a row, each worse than the one before, make an exception.
DETERIORATED_FOR = 3


class Criterion(StrEnum):
    OFF_TARGET = "off target"
    DETERIORATED = "deteriorated for three periods"
    BUDGET = "adverse to the budget"
    RISK = "adverse to a corporate risk"


@dataclass(frozen=True)
class Met:
    """A criterion that a measure meets, with the figures or a person's reason, in words."""

    criterion: Criterion
    reason: str


@dataclass(frozen=True)
class Series:
    """What the rules look at: a measure's figures in order of time, those that are there.

    ``figures`` are (period in words, value); ``rated`` and ``target`` are of the last of them.
    ``missing`` says why the latest period has no figure, else it is empty. ``left_out`` are the
    periods whose figures are held back, each with the one before it.
    """

    figures: Sequence[tuple[str, Decimal]]
    direction: str
    target: Decimal | None
    rated: Rated
    unit: str = ""
    decimals: int = 0
    missing: str = ""
    left_out: Sequence[tuple[str, str]] = ()
    budget_reason: str = ""
    risk_reason: str = ""


def variance_percent(value: Decimal, target: Decimal, direction: str) -> Decimal | None:
    """How much worse than its target a result is, in per cent of the target's size.

    Negative where it is better; None where the target is 0 or below, for nothing is a share of it,
    and where neither way is better. Raises
    ValueError for a direction that is none.
    """
    direction = Measure.Direction(direction)
    if target <= 0 or direction == Measure.Direction.NEUTRAL:
        return None
    worse = target - value if direction == Measure.Direction.BIGGER else value - target
    return worse * 100 / abs(target)


def criteria_met(series: Series, exception_variance: Decimal) -> list[Met]:
    """The criteria that a measure meets, in their published order; none for most.

    ``exception_variance`` is per cent of the target. Raises ValueError for a bad direction.
    """
    criteria = [_off_target(series, exception_variance), _deteriorated(series)]
    if series.budget_reason:
        criteria.append(Met(Criterion.BUDGET, series.budget_reason))
    if series.risk_reason:
        criteria.append(Met(Criterion.RISK, series.risk_reason))
    return [met for met in criteria if met]


def _off_target(series: Series, exception_variance: Decimal) -> Met | None:
    if not series.figures or series.target is None:
        return None
    label, value = series.figures[-1]
    variance = variance_percent(value, series.target, series.direction)
    if variance is None and series.rated.rating != RED:
        return None
    if variance is not None and variance < exception_variance and series.rated.rating != RED:
        return None
    value_words = figure(value, series.unit, series.decimals)
    target_words = figure(series.target, series.unit, series.decimals)
    reason = f"{value_words} in {label} against a target of {target_words}"
    if variance is not None:
        reason += f": worse by {_shown(variance)}% of it"
    return Met(Criterion.OFF_TARGET, reason + _why_earlier(series))


def _deteriorated(series: Series) -> Met | None:
    values = [value for _, value in series.figures]
    if worse_in_a_row(values, series.direction) < DETERIORATED_FOR:
        return None
    last = series.figures[-DETERIORATED_FOR - 1 :]
    figures = ", ".join(
        f"{figure(value, series.unit, series.decimals)} in {label}" for label, value in last
    )
    return Met(
        Criterion.DETERIORATED,
        f"Each worse than the one before: {figures}{_left_out(series, last)}{_why_earlier(series)}",
    )


def _left_out(series: Series, last: Sequence[tuple[str, Decimal]]) -> str:
    """Which periods among the last are left out, for their figures are held back."""
    labels = [label for label, _ in last]
    named = [label for before, label in series.left_out if before in labels[:-1]]
    return f" ({listed(named)}, held back, left out)" if named else ""


def _why_earlier(series: Series) -> str:
    if not series.missing:
        return ""
    return f". {series.missing}, so the last results with data are judged"


def _shown(percent: Decimal) -> str:
    return figure(percent.quantize(Decimal("0.1")))


def order_of(met: Sequence[Met], rating: str) -> tuple[int, int]:
    """Where a measure stands in a list: exceptions first, then by rating, worst first."""
    worst = {Rating.RED: 0, Rating.AMBER: 1, Rating.NOT_RATED: 2, Rating.GREEN: 3}
    return (0 if met else 1, worst.get(Rating(rating), 2))
