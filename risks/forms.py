"""The forms for everything that people write about risks, one for each question."""

from datetime import date

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Hidden, Layout, Size, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import clock
from bcfportal.lib.forms import DayField, Helper, field_of, text_box
from bcfportal.lib.ratings import COLOURS
from risks.models import Progress, Task
from risks.models.history import Level
from risks.register import Scale
from risks.rules import HIGHEST, LOWEST
from risks.transitions import DAY_TO_COME
from typed.asking import AsksAboutDays

VALUES = range(LOWEST, HIGHEST + 1)
# Addresses that take the place of a reference.
TAKEN = {"new", "publish", "reconciliation"}
LONGEST = 4000


def risk_text_box(label, *, rows=4, longest=LONGEST, hint="", **options):
    """A box for text of this subject."""
    return text_box(label, lines=rows, longest=longest, help_text=hint, **options)


def reason(hint="It stays in the history of the risk."):
    return risk_text_box("Why", missing="Say why in a few words.", rows=3, longest=2000, hint=hint)


def axis(label, what):
    """A choice of 1 to 5; the scale adds the council's word for each."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": f"Choose the {what}, from 1 to 5.",
            "invalid_choice": f"Choose the {what}, from 1 to 5.",
        },
    )


def prospects_field():
    return forms.ChoiceField(
        label="Prospects of meeting the target score by the target date",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Choose the prospects: green, amber or red."
        ),
    )


class RiskForm(AsksAboutDays, forms.Form):
    """A form about a risk. With ``seen``, its page says by that name what was on screen."""

    parts: tuple = ()
    submit = "Save"

    def __init__(self, *args, scale: Scale, seen: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field, forms.ChoiceField):
                continue
            if name.endswith("likelihood"):
                field.choices = [(v, f"{v}, {scale.likelihood(v)}") for v in reversed(VALUES)]
            elif name.endswith("impact"):
                field.choices = [(v, f"{v}, {scale.impact(v)}") for v in reversed(VALUES)]
            elif name == "prospects":
                field.choices = [
                    Choice(colour.value, colour.label, hint=_sentence(scale.prospects, colour))
                    for colour in COLOURS
                ]
        self.helper = Helper(
            Layout(
                *map(self._part, self.parts or self.fields),
                *([Hidden("seen", "{{ seen }}")] if seen else []),
                Submit(
                    "submit",
                    self.submit,
                    data_prevent_double_click="true",
                    data_module="govuk-button",
                ),
            )
        )

    def _part(self, name):
        field = self.fields[name]
        if isinstance(field.widget, forms.RadioSelect):
            return Field.radios(name, legend_size=Size.SMALL, small=True)
        if isinstance(field, DayField):
            return Field(name, context={"legend_size": Size.for_legend(Size.SMALL)})
        if isinstance(field.widget, forms.Textarea):
            rows = field.widget.attrs["rows"]
            return Field.textarea(name, label_size=Size.SMALL, rows=rows)
        if isinstance(field.widget, forms.CheckboxSelectMultiple):
            return Field.checkboxes(name, legend_size=Size.SMALL, small=True)
        if isinstance(field, forms.BooleanField):
            return Field.checkbox(name)
        return Field.text(name, label_size=Size.SMALL)


def _sentence(meanings, colour):
    meaning = meanings.get(colour.value, "")
    return f"{meaning[:1].upper()}{meaning[1:]}." if meaning else ""


class AssessForm(RiskForm):
    """Where the risk stands now."""

    likelihood = axis("Likelihood now", "likelihood")
    impact = axis("Impact now", "impact")
    prospects = prospects_field()
    reason = reason()
    review_by = DayField(
        label="Next review date (optional)",
        help_text="The owner is reminded from that day on. For example, {day}.",
    )
    submit = "Save the assessment"


class DetailsForm(RiskForm):
    """What the risk is called and about, whose it is, and by when the target should be met."""

    title = risk_text_box("Title", missing="Enter the title of the risk.", rows=1, longest=200)
    description = risk_text_box(
        "Description", missing="Say what could happen, and what it would lead to.", rows=8
    )
    area = risk_text_box("Area", rows=1, longest=200, hint="The service or committee.")
    level = forms.ChoiceField(
        choices=[("", "Choose a level"), *Level.choices],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            "Choose corporate, departmental or project.",
        ),
    )
    owner_post = risk_text_box(
        "Owner",
        missing="Enter the post of the owner.",
        rows=1,
        longest=120,
        hint="The post, not a person's name.",
    )
    reviewer_post = risk_text_box(
        "Reviewer", rows=1, longest=120, hint="The post that reviews it, not a person's name."
    )
    target_date = DayField(label="Target date", help_text="By when the target score should be met.")
    reason = reason()
    significant = forms.BooleanField(
        required=False,
        initial=True,
        label="The change to the title or description is significant: tell the committee",
    )
    submit = "Save the details"

    NAMES = (
        *("title", "description", "area", "level", "owner_post", "reviewer_post"),
        "target_date",
    )

    @property
    def details(self) -> dict:
        """The fields of the risk itself, by name."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


def owner_field():
    return forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Who maintains it here (optional)",
        empty_label="Officers only",
        help_text="This commissioner can update the risk and is reminded to review it.",
        error_messages={"invalid_choice": "Choose a commissioner of the council from the list."},
    )


