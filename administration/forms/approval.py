"""The form for who approves what is written."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from bcfportal.lib.forms import Helper, text_box
from projects.approval import OWN, approval_of, why_not_signed
from projects.models import Council
from projects.models.changes import approval_words
from projects.models.councils import SIGN_SECOND

CHOICES = [
    ("", approval_words("", approves_own=False)),
    *((role.value, approval_words(role, approves_own=False)) for role in SIGN_SECOND),
    (OWN, approval_words("", approves_own=True)),
]


class ApprovalForm(forms.Form):
    """One of the ways in which a council approves, and why it changes to that."""

    approval = forms.ChoiceField(
        label="Who approves",
        required=False,
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose who approves from the list."},
    )
    why = text_box("Why it changes", missing="Say why it changes.", lines=3, longest=2_000)

    def __init__(self, data: Any, *, council: Council) -> None:
        super().__init__(data, initial={"approval": approval_of(council)})
        self.council = council
        self.helper = Helper(
            Layout(
                Field.radios("approval", legend_size=Size.SMALL, small=True),
                "why",
                Submit("submit", "Save"),
            )
        )

    def clean_approval(self) -> str:
        chosen = self.cleaned_data["approval"]
        if chosen == approval_of(self.council):
            raise forms.ValidationError("It is so already: choose what it changes to.")
        if chosen not in ("", OWN) and (reason := why_not_signed(self.council, chosen)):
            raise forms.ValidationError(reason)
        return chosen
