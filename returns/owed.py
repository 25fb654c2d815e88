"""Who owes which return, today: one answer for the lists, the board, reminders and chasing.

A return is owed while its period is open and has opened, until it is submitted. A project that has
ended, and a return that an officer said is not needed, ask nobody (``returns.due``).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import clock
from outcomes.models import Month
from projects.models import Assignment, Membership
from publishing.models import Report, ReportingPeriod, Return, with_subjects
from returns.due import still_due

Status = Report.Status
# States in which the commissioner has something to do while the period is open.
OWED = (Status.NOT_STARTED, Status.DRAFT, Status.SENT_BACK)


def owed_returns(**where: Any) -> list[Return | Month]:
    """The returns and months that wait for somebody to write them, the first due on top.

    ``where`` narrows them. Periods that have not opened yet are not among them. Three queries.
    """
    owed = [*_owed(Return, where), *_owed(Month, where)]
    return sorted(owed, key=lambda report: (_due(report.period), report.period.key))


def _owed(model: type[Report], where: dict[str, Any]) -> QuerySet[Any]:
    reports = model._default_manager.filter(
        status__in=OWED, period__status=ReportingPeriod.Status.OPEN, **where
    )
    return (
        with_subjects(still_due(reports).exclude(period__opens__gt=clock.today()))
        .select_related("period__council")
        .order_by("period__due", "period__key", *model.IN_ORDER)
    )


def _due(period: ReportingPeriod) -> date:
    """What has no date comes last."""
    return period.due or date.max


def is_owed(report: Return | Month, today: date) -> bool:
    """Whether somebody has to write the return. It must have been read ``with_end``."""
    return (
        report.status in OWED
        and report.ended_on is None
        and not report.period.why_not_written(today)
    )


def writers_of(reports: Iterable[Return | Month]) -> dict[int, list[User]]:
    """By report, the people who can write it: two queries at most.

    A project's are those who report on it; a month of the council's measures is written by whoever
    keeps them.
    """
    reports = list(reports)
    returns = [report for report in reports if isinstance(report, Return)]
    months = [report for report in reports if isinstance(report, Month)]
    projects = {report.project_id for report in returns}
    councils = {report.period.council_id for report in months}
    leads = leads_by_project(project__in=projects) if projects else {}
    keepers = _keepers(councils) if councils else {}
    return {report.pk: leads.get(report.project_id, []) for report in returns} | {
        report.pk: keepers.get(report.period.council_id, []) for report in months
    }


def leads_by_project(**where) -> dict[int, list[User]]:
    """By project, the people who report on it: assigned, and still commissioners there.

    ``where`` narrows the assignments. One query.
    """
    role = Membership.objects.filter(
        user=OuterRef("user"),
        council=OuterRef("project__council"),
        role__in=roles_with(Permission.REPORT),
    )
    assignments = (
        Assignment.objects.filter(Exists(role), user__is_active=True, **where)
        .select_related("user")
        .order_by("user__post", "user__email")
    )
    leads: dict[int, list[User]] = {}
    for assignment in assignments:
        leads.setdefault(assignment.project_id, []).append(assignment.user)
    return leads


def _keepers(councils: set[int]) -> dict[int, list[User]]:
    rows = (
        Membership.objects.filter(
            Q(role__in=roles_with(Permission.KEEP_MEASURES)),
            council__in=councils,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user__post", "user__email")
    )
    by_council: dict[int, dict[int, User]] = {}
    for row in rows:
        by_council.setdefault(row.council_id, {})[row.user_id] = row.user
    return {council: list(people.values()) for council, people in by_council.items()}
