"""What the words of a file are found to say once all its rows are read: what has to be asked.

A column may be one of signs or of kinds of rows, which its values tell; a line below the rows may
say that they are in thousands. So the rows are gone through once before it is known.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bcfportal.lib.spreadsheets.refusals import Refused, at
from bcfportal.lib.spreadsheets.workbook_reader import Formula
from finance.ledger.asking import Kind
from finance.ledger.cells import read_words
from finance.ledger.headings import (
    AMOUNT,
    CREDIT,
    DEBIT,
    DESCRIPTION,
    PERIOD,
    Heading,
)
from finance.ledger.meaning import unknown, words
from finance.ledger.meaning.unknown_columns import OF_KIND, OF_SIGN, Numbers, Unknown
from finance.ledger.meaning.values import Value
from finance.ledger.meaning.words import Sign
from finance.ledger.reading import Row

# A column with more different texts than this names no kinds, and so many amounts are examples.
_MOST, _EXAMPLES = 40, 2
_QUOTED, _SUBJECT = 60, 80
# So many columns that are not read are named, with so many letters.
_COLUMNS_NAMED, _LETTERS_NAMED = 10, 40
# How far a line may be from a thousandth of what its code has had, as times, and how many must be.
_NEAR, _SHARE = 5, Decimal("0.75")
# Codes with less in a month say nothing of thousands.
_LARGE = 10_000
# Signs that stand for nothing in a column of other things, and so many texts are few.
_BARE, _FEW = ("-", "–", "—", "−", "+"), 3


@dataclass
class Finding:
    """What is to be asked or done about the rows. Each kind by sheet and place of its column."""

    # What amounts with a text are times: -1 for a credit, None where it is asked.
    signs: dict[tuple[str, int], dict[str, int | None]] = field(default_factory=dict)
    # The texts whose rows may not be spent, and the amounts beside them.
    kinds: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    values: dict[tuple[str, int], dict[str, Value]] = field(default_factory=dict)
    titles: dict[tuple[str, int], str] = field(default_factory=dict)
    # By sheet, what is said of all its rows.
    around: dict[str, list[str]] = field(default_factory=dict)
    # Pounds that one may be, by what says so.
    units: dict[Decimal, str] = field(default_factory=dict)
    examples: list[Decimal] = field(default_factory=list)
    unknown: dict[tuple[str, int], Unknown] = field(default_factory=dict)
    # Codes that are not in the shape of the others.
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        said = (self.signs, self.kinds, self.around, self.units, self.unknown, self.codes)
        return any(said)

    @property
    def used(self) -> set[tuple[str, int]]:
        """The columns that are read for what they say of the rows."""
        return {*self.signs, *self.kinds}


class Findings:
    """Goes along with the rows of a file and notes what their words may say."""

    def __init__(self, council: str, others: list[str], file_name: str) -> None:
        self.council, self.others = council, others
        self.headings: dict[str, Heading] = {}
        self._above: list[Row] = []
        self._values: dict[tuple[str, int], dict[str, Value]] = {}
        # Where the first formula of a column stands.
        self._formulas: dict[tuple[str, int], str] = {}
        # Columns that have too many texts.
        self._closed: set[tuple[str, int]] = set()
        self._around: dict[str, dict[str, str]] = defaultdict(dict)
        self._file = file_name.rpartition(".")[0] or file_name
        self._sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        # The sheet that has a code and month first, and the sheets that have it again, by that.
        self._first: dict[tuple[str, str], str] = {}
        self._again: dict[str, str] = {}
        self._examples: list[Decimal] = []
        self._numbers = Numbers()
        # Columns of units and currencies.
        self._said: set[tuple[str, int]] = set()
        self._codes: set[str] = set()
        self._periods: dict[str, set[str]] = defaultdict(set)
        # Where titles stand: of these what is not known is asked about.
        self._titles: set[str] = set()

    def above(self, row: Row) -> None:
        """Takes a row above the heading of its sheet, or the heading itself."""
        if self._above and self._above[-1].sheet != row.sheet:
            self._above.clear()
        self._above.append(row)

    def begin(self, row: Row) -> None:
        """Takes the first row of a sheet below its heading: what stands above it is of its rows."""
        if row.heading is None or row.sheet in self.headings:
            return
        self.headings[row.sheet] = row.heading
        for above in self._above[:-1]:
            if above.sheet == row.sheet:
                self._titles |= set(self.beside(above))
        if row.sheet:
            self._around[row.sheet][f"The name of sheet {row.sheet}"] = row.sheet
        self._around[row.sheet].setdefault("The name of the file", self._file.replace("_", " "))

    def beside(self, row: Row) -> list[str]:
        """Takes a row that is no line: a title, or words below the table. Gives its places."""
        places = []
        for cell in row.cells:
            if text := read_words(cell) if isinstance(cell, str) else "":
                places.append(self._note_around(row.sheet, row.number, text))
        return places

    def _note_around(self, sheet: str, number: int, text: str) -> str:
        quoted = text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
        place = f"{at('', number)}, “{quoted}”"
        self._around[sheet][place] = text
        return place

    def _note_empty_columns(self) -> None:
        """A head over nothing stands beside the table: "Figures in £000"."""
        for sheet, heading in self.headings.items():
            read = _read(heading)
            for place, title in enumerate(heading.titles):
                key = (sheet, place)
                filled = key in self._closed or any(self._values.get(key, ()))
                said = title and not unknown.is_harmless_head(title)
                if said and place not in read and not filled:
                    self._titles.add(self._note_around(sheet, heading.number, title))

    def line(self, row: Row, amount: Decimal, code: object = None) -> None:
        """Takes a line with its amount as it stands, and its code where one column has it."""
        heading = row.heading
        if heading is None:
            return
        if len(self._examples) < _EXAMPLES and amount:
            self._examples.append(amount)
        if isinstance(code, str):
            self._codes.add(read_words(code))
        for place in _told_by(heading):
            key = (row.sheet, place)
            cell = row.cells[place] if place < len(row.cells) else None
            self._numbers.note(key, cell)
            if key in self._closed:
                continue
            values = self._values.setdefault(key, {})
            if isinstance(cell, Formula):
                self._formulas.setdefault(key, at(row.sheet, row.number))
            text = read_words(cell.value if isinstance(cell, Formula) else cell)
            if text not in values:
                if len(values) >= _MOST:
                    self._closed.add(key)
                    del self._values[key]
                    continue
                values[text] = Value()
            values[text].note(amount)

    def month(self, sheet: str, period: str) -> None:
        """Takes the month of a line, by its key."""
        if period:
            self._periods[sheet].add(period)

    def sum(self, sheet: str, code: str, period: object, amount: Decimal) -> None:
        """Adds a line's amount to those of its code and month."""
        if code:
            key = (code, str(period))
            self._sums[key] += amount
            first = self._first.setdefault(key, sheet)
            if first != sheet and period:
                self._again.setdefault(sheet, first)

    def result(
        self, usual: dict[str, Decimal], answers: Mapping[tuple[str, str], str] | None = None
    ) -> Finding:
        """What is to be asked; ``usual`` is what a month of each code of the ledger comes to.

        ``answers`` are those given so far, by kind and subject.

        Raises Refused for another currency.
        """
        finding = Finding(values=self._values, examples=self._examples)
        self._note_empty_columns()
        for key, values in self._values.items():
            self._column(finding, key, values)
        self._unknown_columns(finding, answers or {})
        finding.codes = unknown.odd_codes(self._codes, usual)
        self._refuse_formulas(finding)
        for sheet, around in self._around.items():
            if sheet in self.headings:
                self._words_around(finding, sheet, around)
        for sheet, first in self._again.items():
            if sheet not in finding.around:
                said = f"Sheet {sheet} has codes and months that sheet {first} has too"
                finding.around[sheet] = [said]
        if not finding.units:
            self._compared(finding, usual)
        return finding

    def remarks(self, finding: Finding) -> list[str]:
        """What is made of the columns: those of debits and credits, those that are not read."""
        said: dict[str, None] = {}
        for sheet, heading in self.headings.items():
            if DEBIT in heading.places:
                said["The amount of a row is its debit less its credit."] = None
            used = _read(heading) | {place for name, place in finding.used if name == sheet}
            names = [
                title if len(title) <= _LETTERS_NAMED else f"{title[: _LETTERS_NAMED - 1]}…"
                for place, title in enumerate(heading.titles)
                if title and place not in used
            ]
            if names:
                more = len(names) - _COLUMNS_NAMED
                named = ", ".join(names[:_COLUMNS_NAMED])
                named += f" and {more} more" if more > 0 else ""
                said[f"Not read{f', of sheet {sheet}' if sheet else ''}: {named}."] = None
        return list(said)

    def _refuse_formulas(self, finding: Finding) -> None:
        for key in finding.used & self._formulas.keys():
            raise Refused(
                f"{self._formulas[key]}, column {finding.titles[key]}: the cell holds a formula. "
                "Copy the column, paste it as values and try again."
            )

    def _column(self, finding: Finding, key: tuple[str, int], values: dict[str, Value]) -> None:
        heading, place = self.headings[key[0]], key[1]
        title = read_words(heading.titles[place])
        finding.titles[key] = title
        is_read = place in _read(heading)
        if not is_read:
            self._refuse_currency(heading, title, values)
            if self._unit(finding, title, values) or words.heads_currencies(title):
                self._said.add(key)
            if signs := self._signs(heading, title, values):
                finding.signs[key] = signs
                return
        headed = not is_read and words.heads_kinds(title)
        other = {text for text in values if words.is_of_another_kind(text)}
        if headed:
            other |= {text for text in values if not words.is_spent(text)}
        if other:
            finding.kinds[key] = other

    def _unknown_columns(self, finding: Finding, answers: Mapping[tuple[str, str], str]) -> None:
        """Notes the columns that may say something of the amounts, and nobody knows what."""
        for sheet, heading in self.headings.items():
            read = _read(heading)
            of_money = bool({DEBIT, CREDIT} & heading.places.keys())
            for place, title in enumerate(heading.titles):
                key = (sheet, place)
                if place in read or key in finding.used or key in self._said:
                    continue
                values = self._values.get(key, {})
                rows = {text: value.rows for text, value in values.items()}
                column = self._numbers.unknown(key, title, rows, is_money_told=of_money)
                if column is None:
                    continue
                finding.unknown[key], finding.titles[key] = column, column.title
                answer = answers.get((Kind.WHAT, column.title[:_SUBJECT]), "")
                if answer == OF_SIGN:
                    signs = {text: words.sign_of(text, headed=True) for text in values}
                    finding.signs[key] = {
                        text: _times(sign, values[text], sure=True) for text, sign in signs.items()
                    }
                elif answer == OF_KIND:
                    finding.kinds[key] = {text for text in values if not words.is_spent(text)}

    def _unit(self, finding: Finding, title: str, values: dict[str, Value]) -> bool:
        units = [text for text in values if words.is_unit(text, title)]
        if units and len(units) < len(values):
            raise Refused(
                f"The column “{title[:40]}” has amounts in {units[0][:20]} beside others. Give "
                "pounds in all rows."
            )
        for text in units:
            finding.units.setdefault(words.unit_said(text) or Decimal(1), f"Column {title}: {text}")
        return bool(units)

    def _refuse_currency(self, heading: Heading, title: str, values: dict[str, Value]) -> None:
        if AMOUNT in heading.places and _is_of_own_books(heading.word(AMOUNT)):
            return
        headed = words.heads_currencies(title)
        for text in values:
            if words.is_another_currency(text, headed=headed):
                raise Refused(
                    f"The column “{title[:40]}” has amounts in another currency, {text[:20]}. Give "
                    "pounds, or leave these rows out."
                )

    def _signs(
        self, heading: Heading, title: str, values: dict[str, Value]
    ) -> dict[str, int | None]:
        if DEBIT in heading.places or CREDIT in heading.places:
            return {}
        headed = words.heads_signs(title)
        said = {text: words.sign_of(text, headed=headed) for text in values}
        known = {sign for text, sign in said.items() if sign and text not in _BARE}
        both = {Sign.DEBIT, Sign.CREDIT} <= {*said.values()} and bool(known or "+" in said)
        if not headed and not known and not both:
            return self._in_short(values)
        if headed and not any(said.values()) and len(values) > _FEW:
            return {}
        # Elsewhere than in a column of signs other words say nothing: "Journal", "Invoice".
        sure = headed or both
        return {text: _times(sign, values[text], sure=sure) for text, sign in said.items()}

    def _in_short(self, values: dict[str, Value]) -> dict[str, int | None]:
        """What D and C, or 1 and -1, are in a column that is not headed as one of signs."""
        said = {text.casefold() for text in values if text}
        if said not in ({"d", "c"}, {"1", "-1"}):
            return {}
        credits = ("c", "-1")
        return {text: None if text.casefold() in credits else 1 for text in values}

    def _words_around(self, finding: Finding, sheet: str, around: dict[str, str]) -> None:
        heading = self.headings[sheet]
        # Where the title says the month, that is a question of its own.
        periods = frozenset(self._periods[sheet] if PERIOD in heading.places else ())
        spent = AMOUNT in heading.places and words.is_spent(heading.word(AMOUNT))
        for where, text in around.items():
            named = where.startswith("The name")
            if words.CURRENCY.search(text) and not named:
                raise Refused(
                    f"{where} of {f'sheet {sheet}' if sheet else 'the file'} is of another "
                    "currency. Give pounds."
                )
            if scale := words.unit_said(text):
                finding.units.setdefault(scale, where if not named else f"{where}: {text}")
            if (
                words.says_another_kind(text, amounts_are_spent=spent)
                or (named and words.is_of_another_kind(text))
                or words.names_another_council(text, self.council, self.others)
                or (
                    where in self._titles
                    and not scale
                    and unknown.is_unknown_title(text, self.council, periods)
                )
            ):
                in_sheet = f"Sheet {sheet}: " if sheet and not named else ""
                said = f"{in_sheet}{where}" + (f": {text}" if named and text != sheet else "")
                finding.around.setdefault(sheet, []).append(said)

    def _compared(self, finding: Finding, usual: dict[str, Decimal]) -> None:
        """Notes a unit where most lines are about a thousandth or millionth of the usual."""
        shares = [
            abs(amount) / usual[code]
            for (code, _), amount in self._sums.items()
            if amount and usual.get(code, 0) >= _LARGE
        ]
        for scale in (Decimal(1_000), Decimal(1_000_000)):
            near = sum(1 for share in shares if 1 <= share * scale * _NEAR <= _NEAR * _NEAR)
            if shares and near >= _SHARE * len(shares):
                finding.units[scale] = (
                    "Each amount is about a "
                    f"{'thousandth' if scale == 1000 else 'millionth'} of what its code has had "
                    "in a month"
                )


def _read(heading: Heading) -> set[int]:
    return {*heading.places.values(), *(at for of in heading.several.values() for at in of)}


def _told_by(heading: Heading) -> list[int]:
    """The columns whose texts may say what a row is."""
    texts = {*heading.several.get(DESCRIPTION, ())}
    texts |= {heading.places[DESCRIPTION]} if DESCRIPTION in heading.places else set()
    read = _read(heading)
    return [place for place in range(len(heading.titles)) if place in texts or place not in read]


def _is_of_own_books(title: str) -> bool:
    said = title.casefold()
    return any(word in said for word in ("local", "lc", "loc curr", "company", "gbp", "£", "pound"))


def _times(sign: Sign | None, value: Value, *, sure: bool) -> int | None:
    """What an amount with such a word is times, or None where it has to be asked."""
    if sign == Sign.DEBIT or (sign is None and not sure):
        return 1
    if sign == Sign.CREDIT and sure:
        # One that has its minus already says it twice, or is taken off.
        return None if value.below else -1
    return None if value.above or sign is None else 1
