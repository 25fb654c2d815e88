"""The forms for what reports name: funds, providers and what projects serve."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms
from django.utils.text import slugify

from administration.forms.records import RecordForm, whole_number
from bcfportal.lib.forms import DayField, text_box
from projects.models import Fund, GrantCondition, Provider
from typed.asking import AsksAboutDays

FROM_A_DAY, MISSPELT = "from a day", "misspelt"


class RenamedForm(AsksAboutDays, RecordForm):
    """A record that reports name: another name has its day and a reason, as a project's has."""

    how = forms.ChoiceField(
        choices=[
            (FROM_A_DAY, "It has another name from a day on"),
            (MISSPELT, "The name was misspelt: put it right in all reports to come"),
        ],
        widget=forms.RadioSelect,
        required=False,
        label="If the name changes, how",
        error_messages={"invalid_choice": "Choose how the name changes."},
    )
    on = DayField(
        label="From which day it has the new name",
        required=False,
        missing="Enter the date from which it has the new name.",
        help_text="For example, {day}. Reports as at a day before it keep the earlier name.",
    )
    why = text_box(
        "Why the name changes",
        longest=500,
        help_text="Needed if the name changes. The pages of its projects show it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.called = self.instance.typed_name

    def parts(self) -> list[Any]:
        if not self.instance.pk:
            for name in ("how", "on", "why"):
                del self.fields[name]
            return list(self.fields)
        names = [name for name in self.fields if name != "how"]
        place = names.index("on")
        how = Field.radios("how", legend_size=Size.SMALL, small=True)
        return [*names[:place], how, *names[place:]]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        renames = {"name", "label", "title"} & set(self.changed_data)
        if self.instance.pk and renames:
            if not cleaned.get("how") and "how" not in self.errors:
                self.add_error("how", "Choose how the name changes.")
            needs_day = cleaned.get("how") == FROM_A_DAY
            if needs_day and not cleaned.get("on") and "on" not in self.errors:
                self.add_error("on", "Enter the date from which it has the new name.")
            if not cleaned.get("why") and "why" not in self.errors:
                self.add_error("why", "Say why the name changes.")
        return cleaned

    @property
    def since(self) -> date | None:
        """From which day the new name holds; None where it was misspelt."""
        return self.cleaned_data["on"] if self.cleaned_data["how"] == FROM_A_DAY else None


class NamedForm(RenamedForm):
    """A record whose address is made from its first name and does not change with it."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        slug = self.instance.slug or slugify(name)[:60].strip("-")
        if not slug:
            raise forms.ValidationError("Enter a name with letters or digits in it.")
        if self.others().filter(name__iexact=name).exists() or (
            self.others().filter(slug=slug).exists()
        ):
            raise forms.ValidationError("The list already has that name, or one very like it.")
        self.instance.slug = slug
        return name


class FundForm(NamedForm):
    order = whole_number(
        "Place in lists",
        "Enter the place in lists as a whole number, such as 1.",
        help_text="Funds with a smaller number come first.",
    )

    class Meta:
        model = Fund
        fields = ["name", "label", "order"]
        labels = {"label": "Short name"}
        error_messages = {
            "name": {"required": "Enter the fund's name."},
            "label": {"required": "Enter a short name, such as iBCF."},
        }


class ProviderForm(NamedForm):
    class Meta:
        model = Provider
        fields = ["name"]
        error_messages = {"name": {"required": "Enter the provider's name."}}


class ConditionForm(RenamedForm):
    number = whole_number(
        "Number",
        "Enter the number, 1 or more.",
        low=1,
        help_text="You cannot change it later: addresses and published papers use it.",
    )

    class Meta:
        model = GrantCondition
        fields = ["number", "title"]
        help_texts = {
            "title": "As reports print it.",
        }
        error_messages = {
            "title": {"required": "Enter the title."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["number"].disabled = True

    def clean_number(self):
        number = self.cleaned_data["number"]
        if self.others().filter(number=number).exists():
            raise forms.ValidationError("The list already has that number.")
        return number
