"""Makes of each row's amount what the words of its file say, and asks what they leave open."""

from decimal import Decimal
from typing import Protocol

from finance.ledger.asking import Kind, Questions
from finance.ledger.cells import LARGEST, read_words
from finance.ledger.headings import CODE, DESCRIPTION
from finance.ledger.meaning import words
from finance.ledger.meaning.found import Finding
from finance.ledger.meaning.unknown_columns import OF_AMOUNT
from finance.ledger.meaning.values import Value
from finance.ledger.reading import Row
from finance.models.ledger_acts import LedgerQuestion

_SUBJECT = 80
# The answers about a word of signs: amounts stay as they are, or have the other sign.
SAME, OTHER = "same", "other"
_NAMES = {
    Decimal(1): "Pounds",
    Decimal(1_000): "Thousands",
    Decimal(1_000_000): "Millions",
    Decimal("0.01"): "Pence",
}
_TAKE_OR_LEAVE = [
    (LedgerQuestion.TAKE, "Apply these rows"),
    (LedgerQuestion.LEAVE, "Leave these rows out"),
]


class Amount(Protocol):
    """What is known of a row so far: its pounds, whether it waits and whether it is left out."""

    amount: Decimal | None
    open: bool
    left_out: bool


class Settling:
    """Settles the rows of one file by what was found in it and by the answers given."""

    def __init__(
        self,
        questions: Questions,
        finding: Finding | None = None,
        usual: dict[str, Decimal] | None = None,
    ) -> None:
        """``usual`` has the codes of the ledger: their lines are no totals of others."""
        self.questions = questions
        self.finding = finding or Finding()
        self.usual = usual or {}
        self.scale, self.unit_is_open = self._unit()

    def _unit(self) -> tuple[Decimal, bool]:
        """How many pounds one is, and whether that is still to be answered."""
        if not self.finding.units:
            return Decimal(1), False
        answer = self.questions.answer(Kind.UNIT, "")
        scales = {f"{scale:f}": scale for scale in (Decimal(1), *self.finding.units)}
        # Thousands have no parts of a penny, whatever they are: nothing is wrong while it is open.
        return scales.get(answer, max(scales.values())), answer not in scales

    def settle(self, row: Row, taken: dict, row_amount: Amount) -> None:
        """Gives the row its sign, and says whether it waits for an answer or is left out."""
        if row.heading is None or row_amount.amount is None:
            return
        amount = row_amount.amount
        if self.finding.units:
            self._ask_of_unit()
        self._ask_of_columns(row, row_amount)
        times = self._times(row)
        asked = [
            *self._of_columns(row),
            *self.finding.around.get(row.sheet, ()),
            *self._counted_elsewhere(taken),
        ]
        for subject in asked:
            self.questions.ask(
                Kind.ROWS, subject[:_SUBJECT], amount, about=subject, options=_TAKE_OR_LEAVE
            )
            answer = self.questions.answer(Kind.ROWS, subject[:_SUBJECT])
            row_amount.open |= not answer
            row_amount.left_out |= answer == LedgerQuestion.LEAVE
        row_amount.open |= times is None or self.unit_is_open
        row_amount.amount = None if row_amount.open or times is None else times * amount

    def _ask_of_columns(self, row: Row, row_amount: Amount) -> None:
        """Asks what a column says that is not known: of the signs, of what was spent, nothing."""
        for (sheet, _), unknown in self.finding.unknown.items():
            if sheet != row.sheet:
                continue
            subject = unknown.title[:_SUBJECT]
            self.questions.ask(
                Kind.WHAT, subject, None, about=unknown.quoted, options=unknown.options
            )
            answer = self.questions.answer(Kind.WHAT, subject)
            row_amount.open |= answer not in dict(unknown.options)
            row_amount.left_out |= answer == OF_AMOUNT

    def _ask_of_unit(self) -> None:
        about = ". ".join(self.finding.units.values())
        question = self.questions.ask(Kind.UNIT, "", None, about=about)
        if not question.options:
            question.options = [
                (f"{scale:f}", f"{_NAMES[scale]}: {self._examples(scale)}")
                for scale in sorted({Decimal(1), *self.finding.units})
            ]

    def _examples(self, scale: Decimal) -> str:
        return " and ".join(
            f"{amount.normalize():,f} is {pounds(amount * scale)}"
            for amount in self.finding.examples
            if abs(amount * scale) < LARGEST
        )

    def _times(self, row: Row) -> int | None:
        """What the amount of a row is times by its words of signs; None while it is asked."""
        times: int | None = 1
        for (sheet, place), signs in self.finding.signs.items():
            if sheet != row.sheet:
                continue
            text = _text(row, place)
            own = signs.get(text, 1)
            if own is None:
                own = self._asked_sign(text, (sheet, place))
            times = None if own is None or times is None else min(times, own)
        return times

    def _asked_sign(self, text: str, key: tuple[str, int]) -> int | None:
        subject = f"{self.finding.titles[key]}: {text or 'nothing'}"[:_SUBJECT]
        value = self.finding.values[key].get(text, Value())
        options = [
            (SAME, f"As they stand: {_shown(value.amounts, 1)}"),
            (OTHER, f"With the other sign: {_shown(value.amounts, -1)}"),
        ]
        self.questions.ask(Kind.SIGN, subject, None, about=subject, options=options)
        return {SAME: 1, OTHER: -1}.get(self.questions.answer(Kind.SIGN, subject))

    def _of_columns(self, row: Row) -> list[str]:
        said = []
        for (sheet, place), texts in self.finding.kinds.items():
            text = _text(row, place)
            if sheet == row.sheet and text in texts:
                said.append(f"{self.finding.titles[sheet, place]}: {text or 'nothing'}")
        return said

    def _counted_elsewhere(self, taken: dict) -> list[str]:
        """The words of a row that is a total of others, or a part of one, by what they say."""
        code, description = taken[CODE], taken.get(DESCRIPTION)
        for value, is_code in ((code, True), (description, False)):
            whole = words.says_no_more_than_total(value)
            sums = words.is_sum_word(value) or (words.is_total_word(value) and not is_code)
            sums = whole or (sums and (is_code or not self._is_known(code)))
            odd = is_code and read_words(value) in self.finding.codes
            if words.is_part_word(value) or sums or odd:
                return [f"“{read_words(value)}”"]
        return []

    def _is_known(self, code: object) -> bool:
        return read_words(code).upper() in self.usual

    def remarks(self) -> list[str]:
        """What was made of columns of signs, in sentences."""
        said: dict[str, list[str]] = {}
        for (sheet, place), signs in self.finding.signs.items():
            credits = [text for text, times in signs.items() if times == -1]
            if credits:
                title = self.finding.titles[sheet, place]
                said.setdefault(title, []).extend(f"“{text}”" for text in credits)
        return [
            f"Column {title} says the sign: an amount with {' or '.join(dict.fromkeys(of))} is a "
            "credit, less than nothing."
            for title, of in said.items()
        ]


def _text(row: Row, place: int) -> str:
    return read_words(row.cells[place]) if place < len(row.cells) else ""


def _shown(amounts: list[Decimal], times: int) -> str:
    examples = [f"{amount.normalize():,f} is {pounds(times * amount)}" for amount in amounts]
    return " and ".join(examples)


def pounds(amount: Decimal) -> str:
    """1234.5 -> "£1,234.50"; -500 -> "(£500.00)"."""
    return f"(£{-amount:,.2f})" if amount < 0 else f"£{amount:,.2f}"
