"""A measure as a record: what its figures are and how they rate, of a project or of a council."""

from itertools import pairwise

import pghistory
from crispy_forms_gds.layout import Field, Layout, Size, Submit
from django import forms
from django.utils.text import slugify

from bcfportal.lib import clock, present
from bcfportal.lib.forms import (
    Helper,
    NumberField,
    TextLines,
    WholeNumberField,
    field_of,
    say_which_is_too_long,
)
from bcfportal.lib.periods import financial_year_of, period_of
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.differences import mostly_different
from bcfportal.lib.tolerances import ToleranceKind, wrong_tolerance
from outcomes.actions import redefine
from outcomes.definitions import FIELDS, SAME_UNIT, change_words, definitions_of
from outcomes.models import Measure
from outcomes.vital_signs.forms import (
    YEARS_AHEAD,
    YEARS_BACK,
    figures_from,
    kind_of_reports,
    later_periods,
    periods_of_year,
    sentences_box,
    targets_from,
)
from outcomes.vital_signs.settings_history import answers_of, reasons_of
from publishing.current_report import ALREADY_PUBLISHED, already_published
from typed.asking import ask, said_right

DEFINING = ("text", "unit", "numerator_name", "denominator_name")
CHOICES = ("collection", "direction", "frequency", "accumulation")
NUMBERS = ("decimals", "multiplier", "tolerance")
# What it can be and when it is counted: no figure changes by them, but their change has a reason.
CAN_BE = ("can_be_below_zero", "can_be_above_whole")
COUNTED = ("counted_from", "counted_until")
UNDATED = (*CAN_BE, *COUNTED)
MADE_OF = ("rest_of", "rest_average")
# A text that said the same worse: nothing changes but the words, in all periods.
WORDS_ONLY = "words"
FROM_WHEN = ("since", "figures_are_so", "why_it_changes")
TEXT_FIELDS = {"text", "numerator_name", "denominator_name"}


