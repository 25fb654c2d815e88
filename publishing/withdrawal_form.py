"""What is asked on the screen of a withdrawal, and what is done with the answer."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import User
from bcfportal.lib import clock
from projects.access import Access
from publishing.models import Withdrawal
from publishing.publications import kind_of, published_with
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw, asked_read
from publishing.workflow import NotNow
from typed.seen import Seen, Stale, mark_of

SECOND = "A second person has to decide, not the one who asked."
DONE = {
    "confirm": "Withdrawn.",
    "refuse": "Refused. The version stays public.",
    "take back": "Taken back. The version stays public.",
}


def asked_for(
    request: HttpRequest, access: Access, in_force: Model | None, waiting: Withdrawal | None
) -> tuple[str, str]:
    """Does what the posted form asks for: (what is to be said of it, what is wrong), one of them.

    ``in_force`` is what is published, ``waiting`` the withdrawal that waits for a second person.
    """
    row = published_with(waiting.version) if waiting else in_force
    action = request.POST.get("action", "")
    by = cast(User, request.user)
    try:
        if row is None or request.POST.get("version") != str(kind_of(row).number(row)):
            raise NotNow("The version on the page is no longer the current one. Look again first.")
        if action == "ask" and waiting is None:
            asked = ask_to_withdraw(row, reason=_reason(request), by=by, access=access)
            if asked.decision == Withdrawal.Decision.WAITING:
                return "Asked. The version stays public until a second person agrees.", ""
            return "Withdrawn.", ""
        if action in DONE and waiting is not None:
            seen = Seen(request.POST.get("seen", ""), asked_read)
            WITHDRAWALS.transition(action, waiting.pk, by=by, access=access, seen=seen)
            return DONE[action], ""
        raise NotNow("That cannot be done now.")
    except (NotNow, Stale) as reason:
        return "", str(reason)
    except PermissionDenied:
        return "", SECOND


def form_of(
    request: HttpRequest, access: Access, row: Model | None, waiting: Withdrawal | None
) -> dict:
    """What ``publishing/withdrawal_form.html`` needs of what is published."""
    row = published_with(waiting.version) if waiting else row
    if row is None:
        return {}
    kind = kind_of(row)
    return {
        "waiting": waiting,
        "seen": mark_of(asked_read(waiting)) if waiting else "",
        "own": waiting is not None and waiting.asked_by_id == request.user.pk,
        "actions": _actions(request, access, waiting),
        "replaced": WITHDRAWALS.why_not("confirm", waiting, clock.today()) if waiting else "",
        "number": kind.number(row),
        "said": kind.said(row),
        "name": kind.name(row),
        "before": kind.before(row),
        "repeats": [kind.number(repeat) for repeat in kind.repeats(row)],
        "also_new": kind.followed_by(row),
        "shows_earlier_reports": kind.shows_earlier_reports,
        "opens_on": kind.opens_on(row),
        "second_person": kind.second_person,
        "reason": _reason(request),
    }


def _actions(request: HttpRequest, access: Access, waiting: Withdrawal | None) -> set[str]:
    if waiting is None:
        return set()
    by = cast(User, request.user)
    return {rule.action for rule in WITHDRAWALS.actions_for(waiting, by=by, access=access)}


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\x00", "")
