"""Opening a month of a council's vital signs."""

from collections.abc import Set

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import DayField, Helper, OfADay, field_of, text_box
from bcfportal.lib.periods import Period
from returns.period_forms import DatesForm

# How many months can be chosen from.
AHEAD = 12


def _before(after: Period, opened: Set[str]) -> list[Period]:
    """The months up to ``after`` that were never opened, latest first: a year before the first."""
    first = min(map(Period.parse, opened), default=after)
    begin = Period(first.start_year - 1, month=first.month)
    return [month for month in reversed(begin.up_to(after)) if month.key not in opened]


class OpenMonthForm(DatesForm):
    """A month, what its report is called, and its dates."""

    month = forms.ChoiceField(
        label="Month",
        error_messages={
            "required": "Choose the month.",
            "invalid_choice": "Choose a month from the list.",
        },
    )
    title = text_box("Title of the report", missing="Enter the title of the report.", longest=200)
    meets = DayField(
        label="Meeting (optional)",
        help_text="The meeting that the report goes to, if you know it. For example, {day}.",
    )

    field_order = ("month", "title", "as_at", "opens", "due", "closes", "meets")

    def __init__(self, *args, after: Period, opened: Set[str] = frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        months = [after]
        while len(months) <= AHEAD:
            months.append(months[-1].following)
        field_of(self, "month", forms.ChoiceField).choices = [
            ("", "Choose a month"),
            *((month.key, month.label) for month in months[1:]),
            *((month.key, f"{month.label} (before)") for month in _before(after, opened)),
        ]
        keys = {month.key: month for month in months}
        chosen = keys.get(self.data.get("month") or "", after.following)
        field_of(self, "as_at", OfADay).example = chosen.last_day
        self.helper = Helper(Layout(*self.field_order, Submit("submit", "Open the month")))

    def own_period(self) -> Period | None:
        month = self.cleaned_data.get("month")
        return Period.parse(month) if month else None

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        month, as_at = cleaned.get("month"), cleaned.get("as_at")
        if month and as_at and as_at < Period.parse(month).first_day:
            raise ValidationError({"as_at": "Enter a day in the month or after it."})
        return cleaned
