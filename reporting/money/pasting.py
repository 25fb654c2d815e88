"""A pasted block and a grid of a monitoring report: which amount belongs in which box.

The boxes are in £ million. A block says its own unit in a head or a title, or its figures are
beside last time's; where neither tells, a person does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.money import millions
from bcfportal.lib.pasting import grids
from bcfportal.lib.pasting.blocks import Block
from bcfportal.lib.pasting.reading import read
from bcfportal.lib.pasting.result import Question
from bcfportal.lib.periods import Period
from bcfportal.lib.typed_numbers import read_number
from finance.models import MonitoringSection
from finance.monitoring_boxes import Box, as_typed
from finance.monitoring_work import Work
from reporting.pasting import Proposal

Name = MonitoringSection.Name
UNIT = "unit"
UNITS = {"£m": 6, "£000": 3, "£": 0}
_LABELS = {"£m": "£ million", "£000": "£ thousand", "£": "pounds"}
# A total so many times last time's, or so small a part of it, is in another unit or is wrong.
FAR = 8
# In £ million no line of a council is so large; without last time's figures it is asked about.
LARGE = 1_000

_BESIDE = grids.words(
    "annual current revised approved full year latest net total end working final programme "
    "capital draft in agreed years spend expenditure position"
)
_BUDGET = frozenset({"budget", "budgets"})
_FORECAST = grids.words("forecast outturn projected projection estimated")
_OUTTURN = grids.words("outturn actual actuals forecast")


@dataclass(frozen=True)
class _Row:
    name: str
    names: tuple[str, ...]
    boxes: tuple[Box, ...]
    # Pounds that stood in each box in the report before.
    last: tuple[Decimal | None, ...]


def propose(
    work: Work, name: str, block: Block, answers: Mapping[str, str], at: str = ""
) -> Proposal:
    """What the block would change in the section's boxes. ``at`` is the field it was pasted into.

    Totals of the block are left out: the portal works them out.
    """
    rows = _rows(work, name)
    if not rows:
        return Proposal(refused="There are no rows here to put anything in.")
    grid = _grid(work, name, rows)
    reading = read(block, grid, answers, _place(rows, grid, at))
    proposal = Proposal.of(reading, [*grid.choices, ("out", "Leave it out")])
    typed = {box.field: box.text for row in rows for box in row.boxes}
    keys = [column.key for column in grid.columns]
    amounts, found = [], []
    for cell in reading.cells:
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
            found.append((cell, row, place))
            amounts.append((cell.text, cell.unit or cell.unit_of_all, row.last[place]))
    unit = _unit_of(amounts, answers.get(UNIT, ""), proposal)
    for cell, row, place in found:
        said = unit or cell.unit or cell.unit_of_all
        text = in_millions(cell.text, said if said in UNITS else "£m")
        box = row.boxes[place]
        proposal.change(
            typed, box.field, text, row=row.name, box=grid.columns[place].label,
            then_words="" if text == cell.text else f"£{text}m ({cell.text})",
        )  # fmt: skip
    return proposal


def _place(rows, grid, field):
    for number, row in enumerate(rows):
        for column, box in zip(grid.columns, row.boxes, strict=True):
            if box.field == field and not column.of_words:
                return number, column.key
    return None


def _rows(work, name):
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
            for line in work.line_rows
            if line.boxes
        ]
    found = work.reserve_rows if name == Name.RESERVES else work.capital_rows
    return [
        _Row(row.name, (row.slug, row.name), row.boxes, tuple(map(_pounds, row.last)))
        for row in found
    ]


def _pounds(text):
    number = read_number(text, 8)
    return None if number is None else number * 1_000_000


def _grid(work, name, rows):
    report = work.report
    year = Period(report.year)
    period = Period.parse(report.period)
    return grids.Grid(
        rows=[grids.Row(row.names) for row in rows],
        columns=_columns(work, name),
        own=(period, year) if period != year else (year,),
        wholes=(
            [line.node.name for line in work.line_rows if not line.boxes]
            if name == Name.LINES
            else []
        ),
    )


def _columns(work, name):
    is_outturn = work.report.is_outturn
    word, core = ("Outturn", _OUTTURN) if is_outturn else ("Forecast", _FORECAST)
    if name == Name.LINES:
        return (
            grids.Column("budget", "Budget", core=_BUDGET, beside=_BESIDE),
            grids.Column("outturn", word, core=core, beside=_BESIDE),
            grids.Column(
                "explanation",
                "Explanation",
                ("Why", "Reason", "Reason for variance"),
                of_words=True,
            ),
        )
    if name == Name.RESERVES:
        return (
            grids.Column(
                "opening",
                "Balance on 1 April",
                ("Opening balance", "Opening", "Balance brought forward", "Brought forward"),
                core=grids.words("balance opening brought forward"),
                beside=frozenset({"year"}),
                day=(1, 4),
            ),
            grids.Column(
                "planned",
                "Planned use or addition",
                ("Planned usage or addition", "Planned usage", "Planned use"),
                core=grids.words("planned budgeted"),
                beside=grids.words("use usage or addition additions movement year net"),
            ),
            grids.Column(
                "movement",
                "Use or addition",
                ("Movement", "Net movement", "Movement in year", "Use in year"),
                core=grids.words("use usage addition additions"),
                beside=_BESIDE | frozenset({"or", "forecast", "actual", "projected", "outturn"}),
            ),
        )
    return tuple(
        grids.Column(
            f"{figure}-{year}",
            heading,
            core=_BUDGET if figure == "budget" else core,
            beside=_BESIDE,
            year=year,
        )
        for figure, year, heading in work.capital_columns
    )


# What the amounts are in.


def in_millions(text: str, unit: str) -> str:
    """An amount of the unit as it is typed in £ million; a text that is so already stays."""
    number = read_number(text, 8)
    if number is None:
        return ""
    own_scale = text.strip(" )%").lower()[-1:] in ("k", "m")
    if unit == "£m" and not own_scale:
        return text
    return as_typed(number if own_scale else number.scaleb(UNITS[unit]))


def _unit_of(amounts, answer, proposal) -> str:
    """The unit that all amounts are read in; "" where each column says its own.

    Asks where no unit is said and the figures do not tell, or where what is said makes a total that
    is far from last time's.
    """
    if answer in UNITS:
        return answer
    if not amounts:
        return ""
    stated = {unit for _, unit, _ in amounts} & set(UNITS)
    unsaid = any(unit not in UNITS for _, unit, _ in amounts)
    if stated and unsaid:
        # A unit over one column and none over its neighbour is that of both, if it fits.
        assumed = stated.pop() if len(stated) == 1 else ""
    else:
        assumed = "" if stated else "£m"
    now, before, largest = _sums(amounts, assumed)
    far = bool(before) and not before / FAR < now < before * FAR
    large = largest >= (LARGE if assumed and not before and not stated else 10_000)
    if far or large or (stated and unsaid and not assumed):
        words = "In what are these figures?"
        if now and (far or large):
            words += f" Read {_read_in(assumed)} they add up to "
            words += f"£{millions(now * 1_000_000)}m"
            words += f", and last time it was £{millions(before * 1_000_000)}m." if before else "."
        proposal.questions.append(Question(UNIT, words, list(_LABELS.items())))
    return assumed if stated or assumed == "£m" else ""


def _read_in(assumed):
    return f"in {_LABELS[assumed]}" if assumed else "as their heads say"


def _sums(amounts, assumed):
    """(what they come to, what stood there last time, the largest), in £ million without signs.

    Where last time has any of their boxes, only those are compared.
    """
    compared = [each for each in amounts if each[2]]
    now = before = largest = Decimal(0)
    for text, unit, last in amounts:
        number = read_number(in_millions(text, assumed or (unit if unit in UNITS else "£m")), 8)
        size = abs(number or Decimal(0))
        largest = max(largest, size)
        if last or not compared:
            now += size
            before += abs(last or Decimal(0)) / 1_000_000
    return now, before, largest
