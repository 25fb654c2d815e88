"""Keeping and reading the sections of a return: what was typed, and what it comes to."""

from dataclasses import dataclass
from functools import cached_property

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bcfportal.lib.periods import Period
from bcfportal.lib.ratings import COLOURS
from finance.calculations import total
from finance.models import FinanceLine
from outcomes.rules import rate_project
from projects.access import Access
from reporting import measure_entry
from reporting.models import ReportingPeriod, Return, Section, SectionName, Snapshot
from reporting.section_forms import PerformanceForm, RatingForm, SpendForm
from reporting.sheet_making import make_sheet, returns_with_records
from reporting.sheet_store import sheets_by_period
from reporting.sheets import Sheet
from reporting.workflow import NotNow, follow

WRITABLE = (Return.Status.NOT_STARTED, Return.Status.DRAFT, Return.Status.SENT_BACK)
FORM_FIELDS = {
    SectionName.SPEND: tuple(SpendForm.base_fields),
    SectionName.PERFORMANCE: tuple(PerformanceForm.base_fields),
    SectionName.RATING: tuple(RatingForm.base_fields),
}


class Conflict(Exception):
    """Somebody saved the section after this person opened it. ``section`` is what they saved."""

    def __init__(self, section):
        super().__init__("The section was saved by somebody else in the meantime.")
        self.section = section


@dataclass(frozen=True)
class Work:
    """A return being written: its sections with their forms, and what last time said."""

    report: Return

    @cached_property
    def sections(self) -> dict[str, Section]:
        kept = {
            section.name: section for section in self.report.sections.select_related("saved_by")
        }
        return {
            name: kept.get(name) or Section(report=self.report, name=name)
            for name in SectionName.values
        }

    def typed(self, name: str) -> dict:
        return self.sections[name].typed

    @cached_property
    def last(self) -> Sheet | None:
        """What was published last for the project before this period; None where nothing was."""
        before = ReportingPeriod.objects.filter(
            council_id=self.report.project.council_id,
            as_at__lt=self.report.period.as_at,
            returns__project=self.report.project,
        ).published()
        period = before.order_by("-as_at").first()
        if period is None:
            return None
        snapshots = Snapshot.objects.published([period]).filter(report__project=self.report.project)
        return next(iter(sheets_by_period(snapshots).get(period.pk, [])), None)

    @cached_property
    def allocation(self):
        """Pounds allocated to the project in the period's financial year; None for none."""
        year = Period.parse(self.report.period.key).start_year
        lines = FinanceLine.objects.filter(stream__project=self.report.project, year=year)
        return total(lines.values_list("allocation", flat=True))

    @cached_property
    def grid(self):
        return measure_entry.grid(self.report, self.typed(SectionName.MEASURES))

    @cached_property
    def rule(self):
        """The rule's rating of the project, from the measures as typed now."""
        return rate_project([row.rated.rating for row in self.grid.rows])

    def form(self, name: str):
        typed = self.typed(name)
        if name == SectionName.SPEND:
            tolerance = self.report.project.council.variance_tolerance
            return SpendForm(typed, allocation=self.allocation, tolerance=tolerance)
        if name == SectionName.PERFORMANCE:
            return PerformanceForm(typed)
        return RatingForm(typed, rule_rating=self.rule.rating)

    def problems(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for all that keeps the section from being submitted."""
        if name == SectionName.MEASURES:
            return measure_entry.problems(self.grid)
        form = self.form(name)
        return [(field, error) for field, errors in form.errors.items() for error in errors]

    @cached_property
    def all_problems(self) -> dict[str, list[tuple[str, str]]]:
        return {name: self.problems(name) for name in SectionName.values}

    @property
    def is_complete(self) -> bool:
        return not any(self.all_problems.values())


@transaction.atomic
def save_section(
    report_pk: int, name: str, typed: dict, *, version: int, by, access: Access
) -> Section:
    """Keeps what was typed, right or wrong, and starts the return where it is not started.

    ``version`` is the one the person began from. Raises PermissionDenied, NotNow (closed, or not
    theirs to write at the moment) or Conflict, and then keeps nothing.
    """
    report = (
        Return.objects.select_for_update(of=("self",))
        .select_related("period", "project")
        .get(pk=report_pk)
    )
    if not access.may_report(report.project_id):
        raise PermissionDenied
    if report.period.status == ReportingPeriod.Status.CLOSED:
        raise NotNow(f"{report.period.label} is closed, so nothing in it can be changed.")
    if report.status not in WRITABLE:
        raise NotNow(
            f"This return is {report.get_status_display().lower()}. "
            "Withdraw it, or ask for it to be sent back, to change it."
        )
    section, _ = Section.objects.get_or_create(report=report, name=name)
    if section.typed == typed and section.version:
        return section
    if section.version != version:
        raise Conflict(section)
    if report.status == Return.Status.NOT_STARTED:
        follow("start", report.pk, by=by, access=access)
    section.typed, section.version = typed, section.version + 1
    section.saved_by, section.saved_at = by, timezone.now()
    section.save()
    return section


class Incomplete(Exception):
    """Something is missing. ``work`` knows what."""

    def __init__(self, work):
        super().__init__("The return is not complete.")
        self.work = work


def submit(report_pk: int, *, by, access: Access, unchanged: bool = False):
    """Submits the return: what was typed becomes its record. Raises Incomplete, NotNow, ..."""

    def write(report):
        work = Work(report)
        if not work.is_complete:
            raise Incomplete(work)
        write_record(work, unchanged=unchanged)

    def write_and_keep(report):
        write(report)
        (fresh,) = returns_with_records(Return.objects.filter(pk=report.pk))
        return msgspec.to_builtins(make_sheet(fresh))

    return follow("submit", report_pk, by=by, access=access, then=write_and_keep)


def write_record(work: Work, *, unchanged: bool) -> None:
    """Writes what the sections say into the return and its results. Call within a transaction."""
    report = work.report
    for name in FORM_FIELDS:
        form = work.form(name)
        form.full_clean()
        for field, value in form.cleaned_data.items():
            setattr(report, field, value)
    report.rule_rating, report.rule_reason = work.rule.rating, work.rule.reason
    report.unchanged = unchanged
    report.save()
    measure_entry.save_results(report, work.grid)
    report.sections.update(asked="")


def carried_forward(work: Work) -> dict[str, dict]:
    """What each section would hold if nothing had changed since last time. Never the spend."""
    last = work.last
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
        SectionName.MEASURES: measure_entry.carried(work.report),
        SectionName.PERFORMANCE: {
            "performance": last.performance,
            "summary_performance": last.summary_performance,
        },
        SectionName.RATING: {name: text for name, text in rating.items() if text},
    }


@transaction.atomic
def fill_from_last_time(work: Work, *, by, access: Access) -> None:
    """Fills the boxes that are empty with what last time said; what is typed stays.

    Raises PermissionDenied, NotNow or Conflict as ``save_section`` does.
    """
    for name, values in carried_forward(work).items():
        typed = values | {field: text for field, text in work.typed(name).items() if text}
        version = work.sections[name].version
        save_section(work.report.pk, name, typed, version=version, by=by, access=access)
