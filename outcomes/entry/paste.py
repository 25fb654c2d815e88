"""A pasted block and the grid of a return's measures: which figure belongs in which box."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.figures import figure, plain
from bcfportal.lib.pasting import grids
from bcfportal.lib.pasting.blocks import Block
from bcfportal.lib.pasting.names import fold
from bcfportal.lib.pasting.reading import read
from bcfportal.lib.pasting.result import Question
from bcfportal.lib.pasting.units import another_unit
from bcfportal.lib.periods import Period
from bcfportal.lib.text.typed_numbers import read_number
from outcomes.entry.boxes import Grid, Row
from outcomes.entry.validation import FIGURES, REASONS, Status, held_back
from outcomes.models import Measure
from projects.models import Council
from publishing.paste import Proposal, names_of_all

_RESULT = grids.word_set(
    "value values result results actual actuals act performance score achieved achievement current "
    "latest this reported outcome rate recent"
)
_BESIDE = grids.word_set(
    "period time value reporting end return measure most per 100000 people population"
)
COLUMNS = (
    grids.Column("value", "Value", ("Result",), core=_RESULT, beside=_BESIDE),
    grids.Column("numerator", "Numerator", ("Num",)),
    grids.Column("denominator", "Denominator", ("Den", "Denom")),
    grids.Column(
        "none",
        "If there is no figure",
        ("Reason", "Reason for no figure", "Why there is no figure", "Why there is none"),
        core=grids.word_set("why reason reasons"),
        beside=grids.word_set("if no none not there figure figures result value data missing"),
        of_words=True,
    ),
    grids.Column(
        "comment",
        "Comment",
        ("Explanation", "Reason for variance"),
        core=grids.REMARKS,
        beside=grids.BESIDE_REMARKS,
        of_words=True,
    ),
    grids.Column("expected", "When expected", ("Expected",), of_words=True),
)
_TITLES = ("Measures", "Vital signs", "Report card", "Report cards", "Quarterly return")
_SAID = {
    Status.NIL: ("nil", "nil return", "nil returns"),
    Status.NOT_YET_AVAILABLE: (
        *("not yet available", "not available yet", "data not yet available", "awaiting data"),
        *("awaited", "awaiting", "data awaited", "tba", "tbc", "nya"),
    ),
    Status.NOT_DUE: ("not due", "not yet due", "not due yet"),
    Status.HELD_BACK: ("held back", "suppressed", "small number"),
}
_REASONS = {fold(reason.label): reason for reason in REASONS} | {
    fold(phrase): reason for reason, several in _SAID.items() for phrase in several
}
_THOUSANDS = {"£000": 3, "£m": 6}
_OF_HEADS = frozenset(("%", "£", "number", *_THOUSANDS))
FRACTION = "fraction"
# 1.2 is 120% beside shares of 1.
MOST_SHARE = 2


def reason_in(text: str) -> str:
    """The reason for no figure that a cell's words choose; "" where they choose none."""
    if len(text) > 60:
        return ""
    reason = _REASONS.get(fold(text)) or (held_back(text) and Status.HELD_BACK)
    return reason.value if reason else ""


def paste_grid(
    grid: Grid, own: Period, of_all: tuple[str, ...] = (), titles: tuple[str, ...] = ()
) -> grids.Grid:
    """The rows of the return's own period, as a block may name them.

    ``of_all`` is what all parts together are called, ``titles`` what the return is.
    """
    segments = {row.segment for row in grid.own if row.segment}
    whole = any(row.segment is None for row in grid.own)
    parts = [
        grids.Part(segment.slug, segment.name, _names(segment))
        for segment in sorted(segments, key=lambda segment: (segment.order, segment.slug))
    ]
    if parts and whole:
        parts.append(grids.Part(grids.WHOLE, "the whole", of_all))
    yearly = all(row.measure.frequency == Measure.Frequency.YEAR for row in grid.own)
    year = Period(own.start_year)
    return grids.Grid(
        rows=[_paste_row(row, bool(parts)) for row in grid.own],
        columns=[_of_own_time(column, own) for column in COLUMNS],
        # What is counted once a year is asked for when the year ends.
        own=(own, year) if yearly and own.last_day == year.last_day else (own,),
        parts=parts,
        default="value",
        of_all=of_all,
        titles=(*_TITLES, *titles),
        units=frozenset(fold(row.unit.strip("%£ ")) for row in grid.own) - {""},
        reason=reason_in,
        refuses=lambda row, key, unit: _other_unit(grid.own[row], key, unit),
    )


def _of_own_time(column: grids.Column, own: Period) -> grids.Column:
    """The column of results, whose heads may say the month of a month's return and no other."""
    if not column.core:
        return column
    return replace(column, beside=column.beside | grids.TIMES[grids.time_of(own)])


def _paste_row(row, split):
    measure = row.measure
    part = row.segment.slug if row.segment else grids.WHOLE
    names = tuple(dict.fromkeys(filter(None, (measure.text, measure.short_title, measure.name))))
    # The name on the screen comes last.
    names = (*(name for name in names if name != measure.name), measure.name)
    return grids.Row(
        names,
        measure.number,
        part if split else "",
        measure.pk,
        so_far=measure.is_so_far,
    )


