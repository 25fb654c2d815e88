"""Rows that are totals of others: told from lines of the ledger, checked, and left out."""

import re
from collections import defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.sentences import listed
from bcfportal.lib.spreadsheets.refusals import at
from bcfportal.lib.spreadsheets.workbook_reader import Formula
from bcfportal.lib.text.decimal_marks import POINT
from bcfportal.lib.text.invisible import in_plain_signs
from finance.ledger.cells import read_amount
from finance.ledger.headings import AMOUNT, CODE, PERIOD
from finance.ledger.meaning.words import is_sum_word, is_total_word
from finance.ledger.reading import Row

# Words of a line that may be a total though it has a code and a month: "Grand total", "NET".
_SPEAKS = re.compile(r"\b(?:totals?|net|sum|gross|gt)\b", re.IGNORECASE)
# Words longer than this are no label of a total, and so many totals are named one by one.
_LONGEST = 80
_NAMED = 5
# So many lines are looked back at for the parts of a group.
_NEAR = 50


class Totals:
    """What the rows of a file come to on the way, and whether its totals say the same."""

    def __init__(self, mark: str = POINT, scale: Decimal = Decimal(1)) -> None:
        """``mark`` is what stands before the pence of amounts, ``scale`` how many pounds one is."""
        self.sheet, self.mark, self.scale = "", mark, scale
        self.rows = 0
        self._begin("")
        self.groups = Groups()
        self.agreed: list[tuple[str, Decimal]] = []
        self.other: list[str] = []
        self.unread: list[str] = []
        self.lines: list[str] = []

    def _begin(self, sheet: str) -> None:
        self.sheet, self.rows = sheet, 0
        self.all = self.since = Decimal(0)
        self.of: dict[object, Decimal] = defaultdict(Decimal)
        self.whole = True

    def add(self, row: Row, taken: dict, amount: Decimal | None) -> None:
        """Counts a row that is no total. An amount that cannot be read leaves totals unchecked."""
        place = at(row.sheet, row.number)
        self.groups.add(place, str(taken[CODE]), str(taken[PERIOD]), amount)
        if row.sheet != self.sheet:
            self._begin(row.sheet)
        sums = (self.all, self.since, self.of[PERIOD, str(taken[PERIOD])])
        if amount and self.rows > 1 and amount in sums and _speaks_of_total(row):
            self.lines.append(_line_said(place, str(taken[CODE])))
        self.rows += 1
        if amount is None:
            self.whole = False
            return
        self.all += amount
        self.since += amount
        for part in (CODE, PERIOD):
            self.of[part, str(taken[part])] += amount

    def is_total(self, row: Row, taken: dict) -> bool:
        """Whether the row is a total and no line: by its words, or by its place and amount."""
        code, period = taken[CODE], taken[PERIOD]
        if code is not None and period is not None:
            return is_total_word(code) or is_total_word(period)
        if any(is_total_word(cell) or is_sum_word(cell) for cell in row.cells):
            return True
        if code is not None or period is not None or self.rows < 2 or row.sheet != self.sheet:
            return False
        amount = self._amount(taken[AMOUNT])
        return amount is not None and amount in (self.all, self.since)

    def check(self, row, taken: dict) -> None:
        """Compares a total with what the rows above it come to."""
        if row.sheet != self.sheet:
            self._begin(row.sheet)
        place, amount = at(row.sheet, row.number), self._amount(taken[AMOUNT])
        if amount is None or not self.whole:
            self.unread.append(place)
        elif amount in (self.since, self.all, *self._of(taken)):
            self.agreed.append((place, amount))
        else:
            above = self.since if self.since != self.all and self.since else self.all
            self.other.append(
                f"{place} is a total of {_pounds(amount)}, but the rows above it come to "
                f"{_pounds(above)}. It was left out. Check whether a row is missing or was changed."
            )
        self.since = Decimal(0)

    def _amount(self, value: object) -> Decimal | None:
        try:
            value = value.value if isinstance(value, Formula) else value
            return read_amount(value, self.mark, self.scale)
        except ValueError:
            return None

    def _of(self, taken):
        return [
            self.of[part, str(taken[part])]
            for part in (CODE, PERIOD)
            if (part, str(taken[part])) in self.of
        ]

    def remarks(self) -> list[str]:
        """What there is to say of the totals, in sentences."""
        remarks = self.other[:_NAMED]
        if len(self.other) > _NAMED:
            remarks.append(f"{len(self.other) - _NAMED:,} more totals differ from their rows.")
        if len(self.agreed) == 1:
            place, amount = self.agreed[0]
            remarks.append(
                f"{place} is a total and was left out: {_pounds(amount)}, as the rows above it."
            )
        elif self.agreed:
            remarks.append(
                f"{_places([place for place, _ in self.agreed])} are totals and were left out: "
                "each is what its rows come to."
            )
        if self.unread:
            remarks.append(
                f"{_places(self.unread)} {'are totals' if len(self.unread) > 1 else 'is a total'} "
                f"and {'were' if len(self.unread) > 1 else 'was'} left out, and not checked."
            )
        remarks += self.lines[:_NAMED]
        if len(self.lines) > _NAMED:
            remarks.append(f"{len(self.lines) - _NAMED:,} more rows may be totals of those above.")
        return remarks + self.groups.remarks()


