"""Checks the rows of a file one by one: what each says, what it leaves open, or what is wrong."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bcfportal.lib.periods import Period, financial_year_label, financial_year_of
from bcfportal.lib.sentences import counted
from bcfportal.lib.spreadsheets.formats import FormattedDay, FormattedNumber, as_shown
from bcfportal.lib.spreadsheets.refusals import Refused, at
from bcfportal.lib.spreadsheets.retyped import what_is_made
from bcfportal.lib.spreadsheets.workbook_reader import Formula
from bcfportal.lib.text.decimal_marks import COMMA, EITHER
from finance.ledger import headings
from finance.ledger.adding_up import AddingUp
from finance.ledger.amount_marks import OPEN, AmountMarks
from finance.ledger.asking import HELD, TYPED, Kind, Questions, typed_month
from finance.ledger.cells import (
    AS_TEXT,
    plain,
    quoted,
    read_amount,
    read_code,
    read_words,
    refuse_too_narrow,
)
from finance.ledger.headings import AMOUNT, CODE, CREDIT, DEBIT, PERIOD, YEAR
from finance.ledger.known import KnownCodes
from finance.ledger.months import WAYS, NoYear, read_month, read_year
from finance.ledger.reading import Row
from finance.ledger.totals import Totals
from finance.models.ledger import LETTERS_OF_CODE, LETTERS_OF_DESCRIPTION, LedgerRow
from finance.models.ledger_acts import LedgerQuestion

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
    ):
        """``year`` is the financial year, by its start, of periods that name none.

        ``questions`` has the answers given so far and collects what is asked. ``marks`` say how
        the amounts of the file are read, where it has been gone through before.
        """
        self.year, self.questions = year, questions
        self.known = known or KnownCodes()
        self.read_by = marks or AmountMarks()
        # What the rows say of their marks.
        self.marks = AmountMarks()
        self.totals = Totals(self.read_by.mark)
        self.adding_up = AddingUp()
        self.negative_credits: list[str] = []
        self.begun: set[str] = set()
        # To the end of the next financial year there may be actuals; beyond, the year is wrong.
        self.last_day = Period(financial_year_of(questions.today) + 1).last_day

    def check(self, row: Row) -> Checked:
        """What the row says. Raises Refused for a formula in a cell that would be read."""
        heading = row.heading
        if heading is None:
            return Checked(RowKind.HEADING)
        taken = {
            part: plain(row.cells[place] if place < len(row.cells) else None)
            for part, place in heading.places.items()
        }
        amount_is = AMOUNT
        if DEBIT in heading.places:
            taken[AMOUNT], amount_is, mark = self._debit_less_credit(row, taken)
        else:
            mark = self.marks.note(row, taken[AMOUNT])
        if self.totals.is_total(row, taken):
            self.totals.check(row, taken)
            return Checked(RowKind.TOTAL)
        _refuse_formulas(row, taken)
        checked = Checked(RowKind.SAME)

        def wrong(part, sentence):
            place = heading.places[part if part in heading.places else amount_is]
            checked.errors.append((place, heading.titles[place], sentence))

        try:
            checked.amount = self._amount(taken[AMOUNT], mark)
        except ValueError as error:
            wrong(AMOUNT, str(error))
        if checked.amount is None and not checked.errors:
            # A blank never wipes: such a row changes nothing, whatever else it says.
            checked.kind = RowKind.WITHOUT_AMOUNT
            return checked
        self.totals.add(row, taken, checked.amount)
        if mark == EITHER and self.read_by.asks:
            self._ask_of_mark(checked)
        for part, reads in ((CODE, self._code), (PERIOD, self._period)):
            try:
                setattr(checked, part, reads(taken, checked, wrong))
            except ValueError as error:
                wrong(part, str(error))
        for part, most in LONGEST_TEXTS.items():
            if part in taken:
                text = read_words(taken[part])
                setattr(checked, part, text)
                if len(text) > most:
                    wrong(part, f"it has more than {most} characters.")
        return self._settled(row, checked, wrong)

    def _amount(self, value, mark):
        """The amount; while it can be two, the one of them that is pounds and pence."""
        try:
            return read_amount(value, self.read_by.mark)
        except ValueError:
            if mark == EITHER and self.read_by.mark == OPEN:
                return read_amount(value, COMMA)
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
                read = self._amount(value, mark)
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

    def _code(self, taken, checked, wrong):
        """The code, or the known one that a spreadsheet has made it of, if the person says so."""
        value = taken[CODE]
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

    def _period(self, taken, checked, wrong):
        year = self.year
        if taken.get(YEAR) is not None:
            try:
                year = read_year(taken[YEAR])
            except ValueError as error:
                wrong(YEAR, str(error))
                return ""
        typed = taken[PERIOD]
        if typed is None:
            raise ValueError(f"there is no period. Enter the month: {WAYS}.")
        refuse_too_narrow(typed)
        if isinstance(typed, FormattedNumber):
            typed = as_shown(typed) or Decimal(typed)
        try:
            if isinstance(typed, FormattedDay):
                raise NoYear("", (typed.month - 4) % 12 + 1, typed.day)
            period = read_month(typed, year)
        except NoYear as error:
            period = self._without_year(error, typed, year, checked)
        return self._begun(period, checked) if period else ""

    def _without_year(self, month, typed, year, checked):
        """The month of a period that names no year, by the year given or by what is answered."""
        if year is not None:
            return Period(year, month=month.number).key
        if month.day is None and not isinstance(typed, FormattedDay):
            question = self.questions.ask(Kind.YEAR, "", checked.amount)
            example = " ".join(str(typed).split())[:40]
            if len(question.examples) < 5:
                question.examples.setdefault(example, (month.number, None, None))
            answer = self.questions.answer(Kind.YEAR, "")
        else:
            question = self.questions.ask(Kind.DAY, "", checked.amount)
            self.questions.about_day(question, month.number, month.day, typed)
            answer = self.questions.answer(Kind.DAY, "")
            if answer == TYPED and month.day:
                return typed_month(month.number, month.day)
            if answer == HELD and isinstance(typed, FormattedDay):
                return read_month(date(typed.year, typed.month, typed.day), None)
        if not answer.isdecimal():
            checked.open = True
            return ""
        return Period(int(answer), month=month.number).key

    def _begun(self, period, checked):
        """The month, which must have begun or is asked about. Raises ValueError far ahead."""
        if period in self.begun:
            return period
        month = Period.parse(period)
        if month.first_day <= self.questions.today:
            self.begun.add(period)
            return period
        if month.first_day > self.last_day:
            latest = financial_year_label(financial_year_of(self.last_day))
            raise ValueError(
                f"{month.label} is after {latest}, so there can be no actuals for it yet. Correct "
                "the year."
            )
        self.questions.ask(
            Kind.FUTURE,
            period,
            checked.amount,
            period=period,
            options=[
                (LedgerQuestion.TAKE, "Apply these rows"),
                (LedgerQuestion.LEAVE, "Leave these rows out"),
            ],
        )
        answer = self.questions.answer(Kind.FUTURE, period)
        checked.open = checked.open or not answer
        checked.left_out = checked.left_out or answer == LedgerQuestion.LEAVE
        return period

    def _add_up(self, row, checked, wrong):
        try:
            if self.adding_up.add(row, checked.code, checked.period, checked.amount):
                checked.kind = RowKind.ADDED
        except ValueError as error:
            wrong(AMOUNT, str(error))


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
