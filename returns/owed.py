"""Who owes which return, today: one answer for the lists, the board, reminders and chasing.

A return is owed while its period is open and has opened, until it is submitted. A project that has
ended, and a return that an officer said is not needed, ask nobody (``returns.due``).
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import clock
from projects.models import Assignment, Membership
from publishing.models import ReportingPeriod, Return
from returns.due import still_due

Status = Return.Status
# States in which the commissioner has something to do while the period is open.
OWED = (Status.NOT_STARTED, Status.DRAFT, Status.SENT_BACK)


def owed_returns(**where) -> QuerySet[Return]:
    """The returns that wait for somebody to write them, the first due on top.

    ``where`` narrows them. Periods that have not opened yet are not among them.
    """
    return (
        still_due(
            Return.objects.filter(
                status__in=OWED, period__status=ReportingPeriod.Status.OPEN, **where
            )
        )
        .exclude(period__opens__gt=clock.today())
        .select_related("project", "period__council")
        .order_by(
            "period__due", "period__key", "project__grant_condition__number", "project__order"
        )
    )


def is_owed(report: Return, today: date) -> bool:
    """Whether somebody has to write the return. It must have been read ``with_end``."""
    return (
        report.status in OWED
        and report.ended_on is None
        and not report.period.why_not_written(today)
    )


def writers_of(returns: Iterable[Return]) -> dict[int, list[User]]:
    """By return, the people who can write it: two queries at most.

    A project's are those who report on it; a month of the council's measures is written by whoever
    keeps them.
    """
    returns = list(returns)
    projects = {report.project_id for report in returns if report.project_id}
    councils = {report.period.council_id for report in returns if not report.project_id}
    leads = leads_by_project(project__in=projects) if projects else {}
    keepers = _keepers(councils) if councils else {}
    return {
        report.pk: leads.get(report.project_id, [])
        if report.project_id
        else keepers.get(report.period.council_id, [])
        for report in returns
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
