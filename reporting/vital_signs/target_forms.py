"""The targets of a year for one measure, in one form, with the year before beside each box."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from crispy_forms_gds.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.forms import Helper
from bcfportal.lib.periods import Period, financial_year_label, financial_year_of, period_of
from bcfportal.lib.typed_numbers import read_number, sign_of
from outcomes.actions import set_targets
from outcomes.definitions import as_defined
from outcomes.models import Measure, Target
from outcomes.targets import target_of
from reporting.vital_signs.forms import YEARS_AHEAD, figure_periods, words
from reporting.vital_signs.ranges import out_of_range

# What is typed where there is no figure, and what it is kept as.
IN_WORDS = {
    "none": Target.Status.NONE,
    "no target": Target.Status.NONE,
    "not yet set": Target.Status.NOT_YET_SET,
}


class YearOfTargetsForm(forms.Form):
    """A box for each month, quarter or year of a financial year that the measure is counted in.

    Only what was changed is kept. A box that another person changed meanwhile is not written over:
    each says what stood in it when the form was read.
    """

    def __init__(self, posted=None, *, measure: Measure, year: int, today: date):
        super().__init__(posted)
        self.measure, self.year, self.today = measure, year, today
        known = figure_periods(measure)
        self.first = known[0] if known else None
        self.held = {each.period: each for each in measure.targets.all()}
        self.results = {each.period: each for each in measure.results.filter(segment=None)}
        for period in self.periods:
            shown = self._shown(self.held.get(period.key))
            self.fields[f"value-{period.key}"] = forms.CharField(
                label=period.label,
                required=False,
                max_length=40,
                initial=shown,
                help_text=self._beside(period),
                widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
                error_messages={"max_length": "Shorten this to 40 characters or fewer."},
            )
            self.fields[f"was-{period.key}"] = forms.CharField(
                required=False, initial=shown, widget=forms.HiddenInput
            )
        self.fields["why"] = words("Why", "Say why the targets are set or changed.")
        self.helper = Helper(
            Layout(
                *(
                    part
                    for period in self.periods
                    for part in (Field.text(f"value-{period.key}"), f"was-{period.key}")
                ),
                "why",
                Submit("submit", "Save"),
            )
        )

    @cached_property
    def periods(self) -> list[Period]:
        """The periods of the year that the measure is counted in."""
        year = Period(self.year)
        if self.measure.frequency == Measure.Frequency.MONTH:
            return Period(self.year, month=1).up_to(Period(self.year, month=12))
        if self.measure.frequency == Measure.Frequency.QUARTER:
            return [Period(self.year, quarter) for quarter in (1, 2, 3, 4)]
        return [year]

    @property
    def years(self) -> list[tuple[int, str]]:
        """The other years whose targets can be set, (start year, label)."""
        now = financial_year_of(self.today)
        first = min(now, financial_year_of(self.first.last_day)) if self.first else now
        return [
            (year, financial_year_label(year))
            for year in range(first, now + YEARS_AHEAD + 1)
            if year != self.year
        ]

    @property
    def standing(self) -> str:
        """What a standing target does to the boxes, in a sentence; empty where there is none."""
        found = self.held.get("")
        if found is None or found.value is None:
            return ""
        return (
            f"A standing target of {self._shown(found)} holds until the first period that has a "
            "target of its own. From then on each period needs its own."
        )

    def _shown(self, target):
        if target is None:
            return ""
        if target.value is None:
            return target.get_status_display()
        then = self._then(period_of(target.period) if target.period else self.periods[0])
        unit = "%" if then.unit == "%" else ""
        return figure(plain(target.value), unit, then.decimals)

    def _then(self, period):
        return as_defined(self.measure, period)

    def _beside(self, period):
        """The year before: its target and its figure."""
        before = Period(period.start_year - 1, period.quarter, period.month)
        then = self._then(before)
        target = target_of(self.held.values(), before)
        result = self.results.get(before.key)
        value = figure(plain(result.value), then.unit, then.decimals) if result else ""
        said = [
            f"target {self._shown(target).lower()}" if target else "no target",
            f"figure {value}" if value else "no figure",
        ]
        unit = self._then(period).unit
        unit = f" In {unit}." if unit and unit != self.measure.unit else ""
        return f"{before.label}: {', '.join(said)}.{unit}"

    def clean(self):
        cleaned = super().clean()
        self.changes: dict[str, tuple[str, Decimal | None]] = {}
        for period in self.periods:
            name = f"value-{period.key}"
            if name in self.errors:
                continue
            try:
                self._read(period, cleaned.get(name) or "")
            except ValidationError as error:
                self.add_error(name, error)
        if not self.changes and not self.errors:
            self.add_error(f"value-{self.periods[0].key}", "Change at least one target.")
        return cleaned

    def _read(self, period, typed):
        held, now = self.held.get(period.key), self._shown(self.held.get(period.key))
        was = self.data.get(f"was-{period.key}", now)
        if typed == was:
            return
        made = self._made(period, typed, had=bool(held))
        if (held and made == (held.status, plain(held.value))) or (not held and made is None):
            return
        if was != now:
            raise ValidationError(
                f"Another person made this {now or 'empty'} meanwhile. Save again to make it "
                f"{typed}."
            )
        self.changes[period.key] = made

    def _made(self, period, typed, *, had):
        """(status, value) of what is typed; None for nothing."""
        said = " ".join(typed.casefold().split())
        if not said:
            if had:
                raise ValidationError("Enter the target, or none: what was set is not emptied.")
            return None
        if self.first and period.last_day < self.first.last_day:
            label = self.first.label
            raise ValidationError(f"The first result is of {label}: leave this empty.")
        if said in IN_WORDS:
            return IN_WORDS[said].value, None
        try:
            value = read_number(typed, unit=sign_of(self.measure.unit))
        except ValueError as error:
            raise ValidationError(
                f"{period.label}: {error} Or enter none, or not yet set."
            ) from error
        if value is None:
            return None
        if problem := out_of_range(value, self._then(period)):
            raise ValidationError(problem)
        return Target.Status.SET.value, value

    def keep(self, by) -> None:
        """Sets what was changed, each with what stood before, who and why."""
        why = self.cleaned_data["why"]
        set_targets(measure=self.measure, targets=self.changes, why=why, by=by)
