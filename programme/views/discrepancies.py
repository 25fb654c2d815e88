"""Figures that disagree, for officers: looked for each time, and accepted with a reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from programme.discrepancies import findings
from programme.discrepancy_exports import DISCREPANCIES
from programme.models import AcceptedDisagreement
from publishing.pages import render_working_page, working_council
from risks.overdue import overdue

LONGEST = 2_000


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request, council):
    """The list; a POST accepts one disagreement, for its present figures only."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    problem, tried = "", {}
    if request.method == "POST":
        access.require(Permission.ACCEPT_CHECKS)
        tried = {name: request.POST.get(name, "") for name in ("key", "figures", "reason")}
        problem = _accept(council, tried, request.user)
        if not problem:
            messages.success(request, "Accepted. It opens again if either figure changes.")
            return redirect("reporting:checks", council.slug)
    all_findings = findings(council)
    return render_working_page(
        request,
        "programme/discrepancies.html",
        council,
        access,
        "checks",
        status=409 if problem else 200,
        open=[finding for finding in all_findings if not finding.accepted],
        accepted=[finding for finding in all_findings if finding.accepted],
        overdue=overdue(council, clock.today()) if access.may(Permission.KEEP_RISKS) else [],
        may_accept=access.may(Permission.ACCEPT_CHECKS),
        problem=problem,
        tried=tried,
    )


def _accept(council, tried, by):
    """Accepts the disagreement. Returns an error message if it cannot, else an empty string."""
    reason = tried["reason"].strip()
    finding = next(
        (
            finding
            for finding in findings(council)
            if finding.disagreement.key == tried["key"] and finding.figures == tried["figures"]
        ),
        None,
    )
    if finding is None:
        return "That disagreement is no longer there: one of its figures has changed."
    if finding.accepted:
        return "That disagreement has already been accepted."
    if not reason:
        return "Say why the disagreement is accepted."
    if len(reason) > LONGEST:
        return f"Why it is accepted: Shorten this to {LONGEST:,} characters or fewer."
    AcceptedDisagreement.objects.create(
        council=council,
        key=tried["key"],
        figures=tried["figures"],
        reason=reason,
        by=by,
        at=clock.now(),
    )
    return ""


@require_safe
def download(request, council):
    """All disagreements as CSV, with who accepted which and why."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    return DISCREPANCIES.answer(findings(council), f"{council.file_name}-checks")
