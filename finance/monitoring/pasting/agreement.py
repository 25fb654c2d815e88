"""Whether a block of money agrees with itself: its closing balances, its totals, and its signs.

A use of a reserve is negative in the boxes. A block that heads it "use" may print it without a
sign: its own closing balance tells, and a person says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bcfportal.lib.pasting.grids import word_set
from bcfportal.lib.pasting.heads import read_head
from bcfportal.lib.pasting.meaning import OUT
from bcfportal.lib.pasting.names import shortened
from bcfportal.lib.pasting.result import Cell, Question, Reading, Total
from bcfportal.lib.text.typed_numbers import read_number
from publishing.paste import Proposal

PENCE = 8
USE, TYPED, PLACE = "use", "typed", "place"
_USE = word_set("use usage used drawdown drawdowns withdrawal withdrawals drawn")
_EITHER = word_set("addition additions contribution contributions net movement change")
_CLOSING = word_set("closing carried")
_MARCH = 3


@dataclass(frozen=True)
class Signs:
    """The columns of a grid that hold an opening balance and its uses; the last changes it."""

    opening: str
    uses: tuple[str, ...]


def agreed(
    reading: Reading,
    names: Mapping[int, str],
    signs: Signs | None,
    answers: Mapping[str, str],
    proposal: Proposal,
) -> list[Cell]:
    """The cells with the signs that are meant, without what a person leaves out.

    ``names`` are those of the rows. Asks in the proposal what the block itself does not agree with.
    """
    cells = list(reading.cells)
    if signs:
        cells = _signed(cells, reading, signs, answers, proposal)
        if proposal.questions:
            # What is added or taken out comes before what it comes to.
            return cells
        cells = _closing(cells, reading, names, signs, answers, proposal)
    return _totals(cells, reading, answers, proposal)


def _number(text: str) -> Decimal:
    return read_number(text, PENCE) or Decimal(0)


def _half(*texts: str) -> Decimal:
    """By how much figures may differ that were rounded as these are printed."""
    exponents = [int(_number(text).as_tuple().exponent) for text in texts]
    printed = [len(text.partition(".")[2].strip(") -%")) for text in texts]
    return sum(
        (
            Decimal(1).scaleb(-max(places, -exponent, 0)) / 2
            for places, exponent in zip(printed, exponents, strict=True)
        ),
        Decimal(0),
    )


def _closings(reading: Reading) -> dict[int, Cell]:
    """The closing balance that the block prints, by row."""
    heads = {place.number: read_head(place.head) for place in reading.columns}
    return {cell.row: cell for cell in reading.beside if _is_closing(heads.get(cell.column))}


def _is_closing(head):
    if head is None:
        return False
    said, when = set(head.phrase.split()), head.when
    at_end = when.day.month == _MARCH if when.day else when.month == _MARCH
    return bool(said & _CLOSING) or ("balance" in said and at_end)


def _signed(cells, reading, signs, answers, proposal):
    heads = {place.number: place.head for place in reading.columns}
    by_row = {(cell.row, cell.key): cell for cell in cells}
    closings = _closings(reading)
    for key in signs.uses:
        mine = [cell for cell in cells if cell.key == key and _number(cell.text)]
        if not mine:
            continue
        tells = key == signs.uses[-1]
        doubted = _is_doubted(mine, heads[mine[0].column], by_row, closings, signs, tells)
        if not doubted:
            continue
        column = mine[0].column
        field = f"sign-{column + 1}"
        answer = answers.get(field, "")
        if answer not in (USE, TYPED):
            proposal.questions.append(_asks_sign(field, heads[column], doubted))
        if answer == USE:
            cells = [_turned(cell) if cell.key == key else cell for cell in cells]
    return cells


def _is_doubted(mine, head, by_row, closings, signs, tells):
    """An example of a cell whose sign is not sure; None where the block tells it."""
    said = set(read_head(head).phrase.split())
    agree = turn = None
    for cell in mine if tells else ():
        opening, closing = by_row.get((cell.row, signs.opening)), closings.get(cell.row)
        if not opening or not closing:
            continue
        as_typed = _makes(opening, cell.text, closing)
        agree = agree or (cell if as_typed else None)
        turned = not as_typed and _makes(opening, cell.text, closing, turned=True)
        turn = turn or (cell if turned else None)
    if turn:
        return turn
    positive = all(_number(cell.text) > 0 for cell in mine)
    only_use = bool(said & _USE) and not said & _EITHER
    return mine[0] if positive and only_use and not agree else None


def _makes(opening, text, closing, *, turned=False):
    number = -_number(text) if turned else _number(text)
    differ = abs(_number(opening.text) + number - _number(closing.text))
    return differ <= _half(opening.text, text, closing.text)


def _turned(cell):
    number = _number(cell.text)
    text = cell.text.strip("()-−– ")
    return replace(cell, text=f"({text})" if number > 0 else text)


def _asks_sign(field, head, cell):
    text = shortened(cell.text, 20)
    return Question(
        field,
        f"Is {text} under “{shortened(head)}” taken out of the reserve, or added to it?",
        [
            (USE, f"Taken out: {_turned(cell).text} goes into the box"),
            (TYPED, f"Added, as its sign says: {text} goes into the box"),
        ],
    )


def _closing(cells, reading, names, signs, answers, proposal):
    """Asks of rows whose opening balance and use do not make the block's closing balance."""
    closings = _closings(reading)
    by_row = {(cell.row, cell.key): cell for cell in cells}
    for row, closing in closings.items():
        opening, use = by_row.get((row, signs.opening)), by_row.get((row, signs.uses[-1]))
        if not opening or not use or _makes(opening, use.text, closing):
            continue
        field = f"sum-row-{row}"
        answer = answers.get(field, "")
        made = _number(opening.text) + _number(use.text)
        question = (
            f"“{shortened(names[row])}” closes at {closing.text} in what was pasted, and "
            f"{opening.text} with {use.text} makes {made:f}. What should be done?"
        )
        cells = _answered(cells, answer, lambda cell, row=row: cell.row == row)
        _ask(proposal, field, question, answer)
    return cells


def _totals(cells, reading, answers, proposal):
    """Asks of columns whose figures do not make the total that the block prints."""
    used = {cell.column for cell in cells}
    heads = {place.number: place.head for place in reading.columns}
    asked: dict[int, list[Total]] = {}
    for total in reading.totals:
        if total.column in used and not any(_adds_up(total.text, of) for of in total.of):
            asked.setdefault(total.line, []).append(total)
    for line, several in asked.items():
        field, first = f"sum-{line}", several[0]
        answer = answers.get(field, "")
        made = sum(map(_number, first.of[0]), Decimal(0))
        under = f" under “{shortened(heads[first.column])}”" if heads[first.column] else ""
        question = (
            f"“{shortened(first.name)}” is {first.text}{under}, and the lines come to {made:,f}. "
            "Is a line missing, or a figure wrong?"
        )
        columns = {total.column for total in several}
        cells = _answered(cells, answer, lambda cell, columns=columns: cell.column in columns)
        _ask(proposal, field, question, answer)
    return cells


def _adds_up(text, of):
    differ = abs(sum(map(_number, of), Decimal(0)) - _number(text))
    return differ <= _half(text, *of)


def _answered(cells, answer, is_meant):
    return [cell for cell in cells if not is_meant(cell)] if answer == OUT else cells


def _ask(proposal, field, question, answer):
    if answer not in (PLACE, OUT):
        options = [(PLACE, "Put the figures into the boxes as they are"), (OUT, "Leave them out")]
        proposal.questions.append(Question(field, question, options))
