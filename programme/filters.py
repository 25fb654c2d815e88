"""Choosing which projects to see."""

from django import forms

from bcfportal.lib.forms import field_of
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import with_article
from bcfportal.lib.text.searching import LONGEST_SEARCH
from returns.period_versions.published import NOT_REPORTED, REPORTED

DESCRIBED = "described"


class ProjectFilterForm(forms.Form):
    """Which projects of a published programme to show. Everything is optional."""

    search = forms.CharField(
        required=False,
        max_length=LONGEST_SEARCH,
        error_messages={"max_length": f"Search for at most {LONGEST_SEARCH} characters."},
    )
    condition = forms.ChoiceField(required=False, label="Purpose")
    fund = forms.ChoiceField(required=False)
    rating = forms.ChoiceField(required=False)

    def __init__(self, data, *, programme):
        super().__init__(data)
        word = programme.own_words.purpose_word
        self.fields["condition"].label = word
        field_of(self, "condition", forms.ChoiceField).choices = [("", "All")] + [
            (str(group.number), f"{group.number}. {group.title}") for group in programme.conditions
        ]
        field_of(self, "fund", forms.ChoiceField).choices = [("", "All")] + [
            (fund.slug, fund.name) for fund in programme.funds
        ]
        field_of(self, "rating", forms.ChoiceField).choices = [
            ("", "All"),
            *((value, label) for value, label in Rating.choices),
            (NOT_REPORTED, "Has not reported"),
            (DESCRIBED, "Described only"),
        ]
        for name, what in (
            ("condition", word.lower()),
            ("fund", "fund"),
            ("rating", "rating"),
        ):
            self.fields[name].error_messages["invalid_choice"] = (
                f"Choose {with_article(what)} from the list."
            )

    def matches(self, sheet):
        """Whether the sheet matches the filters; the search is not looked at."""
        chosen = self.cleaned_data
        rating = DESCRIBED if sheet.described_only else sheet.rating
        if sheet.state != REPORTED:
            rating = NOT_REPORTED if sheet.state == NOT_REPORTED else ""
        return (
            (not chosen["condition"] or str(sheet.condition_number) == chosen["condition"])
            and (not chosen["fund"] or chosen["fund"] in {fund.slug for fund in sheet.funds})
            and (not chosen["rating"] or rating == chosen["rating"])
        )
