"""Plotly figures in the portal's style, as plain data that a page carries as JSON."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

# Told apart by lightness and by pattern, so that the chart reads without colour.
_SHADES = ("", "#7f8f9c", "#c4ccd2", "#3f4a52")
_PATTERNS = ("", "/", ".", "x")


def bars(
    x: Sequence[str], y: Sequence[Decimal | None], *, name: str, place: int, accent: str
) -> dict:
    """One series of bars; ``place`` chooses its shade and pattern, the first is the accent."""
    trace = go.Bar(
        x=list(x),
        y=[None if value is None else float(value) for value in y],
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
        hovertemplate="%{x}, %{fullData.name}: £%{y:,.0f}<extra></extra>",
    )
    return trace.to_plotly_json()


def chart_layout(prefix: str, *, stacked: bool = False) -> dict:
    """The layout that all charts share; ``prefix`` stands before each figure of the axis."""
    layout = go.Layout(
        barmode="stack" if stacked else "group",
        bargap=0.35,
        font={"family": "Arial, Helvetica, sans-serif", "size": 16, "color": "#0b0c0c"},
        margin={"l": 70, "r": 10, "t": 10, "b": 40},
        legend={"orientation": "h", "y": -0.15, "traceorder": "normal"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        yaxis={"tickprefix": prefix, "gridcolor": "#cecece", "zerolinecolor": "#0b0c0c"},
        xaxis={"type": "category"},
        dragmode=False,
        template=None,
    )
    return layout.to_plotly_json()
