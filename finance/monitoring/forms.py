"""The forms of a monitoring report: the one that begins it, and the rows of its grids."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import DayInOneBox, Helper, YearField, text_box
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import day_words, within
from bcfportal.lib.text.bounds import LONGEST_TEXT
from bcfportal.lib.text.typed_numbers import no_figure
from finance.monitoring.entry import as_typed, read_millions
from typed.asking import ask

MONTHS = [
    (str(number), f"{name} (month {number})")
    for number, name in enumerate(
        (
            *("April", "May", "June", "July", "August", "September"),
            *("October", "November", "December", "January", "February", "March"),
        ),
        start=1,
    )
]
# So many days from all other reports a period is asked about.
_FAR = 366


def day_of(period: Period, as_at: date | None) -> str:
    """Why the report of the period cannot be as at that day; nothing where it can.

    The figures of a month stand as at one of its days, the outturn at one of its year's.
    """
    if as_at is None or period.first_day <= as_at <= period.last_day:
        return ""
    return (
        f"As at: {day_words(as_at)} is not in {period.label}. Enter a day from "
        f"{day_words(period.first_day)} to {day_words(period.last_day)}, or leave it empty."
    )


class NewReportForm(forms.Form):
    """A month or a year’s outturn. What is to come, or far from all reports, is asked about."""

    year = YearField(
        label="Financial year",
        help_text="For example, {year}.",
        missing="Enter the financial year, such as {year}.",
        # Capital is budgeted for years ahead.
        years=range(2013, 2098),
    )
    month = forms.ChoiceField(
        label="Month or outturn",
        choices=[("", "Choose one"), *MONTHS, ("outturn", "Outturn of the year")],
        error_messages={
            "required": "Choose the month, or the outturn.",
            "invalid_choice": "Choose the month, or the outturn.",
        },
    )
    as_at = DayInOneBox(
        label="As at (optional)",
        help_text="The last day of the period unless you enter another, such as {day}.",
        required=False,
    )
    meeting = text_box(
        "Meeting (optional)",
        help_text="The meeting that the report goes to, and its date.",
        longest=200,
    )

    def __init__(
        self, *args: Any, today: date, reported: Collection[Period], **kwargs: Any
    ) -> None:
        """``reported`` are the periods of the council's reports."""
        super().__init__(*args, **kwargs)
        self.today, self.reported = today, reported
        self.helper = Helper(
            Layout(
                Field.text("year", field_width=5),
                "month",
                Field.text("as_at", field_width=10),
                "meeting",
                Submit("submit", "Begin"),
            )
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("year") and self.cleaned_data.get("month"):
            self._check_day()
            if doubt := self._doubt():
                ask(
                    self,
                    "period_is_right",
                    self.period.key,
                    doubt,
                    label="The month and year are right",
                )
        return self.cleaned_data

    def _check_day(self) -> None:
        if reason := day_of(self.period, self.cleaned_data.get("as_at")):
            self.add_error("as_at", reason)

    def _doubt(self) -> str:
        """Why the period may be a slip, in a sentence that says what to do; nothing if not."""
        period, what_to_do = self.period, "Correct it, or tick that it is right."
        if period.first_day > self.today:
            return f"{period.label} begins on {day_words(period.first_day)}. {what_to_do}"
        days = [abs((period.last_day - each.last_day).days) for each in self.reported]
        if days and min(days) > _FAR:
            return f"No report is within a year of {period.label}. {what_to_do}"
        return ""

    @property
    def period(self) -> Period:
        """The period that the year and the month name."""
        month = self.cleaned_data["month"]
        number = None if month == "outturn" else int(month)
        return Period(self.cleaned_data["year"], month=number)


class AboutForm(forms.Form):
    """What is said of a report beside its figures, while it is a draft."""

    as_at = DayInOneBox(
        label="As at (optional)",
        help_text="The last day of the period unless you enter another, such as {day}.",
        required=False,
    )
    meeting = text_box(
        "Meeting (optional)",
        help_text="The meeting that the report goes to, and its date.",
        longest=200,
    )

    def __init__(self, *args: Any, period: Period, why: str | None, **kwargs: Any) -> None:
        """``why`` is the published reason of a correction; None of a first version."""
        super().__init__(*args, **kwargs)
        self.period = period
        boxes = [Field.text("as_at", field_width=10), "meeting"]
        if why is not None:
            self.fields["why"] = text_box(
                "What is corrected, and why",
                help_text="Published with the new version.",
                missing="Say what is corrected, and why.",
                longest=LONGEST_TEXT,
                lines=2,
            )
            self.fields["why"].initial = why
            boxes.append("why")
        self.helper = Helper(Layout(*boxes, Submit("submit", "Save")))

    def clean_as_at(self) -> date:
        """The day that is typed; else the last of the period."""
        as_at = self.cleaned_data["as_at"]
        if reason := day_of(self.period, as_at):
            raise ValidationError(reason)
        return as_at or self.period.last_day


class MillionsField(forms.CharField):
    """An amount in £ million, read into pounds; ``income`` asks for a negative one.

    An empty box is left to its grid; a dash is neither 0 nor an empty box. ``may_be_empty`` says
    that a complete row may have no figure here.
    """

    def __init__(self, *, income: bool = False, may_be_empty: bool = False, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.income, self.may_be_empty = income, may_be_empty

    @property
    def advice(self) -> str:
        """What to do where no figure is typed: "enter the forecast, or 0"."""
        either = ", or leave the box empty" if self.may_be_empty else ""
        return f"enter the {within(str(self.label))}, or 0{either}"

    # Django says of a field of text that it reads into a text; this one reads into an amount.
    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().clean(value)
        try:
            amount = read_millions(text, self.advice)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if said := no_figure(text):
            raise ValidationError(f"{said}: {self.advice}.")
        if self.income and amount is not None and amount > 0:
            raise ValidationError(f"Income is negative: enter {_as_income(text, amount)}.")
        return amount


def _as_income(text: str, amount: Decimal) -> str:
    """What was typed, in brackets; where that would not be its amount below 0, that amount."""
    in_brackets = f"({text.strip('+£ ')})"
    try:
        is_same = read_millions(in_brackets) == -amount
    except ValueError:
        is_same = False
    return in_brackets if is_same else as_typed(-amount)


EXPLANATION = text_box("Explanation", longest=LONGEST_TEXT)
RESERVE_FIELDS = {
    "opening": MillionsField(label="Balance on 1 April"),
    "planned": MillionsField(label="Planned use or addition", may_be_empty=True),
    "movement": MillionsField(label="Use or addition"),
}


def line_fields(outturn: str, *, income: bool) -> dict[str, forms.Field]:
    """The boxes of an area; ``outturn`` is what its second figure is called."""
    return {
        "budget": MillionsField(label="Budget", income=income),
        "outturn": MillionsField(label=outturn, income=income),
        "explanation": EXPLANATION,
    }


def capital_fields(columns: Iterable[tuple[str, int, str]]) -> dict[str, forms.Field]:
    """The boxes of a scheme, of which each is (figure, year, label); later years may have none."""
    columns = list(columns)
    this = min(year for _, year, _ in columns)
    return {
        f"{figure}-{year}": MillionsField(label=label, may_be_empty=year > this)
        for figure, year, label in columns
    }
