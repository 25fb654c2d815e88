"""The forms of savings, posts, options, papers and the rule that rates savings."""

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.roles import Permission
from bcfportal.lib.forms import DayField, Helper, NumberField, WholeNumberField, YearField, field_of
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.typed_dates import days_in
from finance.models import OptionForChange, Saving, SavingsPaper, SavingsRule, TemporaryPost
from finance.savings.asked import ask_about_post
from finance.savings.duplicates import (
    same_saving,
    similar_savings,
    simplified,
    split_references,
)
from finance.savings.fields import record
from projects.models import Fund
from publishing.current_report import council_years
from typed.asking import AsksAboutDays, AsksAboutYears
from typed.grids import GridForm, choice, grid, parts_of, text

SECONDARY = "govuk-button--secondary"
SOURCE = "The document and the paragraph, if it is from one."


class SavingForm(AsksAboutYears, forms.Form):
    """A saving with its references; its years are a table of their own."""

    title = text("Title", missing="Enter the title of the saving.", length=250)
    references = text(
        "Reference", help_text="Such as ASC007. If it goes by several, all of them.", length=120
    )
    action = text("What is done to make the saving", lines=4, length=5000)
    kind = choice("Kind of saving", Saving.Kind.choices, missing="Choose the kind of saving.")
    evidence = choice("Evidence", Saving.Evidence.choices, missing="Choose how sure the saving is.")
    explanation = text("Why it falls short of its target, if it does", lines=4, length=10000)
    project = record("Project it belongs to")
    source = text("Source", help_text=SOURCE)
    correction = text(
        "Why a reported target is corrected, if it is",
        help_text="To move a target to another year, ask for a change instead.",
        lines=2,
        length=1000,
    )

    def __init__(self, *args, council, saving=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.council, self.saving = council, saving
        field_of(self, "project", forms.ModelChoiceField).queryset = council.projects.all()
        if saving is None or saving.paper_id is None:
            del self.fields["correction"]
        self.alike = []
        parts = list(self.fields)
        if self.is_bound:
            self.alike = similar_savings(council, self.data.get("title", ""), but=saving)
        if self.alike and not same_saving(council, self.data.get("title", ""), [], but=saving):
            names = " and ".join(f"“{other}”" for other in self.alike)
            self.fields["different"] = forms.BooleanField(
                label=f"This is a different saving from {names}",
                error_messages={
                    "required": f"The title is very like {names}. If it is a different saving, say "
                    "so by ticking the box; if not, change the one that is there."
                },
            )
            parts.insert(1, "different")
        self.helper = parts_of(*parts)

    def years_beside(self) -> set[int]:
        of_saving = self.saving.years.values_list("year", flat=True) if self.saving else ()
        return council_years(self.council) | {year for year in of_saving if year}

    def clean_references(self):
        references = split_references(self.cleaned_data["references"])
        if any(len(reference) > 30 for reference in references):
            raise ValidationError("A reference has at most 30 characters.")
        return references

    def clean(self):
        super().clean()
        given = self.cleaned_data
        title, references = given.get("title"), given.get("references", [])
        if title and not slugify(title):
            self.add_error("title", "Enter a title with letters or digits in it.")
        elif title and (there := same_saving(self.council, title, references, but=self.saving)):
            name = "title" if simplified(there.title) == simplified(title) else "references"
            self.add_error(
                name,
                f"“{there}” has that {'title' if name == 'title' else 'reference'} already. A "
                "saving under two references would be counted twice: add the reference to the "
                "one that is there.",
            )
        return given


class SavingYearForm(GridForm):
    year = YearField(label="Financial year")
    target = NumberField(label="Target, £", unit="£")
    achieved = NumberField(label="Achieved, £", unit="£", low=None)
    forecast = NumberField(label="Forecast, £", unit="£", low=None)
    source = text("Source")

    def clean(self):
        super().clean()
        given = self.cleaned_data
        figures = [given.get(name) for name in ("target", "achieved", "forecast")]
        nothing = all(figure is None for figure in figures)
        if given.get("source") and nothing and not given.get("year") and not self.errors:
            self.add_error("year", "Enter the year and its figures, or clear the row.")
        return given


SavingYears = grid(SavingYearForm, extra=3)


class PostForm(AsksAboutDays, forms.Form):
    """A temporary post."""

    title = text("Title of the post", missing="Enter the title of the post.")
    grade = text("Grade or band", length=40)
    fte = NumberField(
        label="Full-time equivalent",
        help_text="For example, 0.5.",
        whole_digits=3,
        counted_in="FTE",
    )
    status = choice("State", TemporaryPost.Status.choices, missing="Choose the state of the post.")
    cost = NumberField(label="Cost with on-costs, £", unit="£")
    basis = choice("The cost is", [("", "No cost entered"), *TemporaryPost.Basis.choices])
    starts = DayField(label="From", help_text="For example, {day}.")
    ends = DayField(label="To", help_text="For example, {day}.")
    fund = record("Fund that pays")
    funding = text("Other funding source, as the paper names it")
    project = record("Project it belongs to")
    purpose = text("What it is for", lines=3, length=5000)
    source = text("Source", help_text=SOURCE)

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "project", forms.ModelChoiceField).queryset = council.projects.all()
        field_of(self, "fund", forms.ModelChoiceField).queryset = Fund.objects.filter(
            council=council
        )
        self.helper = parts_of(*self.fields)

    def clean_title(self):
        if not slugify(self.cleaned_data["title"]):
            raise ValidationError("Enter a title with letters or digits in it.")
        return self.cleaned_data["title"]

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if given.get("fte") == 0:
            self.add_error("fte", "The full-time equivalent of a post is more than 0.")
        if given.get("cost") is not None and not given.get("basis"):
            self.add_error("basis", "Choose whether the cost is a year's or the whole time's.")
        if given.get("cost") is None and given.get("basis") and "cost" not in self.errors:
            self.add_error("cost", "Enter the cost, or choose that no cost is entered.")
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "A post ends on or after the day it starts.")
        ask_about_post(self)
        return given