class DefinitionForm(forms.ModelForm):
    """What the figures of a project's measure are, how they rate and when they are asked for.

    Of a measure that has figures it asks from which period what they are changes, and why.
    """

    # What is asked, in this order; a form of more has more.
    texts: tuple[str, ...] = DEFINING
    choices: tuple[str, ...] = ("direction", "accumulation")
    others: tuple[str, ...] = ()

    since = forms.ChoiceField(
        label="First period of the change",
        required=False,
        help_text="Needed if the text, unit, direction, decimals, multiplier, what a figure "
        "stands for or the tolerance changes. Earlier figures keep the old definition. Limits and "
        "the periods in which it is counted need only the reason.",
        error_messages={"invalid_choice": "Choose one of the periods."},
    )
    why_it_changes = sentences_box("Why it changes", "Say why the measure changes.")
    figures_are_so = forms.BooleanField(
        label="The figures and targets from that period on are already in the new unit",
        required=False,
        help_text="Needed if the unit or the multiplier changes and there are such figures or "
        "targets.",
    )
    decimals = WholeNumberField(
        label="Decimals shown",
        high=4,
        required=True,
        sentence="Enter the decimals as a whole number from 0 to 4.",
    )
    multiplier = WholeNumberField(
        label="Numerator over denominator is multiplied by (optional)",
        low=1,
        high=10_000_000,
        required=False,
        help_text="100 for per cent, 100000 for a rate per 100,000.",
        sentence="Enter the multiplier as a whole number of 1 or more, such as 100.",
    )
    tolerance = NumberField(
        label="Tolerance of its own (optional)",
        unit=None,
        places=3,
        whole_digits=6,
        required=False,
        help_text="If you leave this empty, the council’s tolerance is used.",
        sentence="Enter the tolerance as a number of 0 or more, such as 5.",
    )

    class Meta:
        model = Measure
        fields = [
            *(*DEFINING, "direction", "accumulation", *NUMBERS, "tolerance_kind"),
            *(*CAN_BE, *COUNTED),
        ]
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
            "tolerance_kind": "What that tolerance is measured in",
            "can_be_below_zero": "It can be below 0",
            "can_be_above_whole": "It can be above 100%",
            "counted_from": "First period that it is asked for (optional)",
            "counted_until": "Last period that it is asked for (optional)",
            "rest_of": "Measure of the share that counts as 0 (optional)",
            "rest_average": "Measure of the average of the others (optional)",
            "not_official": "It has the name of an official measure and is counted differently",
        }
        help_texts = {
            **dict.fromkeys(("collection", "short_title", "why", "data_owner", "counted_from"), ""),
            "unit": "For example %, £, days or per 100,000.",
            "can_be_below_zero": "Such as a change, or net savings.",
            "can_be_above_whole": "Such as beds in use.",
            "counted_until": "The measure is not rated after it.",
            "rest_of": "For an average in which some count as 0, such as an average delay.",
            "rest_average": "A figure that does not follow from the two is asked about.",
            "not_official": "Pages say so beside it.",
        }
        field_classes = {"text": TextLines, "why": TextLines}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 5}),
            **dict.fromkeys((*CHOICES, "tolerance_kind"), forms.RadioSelect),
        }
        error_messages = {
            "text": {"required": "Enter what is measured."},
            **{
                name: dict.fromkeys(("required", "invalid_choice"), "Choose one of the list.")
                for name in CHOICES
            },
        }

    def __init__(self, *args, submit="Save", **kwargs):
        super().__init__(*args, **kwargs)
        say_which_is_too_long(self)
        self._ask_from_when()
        self._ask_what_it_can_be()
        kinds = field_of(self, "tolerance_kind", forms.ChoiceField)
        kinds.choices = [
            ("", "The council’s"),
            *(kind for kind in ToleranceKind.choices if kind[0]),
        ]
        radios = [
            Field.radios(name, legend_size=Size.SMALL, small=True)
            for name in (*self.choices, "tolerance_kind")
        ]
        self.helper = Helper(
            Layout(
                *self.texts,
                *radios[:-1],
                *(Field.text(name) for name in NUMBERS),
                radios[-1],
                *(*CAN_BE, *COUNTED, *self.others),
                *(name for name in FROM_WHEN if name in self.fields),
                Submit("submit", submit),
            )
        )

    def _ask_from_when(self):
        """Asks from when and why only of a measure that has figures."""
        periods = later_periods(self.instance) if self.instance.pk else []
        if not periods:
            for name in FROM_WHEN:
                del self.fields[name]
            return
        self.fields["why_it_changes"].required = False
        field_of(self, "since", forms.ChoiceField).choices = [
            ("", "Choose a period"),
            (WORDS_ONLY, "In all periods: only the words are corrected"),
            *((period.key, period.label) for period in reversed(periods)),
        ]

    def _ask_what_it_can_be(self):
        now = financial_year_of(clock.today())
        years = range(now - YEARS_BACK, now + YEARS_AHEAD + 1)
        periods = [
            period
            for year in reversed(years)
            for period in reversed(periods_of_year(self.instance.frequency, year))
        ]
        for name in COUNTED:
            held = getattr(self.instance, name)
            keys = {period.key for period in periods}
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                required=False,
                choices=[
                    ("", "None"),
                    *([(held, period_of(held).label)] if held and held not in keys else []),
                    *((period.key, period.label) for period in periods),
                ],
                error_messages={"invalid_choice": "Choose one of the periods."},
            )

    @property
    def redefined(self) -> set[str]:
        """What changes of the definition."""
        return set(self.changed_data) & set(FIELDS)

    def _check_from_when(self, since, why):
        if not self.redefined or "since" not in self.fields:
            return
        if not since and "since" not in self.errors:
            self.add_error("since", "Choose from which period the measure changes.")
        if since == WORDS_ONLY and not self.redefined <= TEXT_FIELDS:
            self.add_error("since", "More than words changes: choose from which period.")
        if since and not why and "why_it_changes" not in self.errors:
            self.add_error("why_it_changes", "Say why the measure changes.")
        if since == WORDS_ONLY:
            self._ask_about_words()
        if since and since != WORDS_ONLY:
            for change in self.instance.definition_changes.all():
                if period_of(change.period).last_day > period_of(since).last_day:
                    label = period_of(change.period).label
                    self.add_error(
                        "since", f"It has already been changed from {label}: choose that or later."
                    )
                    break
            self._check_figures(since)
            self._ask_about_published(since)

    def _ask_about_words(self) -> None:
        """Asks about texts that have little in common with those whose place they take."""
        texts = {name: self.cleaned_data.get(name) or "" for name in self.redefined & TEXT_FIELDS}
        said = [
            f"“{text}” is not “{was}” in other words."
            for name, text in sorted(texts.items())
            if mostly_different(was := self.initial.get(name) or "", text)
        ]
        if said:
            said.append("Choose the first period, or tick that it is the same.")
            about, label = " ".join(texts.values()), "It is the same thing, in other words"
            ask(self, "same_thing", about, " ".join(said), label=label)

    def _ask_about_published(self, since: str) -> None:
        council, kind = self.instance.council_of_owner, kind_of_reports(self.instance)
        if sentence := already_published(council.pk, period_of(since), kind):
            ask(self, "published_too", since, sentence, label=ALREADY_PUBLISHED)

    def _check_figures(self, since):
        """No figure or target given in one unit is read in another without a person's word."""
        if not self.redefined & set(SAME_UNIT) or self.cleaned_data.get("figures_are_so"):
            return
        first = period_of(since)
        given = [
            (what, ", ".join(period.label for period in periods))
            for what, periods in (
                ("figures", figures_from(self.instance, first)),
                ("targets", targets_from(self.instance, first)),
            )
            if periods
        ]
        if given:
            there = " ".join(f"There are {what} of {periods}." for what, periods in given)
            self.add_error(
                "figures_are_so",
                f"{there} Tick this if they are in the new unit. "
                "If they are not, have them entered again first, or choose a later period.",
            )

    def _check_what_it_can_be(self, cleaned):
        first, last = (cleaned.get(name) for name in COUNTED)
        if first and last and period_of(first).last_day > period_of(last).last_day:
            self.add_error("counted_until", "Choose a period that is not before the first.")
        changed = set(self.changed_data) & set(UNDATED)
        why = self.fields.get("why_it_changes") and not cleaned.get("why_it_changes")
        if changed and why and "why_it_changes" not in self.errors:
            self.add_error("why_it_changes", "Say why the measure changes.")

    def keep(self, by):
        """Saves the measure; what it was is kept for the periods before, with the reason."""
        changed = [name for name in self.changed_data if name in UNDATED]
        labels = [str(self.fields[name].label).removesuffix(" (optional)") for name in changed]
        why = self.cleaned_data.get("why_it_changes", "")
        said = said_right(self)
        if self.cleaned_data.get("figures_are_so"):
            said.append("The figures and targets from then on were said to be in the new unit.")
        asked = {"said_right": said} if said else {}
        with pghistory.context(why=why, what=", ".join(labels), by=by.post, **asked):
            return self._keep(by)

    @property
    def answers(self) -> list[str]:
        """What was asked about its changes and said to be right."""
        return answers_of(self.instance.pk)

    @property
    def redefinitions(self) -> list[str]:
        """Each change of what its figures are, the latest first: what, from when, why and who."""
        known = definitions_of(self.instance) if self.instance.pk else []
        return [
            f"From {period_of(after.since).label}: {change_words(before, after)}. {after.why} "
            f"{after.by}, {day_words(present(after.on))}."
            for before, after in reversed(list(pairwise(known)))
        ]

    @property
    def reasons(self) -> list[str]:
        """Why it was changed what it can be and when it is counted."""
        return reasons_of(self.instance.pk)

    def _keep(self, by):
        since = self.cleaned_data.get("since")
        if self.redefined and since and since != WORDS_ONLY:
            why = self.cleaned_data["why_it_changes"]
            return redefine(measure=self.instance, period=since, why=why, by=by)
        return self.save()

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        typed = str(self.data.get(self.add_prefix("tolerance")) or "")
        read = [cleaned.get(name) for name in ("tolerance", "tolerance_kind", "unit")]
        if "tolerance" not in self.errors and (problem := wrong_tolerance(typed, *read)):
            self.add_error("tolerance", problem)
        self._check_from_when(cleaned.get("since"), cleaned.get("why_it_changes"))
        self._check_what_it_can_be(cleaned)
        return cleaned


