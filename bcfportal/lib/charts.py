"""Plotly figures in the portal's style, as plain data that a page carries as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

# Told apart by lightness and by pattern, so that the chart reads without colour.
_SHADES = ("", "#7f8f9c", "#c4ccd2", "#3f4a52")
_PATTERNS = ("", "/", ".", "x")


@dataclass(frozen=True)
class Chart:
    """A Plotly figure, and the one sentence that it shows."""

    finding: str
    figure: dict


def bars(
    x: Sequence[str],
    y: Sequence[Decimal | None],
    *,
    name: str,
    place: int,
    accent: str,
    unit: Decimal,
) -> dict:
    """One series of bars of pounds; ``place`` chooses its shade and pattern, the first the accent.

    Their heights are in ``unit`` pounds, as the axis writes them; whole pounds stand beside each.
    """
    trace = go.Bar(
        x=list(x),
        y=[None if value is None else float(value / unit) for value in y],
        customdata=[None if value is None else float(value) for value in y],
        name=name,
        marker={
            "color": accent if place == 0 else _SHADES[place % 4],
            "line": {"color": "#0b0c0c", "width": 1},
            "pattern": {
                "shape": _PATTERNS[place % 4],
                "fgcolor": "#0b0c0c",
                "size": 6,
                "fillmode": "overlay",
            },
        },
        hovertemplate="%{x}, %{fullData.name}: £%{customdata:,.0f}<extra></extra>",
    )
    return trace.to_plotly_json()


def chart_layout(prefix: str, suffix: str = "", *, stacked: bool = False) -> dict:
    """The layout that all charts share; prefix and suffix stand round each figure of the axis."""
    layout = go.Layout(
        barmode="stack" if stacked else "group",
        bargap=0.35,
        font={"family": "Arial, Helvetica, sans-serif", "size": 16, "color": "#0b0c0c"},
        margin={"l": 70, "r": 10, "t": 10, "b": 40},
        legend={"orientation": "h", "y": -0.15, "traceorder": "normal"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        yaxis={
            "tickprefix": prefix,
            "ticksuffix": suffix,
            "gridcolor": "#cecece",
            "zerolinecolor": "#0b0c0c",
        },
        xaxis={"type": "category"},
        dragmode=False,
        template=None,
    )
    return layout.to_plotly_json()


def line(
    x: Sequence[str],
    y: Sequence[Decimal | None],
    name: str,
    colour: str,
    *,
    dash: str = "solid",
    width: float = 2,
    points: bool = False,
    symbol: str = "circle",
) -> dict:
    """One line; where a value is None it has a gap. ``symbol`` marks its points, if any."""
    trace = go.Scatter(
        x=list(x),
        y=[None if value is None else float(value) for value in y],
        name=name,
        mode="lines+markers" if points else "lines",
        line={"color": colour, "width": width, "dash": dash},
        marker={"size": 7, "symbol": symbol, "line": {"color": colour, "width": 2}},
        hovertemplate="%{x}, %{fullData.name}: %{y}<extra></extra>",
    )
    return trace.to_plotly_json()


def marks(
    x: Sequence[str],
    y: Sequence[Decimal],
    name: str,
    colour: str,
    symbol: str,
    labels: Sequence[str],
) -> dict:
    """Points over a line, told apart by shape and colour, each with words of its own."""
    trace = go.Scatter(
        x=list(x),
        y=[float(value) for value in y],
        name=name,
        mode="markers",
        marker={"size": 13, "symbol": symbol, "color": colour},
        text=list(labels),
        hovertemplate="%{x}: %{y}. %{text}<extra></extra>",
    )
    return trace.to_plotly_json()
