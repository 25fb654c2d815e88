"""The forms around a measure: a committee's decision, its outcome, a break."""

import re
from collections.abc import Mapping
from datetime import date

from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib import clock
from bcfportal.lib.forms import DayField, Helper, field_of, text_box
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.sentences import day_words
from outcomes.models import Break, Measure
from publishing.models import ReportingPeriod, Section, SectionName
from typed.asking import AsksAboutDays

LONGEST = 2_000
# How far ahead of the latest month a target can be set.
YEARS_AHEAD = 3
# How far back an officer can put a target or what a measure was counted for right.
YEARS_BACK = 20


class PlainForm(AsksAboutDays, forms.Form):
    """A form of plain fields and one button."""

    submit = "Save"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = Helper(Layout(*self.fields, Submit("submit", self.submit)))


def sentences_box(label, missing, **options):
    """A box for a few sentences."""
    return text_box(label, missing=missing, lines=4, longest=LONGEST, **options)


class DecisionForm(PlainForm):
    action: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label="What the committee chose",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the actions.",
            "invalid_choice": "Choose one of the actions.",
        },
    )
    decided_on = DayField(
        label="Date of the meeting",
        help_text="For example, {day}.",
        missing="Enter the date of the meeting.",
    )
    decision = sentences_box("The decision", "Enter what was decided.")
    owner = text_box(
        "Who does it",
        help_text="Enter a post or a team, not a person’s name.",
        longest=120,
        missing="Enter who does it, by post.",
    )
    due = DayField(
        label="When it is reported back",
        help_text="For example, {day}.",
        missing="Enter the date on which it is reported back.",
    )

    def __init__(self, *args, council, month_ends=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.month_ends = month_ends
        field_of(self, "action", forms.ModelChoiceField).queryset = council.follow_up_actions.all()

    def wrong_days(self, days: Mapping[str, date]) -> str:
        """A committee decides on figures that there are, and not ahead of its meeting."""
        decided, ends, today = self.cleaned_data.get("decided_on"), self.month_ends, clock.today()
        if decided and decided > today:
            return f"The meeting is on {day_words(decided)}, which is still to come."
        if decided and ends and decided < ends:
            return (
                f"The meeting was on {day_words(decided)}, before the end of the month that is "
                f"reported: {day_words(ends)}."
            )
        return ""

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        decided, due = cleaned.get("decided_on"), cleaned.get("due")
        if decided and due and due < decided:
            self.add_error("due", "Enter a date on or after the meeting.")
        return cleaned


class TakeBackForm(PlainForm):
    submit = "Take it back"
    why = sentences_box("Why it is taken back", "Say why it is taken back.")


class ReportBackForm(PlainForm):
    done_on = DayField(
        label="When it was done",
        help_text="For example, {day}.",
        missing="Enter the date on which it was done.",
    )
    outcome = sentences_box("What came of it", "Enter what came of it.")

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record

    def clean_done_on(self):
        done = self.cleaned_data["done_on"]
        if done < self.record.decided_on:
            raise ValidationError("Enter a date on or after the day it was decided.")
        return done


def kind_of_reports(measure: Measure) -> str:
    """Which periods have the reports that the measure is published in."""
    kinds = ReportingPeriod.Kind
    return (kinds.PROGRAMME if measure.project_id else kinds.VITAL_SIGNS).value


def figure_periods(measure) -> list:
    """The periods that a measure has figures of, by time."""
    keys = {result.period for result in measure.results.all() if result.value is not None}
    return sorted(map(period_of, keys), key=lambda period: period.last_day)


def figures_from(measure, first: Period) -> list[Period]:
    """The periods, from the end of ``first`` on, of which a figure is kept or typed in a return."""
    box = re.compile(rf"m{measure.pk}(-s\d+)?-(value|numerator)")
    sections = Section.objects.filter(
        name=SectionName.MEASURES,
        report__period__council=measure.council_of_owner,
        report__slug=measure.reported_by,
    ).select_related("report__period")
    periods = set(figure_periods(measure))
    for section in sections:
        if any(text and box.fullmatch(name) for name, text in section.typed.items()):
            periods.add(measure.reported_in(period_of(section.report.period.key)))
    return sorted(period for period in periods if period.last_day >= first.last_day)


def targets_from(measure, first: Period) -> list[Period]:
    """The periods, from the end of ``first`` on, that have a target in figures of their own."""
    periods = (
        period_of(target.period)
        for target in measure.targets.all()
        if target.period and target.value is not None
    )
    return sorted(period for period in periods if period.last_day >= first.last_day)


def later_periods(measure, years: int = 1) -> list:
    """The periods that a change can begin with: after the first figure, and some years ahead."""
    known = figure_periods(measure)
    return [*known[1:], *_following(measure, known[-1], years)] if known else []


def periods_of_year(frequency: str, year: int) -> list[Period]:
    """The months, quarters or the year itself of a financial year, by how often is counted."""
    if frequency == Measure.Frequency.MONTH:
        return Period(year, month=1).up_to(Period(year))
    if frequency == Measure.Frequency.QUARTER:
        return Period(year, 1).up_to(Period(year))
    return [Period(year)]


class PeriodForm(PlainForm):
    """A form about a measure from one of its periods on. The latest periods come first."""

    period = forms.ChoiceField(
        label="From",
        error_messages={
            "required": "Choose the period.",
            "invalid_choice": "Choose one of the periods.",
        },
    )
    ahead = 0

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure
        choices = figure_periods(measure)
        self.first = choices[0] if choices else None
        choices += _following(measure, choices[-1], self.ahead) if choices else []
        field_of(self, "period", forms.ChoiceField).choices = [
            ("", "Choose a period"),
            *((period.key, period.label) for period in reversed(choices)),
        ]


def _following(measure, last, years):
    """The periods that the measure is counted in after the last one, for so many years."""
    if last.in_calendar or last.day:
        return [last.following]
    ahead = range(last.start_year, last.start_year + years + 1)
    periods = [period for year in ahead for period in periods_of_year(measure.frequency, year)]
    periods = [period for period in periods if period.last_day > last.last_day]
    return periods[: years * len(periods_of_year(measure.frequency, last.start_year))]


class BreakForm(PeriodForm):
    ahead = 1
    kind = forms.ChoiceField(
        label="What happened",
        choices=Break.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what happened.",
            "invalid_choice": "Choose what happened.",
        },
    )
    why = sentences_box("Why", "Say why the series breaks here.")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        period, kind = cleaned.get("period"), cleaned.get("kind")
        if period and self.first and period == self.first.key:
            self.add_error("period", "The series begins there: choose a later period.")
        elif self.measure.breaks.filter(period=period, kind=kind).exists():
            self.add_error("period", "That break is recorded already.")
        return cleaned
