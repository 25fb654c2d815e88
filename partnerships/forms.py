"""The forms of programmes, pools and joint outcomes."""

from collections.abc import Mapping
from typing import Any

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.utils.text import slugify

from bcfportal.lib.forms import DayField, Helper, NumberField, WholeNumberField, YearField, field_of
from partnerships.models import Arrangement, Disposal, Function, Pool, RiskShare
from partnerships.models.pools import Basis
from publishing.registry import NamedMeasure
from stated.rules import Qualifier
from typed.asking import AsksAboutDays
from typed.grids import GridForm, choice, grid, parts_of, text

LONG: dict[str, Any] = {"lines": 4, "length": 5000}
SOURCE = "The document and the paragraph, if it is from one."
# Nothing chosen is an exact amount, so that an empty row stays empty.
QUALIFIERS = [("", "exactly"), *((word.value, word.value) for word in Qualifier if word != "exact")]
ADDRESS = "Its programme, as in the programme's address"


class TitleForm(forms.Form):
    """A new arrangement: what it is called and what it is for."""

    title = text("Title", missing="Enter its title.", length=200)
    purpose = text("What it is for", **LONG)

    def __init__(self, *args: Any, council: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council, self.kind = council, kind
        self.helper = parts_of(*self.fields)

    def clean_title(self) -> str:
        title, slug = self.cleaned_data["title"], slugify(self.cleaned_data["title"])[:60]
        if not slug:
            raise forms.ValidationError("Enter a title with letters or digits in it.")
        others = Arrangement.objects.filter(council=self.council, kind=self.kind, slug=slug)
        if others.exists():
            raise forms.ValidationError("The council already has one of that title.")
        return title


class HeadForm(forms.Form):
    """What every arrangement says of itself."""

    title = text("Title", missing="Enter its title.", length=200)
    purpose = text("What it is for", **LONG)
    source = text("Source", help_text=SOURCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = parts_of(*self.fields)


class ProgrammeForm(HeadForm):
    """An integration programme."""

    planning_area = text("Planning area", length=120)
    districts = text("Districts", length=300)
    partners = text("Partners", **LONG)
    care_areas = text("Areas of care", **LONG)
    in_scope = text("Who is in scope", **LONG)
    out_of_scope = text("Who is not", **LONG)
    basis_of = text("What it is the basis of", **LONG)
    field_order = ["title", "purpose"]


class PoolForm(HeadForm):
    """A pool of money."""

    legal_basis = text("Legal basis", help_text="Such as section 75 of the NHS Act 2006.")
    host = text("Host", help_text="The partner that holds the money.")
    level = choice("Level", Pool.Level.choices)
    state = choice("How far it is", Pool.State.choices)
    money_note = text("Why there are no amounts, if there are none", **LONG)
    programme = text(ADDRESS, length=60)
    field_order = ["title", "purpose"]


class FrameworkForm(HeadForm):
    """A framework of joint outcomes; its outcomes have forms of their own."""

    paper = text("The paper that has it", length=250)
    state = text("How far it is")
    not_held = text("Why it has no outcomes, if it has none", **LONG)
    programme = text(ADDRESS, length=60)
    field_order = ["title", "purpose"]


class NamedRow(GridForm):
    """A row that needs its name where anything is in it."""

    named_by = "name"

    def clean(self) -> dict[str, Any]:
        label = str(self.base_fields[self.named_by].label).lower()
        return _all_or_nothing(self, **{self.named_by: label})


class ElementRow(NamedRow):
    name = text("Service", length=120)
    what_it_does = text("What it does", lines=3, length=5000)
    for_whom = text("For whom", length=300)
    cover = text("Where and when")
    standard = text("Standard", length=300)
    state = text("How far it is", length=120)


class ActivityRow(GridForm):
    title = text("What has to be done")


class FunctionRow(NamedRow):
    name = text("Function", length=250)
    holder = text("Who holds it now")
    position = text("What the paper says of it", lines=3, length=5000)
    recommended = choice(
        "Recommended", [("", "nothing"), *(c for c in Disposal.choices if c[0] != "undecided")]
    )
    condition = text("Provided that", lines=2, length=2000)
    advice_of = text("Whose advice")


class IssueRow(NamedRow):
    named_by = "title"

    title = text("Area", length=120)
    at_stake = text("What is at stake", lines=3, length=5000)
    options = text("Options, one a line", lines=3, length=5000)
    asked = text("What members are asked", lines=3, length=5000)


class ContributionRow(GridForm):
    partner = text("Partner")
    year = YearField(label="Financial year")
    qualifier = choice("Word before it", QUALIFIERS)
    amount = NumberField(label="Amount, £", unit="£")
    basis = choice("Basis", Basis.choices)
    fund = text("Fund")

    def clean(self) -> dict[str, Any]:
        return _all_or_nothing(self, partner="whose it is", year="the year", amount="the amount")


class BudgetRow(GridForm):
    year = YearField(label="Financial year")
    qualifier = choice("Word before it", QUALIFIERS)
    amount = NumberField(label="Budget, £", unit="£")
    basis = choice("Basis", Basis.choices)
    population = WholeNumberField(label="People in scope")
    savings = NumberField(label="Savings to make, £", unit="£")
    savings_made = NumberField(label="Savings made, £", unit="£")
    pressures = NumberField(label="Pressures agreed, £", unit="£")
    committed = NumberField(label="Committed, £", unit="£")
    forecast = NumberField(label="Forecast, £", unit="£")
    actual = NumberField(label="Spent, £", unit="£")

    def clean(self) -> dict[str, Any]:
        return _all_or_nothing(self, year="the year", amount="the budget")


class ShareRow(GridForm):
    event = choice("What happens", [("", "Choose one"), *RiskShare.Event.choices])
    partner = text("Who bears it")
    share = NumberField(label="Share, %", unit="%", high=100)
    terms = text("Terms", lines=2, length=2000)

    def clean(self) -> dict[str, Any]:
        return _all_or_nothing(self, event="what happens", partner="who bears it")


class TensionRow(GridForm):
    first = text("One thing wanted", length=250)
    other = text("The other", length=250)

    def clean(self) -> dict[str, Any]:
        return _all_or_nothing(self, first="the one", other="the other")


def _all_or_nothing(form: GridForm, **needed: str) -> dict[str, Any]:
    """What a row with anything in it needs; each box that lacks says so."""
    given = form.cleaned_data
    if any(value not in (None, "") for value in given.values()) and not form.errors:
        for name, what in needed.items():
            if given.get(name) in (None, ""):
                form.add_error(name, f"Enter {what}, or clear the row.")
    return given


# The tables beside each form: the relation that they fill, their heading, their class.
GRIDS: dict[str, list[tuple[str, str, Any]]] = {
    "programme": [
        ("serviceelements", "Services", grid(ElementRow, 2)),
        ("blueprintactivitys", "What has to be done", grid(ActivityRow, 2)),
        ("functions", "Functions", grid(FunctionRow, 2)),
        ("issueareas", "What members have to weigh", grid(IssueRow, 2)),
    ],
    "pool": [
        ("poolcontributions", "Contributions", grid(ContributionRow, 3)),
        ("capitatedbudgets", "The pool by year", grid(BudgetRow, 2)),
        ("riskshares", "Who bears what", grid(ShareRow, 2)),
    ],
    "outcomes": [("outcometensions", "What pulls apart", grid(TensionRow, 2))],
}
FORMS: dict[str, type[HeadForm]] = {
    "programme": ProgrammeForm,
    "pool": PoolForm,
    "outcomes": FrameworkForm,
}


class DecisionForm(AsksAboutDays, forms.Form):
    """What was decided on a function. A second decision says which one it replaces."""

    decision = choice("Decision", Disposal.choices, missing="Choose what was decided.")
    decided_on = DayField(
        label="Decided on", help_text="For example, {day}.", missing="Enter the day."
    )
    decided_by = text(
        "Decided by", help_text="The committee or post.", missing="Say who decided, by post."
    )
    reason = text("Why", lines=3, length=5000, missing="Say why in a few words.")
    condition = text("Provided that", lines=2, length=2000)
    replaces = choice("It replaces", [])
    source = text("Source", help_text=SOURCE)

    def __init__(self, *args: Any, function: Function, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = function.decisions.filter(replaced_by=None)
        field_of(self, "replaces", forms.ChoiceField).choices = [
            ("", "No earlier decision"),
            *((str(row.order), f"{row.get_decision_display()}, {row.reason}") for row in decisions),
        ]
        if not decisions:
            del self.fields["replaces"]
        self.helper = Helper(Layout(*self.fields, Submit("submit", "Keep the decision")))


class OutcomeForm(forms.Form):
    """A joint outcome with its weight and measures."""

    domain = text("Heading that it stands under", length=150)
    statement = text("What is wanted", lines=3, length=2000, missing="Say what is wanted.")
    weight = NumberField(
        label="Weight, %", unit="%", high=100, help_text="All weights together are 100 %."
    )
    priority = text("Priority, in words", length=120)
    target = text("Target, in words", length=300)
    measures = forms.MultipleChoiceField(
        label="Measures", required=False, widget=forms.CheckboxSelectMultiple
    )
    source = text("Source", help_text=SOURCE)

    def __init__(self, *args: Any, measures: Mapping[str, NamedMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "measures", forms.MultipleChoiceField).choices = [
            (measure.name, measure.title) for measure in measures.values()
        ]
        self.helper = Helper(Layout(*self.fields, Submit("submit", "Save")))
