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
from outcomes.vital_signs.corrections import Key
from outcomes.vital_signs.dashboard import detail
from outcomes.vital_signs.measure_status import Standing
from publishing.period_versions.published import PublicCorrection


@dataclass(frozen=True)
class Line:
    """One period: the figure, its parts, its target and rating, and what the rules mark."""

    period: Period
    words: str
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
    standing: Standing, corrected: Mapping[Key, list[PublicCorrection]] | None = None
) -> list[Line]:
    """The lines of all periods known by then, the latest first, with what was corrected."""
    marks = {point.date: point for point in standing.chart.points}
    return [_line(standing, each, marks, corrected or {}) for each in reversed(standing.figures)]


def _line(standing, result, marks, corrected):
    measure, period = standing.measure, period_of(result.period)
    target = standing.target_in(period)
    rated = standing.rate(result)
    point = marks.get(period.first_day)
    return Line(
        period=period,
        words=standing.words_of(result),
        missing=result.value is None,
        detail=detail(result),
        target=standing.number(target.value, measure.definition_in(period))
        if target and target.value is not None
        else "",
        rating=rated.rating if rated.rating in COLOURS else None,
        reason=rated.reason,
        mark=point.rule if point and point.special and standing.chart.enough else "",
        note=result.note,
        others=[
            f"{each.words} ({each.source})" if each.source else each.words
            for each in measure.others
            if each.period == result.period and each.segment == result.segment
        ],
        breaks=[break_words(each) for each in measure.marks if each.period == result.period],
        corrected=[
            each.sentence
            for each in corrected.get((measure.slug, result.period, result.segment), [])
        ],
    )


def break_words(each) -> str:
    """A break in words: what happened, who did it, when and why."""
    what = each.what or ("Limits recalculated" if each.kind == "rebase" else "Definition changed")
    return f"{what} from {period_of(each.period).label}: {each.why}"


def limits_words(standing: Standing) -> str:
    """Mean and limits of the latest segment in a sentence; nothing without two figures."""
    chart = standing.chart
    if not chart.segments or len(chart.points) < 2:
        return ""
    last = chart.segments[-1]
    places = standing.measure.decimals + 1

    def shown(value: Decimal):
        return figure(value.quantize(Decimal(1).scaleb(-places)), standing.measure.unit)

    if chart.too_still:
        return f"Mean {shown(last.mean)}. There is too little variation for limits."
    lower, upper = within(standing, last.lower), within(standing, last.upper)
    return f"Mean {shown(last.mean)}, limits {shown(lower)} and {shown(upper)}. {last.basis}."


def within(standing: Standing, limit: Decimal) -> Decimal:
    """A limit as it is shown: within what the measure's unit can be."""
    low, high = bounds(standing.measure, [present(each.value) for each in standing.known])
    limit = limit if low is None else max(limit, low)
    return limit if high is None else min(limit, high)


def limit_drawn(standing: Standing, point: Point | None, limit: Decimal | None) -> Decimal | None:
    """A limit of a chart's point (or None) as it is drawn; none where variation is too little."""
    if point is None or point.segment.still or limit is None:
        return None
    return within(standing, limit)


def target_lines(standing: Standing) -> list:
    """(from when, target in words, target) of every target, the latest first."""
    ordered = sorted(
        standing.measure.targets,
        key=lambda each: period_of(each.period).last_day.toordinal() if each.period else 0,
        reverse=True,
    )
    return [
        (_from(each.period), _target(standing, each, each.status, each.value), each)
        for each in ordered
    ]


def change_lines(standing: Standing) -> list:
    """(what changed in words, change) of each change of a target, the latest first."""
    return [
        (f"{_from(each.period)}: {_changed(standing, each)}", each)
        for each in reversed(standing.measure.target_changes)
    ]


def _changed(standing, each):
    before = _target(standing, each, each.before_status, each.before)
    after = _target(standing, each, each.after_status, each.after)
    said = (
        []
        if before == after and each.before_note != each.after_note
        else [f"{before} became {after}"]
    )
    if each.before_note != each.after_note:
        said.append(
            f"the note became “{each.after_note}”" if each.after_note else "no note is left"
        )
    return ", ".join(said)


def _from(key):
    return period_of(key).label if key else "Always"


def _target(standing, target, status, value):
    if value is None:
        return (status or "no target").capitalize()
    period = period_of(target.period) if target.period else None
    return standing.number(value, standing.measure.definition_in(period))
