"""The files of a monitoring report: for each, its columns and a generator of rows.

Figures are exact pounds; an empty cell means that there is none, never zero.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bcfportal.lib.versions import standing_address
from finance.monitoring.published import Money
from finance.monitoring.tables import capital_table, closing
from finance.monitoring.tree import FIGURES


@dataclass(frozen=True)
class MoneyExport:
    name: str
    title: str
    columns: list[str]
    rows: Callable[[Money], Iterable[list]]


def monitoring_rows(money):
    statement = money.statement
    was = {node.slug: node for node in money.before_root.walk()} if money.before_root else {}
    for node in money.root.walk():
        old = was.get(node.slug)
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
            ". ".join(f"{words}: {beside}" for words, beside in _besides(node) if beside),
            node.area.source,
            node.area.note,
            *(
                getattr(old, figure)
                if old and getattr(old, figure) != getattr(node, figure)
                else None
                for figure in ("budget", "outturn", "variance")
            ),
            *_standing(money),
        ]


def _besides(node):
    for figure, words in (*FIGURES, ("percent", "per cent")):
        yield words, node.beside(figure)


def _standing(money):
    """Of every row: when its version was published, what it corrects, what became of it."""
    version = money.version
    return [version.published_on, version.corrected_words, version.standing_words]


STANDING_COLUMNS = ("published_on", "correction", "standing")
VERSION_COLUMNS = ["What", "Now", "Before"]


def version_rows(money):
    """A sheet for the reader of a workbook: which version it is, and what it corrects."""
    version = money.version
    yield ["Version", version.published_words, None]
    yield ["Fingerprint", version.fingerprint, None]
    yield ["Whether it still stands", standing_address(version), None]
    if version.standing_words:
        yield ["Standing", version.standing_words, None]
    if version.is_correction:
        yield [version.corrected_words, None, None]
    for each in version.corrections:
        yield [each.what, each.after, each.before]


def _percent(value):
    if value is None:
        return None
    # Adding 0 takes the minus from what rounds to nothing.
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) + 0


def reserve_rows(money):
    statement = money.statement
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
            *_standing(money),
        ]


def capital_rows(money):
    statement = money.statement
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
                *_standing(money),
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
                *("printed_otherwise", "worked_out_otherwise", "source", "note"),
                *("budget_before_correction", "outturn_or_forecast_before_correction"),
                *("variance_before_correction", *STANDING_COLUMNS),
            ],
            monitoring_rows,
        ),
        MoneyExport(
            "reserves",
            "Reserves and provisions",
            [
                *("report", "version", "reserve", "name", "group", "opening", "planned"),
                *("movement", "closing", "closing_as_printed", "purpose", "source", "note"),
                *STANDING_COLUMNS,
            ],
            reserve_rows,
        ),
        MoneyExport(
            "capital",
            "Capital programme",
            [
                *("report", "version", "scheme", "name", "year", "budget"),
                *("outturn_or_forecast", "variance", "source", "note"),
                *STANDING_COLUMNS,
            ],
            capital_rows,
        ),
    )
}
