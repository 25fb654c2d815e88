"""Whether a typed value is unlike the figures beside it: then a person is asked to confirm it.

Nothing here refuses a figure. Each question is a sentence; the answer is a tick that the reviewer
sees with the sentence. docs/rules/questions.md has the rules in prose.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from bcfportal.lib import spc
from bcfportal.lib.figures import figure
from bcfportal.lib.pasting.units import measured_in
from bcfportal.lib.periods import Period
from outcomes.definitions import changed_between, definitions_of
from outcomes.entry.limits import bounds
from outcomes.models import Measure

# As a per cent, a figure that was typed as a share of 1 is within this factor of earlier figures.
NEAR = 2
# A change by this factor, up or down, is often a slip of the decimal point.
FAR = 7
# About ten times, or about a tenth: the result of a slip of the decimal point.
SLIP = (7, 13)
# Two counts below this may differ by a large factor; then only a fraction is asked about.
MANY = 10


def unusual(
    measure: Measure,
    before,
    value: Decimal | None,
    period: Period,
    target: Decimal | None = None,
    text: str = "",
    unit: str | None = None,
) -> str:
    """Why the value stands out, in sentences; nothing where it does not, or too little is known.

    ``before`` are (period, result) by time; those of periods longer or shorter than the measure's
    own play no part, nor those of another definition or another unit than ``unit``, which is the
    measure's unless it is given. ``text`` is what was typed for the value: a sign that the unit has
    not is asked about. A per cent that would be like the figures before and
    the target only times 100, a share outside of 0 to 100, about a tenth or ten times of the last
    figure or of the target, a fraction of what was counted in whole numbers, and less than was
    counted since April already are asked about. From 12 figures on the limits of process control
    stand for the last (docs/rules/spc.md); the new value has no part in them.
    """
    if value is None:
        return ""
    before = [(when, result) for when, result in before if _length(when) == measure.frequency]
    definitions = definitions_of(measure)
    before = [pair for pair in before if not changed_between(definitions, pair[0], period)]
    unit = measure.unit if unit is None else unit
    before = [pair for pair in before if (pair[1].unit or measure.unit) == unit]
    known = [(when, result.value) for when, result in before if result.value is not None]
    figures = [number for _, number in known]
    formatted = partial(figure, unit=unit, decimals=measure.decimals)
    size = _as_a_share(measure, figures, value, target) or _outside(
        measure, figures, value, formatted
    )
    size = size or _less_than_already(measure, known, value, period, formatted)
    if not size:
        limits = _beyond_limits(measure, before, known, value, formatted)
        last = _last(measure, known, period)
        freely = MANY if _counts(measure, unit) else 0
        size = _far(last, value, target, formatted, freely) if limits is None else limits
    sentences = (_other_sign(unit, text), _fraction(measure, unit, text, figures, value), size)
    return " ".join(filter(None, sentences))


def unusual_target(
    measure: Measure,
    before: tuple[str, Decimal] | None,
    known: Sequence[Decimal],
    value: Decimal,
    text: str = "",
) -> str:
    """Why a target stands out, in sentences; nothing where it does not.

    ``measure`` is as it is defined in the target's period. ``before`` is the target to compare it
    with and what its sentence calls it, ``known`` are the figures and targets so far: where one of
    them is below 0 or above the whole, another may be.
    """
    formatted = partial(figure, unit=measure.unit, decimals=measure.decimals)
    size = _outside(measure, known, value, formatted)
    if not size and before is not None:
        said, held = before
        if value * held < 0:
            size = f"{formatted(value)} now, and {said} {formatted(held)}: the opposite sign."
        else:
            freely = MANY if _counts(measure, measure.unit) else 0
            size = _so_far(said, value, held, _times(value, held), formatted, freely)
    return " ".join(filter(None, (_other_sign(measure.unit, text), size)))


def _other_sign(unit, text):
    """A £ or a % typed in a measure that is in another unit."""
    named = {"%": "per cent", "£": "pounds", "": "no unit"}.get(unit, unit)
    for sign, said in (("£", "in pounds"), ("%", "in per cent")):
        if sign in text and not unit.startswith(sign):
            return f"“{text[:40]}” is {said}, and this measure is in {named}."
    return ""


def _as_a_share(measure, known, value, target):
    """Whether 0.85 may stand for 85 %, in a sentence: Excel copies a per cent as a share of 1."""
    like = [number for number in (*known, target) if number is not None and number > 0]
    if measure.unit != "%" or not like or not 0 < value <= 1 or min(like) <= 1:
        return ""
    if not min(like) / NEAR <= value * 100 <= max(like) * NEAR:
        return ""
    per_cent = figure(value * 100, "%")
    printed = figure(value, "%", measure.decimals)
    little = "is less than 1%" if value < 1 else "is very little"
    return f"{printed} {little}. Is it {per_cent}?"


def _outside(measure, known, value, formatted):
    """Below 0, or a share above 100%, if no earlier figure was."""
    low, _ = bounds(measure, known)
    if low is not None and value < low:
        return f"{formatted(value)} is less than {figure(low, '%' if measure.unit == '%' else '')}."
    above = measure.can_be_above_whole or any(number > 100 for number in known)
    over = measure.unit.startswith("%") and value > 100 and not above
    return f"{formatted(value)} is more than 100%." if over else ""


def _last(measure, known, period):
    """The figure to compare with: the latest or, for a sum since April, that of a year before."""
    if measure.accumulation == Measure.Accumulation.CUMULATIVE:
        year_before = Period(period.start_year - 1, period.quarter, period.month)
        known = [pair for pair in known if pair[0] == year_before]
    return known[-1] if known else None


def _less_than_already(measure, known, value, period, formatted):
    """Less than an earlier figure of the same year, though it is added up since April."""
    same_year = [pair for pair in known if pair[0].start_year == period.start_year]
    cannot_fall = measure.is_so_far and not measure.unit.startswith("%")
    if not same_year or not cannot_fall or measure.can_be_below_zero:
        return ""
    when, already = same_year[-1]
    if value >= already:
        return ""
    return (
        f"{formatted(value)} now, and in {when.label} it was {formatted(already)} already: "
        "it adds up from April."
    )


def _counts(measure: Measure, unit: str) -> bool:
    """Whether the measure counts in whole numbers: no share, money, rate or time."""
    return not measure.decimals and not measure.multiplier and not measured_in(unit)


def _fraction(measure, unit, text, known, value):
    """A fraction of a person, where all figures so far were whole."""
    typed_whole = not text or value == round(value)
    if typed_whole or not unit or not known or not _counts(measure, unit):
        return ""
    if any(number != round(number) for number in known):
        return ""
    return f"{figure(value, unit)} is not a whole number, and every figure before was one."


def _far(last, value, target, formatted, freely):
    """Far from the last figure, or a slip of the point from the target, in a sentence.

    Whole numbers below ``freely`` go up and down without a question.
    """
    said = []
    if last is not None:
        said = [(f"in {last[0].label} it was", last[1], _times(value, last[1]))]
    if target is not None and (last is None or not _slips(_times(last[1], target))):
        times = _times(value, target)
        said.append(("the target is", target, times if last is None or _slips(times) else 1))
    for against, before, times in said:
        if far := _so_far(against, value, before, times, formatted, freely):
            return far
    return ""


def _so_far(
    against: str,
    value: Decimal,
    before: Decimal,
    times: Decimal,
    formatted: Callable[[Decimal], str],
    freely: int,
) -> str:
    if max(abs(value), abs(before)) < freely and value == round(value):
        return ""
    if 1 / Decimal(FAR) < times < FAR:
        return ""
    return f"{formatted(value)} now, and {against} {formatted(before)}: {_how(times)}."


def _times(value, before):
    """How many times the size of the earlier figure; 1 if that was 0."""
    return abs(value) / abs(before) if before else Decimal(1)


def _slips(times):
    low, high = SLIP
    return low <= times <= high or (times and low <= 1 / times <= high)


def _how(times):
    if _slips(times):
        return "about ten times as much" if times > 1 else "about a tenth of that"
    return "more than ten times as much" if times > 1 else "less than a tenth of that"


def _beyond_limits(measure, before, known, value, formatted):
    """Outside the limits of the earlier figures; None if there are too few of them."""
    if not known or measure.accumulation == Measure.Accumulation.CUMULATIVE:
        return None
    chart = spc.analyse(
        [(when.first_day, number) for when, number in known],
        measure.direction,
        rebases=_rebases(measure, before),
    )
    if not chart.enough:
        return None
    last = chart.segments[-1]
    if last.lower <= value <= last.upper:
        return ""
    places = Decimal(1).scaleb(-measure.decimals - 1)
    low, high = (formatted(limit.quantize(places)) for limit in (last.lower, last.upper))
    return f"{formatted(value)} is outside the usual range of this measure, {low} to {high}."


def _rebases(measure, before) -> Sequence:
    return [
        when.first_day
        for when, _ in before
        for rebase in measure.breaks.all()
        if rebase.kind == "rebase" and rebase.period == when.key
    ]


def _length(period):
    """The frequency of a measure that has a figure for each such period."""
    if period.month:
        return Measure.Frequency.MONTH
    return Measure.Frequency.QUARTER if period.quarter else Measure.Frequency.YEAR
