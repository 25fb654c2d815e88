"""The forms for a council's settings, its reference lists and its projects."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import HTML, Field, Layout, Size, Submit
from django import forms

from accounts.models import User
from administration.actions import commissioners_of
from bcfportal.lib import clock
from bcfportal.lib.forms import (
    DayField,
    Helper,
    NumberField,
    WholeNumberField,
    field_of,
    say_which_is_too_long,
    text_box,
)
from bcfportal.lib.periods import Period, financial_year_of, period_of
from bcfportal.lib.sentences import day_words, with_article
from outcomes.models import holds_figures
from projects.actions import facts_of, known_end
from projects.models import Council, Project
from projects.tolerances import SETTINGS, change_tolerance, not_before
from publishing.current_report import ALREADY_PUBLISHED, already_published
from publishing.models import ReportingPeriod
from typed.asking import AsksAboutDays, ask

# The largest place that a record keeps.
MOST_PLACES = 32_767


def whole_number(label, sentence, low=0, help_text=""):
    """A required box for a small whole number."""
    return WholeNumberField(
        label=label,
        help_text=help_text,
        sentence=sentence,
        low=low,
        high=MOST_PLACES,
        required=True,
    )


def per_cent(label, sentence, help_text, unit="%"):
    """A box for a percentage from 0 to 100; a unit of None also takes other units."""
    return NumberField(
        label=label, help_text=help_text, sentence=sentence, unit=unit, high=100, required=True
    )


class RecordForm(forms.ModelForm):
    """One record of a council. Numbers are typed as text, as the GOV.UK Design System advises."""

    def __init__(self, *args, submit="Save", **kwargs):
        super().__init__(*args, **kwargs)
        say_which_is_too_long(self)
        self.helper = Helper(Layout(*self.parts(), Submit("submit", submit)))

    def parts(self):
        return list(self.fields)

    def others(self):
        """The other records of the same kind in the council."""
        everything = self._meta.model.objects.filter(council=self.instance.council)
        return everything.exclude(pk=self.instance.pk)


class CouncilForm(RecordForm):
    """A council's settings. Once it has figures, how it judges them changes from a period on."""

    variance_tolerance = per_cent(
        "Tolerance of a forecast, per cent",
        "Enter the tolerance of a forecast as a number from 0 to 100, such as 5.",
        "A forecast further from its allocation needs a reason.",
    )
    rating_tolerance = per_cent(
        "Tolerance of a target",
        "Enter the tolerance of a target as a number from 0 to 100, such as 5.",
        "Worse than the target by less is amber, by this or more is red.",
        unit=None,
    )
    exception_variance = per_cent(
        "Variance that is an exception, per cent of the target",
        "Enter the variance as a number from 0 to 100, such as 5.",
        "A measure worse than its target by this or more is reported by exception.",
    )
    since = forms.ChoiceField(
        label="First month of the new tolerance of a target",
        required=False,
        help_text="Needed if that tolerance, or the variance that is an exception, changes. "
        "Figures of earlier months and quarters are still judged by the old one.",
        error_messages={"invalid_choice": "Choose one of the months."},
    )
    why = text_box("Why it changes", lines=3, longest=2_000)

    class Meta:
        model = Council
        fields = [
            "variance_tolerance",
            "rating_tolerance",
            "rating_tolerance_kind",
            "exception_variance",
            "money_style",
            "accent_colour",
            "service_name",
            "purpose_word",
            "programme_sentence",
            "contact",
        ]
        widgets = {"money_style": forms.RadioSelect, "rating_tolerance_kind": forms.RadioSelect}
        labels = {
            "rating_tolerance_kind": "What the tolerance of a target is measured in",
            "service_name": "Name of the service",
            "purpose_word": "What a purpose of the money is called",
            "programme_sentence": "What the projects do",
            "contact": "Contact",
        }
        help_texts = {
            "rating_tolerance_kind": "",
            "money_style": "",
            "accent_colour": "As # and six digits. White text must be readable on it.",
        }
        error_messages = {
            "rating_tolerance_kind": {
                "required": "Choose what the tolerance is measured in.",
                "invalid_choice": "Choose what the tolerance is measured in from the list.",
            },
            "money_style": {
                "required": "Choose how cards write money.",
                "invalid_choice": "Choose how cards write money from the list.",
            },
            "accent_colour": {"required": "Enter the accent colour, such as #1d5a8c."},
            "service_name": {"required": "Enter what the service is called."},
            "purpose_word": {"required": "Enter the word for one purpose, such as Objective."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not holds_figures(self.instance):
            del self.fields["since"], self.fields["why"]
            self.helper = Helper(Layout(*self.parts(), Submit("submit", "Save")))
            return
        year = Period(financial_year_of(clock.today()) - 1, month=1)
        months = year.up_to(Period(year.start_year + 2))
        field_of(self, "since", forms.ChoiceField).choices = [
            ("", "Choose a month"),
            *((month.key, month.label) for month in reversed(months)),
        ]

    @property
    def changes_ratings(self) -> bool:
        """Whether the form changes how existing figures are judged."""
        return "since" in self.fields and bool(set(self.changed_data) & set(SETTINGS))

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if self.changes_ratings and not set(SETTINGS) & set(self.errors):
            since = cleaned.get("since")
            if not since and "since" not in self.errors:
                self.add_error("since", "Choose from which month the tolerance changes.")
            if since and (problem := not_before(self.instance, since)):
                self.add_error("since", problem)
            elif since:
                self._ask_about_published(since)
            if not cleaned.get("why") and "why" not in self.errors:
                self.add_error("why", "Say why the tolerance changes.")
        return cleaned

    def _ask_about_published(self, since: Any) -> None:
        kinds = ReportingPeriod.Kind.values
        if sentence := already_published(self.instance.pk, period_of(since), *kinds):
            ask(self, "published_too", since, sentence, label=ALREADY_PUBLISHED)

    def keep(self, by):
        """Saves the settings; the old ones are kept for the periods before."""
        if self.changes_ratings:
            period, why = self.cleaned_data["since"], self.cleaned_data["why"]
            change_tolerance(council=self.instance, period=period, why=why, by=by)
        else:
            self.save()

    def parts(self):
        return [
            Field.text("variance_tolerance"),
            Field.text("rating_tolerance"),
            Field.radios("rating_tolerance_kind", legend_size=Size.SMALL, small=True),
            Field.text("exception_variance"),
            *(name for name in ("since", "why") if name in self.fields),
            Field.radios("money_style", legend_size=Size.SMALL, small=True),
            Field.text("accent_colour", field_width=10),
            "service_name",
            "purpose_word",
            "programme_sentence",
            "contact",
        ]


class ProjectForm(AsksAboutDays, RecordForm):
    order = whole_number(
        "Place within its purpose",
        "Enter the place as a whole number, such as 1.",
        help_text="The project in that place, and any directly after it, move down by one.",
    )
    leads = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label="Who reports on it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"),
            "Choose commissioners of this council from the list.",
        ),
    )

    ended = DayField(
        label="Date from which it is closed",
        required=False,
        help_text="Change it where it was given wrongly, and say why. For example, {day}.",
    )
    on = DayField(
        label="Date of the change",
        required=False,
        missing="Enter the date from which the change holds.",
        help_text="Needed if the title, purpose or status changes. For example, {day}.",
    )
    why = text_box(
        "Why",
        longest=500,
        help_text="Needed if the title, purpose or status changes. The project's page shows it.",
    )

    class Meta:
        model = Project
        fields = ["title", "short_title", "grant_condition", "order", "status"]
        widgets = {"status": forms.RadioSelect}
        error_messages = {
            "title": {"required": "Enter the title on the project's own page."},
            "short_title": {"required": "Enter the short title in the overview."},
            "status": {
                "required": "Choose whether the project is live or closed.",
                "invalid_choice": "Choose whether the project is live or closed.",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = facts_of(self.instance)
        self._name_purposes()

    @property
    def end_put_right(self) -> date | None:
        """Another day of the end of what was closed before and is still; None where it is not."""
        closed = Project.Status.CLOSED
        if not self.before["status"] == self.cleaned_data.get("status") == closed:
            return None
        day: date | None = self.cleaned_data.get("ended")
        return day if day != self.ended_before else None

    def _name_purposes(self) -> None:
        """What the form says of purposes it says in the council's own word."""
        word = self.instance.council.purpose_word
        for field in self.fields.values():
            field.help_text = str(field.help_text).replace("purpose", word.lower())
            field.label = field.label and str(field.label).replace("purpose", word.lower())
        purpose = self.fields["grant_condition"]
        purpose.label = word
        purpose.error_messages |= {
            "required": f"Choose the {word.lower()} that the project serves.",
            "invalid_choice": f"Choose {with_article(word.lower())} of this council from the list.",
        }

    def _get_validation_exclusions(self):
        """The place makes room when it is saved: see ``save_in_place``."""
        # Django has it, its types have not: the name is not public.
        return super()._get_validation_exclusions() | {"order"}  # type: ignore[misc]

    def clean(self):
        """A change that the project's pages show needs its date and the reason."""
        super().clean()
        cleaned = self.cleaned_data
        changes = any(name in cleaned and cleaned[name] != was for name, was in self.before.items())
        if changes and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the date from which the change holds.")
        if (changes or self.end_put_right) and not cleaned.get("why"):
            self.add_error("why", "Say why in a few words: the project's page shows them.")
        if not self.errors:
            if changes or not self._is_sent_again():
                self._refuse_what_is_of_no_change(changes)
            self._keep_places_of_today()
        return cleaned

    def _keep_places_of_today(self) -> None:
        """What moves from a day to come takes a free place: until then the others stay."""
        cleaned = self.cleaned_data
        day, purpose = cleaned.get("on"), cleaned["grant_condition"]
        if not day or day <= clock.today() or purpose == self.before["grant_condition"]:
            return
        taken = set(purpose.projects.exclude(pk=self.instance.pk).values_list("order", flat=True))
        if cleaned["order"] in taken:
            self.add_error(
                "order",
                f"Place {cleaned['order']} is taken there, and nothing moves down before "
                f"{day_words(day)}: enter one that is free, such as {max(taken) + 1}.",
            )

    def _is_sent_again(self) -> bool:
        """Whether what is sent was saved already: pressed twice, it is saved once."""
        cleaned = self.cleaned_data
        on, why = cleaned.get("on"), cleaned.get("why")
        return bool(on and why) and self.instance.changes.filter(on=on, why=why).exists()

    def _refuse_what_is_of_no_change(self, changes: bool) -> None:
        """A day or a reason that nothing would be kept with: whoever typed it meant a change."""
        cleaned = self.cleaned_data
        nothing = "Neither title, {purpose} nor status changes"
        nothing = nothing.format(purpose=self.instance.council.purpose_word.lower())
        if cleaned.get("on") and not changes:
            sentence = f"{nothing}, so nothing changes from this date. Delete the date"
            if "ended" in self.fields:
                sentence += ", or put the date from which it is closed right above"
            self.add_error("on", f"{sentence}.")
        if cleaned.get("why") and not (changes or self.end_put_right):
            self.add_error("why", f"{nothing}, so no reason is kept. Delete the reason.")
        reopened = cleaned.get("status") != Project.Status.CLOSED
        if self.ended_before and not reopened and not cleaned.get("ended"):
            self.add_error("ended", "Enter the date from which it is closed.")
        if reopened and cleaned.get("ended") not in (None, self.ended_before):
            self.add_error(
                "ended",
                "It is live again, so its end is not put right. Enter the date that stood here, "
                "and the date from which it is live as the date of the change.",
            )

    def parts(self):
        self.ended_before = known_end(self.instance)
        if self.instance.status == Project.Status.CLOSED:
            self.initial.setdefault("ended", self.ended_before)
        else:
            del self.fields["ended"]
        field_of(
            self, "grant_condition", forms.ModelChoiceField
        ).queryset = self.instance.council.conditions.all()
        field_of(self, "grant_condition", forms.ModelChoiceField).empty_label = None
        commissioners = commissioners_of(self.instance.council)
        if commissioners:
            field_of(self, "leads", forms.ModelChoiceField).queryset = commissioners
            leads = Field.checkboxes("leads", legend_size=Size.SMALL, small=True)
        else:
            # Hide the field when there is nothing to choose.
            del self.fields["leads"]
            leads = HTML.p(
                "This council has no commissioners yet to report on the project. "
                "Give somebody that role under People."
            )
        return [
            "title",
            "short_title",
            "grant_condition",
            "order",
            Field.radios("status", legend_size=Size.SMALL, small=True),
            *(["ended"] if "ended" in self.fields else []),
            "on",
            "why",
            leads,
        ]
