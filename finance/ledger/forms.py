"""Choosing a file of actuals, and which lines of the ledger to see."""

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.downloads import XLSX_TYPE
from bcfportal.lib.forms import Helper, field_of, text_box
from bcfportal.lib.periods import Period, financial_year_label, financial_year_of
from bcfportal.lib.spreadsheets.limits import FILE_BYTES, MEGABYTE, ROWS, TOO_BIG
from bcfportal.lib.uploads import is_too_big
from finance.ledger.limits import KEPT
from finance.ledger.months import YEARS
from finance.ledger.taking_back import LONGEST

LONGEST_SEARCH = 60


class UploadForm(forms.Form):
    """A file of actuals, and the financial year of periods that name none."""

    file = forms.FileField(
        label="File of actuals",
        help_text=(
            "CSV or XLSX with columns Code, Period and Amount; one month needs no Period. "
            f"At most {FILE_BYTES // MEGABYTE} MB and {ROWS:,} rows. The file itself is not kept; "
            f"what was read of it is kept until you apply or drop it, and {KEPT.days} days at most."
        ),
        widget=forms.FileInput(
            attrs={
                "class": "govuk-file-upload",
                "accept": f".csv,.xlsx,text/csv,{XLSX_TYPE}",
            }
        ),
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty.",
            "invalid": "Choose a file.",
            "missing": "Choose a file.",
        },
    )
    year = forms.ChoiceField(
        required=False,
        label="Financial year",
        help_text="Needed only if the periods do not say the year, such as P10 or January.",
        error_messages={"invalid_choice": "Choose a financial year from the list."},
    )

    def __init__(self, request=None, *, today):
        posted = request is not None
        super().__init__(request.POST if posted else None, request.FILES if posted else None)
        self.too_big = posted and is_too_big(request)
        if self.too_big:
            self.fields["file"].required = False
        latest = financial_year_of(today)
        field_of(self, "year", forms.ChoiceField).choices = [
            ("", "The file says the year"),
            *((str(year), financial_year_label(year)) for year in range(latest, YEARS[0] - 1, -1)),
        ]
        self.helper = Helper(Layout("file", "year", Submit("submit", "Upload and preview")))

    def clean_file(self):
        if self.too_big:
            raise ValidationError(TOO_BIG)
        return self.cleaned_data["file"]

    @property
    def chosen_year(self) -> int | None:
        return int(self.cleaned_data["year"]) if self.cleaned_data["year"] else None


class LedgerFilterForm(forms.Form):
    """Which lines of the ledger to show. Everything is optional."""

    search = forms.CharField(
        required=False,
        label="Code or description",
        max_length=LONGEST_SEARCH,
        error_messages={"max_length": f"Search for at most {LONGEST_SEARCH} characters."},
    )
    period = forms.ChoiceField(
        required=False,
        label="Month",
        error_messages={"invalid_choice": "Choose a month from the list."},
    )

    def __init__(self, data, *, months):
        super().__init__(data)
        labels = sorted(((key, Period.parse(key).label) for key in months), reverse=True)
        field_of(self, "period", forms.ChoiceField).choices = [("", "All"), *labels]


class TakingBackForm(forms.Form):
    """Why an applied upload is taken back, and of how many lines the person was told."""

    why = text_box(
        "Why is it taken back?",
        missing="Say why it is taken back.",
        lines=3,
        longest=LONGEST,
        help_text="It is kept with the upload.",
    )
    lines = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)
