"""A return being written: its sections as typed, what they come to, and what last time said.

``Work`` is what every return has; ``ProjectWork`` is a project's. The council's vital signs have
``outcomes.monthly.draft``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import Period, financial_year_label
from bcfportal.lib.ratings import COLOURS, Rating
from finance.allocations.calculations import total, variance_words
from finance.models import FinanceLine
from outcomes.entry import grid as entry
from outcomes.rules import rate_project
from publishing.models import ReportingPeriod, Return, Section, SectionName, Snapshot
from publishing.progress import Progress, nothing_in, progress, wrong_and_left
from publishing.version_cache import sheets_by_period
from returns.content import Sheet
from returns.entry_forms import PerformanceForm, RatingForm, SpendForm

FORM_FIELDS = {
    SectionName.SPEND: tuple(SpendForm.base_fields),
    SectionName.PERFORMANCE: tuple(PerformanceForm.base_fields),
    SectionName.RATING: tuple(RatingForm.base_fields),
}


def box_words(value, typed: str) -> str:
    """What is in a box, in the words that will be published; as typed where it cannot be read."""
    if isinstance(value, Decimal):
        return pounds(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return Rating(value).label if value in COLOURS else typed


# Boxes of a measure that are called otherwise than by what they are.
BOX_WORDS = {
    "none": "why there is no figure",
    "expected": "when the figure is expected",
    "right": "this is right",
}


@dataclass(frozen=True)
class SectionState:
    """How far one section is: what the task list, the board and reminders say of it."""

    name: SectionName
    section: Section
    left: int
    is_sent_back: bool = False

    @property
    def begun(self) -> bool:
        return self.section.version > 0

    @property
    def words(self) -> str:
        """What is to be done, in words; nothing where it is complete."""
        if self.is_sent_back:
            return "Sent back"
        if not self.begun:
            return "Not started"
        return f"{self.left} to do" if self.left else ""


@dataclass(frozen=True)
class Known:
    """What was read for many returns at once: the measures of one, and its allocation."""

    measures: list
    allocation: Decimal | None


@dataclass(frozen=True)
class TypedBox:
    """A box that something is in: its field, label and words, and its rating where it is one."""

    field: str
    label: str
    words: str
    rating: str = ""


# Boxes that answer a question about another box.
ASKED = ("below_zero_is_right", "spend_to_date_right", "spend_forecast_right")


@dataclass(frozen=True)
class Work:
    """The sections of a return with what was typed, right or wrong."""

    report: Return
    known: Known | None = None

    @cached_property
    def sections(self) -> dict[str, Section]:
        rows = self.report.sections
        # With ``known`` they are read already.
        found = rows.all() if self.known else rows.select_related("saved_by")
        kept = {section.name: section for section in found}
        return {
            name: kept.get(name) or Section(report=self.report, name=name)
            for name in self.report.section_names
        }

    def typed(self, name: str) -> dict:
        return self.sections[name].typed

    @cached_property
    def grid(self):
        measures = self.known.measures if self.known else None
        return entry.grid(self.report, self.typed(SectionName.MEASURES), measures)

    def state(self, name: SectionName) -> SectionState:
        """How far the section is."""
        section = self.sections[name]
        asked = bool(section.asked) and self.report.status == Return.Status.SENT_BACK
        return SectionState(name, section, len(self.all_problems[name]), asked)

    def fields(self, name: str) -> Iterable[str]:
        """The names of the section's boxes."""
        return [box.field for row in self.grid.rows for box in row.boxes.values()]

    def labels(self, name: str) -> dict[str, str]:
        """What each box of the section is called on its page, by field."""
        return {
            box.field: f"{row.name}: {BOX_WORDS.get(what, box.what.lower())}"
            for row in self.grid.rows
            for what, box in row.boxes.items()
        }

    def problems(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for all that keeps the section from being submitted."""
        return entry.problems(self.grid)

    def wrong(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for what is typed and cannot stay so."""
        return wrong_and_left(self.problems(name), self._is_left(name))[0]

    def progress(self, name: str) -> Progress:
        """How much of the section is filled, and what is left."""
        boxes = [field for field, text in self.typed(name).items() if str(text or "").strip()]
        if name == SectionName.MEASURES:
            # A figure or a reason is asked for each.
            boxes = [row.boxes["value"].field for row in self.grid.own]
        return progress(self.problems(name), self._is_left(name), boxes)

    def _is_left(self, name):
        if name == SectionName.MEASURES:
            return {row.boxes["value"].field for row in self.grid.missing}.__contains__
        return nothing_in(self.typed(name))

    @cached_property
    def all_problems(self) -> dict[str, list[tuple[str, str]]]:
        return {name: self.problems(name) for name in self.report.section_names}

    @property
    def is_complete(self) -> bool:
        return not any(self.all_problems.values())

    def boxes_in_words(self, name: str) -> list[TypedBox]:
        """The section's boxes that something is in, in the page's order."""
        raise NotImplementedError

    @cached_property
    def changed(self) -> list[str]:
        """What is typed otherwise than last time said, by name; empty boxes say nothing."""
        return [row.name for row in self.grid.rows if entry.differs_from_last(row)]


def _elapsed(period):
    """The part of its financial year that is over when the period ends."""
    months = (period.last_day.month - 4) % 12 + 1
    return Decimal(months) / 12


class ProjectWork(Work):
    """A project's return: measures, spend, performance, rating."""

    @cached_property
    def last(self) -> Sheet | None:
        """What was published last for the project before this period; None where nothing was."""
        before = ReportingPeriod.objects.filter(
            council_id=self.report.period.council_id,
            as_at__lt=self.report.period.as_at,
            returns__project=self.report.project,
        ).published()
        period = before.order_by("-as_at").first()
        if period is None:
            return None
        snapshots = Snapshot.objects.published([period]).filter(report__project=self.report.project)
        return next(iter(sheets_by_period(snapshots, Sheet).get(period.pk, [])), None)

    @cached_property
    def allocation(self):
        """Pounds allocated to the project in the period's financial year; None for none."""
        if self.known:
            return self.known.allocation
        year = Period.parse(self.report.period.key).start_year
        lines = FinanceLine.objects.filter(stream__project=self.report.project, year=year)
        return total(lines.values_list("allocation", flat=True))

    @cached_property
    def rule(self):
        """The rule's rating of the project, from the measures as typed now."""
        return rate_project([row.rated.rating for row in self.grid.rows if row.is_now])

    def form(self, name: str):
        typed = self.typed(name)
        if name == SectionName.SPEND:
            tolerance = self.report.period.council.variance_tolerance
            return SpendForm(
                typed,
                allocation=self.allocation,
                tolerance=tolerance,
                elapsed=_elapsed(Period.parse(self.report.period.key)),
            )
        if name == SectionName.PERFORMANCE:
            return PerformanceForm(typed)
        return RatingForm(typed, rule_rating=self.rule.rating)

    def fields(self, name: str) -> Iterable[str]:
        return FORM_FIELDS.get(name) or super().fields(name)

    def labels(self, name: str) -> dict[str, str]:
        if name == SectionName.MEASURES:
            return super().labels(name)
        return {field: box.label or field for field, box in self.form(name).fields.items()}

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
        found = [row.name for row in self.grid.rows if entry.differs_from_last(row)]
        last = self.carried()
        for name in (SectionName.PERFORMANCE, SectionName.RATING):
            said = {"performance": PerformanceForm, "rating": RatingForm}[name]
            before = said(last.get(name, {}), **self._form_options(name))
            now = self.form(name)
            before.is_valid()
            now.is_valid()
            found += [
                field.label
                for box, field in now.fields.items()
                if self.typed(name).get(box)
                and now.cleaned_data.get(box) != before.cleaned_data.get(box)
            ]
        return found

    def _form_options(self, name):
        return {"rule_rating": self.rule.rating} if name == SectionName.RATING else {}

    @property
    def spend_questions(self) -> list[str]:
        """What is unusual about the spend, and whether it is said to be right, in sentences."""
        form = self.form(SectionName.SPEND)
        form.is_valid()
        found = [
            f"{sentence}{' Said to be right.' if ticked else ''}"
            for _, sentence, _, ticked in form.asked
        ]
        spend, last = form.cleaned_data.get("spend_to_date"), self.last
        same_year = last and last.spend_year == Period.parse(self.report.period.key).start_year
        if same_year and spend is not None and (last.spend_to_date or 0) > spend:
            found.append(
                f"{pounds(spend)} is spent to date, and last time it was already "
                f"{pounds(last.spend_to_date)}."
            )
        return found

    @property
    def spend_last(self) -> list[str]:
        """Spend to date and forecast of last time in words, with their year where it is over."""
        if self.last is None:
            return ["", ""]
        year = self.last.spend_year
        own = year == Period.parse(self.report.period.key).start_year
        when = "" if own or year is None else f" in {financial_year_label(year)}"
        return [words and f"{words}{when}" for words in self.last.spend_words]

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