class MeasureForm(DefinitionForm):
    """Everything that a person decides of a council's measure.

    Its address is made of its name, once.
    """

    texts = (
        *("text", "short_title", "theme", "unit", "numerator_name", "denominator_name"),
        *("why", "lead", "data_owner"),
    )
    choices = CHOICES
    others = (*MADE_OF, "not_official")

    class Meta(DefinitionForm.Meta):
        fields = [
            *("text", "short_title", "theme", "unit", "numerator_name", "denominator_name"),
            *("why", "lead", "data_owner"),
            *(*CHOICES, *NUMBERS, "tolerance_kind"),
            *(*CAN_BE, *COUNTED, *MADE_OF, "not_official"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        project = Measure.Collection.PROJECT
        field_of(self, "collection", forms.ChoiceField).choices = [
            choice for choice in Measure.Collection.choices if choice[0] != project
        ]
        self.fields["short_title"].required = True
        self.fields["short_title"].error_messages["required"] = "Enter a short name."
        others = Measure.objects.filter(council=self.instance.council_id)
        for name in MADE_OF:
            measure = field_of(self, name, forms.ModelChoiceField)
            measure.queryset = others.exclude(pk=self.instance.pk)
            measure.error_messages["invalid_choice"] = "Choose one of the measures."

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if bool(cleaned.get("rest_of")) != bool(cleaned.get("rest_average")):
            self.add_error("rest_average", "Choose both measures that make it, or none.")
        others = self.instance.council.measures.exclude(pk=self.instance.pk)
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
