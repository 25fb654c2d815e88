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
from outcomes.vital_signs.measure_status import Standing
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


def card_chart(standing: Standing, counterpart: Measure | None, accent: str) -> CardChart | None:
    """The chart of a measure; None below two figures. The same data stand in its table.

    ``counterpart`` is the same thing in the national framework, whose comparator is drawn too.
    """
    chart = _own_chart(standing, accent)
    if chart is None or counterpart is None:
        return chart
    x = [period.short_label for period in _span(standing)]
    data = [*chart.figure["data"], *_benchmarks(counterpart, x)]
    return replace(chart, figure={**chart.figure, "data": data})


@lru_cache(maxsize=512)
def _own_chart(standing, accent):
    known = standing.known
    if len(known) < 2:
        return None
    periods = _span(standing)
    x = [period.short_label for period in periods]
    values = {each.period: each.value for each in known}
    traces = [line(x, [values.get(p.key) for p in periods], "Result", accent, points=True)]
    traces += _limits(standing, periods, x)
    traces += _targets(standing, periods, x)
    traces += _marked(standing)
    layout = chart_layout("")
    layout["yaxis"] |= {
        "ticksuffix": "%" if standing.measure.unit == "%" else "",
        "title": {"text": standing.measure.unit},
    }
    # Below the axis' own labels, which stand aslant where there are many.
    layout["legend"] |= {"y": -0.3}
    layout["margin"] |= {"b": 90, "t": 40}
    _breaks(layout, standing, x)
    return CardChart(finding(standing), {"data": traces, "layout": layout}, _description(standing))


def _span(standing):
    """Every period from the first figure to the last asked for, those without a figure too."""
    first, last = period_of(standing.known[0].period), standing.last
    if standing.measure.frequency != "month":
        return [period_of(each.period) for each in standing.known]
    return first.up_to(last)


def _limits(standing, periods, x):
    """Mean and limits by segment, so that a rebase shows as a step."""
    points = {point.date: point for point in standing.chart.points}
    held = [points.get(period.first_day) for period in periods]
    if not any(held):
        return []
    trial = " (trial)" if standing.chart.segments[-1].trial else ""
    return [
        line(x, [p.mean if p else None for p in held], "Mean", COMMON, width=1),
        line(
            x,
            [limit_drawn(standing, p, p and p.upper) for p in held],
            f"Upper limit{trial}",
            COMMON,
            dash="dash",
        ),
        line(
            x,
            [limit_drawn(standing, p, p and p.lower) for p in held],
            f"Lower limit{trial}",
            COMMON,
            dash="dash",
        ),
    ]


def _targets(standing, periods, x):
    targets = [standing.target_in(period) for period in periods]
    values = [each.value if each else None for each in targets]
    if not any(value is not None for value in values):
        return []
    profiled = len({value for value in values if value is not None}) > 1
    name = "Target, as it was profiled" if profiled else "Target"
    return [line(x, values, name, "#0b0c0c", dash="dot", width=3, points=True, symbol="line-ew")]


def _marked(standing):
    """Points of special cause, over the line, each kind with a shape and a name of its own."""
    traces = []
    labels = {period_of(each.period).first_day: each.period for each in standing.known}
    for kind, (name, colour, symbol) in TONES.items():
        chosen = [
            point
            for point in standing.chart.points
            if point.special and point.variation.split()[0] == kind
        ]
        if chosen and standing.chart.enough:
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


def _breaks(layout, standing, x):
    shapes, notes = [], []
    for each in standing.measure.marks:
        label = period_of(each.period).short_label
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
                "text": _wrapped(break_words(each)),
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


def _description(standing):
    parts = ["Line of the results by period"]
    if standing.target_value is not None:
        parts.append("with the target")
    if standing.chart.segments:
        parts.append("with the mean and the limits of statistical process control")
    return ", ".join(parts) + ". The table below has the same figures."
