"""The workflow of a return: a table of transitions, and the one function that follows it.

Nothing else changes a return's status. "May this person?" and "does the state allow it?" are two
questions, asked apart, with the row locked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from projects.access import Access
from publishing.models import Event, Return
from typed.seen import Seen

Status = Return.Status


class NotNow(Exception):
    """The state of the return does not allow the action. The message is for the person."""


@dataclass(frozen=True)
class Transition:
    """An action: from which states to which, who may, and whether it needs a comment."""

    action: str
    sources: frozenset[Status]
    target: Status
    who: Permission
    title: str
    # Needs words, which the timeline keeps.
    needs_comment: bool = False
    # The person who wrote the return may not do it.
    not_by_author: bool = False
    # Works after the period has closed.
    after_closing: bool = False


TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition(
            "start",
            frozenset({Status.NOT_STARTED}),
            Status.DRAFT,
            Permission.REPORT,
            "Started",
        ),
        Transition(
            "submit",
            frozenset({Status.DRAFT, Status.SENT_BACK}),
            Status.SUBMITTED,
            Permission.REPORT,
            "Submitted",
        ),
        Transition(
            "withdraw",
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            Permission.REPORT,
            "Withdrawn before review",
        ),
        Transition(
            "send back",
            frozenset({Status.SUBMITTED}),
            Status.SENT_BACK,
            Permission.REVIEW,
            "Sent back",
            needs_comment=True,
        ),
        Transition(
            "approve",
            frozenset({Status.SUBMITTED}),
            Status.APPROVED,
            Permission.REVIEW,
            "Approved",
            not_by_author=True,
            after_closing=True,
        ),
        Transition(
            "publish",
            frozenset({Status.APPROVED}),
            Status.PUBLISHED,
            Permission.RUN_PERIODS,
            "Published",
            after_closing=True,
        ),
        Transition(
            "withdraw publication",
            frozenset({Status.PUBLISHED}),
            Status.APPROVED,
            Permission.RUN_PERIODS,
            "Publication withdrawn",
            needs_comment=True,
            after_closing=True,
        ),
        Transition(
            "reopen",
            frozenset({Status.APPROVED, Status.PUBLISHED}),
            Status.SENT_BACK,
            Permission.REVIEW,
            "Reopened after approval",
            needs_comment=True,
        ),
        Transition(
            "not needed",
            frozenset({Status.NOT_STARTED, Status.DRAFT, Status.SENT_BACK}),
            Status.NOT_NEEDED,
            Permission.REVIEW,
            "No return needed",
            needs_comment=True,
            after_closing=True,
        ),
        Transition(
            "ask again",
            frozenset({Status.NOT_NEEDED}),
            Status.DRAFT,
            Permission.REVIEW,
            "Asked for again",
        ),
    )
}


@dataclass(frozen=True)
class Step:
    """What a transition did: the return, locked and changed, and the line of its timeline."""

    report: Return
    event: Event


def may_person(transition: Transition, access: Access, report: Return, user: User) -> bool:
    """Whether the person may take this action on this return, whatever its state."""
    if transition.who == Permission.REPORT:
        return access.may_report(report.project_id)
    if not access.may(transition.who):
        return False
    return not (transition.not_by_author and is_author(report, user))


def is_author(report: Return, user: User) -> bool:
    """Whether the person wrote any of the return: ever saved a section, or submitted it."""
    before = Q(sections__saved_by=user) | Q(events__by=user, events__action__in=("start", "submit"))
    return wrote_any(report, user, before)


def why_not_now(transition: Transition, report: Return, today: date) -> str:
    """Why the state or the day does not allow the action, in a sentence; nothing if they do."""
    if not transition.after_closing and (reason := report.period.why_not_written(today)):
        return reason
    if report.status not in transition.sources:
        allowed = " or ".join(sorted(source.label.lower() for source in transition.sources))
        return (
            f"This return is {report.get_status_display().lower()}. "
            f"That can only be done to one that is {allowed}."
        )
    return ""


@transaction.atomic
def transition(
    action: str,
    report_pk: int,
    *,
    by: User,
    access: Access,
    comment: str = "",
    asked: dict[str, str] | None = None,
    then: Callable[[Return], dict | None] | None = None,
    seen: Seen[Return] | None = None,
) -> Step:
    """Takes the action on the return, calls ``then`` and writes the timeline, in one unit.

    What ``then`` returns, if anything, is the sheet that the timeline keeps. ``seen`` is what the
    person read of the return on the page that they decide from.

    Raises PermissionDenied where the person may not, NotNow where the state or the comment does not
    allow it, Stale where the return says something else than was read. Either all of it happens
    or nothing.
    """
    rule = TRANSITIONS[action]
    report = (
        Return.objects.select_for_update(of=("self",))
        .select_related("period__council", "project")
        .get(pk=report_pk)
    )
    if not may_person(rule, access, report, by):
        raise PermissionDenied
    if reason := why_not_now(rule, report, clock.today()):
        raise NotNow(reason)
    if seen:
        seen.require(report)
    if rule.needs_comment and not comment.strip():
        raise NotNow("Say why in a few words: they stay on the timeline of the return.")
    if reason := too_long_a_note(comment) or too_long_a_note(*(asked or {}).values()):
        raise NotNow(reason)
    before, now = report.status, clock.now()
    report.status = rule.target
    report.changed_by, report.changed_at = by, now
    report.save(update_fields=["status", "changed_by", "changed_at"])
    sheet = then(report) if then else None
    event = Event.objects.create(
        report=report,
        sheet=sheet,
        at=now,
        by=by,
        action=action,
        before=before,
        after=report.status,
        words=comment.strip(),
        asked=asked or {},
    )
    return Step(report, event)
