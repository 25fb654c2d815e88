"""The files of a monitoring report: for each, its columns and a generator of rows.

Figures are exact pounds; an empty cell means that there is none, never zero.
"""

from decimal import ROUND_HALF_UP, Decimal

from bcfportal.lib.exports import Export, by_name
from bcfportal.lib.versions import VERSION_COLUMNS, version_rows
from finance.monitoring.published import Money
from finance.monitoring.tables import capital_table, closing
from finance.monitoring.tree import FIGURES, Node


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
            money.compared_words if node.previous_variance is not None else "",
            *_compared_now(money, node),
            node.last_year_actual,
            node.last_year_variance,
            node.next_budget,
            node.area.explanation,
            ". ".join(differing.sentence for differing in node.differing),
            ". ".join(f"{label}: {beside}" for label, beside in _besides(node) if beside),
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


def _compared_now(money: Money, node: Node) -> tuple[Decimal | None, Decimal | None]:
    """Variance and movement by what stands now, where either is another than it was printed."""
    compared = money.compared_now.get(node.slug)
    if compared is None:
        return None, None
    then, now = compared.then, compared.now
    return (
        now.previous_variance if now.previous_variance != then.previous_variance else None,
        now.movement if now.movement != then.movement else None,
    )


def _besides(node):
    for figure, label in (*FIGURES, ("percent", "per cent")):
        yield label, node.beside(figure)


def _standing(money):
    """Of every row: when its version was published, and what is said of it."""
    version = money.version
    said = [version.corrected_words, version.standing_words, version.approved_own]
    return [version.published_on, *said]


REPORT = ("report", "2017-18-m06 is the report at month 6 of 2017/18, 2017-18 its outturn.")
NUMBER = ("version", "Which version of the report this is.")
NAME = ("name", "As the source names it.")
SOURCE = ("source", "The document, and where in it.")
NOTE = ("note", "What was lost or disagrees.")
STANDING_COLUMNS = [
    ("published_on", "When the version was published; empty where it is not."),
    ("correction", "When and why the version before it was corrected."),
    ("standing", "What became of the version; empty while it is current."),
    ("approval", "Where who wrote the report approved it, that the council allows it."),
]


def workbook_rows(money):
    """A sheet for the reader of a workbook: which version it is, and what it corrects."""
    yield from version_rows(money.version)
    if money.compared_words:
        yield ["The report compared with", money.compared_words, None]


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
            variance = None
            if line.budget is not None and line.outturn is not None:
                variance = line.outturn - line.budget
            yield [
                statement.period,
                statement.version,
                line.slug,
                line.name,
                f"{year}-{(year + 1) % 100:02d}",
                line.budget,
                line.outturn,
                variance,
                line.source,
                line.note,
                *_standing(money),
            ]


VERSION = Export(
    "version",
    "Version",
    "Which version the workbook is of, and one row for each thing that it corrects.",
    VERSION_COLUMNS,
    workbook_rows,
)
MONEY_EXPORTS = by_name(
    Export(
        "monitoring",
        "Budget monitoring",
        "One row for each area of the budget: the whole first, each part below what it is part of.",
        [
            REPORT,
            NUMBER,
            ("area", "The area's name in addresses."),
            NAME,
            ("part_of", "The area that it is part of; empty for the whole."),
            ("level", "How many areas it is within: 0 for the whole."),
            ("kind_of_row", "total where it has parts, else line."),
            ("kind", "expenditure or income."),
            ("budget", "Pounds for the year. Income is negative."),
            ("outturn_or_forecast", "Pounds: the outturn, or what is expected for the year."),
            ("variance", "Pounds: the outturn or forecast less the budget."),
            (
                "variance_percent",
                "The variance as a per cent of the budget; empty where there is none.",
            ),
            ("word", "What the variance is called: overspend, under-recovery, on budget."),
            ("variance_last_period", "Pounds: the variance in the report before."),
            ("movement", "Pounds that the variance has changed by since; more is worse."),
            (
                "last_period_since",
                "What became of the report compared with; empty while it is current.",
            ),
            (
                "variance_last_period_now",
                "What the version that stands since of that report gives, where it is another.",
            ),
            ("movement_now", "The movement by what that version gives, where it is another."),
            ("actual_last_year", "Pounds: the outturn of the year before."),
            ("variance_last_year", "Pounds: the outturn less the budget of the year before."),
            ("budget_next_year", "Pounds for the year after."),
            ("explanation", "Why it differs from the budget."),
            ("printed_otherwise", "Figures that the source prints differently elsewhere."),
            (
                "worked_out_otherwise",
                "What the lines add up to, where the source prints another total.",
            ),
            SOURCE,
            NOTE,
            ("budget_before_correction", "What the budget was, where this version corrects it."),
            (
                "outturn_or_forecast_before_correction",
                "What the outturn or forecast was, where this version corrects it.",
            ),
            (
                "variance_before_correction",
                "What the variance was, where this version corrects it.",
            ),
            *STANDING_COLUMNS,
        ],
        monitoring_rows,
        beside=(VERSION,),
    ),
    Export(
        "reserves",
        "Reserves and provisions",
        "One row for each reserve or provision.",
        [
            REPORT,
            NUMBER,
            ("reserve", "The reserve's name in addresses."),
            NAME,
            ("group", "reserves or provisions."),
            ("opening", "Pounds on 1 April."),
            ("planned", "Pounds that were agreed to be used (negative) or added."),
            ("movement", "Pounds used (negative) or added, or expected to be."),
            ("closing", "Pounds: the opening balance with the movement."),
            ("closing_as_printed", "Pounds, where the source prints them."),
            ("purpose", "What it is held for."),
            SOURCE,
            NOTE,
            *STANDING_COLUMNS,
        ],
        reserve_rows,
        beside=(VERSION,),
    ),
    Export(
        "capital",
        "Capital programme",
        "One row for each year of each scheme.",
        [
            REPORT,
            NUMBER,
            ("scheme", "The scheme's name in addresses."),
            NAME,
            ("year", "2017-18 is April 2017 to March 2018."),
            ("budget", "Pounds for the year."),
            ("outturn_or_forecast", "Pounds: the outturn, or what is expected for the year."),
            ("variance", "Pounds: the outturn or forecast less the budget."),
            SOURCE,
            NOTE,
            *STANDING_COLUMNS,
        ],
        capital_rows,
        beside=(VERSION,),
    ),
)
