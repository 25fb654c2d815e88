"""Figures that disagree, for officers: looked for each time, accepted or given to somebody."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import clock
from programme.discrepancies import Finding, findings
from programme.discrepancy_exports import DISCREPANCIES
from programme.models import DisagreementEvent
from projects.models import Council
from publishing.pages import render_working_page, working_council
from risks.overdue import overdue

LONGEST = 2_000
Action = DisagreementEvent.Action
SAID = {
    Action.ACCEPTED: "Accepted. It opens again if either figure changes.",
    Action.OPENED: "It is open again.",
    Action.GIVEN: "It is given to: {to}.",
}
WHY = {
    Action.ACCEPTED: ("Why it is accepted", "Say why the disagreement is accepted."),
    Action.OPENED: ("Why it is opened again", "Say why it is opened again."),
}
GONE = "That disagreement is no longer there: one of its figures has changed."


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest, council: str) -> HttpResponse:
    """The list; a POST accepts one, opens one again, or gives one to somebody."""
    own, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    problem, tried = "", {}
    people = list(_people(own))
    if request.method == "POST":
        access.require(Permission.ACCEPT_CHECKS)
        names = ("key", "figures", "reason", "action", "to")
        tried = {name: request.POST.get(name, "") for name in names}
        problem, said = _act(own, tried, people, cast(User, request.user))
        if not problem:
            messages.success(request, said)
            return redirect("reporting:checks", own.slug)
    all_findings = findings(own)
    return render_working_page(
        request,
        "programme/discrepancies.html",
        own,
        access,
        "checks",
        status=409 if problem else 200,
        open=[finding for finding in all_findings if not finding.accepted],
        accepted=[finding for finding in all_findings if finding.accepted],
        overdue=overdue(own, clock.today()) if access.may(Permission.KEEP_RISKS) else [],
        may_accept=access.may(Permission.ACCEPT_CHECKS),
        mine=request.user,
        people=people,
        problem=problem,
        tried=tried,
    )


def _people(council: Council) -> Any:
    """Those to whom a disagreement can be given: who may read the council's checks."""
    roles = roles_with(Permission.SEE_RETURNS)
    return (
        User.objects.filter(memberships__council=council, memberships__role__in=roles)
        .filter(is_active=True)
        .order_by("post")
        .distinct()
    )


def _act(council: Council, tried: dict[str, str], people: list[User], by: User) -> tuple[str, str]:
    """Does what was pressed. Returns an error message if it cannot, else what to say of it."""
    if tried["action"] not in Action.values:
        return "Choose what to do about it.", ""
    action = Action(tried["action"])
    with transaction.atomic():
        Council.objects.select_for_update(no_key=True).get(pk=council.pk)
        finding = next(
            (
                finding
                for finding in findings(council)
                if finding.disagreement.key == tried["key"] and finding.figures == tried["figures"]
            ),
            None,
        )
        to = next((person for person in people if str(person.pk) == tried["to"]), None)
        problem = GONE if finding is None else _problem(finding, action, tried["reason"], to)
        if problem:
            return problem, ""
        DisagreementEvent.objects.create(
            council=council,
            key=tried["key"],
            figures=tried["figures"],
            action=action,
            to=to if action == Action.GIVEN else None,
            reason=tried["reason"].strip(),
            by=by,
            at=clock.now(),
        )
    return "", SAID[action].format(to=to.post if to else "")


def _problem(finding: Finding, action: Action, reason: str, to: User | None) -> str:
    """Why it cannot be done, in a sentence; nothing where it can."""
    if action == Action.GIVEN:
        if to is None:
            return "Choose who puts it right."
        if finding.accepted:
            return "That disagreement is accepted. Open it again before you give it to somebody."
        return ""
    if action == Action.ACCEPTED and finding.accepted:
        return "That disagreement has already been accepted."
    if action == Action.OPENED and not finding.accepted:
        return "That disagreement is open already."
    label, missing = WHY[action]
    if not reason.strip():
        return missing
    if len(reason.strip()) > LONGEST:
        return f"{label}: Shorten this to {LONGEST:,} characters or fewer."
    return ""


@require_safe
def download(request: HttpRequest, council: str) -> HttpResponseBase:
    """All disagreements as CSV, with who accepted which and why."""
    own, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    return DISCREPANCIES.answer(findings(own), f"{own.file_name}-checks")
