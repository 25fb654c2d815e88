"""The workflow of change requests: a table of transitions, and the one function that follows it.

"May this person?" and "does the state allow it?" are two questions, asked apart, with the row
locked. Nothing else changes the status of a change request.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib import clock
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.text.bounds import too_long_a_note
from finance.models import ChangeRequest, Saving
from finance.savings.profiles import moved
from projects.access import Access
from typed.seen import Seen

Status = ChangeRequest.Status


class NotNow(Exception):
    """The state of the record does not allow the action. The message is for the person."""


@dataclass(frozen=True)
class Transition:
    """An action: from which states to which, who may, and whether it needs a comment."""

    action: str
    sources: frozenset[Status]
    target: Status
    who: Permission
    title: str
    needs_comment: bool = False
    # Who wrote any of it or asked for it may not do it.
    not_by_author: bool = False


TRANSITIONS = {
    transition.action: transition
    for transition in (
        Transition(
            "request",
            frozenset({Status.DRAFT}),
            Status.REQUESTED,
            Permission.PROPOSE_SAVINGS,
            "Ask for it",
        ),
        Transition(
            "agree",
            frozenset({Status.REQUESTED}),
            Status.AGREED,
            Permission.AGREE_CHANGES,
            "Agree",
            not_by_author=True,
        ),
        Transition(
            "refuse",
            frozenset({Status.REQUESTED}),
            Status.REFUSED,
            Permission.AGREE_CHANGES,
            "Refuse",
            needs_comment=True,
            not_by_author=True,
        ),
        Transition(
            "withdraw",
            frozenset({Status.DRAFT, Status.REQUESTED}),
            Status.WITHDRAWN,
            Permission.PROPOSE_SAVINGS,
            "Withdraw it",
        ),
    )
}


def may_propose_for(access: Access, project_id: int | None) -> bool:
    """Whether the person may ask for changes of this project: finance officers of any."""
    if access.may(Permission.KEEP_SAVINGS):
        return True
    return access.may(Permission.PROPOSE_SAVINGS) and project_id in access.assigned


def project_of(change: ChangeRequest) -> int | None:
    """The key of the project that the change is about, by itself or through its saving."""
    return change.project_id or (change.saving.project_id if change.saving else None)


def may_person(transition: Transition, access: Access, change: ChangeRequest, user) -> bool:
    """Whether the person may take this action on this change, whatever its state."""
    if transition.who == Permission.PROPOSE_SAVINGS:
        return may_propose_for(access, project_of(change))
    if not access.may(transition.who):
        return False
    return not (transition.not_by_author and is_author(change, user))


def is_author(change: ChangeRequest, user) -> bool:
    """Whether the person asked for the change, or ever wrote any of it."""
    return change.requested_by_id == user.pk or wrote_any(change, user)


def why_not_now(transition: Transition, change: ChangeRequest) -> str:
    """Why the state does not allow the action, in a sentence; nothing if it does."""
    if change.status in transition.sources:
        return ""
    allowed = " or ".join(sorted(source.label.lower() for source in transition.sources))
    return (
        f"This change is {change.get_status_display().lower()}. "
        f"That can only be done to one that is {allowed}."
    )


@transaction.atomic
def transition(
    action: str,
    change_pk: int,
    *,
    by,
    access: Access,
    comment: str = "",
    seen: Seen[ChangeRequest] | None = None,
) -> ChangeRequest:
    """Takes the action on the change; agreeing to it also moves the saving's targets.

    ``seen`` is what the person read of the change. Raises PermissionDenied where the person may
    not, NotNow where the state, the comment or the figures do not allow it, Stale where it says
    something else than was read. Either all of it happens or nothing.
    """
    rule = TRANSITIONS[action]
    change = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("saving")
        .get(pk=change_pk, council=access.council)
    )
    if not may_person(rule, access, change, by):
        raise PermissionDenied
    if reason := why_not_now(rule, change):
        raise NotNow(reason)
    if seen:
        seen.require(change)
    if rule.needs_comment and not comment.strip():
        raise NotNow("Say why in a few words: they stay with the change.")
    if reason := too_long_a_note(comment):
        raise NotNow(reason)
    change.status = rule.target
    if action == "request":
        change.requested_by, change.requested_at = by, clock.now()
    elif action in ("agree", "refuse"):
        change.decided_by, change.decided_at = by, clock.now()
        change.decided_why = comment.strip()
    elif action == "withdraw":
        change.decided_why = comment.strip()
    if action == "agree":
        _apply(change)
    change.save()
    return change


def _apply(change):
    """Moves or adds the targets that the change is about, and keeps them as before and after."""
    if change.saving_id is None or change.amount is None:
        return
    extends_one_year = change.kind == "extension" and change.from_year == change.to_year
    if change.kind != "re-profiling" and not extends_one_year:
        # Over several years nobody has said how much in which: the targets are entered once known.
        return
    saving = Saving.objects.select_for_update().get(pk=change.saving_id)
    before = {
        row.year: row.target
        for row in saving.years.all()
        if row.year is not None and row.target is not None
    }
    if change.kind == "re-profiling":
        try:
            after = moved(before, change.amount, change.from_year, change.to_year)
        except ValueError as error:
            start = financial_year_label(change.from_year)
            raise NotNow(f"{error} The target for {start} is not as much.") from error
    else:
        held = before.get(change.to_year, Decimal(0))
        after = before | {change.to_year: held + change.amount}
    for year, target in after.items():
        if target != before.get(year):
            saving.years.update_or_create(year=year, defaults={"target": target})
    change.before = {str(year): str(target) for year, target in before.items()}
    change.after = {str(year): str(target) for year, target in after.items()}
