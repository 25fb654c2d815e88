"""The form that begins a monitoring report."""

from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms

from bcfportal.lib.forms import DayInOneBox, Helper, YearField
from bcfportal.lib.periods import Period

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


class NewReportForm(forms.Form):
    """A month or the outturn of a financial year."""

    year = YearField(
        label="Financial year",
        help_text="For example, 2017/18.",
        missing="Enter the financial year, such as 2017/18.",
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
    meeting = forms.CharField(
        label="Meeting (optional)",
        help_text="The meeting that the report goes to, and its date.",
        required=False,
        max_length=200,
        error_messages={"max_length": "Shorten this to 200 characters or fewer."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = Helper(
            Layout(
                Field.text("year", field_width=5),
                "month",
                Field.text("as_at", field_width=10),
                "meeting",
                Submit("submit", "Begin"),
            )
        )

    @property
    def period_key(self) -> str:
        """The key of the period that the valid form names."""
        month = self.cleaned_data["month"]
        number = None if month == "outturn" else int(month)
        return Period(self.cleaned_data["year"], month=number).key
