"""Opening a period, changing its dates, reopening it; and choosing what the board shows."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Hidden, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import DayField, Helper, OfADay, YearField, field_of, text_box
from bcfportal.lib.periods import Period, financial_year_label
from bcfportal.lib.plausible import is_reported_as_at
from bcfportal.lib.sentences import counted, day_words
from outcomes.actions import has_standing_targets, standing_before
from publishing.current_report import council_years
from publishing.models import Return
from returns.board import TURNS, due_in_words
from typed.asking import AsksAboutDays, AsksAboutYears, ask

LATE = "late"
QUARTERS = [
    ("1", "Quarter 1, April to June"),
    ("2", "Quarter 2, July to September"),
    ("3", "Quarter 3, October to December"),
    ("4", "Quarter 4, January to March"),
]


class DatesForm(AsksAboutDays, forms.Form):
    """The four dates of a period. A due date before ``today`` is asked about."""

    as_at = DayField(
        label="As at",
        help_text="The day that the figures are for. For example, {day}.",
        missing="Enter the as-at date of the figures.",
    )
    opens = DayField(
        label="Opens",
        help_text="From when commissioners report.",
        missing="Enter the date on which the period opens.",
    )
    due = DayField(
        label="Due",
        help_text="Reminders count from this date.",
        missing="Enter the date on which returns are due.",
    )
    closes = DayField(
        label="Closes",
        help_text="The date planned for closing. Nothing closes by itself.",
        missing="Enter the date on which the period closes.",
    )
    helper: Helper

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self._give_examples()

    def _give_examples(self):
        """The example given for one box fits what is in the others."""
        opens, due, closes = (self._held(name) for name in ("opens", "due", "closes"))
        latest = min((day for day in (due, closes) if day), default=self.today)
        field_of(self, "opens", OfADay).example = min(self.today, latest)
        field_of(self, "due", OfADay).example = min(
            max(self.today, opens or self.today), closes or date.max
        )
        field_of(self, "closes", OfADay).example = max(
            day for day in (self.today, opens, due) if day
        )

    def _held(self, name):
        """The day that is in the box; None where it holds none."""
        if not self.is_bound:
            return self.initial.get(name)
        typed = self.fields[name].widget.value_from_datadict(self.data, {}, self.add_prefix(name))
        try:
            return self.fields[name].clean(typed)
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = self.cleaned_data
        opens, due, closes = (chosen.get(name) for name in ("opens", "due", "closes"))
        if opens and due and due < opens:
            self.add_error("due", "Returns cannot be due before the period opens.")
        if due and closes and closes < due:
            self.add_error("closes", "The period cannot close before returns are due.")
        if due and due < self.today and "due" in self.changed_data:
            ask(
                self,
                "past_is_right",
                due.isoformat(),
                f"Returns would be {due_in_words(due, self.today)} at once: they are due on "
                f"{day_words(due)}. Correct the date, or tick that it is right.",
                label="The due date has already passed, and that is right",
            )
        return chosen

    def own_period(self) -> Period | None:
        """The period that the dates are of, once it is chosen."""
        raise NotImplementedError

    def days_beside(self) -> list[date]:
        period = self.own_period()
        return [period.last_day] if period else []

    def _ask_about_another_period(self, period: Period) -> None:
        """Asks about an as-at date that is rather of another period, unless it was so before."""
        as_at = self.cleaned_data.get("as_at")
        if as_at is None or "as_at" not in self.changed_data:
            return
        if is_reported_as_at(as_at, period.first_day, period.last_day):
            return
        ask(
            self,
            "as_at_is_right",
            as_at.isoformat(),
            f"{day_words(as_at)} is {'before' if as_at < period.first_day else 'long after'} "
            f"{period.label}, which is from {day_words(period.first_day)} to "
            f"{day_words(period.last_day)}. Correct the date, or tick that it is right.",
            label="The figures are for that day, and it is right",
        )

    @property
    def dates(self) -> dict[str, date]:
        """The dates that were entered, by name."""
        return {name: self.cleaned_data[name] for name in ("as_at", "opens", "due", "closes")}


class OpenPeriodForm(AsksAboutYears, DatesForm):
    """Opening a quarter."""

    year = YearField(
        label="Financial year",
        help_text="For example, {year}.",
        missing="Enter the financial year, such as {year}.",
    )
    quarter = forms.ChoiceField(
        choices=[("", "Choose a quarter"), *QUARTERS],
        error_messages={
            "required": "Choose the quarter.",
            "invalid_choice": "Choose a quarter from the list.",
        },
    )
    title = text_box("Title of the report", missing="Enter the title of the report.", longest=200)
    subtitle = text_box("Subtitle (optional)", longest=200)

    # On the page only where the council has targets that stand for several periods.
    take_over = forms.ChoiceField(
        required=False,
        label="Targets that the last report gave once, for all its results",
        help_text=(
            "They are for that report only. Later quarters have no target unless somebody says "
            "that they hold for them too."
        ),
        choices=[
            ("yes", "They hold for this quarter too"),
            (
                "no",
                "They are not carried forward: a target set for a year holds until the year "
                "ends, and a measure without a target has none until one is set",
            ),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ("year", "quarter", "title", "subtitle", "as_at", "opens", "due", "closes")

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.council = council
        asked = ("take_over",) if has_standing_targets(council) else ()
        self.helper = Helper(
            Layout(
                Field.text("year", field_width=5),
                *("quarter", "title", "subtitle", "as_at", "opens", "due", "closes"),
                *asked,
                Submit("submit", "Open the quarter"),
            )
        )

    def clean(self) -> dict[str, Any]:
        """Asks about targets that end before the quarter, if nothing was said about them."""
        super().clean()
        cleaned = self.cleaned_data
        if "year" not in cleaned or "quarter" not in cleaned:
            return cleaned
        self._ask_about_another_period(Period.parse(self.key))
        if not cleaned.get("take_over"):
            count = len(standing_before(self.council, self.key))
            if count:
                self.add_error(
                    "take_over",
                    f"{counted(count, 'measure has', 'measures have')} a target that ends before "
                    "this quarter. Say whether it holds for this quarter too.",
                )
        return cleaned

    def years_beside(self) -> set[int]:
        return council_years(self.council)

    def own_period(self) -> Period | None:
        chosen = self.cleaned_data.get("year") and self.cleaned_data.get("quarter")
        return Period.parse(self.key) if chosen else None

    @property
    def key(self) -> str:
        """The key of the quarter that was chosen."""
        return Period(self.cleaned_data["year"], quarter=int(self.cleaned_data["quarter"])).key


def next_quarter(latest: Period | None) -> dict[str, str]:
    """What the form begins with: the quarter after the latest, or nothing."""
    if latest is None or latest.quarter is None:
        return {}
    after = latest.following
    return {"year": financial_year_label(after.start_year), "quarter": str(after.quarter)}


def reason_box(**options):
    """Why something was done, which stays on the timeline."""
    return text_box(
        "Why",
        missing="Say why in a few words.",
        lines=3,
        longest=1_000,
        help_text="It stays on the timeline of the period.",
        **options,
    )


class ChangeDatesForm(DatesForm):
    """New dates of a period, and why."""

    reason = reason_box()

    def __init__(self, *args: Any, period: Period, published: bool = False, **kwargs: Any) -> None:
        """``published``: something of it is, so that the day of its figures stays as it is."""
        super().__init__(*args, **kwargs)
        self.period, self.published = period, published
        if published:
            self.fields["as_at"].help_text = (
                "The day that the figures are for. The report is published as at this day, so it "
                "can be changed only once that is withdrawn."
            )
        self.helper = Helper(
            Layout(
                *("as_at", "opens", "due", "closes", "reason"),
                Hidden("action", "dates"),
                Submit("submit", "Change the dates"),
            )
        )

    def own_period(self) -> Period:
        return self.period

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.published and "as_at" in self.changed_data:
            held = day_words(self.initial["as_at"])
            self.add_error(
                "as_at",
                f"The report is published as at {held}. Leave that day as it is, or withdraw what "
                "is published first.",
            )
        self._ask_about_another_period(self.period)
        return self.cleaned_data


class CloseForm(forms.Form):
    """Closing a period. With returns out it asks why, which shows that they were seen."""

    reason = reason_box(required=False)

    def __init__(self, *args, unfinished: int, period: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.unfinished = unfinished
        asked = ("reason",) if unfinished else ()
        self.helper = Helper(
            Layout(*asked, Hidden("action", "close"), Submit("submit", f"Close {period}"))
        )

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if self.unfinished and not reason:
            out = counted(self.unfinished, "return is", "returns are")
            raise ValidationError(f"{out} not submitted. Say why the period closes without them.")
        return reason


class ReopenForm(forms.Form):
    """Why a closed period is opened again."""

    reason = reason_box()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = Helper(
            Layout("reason", Hidden("action", "reopen"), Submit("submit", "Reopen the period"))
        )


class RemoveForm(forms.Form):
    """Why a period that was opened by mistake is removed."""

    reason = reason_box()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "It stays on the list of periods."
        self.helper = Helper(
            Layout("reason", Hidden("action", "remove"), Submit("submit", "Remove the period"))
        )


class BoardFilterForm(forms.Form):
    """Which rows of the board to show. Everything is optional."""

    state = forms.ChoiceField(required=False, choices=[("", "All"), *Return.Status.choices])
    turn = forms.ChoiceField(
        required=False, label="Whose turn", choices=[("", "All"), *TURNS.items()]
    )
    late = forms.ChoiceField(
        required=False, label="Late", choices=[("", "All"), (LATE, "Late only")]
    )

    def __init__(self, data):
        super().__init__(data)
        for name, error in (
            ("state", "Choose a state from the list."),
            ("turn", "Choose from the list whose turn it is."),
            ("late", "Choose all or late only."),
        ):
            self.fields[name].error_messages["invalid_choice"] = error

    def rows(self, board):
        """The rows chosen; all of them where the choice makes no sense."""
        if not self.is_valid():
            return board.rows
        chosen = self.cleaned_data
        return board.chosen(state=chosen["state"], turn=chosen["turn"], late=bool(chosen["late"]))
