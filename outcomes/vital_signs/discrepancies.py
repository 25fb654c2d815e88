"""Figures of a sheet that disagree: parts against the printed value, one thing with two values."""

from collections.abc import Iterator
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from bcfportal.lib.discrepancies import Discrepancy, Place, differ, half_step
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.sentences import noun
from outcomes.vital_signs.content import Figure, Measure, VitalSigns

PARTS = "Numerator over denominator is not the printed value"
TWICE = "One figure has two values"


def disagreements(sheet: VitalSigns) -> Iterator[Discrepancy]:
    """Everything that the checks find in a sheet, in its order. What is only rounding is not."""
    for measure in sheet.measures:
        yield from of_measure(sheet, measure)


def of_measure(sheet: VitalSigns, measure: Measure) -> Iterator[Discrepancy]:
    """What the checks find in one measure, its other printings and its counterpart."""
    for result in measure.figures:
        if discrepancy := parts(measure, result):
            yield discrepancy
    yield from _printed_twice(measure)
    if measure.same_as and (other := sheet.measure(measure.same_as)):
        yield from _counterpart(measure, other)


def parts(measure: Measure, result: Figure) -> Discrepancy | None:
    """A value that its numerator, denominator and multiplier do not make, rounding allowed for."""
    then = measure.definition_in(period_of(result.period))
    if result.value is None or result.numerator is None or not result.denominator:
        return None
    if then.multiplier is None:
        return None
    exact = result.numerator / result.denominator * then.multiplier
    places = places_of(result.value, then.decimals)
    if not differ(exact, result.value, half_step(places)):
        return None
    rounded = exact.quantize(Decimal(1).scaleb(-places - 1), ROUND_HALF_UP)
    number, of = figure(result.numerator), figure(result.denominator)
    return Discrepancy(
        key=f"parts:{measure.slug}:{result.period}:{result.segment}",
        check=PARTS,
        about=f"{measure.name}, {period_of(result.period).label}",
        first=Place(figure(result.value, then.unit, then.decimals), result.source),
        second=Place(f"{number} of {of} makes {figure(rounded, then.unit)}", result.source),
        by=_by(exact, result.value, then.unit) + _as_if_whole(exact, result.value, places),
    )


def _as_if_whole(exact, value, places):
    """A value that is right for a whole number but printed with decimals, as some papers do."""
    if places and exact.quantize(Decimal(1), ROUND_HALF_UP) == value:
        return "; the value is the one rounded to a whole number"
    return ""


def same_when_rounded(
    first: Decimal, first_places: int, second: Decimal, second_places: int
) -> bool:
    """Whether two printings can be of one figure: equal once the finer is rounded to the coarser.

    A finer figure that ends in exactly a half may have been rounded either way.
    """
    step = Decimal(1).scaleb(-min(first_places, second_places))
    ways = (ROUND_HALF_UP, ROUND_HALF_DOWN)
    return any(
        first.quantize(step, way) == second.quantize(step, other) for way in ways for other in ways
    )


def places_of(value: Decimal, decimals: int) -> int:
    """How many decimals a figure was printed with: the measure's, or more where it has more."""
    return max(decimals, -min(int(value.as_tuple().exponent), 0))


def _printed_twice(measure):
    for place, other in enumerate(measure.others):
        if other.what == "target":
            target = measure.target_in(period_of(other.period))
            value, source = (target.value, target.source) if target else (None, "")
        else:
            result = next(
                (
                    figure_printed
                    for figure_printed in measure.figures
                    if figure_printed.period == other.period
                    and figure_printed.segment == other.segment
                ),
                None,
            )
            name = "value" if other.what == "result" else other.what
            value, source = (getattr(result, name), result.source) if result else (None, "")
        if value is None:
            continue
        of_measure = other.what in ("result", "target")
        decimals, unit = (measure.decimals, measure.unit) if of_measure else (0, "")
        own = -min(int(other.value.as_tuple().exponent), 0)
        if same_when_rounded(value, places_of(value, decimals), other.value, own):
            continue
        yield Discrepancy(
            key=f"twice:{measure.slug}:{other.period}:{other.segment}:{other.what}:{place}",
            check=TWICE,
            about=f"{measure.name}, {other.what}, {period_of(other.period).label}",
            first=Place(figure(value, unit, decimals), source),
            second=Place(other.words, other.source),
            by=_by(value, other.value, unit),
        )


def _counterpart(measure, other):
    """The month or quarter that ends a year against the year's figure of the same elsewhere.

    A share of a last quarter alone is not the year's, and yet a reader sets the two side by side:
    that they are of different spans is said.
    """
    for yearly in other.figures:
        year = period_of(yearly.period)
        if year.quarter or year.month or yearly.value is None:
            continue
        monthly = year_end(measure, year)
        if monthly is None or monthly.value is None:
            continue
        if same_when_rounded(
            monthly.value,
            places_of(monthly.value, measure.decimals),
            yearly.value,
            places_of(yearly.value, other.decimals),
        ):
            continue
        numbers = "; ".join(
            f"{reference.framework} {reference.number}" for reference in other.references
        )
        yield Discrepancy(
            key=f"counterpart:{measure.slug}:{yearly.period}",
            check=TWICE,
            about=f"{measure.name}, {year.label}",
            first=Place(
                f"{figure(monthly.value, measure.unit, measure.decimals)} "
                f"{_since(measure)}{period_of(monthly.period).label}",
                monthly.source,
            ),
            second=Place(
                f"{figure(yearly.value, other.unit, other.decimals)} for {year.label}"
                + (f" ({numbers})" if numbers else ""),
                yearly.source,
            ),
            by=_by(monthly.value, yearly.value, measure.unit),
        )


def year_end(measure: Measure, year: Period) -> Figure | None:
    """The whole's figure of the last month of a year, or else of its last quarter."""
    ends = (Period(year.start_year, month=12).key, Period(year.start_year, quarter=4).key)
    whole = {result.period: result for result in measure.figures if not result.segment}
    return next((whole[key] for key in ends if key in whole), None)


def _since(measure: Measure) -> str:
    return "from April to " if measure.accumulation == "cumulative" else "in "


def _by(first: Decimal, second: Decimal, unit: str) -> str:
    gap = abs(first - second).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    if unit == "%":
        unit = noun(gap, "point")
    return f"apart by {figure(gap, unit)}"
