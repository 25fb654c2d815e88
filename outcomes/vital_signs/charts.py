"""The chart of a report card: figures, target, mean and limits, marked points, break lines.

Points are told apart by shape as well as colour. The colours keep 3:1 against white.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from bcfportal.lib.charts import chart_layout, line, marks
from bcfportal.lib.periods import period_of
from outcomes.models import Benchmark
from outcomes.vital_signs.content import Measure
from outcomes.vital_signs.history import break_words, limit_drawn
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.sentences import finding

COMMON, BETTER, WORSE, OTHER = "#505a5f", "#1d5a8c", "#b54708", "#4c2c92"
TONES = {
    "improvement": ("Improvement", BETTER, "triangle-up"),
    "concern": ("Concern", WORSE, "square"),
    "neutral": ("Special cause", OTHER, "diamond"),
}


@dataclass(frozen=True)
class CardChart:
    finding: str
    figure: dict
    description: str


def card_chart(status: MeasureStatus, counterpart: Measure | None, accent: str) -> CardChart | None:
    """The chart of a measure; None below two figures. The same data stand in its table.

    ``counterpart`` is the same thing in the national framework, whose comparator is drawn too.
    """
    chart = _own_chart(status, accent)
    if chart is None or counterpart is None:
        return chart
    x = [period.short_label for period in _span(status)]
    data = [*chart.figure["data"], *_benchmarks(counterpart, x)]
    return replace(chart, figure={**chart.figure, "data": data})


@lru_cache(maxsize=512)
def _own_chart(status, accent):
    known = status.known
    if len(known) < 2:
        return None
    periods = _span(status)
    x = [period.short_label for period in periods]
    values = {result.period: result.value for result in known}
    traces = [line(x, [values.get(p.key) for p in periods], "Result", accent, points=True)]
    traces += _limits(status, periods, x)
    traces += _targets(status, periods, x)
    traces += _marked(status)
    layout = chart_layout("")
    layout["yaxis"] |= {
        "ticksuffix": "%" if status.measure.unit == "%" else "",
        "title": {"text": status.measure.unit},
    }
    # Below the axis' own labels, which stand aslant where there are many.
    layout["legend"] |= {"y": -0.3}
    layout["margin"] |= {"b": 90, "t": 40}
    _breaks(layout, status, x)
    return CardChart(finding(status), {"data": traces, "layout": layout}, _description(status))


def _span(status):
    """Every period from the first figure to the last asked for, those without a figure too."""
    first, last = period_of(status.known[0].period), status.last
    if status.measure.frequency != "month":
        return [period_of(result.period) for result in status.known]
    return first.up_to(last)


def _limits(status, periods, x):
    """Mean and limits by segment, so that a rebase shows as a step."""
    points = {point.date: point for point in status.chart.points}
    held = [points.get(period.first_day) for period in periods]
    if not any(held):
        return []
    trial = " (trial)" if status.chart.segments[-1].trial else ""
    return [
        line(x, [p.mean if p else None for p in held], "Mean", COMMON, width=1),
        line(
            x,
            [limit_drawn(status, p, p and p.upper) for p in held],
            f"Upper limit{trial}",
            COMMON,
            dash="dash",
        ),
        line(
            x,
            [limit_drawn(status, p, p and p.lower) for p in held],
            f"Lower limit{trial}",
            COMMON,
            dash="dash",
        ),
    ]


def _targets(status, periods, x):
    targets = [status.target_in(period) for period in periods]
    values = [target.value if target else None for target in targets]
    if not any(value is not None for value in values):
        return []
    profiled = len({value for value in values if value is not None}) > 1
    name = "Target, as it was profiled" if profiled else "Target"
    return [line(x, values, name, "#0b0c0c", dash="dot", width=3, points=True, symbol="line-ew")]


def _marked(status):
    """Points of special cause, over the line, each kind with a shape and a name of its own."""
    traces = []
    labels = {period_of(result.period).first_day: result.period for result in status.known}
    for kind, (name, colour, symbol) in TONES.items():
        chosen = [
            point
            for point in status.chart.points
            if point.special and point.variation.split()[0] == kind
        ]
        if chosen and status.chart.enough:
            traces.append(
                marks(
                    [period_of(labels[point.date]).short_label for point in chosen],
                    [point.value for point in chosen],
                    name,
                    colour,
                    symbol,
                    [point.rule for point in chosen],
                )
            )
    return traces


def _benchmarks(counterpart, x):
    """The family group's figure of the same thing in the national framework, as a line across."""
    traces = []
    names = dict(Benchmark.Comparator.choices)
    for benchmark in counterpart.benchmarks:
        if benchmark.value is None or benchmark.comparator != "family group":
            continue
        label = f"{names[benchmark.comparator]} {period_of(benchmark.period).label}"
        traces.append(line(x, [benchmark.value] * len(x), label, OTHER, dash="longdashdot"))
    return traces


def _breaks(layout, status, x):
    shapes, notes = [], []
    for mark in status.measure.marks:
        label = period_of(mark.period).short_label
        if label not in x:
            continue
        # Between the last point of the old part and the first of the new.
        at = x.index(label) - 0.5
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": at,
                "x1": at,
                "y0": 0,
                "y1": 1,
                "line": {"color": "#0b0c0c", "width": 2, "dash": "dashdot"},
            }
        )
        notes.append(
            {
                "x": at,
                "y": 1,
                "xref": "x",
                "yref": "paper",
                "yanchor": "bottom",
                "text": _wrapped(break_words(mark)),
                "showarrow": False,
                "align": "left",
                "font": {"size": 13},
            }
        )
    layout["shapes"], layout["annotations"] = shapes, notes
    if notes:
        layout["margin"]["t"] = 90


def _wrapped(text, width=44):
    lines, current = [], ""
    for word in text.split():
        if current and len(current) + len(word) + 1 > width:
            lines.append(current)
            current = ""
        current = f"{current} {word}".strip()
    return "<br>".join([*lines, current][:4]).replace("&", "&amp;")


def _description(status):
    parts = ["Line of the results by period"]
    if status.target_value is not None:
        parts.append("with the target")
    if status.chart.segments:
        parts.append("with the mean and the limits of statistical process control")
    return ", ".join(parts) + ". The table below has the same figures."
