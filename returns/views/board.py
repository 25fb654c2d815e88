"""The officers' board of one period, and chasing from it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from projects.access import Access
from publishing.models import Report, ReportingPeriod
from publishing.pages import render_working_page, working_council
from publishing.withdrawal import asked_to_withdraw
from returns.board import ADMINISTRATOR, COMMISSIONER, board_of
from returns.period_forms import BoardFilterForm
from returns.period_versions.to_publish import changes_to_publish
from returns.periods import may_run_periods
from returns.reminders import chase
from returns.transitions import RETURNS

EVERYONE = "everyone"


@require_http_methods(["GET", "HEAD", "POST"])
def quarter(request, council):
    """The board; a POST chases one return's people or all who owe something."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_RETURNS)
    may_chase = access.may(Permission.RUN_PERIODS)
    if request.method == "POST" and not may_chase:
        raise PermissionDenied
    periods = list(council.periods.order_by("-as_at", "-key"))
    period = _chosen(periods, request.GET.get("period", ""))
    board = period and board_of(period, today=clock.today())
    problem = ""
    if request.method == "POST":
        said, problem = _chase(request, council, board)
        if said:
            messages.success(request, said)
            return redirect(request.get_full_path())
    form = BoardFilterForm(request.GET)
    rows = form.rows(board) if board else []
    return render_working_page(
        request,
        "returns/board.html",
        council,
        access,
        "quarter",
        status=409 if problem else 200,
        periods=periods,
        period=period,
        board=board,
        form=form,
        rows=[(row, _address(council, row.report)) for row in rows],
        filtered=any(request.GET.get(name) for name in form.fields),
        own=_own(request, access, board),
        changed=_changed(access, period),
        withdrawing=period and asked_to_withdraw(period),
        may_chase=may_chase,
        may_run=may_run_periods(access),
        problem=problem,
    )


def _own(request: Any, access: Access, board: Any) -> set[Report]:
    """Those that wait for approval and that the person may not approve: of who approves others."""
    if board is None or not access.may(Permission.REVIEW):
        return set()
    waiting = [row.report for row in board.rows if RETURNS.next_decision(row.report) == "approve"]
    return RETURNS.barred("approve", waiting, request.user) if waiting else set()


def _changed(access: Access, period: ReportingPeriod | None) -> list[str]:
    """What is called otherwise, or about which something is known, that is not public yet.

    Projects, funds, providers and purposes. Of who publishes: nothing for others.
    """
    if period is None or not access.may(Permission.RUN_PERIODS):
        return []
    return changes_to_publish(period).about(period.council.purpose_word)


def _chosen(periods, key):
    """The period that the address asks for; else the latest open one, or the latest of all."""
    if key:
        for period in periods:
            if period.key == key:
                return period
        raise Http404("No such period.")
    still_open = [p for p in periods if p.status == ReportingPeriod.Status.OPEN]
    return next(iter(still_open or periods), None)


def _address(council, report):
    """The page on which an officer reviews the return; the project's own where there is none."""
    try:
        return reverse("reporting:review", args=[council.slug, report.period.key, report.slug])
    except NoReverseMatch:
        return reverse("reporting:project", args=[council.slug, report.slug])


def _chase(request, council, board):
    """(what was done, or else what is wrong), in words. Raises Http404 for an unknown project."""
    if board is None:
        raise Http404("No period to chase in.")
    whom = request.POST.get("chase", "")
    rows = [row for row in board.rows if whom in (EVERYONE, row.report.slug)]
    if not rows and whom != EVERYONE:
        raise Http404("No such project on the board.")
    alone = [row.report.subject for row in rows if row.turn == ADMINISTRATOR]
    rows = [row for row in rows if row.turn == COMMISSIONER]
    if not rows and not alone:
        return "", "Nothing is owed any more, so nobody was written to."
    outcome = chase([row.report for row in rows], council=council, by=request.user, now=clock.now())
    alone += [row.report.subject for row in rows if not row.leads]
    said = []
    if outcome.sent:
        said.append(f"Written to: {_posts(outcome.sent)}.")
    if outcome.left_alone:
        said.append(
            f"Not written to again: {_posts(outcome.left_alone)}. "
            "A person gets at most one reminder an hour."
        )
    if outcome.failed:
        said.append(
            f"The mail could not be sent to: {_posts(outcome.failed)}. "
            "Ask the administrator to check the mail settings."
        )
    if alone:
        said.append(f"Nobody is assigned to {', '.join(alone)}.")
    answer = " ".join(said) or "Nobody could be written to: their accounts cannot receive mail."
    return (answer, "") if outcome.sent else ("", answer)


def _posts(people):
    return ", ".join(person.post for person in people)
