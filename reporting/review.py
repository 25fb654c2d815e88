"""Reviewing a return: what has changed, what the checks say, and approving it."""

from dataclasses import dataclass

import msgspec
from django.db import transaction

from bcfportal.lib.differences import word_changes
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from finance.calculations import variance_words
from projects.access import Access
from reporting.actions import publish, take_snapshots
from reporting.measures.table import result_words
from reporting.models import ReportingPeriod, Return, Snapshot
from reporting.sheet_making import returns_with_records, sheet_for
from reporting.sheets import Sheet
from reporting.vital_signs.review import vital_signs_checks, vital_signs_words
from reporting.vital_signs.sheet import VitalSigns
from reporting.work import Work
from reporting.workflow import follow

WORDS = {
    "performance": "Performance in full",
    "summary_performance": "Short text for the summary",
    "rating": "Rating",
    "rating_text": "Why it is rated so",
    "forecast_rating": "Rating expected at year end",
    "difference_reason": "Why it is not what the rule says",
    "cause": "Cause",
    "action": "Action",
    "action_owner": "Who",
    "variance_reason": "Why the forecast differs",
}


@dataclass(frozen=True)
class Change:
    """One thing that a return says, in pieces that are the same, out or in."""

    title: str
    pieces: list[tuple[str, str]]

    @property
    def changed(self) -> bool:
        return any(kind != "same" for kind, _ in self.pieces)


def changes(before: Sheet | VitalSigns | None, now: Sheet | VitalSigns) -> list[Change]:
    """What the return says now, marked against what was said before."""
    if isinstance(now, VitalSigns):
        said = vital_signs_words(before) if before else {}
        return [
            Change(title, word_changes(said.get(title, ""), words))
            for title, words in vital_signs_words(now).items()
        ]
    found = [
        Change(title, word_changes(_words(before, name), _words(now, name)))
        for name, title in WORDS.items()
        if _words(now, name) or _words(before, name)
    ]
    earlier = _results(before) if before else {}
    if before and before.period != now.period:
        # What is added up since April is set beside the same time last year.
        earlier |= _a_year_before(now)
    for key, (title, words) in _results(now).items():
        found.append(Change(title, word_changes(earlier.get(key, ("", ""))[1], words)))
    return found


def _words(sheet, name):
    words = getattr(sheet, name) if sheet else ""
    return Rating(words).label if words and name in ("rating", "forecast_rating") else words


def _results(sheet):
    """The latest result of each measure and segment: {key: (title, words)}."""
    latest = {}
    for measure in sheet.measures:
        for result in measure.results:
            segment = f", {result.segment}" if result.segment else ""
            latest[(measure.position, result.segment)] = (
                f"{measure.text}{segment}",
                result_words(measure, result),
            )
    return latest


def _a_year_before(sheet):
    """As ``_results``, of measures that are added up since April, a year before the sheet's own."""
    if not sheet.period:
        return {}
    own = period_of(sheet.period)
    period = Period(own.start_year - 1, own.quarter, own.month).key
    added_up = [each for each in sheet.measures if each.accumulation == "cumulative"]
    found = {
        (each.position, result.segment): ("", "") for each in added_up for result in each.results
    }
    return found | {
        (measure.position, result.segment): ("", result_words(measure, result))
        for measure in added_up
        for result in measure.results
        if result.period == period
    }


def current_sheet(report: Return) -> Sheet | VitalSigns:
    (fresh,) = returns_with_records(Return.objects.filter(pk=report.pk))
    return sheet_for(fresh)


def submitted_before(report: Return) -> Sheet | VitalSigns | None:
    """The sheet of the submission before the last one; None where there was only one."""
    sheets = list(
        report.events.filter(action="submit", sheet__isnull=False).order_by("-at", "-pk")[:2]
    )
    kind = Sheet if report.project_id else VitalSigns
    return msgspec.convert(sheets[1].sheet, kind) if len(sheets) == 2 else None


def checks(work: Work, sheet: Sheet | VitalSigns) -> list[str]:
    """What an officer should look at, in sentences. Empty where nothing stands out."""
    if isinstance(sheet, VitalSigns):
        return vital_signs_checks(work, sheet)
    found = []
    if sheet.rule_rating in COLOURS and sheet.rating != sheet.rule_rating:
        found.append(
            f"Declared {Rating(sheet.rating).label.lower()}, "
            f"the rule says {Rating(sheet.rule_rating).label.lower()}: {sheet.rule_reason}"
        )
    tolerance = work.report.period.council.variance_tolerance
    if sheet.spend_forecast is not None and work.allocation:
        variance = abs(sheet.spend_forecast - work.allocation) * 100
        if variance > tolerance * work.allocation:
            words = variance_words(sheet.spend_forecast, work.allocation)
            found.append(
                f"The forecast is {words}, more than the tolerance of {tolerance.normalize():f}%."
            )
    if (
        sheet.spend_to_date is not None
        and sheet.spend_forecast is not None
        and sheet.spend_to_date > sheet.spend_forecast
    ):
        found.append("More is spent to date than is forecast for the whole year.")
    if sheet.unchanged and work.last and sheet.performance != work.last.performance:
        found.append("It is ticked that nothing has changed, but the performance text has.")
    if sheet.action_due and sheet.action_due < work.report.period.as_at:
        found.append(f"The action was due on {sheet.action_due:%-d %B %Y}, before the as-at date.")
    return found


def approve(report_pk: int, *, by, access: Access):
    """Approves the return and keeps what it says in a new snapshot."""
    return follow("approve", report_pk, by=by, access=access, then=_keep_snapshot)


def _keep_snapshot(report):
    take_snapshots(Return.objects.filter(pk=report.pk))


def send_back(report_pk: int, *, asked: dict[str, str], words: str, by, access: Access):
    """Sends the return back with a note for each section that is asked about."""

    def ask(report):
        report.sections.update(asked="")
        for name, note in asked.items():
            report.sections.filter(name=name).update(asked=note)

    said = words or "; ".join(asked.values())
    return follow("send back", report_pk, by=by, access=access, words=said, asked=asked, then=ask)


@transaction.atomic
def publish_period(period: ReportingPeriod, *, by, access: Access) -> int:
    """Publishes every approved return of the period. Returns how many.

    Entries that are described only report nothing: those without a return get one, so that the
    published period shows the whole programme.
    """
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    approved = list(period.returns.filter(status=Return.Status.APPROVED))
    for report in approved:
        follow("publish", report.pk, by=by, access=access)
    if not approved:
        return 0
    described = _described_returns(period)
    take_snapshots(Return.objects.filter(pk__in=[report.pk for report in described]))
    ready = Snapshot.objects.approved([period]).filter(
        publication__isnull=True, report__status=Return.Status.PUBLISHED
    )
    publish(list(ready.select_related("report")), by=by)
    return len(approved)


def _described_returns(period):
    if period.kind != ReportingPeriod.Kind.PROGRAMME:
        return []
    projects = period.council.projects.live().filter(kind="described")
    missing = projects.exclude(returns__period=period)
    return Return.objects.bulk_create(
        Return(project=project, period=period, status=Return.Status.PUBLISHED)
        for project in missing
    )
