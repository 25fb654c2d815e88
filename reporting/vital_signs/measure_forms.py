"""A council's measure as a record: adding one, and changing what is said of it and how it rates."""

from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from bcfportal.lib.forms import Helper
from outcomes.models import Measure

TEXTS = (
    *("text", "short_title", "theme", "unit", "numerator_name", "denominator_name"),
    *("why", "lead", "data_owner"),
)
CHOICES = ("collection", "direction", "frequency", "accumulation")
NUMBERS = ("decimals", "multiplier", "tolerance")


class MeasureForm(forms.ModelForm):
    """Everything that a person decides of a measure; its address is made of its name, once."""

    class Meta:
        model = Measure
        fields = [*TEXTS, *CHOICES, *NUMBERS, "tolerance_kind"]
        labels = {
            "text": "What is measured, in full",
            "short_title": "Short name, for lists and charts",
            "theme": "Theme that it is grouped under (optional)",
            "unit": "Unit (optional)",
            "numerator_name": "What the numerator counts (optional)",
            "denominator_name": "What the denominator counts (optional)",
            "why": "Why it is important (optional)",
            "lead": "Lead, by post (optional)",
            "data_owner": "Who keeps the figures (optional)",
            "collection": "Where it is shown",
            "direction": "What is better",
            "frequency": "How often it is counted",
            "accumulation": "What a figure stands for",
            "decimals": "Decimals shown",
            "multiplier": "Numerator over denominator is multiplied by (optional)",
            "tolerance": "Tolerance of its own (optional)",
            "tolerance_kind": "What that tolerance is measured in",
        }
        help_texts = {
            "unit": "For example %, £, days or per 100,000.",
            "multiplier": "100 for per cent, 100000 for a rate per 100,000.",
            "tolerance": "Left empty, the council’s is used.",
            "collection": "",
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 5}),
            **dict.fromkeys((*CHOICES, "tolerance_kind"), forms.RadioSelect),
        }
        error_messages = {
            "text": {"required": "Enter what is measured."},
            "decimals": dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"),
                "Enter the decimals as a whole number from 0 to 4.",
            ),
            "multiplier": dict.fromkeys(
                ("invalid", "min_value", "max_value"),
                "Enter the multiplier as a whole number, such as 100.",
            ),
            "tolerance": dict.fromkeys(
                ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
                "Enter the tolerance as a number of 0 or more, such as 5.",
            ),
            **{
                name: dict.fromkeys(("required", "invalid_choice"), "Choose one of the list.")
                for name in CHOICES
            },
        }

    def __init__(self, *args, submit="Save", **kwargs):
        super().__init__(*args, **kwargs)
        project = Measure.Collection.PROJECT
        self.fields["collection"].choices = [
            choice for choice in Measure.Collection.choices if choice[0] != project
        ]
        self.fields["tolerance_kind"].choices = [
            ("", "The council’s"),
            *(choice for choice in self.fields["tolerance_kind"].choices if choice[0]),
        ]
        self.fields["short_title"].required = True
        self.fields["short_title"].error_messages["required"] = "Enter a short name."
        for name in NUMBERS:
            attrs = {"inputmode": "decimal", "class": "govuk-input--width-5"}
            self.fields[name].widget = forms.TextInput(attrs=attrs)
        radios = [
            Field.radios(name, legend_size=Size.SMALL, small=True)
            for name in (*CHOICES, "tolerance_kind")
        ]
        self.helper = Helper(
            Layout(
                *TEXTS,
                *radios[:-1],
                *(Field.text(name) for name in NUMBERS),
                radios[-1],
                Submit("submit", submit),
            )
        )

    def clean_decimals(self):
        decimals = self.cleaned_data["decimals"]
        if decimals > 4:
            raise ValidationError("Enter the decimals as a whole number from 0 to 4.")
        return decimals

    def clean(self):
        cleaned = super().clean()
        tolerance, kind = cleaned.get("tolerance"), cleaned.get("tolerance_kind")
        if (tolerance is None) == bool(kind) and "tolerance" not in self.errors:
            self.add_error(
                "tolerance",
                "Enter the tolerance and choose what it is measured in, or leave both.",
            )
        others = Measure.objects.filter(council=self.instance.council)
        others = others.exclude(pk=self.instance.pk)
        slug = self.instance.slug or slugify(cleaned.get("short_title") or "")[:60].strip("-")
        if cleaned.get("short_title") and not slug:
            self.add_error("short_title", "Enter a short name with letters or digits in it.")
        elif not self.instance.pk and others.filter(slug=slug).exists():
            self.add_error("short_title", "The council already has a measure with that name.")
        self.instance.slug = slug
        collection = cleaned.get("collection")
        if collection and (not self.instance.pk or "collection" in self.changed_data):
            last = others.filter(collection=collection).order_by("-position").first()
            self.instance.position = last.position + 1 if last else 1
        return cleaned
