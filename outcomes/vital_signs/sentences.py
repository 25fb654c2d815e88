"""Sentences written from the figures: what a chart shows, and how a figure compares."""

from decimal import Decimal

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS
from outcomes.travel import Travel
from outcomes.vital_signs.content import Figure, Measure
from outcomes.vital_signs.measure_status import MeasureStatus

_THAN = {
    Travel.BETTER: "better than",
    Travel.WORSE: "worse than",
    Travel.SAME: "the same as",
    Travel.UP: "higher than",
    Travel.DOWN: "lower than",
}


def finding(status: MeasureStatus) -> str:
    """The one sentence that a measure's chart shows, from the data alone."""
    latest = status.latest
    if latest is None:
        return "There is no figure yet."
    said = [f"{_with_unit(status, latest.value)} in {period_of(latest.period).label}"]
    if status.target_value is not None and status.rated.rating in COLOURS:
        target = status.number(status.target_value)
        said.append(f"{status.variance_words or 'rated'} ({target})")
    known = status.known
    if len(known) > 1 and status.from_previous.travel in _THAN:
        before = known[-2]
        said.append(
            f"{_THAN[status.from_previous.travel]} {period_of(before.period).label} "
            f"({status.number(before.value)})"
        )
    if status.from_last_year.travel in _THAN and len(known) > 2:
        year = status.from_last_year
        was = year.reason.split(" to ")[0].removesuffix(", as before")
        said.append(f"{_THAN[year.travel]} a year before ({was})")
    sentence = f"{said[0]}: {', '.join(said[1:])}" if len(said) > 1 else said[0]
    if status.chart.enough:
        parts = status.chart.variation.label.split(": ", 1)
        sentence += f"; {parts[0].lower()}"
        if len(parts) > 1:
            sentence += f" ({parts[1]})"
    return f"{sentence}."


def _with_unit(status, value):
    return figure(value, status.measure.unit, status.measure.decimals)


def compared(value: Decimal | None, other: Decimal | None, measure: Measure) -> tuple[str, str]:
    """(good, bad, plain or none; words) of a figure against another of the same measure.

    A difference of percentages is in percentage points. Both are in the measure's unit.
    """
    if value is None or other is None:
        return "none", "No figure to compare with"
    gap = value - other
    if not gap:
        return "plain", "The same"
    size = figure(abs(gap), "" if measure.unit == "%" else measure.unit, measure.decimals)
    if measure.unit == "%":
        size += " point" if size == "1" else " points"
    side = "above" if gap > 0 else "below"
    if measure.direction == "neutral":
        return "plain", f"{size} {side}"
    better = (gap > 0) == (measure.direction == "bigger is better")
    return ("good" if better else "bad"), f"{'Better' if better else 'Worse'}: {size} {side}"


def detail(result: Figure | None) -> str:
    """The numerator over the denominator: "69 / 2,122"; nothing where neither is known."""
    if result is None or result.numerator is None:
        return ""
    of = f" / {figure(result.denominator)}" if result.denominator is not None else ""
    return f"{figure(result.numerator)}{of}"
