"""A measure's figures as the table that stands under its chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.spc import Point
from outcomes.entry.limits import bounds
from outcomes.vital_signs.corrections import Key, Note
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.sentences import detail


@dataclass(frozen=True)
class Line:
    """One period: the figure, its parts, its target and rating, and what the rules mark."""

    period: Period
    text: str
    missing: bool
    detail: str
    target: str
    rating: Rating | None
    reason: str
    mark: str
    note: str
    others: list[str]
    breaks: list[str]
    corrected: list[str]


def history_table(
    status: MeasureStatus, corrected: Mapping[Key, list[Note]] | None = None
) -> list[Line]:
    """The lines of all periods known by then, the latest first, with what was corrected."""
    marks = {point.date: point for point in status.chart.points}
    return [_line(status, result, marks, corrected or {}) for result in reversed(status.figures)]


def _line(status, result, marks, corrected):
    measure, period = status.measure, period_of(result.period)
    target = status.target_in(period)
    rated = status.rate(result)
    point = marks.get(period.first_day)
    return Line(
        period=period,
        text=status.words_of(result),
        missing=result.value is None,
        detail=detail(result),
        target=status.number(target.value, measure.definition_in(period))
        if target and target.value is not None
        else "",
        rating=rated.rating if rated.rating in COLOURS else None,
        reason=rated.reason,
        mark=point.rule if point and point.special and status.chart.enough else "",
        note=result.note,
        others=[
            f"{printing.words} ({printing.source})" if printing.source else printing.words
            for printing in measure.others
            if printing.period == result.period and printing.segment == result.segment
        ],
        breaks=[break_words(mark) for mark in measure.marks if mark.period == result.period],
        corrected=[
            correction.sentence
            for correction in corrected.get((measure.slug, result.period, result.segment), [])
        ],
    )


def break_words(mark) -> str:
    """A break in words: what happened, who did it, when and why."""
    what = mark.what or ("Limits recalculated" if mark.kind == "rebase" else "Definition changed")
    return f"{what} from {period_of(mark.period).label}: {mark.why}"


def limits_words(status: MeasureStatus) -> str:
    """Mean and limits of the latest segment in a sentence; nothing without two figures."""
    chart = status.chart
    if not chart.segments or len(chart.points) < 2:
        return ""
    last = chart.segments[-1]
    places = status.measure.decimals + 1

    def rounded(value: Decimal):
        return figure(value.quantize(Decimal(1).scaleb(-places)), status.measure.unit)

    if chart.too_still:
        return f"Mean {rounded(last.mean)}. There is too little variation for limits."
    lower, upper = within(status, last.lower), within(status, last.upper)
    return f"Mean {rounded(last.mean)}, limits {rounded(lower)} and {rounded(upper)}. {last.basis}."


def within(status: MeasureStatus, limit: Decimal) -> Decimal:
    """A limit as it is shown: within what the measure's unit can be."""
    low, high = bounds(status.measure, [present(result.value) for result in status.known])
    limit = limit if low is None else max(limit, low)
    return limit if high is None else min(limit, high)


def limit_drawn(
    status: MeasureStatus, point: Point | None, limit: Decimal | None
) -> Decimal | None:
    """A limit of a chart's point (or None) as it is drawn; none where variation is too little."""
    if point is None or point.segment.still or limit is None:
        return None
    return within(status, limit)


def target_lines(status: MeasureStatus) -> list:
    """(from when, target in words, target) of every target, the latest first."""
    ordered = sorted(
        status.measure.targets,
        key=lambda target: period_of(target.period).last_day.toordinal() if target.period else 0,
        reverse=True,
    )
    return [
        (_from(target.period), _target(status, target, target.status, target.value), target)
        for target in ordered
    ]


def change_lines(status: MeasureStatus) -> list:
    """(what changed in words, change) of each change of a target, the latest first."""
    return [
        (f"{_from(change.period)}: {_changed(status, change)}", change)
        for change in reversed(status.measure.target_changes)
    ]


def _changed(status, change):
    before = _target(status, change, change.before_status, change.before)
    after = _target(status, change, change.after_status, change.after)
    said = (
        []
        if before == after and change.before_note != change.after_note
        else [f"{before} became {after}"]
    )
    if change.before_note != change.after_note:
        said.append(
            f"the note became “{change.after_note}”" if change.after_note else "no note is left"
        )
    return ", ".join(said)


def _from(key):
    return period_of(key).label if key else "Always"


def _target(measure_status, target, status, value):
    if value is None:
        return (status or "no target").capitalize()
    period = period_of(target.period) if target.period else None
    return measure_status.number(value, measure_status.measure.definition_in(period))