def _names(segment):
    """What a part may be called: itself, its provider, or the two as tables print them."""
    provider = segment.provider
    # As it is called today; the next name may be in what is pasted already.
    called = dict.fromkeys((provider.today.name, provider.name)) if provider else ()
    both = (
        f"{first} {second}"
        for name in called
        for first, second in ((segment.name, name), (name, segment.name))
    )
    return (segment.name, *called, *both)


def propose(
    grid: Grid,
    own: Period,
    block: Block,
    answers: Mapping[str, str],
    at: str = "",
    *,
    council: Council,
    titles: tuple[str, ...] = (),
) -> Proposal:
    """What the block would change in the grid's boxes. ``at`` is the field it was pasted into.

    ``titles`` are what the return is called.
    """
    asked = paste_grid(grid, own, names_of_all(council), titles)
    reading = read(block, asked, answers, _place(grid, at))
    proposal = Proposal.of(reading)
    typed = {box.field: box.text for row in grid.own for box in row.boxes.values()}
    cells = _shares(reading.cells, grid, proposal, answers)
    for cell in cells:
        _put(proposal, typed, grid.own[cell.row], cell)
    return proposal


def _place(grid, field):
    for number, row in enumerate(grid.own):
        for what in FIGURES:
            if row.boxes[what].field == field:
                return number, what
    return None


def _put(proposal, typed, row, cell):
    reason = "" if cell.key in ("comment", "expected") else reason_in(cell.text)
    if cell.key == "none" and not reason:
        proposal.left_out.append(
            f"“{cell.text[:60]}” at “{row.name}” is not one of the reasons listed."
        )
        return
    if reason:
        labels = {"box": "Why there is none"}
        _change(proposal, typed, row, "none", reason, then_words=Status(reason).label, **labels)
        for what in FIGURES:
            if row.boxes[what].text:
                _change(proposal, typed, row, what, "")
        return
    _change(proposal, typed, row, cell.key, cell.text)
    if cell.key in FIGURES:
        if row.boxes["none"].text:
            _change(proposal, typed, row, "none", "", box="Why there is none")
        # It was said of another figure that it is right.
        if row.boxes["right"].text and row.boxes[cell.key].text != cell.text:
            _change(proposal, typed, row, "right", "", box="This is right")


def _change(proposal, typed, row, what, text, **labels):
    box = row.boxes[what]
    now = Status(box.text).label if what == "none" and box.text in Status.values else ""
    labels = {"row": row.name, "box": grids_label(what), "now_words": now} | labels
    proposal.change(typed, box.field, text, **labels)


def grids_label(what: str) -> str:
    return next((column.label for column in COLUMNS if column.key == what), what.capitalize())


def _other_unit(row: Row, key: str, unit: str) -> str:
    """Why a figure in one unit is none of a row with another, in half a sentence.

    ``unit`` is that of a head ("%", "number", "£000"), or words ("hours", "per 1,000").
    """
    if unit and unit not in _OF_HEADS:
        if key != "value" or not another_unit(unit, row.unit, row.measure.name):
            return ""
        own = f"in {row.unit}" if row.unit else "a number"
        return f"it is in {unit.casefold()}, the row is {own}."
    said = "£" if unit in _THOUSANDS else unit
    wanted = "%" if row.unit.startswith("%") else row.unit
    if key != "value" or said == wanted or (said == "number" and wanted not in ("%", "£")):
        return ""
    column = "a number" if said == "number" else f"in {said}"
    return f"the column is {column}, the row is {f'in {wanted}' if wanted else 'a number'}."


def _shares(cells, grid, proposal, answers):
    """The cells in the units of their rows; shares of 1 in a row of per cents are asked about."""
    cells = [_in_pounds(cell, grid.own[cell.row]) for cell in cells]
    shares = [cell for cell in cells if _is_share(cell, grid.own[cell.row])]
    numbers = [present(_number(cell.text)) for cell in shares]
    if not any(number % 1 for number in numbers) or max(map(abs, numbers)) > MOST_SHARE:
        return cells
    example = next(cell for cell in shares if present(_number(cell.text)) % 1)
    number = present(_number(example.text))
    as_share = f"{figure(plain(number * 100), '%')}"
    options = [
        ("share", f"{as_share}: they are shares of 1"),
        ("as typed", f"{figure(number, '%')}"),
    ]
    answer = answers.get(FRACTION, "")
    if answer not in dict(options):
        question = f"What does {example.text} stand for, at “{grid.own[example.row].name}”?"
        proposal.questions.append(Question(FRACTION, question, options))
    if answer == "share":
        return [
            replace(cell, text=f"{plain(present(_number(cell.text)) * 100):f}%")
            if cell in shares
            else cell
            for cell in cells
        ]
    return cells


def _number(text) -> Decimal | None:
    try:
        return read_number(text, 8)
    except ValueError:
        return None


def _is_share(cell, row):
    number = _number(cell.text) if cell.key == "value" and "%" not in cell.text else None
    return row.unit.startswith("%") and number is not None


def _in_pounds(cell, row):
    """A figure in thousands of pounds as pounds, where the row is in pounds."""
    places = _THOUSANDS.get(cell.unit or cell.unit_of_all, 0)
    number = _number(cell.text)
    if row.unit != "£" or not places or number is None or cell.key != "value":
        return cell
    return replace(cell, text=f"{plain(number.scaleb(places)):f}")
