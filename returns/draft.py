"""A project's return being written: what ``outcomes.entry.draft.Draft`` has, and the project's own.

The council's vital signs have ``outcomes.monthly.draft``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bcfportal.lib import clock
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import Period, financial_year_label
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from bcfportal.lib.sums import sum_present
from finance.allocations.calculations import variance_words
from finance.models import FinanceLine
from outcomes.entry import grid as entry
from outcomes.entry.draft import Draft, Known, TypedBox
from outcomes.rules import rate_project
from publishing.models import Return, SectionName
from returns.collect import make_sheet, returns_with_records
from returns.content import Sheet
from returns.entry_forms import COLOUR_CHOICES, PerformanceForm, RatingForm, SpendForm
from returns.since_last_time import changed_on_page, published_before
from typed.boxes import as_read

FORM_FIELDS = {
    SectionName.SPEND: tuple(SpendForm.base_fields),
    SectionName.PERFORMANCE: tuple(PerformanceForm.base_fields),
    SectionName.RATING: tuple(RatingForm.base_fields),
}


COLOUR_WORDS = {colour: str(label) for colour, label in COLOUR_CHOICES}


def box_words(value, typed: str) -> str:
    """What is in a box, in the words that will be published; as typed where it cannot be read."""
    if isinstance(value, Decimal):
        return pounds(value)
    if isinstance(value, date):
        return day_words(value)
    if value in COLOURS:
        return Rating(value).label
    return value if isinstance(value, str) and value else typed


# Boxes that answer a question about another box.
ASKED = (
    "below_zero_is_right",
    "spend_to_date_right",
    "spend_forecast_right",
    "action_due_right",
)


@dataclass(frozen=True)
class KnownProject(Known):
    """What was read for many projects at once: the measures, allocation and last report of each."""

    allocation: Decimal | None
    last: Sheet | None


def _elapsed(period):
    """The part of its financial year that is over when the period ends."""
    months = (period.last_day.month - 4) % 12 + 1
    return Decimal(months) / 12


class ProjectDraft(Draft):
    """A project's return: measures, spend, performance, rating."""

    report: Return
    known: KnownProject | None

    @cached_property
    def last(self) -> Sheet | None:
        """What was published last for the project before this period; None where nothing was."""
        if self.known:
            return self.known.last
        return published_before(self.report)

    @cached_property
    def allocation(self):
        """Pounds allocated to the project in the period's financial year; None for none."""
        if self.known:
            return self.known.allocation
        year = Period.parse(self.report.period.key).start_year
        lines = FinanceLine.objects.filter(stream__project=self.report.project, year=year)
        return sum_present(lines.values_list("allocation", flat=True)).total

    @cached_property
    def rule(self):
        """The rule's rating of the project, from the measures as typed now."""
        return rate_project([row.rated.rating for row in self.grid.rows if row.is_now])

    def form(self, name: str):
        typed = self.typed(name)
        if name == SectionName.SPEND:
            tolerance = self.report.period.council.variance_tolerance
            allocation, before = self.allocation, self._last_of_year
            return SpendForm(
                typed,
                allocation=allocation,
                tolerance=tolerance,
                elapsed=_elapsed(Period.parse(self.report.period.key)),
                before=before.spend_to_date if before else None,
                forecast_before=before.spend_forecast if before else None,
            )
        if name == SectionName.PERFORMANCE:
            return PerformanceForm(typed)
        return RatingForm(typed, **self._form_options(name))

    def fields(self, name: str) -> Iterable[str]:
        return FORM_FIELDS.get(SectionName(name)) or super().fields(name)

    def labels(self, name: str) -> dict[str, str]:
        if name == SectionName.MEASURES:
            return super().labels(name)
        return {field: box.label or field for field, box in self.form(name).fields.items()}

    def in_words(self, name: str, field: str, text: str) -> str:
        if name == SectionName.MEASURES:
            return super().in_words(name, field, text)
        choices = COLOUR_WORDS if field in ("rating", "forecast_rating") else None
        return as_read(field, text, choices)

    def boxes_in_words(self, name: str) -> list[TypedBox]:
        form, typed = self.form(name), self.typed(name)
        form.is_valid()
        return [
            TypedBox(
                box,
                field.label,
                box_words(form.cleaned_data.get(box), typed[box]),
                typed[box] if typed[box] in COLOURS else "",
            )
            for box, field in form.fields.items()
            if typed.get(box)
        ]

    @property
    def variance_words(self) -> str:
        """The forecast as typed against the allocation, in words."""
        form = self.form(SectionName.SPEND)
        form.is_valid()
        return variance_words(form.cleaned_data.get("spend_forecast"), self.allocation)

    @cached_property
    def changed(self) -> list[str]:
        changed = [row.name for row in self.grid.rows if entry.differs_from_last(row)]
        last = self.carried()
        for name in (SectionName.PERFORMANCE, SectionName.RATING):
            said = {"performance": PerformanceForm, "rating": RatingForm}[name]
            before = said(last.get(name, {}), **self._form_options(name))
            now = self.form(name)
            before.is_valid()
            now.is_valid()
            changed += [
                field.label
                for box, field in now.fields.items()
                if self.typed(name).get(box)
                and box not in ASKED
                and now.cleaned_data.get(box) != before.cleaned_data.get(box)
            ]
        return changed + self._spend_changed + self.changed_on_page

    @cached_property
    def changed_on_page(self) -> list[str]:
        """What the page says of the project and its measures, and did not say last time."""
        if self.last is None:
            return []
        (fresh,) = returns_with_records(Return.objects.filter(pk=self.report.pk))
        purpose = self.report.period.council.purpose_word
        return changed_on_page(self.last, make_sheet(fresh), purpose)

    @property
    def _spend_changed(self) -> list[str]:
        """What is typed of the forecast and is not as last time; the spend to date always moves."""
        form = self.form(SectionName.SPEND)
        form.is_valid()
        same_year = (
            self.last and self.last.spend_year == Period.parse(self.report.period.key).start_year
        )
        return [
            str(form.fields[box].label)
            for box in ("spend_forecast", "variance_reason")
            if (now := form.cleaned_data.get(box)) not in (None, "")
            and now != (getattr(self.last, box) if same_year else None)
        ]

    def _form_options(self, name):
        if name != SectionName.RATING:
            return {}
        period = Period.parse(self.report.period.key)
        return {"rule_rating": self.rule.rating, "period": period, "today": clock.today()}

    @property
    def _last_of_year(self) -> Sheet | None:
        """What was published last for the project, where that was in the same financial year."""
        last, year = self.last, Period.parse(self.report.period.key).start_year
        return last if last and last.spend_year == year else None

    @property
    def spend_questions(self) -> list[str]:
        """What is unusual about the spend, and whether it is said to be right, in sentences."""
        return self._questions(SectionName.SPEND)

    @property
    def is_below_zero_right(self) -> bool:
        """Whether a spend to date of less than nothing is said to be right."""
        form = self.form(SectionName.SPEND)
        form.is_valid()
        return form.data.get("below_zero_is_right") == form.below_zero_tick != ""

    @property
    def rating_questions(self) -> list[str]:
        """The same of the day by which the action is to be done."""
        return self._questions(SectionName.RATING)

    def _questions(self, name: SectionName) -> list[str]:
        form = self.form(name)
        form.is_valid()
        return [
            f"{sentence}{' Said to be right.' if ticked else ''}"
            for _, sentence, _, ticked in form.asked
        ]

    @property
    def spend_last(self) -> list[str]:
        """Spend to date and forecast of last time in words, with their year where it is over."""
        if self.last is None:
            return ["", ""]
        year = self.last.spend_year
        own = year == Period.parse(self.report.period.key).start_year
        when = "" if own or year is None else f" in {financial_year_label(year)}"
        return [text and f"{text}{when}" for text in self.last.spend_words]

    def said_last(self, field: str) -> str:
        """What last time said in a box of words; nothing where it said nothing."""
        return getattr(self.last, field, "") if self.last else ""

    def problems(self, name: str) -> list[tuple[str, str]]:
        if name == SectionName.MEASURES:
            return super().problems(name)
        form = self.form(name)
        return [(field, error) for field, errors in form.errors.items() for error in errors]

    def write(self, *, unchanged: bool) -> None:
        """Writes what the sections say as the return and its results. Call in a transaction."""
        report = self.report
        for name in FORM_FIELDS:
            form = self.form(name)
            form.full_clean()
            for field, value in form.cleaned_data.items():
                # What was only asked is kept with the section.
                if field not in ASKED:
                    setattr(report, field, value)
        report.rule_rating, report.rule_reason = self.rule.rating, self.rule.reason
        report.unchanged = unchanged
        report.save()
        entry.save_results(report, self.grid)
        report.sections.update(asked="")

    def carried(self) -> dict[str, dict]:
        """What each section would hold if nothing had changed since last time. Never the spend."""
        last = self.last
        if last is None:
            return {}
        rating = {
            "rating": last.rating if last.rating in COLOURS else "",
            "action_due": last.action_due.isoformat() if last.action_due else "",
            **{
                name: getattr(last, name)
                for name in (
                    *("rating_text", "difference_reason", "forecast_rating"),
                    *("cause", "action", "action_owner"),
                )
            },
        }
        return {
            SectionName.MEASURES: entry.carried(self.report, self.grid),
            SectionName.PERFORMANCE: {
                "performance": last.performance,
                "summary_performance": last.summary_performance,
            },
            SectionName.RATING: {name: text for name, text in rating.items() if text},
        }