@dataclass
class _Group:
    """A line, and what the lines below it come to whose codes begin with its own."""

    place: str
    code: str
    period: str
    amount: Decimal
    made: Decimal = Decimal(0)
    parts: int = 0


class Groups:
    """Lines whose code begins the codes of the lines next to them, and which are their sum.

    So a system prints a subtotal by its group's code. It may be a line of its own, so it is
    applied, and said.
    """

    def __init__(self) -> None:
        # The last codes, each with its amounts by month.
        self._near: deque[tuple[str, dict[str, Decimal]]] = deque(maxlen=_NEAR)
        # Lines whose parts may follow.
        self._open: list[_Group] = []
        self.found: list[str] = []

    def add(self, place: str, code: str, period: str, amount: Decimal | None) -> None:
        """Takes the next line. Costs no more than the lines of its group."""
        while self._open and not code.startswith(self._open[-1].code):
            self._close(self._open.pop())
        if amount is None:
            return
        for group in self._open:
            if group.period == period and group.code != code:
                group.made += amount
                group.parts += 1
        parts, made = 0, Decimal(0)
        for other, months in reversed(self._near):
            if not other.startswith(code):
                break
            if period in months and other != code:
                parts, made = parts + 1, made + months[period]
        if parts > 1 and made == amount:
            self.found.append(_said(place, code, parts, "above"))
        elif len(self._open) < _NEAR:
            self._open.append(_Group(place, code, period, amount))
        if self._near and self._near[-1][0] == code:
            months = self._near[-1][1]
            months[period] = months.get(period, Decimal(0)) + amount
        else:
            self._near.append((code, {period: amount}))

    def _close(self, group: _Group) -> None:
        if group.parts > 1 and group.made == group.amount:
            self.found.append(_said(group.place, group.code, group.parts, "below"))

    def remarks(self) -> list[str]:
        """What there is to say of such lines, in sentences."""
        while self._open:
            self._close(self._open.pop())
        remarks = self.found[:_NAMED]
        if len(self.found) > _NAMED:
            remarks.append(
                f"{len(self.found) - _NAMED:,} more rows may be totals of groups of codes."
            )
        return remarks


def _said(place, code, parts, where):
    return (
        f"{place} has the code {code[:40]} and is what the {parts:,} rows {where} it come to, "
        "whose codes begin with it. It is taken as a line of its own. If it is their total, "
        "take the row out and upload the file again: otherwise it counts twice."
    )


def _speaks_of_total(row: Row) -> bool:
    cells = (cell for cell in row.cells if isinstance(cell, str) and len(cell) <= _LONGEST)
    return any(_SPEAKS.search(in_plain_signs(cell)) for cell in cells)


def _line_said(place: str, code: str) -> str:
    return (
        f"{place} speaks of a total, has the code {code[:40]} and is what the rows above it come "
        "to. It is taken as a line of its own. If it is their total, take the row out and upload "
        "the file again: else it counts twice."
    )


def _places(places):
    if len(places) > _NAMED:
        return f"{len(places):,} rows, the first at {places[0].lower()},"
    return listed([places[0], *(place[0].lower() + place[1:] for place in places[1:])])


def _pounds(amount):
    return f"(£{-amount:,.2f})" if amount < 0 else f"£{amount:,.2f}"
