"""The quality of care: shares of providers by rating and sector over time, and the rest."""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.charts import chart_layout, line
from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.sentences import detail
from outcomes.vital_signs.statuses import statuses

WHOLE = "All sectors"
# Told apart by dash and by marker as well as by colour.
STYLES = (
    ("#0b0c0c", "solid", "circle"),
    ("#1d5a8c", "dash", "square"),
    ("#b54708", "dot", "diamond"),
    ("#4c2c92", "dashdot", "triangle-up"),
    ("#505a5f", "longdash", "x"),
)


@dataclass(frozen=True)
class SegmentRow:
    """A sector's figures of one measure, by period: (words, detail, missing) each."""

    name: str
    cells: list[tuple[str, str, bool]]
    notes: list[str]


@dataclass(frozen=True)
class Table:
    """One measure: its segments down, its periods across."""

    status: MeasureStatus
    periods: list[Period]
    rows: list[SegmentRow]
    targets: list[str]

    @property
    def measure(self):
        return self.status.measure


@dataclass(frozen=True)
class Trajectory:
    """The chart of a share by sector, with the straight line to its target."""

    name: str
    finding: str
    figure: dict
    explained: str


@dataclass(frozen=True)
class CareQuality:
    """``single`` are the measures with one figure each, for one list."""

    charts: list[tuple[Table, Trajectory]]
    tables: list[Table]
    single: list[Table]


def care_quality(published: PublishedMeasures) -> CareQuality | None:
    """The quality of care as known in the month; None if there is nothing."""
    names = {segment.slug: segment.name for segment in published.sheet.segments}
    charts, tables, single = [], [], []
    for status in statuses(published.sheet, published.month, "care quality"):
        table = _table(published, status, names)
        trajectory = _trajectory(published, status, names)
        if trajectory:
            charts.append((table, trajectory))
        elif sum(len(row.cells) for row in table.rows) > 1:
            tables.append(table)
        elif table.rows:
            single.append(table)
    return CareQuality(charts, tables, single) if charts or tables or single else None


def _by_segment(published, status):
    """The status of each segment with figures, the total first."""
    parts = [status] if status.figures else []
    for segment in published.sheet.segments:
        part = MeasureStatus(status.measure, status.last, status.judging, segment.slug)
        if part.figures:
            parts.append(part)
    return parts


def _table(published, status, names):
    parts = _by_segment(published, status)
    periods = sorted(
        {period_of(result.period) for part in parts for result in part.figures},
        key=lambda period: period.last_day,
    )
    rows = []
    for part in parts:
        results = [part.by_period.get(period.key) for period in periods]
        rows.append(
            SegmentRow(
                name=names.get(part.segment, WHOLE if len(parts) > 1 else "Figure"),
                cells=[
                    (
                        part.words_of(result) if result else "–",
                        detail(result),
                        result is None or result.value is None,
                    )
                    for result in results
                ],
                notes=list(dict.fromkeys(result.note for result in part.figures if result.note)),
            )
        )
    targets = [
        f"{status.number(target.value)} by the end of {period_of(target.period).label}"
        for target in status.measure.targets
        if target.value is not None and target.period
    ]
    return Table(status, periods, rows, targets)


def _trajectory(published, status, names):
    """None unless the measure has a target ahead and figures of several periods."""
    measure = status.measure
    ahead = [target for target in measure.targets if target.value is not None and target.period]
    parts = [part for part in _by_segment(published, status) if len(part.known) > 1]
    if not ahead or not parts:
        return None
    target = max(ahead, key=lambda target: period_of(target.period).last_day)
    end = period_of(target.period)
    first = min(
        (period_of(result.period) for part in parts for result in part.known),
        key=lambda period: period.last_day,
    )
    months = first.up_to(end)
    x = [month.short_label for month in months]
    traces = []
    for place, part in enumerate(parts):
        colour, dash, symbol = STYLES[place % len(STYLES)]
        values = {result.period: result.value for result in part.known}
        trace = line(
            x,
            [values.get(month.key) for month in months],
            names.get(part.segment, WHOLE),
            colour,
            dash=dash,
            points=True,
            symbol=symbol,
        )
        # The figures stand months apart: the line joins them.
        traces.append(trace | {"connectgaps": True})
    start = next((part for part in parts if not part.segment), parts[0])
    begun_of = names.get(start.segment, WHOLE.lower())
    begun = start.known[0]
    path = straight_line(months, period_of(begun.period), begun.value, end, target.value)
    traces.append(line(x, path, "Straight line to the target", "#0b0c0c", width=1, dash="dash"))
    layout = chart_layout("")
    layout["yaxis"] |= {"ticksuffix": "%"}
    layout["legend"] |= {"y": -0.3}
    layout["margin"] |= {"b": 90}
    return Trajectory(
        name=f"chart-{measure.slug}",
        finding=_finding(status, parts, names, target),
        figure={"data": traces, "layout": layout},
        explained=(
            f"The target is {status.number(target.value)} by the end of {end.label}. The thin "
            f"line is drawn straight from the first figure of {begun_of} to it."
        ),
    )


def straight_line(
    months: list[Period], first: Period, start: Decimal, last: Period, end: Decimal
) -> list[Decimal | None]:
    """The values of a straight line from ``start`` in ``first`` to ``end`` in ``last``, by month.

    In the measure's unit; None outside of the two. ``last`` is after ``first``.
    """
    steps = len(first.up_to(last)) - 1
    inside = {month.key: place for place, month in enumerate(first.up_to(last))}
    return [
        start + (end - start) * inside[month.key] / steps if month.key in inside and steps else None
        for month in months
    ]


def _finding(status, parts, names, target):
    """A sentence on the best and the worst sector's latest figure, against the target."""
    sectors = [part for part in parts if part.segment] or parts
    bigger = status.measure.direction != "smaller is better"
    sign = 1 if bigger else -1
    best = max(sectors, key=lambda part: sign * part.latest.value)
    worst = min(sectors, key=lambda part: sign * part.latest.value)
    unit = status.measure.unit
    best_and_worst = [
        f"{names.get(part.segment, WHOLE)} {figure(part.latest.value, unit)}"
        for part in ((best,) if best is worst else (best, worst))
    ]
    when = period_of(best.latest.period).label
    reached = [part for part in sectors if sign * (part.latest.value - target.value) >= 0]
    goal = figure(target.value, unit)
    said = (
        f"{len(reached)} of {len(sectors)} sectors had reached the target of {goal}"
        if len(sectors) > 1
        else f"the target is {goal}"
    )
    return f"{status.measure.name}: {' and '.join(best_and_worst)} in {when}; {said}."
