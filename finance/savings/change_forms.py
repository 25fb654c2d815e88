"""The forms of change requests: one for each kind."""

from decimal import Decimal
from typing import Any

from crispy_forms_gds.layout import Layout, Submit
from django import forms

from bcfportal.lib.forms import DayField, Helper, NumberField, YearField, field_of
from bcfportal.lib.money import pounds, short_pounds
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sentences import month_words
from finance.models import ChangeRequest, FinanceLine, Saving
from finance.savings.asked import ask_about_little, ask_about_years_over, beside_change
from finance.savings.fields import record
from finance.savings.transitions import may_propose_for
from projects.models import Fund, Project
from publishing.current_report import council_years
from typed.asking import AsksAboutDays, AsksAboutYears
from typed.grids import text

WHY: dict[str, Any] = {"lines": 4, "length": 5000, "missing": "Say why."}


def may_choose(queryset, access, *, project="project_id"):
    """The records whose project the person may ask changes for."""
    if may_propose_for(access, None):
        return queryset
    return queryset.filter(**{f"{project}__in": access.assigned})


class ChangeForm(AsksAboutYears, AsksAboutDays, forms.Form):
    """What the three kinds share: a reason, and the title made of what was chosen."""

    def __init__(self, *args, council, access, **kwargs):
        super().__init__(*args, **kwargs)
        self.council, self.money_style = council, council.money_style
        if "saving" in self.fields:
            savings = Saving.objects.filter(council=council)
            field_of(self, "saving", forms.ModelChoiceField).queryset = may_choose(savings, access)
        if "project" in self.fields:
            field_of(self, "project", forms.ModelChoiceField).queryset = may_choose(
                council.projects.all(), access, project="pk"
            )
        for name in ("from_fund", "to_fund"):
            if name in self.fields:
                field_of(self, name, forms.ModelChoiceField).queryset = Fund.objects.filter(
                    council=council
                )
        self.helper = Helper(Layout(*self.fields, Submit("submit", "Save the change")))

    def years_beside(self) -> set[int]:
        saving = self.cleaned_data.get("saving")
        of_saving = saving.years.values_list("year", flat=True) if saving else ()
        return council_years(self.council) | {year for year in of_saving if year}

    def _ask_about_years_over(self, *years: int | None) -> None:
        if any(years):
            ask_about_years_over(self, years, council_years(self.council))

    def title(self) -> str:
        """What the change is called, from what was chosen."""
        raise NotImplementedError

    @property
    def values(self) -> dict[str, Any]:
        """What the change request keeps."""
        return self.cleaned_data | {"title": self.title()[:200]}


class ReprofileForm(ChangeForm):
    saving = record("Saving", missing="Choose the saving whose targets move.")
    amount = NumberField(
        label="How much, £", unit="£", missing="Enter how much moves, such as 1,000,000."
    )
    from_year = YearField(label="From which year", missing="Enter the year it is moved from.")
    to_year = YearField(label="To which year", missing="Enter the year it is moved to.")
    reason = text("Why", **WHY)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        start, end, amount = (given.get(name) for name in ("from_year", "to_year", "amount"))
        if start and start == end:
            self.add_error("to_year", "Enter a different year from the one it is moved from.")
        if amount == 0:
            self.add_error("amount", "Enter more than 0.")
        if given.get("saving") and start and amount:
            held = given["saving"].years.filter(year=start).first()
            target = held.target if held else None
            if target is None or target < amount:
                year = financial_year_label(start)
                self.add_error(
                    "amount",
                    f"{year} has {pounds(target)}: enter that or less."
                    if target
                    else f"{year} has no target, so nothing can be moved from it.",
                )
        saving = given.get("saving")
        ask_about_little(self, beside=lambda: beside_change(saving))
        self._ask_about_years_over(start, end)
        return given

    def title(self):
        given = self.cleaned_data
        return (
            f"{given['saving']}, {short_pounds(given['amount'], self.money_style)} from "
            f"{financial_year_label(given['from_year'])} to "
            f"{financial_year_label(given['to_year'])}"
        )


def opposite_of(change: ChangeRequest) -> dict[str, Any]:
    """What the form holds that asks for the opposite of an agreed move between years."""
    return {
        "saving": change.saving,
        "amount": change.amount,
        "from_year": change.to_year,
        "to_year": change.from_year,
        "reason": f"Change {change.number} was wrong: ",
    }


class FundingForm(ChangeForm):
    project = record("Project", missing="Choose the project.")
    from_fund = record("Fund that pays now", missing="Choose the fund that pays now.")
    to_fund = record("Fund that is to pay", missing="Choose the fund that is to pay.")
    starts = DayField(
        label="From when",
        help_text="For example, {day}.",
        missing="Enter the day from which the other fund pays.",
    )
    ends = DayField(label="Until when, if that is known")
    amount = NumberField(label="Cost of a year, £, if it is known", unit="£")
    reason = text("Why", **WHY)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if given.get("from_fund") and given["from_fund"] == given.get("to_fund"):
            self.add_error("to_fund", "Choose a different fund from the current one.")
        _in_order(self, given)
        project, fund = given.get("project"), given.get("from_fund")
        if project and fund and not project.streams.filter(fund=fund).exists():
            self.add_error("from_fund", f"{fund} does not pay for {project}.")
        ask_about_little(self, beside=lambda: _allocations(project))
        return given

    def title(self):
        given = self.cleaned_data
        return f"{given['project']}, from {given['from_fund'].label} to {given['to_fund'].label}"


class ExtensionForm(ChangeForm):
    project = record("Project", missing="Choose the project that is extended.")
    ends = DayField(label="Until when")
    saving = record("Saving that the extension adds to")
    amount = NumberField(label="How much it adds, £", unit="£")
    from_year = YearField(label="First year of what it adds")
    to_year = YearField(label="Last year of what it adds")
    reason = text("Why", **WHY)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        adds = [given.get(name) for name in ("saving", "amount", "from_year", "to_year")]
        if not given.get("ends") and not any(adds) and "ends" not in self.errors:
            self.add_error("ends", "Enter the date it is extended to, or what it adds and by when.")
        if any(adds) and not all(adds):
            for name in ("saving", "amount", "from_year", "to_year"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        "Enter the saving, how much it adds and both years, or none of them.",
                    )
                    break
        start, end = given.get("from_year"), given.get("to_year")
        if start and end and end < start:
            self.add_error("to_year", "The last year cannot be before the first.")
        saving = given.get("saving")
        ask_about_little(self, beside=lambda: beside_change(saving))
        self._ask_about_years_over(start, end)
        return given

    def title(self):
        given = self.cleaned_data
        if given["amount"]:
            added = short_pounds(given["amount"], self.money_style)
            return f"{given['project']}, {added} of savings added"
        return f"{given['project']}, extended to {month_words(given['ends'])}"


def _allocations(project: Project | None) -> list[Decimal | None]:
    lines = FinanceLine.objects.filter(stream__project=project) if project else ()
    return [line.allocation for line in lines]


def _in_order(form, given):
    if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
        form.add_error("ends", "Enter a day on or after the one from which it counts.")


# (kind of the model, words, form) by the name in addresses.
CHANGE_KINDS = {
    "re-profiling": ("re-profiling", "Move savings between years", ReprofileForm),
    "funding": ("funding source", "Change the fund that pays", FundingForm),
    "extension": ("extension", "Extend a project or its savings", ExtensionForm),
}
