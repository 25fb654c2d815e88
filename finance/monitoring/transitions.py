"""The workflow of a monitoring report: a table of transitions, and the one function to follow it.

As for returns (``publishing.workflow``): "may this person?" and "does the state allow it?" are two
questions, asked apart, with the row locked. An approved report is never reopened: a correction is
a report of the next version.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from finance.models import MonitoringEvent, MonitoringReport
from finance.monitoring.collect import freeze, report_before
from projects.access import Access
from typed.seen import Seen

Status = MonitoringReport.Status
KEEPERS = frozenset({Permission.KEEP_MONEY})
# Another finance officer, or a performance officer where a council has but one.
CHECKERS = frozenset({Permission.KEEP_MONEY, Permission.REVIEW})


class NotNow(Exception):
    """The state of the report does not allow the action. The message is for the person."""


@dataclass(frozen=True)
class Transition:
    """An action: from which state to which, who may, and whether it needs a comment."""

    action: str
    source: Status
    target: Status
    who: frozenset[Permission]
    title: str
    needs_comment: bool = False
    not_by_author: bool = False


TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition("submit", Status.DRAFT, Status.SUBMITTED, KEEPERS, "Submitted"),
        Transition("withdraw", Status.SUBMITTED, Status.DRAFT, KEEPERS, "Withdrawn before review"),
        Transition(
            "send back", Status.SUBMITTED, Status.DRAFT, CHECKERS, "Sent back", needs_comment=True
        ),
        Transition(
            "approve",
            Status.SUBMITTED,
            Status.APPROVED,
            CHECKERS,
            "Approved",
            not_by_author=True,
        ),
        Transition("publish", Status.APPROVED, Status.PUBLISHED, CHECKERS, "Published"),
    )
}


def may_see(access: Access) -> bool:
    """Whether the person may read monitoring reports before they are approved."""
    return any(access.may(permission) for permission in CHECKERS)


def is_author(report: MonitoringReport, user: User) -> bool:
    """Whether the person wrote any of the report: began, ever saved or submitted it.

    A correction begins with all that the version before it says, so who wrote that wrote it too.
    """
    versions = MonitoringReport.objects.filter(
        council=report.council_id, period=report.period, version__lte=report.version
    )
    before = Q(sections__saved_by=user) | Q(
        events__by=user, events__action__in=("start", "correct", "submit")
    )
    return wrote_any(report, user, before, versions)


def may_person(
    transition: Transition, access: Access, report: MonitoringReport, user: User
) -> bool:
    """Whether the person may take this action on this report, whatever its state."""
    if not any(access.may(permission) for permission in transition.who):
        return False
    return not (transition.not_by_author and is_author(report, user))


def why_not_now(transition: Transition, report: MonitoringReport) -> str:
    """Why the state does not allow the action, in a sentence; nothing if it does."""
    if report.status == transition.source:
        return ""
    return (
        f"This report is {report.get_status_display().lower()}. "
        f"That can only be done to one that is {transition.source.label.lower()}."
    )


@transaction.atomic
def transition(
    action: str,
    report_pk: int,
    *,
    by: User,
    access: Access,
    comment: str = "",
    then: Callable[[MonitoringReport], None] | None = None,
    seen: Seen[MonitoringReport] | None = None,
) -> MonitoringReport:
    """Takes the action on the report, calls ``then`` before it, and writes the timeline.

    Approval keeps the statement. ``seen`` is what the person read of the report. Raises
    PermissionDenied where the person may not, NotNow where the state or the words do not allow it,
    Stale where the report says something else than was read. Either all of it happens or nothing.
    """
    rule = TRANSITIONS[action]
    report = (
        MonitoringReport.objects.select_for_update(of=("self",))
        .select_related("council", "compared_with")
        .get(pk=report_pk)
    )
    if not may_person(rule, access, report, by):
        raise PermissionDenied
    if reason := why_not_now(rule, report):
        raise NotNow(reason)
    if seen:
        seen.require(report)
    if rule.needs_comment and not comment.strip():
        raise NotNow("Say why in a few words: they stay on the timeline of the report.")
    if reason := too_long_a_note(comment):
        raise NotNow(reason)
    if then:
        then(report)
    now = clock.now()
    if rule.source == Status.SUBMITTED:
        # The report before may have been corrected since this one was begun.
        report.compared_with = report_before(report.council, report.period)
    report.status = rule.target
    report.save(update_fields=["status", "compared_with"])
    if action == "approve":
        freeze(report, at=now)
    note(report, action, rule.title, by=by, comment=comment, before=rule.source, at=now)
    return report


def note(
    report: MonitoringReport,
    action: str,
    title: str,
    *,
    by: User,
    comment: str = "",
    before: MonitoringReport.Status = Status.DRAFT,
    at: datetime | None = None,
) -> MonitoringEvent:
    """Writes a line of the report's timeline; its state now is what the action led to."""
    return MonitoringEvent.objects.create(
        report=report,
        at=at or clock.now(),
        by=by,
        action=action,
        title=title,
        before=before,
        after=report.status,
        words=comment.strip(),
    )
