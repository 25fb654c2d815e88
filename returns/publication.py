"""Writes that touch more than one row."""

from datetime import datetime
from enum import StrEnum

import msgspec
from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.versions import fingerprint
from projects.access import Access
from publishing.current_report import current_period
from publishing.freezing import freeze, make_public
from publishing.models import (
    PeriodVersion,
    Report,
    ReportingPeriod,
    Return,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import Contents
from returns.collect import sheet_for, with_records
from returns.due import still_due
from returns.period_versions.carrying import carried_contents
from returns.period_versions.collect import as_plain, contents_of, numbered
from returns.period_versions.content import ProgrammeContents
from returns.period_versions.holding_withdrawn import holding_withdrawn
from returns.subjects import reports_of


class Current(StrEnum):
    """When a later period that is published becomes the council's current report."""

    NOW = "now"
    COMPLETE = "complete"
    LATER = "later"


@transaction.atomic
def take_snapshots(reports, *, at=None, by=None, own_since=None):
    """Keeps what each of ``reports`` says now, unless its latest snapshot says the same.

    ``own_since`` is since when the council lets a person approve what they wrote, where it was
    approved so. Returns the snapshots made. ``reports`` is a queryset of one subject's reports.
    """
    at = at or clock.now()
    # The rows are locked one table at a time: the sheet reads more, but a return is the unit.
    rows = Report.objects.filter(pk__in=reports.order_by().values("pk")).order_by("pk")
    keys = list(rows.select_for_update().values_list("pk", flat=True))
    latest = {
        snapshot.report_id: snapshot
        for snapshot in Snapshot.objects.filter(report__in=keys).order_by("number")
    }
    made: dict[int, list[Snapshot]] = {}
    for report in with_records(reports.model._default_manager.filter(pk__in=keys)):
        sheet = sheet_for(report)
        if own_since:
            sheet = msgspec.structs.replace(sheet, approved_own_since=own_since)
        content = msgspec.to_builtins(sheet)
        before = latest.get(report.pk)
        if before and before.fingerprint == fingerprint(content):
            continue
        snapshot = Snapshot(
            report=report,
            number=before.number + 1 if before else 1,
            content=content,
            title=content.get("title", ""),
            words=sheet.words,
            at=at,
            by=by,
        )
        made.setdefault(report.period.council_id, []).append(snapshot)
    return [row for council, rows in made.items() for row in freeze(rows, council)]


@transaction.atomic
def publish(
    snapshots,
    *,
    by=None,
    at=None,
    current: Current = Current.NOW,
    of: ReportingPeriod | None = None,
) -> list[PeriodVersion]:
    """Publishes the snapshots: a new version of each of their periods shows them from now on.

    ``current`` says when a period later than the current report takes its place. ``of`` gets a
    version in any case: what changed about its projects is said there. Returns the versions made,
    earliest period first.
    """
    at = at or clock.now()
    given: dict[int, list[Snapshot]] = {of.pk: []} if of else {}
    for snapshot in snapshots:
        given.setdefault(snapshot.report.period_id, []).append(snapshot)
    make_public(snapshots, at=at, by=by)
    periods = (
        ReportingPeriod.objects.select_for_update(of=("self",))
        .select_related("council")
        .filter(pk__in=given)
        .order_by("as_at", "key")
    )
    made = [_publish(period, given[period.pk], by, at, current) for period in periods]
    for version in made:
        carry_on(version.period, by=by, at=at)
    return made


@transaction.atomic
def carry_on(
    period: ReportingPeriod,
    *,
    by: User | None,
    at: datetime,
    itself: bool = False,
    withdrawal: Withdrawal | None = None,
) -> list[PeriodVersion]:
    """Makes a new version of each later period that says or shows something that no longer holds.

    It shows a report of ``period`` as it no longer is, or prints a figure that was corrected or is
    held back since.

    Call after a version of ``period`` was published or withdrawn. ``itself`` is for a withdrawal:
    the version that stands again may show earlier reports as they no longer are, too; its next
    version lists what is otherwise than in the one that is taken out of sight by ``withdrawal``.
    Returns the versions made, earliest period first.
    """
    rows = later_reports(period, itself=itself).select_related("council")
    made = []
    for later_period in rows.select_for_update(of=("self",)):
        before = (
            PeriodVersion.objects.in_force().filter(period=later_period).defer("content").first()
        )
        own = withdrawal if later_period.pk == period.pk else None
        follows = period if later_period.pk != period.pk else None
        carried = carried_contents(later_period, before, own, follows) if before else None
        if carried:
            made.append(_keep_version(later_period, *carried, by, at))
    return made


def later_reports(period: ReportingPeriod, *, itself: bool = False) -> QuerySet[ReportingPeriod]:
    """The published periods of the same kind after ``period``, or from it on, earliest first.

    Which of them get a version is known when it is done: a page that asks says where they do.
    """
    at_least = "as_at__gte" if itself else "as_at__gt"
    found = ReportingPeriod.objects.published().filter(
        council=period.council_id, kind=period.kind, **{at_least: period.as_at}
    )
    return found.order_by("as_at", "key")


def _publish(
    period: ReportingPeriod,
    snapshots: list[Snapshot],
    by: User | None,
    at: datetime,
    current: Current,
) -> PeriodVersion:
    before = PeriodVersion.objects.in_force().filter(period=period).defer("content").first()
    version = _keep_version(period, *contents_of(period, snapshots, before, at), by, at)
    period.published_at = period.published_at or at
    _make_current(period, at, current)
    period.save(update_fields=["published_at", "current_since", "current_when_complete"])
    return version


def _keep_version(
    period: ReportingPeriod,
    contents: Contents | ProgrammeContents,
    snapshots: list[Snapshot],
    by: User | None,
    at: datetime,
) -> PeriodVersion:
    number = (period.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    content = as_plain(numbered(contents, number, at))
    row = PeriodVersion(period=period, number=number, content=content, at=at, by=by)
    [version] = freeze([row], period.council_id)
    make_public([version], at=at, by=by)
    VersionSnapshot.objects.bulk_create(
        VersionSnapshot(version=version, snapshot=snapshot) for snapshot in snapshots
    )
    return version


def _make_current(period: ReportingPeriod, at: datetime, current: Current) -> None:
    """Makes the period the current report where that is chosen, or where there is none yet."""
    if period.current_since:
        return
    if current == Current.COMPLETE:
        period.current_when_complete = True
    elif current == Current.LATER:
        period.current_when_complete = False
    now = current_period(period.council_id, period.kind)
    left = still_due(reports_of(period)).exclude(
        status__in=(Report.Status.PUBLISHED, Report.Status.NOT_NEEDED)
    )
    complete = not left.exists()
    later = now is None or (period.as_at, period.key) > (now.as_at, now.key)
    chosen = current == Current.NOW or (period.current_when_complete and complete)
    if later and (now is None or chosen):
        period.current_since = at
        period.current_when_complete = False


@transaction.atomic
def make_current(period: ReportingPeriod, *, access: Access) -> None:
    """Makes a published period the council's current report. Raises PermissionDenied."""
    access.require(Permission.RUN_PERIODS)
    ReportingPeriod.objects.filter(pk=period.pk).update(
        current_since=clock.now(), current_when_complete=False
    )


def approved_snapshots(period: ReportingPeriod, *, again: bool = False) -> list[Snapshot]:
    """The latest snapshots of the period that are approved and to be published.

    ``again``: with those that hold something that was withdrawn.
    """
    ready = [Report.Status.APPROVED, Report.Status.PUBLISHED]
    snapshots = list(
        Snapshot.objects.approved([period])
        .filter(report__status__in=ready)
        .select_related("report__project_return__project", "report__month")
        .prefetch_related(*(f"report__project_return__{name}" for name in Return.NAMED_BY))
        .defer("content", "words", "search")
    )
    for snapshot in snapshots:
        snapshot.report.period = period
    gone = {} if again else holding_withdrawn([snapshot.report for snapshot in snapshots])
    return [snapshot for snapshot in snapshots if snapshot.report_id not in gone]
