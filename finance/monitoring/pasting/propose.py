"""A pasted block and a grid of a monitoring report: which amount belongs in which box.

The boxes are in £ million. A block says its own unit in a head or a title, or its figures are
beside last time's; where neither tells, a person does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.pasting import grids
from bcfportal.lib.pasting.blocks import Block
from bcfportal.lib.pasting.names import shortened
from bcfportal.lib.pasting.reading import read
from bcfportal.lib.pasting.result import Reading
from bcfportal.lib.periods import Period
from bcfportal.lib.text.typed_numbers import read_number, read_typed
from finance.models import MonitoringSection
from finance.monitoring.draft import Draft
from finance.monitoring.pasting.agreement import Signs, agreed
from finance.monitoring.pasting.units import Amount, in_millions, units_of
from publishing.paste import Proposal, names_of_all
from typed.boxes import Box

Name = MonitoringSection.Name

_BESIDE = grids.word_set(
    "annual current revised approved full year latest net total end working final programme "
    "in agreed years spend position ending ended until"
)
# Of the areas, the expenditure and what is capital are a part: the boxes are net.
_OF_CAPITAL = frozenset({"capital", "expenditure"})
_NET = ("Net expenditure {}", "{} net expenditure", "{} for net expenditure")
_OTHER_UNITS = {"%": "in per cent", "number": "a number, and no amount"}
# A budget of a year that is to come is no other for being a draft.
_NOT_YET = frozenset({"draft"})
_BUDGET = frozenset({"budget", "budgets"})
_FORECAST = grids.word_set("forecast outturn projected projection estimated")
_MOVES = grids.word_set("use usage used addition additions added")
_EXPLAINS = grids.word_set("explanation explanations why reason reasons")
_EXPLAINED = grids.word_set(
    "variance variances overspend underspend overspends underspends over under spend main key "
    "major forecast budget outturn"
)
_OUTTURN = grids.word_set("outturn actual actuals forecast")

# What stands over the tables of each section.
_TITLES = {
    Name.LINES: (
        *("Revenue", "Revenue budget", "Budget monitoring", "Revenue monitoring", "Finance report"),
        *("Forecast outturn", "Spending by area", "Expenditure"),
    ),
    Name.RESERVES: (
        *("Reserves", "Reserves and provisions", "Budget monitoring", "Finance report"),
        "Earmarked reserves",
    ),
    Name.CAPITAL: (
        *("Capital", "Capital programme", "Capital schemes", "Budget monitoring"),
        *("Capital monitoring", "Finance report"),
    ),
}


@dataclass(frozen=True)
class _Row:
    name: str
    names: tuple[str, ...]
    boxes: tuple[Box, ...]
    # Pounds that stood in each box in the report before.
    last: tuple[Decimal | None, ...]


def propose(
    draft: Draft, name: str, block: Block, answers: Mapping[str, str], at: str = ""
) -> Proposal:
    """What the block would change in the section's boxes. ``at`` is the field it was pasted into.

    Totals of the block are left out: the portal works them out.
    """
    rows = _rows(draft, name)
    if not rows:
        return Proposal(refused="There are no rows here to put anything in.")
    grid = _grid(draft, name, rows)
    reading = read(block, grid, answers, _place(rows, grid, at))
    _leave_out_shares(reading, grid, rows)
    proposal = Proposal.of(reading)
    typed = {box.field: box.text for row in rows for box in row.boxes}
    keys = [column.key for column in grid.columns]
    placed = []
    signs = Signs("opening", ("planned", "movement")) if name == Name.RESERVES else None
    called = {number: row.name for number, row in enumerate(rows)}
    for cell in agreed(reading, called, signs, answers, proposal):
        row, place = rows[cell.row], keys.index(cell.key)
        if grid.columns[place].of_words:
            proposal.change(
                typed,
                row.boxes[place].field,
                cell.text,
                row=row.name,
                box=grid.columns[place].label,
            )
        else:
            placed.append((cell, row, place))
    amounts = [
        Amount(cell.text, cell.column, cell.unit or cell.unit_of_all, cell.row, row.last[place])
        for cell, row, place in placed
    ]
    units = units_of(amounts, reading, answers, proposal)
    for cell, row, place in placed:
        text = in_millions(cell.text, units[cell.column])
        box = row.boxes[place]
        proposal.change(
            typed, box.field, text, row=row.name, box=grid.columns[place].label,
            then_words="" if text == cell.text else f"£{text}m ({cell.text})",
        )  # fmt: skip
    return proposal


def _leave_out_shares(reading: Reading, grid: grids.Grid, rows: list[_Row]) -> None:
    """Leaves out what is in per cent, whatever unit its head says: a share is no amount."""
    amounts = []
    for cell in reading.cells:
        typed = None if grid.column(cell.key).of_words else read_typed(cell.text, 8)
        if typed and typed.sign == "%":
            name = shortened(rows[cell.row].name)
            reading.left_out.append(
                f"{shortened(cell.text)} at “{name}” is left out: it is {_OTHER_UNITS['%']}."
            )
        else:
            amounts.append(cell)
    reading.cells[:] = amounts


def _place(rows, grid, field):
    for number, row in enumerate(rows):
        for column, box in zip(grid.columns, row.boxes, strict=True):
            if box.field == field and not column.of_words:
                return number, column.key
    return None


def _rows(draft, name):
    if name == Name.LINES:
        return [
            _Row(
                line.node.name,
                (line.node.slug, line.node.name),
                (*line.boxes, line.explanation),
                (
                    line.last.budget if line.last else None,
                    line.last.outturn if line.last else None,
                    None,
                ),
            )
            for line in draft.line_rows
            if line.boxes
        ]
    rows = draft.reserve_rows if name == Name.RESERVES else draft.capital_rows
    return [
        _Row(row.name, (row.slug, row.name), row.boxes, tuple(map(_pounds, row.last)))
        for row in rows
    ]


def _pounds(text):
    number = read_number(text, 8)
    return None if number is None else number * 1_000_000


def _grid(draft, name, rows):
    report = draft.report
    year = Period(report.year)
    period = Period.parse(report.period)
    return grids.Grid(
        rows=[grids.Row(row.names) for row in rows],
        columns=_columns(draft, name),
        own=(period, year) if period != year else (year,),
        of_all=names_of_all(report.council),
        of_year=True,
        other_units=_OTHER_UNITS,
        titles=_TITLES[name],
        wholes=(
            [line.node.name for line in draft.line_rows if not line.boxes]
            if name == Name.LINES
            else []
        ),
    )


def _net(word: str) -> tuple[str, ...]:
    return tuple(name.format(word) for name in _NET)


def _columns(draft, name):
    is_outturn = draft.report.is_outturn
    word, core = ("Outturn", _OUTTURN) if is_outturn else ("Forecast", _FORECAST)
    if name == Name.LINES:
        return (
            grids.Column("budget", "Budget", _net("Budget"), core=_BUDGET, beside=_BESIDE),
            grids.Column("outturn", word, _net(word), core=core, beside=_BESIDE),
            grids.Column(
                "explanation",
                "Explanation",
                ("Why", "Reason", "Reason for variance"),
                core=grids.REMARKS | _EXPLAINS,
                beside=grids.BESIDE_REMARKS | _EXPLAINED,
                of_words=True,
            ),
        )
    if name == Name.RESERVES:
        return (
            grids.Column(
                "opening",
                "Balance on 1 April",
                ("Opening balance", "Opening", "Balance brought forward", "Brought forward"),
                core=grids.word_set("balance opening brought forward"),
                beside=frozenset({"year"}),
                day=(1, 4),
            ),
            grids.Column(
                "planned",
                "Planned use or addition",
                ("Planned usage or addition", "Planned usage", "Planned use"),
                core=grids.word_set("planned budgeted"),
                beside=_MOVES | grids.word_set("or movement year net"),
            ),
            grids.Column(
                "movement",
                "Use or addition",
                ("Movement", "Net movement", "Movement in year", "Use in year"),
                core=_MOVES,
                beside=_BESIDE | frozenset({"or", "forecast", "actual", "projected", "outturn"}),
            ),
        )
    return tuple(
        grids.Column(
            f"{figure}-{year}",
            heading,
            core=_BUDGET if figure == "budget" else core,
            beside=_BESIDE | _OF_CAPITAL | (_NOT_YET if year > draft.report.year else frozenset()),
            year=year,
        )
        for figure, year, heading in draft.capital_columns
    )
