"""Checks the rows of a file one by one: what each says, what it leaves open, or what is wrong."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bcfportal.lib.sentences import counted
from bcfportal.lib.spreadsheets.refusals import Refused, at
from bcfportal.lib.spreadsheets.retyped import what_is_made
from bcfportal.lib.spreadsheets.workbook_reader import Formula
from bcfportal.lib.text.decimal_marks import COMMA, EITHER
from finance.ledger import headings
from finance.ledger.adding_up import AddingUp
from finance.ledger.amount_marks import OPEN, AmountMarks
from finance.ledger.asking import Kind, Questions
from finance.ledger.cells import (
    AS_TEXT,
    plain,
    quoted,
    read_amount,
    read_code,
    read_words,
)
from finance.ledger.columns import AmountColumns, CodeColumns, Way, parts_of, subject_of
from finance.ledger.headings import AMOUNT, CODE, CREDIT, DEBIT, PERIOD
from finance.ledger.known import KnownCodes
from finance.ledger.meaning.found import Findings
from finance.ledger.meaning.settling import Settling
from finance.ledger.meaning.words import is_total_word
from finance.ledger.reading import Row
from finance.ledger.row_months import RowMonths
from finance.ledger.totals import Totals
from finance.models.ledger import LETTERS_OF_CODE, LETTERS_OF_DESCRIPTION, LedgerRow

RowKind = LedgerRow.Kind
LONGEST_TEXTS = {
    headings.DESCRIPTION: LETTERS_OF_DESCRIPTION,
    headings.FUNDING_SOURCE: LETTERS_OF_CODE,
    headings.AREA_CODE: LETTERS_OF_CODE,
}


@dataclass(slots=True)
class Checked:
    """What a row says. Amounts are pounds; ``errors`` are (place of the column, name, sentence)."""

    kind: RowKind
    code: str = ""
    period: str = ""
    amount: Decimal | None = None
    description: str = ""
    funding_source: str = ""
    area_code: str = ""
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    # What is said by the answers to the row's questions: some are open, or it is left out.
    open: bool = False
    left_out: bool = False


class Checker:
    """Checks the rows of one file in turn and adds up those of one code and month."""

    def __init__(
        self,
        year: int | None,
        questions: Questions,
        known: KnownCodes | None = None,
        marks: AmountMarks | None = None,
        columns: dict[str, Way] | None = None,
        file_name: str = "",
        findings: Findings | None = None,
        settling: Settling | None = None,
    ):
        """``year`` is the financial year, by its start, of periods that name none.

        ``questions`` has the answers given so far and collects what is asked. ``marks`` say how
        the amounts of the file are read, and ``columns`` which of them make its codes, where it has
        been gone through before; ``settling`` has what its words were found to say then, and
        ``findings`` collects that.
        """
        self.questions = questions
        self.months = RowMonths(year, questions, file_name)
        self.known = known or KnownCodes()
        self.read_by = marks or AmountMarks()
        # What the rows say of their marks.
        self.marks = AmountMarks()
        self.columns = CodeColumns(columns)
        self.amounts = AmountColumns(questions)
        self.findings = findings or Findings("", [], file_name)
        self.settling = settling or Settling(questions)
        self.totals = Totals(self.read_by.mark, self.settling.scale)
        self.adding_up = AddingUp()
        self.negative_credits: list[str] = []

    def check(self, row: Row) -> Checked:
        """What the row says. Raises Refused for a formula in a cell that would be read."""
        self.findings.begin(row)
        row, waits = self.amounts.chosen(row)
        heading = row.heading
        if heading is None:
            self.months.above(row)
            self.findings.above(row)
            return Checked(RowKind.HEADING)
        taken = {
            part: plain(row.cells[place] if place < len(row.cells) else None)
            for part, place in heading.places.items()
        }
        if CODE in heading.several:
            taken[CODE] = _first_of(row, heading.several[CODE])
        if PERIOD not in heading.places:
            # All rows with a code are of the sheet's one month.
            taken[PERIOD] = None if taken[CODE] is None else ""
        amount_is = AMOUNT
        if DEBIT in heading.places:
            taken[AMOUNT], amount_is, mark = self._debit_less_credit(row, taken)
        else:
            mark = self.marks.note(row, taken[AMOUNT])
        if self.totals.is_total(row, taken):
            if not waits:
                self.totals.check(row, taken)
            return Checked(RowKind.TOTAL)
        _refuse_formulas(row, taken)
        checked, stands = Checked(RowKind.SAME, open=waits), None

        def wrong(part, sentence):
            place = heading.places[part if part in heading.places else amount_is]
            checked.errors.append((place, heading.titles[place], sentence))

        if not waits:
            try:
                scale = Decimal(1) if DEBIT in heading.places else self.settling.scale
                checked.amount = self._amount(taken[AMOUNT], mark, scale)
            except ValueError as error:
                wrong(AMOUNT, str(error))
            if checked.amount is None and not checked.errors:
                # A blank never wipes: such a row changes nothing, whatever else it says.
                checked.kind = RowKind.WITHOUT_AMOUNT
                if taken[CODE] is None or not taken[PERIOD]:
                    self.findings.beside(row)
                return checked
            stands = checked.amount
            if stands is not None:
                code = None if CODE in heading.several else taken[CODE]
                self.findings.line(row, stands, code)
                self.settling.settle(row, taken, checked)
            if not checked.left_out:
                self.totals.add(row, taken, checked.amount)
        if not waits and mark == EITHER and self.read_by.asks:
            self._ask_of_mark(checked)
        for part, reads in ((CODE, self._code), (PERIOD, self.months.month)):
            try:
                setattr(checked, part, reads(row, taken, checked, wrong))
            except ValueError as error:
                wrong(part, str(error))
        for part, most in LONGEST_TEXTS.items():
            if part in taken:
                text = _words(row, part, taken)
                setattr(checked, part, text)
                if len(text) > most:
                    wrong(part, f"it has more than {most} characters.")
        if stands is not None:
            self.findings.sum(row.sheet, checked.code, taken[PERIOD], stands)
            self.findings.month(row.sheet, checked.period)
        return self._settled(row, checked, wrong)

    def _amount(self, value: Any, mark: str, scale: Decimal) -> Decimal | None:
        """The amount; while it can be two, the one of them that is pounds and pence."""
        try:
            return read_amount(value, self.read_by.mark, scale)
        except ValueError:
            if mark == EITHER and self.read_by.mark == OPEN:
                return read_amount(value, COMMA, scale)
            raise

    def _debit_less_credit(self, row, taken):
        """The amount of two columns, the one of them to be named if it is wrong, and its mark.

        A cell that is no amount stays as it is, for the sentence about it.
        """
        amount, marks = None, [self.marks.note(row, taken[part]) for part in (DEBIT, CREDIT)]
        mark = EITHER if EITHER in marks else marks[0] or marks[1]
        for part, sign in ((DEBIT, 1), (CREDIT, -1)):
            value = taken[part].value if isinstance(taken[part], Formula) else taken[part]
            try:
                read = self._amount(value, mark, self.settling.scale)
            except ValueError:
                return value, part, mark
            if read is not None:
                amount = (amount or Decimal(0)) + sign * read
                if part == CREDIT and read < 0:
                    self.negative_credits.append(at(row.sheet, row.number))
        return amount, DEBIT, mark

    def said_of_credits(self) -> list[str]:
        """Credits of less than nothing, which some systems write for all credits, in a sentence."""
        if not self.negative_credits:
            return []
        are = counted(len(self.negative_credits), "credit is", "credits are")
        return [
            f"{are} less than nothing, the first in {self.negative_credits[0].lower()}. An amount "
            "is the debit less the credit, so that such a credit adds to it. If all credits have "
            "a minus in this system, take the minus away and upload the file again."
        ]

    def _ask_of_mark(self, checked: Checked) -> None:
        about = {"options": self.read_by.options(), "about": self.read_by.quoted}
        self.questions.ask(Kind.MARK, "", None, **about)
        if self.read_by.mark == OPEN:
            checked.open, checked.amount = True, None

    def _settled(self, row, checked, wrong):
        """The row with its kind: in error, open, left out, or a line to be compared."""
        if not (checked.errors or checked.open or checked.left_out):
            self._add_up(row, checked, wrong)
        if checked.errors:
            checked.kind = RowKind.WRONG
        elif checked.open:
            checked.kind = RowKind.ASKED
        elif checked.left_out:
            checked.kind = RowKind.LEFT_OUT
        if checked.code:
            self.known.add(checked.code)
        return checked

    def _code(self, row, taken, checked, wrong):
        """The code, or the known one that a spreadsheet has made it of, if the person says so."""
        value = taken[CODE]
        if value is not None and CODE in row.heading.several:
            value = self._joined(row, checked)
            if not value:
                return ""
        code = read_code(value)
        if code in self.known and not isinstance(value, date):
            return code
        alike = self.known.alike(code)
        made = "a date" if isinstance(value, date) else what_is_made(code)
        if not alike:
            if made:
                raise ValueError(
                    f"“{quoted(code)}” is not a code: Excel has made the code {made}. {AS_TEXT}"
                )
            return code
        options = [(other, f"{other}, as the ledger or the rows above have it") for other in alike]
        if not made:
            options.append((code, f"{code}, a code of its own"))
        self.questions.ask(Kind.CODE, code, checked.amount, code=code, options=options)
        answer = self.questions.answer(Kind.CODE, code)
        if answer not in dict(options):
            checked.open = True
            # Not a known one until somebody says so.
            return ""
        return answer

    def _joined(self, row, checked):
        """The code of a row that has it in several columns; "" while nobody has said which."""
        parts = parts_of(row.heading, row.cells, lambda value: read_code(plain(value)))
        self.columns.note(row.heading, parts, self.known)
        subject = subject_of(row.heading)
        way = self.columns.by_ledger.get(subject)
        if way is None:
            question = self.questions.ask(Kind.COLUMNS, subject, checked.amount, about=subject)
            question.options = self.columns.options(subject)
            way = self.questions.answer(Kind.COLUMNS, subject)
            if way not in dict(question.options):
                self.columns.open.add(subject)
                checked.open = True
                return ""
        return self.columns.code(row.heading, parts, way)

    def _add_up(self, row, checked, wrong):
        try:
            if self.adding_up.add(row, checked.code, checked.period, checked.amount):
                checked.kind = RowKind.ADDED
        except ValueError as error:
            wrong(AMOUNT, str(error))


def _first_of(row, places):
    """The first of these cells that says something: a total's word before all others."""
    cells = [plain(row.cells[place]) for place in places if place < len(row.cells)]
    said = [cell for cell in cells if cell is not None]
    return next(filter(is_total_word, said), said[0] if said else None)


def _words(row, part, taken):
    """The words of a part; those of several columns one after the other."""
    cells = [
        plain(row.cells[place])
        for place in row.heading.several.get(part, ())
        if place < len(row.cells)
    ]
    texts = dict.fromkeys(read_words(cell) for cell in cells or [taken[part]])
    return ", ".join(text for text in texts if text)


def _refuse_formulas(row, taken):
    for part, value in taken.items():
        # A text may begin with anything.
        if isinstance(value, Formula) or (
            part not in LONGEST_TEXTS and isinstance(value, str) and value.lstrip().startswith("=")
        ):
            raise Refused(
                f"{at(row.sheet, row.number)}, column {row.heading.word(part)}: the cell holds a "
                "formula. Copy the column, paste it as values and try again."
            )
