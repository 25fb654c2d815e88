"""Charts drawn as SVG for papers: no script, text in the papers' own font.

A drawing says nothing that its table does not, and is told in words beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 12, 34
FONT = "Source Sans 3"
INK, QUIET, HAIRLINE = "#0b0c0c", "#505a5f", "#d5d8da"
SHAPES = {
    "square": '<rect x="{x0}" y="{y0}" width="9" height="9" fill="{colour}"/>',
    "triangle-up": '<path d="M{x} {y0}l5.500 9.500h-11z" fill="{colour}"/>',
    "diamond": '<path d="M{x} {y0}l5.500 5-5.500 5-5.500-5z" fill="{colour}"/>',
}


@dataclass(frozen=True)
class Line:
    """A line over the periods; None is a gap. ``dash`` is in SVG's words."""

    values: Sequence[Decimal | None]
    colour: str = QUIET
    width: float = 1
    dash: str = ""
    dots: bool = False


@dataclass(frozen=True)
class Drawing:
    """What is drawn: labels under the axis, lines over them, marked points, break lines.

    ``marks`` are (place, value, shape, colour); ``breaks`` are (place of the first point after it,
    words). All values are in one unit, whose sign ``suffix`` stands behind the axis' figures.
    """

    labels: Sequence[str]
    lines: Sequence[Line]
    marks: Sequence[tuple[int, Decimal, str, str]] = ()
    breaks: Sequence[tuple[int, str]] = ()
    suffix: str = ""


def svg(drawing: Drawing) -> str:
    """The drawing as an SVG document. Raises ValueError where no line has a value."""
    values = [float(v) for line in drawing.lines for v in line.values if v is not None]
    if not values:
        raise ValueError("There is nothing to draw.")
    low, high = _bounds(min(values), max(values))
    count = len(drawing.labels)

    def x(place: float) -> float:
        inside = WIDTH - LEFT - RIGHT
        return LEFT + (inside * (place + 0.5) / count)

    def y(value: float | Decimal) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - float(value)) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FONT}" font-size="10">'
    ]
    for step in range(5):
        value = low + (high - low) * step / 4
        parts.append(
            f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="{HAIRLINE}"/>'
            f'<text x="{LEFT - 5}" y="{y(value) + 3:.1f}" text-anchor="end" fill="{QUIET}">'
            f"{escape(_tick(value, high - low) + drawing.suffix)}</text>"
        )
    every = max(1, -(-count // 14))
    for place, label in enumerate(drawing.labels):
        if (count - 1 - place) % every == 0:
            parts.append(
                f'<text x="{x(place):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle" '
                f'fill="{QUIET}">{escape(label)}</text>'
            )
    for line in drawing.lines:
        parts += _line(line, x, y)
    for place, marked, shape, colour in drawing.marks:
        at = {"x": f"{x(place):.1f}", "y0": f"{y(marked) - 5:.1f}", "x0": f"{x(place) - 4.5:.1f}"}
        parts.append(SHAPES[shape].format(**at, colour=colour))
    for number, (place, text) in enumerate(drawing.breaks):
        edge = (x(place) + x(place - 1)) / 2 if place else LEFT
        # The words stand on the side that has more room.
        beside, anchor = (edge + 4, "start") if edge < WIDTH / 2 else (edge - 4, "end")
        parts.append(
            f'<path d="M{edge:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="{INK}" stroke-width="1.5" '
            f'stroke-dasharray="6 3"/><text x="{beside:.1f}" y="{TOP + 10 + 12 * (number % 3)}" '
            f'text-anchor="{anchor}" fill="{INK}">{escape(text[:60])}</text>'
        )
    return "".join([*parts, "</svg>"])


def _line(
    line: Line, x: Callable[[int], float], y: Callable[[Decimal | float], float]
) -> Iterator[str]:
    runs: list[list[tuple[float, float]]] = []
    run: list[tuple[float, float]] = []
    for place, value in enumerate(line.values):
        if value is None:
            runs.append(run)
            run = []
        else:
            run.append((x(place), y(value)))
    runs.append(run)
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    for points in runs:
        if len(points) > 1:
            path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
            yield (
                f'<polyline points="{path}" fill="none" stroke="{line.colour}" '
                f'stroke-width="{line.width}"{dash}/>'
            )
        if line.dots or len(points) == 1:
            for a, b in points:
                yield f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.6" fill="{line.colour}"/>'


def _bounds(low: float, high: float) -> tuple[float, float]:
    span = (high - low) or abs(high) or 1.0
    return low - span * 0.08, high + span * 0.08


def _tick(value: float, span: float) -> str:
    places = 0 if span >= 20 else 1 if span >= 2 else 2
    text = f"{value:,.{places}f}"
    return "0" if text.strip("-0.,") == "" else text.replace("-", "−")
