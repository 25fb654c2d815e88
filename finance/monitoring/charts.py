"""The chart of variances, and the sentence that it shows."""

import plotly.graph_objects as go

from bcfportal.lib.charts import Chart, chart_layout
from bcfportal.lib.money import million_pounds
from finance.monitoring.tree import HALF_STEP, Node


def variances(node: Node, accent: str) -> Chart | None:
    """Variances in £ million of an area's parts; None where fewer than two have one."""
    parts = [part for part in node.parts if part.variance is not None]
    if len(parts) < 2:
        return None
    over = [part for part in parts if part.is_adverse]
    under = [part for part in parts if not part.is_adverse]
    traces = [
        _bars("Adverse: over budget, or income short", over, accent, ""),
        _bars("Favourable: under budget, or more income", under, "#c4ccd2", "/"),
    ]
    layout = chart_layout("") | {
        "height": 90 + 42 * len(parts),
        "barmode": "overlay",
        "margin": {"l": 10, "r": 20, "t": 10, "b": 60},
        "xaxis": {
            "title": {"text": "£m over budget", "font": {"size": 16}},
            "zeroline": True,
            "zerolinewidth": 2,
            "zerolinecolor": "#0b0c0c",
            "gridcolor": "#cecece",
        },
        "yaxis": {
            "automargin": True,
            "autorange": "reversed",
            "categoryorder": "array",
            "categoryarray": [part.name for part in parts],
        },
        # The side says which it is, and so do the words in the table.
        "showlegend": False,
    }
    return Chart(finding(parts), {"data": [trace for trace in traces if trace], "layout": layout})


def _bars(name, parts, colour, pattern):
    if not parts:
        return None
    bars = go.Bar(
        x=[float(part.variance / 1_000_000) for part in parts],
        y=[part.name for part in parts],
        orientation="h",
        name=name,
        marker={
            "color": colour,
            "line": {"color": "#0b0c0c", "width": 1},
            "pattern": {"shape": pattern, "fgcolor": "#0b0c0c", "size": 6, "fillmode": "overlay"},
        },
        hovertemplate="%{y}: £%{x:,.3f}m<extra></extra>",
    )
    return bars.to_plotly_json()


def finding(parts: list[Node]) -> str:
    """The sentence: the largest adverse variance and the largest favourable one.

    Of the lines below the parts, so that one that another offsets is not hidden in a sum.
    """
    parts = [line for part in parts for line in lines_of(part)]
    if not parts:
        return "Every area is on its budget."
    worst = max(parts, key=lambda part: part.variance or 0)
    best = min(parts, key=lambda part: part.variance or 0)
    said = [_said(part) for part in (worst, best) if _is_any(part)]
    if not said:
        return "Every area is on its budget."
    if len(said) == 2 and worst.is_adverse == best.is_adverse:
        said = said[:1] if worst.is_adverse else said[1:]
        return f"All lines vary the same way, most of all {said[0]}."
    return f"Furthest from the budget: {' and '.join(said)}."


def lines_of(node: Node) -> list[Node]:
    """The areas with a variance that have no parts with one: what the whole adds up."""
    parts = [part for part in node.parts if part.variance is not None]
    if parts:
        return [line for part in parts for line in lines_of(part)]
    return [node] if node.variance is not None else []


def _is_any(part):
    return part.variance is not None and abs(part.variance) >= HALF_STEP


def _said(part):
    return f"{part.name}, {part.word} {million_pounds(abs(part.variance))}"
