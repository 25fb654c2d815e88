"""The form of one row of the measures of a return."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms

from bcfportal.lib.forms import text_box
from bcfportal.lib.text.bounds import LONGEST_TEXT
from outcomes.entry.validation import BOXES, Checked, check_row
from outcomes.models import Measure
from typed.boxes import RowForm

# Read together by ``check_row``: a figure, its parts and a reason for none bear on each other.
FIELDS = {what: forms.CharField(label=what.capitalize(), required=False) for what in BOXES}
# What was filled in from last time; while it stands so in the row, it is asked about.
FIELDS["filled"] = forms.CharField(
    label="Filled in from last time", required=False, widget=forms.HiddenInput
)
FIELDS["comment"] = text_box("Comment", longest=LONGEST_TEXT)


class ResultForm(RowForm):
    """The boxes of one measure, or of one part of it. ``unit`` is the one that is asked in."""

    def __init__(self, typed: Mapping[str, Any], key: str, measure: Measure, unit: str) -> None:
        super().__init__(typed, key, FIELDS)
        self.measure, self.unit = measure, unit

    @cached_property
    def checked(self) -> Checked:
        """The figures that the boxes come to together, and what is wrong by box."""
        texts = {what: self.text(what) for what in BOXES}
        return check_row(texts, self.unit, self.measure.decimals, self.measure)

    def clean(self) -> dict[str, Any]:
        for what, sentence in self.checked.errors.items():
            self.add_error(what, sentence)
        return self.cleaned_data
