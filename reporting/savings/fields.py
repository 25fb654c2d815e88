"""Boxes of the savings forms: pounds, years and days as people type them."""

import re
from decimal import Decimal

from crispy_forms_gds.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import Helper
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.typed_numbers import read_number
from reporting.period_forms import DayField

YEARS = range(2013, 2100)


class OptionalDay(DayField):
    """A date in three boxes that may be left empty."""

    def __init__(self, **kwargs):
        super().__init__(missing="", required=False, **kwargs)

    def clean(self, value):
        if not any(str(part or "").strip() for part in value or ()):
            return None
        return super().clean(value)


class NumberField(forms.CharField):
    """A number as typed, read into a Decimal; None where it is left empty."""

    def __init__(self, *, places=2, whole_digits=9, missing="", negative=False, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(required=bool(missing), **kwargs)
        self.places, self.whole_digits, self.negative = places, whole_digits, negative
        self.widget.attrs |= {"inputmode": "decimal", "class": "govuk-input--width-10"}
        self.error_messages["required"] = missing
        self.error_messages["max_length"] = "Enter a number with fewer digits."

    def prepare_value(self, value):
        return f"{value:f}".removesuffix(".00") if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = super().to_python(value)
        try:
            number = read_number(text or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if number is None:
            if self.required and text:
                raise ValidationError(self.error_messages["required"])
            return None
        if number < 0 and not self.negative:
            raise ValidationError("Enter a figure of 0 or more.")
        if number != round(number, self.places):
            raise ValidationError(f"Enter a figure with at most {self.places} decimal places.")
        if abs(number) >= 10**self.whole_digits:
            raise ValidationError("Enter a smaller figure.")
        return number

    def validate(self, value):
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The figure is checked as it is read; its length in characters is the text's."""


class YearField(forms.CharField):
    """A financial year typed as 2018/19, read into the year that it starts in."""

    def __init__(self, *, missing="", **kwargs):
        super().__init__(required=bool(missing), max_length=9, **kwargs)
        self.widget.attrs |= {"class": "govuk-input--width-5"}
        self.error_messages["required"] = missing
        self.error_messages["max_length"] = "Enter the financial year as 2018/19."

    def prepare_value(self, value):
        return financial_year_label(value) if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        match = re.fullmatch(r"(\d{4})\s*[/-]\s*(?:\d\d)?(\d\d)", text, re.ASCII)
        if not match or int(match[1]) not in YEARS:
            raise ValidationError("Enter the financial year as 2018/19.")
        start = int(match[1])
        if (start + 1) % 100 != int(match[2]):
            raise ValidationError("Enter two years that follow each other, such as 2018/19.")
        return start


class GridForm(forms.Form):
    """A row of a table of boxes. A row with nothing in it is no row."""

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "") for value in self.cleaned_data.values())


class BaseGrid(forms.BaseFormSet):
    """A table of boxes: a row for each record, and some more to fill."""

    @property
    def rows(self) -> list[dict]:
        return [form.cleaned_data for form in self.forms if not form.is_empty]


def grid(form, extra):
    """The class of a table whose rows are ``form``."""
    return forms.formset_factory(form, formset=BaseGrid, extra=extra, max_num=40, absolute_max=40)


def parts_of(*parts):
    """A helper whose form stands within a page's own form element."""
    helper = Helper(Layout(*parts))
    helper.form_tag = False
    return helper


def text(label, *, missing="", length=200, lines=0, **kwargs):
    """A box for words."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=length,
        widget=widget,
        error_messages={
            "required": missing,
            "max_length": f"Enter at most {length:,} characters.",
        },
        **kwargs,
    )


def choice(label, choices, *, missing="", **kwargs):
    """A list to choose from."""
    return forms.ChoiceField(
        label=label,
        required=bool(missing),
        choices=choices,
        error_messages={"required": missing, "invalid_choice": "Choose one from the list."},
        **kwargs,
    )


def record(label, *, missing="", **kwargs):
    """A list of records to choose from; the form sets which."""
    from projects.models import Project

    sentence = "Choose one from the list."
    return forms.ModelChoiceField(
        queryset=Project.objects.none(),
        label=label,
        required=bool(missing),
        empty_label="None" if not missing else "Choose one",
        error_messages={
            "required": missing,
            "invalid_choice": sentence,
            "invalid_pk_value": sentence,
        },
        **kwargs,
    )


def words_of(request) -> str:
    """The words typed beside a decision; the database holds no null characters."""
    return request.POST.get("words", "").replace("\x00", "")
