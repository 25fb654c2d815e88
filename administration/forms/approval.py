"""The form for who approves what is written."""

from typing import Any

from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms

from bcfportal.lib.forms import Helper, text_box
from projects.approval import OWN, approval_of, why_no_finance_signed, why_not_signed
from projects.models import Council
from projects.models.changes import approval_words, signing_words
from projects.models.councils import SIGN_SECOND

CHOICES = [
    ("", approval_words(approves_own=False)),
    *((role.value, signing_words(role, "return")) for role in SIGN_SECOND),
    (OWN, approval_words(approves_own=True)),
]
OF_FINANCE = [
    ("", "Nobody signs a finance report a second time"),
    *((role.value, signing_words(role, "finance report")) for role in SIGN_SECOND),
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
    of_finance = forms.ChoiceField(
        label="Second signature of finance reports",
        required=False,
        choices=OF_FINANCE,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose who signs from the list."},
    )
    why = text_box("Why it changes", missing="Say why it changes.", lines=3, longest=2_000)

    def __init__(self, data: Any, *, council: Council) -> None:
        of_finance = council.second_signature_of_finance
        super().__init__(data, initial={"approval": approval_of(council), "of_finance": of_finance})
        self.council = council
        self.helper = Helper(
            Layout(
                Field.radios("approval", legend_size=Size.SMALL, small=True),
                Field.radios("of_finance", legend_size=Size.SMALL, small=True),
                "why",
                Submit("submit", "Save"),
            )
        )

    def clean_approval(self) -> str:
        chosen = self.cleaned_data["approval"]
        if chosen not in ("", OWN) and (reason := why_not_signed(self.council, chosen)):
            raise forms.ValidationError(reason)
        return chosen

    def clean_of_finance(self) -> str:
        chosen = self.cleaned_data["of_finance"]
        if chosen and (reason := why_no_finance_signed(self.council, chosen)):
            raise forms.ValidationError(reason)
        return chosen

    def clean(self) -> dict[str, Any]:
        approval, of_finance = (
            self.cleaned_data.get("approval"),
            self.cleaned_data.get("of_finance"),
        )
        if approval == OWN and of_finance:
            self.add_error("of_finance", "A second signature is given by a second person.")
        now = (approval_of(self.council), self.council.second_signature_of_finance)
        if (approval, of_finance) == now:
            self.add_error("approval", "It is so already: choose what it changes to.")
        return self.cleaned_data
