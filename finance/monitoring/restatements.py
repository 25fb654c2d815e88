"""One thing with two values: the same figure in two tables, or in a table and in the text.

Pounds, except what is a per cent. Two printings agree where rounding explains the difference.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.discrepancies import Discrepancy, differ, half_step
from bcfportal.lib.money import million_pounds, millions
from bcfportal.lib.sums import sum_present
from finance.monitoring.content import Statement
from finance.monitoring.tree import HALF_STEP, Node, tree

TWICE = "One figure has two values"
OF_ROWS = ("budget", "outturn", "variance", "last_year_actual", "last_year_variance", "next_budget")
# What the lines of an area come to.
OWN = (*OF_ROWS, "percent")
# What an area's figure is called in the text and in the tables.
SAME = {"last year's variance": "last_year_variance"}
MOVES = ("change since last period", "change on last year", "budget on last year", "all years")


@dataclass(frozen=True)
class Printing:
    """A value as it stands in one place, and by how much rounding may have moved it."""

    value: Decimal
    room: Decimal
    text: str
    source: str

    def agrees(self, other: "Printing") -> bool:
        return not differ(self.value, other.value, self.room + other.room)


def other_printings(statement: Statement, disagreement) -> Iterator[Discrepancy]:
    """Each printing that disagrees with the printing that the portal goes by."""
    root = tree(statement)
    names = _names(statement)
    for (kind, of, what), printings in _printings(statement).items():
        if what in MOVES:
            references = _worked_out(statement, root, kind, of, what)
            if not references:
                continue
            odd = [p for p in printings if not any(p.agrees(r) for r in references)]
            reference = references[0]
        else:
            reference = _nearest(printings, root, kind, of, what)
            odd = [p for p in printings if not p.agrees(reference)]
        for value, same in _by_value(odd).items():
            is_percent = what == "percent"
            yield disagreement(
                TWICE,
                f"{names.get((kind, of), of)}: {what.replace('_', ' ')}",
                f"twice:{kind}:{of}:{what}:{value.normalize():f}",
                (reference.text, reference.source),
                (same[0].text, "; ".join(dict.fromkeys(p.source for p in same))),
                _size(value - reference.value, is_percent),
            )


def _size(difference, is_percent):
    if is_percent:
        return f"{abs(difference).normalize():f} percentage points"
    return million_pounds(abs(difference))


def _names(statement):
    return (
        {("area", area.slug): area.name for area in statement.areas}
        | {("reserve", line.slug): line.name for line in statement.reserves}
        | {("scheme", line.slug): line.name for line in statement.capital}
        | {("total", total.of): total.of.capitalize() for total in statement.totals}
    )


def _printings(statement) -> dict[tuple[str, str, str], list[Printing]]:
    """Every printing by what it is of: (kind of thing, slug, figure)."""
    by_thing: dict[tuple[str, str, str], list[Printing]] = {}

    def add(kind, of, what, value, room, text, source):
        if value is not None:
            printing = Printing(value, room, text, source)
            by_thing.setdefault((kind, of, what), []).append(printing)

    for row in statement.rows:
        if not row.area:
            continue
        source = row.source or row.table
        for what in OF_ROWS:
            value = getattr(row, what)
            if value is not None:
                add("area", row.area, what, value, HALF_STEP, millions(value), source)
        if row.percent is not None:
            text = f"{row.percent:.{row.percent_places}f}%"
            add(
                "area",
                row.area,
                "percent",
                row.percent,
                half_step(row.percent_places),
                text,
                source,
            )
    for total in statement.totals:
        if total.of != "capital programme":
            for what in ("opening", "movement", "closing"):
                value = getattr(total, what)
                if value is not None:
                    add("total", total.of, what, value, HALF_STEP, millions(value), total.source)
    for line in statement.reserves:
        for what, value in (
            ("opening", line.opening),
            ("movement", line.movement),
            ("closing", line.closing_printed),
        ):
            if value is not None:
                add("reserve", line.slug, what, value, HALF_STEP, millions(value), line.source)
    for other in statement.others:
        # Uses that were agreed one after the other are several things.
        if other.what == "agreed use":
            continue
        what = SAME.get(other.what, other.what)
        room = half_step(other.places)
        if what != "percent":
            room *= 1_000_000
        add(other.kind, other.of, what, other.value, room, f"“{other.as_printed}”", other.source)
    return by_thing


def _nearest(printings, root: Node, kind, of, what) -> Printing:
    """The printing that stands for the thing: the one nearest to what the lines come to.

    Where no line says, the first. Text alone is held against the lines themselves.
    """
    node = root.find(of) if kind == "area" else None
    value = node.own(what) if node and what in OWN else None
    if value is None:
        return printings[0]
    return min(printings, key=lambda printing: abs(printing.value - value))


def _worked_out(statement, root: Node, kind, of, what) -> list[Printing]:
    """What the thing comes to, from lines and from printed totals: one that agrees is enough."""
    if what == "all years":
        lines = [line for line in statement.capital if kind == "total" or line.slug == of]
        printings = [_summed([line.budget for line in lines], "The schemes come to", statement)]
        if kind == "total":
            totals = [total.budget for total in statement.totals if total.of == of]
            printings.append(_summed(totals, "The printed totals come to", statement))
        return [printing for printing in printings if printing]
    node = root.find(of)
    if node is None:
        return []
    if what == "change since last period":
        variance = node.own("variance")
        if variance is None or node.area.previous_variance is None:
            return []
        printed = [row.variance for row in node.rows if row.variance is not None]
        pairs = [(variance, node.area.previous_variance)] + [
            (now, before) for now in printed for before in node.area.previous_printed
        ]
        leaves = node.leaves_of("budget") + node.leaves_of("outturn")
        return [_difference(now, before, leaves, statement) for now, before in pairs]
    figure = "outturn" if what == "change on last year" else "budget"
    now, before = node.own(figure), node.own("last_year_actual")
    if now is None or before is None:
        return []
    leaves = node.leaves_of(figure) + node.leaves_of("last_year_actual")
    return [_difference(now, before, leaves, statement)]


def _difference(now, before, leaves, statement):
    text = f"{millions(now)} less {millions(before)} is {millions(now - before)}"
    return Printing(now - before, HALF_STEP * leaves, text, f"Lines of {statement.label}")


def _summed(amounts, label, statement):
    value, count, _ = sum_present(amounts)
    if value is None:
        return None
    return Printing(
        value, HALF_STEP * count, f"{label} {millions(value)}", f"Lines of {statement.label}"
    )


def _by_value(printings):
    by_value: dict[Decimal, list[Printing]] = {}
    for printing in printings:
        by_value.setdefault(printing.value, []).append(printing)
    return by_value
