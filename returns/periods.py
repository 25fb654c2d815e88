"""Opening, re-dating, closing and reopening a reporting period. Each leaves a line on its timeline.

Opening and removing make and take away the row; what stands between follows the table.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import day_words
from outcomes.actions import take_over_targets
from outcomes.models import Month
from projects.access import Access, access_of
from projects.models import Project, ProjectChange
from publishing.models import (
    PeriodEvent,
    RemovedPeriod,
    Report,
    ReportingPeriod,
    Return,
    ReturnEvent,
    Section,
)
from publishing.timeline import write_event
from publishing.workflow import NotNow
from returns.transitions import PERIODS, dates_of

Status = ReportingPeriod.Status
Kind = ReportingPeriod.Kind
Action = PeriodEvent.Action


def may_run_periods(access: Access) -> bool:
    """Whether the person may open, re-date, close and reopen periods."""
    return access.may(Permission.RUN_PERIODS) or access.may(Permission.ADMINISTER)


@transaction.atomic
def open_period(
    *,
    council,
    key,
    as_at,
    opens,
    due,
    closes,
    title,
    subtitle="",
    meets=None,
    kind=Kind.PROGRAMME,
    take_over=False,
    by,
):
    """Makes the period, and a return with its four sections for each live project that reports.

    ``take_over``: targets that held until the period before hold for this one too. Without it they
    are not carried forward.

    A period of vital signs has one return, of the council itself.

    Projects that are described only (money and purpose, no measures) get no return: nothing is
    asked of them. They carry over: the pages of a period show them from their latest snapshot.
    """
    _require(by, council)
    try:
        label = Period.parse(key).label
    except ValueError as error:
        raise NotNow(str(error)) from error
    _require_order(opens, due, closes)
    # One row of the council is locked, so that two people opening a quarter are serialised.
    type(council).objects.select_for_update().get(pk=council.pk)
    if ReportingPeriod.objects.filter(council=council, key=key).exists():
        raise NotNow(f"{label} already exists. Change its dates, or reopen it, instead.")
    period = ReportingPeriod.objects.create(
        council=council,
        key=key,
        as_at=as_at,
        opens=opens,
        due=due,
        closes=closes,
        title=title,
        subtitle=subtitle,
        meets=meets,
        kind=kind,
    )
    reports = _reports_to_make(period)
    Section.objects.bulk_create(
        Section(report=report, name=name) for report in reports for name in report.section_names
    )
    if take_over:
        take_over_targets(council, key, label=label)
    _note_opening(period, by)
    return period


def _reports_to_make(period: ReportingPeriod) -> list[Any]:
    if period.kind == Kind.VITAL_SIGNS:
        return Month.objects.bulk_create([Month(period=period)])
    projects = _reporting_in(period.council, Period.parse(period.key))
    return Return.objects.bulk_create(
        Return(project=project, period=period) for project in projects
    )


def _reporting_in(council, period):
    """The projects that ran in some part of the period: what has ended reports its last weeks."""
    reported = council.projects.filter(kind=Project.Kind.REPORTED)
    began_later = ProjectChange.objects.filter(
        project=OuterRef("pk"), kind=ProjectChange.Kind.BEGAN, on__gt=period.last_day
    )
    ended_since = ProjectChange.objects.filter(
        project=OuterRef("pk"), kind=ProjectChange.Kind.ENDED, on__gte=period.first_day
    )
    ran = Q(status=Project.Status.LIVE) | Exists(ended_since)
    return reported.filter(ran).exclude(Exists(began_later) & ~Exists(ended_since))


def change_dates(period, *, as_at, opens, due, closes, reason, by):
    """Changes the dates of an open period. The reason and both sets of dates are kept.

    Raises NotNow for another as-at date while a report of the period is published: it says it.
    """
    _require_order(opens, due, closes)

    def change(locked):
        before = dates_of(locked)
        if locked.published_at and as_at != locked.as_at:
            raise NotNow(
                f"The report is published as at {day_words(locked.as_at)}. Withdraw what is "
                "published before that day is changed."
            )
        locked.as_at, locked.opens, locked.due, locked.closes = as_at, opens, due, closes
        if dates_of(locked) == before:
            raise NotNow("These are the dates that the period already has.")
        return before

    return _turn(Action.DATES_CHANGED, period, by, reason, before=change)


def close_period(period, *, by, reason=""):
    """Closes the period: what is not submitted can no longer be, what is can still be approved.

    The reason, where one is given, stays on its timeline.
    """
    return _turn(Action.CLOSED, period, by, reason)


def reopen_period(period, *, reason, by):
    """Opens a closed period again, with a reason that stays on its timeline."""
    return _turn(Action.REOPENED, period, by, reason)


def _turn(action, period, by, comment, **given):
    access = access_of(by, period.council)
    return PERIODS.transition(
        action, period.pk, by=by, access=access, comment=comment, **given
    ).record


def why_not_removed(period) -> str:
    """Why the period stays, in words; "" where it holds nothing that anybody typed or decided."""
    returns = period.reports.all()
    if returns.exclude(status=Report.Status.NOT_STARTED).exists():
        return "Some of its returns have been started, so it cannot be removed. Close it instead."
    if (
        Section.objects.filter(report__in=returns, version__gt=0).exists()
        or ReturnEvent.objects.filter(report__in=returns).exists()
        or period.versions.exists()
    ):
        return "People have worked in it, so it cannot be removed. Close it instead."
    return ""


@transaction.atomic
def remove_period(period, *, reason, by) -> RemovedPeriod:
    """Removes a period that was opened by mistake and holds nothing; who and why is kept.

    Raises PermissionDenied, and NotNow without a reason or where it holds something.
    """
    period = _locked(period, by)
    _require_reason(reason)
    list(period.reports.select_for_update(of=("self",)).values_list("pk", flat=True))
    if why_not := why_not_removed(period):
        raise NotNow(why_not)
    removed = RemovedPeriod.objects.create(
        council=period.council, label=period.label, by=by, at=clock.now(), words=reason.strip()
    )
    period.reports.all().delete()
    period.events.all().delete()
    period.delete()
    return removed


def _locked(period, by):
    period = (
        ReportingPeriod.objects.select_for_update(of=("self",))
        .select_related("council")
        .get(pk=period.pk)
    )
    _require(by, period.council)
    return period


def _require(by, council):
    if not may_run_periods(access_of(by, council)):
        raise PermissionDenied


def _require_reason(reason):
    if not reason.strip():
        raise NotNow("Say why in a few words: they stay on the timeline of the period.")


def _require_order(opens, due, closes):
    for (first, verb), (then, other) in (
        ((opens, "opens"), (due, "is due")),
        ((due, "is due"), (closes, "closes")),
        ((opens, "opens"), (closes, "closes")),
    ):
        if first and then and first > then:
            raise NotNow(
                f"A period opens, is due and closes in that order. This one {verb} on "
                f"{day_words(first)} and {other} on {day_words(then)}."
            )


def _note_opening(period: ReportingPeriod, by: User) -> None:
    event = PeriodEvent(period=period, by=by, action=Action.OPENED, title=Action.OPENED.label)
    event.after, event.dates = period.status, dates_of(period)
    write_event(event, period.council_id)
