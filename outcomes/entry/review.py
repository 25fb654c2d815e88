"""The figures that a return will publish, each beside the last one and its target.

One table serves both checks: the commissioner's, of what is typed, and the officer's, of the sheet.
"""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.sentences import noun
from outcomes.definitions import changed_between
from outcomes.entry.grid import Grid
from outcomes.models import Result as ResultRecord
from outcomes.project_measures.content import Measure, Result, WithMeasures
from outcomes.project_measures.table import rate_result, target_words
from outcomes.rules import Rated

NOT_COMPARED = "Not compared: the measure changed"


@dataclass(frozen=True)
class FigureRow:
    """One figure of a measure, for a part or the whole, in words."""

    heading: str
    name: str
    part: str
    target: str
    last: str
    last_when: str
    now: str
    detail: str
    change: str
    rated: Rated
    # When it is expected, and what is said of it, a line each.
    comment: str = ""
    # Its period, where that is not the return's own.
    when: str = ""

    @property
    def title(self) -> str:
        """The measure, its part and period, as sentences about the figure call it."""
        return ", ".join(filter(None, (self.name, self.part, self.when)))


def change_words(before: Decimal | None, now: Decimal | None, unit: str) -> str:
    """By how much a figure moved: "up 3", "down 2 points"; empty if either is missing."""
    if before is None or now is None:
        return ""
    if before == now:
        return "no change"
    by = abs(now - before)
    sign = {"%": noun(by, "point"), "£": "£"}.get(unit, "")
    return f"{'up' if now > before else 'down'} {figure(by, sign)}"


def figures_typed(grid: Grid) -> list[FigureRow]:
    """The figures of a return being written, as typed: words where they make no figure."""
    return [
        FigureRow(
            heading=heading,
            name=row.measure.name,
            part=_part(row.segment_name, row.segment.provider if row.segment else None),
            target=row.target_words,
            last=row.last.text if row.last else "",
            last_when=row.last.period_label if row.last else "",
            now=_typed_words(row),
            detail=parts_words(row.numerator, row.denominator),
            change=_change_typed(row),
            rated=row.rated,
            comment=_comment(row.boxes["expected"].text, row.boxes["comment"].text),
            when=row.of_year if row.is_own else row.when.label,
        )
        for heading, rows in grid.sections
        for row in rows
        if row.is_own or row.is_typed
    ]


def figures_of(sheet: WithMeasures, before: WithMeasures | None) -> list[FigureRow]:
    """The figures of the sheet's own period, and late ones that ``before`` did not have."""
    known = _figures_known(before)
    rows, heading = [], ""
    for measure in sheet.measures:
        heading = measure.heading or heading
        for result in measure.results:
            own = result.period == sheet.period
            if own or (before and known.get(_place(measure, result)) != _said(result)):
                rows.append(_row(sheet, measure, result, heading, own))
    return rows


def _figures_known(sheet):
    measures = sheet.measures if sheet else []
    return {
        _place(measure, result): _said(result) for measure in measures for result in measure.results
    }


def _place(measure, result):
    return measure.position, result.period, result.segment


def _said(result):
    return (
        *(result.status, result.value, result.numerator, result.denominator),
        *(result.unit, result.note),
    )


def _row(
    sheet: WithMeasures, measure: Measure, result: Result, heading: str, own: bool
) -> FigureRow:
    last = _last(measure, result)
    target = measure.target_in(result.period)
    return FigureRow(
        heading=heading,
        name=measure.text,
        part=_part(result.segment, result.provider),
        target=target_words(measure, target) if target else "No target",
        last=_words(measure, last) if last else "",
        last_when=last.period_label if last else "",
        now=_words(measure, result),
        detail=parts_words(result.numerator, result.denominator),
        change=_change(measure, last, result) if last else "",
        rated=rate_result(sheet, measure, result),
        comment=result.note,
        when="" if own else result.period_label,
    )


def _change(measure, last, result):
    periods = period_of(last.period), period_of(result.period)
    alike = not changed_between(measure.known_definitions, *periods)
    return _compared(last.value, result.value, last.unit, result.unit, alike=alike)


def _compared(before, now, unit, new_unit, *, alike):
    """By how much a figure moved, or that figures of different things are not compared."""
    if before is None or now is None:
        return ""
    if not alike or unit != new_unit:
        return NOT_COMPARED
    return change_words(before, now, new_unit)


def _last(measure: Measure, result: Result) -> Result | None:
    """The result of the segment before this one; of a sum since April, a year before."""
    end = period_of(result.period)
    year_before = Period(end.start_year - 1, end.quarter, end.month)
    added_up = measure.accumulation == "cumulative"
    before = [
        other
        for other in measure.results
        if other.segment == result.segment
        and period_of(other.period) < end
        and (not added_up or period_of(other.period) == year_before)
    ]
    return max(before, key=lambda other: period_of(other.period), default=None)


def _words(measure, result):
    if result.value is None:
        return ResultRecord.Status(result.status).label
    return figure(result.value, result.unit, measure.definition_in(result.period).decimals)


def _typed_words(row):
    if row.value is not None:
        return figure(row.value, row.unit, row.measure.decimals)
    reason = row.boxes["none"].text
    if reason in ResultRecord.Status.values:
        return ResultRecord.Status(reason).label
    return row.boxes["value"].text or reason


def _change_typed(row):
    if row.last is None:
        return ""
    before = row.last.result
    unit = before.unit or row.measure.unit
    return _compared(before.value, row.value, unit, row.unit, alike=row.last.is_alike)


def parts_words(numerator: Decimal | None, denominator: Decimal | None) -> str:
    """A numerator and its denominator in words: "405 of 568"; nothing without a numerator."""
    if numerator is None:
        return ""
    of = f" of {figure(denominator)}" if denominator is not None else ""
    return f"{figure(numerator)}{of}"


def _part(segment: str, provider) -> str:
    name = str(provider) if provider else ""
    return f"{segment} ({name})" if name and name != segment else segment


def _comment(expected: str, comment: str) -> str:
    return "\n".join(filter(None, (f"Expected: {expected}" if expected else "", comment)))
