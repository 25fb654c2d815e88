"""A commissioner's returns: the list, the task list of one, checking and submitting it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import counted
from outcomes.entry.review import figures_typed
from outcomes.models import Month
from publishing.models import Report, ReportingPeriod, Return, with_subjects
from publishing.pages import render_working_page, working_council
from publishing.promises import Promises
from publishing.workflow import NotNow
from returns.actions import (
    Changed,
    Conflict,
    Incomplete,
    draft_of,
    fill_from_last_time,
    may_write_now,
    submit,
)
from returns.due import with_end
from returns.period_versions.holding_withdrawn import holding_withdrawn
from returns.promises.actions import promises_before, said_here
from returns.promises.owed import late_promises
from returns.transitions import RETURNS
from returns.views.fetch import return_for, return_to_write
from returns.warnings.earlier_figures_in_words import in_typed_again
from returns.warnings.held_back_in_sums import in_typed_sums
from returns.warnings.held_back_in_words import in_typed_words
from returns.warnings.unprinted_letters import in_typed_letters
from returns.warnings.what_sentences_say import in_typed_sentences
from typed.addresses import stands_on


@require_safe
def my_returns(request, council):
    """What the person owes, and what they have done, latest period first.

    A period that is closed asks for nothing: of it, only what was begun is listed.
    """
    council, access = working_council(request, council)
    if not access.may(Permission.KEEP_MEASURES):
        access.require(Permission.REPORT)
    begun = Q(events__isnull=False) | Q(period__status=ReportingPeriod.Status.OPEN)
    # What has ended reports its last weeks, so a closed project's return is there too.
    own = with_end(Return.objects.filter(begun, project__in=access.assigned)).distinct()
    own = with_subjects(own).select_related("period__council")
    reports: list[Any] = sorted(own, key=lambda report: report.subject)
    if access.may(Permission.KEEP_MEASURES):
        months = Month.objects.filter(begun, period__council=council).exclude(sections=None)
        reports += months.distinct().select_related("period__council")
    returns = sorted(reports, key=_latest_first)
    return render_working_page(
        request,
        "returns/my_returns.html",
        council,
        access,
        "returns",
        returns=returns,
        late=late_promises([report for report in reports if isinstance(report, Return)], access),
    )


def _latest_first(report: Any) -> tuple:
    """By period, the latest first, and of those of one day what is due first."""
    return -report.period.as_at.toordinal(), report.period.due or date.max


def _show(request, template, report, access, **context):
    return render_working_page(
        request,
        template,
        report.period.council,
        access,
        "returns" if access.may(Permission.REPORT) else "quarter",
        report=report,
        writable=may_write_now(report, access),
        may_withdraw=not RETURNS.why_not("withdraw", report, clock.today()),
        period_reason=report.period.why_not_written(clock.today()),
        **context,
    )


@require_safe
def task_list(request, council, period, slug):
    report, access = return_for(request, council, period, slug)
    draft = draft_of(report)
    return _show(
        request,
        "returns/task_list.html",
        report,
        access,
        draft=draft,
        sections=[draft.state(name) for name in report.section_names],
        **_promised(report),
        events=report.events.select_related("by").order_by("-at", "-pk"),
        holds=holding_withdrawn([report]).get(report.pk),
    )


@require_safe
def check(request, council, period, slug):
    report, access = return_for(request, council, period, slug)
    return _show(request, "returns/check.html", report, access, **_checked(draft_of(report)))


def _promised(report: Any) -> dict[str, Any]:
    """What the project said would come, late first, with what this return says of each."""
    if isinstance(report, Month):
        return {}
    lines = Promises(clock.today(), promises_before(report)).in_order
    return {
        "promised": [
            (state, line, line.told_in_return(report.period.key)) for state, line in lines
        ],
        "said_here": said_here(report),
    }


def _checked(draft, *, tried=False):
    to_do = sum(map(len, draft.all_problems.values()))
    return (
        _asked(draft)
        | _promised(draft.report)
        | {
            "draft": draft,
            "tried": tried,
            "not_submitted": f"Not submitted: {counted(to_do, 'thing')} to do before you can submit"
            if tried
            else "",
            "figures": figures_typed(draft.grid),
            "held_back": in_typed_words(draft),
            "told_by_sums": in_typed_sums(draft),
            "unprinted": in_typed_letters(draft, draft.report.section_names),
            "slips": in_typed_sentences(draft, draft.report.section_names, clock.today()),
            "said_before": in_typed_again(draft),
            "wrong": [
                (name, field, sentence)
                for name in draft.report.section_names
                for field, sentence in draft.wrong(name)
            ],
            "left": [
                (name, progress)
                for name in draft.report.section_names
                if (progress := draft.progress(name)).left
            ],
        }
    )


def _asked(draft):
    """What is asked of a return that was sent back, by section and of all of it."""
    report = draft.report
    if report.status != Report.Status.SENT_BACK:
        return {}
    last = report.events.order_by("-at", "-pk").first()
    sections = [draft.state(name) for name in report.section_names]
    return {"sections": sections, "words": last.comment if last else ""}


@stands_on("reporting:check", "council", "period", "slug")
@require_POST
def submit_return(request, council, period, slug):
    report, access = return_to_write(request, council, period, slug)
    unchanged = bool(request.POST.get("unchanged"))
    draft = draft_of(report)
    if unchanged and draft.changed:
        return _show(request, "returns/check.html", report, access, **_checked(draft), changed=True)
    if not request.POST.get("declared"):
        return _show(
            request,
            "returns/check.html",
            report,
            access,
            **_checked(draft_of(report)),
            undeclared=True,
        )
    try:
        if unchanged:
            fill_from_last_time(draft_of(report), by=request.user, access=access, confirmed=True)
        submit(report.pk, by=request.user, access=access, unchanged=unchanged)
    except Incomplete as incomplete:
        return _show(
            request,
            "returns/check.html",
            report,
            access,
            **_checked(incomplete.draft, tried=True),
        )
    except Changed as found:
        checked = _checked(found.draft)
        return _show(request, "returns/check.html", report, access, **checked, changed=True)
    except NotNow as reason:
        messages.error(request, str(reason))
        return redirect("reporting:return", council, period, slug)
    messages.success(
        request, f"{report.subject} is submitted. You can withdraw it until it is reviewed."
    )
    return redirect("reporting:my-returns", council)


@require_POST
def carry_forward(request, council, period, slug):
    """Fills empty boxes with what last time said; what is typed stays."""
    report, access = return_to_write(request, council, period, slug)
    try:
        fill_from_last_time(draft_of(report), by=request.user, access=access)
    except (NotNow, Conflict) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request,
            "Last time's words and figures are filled in. Each figure is asked about until you "
            "type this period's or say that it is the same.",
        )
    return redirect("reporting:return", council, period, slug)


@require_POST
def withdraw(request, council, period, slug):
    report, access = return_to_write(request, council, period, slug)
    try:
        RETURNS.transition("withdraw", report.pk, by=request.user, access=access)
    except NotNow as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{report.subject} is withdrawn and yours to change again.")
    return redirect("reporting:return", council, period, slug)
