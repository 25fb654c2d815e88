"""Whether a typed value is unlike the figures before it: then a person is asked if it is right."""

from decimal import Decimal

from bcfportal.lib import spc
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period
from outcomes.definitions import changed_between, definitions_of
from outcomes.models import Measure

# A figure typed as a share of 1 lies within this many times of what was, once it is a per cent.
NEAR = 2


def unusual(
    measure: Measure,
    before,
    value: Decimal | None,
    period: Period,
    target: Decimal | None = None,
) -> str:
    """Why the value stands out, in a sentence; nothing where it does not, or too little is known.

    A sum since April has no usual size, and figures of another definition say nothing of it.
    ``before`` are (period, result) by time; those of periods longer or shorter than the measure's
    own play no part. The limits are those of the figures before, from 12 of them on
    (docs/rules/spc.md); the new value has no part in them. Where fewer are known, a per cent that
    would be like the figures before and the target only times 100 is asked about.
    """
    before = [(when, result) for when, result in before if _length(when) == measure.frequency]
    definitions = definitions_of(measure)
    before = [each for each in before if not changed_between(definitions, each[0], period)]
    known = [(when.first_day, result.value) for when, result in before if result.value is not None]
    if value is None:
        return ""
    if share := _as_a_share(measure, [figure for _, figure in known], value, target):
        return share
    if not known or measure.accumulation == Measure.Accumulation.CUMULATIVE:
        return ""
    chart = spc.analyse(
        known,
        measure.direction,
        rebases=[
            when.first_day
            for when, _ in before
            for each in measure.breaks.all()
            if each.kind == "rebase" and each.period == when.key
        ],
    )
    if not chart.enough:
        return ""
    last = chart.segments[-1]
    if last.lower <= value <= last.upper:
        return ""
    places = Decimal(1).scaleb(-measure.decimals - 1)
    low, high = (
        figure(limit.quantize(places), measure.unit, measure.decimals)
        for limit in (last.lower, last.upper)
    )
    return (
        f"{figure(value, measure.unit, measure.decimals)} is outside what this measure usually "
        f"comes to, {low} to {high}."
    )


def _as_a_share(measure, known, value, target):
    """Whether 0.85 may stand for 85 %, in a sentence: Excel copies a per cent as a share of 1."""
    like = [each for each in (*known, target) if each is not None and each > 0]
    if measure.unit != "%" or not like or not 0 < value <= 1 or min(like) <= 1:
        return ""
    if not min(like) / NEAR <= value * 100 <= max(like) * NEAR:
        return ""
    per_cent = figure(value * 100, "%")
    return f"{figure(value, '%', measure.decimals)} is less than 1%. Is it {per_cent}?"


def _length(period):
    """The frequency of a measure that has a figure for each such period."""
    if period.month:
        return Measure.Frequency.MONTH
    return Measure.Frequency.QUARTER if period.quarter else Measure.Frequency.YEAR
