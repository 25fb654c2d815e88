"""What is asked on the screen of a withdrawal, and what is done with the answer."""

from contextlib import nullcontext
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.models import User
from bcfportal.lib import clock
from projects.access import Access
from publishing.form_drafts.comment import comment_typed, kept_comment
from publishing.form_drafts.form import About, KeptForm
from publishing.models import Withdrawal
from publishing.publications import kind_of, published_with
from publishing.withdrawal import (
    WITHDRAWALS,
    ask_to_withdraw,
    asked_read,
    nobody_else_decides,
)
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.seen import Seen, Stale, mark_of

BOX = "reason"
GONE = "This was acted on since you opened the page, so no reason is asked for there any more."
NOBODY_ELSE = (
    "Nobody else here may: an administrator can give somebody the role, and reads so on their "
    "first page."
)
SECOND = "A second person has to decide, not the one who asked."
DONE = {
    "confirm": "Withdrawn.",
    "refuse": "Refused. The version stays public.",
    "take back": "Taken back. The version stays public.",
}


def kept_reason(
    request: HttpRequest,
    access: Access,
    row: Model | None,
    waiting: Withdrawal | None,
    *,
    menu: str,
    steps: list[tuple[str, str]],
) -> KeptForm | None:
    """The form for the reason, with what the person typed, where withdrawing can be asked for."""
    if row is None or waiting:
        return None
    kind = kind_of(row)
    about = About(
        council=access.council,
        access=access,
        menu=menu,
        title="Why it is withdrawn",
        subject=kind.said(row),
        steps=steps,
    )
    label = "Why, for everybody who opens the address"
    return kept_comment(request, about, _form_name(row), label=label, box=BOX)


def _form_name(row: Model) -> str:
    """The name of its form: what was typed of one version is no reason for another."""
    return f"withdraw-{kind_of(row).number(row)}"


def _names(request: HttpRequest, row: Model) -> bool:
    """Whether the posted form is of this version."""
    return request.POST.get("number") == str(kind_of(row).number(row))


def answered(request: HttpRequest, kept: KeptForm | None) -> HttpResponse | None:
    """The whole answer, where nothing is asked for: what is typed is only kept, or cannot be."""
    if kept:
        return kept.answer
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"reason": GONE}, status=409)
    return None


def asked_for(
    request: HttpRequest,
    access: Access,
    in_force: Model | None,
    waiting: Withdrawal | None,
    kept: KeptForm | None,
) -> tuple[str, str]:
    """Does what the posted form asks for: (what is to be said of it, what is wrong), one of them.

    ``in_force`` is what is published, ``waiting`` the withdrawal that waits for a second person,
    ``kept`` of ``kept_reason``.
    """
    if kept and not kept.is_sent:
        return "", kept.problem
    row = published_with(waiting.version) if waiting else in_force
    action = request.POST.get("action", "")
    by = cast(User, request.user)
    try:
        if row is None or not _names(request, row):
            raise NotNow("The version on the page is no longer the current one. Look again first.")
        if action == "ask" and waiting is None:
            reason = comment_typed(request, kept, BOX)
            with kept.sending() if kept else nullcontext():
                asked = ask_to_withdraw(row, reason=reason, by=by, access=access)
            if asked.decision == Withdrawal.Decision.WAITING:
                asked_so = "Asked. The version stays public until a second person agrees."
                return f"{asked_so} {NOBODY_ELSE}" if nobody_else_decides(row, by) else asked_so, ""
            return "Withdrawn.", ""
        if action in DONE and waiting is not None:
            seen = Seen(request.POST.get("seen", ""), asked_read)
            WITHDRAWALS.transition(action, waiting.pk, by=by, access=access, seen=seen)
            return DONE[action], ""
        raise NotNow("That cannot be done now.")
    except (NotNow, Stale) as problem:
        return "", str(problem)
    except PermissionDenied:
        return "", SECOND


def form_of(
    request: HttpRequest,
    access: Access,
    row: Model | None,
    waiting: Withdrawal | None,
    kept: KeptForm | None,
) -> dict[str, Any]:
    """What ``publishing/withdrawal_form.html`` needs of what is published."""
    row = published_with(waiting.version) if waiting else row
    if row is None:
        return {}
    kind = kind_of(row)
    return {
        "waiting": waiting,
        "seen": mark_of(asked_read(waiting)) if waiting else "",
        "own": waiting is not None and waiting.asked_by_id == request.user.pk,
        "nobody_else": NOBODY_ELSE
        if waiting and nobody_else_decides(row, waiting.asked_by)
        else "",
        "actions": _actions(request, access, waiting),
        "replaced": WITHDRAWALS.why_not("confirm", waiting, clock.today()) if waiting else "",
        "number": kind.number(row),
        "said": kind.said(row),
        "name": kind.name(row),
        "before": kind.before(row),
        "repeats": [kind.number(repeat) for repeat in kind.repeats(row)],
        "goes": kind.goes_with(row),
        "stays": kind.stays(row),
        "goes_on": kind.goes_on(row),
        "also_new": kind.followed_by(row),
        "shows_earlier_reports": kind.shows_earlier_reports,
        "opens_on": kind.opens_on(row),
        "second_person": kind.second_person,
        "reason": comment_typed(request, kept, BOX),
        "kept": kept,
        "reason_form": kept and kept.parts[0],
        "form_name": _form_name(row),
    }


def _actions(request: HttpRequest, access: Access, waiting: Withdrawal | None) -> set[str]:
    if waiting is None:
        return set()
    by = cast(User, request.user)
    return {rule.action for rule in WITHDRAWALS.actions_for(waiting, by=by, access=access)}
