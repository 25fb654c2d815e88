"""The targets of a year for one measure, in one form, with the year before beside each box."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain

import pghistory
from crispy_forms_gds.layout import HTML, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from bcfportal.lib.figures import figure, plain
from bcfportal.lib.forms import Helper, text_box
from bcfportal.lib.pasting.said_units import without_own_unit
from bcfportal.lib.periods import Period, financial_year_label, financial_year_of, period_of
from bcfportal.lib.text.typed_numbers import read_number, sign_of
from outcomes.actions import TAKEN_OVER, Aim, set_targets
from outcomes.definitions import as_defined, changed_between, definitions_of, in_unit_of
from outcomes.entry.limits import out_of_range
from outcomes.entry.outliers import unusual_target
from outcomes.models import Measure, Target
from outcomes.targets import target_of
from outcomes.vital_signs.forms import (
    LONGEST,
    YEARS_AHEAD,
    figure_periods,
    kind_of_reports,
    periods_of_year,
    sentences_box,
)
from outcomes.vital_signs.settings_history import answers_of_targets
from publishing.current_report import ALREADY_PUBLISHED, already_published
from typed.asking import ask, said_right

# What is typed where there is no figure, and what it is kept as.
IN_WORDS = {
    "none": Target.Status.NONE,
    "no target": Target.Status.NONE,
    "not yet set": Target.Status.NOT_YET_SET,
}


class YearOfTargetsForm(forms.Form):
    """A box for each month, quarter or year of a financial year that the measure is counted in.

    Beside each stands a note on it, which is published with the target.

    Only what was changed is kept. A box that another person changed meanwhile is not written over:
    each says what stood in it when the form was read.
    """

    def __init__(self, posted=None, *, measure: Measure, year: int, today: date):
        super().__init__(posted)
        self.measure, self.year, self.today = measure, year, today
        known = figure_periods(measure)
        self.first = known[0] if known else None
        self.held = {target.period: target for target in measure.targets.all()}
        self.results: dict[str, list] = {}
        for result in measure.results.select_related("segment").order_by("segment__order", "pk"):
            self.results.setdefault(result.period, []).append(result)
        for period in self.periods:
            text = self._shown(self.held.get(period.key))
            box = text_box(period.label, longest=40, initial=text, help_text=self._beside(period))
            box.widget.attrs["class"] = "govuk-input--width-10"
            self.fields[f"value-{period.key}"] = box
            self.fields[f"was-{period.key}"] = forms.CharField(
                required=False, initial=text, widget=forms.HiddenInput
            )
            self.fields[f"note-{period.key}"] = text_box(
                f"Note on the target of {period.label} (optional)",
                lines=2,
                longest=LONGEST,
                initial=self._note(self.held.get(period.key)),
                help_text="The note is published beside the target.",
            )
        self.fields["why"] = sentences_box("Why", "Say why the targets are set or changed.")

    @cached_property
    def helper(self) -> Helper:
        """The boxes of each period, its note folded away while there is nothing in it."""
        parts = [part for period in self.periods for part in self._parts(period.key, period.label)]
        return Helper(Layout(*parts, "why", Submit("submit", "Save")))

    def _parts(self, key, label):
        note = f"note-{key}"
        opened = " open" if self[note].value() or self[note].errors else ""
        return (
            Field.text(f"value-{key}"),
            f"was-{key}",
            HTML(
                f'<details class="govuk-details"{opened}><summary class="govuk-details__summary">'
                f'<span class="govuk-details__summary-text">Note on the target of {label}</span>'
                '</summary><div class="govuk-details__text">'
            ),
            note,
            HTML("</div></details>"),
        )

    @cached_property
    def periods(self) -> list[Period]:
        """The periods of the year that the measure is counted in."""
        return periods_of_year(self.measure.frequency, self.year)

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
    def standing_target_note(self) -> str:
        """What a standing target does to the boxes, in a sentence; empty where there is none."""
        target = self.held.get("")
        if target is None or target.value is None:
            return ""
        return (
            f"A standing target of {self._shown(target)} holds until the first period that has a "
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

    def _note(self, target):
        """What a person noted of the target. The portal's own words are no note to keep."""
        return "" if target is None or target.note.startswith(TAKEN_OVER) else target.note

    def _then(self, period):
        return as_defined(self.measure, period)

    def _beside(self, period):
        """The year before: its target and its figure."""
        before = Period(period.start_year - 1, period.quarter, period.month)
        then = self._then(before)
        target = target_of(self.held.values(), before)
        said = [
            f"target {self._shown(target).lower()}" if target else "no target",
            self._figures(before.key, then) or "no figure",
        ]
        unit = self._then(period).unit
        unit = f" In {unit}." if unit and unit != self.measure.unit else ""
        held = self.held.get(period.key)
        made = f" {held.note}" if held and held.note and not self._note(held) else ""
        return f"{before.label}: {', '.join(said)}.{unit}{made}"

    def _figures(self, key, then):
        """The figure of the whole, or of each part, in words; nothing where there is none."""
        results = [result for result in self.results.get(key, []) if result.value is not None]
        results = [result for result in results if result.segment is None] or results
        figures = [
            " ".join(
                filter(
                    None,
                    (
                        result.segment.name if result.segment else "",
                        figure(plain(result.value), result.unit or then.unit, then.decimals),
                    ),
                )
            )
            for result in results
        ]
        return f"{'figures' if figures[1:] else 'figure'} {', '.join(figures)}" if figures else ""

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self.changes: dict[str, Aim] = {}
        for period in self.periods:
            name = f"value-{period.key}"
            if name in self.errors or f"note-{period.key}" in self.errors:
                continue
            try:
                self._read(period, cleaned[name], cleaned[f"note-{period.key}"])
            except ValidationError as error:
                self.add_error(name, error)
        if not self.changes and not self.errors:
            self.add_error(f"value-{self.periods[0].key}", "Change at least one target.")
        if self.changes and not self.errors:
            self._ask()
        return cleaned

    def _ask(self) -> None:
        """Asks about targets of published periods, and about figures that are rather slips."""
        about = " ".join(
            f"{key}={aim.status if aim.value is None else aim.value}"
            for key, aim in self.changes.items()
        )
        measure, first = self.measure, min(map(period_of, self.changes))
        council, kind = measure.council_of_owner, kind_of_reports(measure)
        leave = "Leave the targets of what is published"
        if sentence := already_published(council.pk, first, kind, else_do=leave):
            ask(self, "published_too", about, sentence, label=ALREADY_PUBLISHED)
        if unusual := " ".join(filter(None, map(self._unusual, self.periods))):
            unusual += " Put it right, or tick that it is right."
            ask(self, "targets_are_right", about, unusual, label="The targets are right")

    def _unusual(self, period: Period) -> str:
        """Why the target of the period is rather a slip, in a sentence; mostly nothing."""
        aim, held = self.changes.get(period.key), self.held.get(period.key)
        if aim is None or aim.value is None or (held and held.value == aim.value):
            return ""
        given = [*self.held.values(), *chain.from_iterable(self.results.values())]
        known = [
            known_figure.value
            for known_figure in in_unit_of(period, given, definitions_of(self.measure))
            if known_figure.value is not None
        ]
        typed = self.cleaned_data[f"value-{period.key}"]
        said = unusual_target(
            self._then(period), self._target_before(period), known, aim.value, typed
        )
        return f"{period.label}: {said}" if said else ""

    def _target_before(self, period: Period) -> tuple[str, Decimal] | None:
        """The target that the period had; else that of the period before, and what it is called.

        Of figures that add up since April it is that of the year before.
        """
        definitions = definitions_of(self.measure)
        held = target_of(in_unit_of(period, self.held.values(), definitions), period)
        if held and held.value is not None:
            return "the target was", held.value
        then = period.preceding
        if self.measure.accumulation == Measure.Accumulation.CUMULATIVE:
            then = Period(period.start_year - 1, period.quarter, period.month)
        if changed_between(definitions, then, period):
            return None
        target = self.changes.get(then.key) or target_of(self.held.values(), then)
        if target is None or target.value is None:
            return None
        return f"the target of {then.label} was", target.value

    def _read(self, period, typed, note):
        held, now = self.held.get(period.key), self._shown(self.held.get(period.key))
        was = self.data.get(f"was-{period.key}", now)
        stands = (held.status, plain(held.value)) if held else None
        made = stands if typed == was else self._made(period, typed, had=bool(held))
        if made == stands and note == self._note(held):
            return
        if made is None:
            raise ValidationError("Enter the target that the note is about, or none.")
        if made != stands and was != now:
            raise ValidationError(
                f"Somebody else changed this to {now or 'empty'} meanwhile. Save again to make it "
                f"{typed}."
            )
        self.changes[period.key] = Aim(made[0], made[1], note)

    def _made(self, period, typed, *, had):
        """(status, value) of what is typed; None for nothing."""
        said = " ".join(typed.casefold().split())
        if not said:
            if had:
                raise ValidationError("Enter the target, or none: you cannot empty a target.")
            return None
        if self.first and period.last_day < self.first.last_day:
            label = self.first.label
            raise ValidationError(f"The first result is of {label}: leave this empty.")
        if said in IN_WORDS:
            return IN_WORDS[said].value, None
        try:
            then = self._then(period)
            figure_typed = without_own_unit(typed, then.unit, then.name)
            value = read_number(figure_typed, unit=sign_of(then.unit))
        except ValueError as error:
            raise ValidationError(
                f"{period.label}: {error} Or enter none, or not yet set."
            ) from error
        if value is None:
            return None
        if problem := out_of_range(value, then):
            raise ValidationError(problem)
        return Target.Status.SET.value, value

    def keep(self, by: User) -> None:
        """Sets what was changed, each with what stood before, who and why, and what was asked."""
        why = self.cleaned_data["why"]
        asked = {"said_right": said} if (said := said_right(self)) else {}
        with pghistory.context(by=by.post, **asked):
            set_targets(measure=self.measure, targets=self.changes, why=why, by=by)

    @property
    def answers(self) -> list[str]:
        """What was asked about the measure's targets and said to be right."""
        return answers_of_targets(self.measure.pk)