YES_NO = [("", "Not said"), ("yes", "Yes"), ("no", "No")]


class OptionForm(AsksAboutYears, forms.Form):
    """An option for change; its years and its risks are tables of their own."""

    reference = text("Reference", length=30, help_text="Such as C04.")
    title = text("Title", missing="Enter the title of the option.")
    service_area = text("Service area")
    project = record("Project it belongs to")
    proposal = text(
        "What is proposed and how", lines=6, length=20000, missing="Say what is proposed and how."
    )
    reasons = text(
        "Why it is put forward", lines=6, length=20000, missing="Say why it is put forward."
    )
    impact_on_people = text("Impact on service users and communities", lines=4, length=10000)
    impact_on_partners = text("Impact on other organisations and partners", lines=4, length=10000)
    impact_on_council = text("Impact on other parts of the council", lines=3, length=10000)
    disproportionate = choice(
        "Could people with protected characteristics be affected more than others?", YES_NO
    )
    equality = text("Equality assessment", lines=3, length=10000)
    full_assessment = choice("Does a full equality impact assessment accompany it?", YES_NO)
    gross_budget = NumberField(label="Permanent budget, gross, £", unit="£")
    net_budget = NumberField(label="Permanent budget, net, £", unit="£")
    current_fte = NumberField(label="Permanent staff now, FTE", counted_in="FTE", whole_digits=5)
    signed_by = text("Signed off by, as a post", length=120)
    signed_when = text("Signed off when", length=60, help_text="Such as November 2015.")
    source = text("Source", help_text=SOURCE)

    def __init__(self, *args, council, access, option=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.council, self.option = council, option
        projects = field_of(self, "project", forms.ModelChoiceField)
        projects.queryset = council.projects.all()
        if not access.may(Permission.KEEP_SAVINGS):
            projects.queryset = council.projects.filter(pk__in=access.assigned)
            projects.required, projects.empty_label = True, "Choose one"
            projects.error_messages["required"] = "Choose one of your projects."
        self.helper = parts_of(*self.fields)

    def years_beside(self) -> set[int]:
        return council_years(self.council)

    def clean_signed_when(self) -> str:
        try:
            days_in(self.cleaned_data["signed_when"])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["signed_when"]

    def clean_title(self):
        title = self.cleaned_data["title"]
        slug = slugify(title)[:80]
        if not slug or slug in ("add", "edit", "decide"):
            raise ValidationError("Enter a title with more words in it.")
        others = OptionForChange.objects.filter(council=self.council).exclude(
            pk=self.option and self.option.pk
        )
        if others.filter(title__iexact=title).exists():
            raise ValidationError("There is already an option with that title.")
        return title


class OptionYearForm(GridForm):
    year = YearField(label="Financial year")
    gross = NumberField(label="Gross saving, £", unit="£")
    lost_income = NumberField(label="Loss of income, £", unit="£")
    reprovision = NumberField(label="Costs of reprovision, £", unit="£")
    capital = NumberField(label="Capital costs, £", unit="£")
    revenue = NumberField(label="Revenue costs, £", unit="£")
    fte = NumberField(label="FTE reduction", counted_in="FTE", whole_digits=5)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        figures = [value for name, value in given.items() if name != "year"]
        has_year = given.get("year") or "year" in self.errors
        if not has_year and any(value is not None for value in figures):
            self.add_error("year", "Enter the year of these figures.")
        return given


class OptionRiskForm(GridForm):
    risk = text("Risk", lines=2, length=5000)
    mitigation = text("What is done about it", lines=2, length=5000)

    def clean(self):
        super().clean()
        given = self.cleaned_data
        if given.get("mitigation") and not given.get("risk") and "risk" not in self.errors:
            self.add_error("risk", "Enter the risk that this is about.")
        return given


OptionYears = grid(OptionYearForm, extra=3)
OptionRisks = grid(OptionRiskForm, extra=2)


class PaperForm(AsksAboutDays, forms.Form):
    """A new paper, into which everything goes that no paper reports yet."""

    title = text("Title of the paper", missing="Enter the title of the paper.")
    meeting = text("Meeting", help_text="Whose meeting, and when.")
    dated = DayField(label="Date of the paper", missing="Enter the date of the paper.")
    as_at = DayField(
        label="As at",
        help_text="The day that the figures are for.",
        missing="Enter the day that the figures are for.",
    )

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        self.council = council
        self.helper = Helper(
            Layout(
                *self.fields,
                Submit("submit", "See what would be published"),
            )
        )

    def clean(self):
        super().clean()
        given = self.cleaned_data
        dated, as_at = given.get("dated"), given.get("as_at")
        if dated and as_at and as_at > dated:
            self.add_error("as_at", "The figures cannot be for a day after the paper's date.")
        latest = SavingsPaper.objects.filter(council=self.council).last()
        if dated and latest and dated <= latest.dated:
            self.add_error(
                "dated",
                f"“{latest}” is of {day_words(latest.dated)}: "
                "enter a later date, or publish that paper again with what is corrected.",
            )
        return given


class CorrectionForm(forms.Form):
    """Why a paper is published again, and what of the drafts it ought to have had."""

    why = text(
        "What is corrected, and why",
        help_text="Published with the new edition.",
        missing="Say what is corrected, and why.",
        lines=3,
        length=1000,
    )
    also = forms.MultipleChoiceField(
        label="What the paper should have included",
        help_text="Saved, and in no paper yet. What is not ticked waits for the next paper.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "also", forms.MultipleChoiceField).choices = [
            (draft.key, f"{draft.title} ({draft.kind})") for draft in drafts
        ]
        if not drafts:
            del self.fields["also"]

        parts = [
            *self.fields,
            Submit("look", "See what it would change", css_class=SECONDARY),
        ]
        self.helper = Helper(Layout(*parts))
        self.helper.form_tag = False

    @property
    def chosen(self) -> frozenset[str]:
        """The keys of what is ticked, of a form that is valid."""
        return frozenset(self.cleaned_data.get("also", ()))


class RuleForm(forms.ModelForm):
    """A council's settings of the rule."""

    green_within = NumberField(
        label="Per cent of the target that may be missing and still be green",
        unit="%",
        high=100,
        required=True,
        sentence="Enter how much may be missing as a per cent from 0 to 100, such as 10.",
    )
    amber_from = NumberField(
        label="Per cent of the target from which a saving is amber and not red",
        unit="%",
        high=100,
        required=True,
        sentence="Enter the per cent from which a saving is amber, from 0 to 100, such as 50.",
    )
    posts_end_soon_months = WholeNumberField(
        label="Months within which a post ends soon",
        counted_in="months",
        high=120,
        required=True,
        sentence="Enter the months within which a post ends soon as a whole number, such as 6.",
    )

    class Meta:
        model = SavingsRule
        fields = ["green_within", "amber_from", "posts_end_soon_months"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = Helper(Layout(*self.fields, Submit("submit", "Save")))
