"""What rows leave open: which mark, year, month or code. Asked once each, not row by row."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bcfportal.lib.periods import Period, financial_year_label, financial_year_of
from bcfportal.lib.sentences import listed, month_words
from bcfportal.lib.spreadsheets.formats import FormattedDay
from finance.ledger.months import YEARS
from finance.models import LedgerQuestion

Kind = LedgerQuestion.Kind
# The answers about days that show no year: Apr-17 was typed, or the year that Excel holds is right.
TYPED, HELD = "typed", "held"
_EXAMPLES = 3


@dataclass
class Question:
    """A question about some rows of the file. ``options`` are (answer, words)."""

    kind: Kind
    subject: str = ""
    code: str = ""
    period: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    rows: int = 0
    pounds: Decimal = Decimal(0)
    # What it is about in words, where that is not its examples.
    about: str = ""
    examples: dict[str, tuple[int, int | None, date | None]] = field(default_factory=dict)
    every_day_is_a_year: bool = True
    every_year_is_held: bool = True

    @property
    def quoted(self) -> str:
        """What the question is about, as the person sees it in the file."""
        if self.about:
            return self.about
        more = "" if len(self.examples) <= _EXAMPLES else " and others"
        return ", ".join(list(self.examples)[:_EXAMPLES]) + more

    def note(self, example: str, number: int = 0) -> None:
        """Notes how a row has it: the first few are quoted."""
        if len(self.examples) <= _EXAMPLES:
            self.examples.setdefault(example, (number, None, None))


class Questions:
    """The questions of one file, collected while its rows are checked, and their answers."""

    def __init__(self, today: date, answers: dict[tuple[str, str], str] | None = None) -> None:
        self.today = today
        self.answers = answers or {}
        self.asked: dict[tuple[str, str], Question] = {}

    def ask(self, kind: Kind, subject: str, amount: Decimal | None, **about) -> Question:
        """The question of this subject, which has one more row, of so many pounds."""
        question = self.asked.setdefault((kind, subject), Question(kind, subject, **about))
        question.rows += 1
        question.pounds += amount or 0
        return question

    def answer(self, kind: Kind, subject: str) -> str:
        """What was answered; nothing where it was not, or where that is no answer any more."""
        return self.answers.get((kind, subject), "")

    def all(self) -> list[Question]:
        """All questions with what may be answered."""
        for question in self.asked.values():
            if question.kind == Kind.YEAR:
                question.options = self._years()
            elif question.kind == Kind.DAY:
                question.options = self._days(question)
        return list(self.asked.values())

    def _years(self):
        latest = financial_year_of(self.today)
        years = range(latest, YEARS[0] - 1, -1)
        return [(str(year), financial_year_label(year)) for year in years]

    def _days(self, question):
        """Ways to read 17-Apr: Apr-17 typed and made a day, the year held, or a year for all."""
        readings = []
        examples = list(question.examples.items())[:_EXAMPLES]
        if question.every_day_is_a_year:
            months = listed([_typed_month(*about[:2]).label for _, about in examples])
            readings.append((TYPED, f"{months}: it was typed as {_as_typed(*examples[0][1])}"))
        if question.every_year_is_held:
            months = listed([month_words(held) for _, (_, _, held) in examples])
            readings.append((HELD, f"{months}: Excel holds the day {examples[0][1][2]:%d/%m/%Y}"))
            return readings
        return readings + [(year, f"months of {label}") for year, label in self._years()]

    def about_day(self, question: Question, number: int, day: int | None, value: object) -> None:
        """Notes how a row shows its month without a year."""
        held = date(value.year, value.month, 1) if isinstance(value, FormattedDay) else None
        text = value.displayed if isinstance(value, FormattedDay) else " ".join(str(value).split())
        if day is None or not self._is_year(day, number):
            question.every_day_is_a_year = False
        if held is None:
            question.every_year_is_held = False
        if len(question.examples) <= _EXAMPLES:
            question.examples.setdefault(
                text[:40], (number, day, value if isinstance(value, FormattedDay) else None)
            )

    def _is_year(self, day, number):
        return 2000 + day in YEARS and _typed_month(number, day).first_day <= self.today


def typed_month(number: int, day: int) -> str:
    """The key of the month that was typed as Apr-17 and is shown as 17-Apr."""
    return _typed_month(number, day).key


def _typed_month(number, day):
    calendar_year = 2000 + day
    return Period(calendar_year if number <= 9 else calendar_year - 1, month=number)


def _as_typed(number, day, _):
    return f"{_typed_month(number, day).first_day:%b-%y}"