def owners(council):
    """People who can own a risk of the council."""
    roles = roles_with(Permission.KEEP_OWN_RISKS)
    return User.objects.filter(
        memberships__council=council, memberships__role__in=roles, is_active=True
    ).distinct()


class OfficersDetailsForm(DetailsForm):
    owner = owner_field()

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "owner", forms.ModelChoiceField).queryset = owners(council)

    field_order = (*DetailsForm.NAMES, "owner", "reason", "significant")


class NewRiskForm(DetailsForm):
    """A new risk; its current score is also its original score."""

    reference = risk_text_box(
        "Reference",
        missing="Enter a reference, such as RM14300.",
        rows=1,
        longest=60,
        hint="For example, RM14300. You cannot change it later: addresses and papers use it.",
    )
    original_likelihood = axis("Likelihood", "likelihood")
    original_impact = axis("Impact", "impact")
    target_likelihood = axis("Target likelihood", "target likelihood")
    target_impact = axis("Target impact", "target impact")
    prospects = prospects_field()
    review_by = DayField(
        label="Next review date (optional)",
        help_text="The owner is reminded from that day on. For example, {day}.",
    )
    owner = owner_field()
    # Django removes a field whose name is set to None.
    significant = None  # type: ignore[assignment]
    submit = "Enter the risk"

    field_order = (
        *("reference", "title", "description", "area", "level", "owner_post", "reviewer_post"),
        *("owner", "original_likelihood", "original_impact", "target_likelihood"),
        *("target_impact", "target_date", "prospects", "review_by", "reason"),
    )

    def __init__(self, *args, council, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "owner", forms.ModelChoiceField).queryset = owners(council)

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        self.slug = slugify(reference)[:60].strip("-")
        if not self.slug or self.slug in TAKEN:
            raise ValidationError("Enter a reference with letters or digits, such as RM14300.")
        return reference


class TaskForm(RiskForm):
    text = risk_text_box(
        "Task", missing="Say what will be done.", hint="It gets the next number in the list."
    )
    submit = "Add the task"


class TaskChoice(forms.ModelChoiceField):
    """One of a risk's tasks, by its number and the beginning of its text."""

    def label_from_instance(self, obj: Task) -> str:
        text = obj.text if len(obj.text) <= 70 else f"{obj.text[:69]}…"
        return f"{obj.number}. {text}"


class ProgressForm(RiskForm):
    """How a task is getting on."""

    task: forms.ModelChoiceField = TaskChoice(
        None,
        required=False,
        empty_label="The risk as a whole",
        error_messages={"invalid_choice": "Choose a task of this risk from the list."},
    )
    state = forms.ChoiceField(
        required=False,
        choices=Progress.State.choices,
        error_messages={"invalid_choice": "Choose a state from the list."},
    )
    text = risk_text_box("Progress", missing="Say what progress has been made.", rows=5)
    promise = risk_text_box("What comes next (optional)", rows=2, longest=1000)
    due = DayField(label="By when (optional)", help_text="For example, {day}.")
    submit = "Save the progress"

    def __init__(self, *args, tasks, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "task", forms.ModelChoiceField).queryset = tasks

    def clean(self):
        super().clean()
        chosen = self.cleaned_data
        if chosen.get("promise") and "due" in chosen and not chosen["due"]:
            self.add_error("due", "Enter when that will happen.")
        if chosen.get("due") and "promise" in chosen and not chosen["promise"]:
            self.add_error("promise", "Say what will happen by that day.")
        return chosen


class LinksForm(RiskForm):
    """What the risk is about: projects, and measures and savings by their references."""

    projects: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose projects of the council from the list."},
    )
    measures = risk_text_box("Measures", rows=3, hint="Enter one reference on each line.")
    savings = risk_text_box("Savings", rows=3, hint="Enter one reference on each line.")
    submit = "Save the links"

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, **kwargs)
        field = field_of(self, "projects", forms.ModelChoiceField)
        field.queryset = projects
        if not projects:
            field.help_text = "The council has no projects here."

    def clean_measures(self):
        return self._references("measures")

    def clean_savings(self):
        return self._references("savings")

    def _references(self, name):
        references = dict.fromkeys(
            filter(None, map(str.strip, self.cleaned_data[name].split("\n")))
        )
        if any(len(reference) > 60 for reference in references):
            raise ValidationError(f"Enter references of {name} of at most 60 characters.")
        return list(references)


class CloseForm(RiskForm):
    reason = reason("The register keeps it, with the date.")
    submit = "Close the risk"


class ReopenForm(RiskForm):
    reason = reason("The register keeps it, with the date.")
    submit = "Reopen the risk"


class PublishForm(RiskForm):
    """Which day's register to publish: what it holds is said next."""

    as_at = DayField(
        label="As at",
        help_text="Everything written up to that day is published. For example, {day}.",
        missing="Enter the day that the register is as at.",
    )
    meeting_on = DayField(label="Date of the meeting (optional)")
    title = risk_text_box(
        "Title of the register", missing="Enter the title of the register.", rows=1, longest=200
    )
    submit = "See what would be published"

    def clean_as_at(self) -> date:
        """No later day than today: nothing of one is there to be published."""
        as_at = self.cleaned_data["as_at"]
        if as_at > clock.today():
            raise ValidationError(DAY_TO_COME)
        return as_at
