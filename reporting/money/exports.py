"""The files of a monitoring report: for each, its columns and a generator of rows.

Figures are exact pounds; an empty cell means that there is none, never zero.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from finance.holdings import capital_table, closing
from finance.monitoring import tree
from finance.statement import Statement


@dataclass(frozen=True)
class MoneyExport:
    name: str
    title: str
    columns: list[str]
    rows: Callable[[Statement], Iterable[list]]


def monitoring_rows(statement):
    root = tree(statement)
    for node in root.walk():
        yield [
            statement.period,
            statement.version,
            node.slug,
            node.name,
            node.area.parent,
            node.depth,
            "total" if node.parts else "line",
            node.area.kind,
            node.budget,
            node.outturn,
            node.variance,
            _percent(node.percent),
            node.word,
            node.previous_variance,
            node.movement,
            node.last_year_actual,
            node.last_year_variance,
            node.next_budget,
            node.area.explanation,
            ". ".join(differing.words for differing in node.differing),
            node.area.source,
            node.area.note,
        ]


def _percent(value):
    return None if value is None else value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def reserve_rows(statement):
    for line in statement.reserves:
        yield [
            statement.period,
            statement.version,
            line.slug,
            line.name,
            line.group,
            line.opening,
            line.planned,
            line.movement,
            closing(line),
            line.closing_printed,
            line.purpose,
            line.source,
            line.note,
        ]


def capital_rows(statement):
    table = capital_table(statement)
    for scheme in table.schemes if table else ():
        for year, line in scheme.lines.items():
            both = line.budget is not None and line.outturn is not None
            yield [
                statement.period,
                statement.version,
                line.slug,
                line.name,
                f"{year}-{(year + 1) % 100:02d}",
                line.budget,
                line.outturn,
                line.outturn - line.budget if both else None,
                line.source,
                line.note,
            ]


MONEY_EXPORTS = {
    export.name: export
    for export in (
        MoneyExport(
            "monitoring",
            "Budget monitoring",
            [
                *("report", "version", "area", "name", "part_of", "level", "kind_of_row", "kind"),
                *("budget", "outturn_or_forecast", "variance", "variance_percent", "word"),
                *("variance_last_period", "movement", "actual_last_year"),
                *("variance_last_year", "budget_next_year", "explanation"),
                *("printed_otherwise", "source", "note"),
            ],
            monitoring_rows,
        ),
        MoneyExport(
            "reserves",
            "Reserves and provisions",
            [
                *("report", "version", "reserve", "name", "group", "opening", "planned"),
                *("movement", "closing", "closing_as_printed", "purpose", "source", "note"),
            ],
            reserve_rows,
        ),
        MoneyExport(
            "capital",
            "Capital programme",
            [
                *("report", "version", "scheme", "name", "year", "budget"),
                *("outturn_or_forecast", "variance", "source", "note"),
            ],
            capital_rows,
        ),
    )
}
