"""The month of each row: of its own cells, of an answer, or of what stands around the rows."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Protocol

from bcfportal.lib.periods import Period, financial_year_label, financial_year_of
from bcfportal.lib.sentences import listed
from bcfportal.lib.spreadsheets.formats import FormattedDay, FormattedNumber, as_shown
from finance.ledger.asking import HELD, TYPED, Kind, Questions, typed_month
from finance.ledger.cells import refuse_too_narrow
from finance.ledger.headings import PERIOD, YEAR
from finance.ledger.months import (
    CALENDAR,
    WAYS,
    YEARS,
    Either,
    NoYear,
    months_in,
    of_another_year,
    other_year,
    read_month,
    read_year,
)
from finance.ledger.reading import Row
from finance.models.ledger_acts import LedgerQuestion

# So much of a cell above the heading is quoted, and so many letters of it are looked at.
_QUOTED, _LOOKED_AT = 60, 400
# Notes what is wrong with a part of a row.
Wrong = Callable[[str, str], None]


class Asked(Protocol):
    """What is known of a row so far, and whether it waits for an answer or is left out."""

    amount: Decimal | None
    open: bool
    left_out: bool


class RowMonths:
    """Says the month of each row of a file, and asks what its rows leave open."""

    def __init__(self, year: int | None, questions: Questions, file_name: str = "") -> None:
        """``year`` is the financial year, by its start, of periods that name none."""
        self.year, self.questions, self.file_name = year, questions, file_name
        # The rows above the heading of the sheet that is read, the heading last.
        self._above: list[Row] = []
        self._of_sheet: dict[str, tuple[list[tuple[str, str]], str, str]] = {}
        self._begun: set[str] = set()
        # To the end of the next financial year there may be actuals; beyond, the year is wrong.
        self._last_day = Period(financial_year_of(questions.today) + 1).last_day

    def above(self, row: Row) -> None:
        """Takes a row above the heading: its title may say the month."""
        if self._above and self._above[-1].sheet != row.sheet:
            self._above.clear()
        self._above.append(row)

    def month(self, row: Row, taken: dict, asked: Asked, wrong: Wrong) -> str:
        """The key of the row's month, "" while it is open. Raises ValueError where it is none."""
        year: int | Either | None = self.year
        if taken.get(YEAR) is not None:
            try:
                year = read_year(taken[YEAR])
            except Either as either:
                years = {period.start_year for period in either.readings.values()}
                year = self.year if self.year in years else either
            except ValueError as error:
                wrong(YEAR, str(error))
                return ""
            if isinstance(year, int) and self.year not in (None, year):
                wrong(YEAR, other_year(taken[YEAR], self.year))
                return ""
        if row.heading and PERIOD not in row.heading.places:
            period = self._month_of_sheet(row, year, asked)
        elif taken[PERIOD] is None:
            raise ValueError(f"there is no period. Enter the month: {WAYS}.")
        elif isinstance(year, Either):
            period = self._of_one_year(taken, year, asked)
        else:
            period = self._read(taken[PERIOD], year, asked)
        return self._if_begun(period, asked) if period else ""

    def _read(self, typed: object, year: int | None, asked: Asked) -> str:
        typed = _as_seen(typed)
        try:
            return _month(typed, year)
        except NoYear as month:
            return self._without_year(month, typed, year, asked)
        except Either as either:
            return self._one_of(either, typed, asked, either.readings)

    def _of_one_year(self, taken: dict, either: Either, asked: Asked) -> str:
        """The month of a row whose year is 2017 or FY18, if its period does not say the year."""
        typed = _as_seen(taken[PERIOD])
        try:
            period = _month(typed, None)
        except NoYear as month:
            readings = {
                way: Period(year.start_year, month=month.number)
                for way, year in either.readings.items()
            }
            if month.is_named:
                of_calendar = either.year if month.number <= 9 else either.year - 1
                readings[CALENDAR] = Period(of_calendar, month=month.number)
            return self._one_of(either, taken[YEAR], asked, readings)
        except Either as of_month:
            return self._one_of(of_month, typed, asked, of_month.readings)
        if Period.parse(period).start_year not in (either.year - 1, either.year):
            raise ValueError(f"{Period.parse(period).label} is not in {either.year}.")
        return period

    def _one_of(
        self, either: Either, typed: object, asked: Asked, readings: dict[str, Period]
    ) -> str:
        """What is answered of a form that may be of two years, once for the file."""
        question = self.questions.ask(Kind.WRITTEN, either.form, asked.amount)
        text = " ".join(str(typed).split())[:40]
        if not question.examples:
            question.options = [(way, either.sentence(text, way)) for way in readings]
        elif CALENDAR in readings and CALENDAR not in dict(question.options):
            question.options.append((CALENDAR, either.sentence(text, CALENDAR)))
        question.note(text)
        answer = self.questions.answer(Kind.WRITTEN, either.form)
        if not answer:
            asked.open = True
            return ""
        if answer not in readings:
            raise ValueError(
                f"“{text}” is of a calendar year, and the period is a number. Write both years, "
                f"such as {financial_year_label(either.year)}."
            )
        return readings[answer].key

    def _without_year(self, month: NoYear, typed: object, year: int | None, asked: Asked) -> str:
        """The month of a period that names no year, by the year given or by what is answered."""
        if year is not None and not of_another_year(month.number, month.day, year):
            return Period(year, month=month.number).key
        if month.day is None and not isinstance(typed, FormattedDay):
            question = self.questions.ask(Kind.YEAR, "", asked.amount)
            question.note(" ".join(str(typed).split())[:40], month.number)
            answer = self.questions.answer(Kind.YEAR, "")
        else:
            question = self.questions.ask(Kind.DAY, "", asked.amount)
            self.questions.about_day(question, month.number, month.day, typed)
            answer = self.questions.answer(Kind.DAY, "")
            if answer == TYPED and month.day:
                return typed_month(month.number, month.day)
            if answer == HELD and isinstance(typed, FormattedDay):
                return read_month(date(typed.year, typed.month, typed.day), None)
        if not answer.isdecimal():
            asked.open = True
            return ""
        return Period(int(answer), month=month.number).key

    def _month_of_sheet(self, row: Row, year: int | Either | None, asked: Asked) -> str:
        """The month of a sheet that has no column for it, once somebody has said which."""
        if row.sheet not in self._of_sheet:
            self._of_sheet[row.sheet] = self._said_of(row)
        options, month, about = self._of_sheet[row.sheet]
        subject = row.sheet[:80]
        self.questions.ask(
            Kind.MONTH, subject, asked.amount, options=options, period=month, about=about
        )
        answer = self.questions.answer(Kind.MONTH, subject)
        if answer not in dict(options):
            asked.open = True
            return ""
        period = Period.parse(answer)
        years = (year.year - 1, year.year) if isinstance(year, Either) else (year,)
        if year is not None and period.start_year not in years:
            raise ValueError(
                f"the answer is {period.label}, which is not in the year that this row has."
            )
        return answer

    def _said_of(self, row: Row) -> tuple[list[tuple[str, str]], str, str]:
        """What may be answered, the month if one alone is named, and what names it in words."""
        named = self._named(row)
        options = [(key, f"{Period.parse(key).label}, as {by} says") for key, by in named.items()]
        latest = Period(financial_year_of(self.questions.today), month=12)
        others = (
            Period(year, month=number)
            for year in range(latest.start_year, YEARS[0] - 1, -1)
            for number in range(12, 0, -1)
        )
        options += [
            (month.key, month.label)
            for month in others
            if month.key not in named and month.first_day <= self.questions.today
        ]
        where = f"Sheet {row.sheet}" if row.sheet else "The file"
        said = listed([f"{by} says {Period.parse(key).label}" for key, by in named.items()])
        said = f"{said[:1].upper()}{said[1:]}." if said else "Nothing above its heading says it."
        about = f"{where} has no column for the month. {said}"
        return options, next(iter(named)) if len(named) == 1 else "", about

    def _named(self, row: Row) -> dict[str, str]:
        """The months that stand above the heading, in the sheet's name and in the file's."""
        named: dict[str, str] = {}
        for above in self._above[:-1]:
            for cell in above.cells:
                if isinstance(cell, str | date):
                    for key in months_in(cell, self.year):
                        named.setdefault(key, f"row {above.number}, “{_short(cell)}”,")
        for name, whose in ((row.sheet, "sheet"), (self.file_name.rpartition(".")[0], "file")):
            for key in months_in(name, self.year):
                named.setdefault(key, f"the name of the {whose}")
        return named

    def _if_begun(self, period: str, asked: Asked) -> str:
        """The month, which must have begun or is asked about. Raises ValueError far ahead."""
        if period in self._begun:
            return period
        month = Period.parse(period)
        if month.first_day <= self.questions.today:
            self._begun.add(period)
            return period
        if month.first_day > self._last_day:
            latest = financial_year_label(financial_year_of(self._last_day))
            raise ValueError(
                f"{month.label} is after {latest}, so there can be no actuals for it yet. Correct "
                "the year."
            )
        self.questions.ask(
            Kind.FUTURE,
            period,
            asked.amount,
            period=period,
            options=[
                (LedgerQuestion.TAKE, "Apply these rows"),
                (LedgerQuestion.LEAVE, "Leave these rows out"),
            ],
        )
        answer = self.questions.answer(Kind.FUTURE, period)
        asked.open = asked.open or not answer
        asked.left_out = asked.left_out or answer == LedgerQuestion.LEAVE
        return period


def _as_seen(typed: object) -> object:
    refuse_too_narrow(typed)
    if isinstance(typed, FormattedNumber):
        return as_shown(typed) or Decimal(typed)
    return typed


def _month(typed: object, year: int | None) -> str:
    """The month, where a day that is shown without its year names none."""
    if isinstance(typed, FormattedDay):
        raise NoYear("", (typed.month - 4) % 12 + 1, typed.day, is_named=True)
    return read_month(typed, year)


def _short(cell: str | date) -> str:
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else " ".join(cell.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
