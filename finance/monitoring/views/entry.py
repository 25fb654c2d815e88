"""Monitoring reports being worked on: the list, and the sections of one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.actions import (
    Conflict,
    HasReport,
    begin,
    carried,
    save_section,
)
from finance.monitoring.draft import Draft
from finance.monitoring.forms import NewReportForm
from finance.monitoring.pasting.target import for_money
from finance.monitoring.transitions import may_see
from finance.monitoring.whose_turn import turns
from projects.access import Access
from publishing import paste_preview as pasting
from publishing.autosave import (
    answer_as_json,
    keep,
    say_what_was_not_taken,
    sent_boxes,
    shown_after,
    to_copy,
)
from publishing.pages import render_working_page, working_council
from publishing.progress import nothing_in, progress, wrong_and_left
from publishing.workflow import NotNow
from typed.asking import said_right
from typed.boxes import QUESTION
from typed.carrying import wants_json
from typed.merging import write_was

Name, Status = MonitoringSection.Name, MonitoringReport.Status
TEMPLATES = {
    Name.LINES: "finance/monitoring/entry_lines.html",
    Name.RESERVES: "finance/monitoring/entry_reserves.html",
    Name.CAPITAL: "finance/monitoring/entry_capital.html",
}
# Buttons after which the person is still at work on the section.
STAY = ("use", "place", "stay", "take", "undo")


def report_for(request, council, period, version) -> tuple[MonitoringReport, Access]:
    """The report and the person's access. Http404 outside the council, 403 for other people."""
    reporting_council, access = working_council(request, council)
    if not may_see(access):
        raise PermissionDenied
    report = (
        MonitoringReport.objects.filter(council=reporting_council, period=period, version=version)
        .select_related("council", "compared_with")
        .first()
    )
    if report is None:
        raise Http404("No such report.")
    return report, access


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request, council):
    """The council's reports, and a form to begin the next one."""
    reporting_council, access = working_council(request, council)
    if not may_see(access):
        raise PermissionDenied
    rows = MonitoringReport.objects.filter(council=reporting_council).select_related("council")
    every = rows.with_withdrawals()
    said = turns(every, reporting_council)
    form = NewReportForm(
        request.POST if request.method == "POST" else None,
        today=clock.today(),
        reported={Period.parse(report.period) for report in every},
    )
    has_report = None
    if request.method == "POST":
        access.require(Permission.KEEP_MONEY)
        if form.is_valid():
            try:
                report = begin(
                    council=reporting_council,
                    period=form.period.key,
                    as_at=form.cleaned_data["as_at"],
                    meeting=form.cleaned_data["meeting"],
                    said_right=said_right(form),
                    by=request.user,
                    access=access,
                )
            except HasReport as reason:
                form.add_error("month", str(reason))
                has_report = reason.report
            else:
                return redirect("reporting:money-report", council, report.period, report.version)
    return render_working_page(
        request,
        "finance/monitoring/all_reports.html",
        reporting_council,
        access,
        "money",
        form=form,
        reports=[(report, said.get(report, "")) for report in every],
        has_report=has_report,
        may_write=access.may(Permission.KEEP_MONEY),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, council, period, version, name):
    """Shows a section of a report or keeps what is typed in it."""
    report, access = report_for(request, council, period, version)
    draft = Draft(report)
    if request.method != "POST":
        return _show_section(request, report, access, name, draft)
    access.require(Permission.KEEP_MONEY)
    typed, kept = _typed(request, draft, name), dict(draft.typed(name))
    answer = keep(
        request,
        save_section,
        report,
        name,
        typed,
        access,
        conflict=Conflict,
        not_now=NotNow,
        only_new=pasting.is_asked(request),
    )
    if wants_json(request):
        return answer_as_json(answer, typed, draft.labels(name), lambda: _worked_out(report, name))
    if "saved" not in answer:
        after = shown_after(answer, kept, typed, draft.labels(name))
        # Read again: what was worked out so far is of what is kept, not of what is shown.
        return _show_section(request, report, access, name, Draft(report), **after)
    if pasting.is_asked(request):
        return pasting.answer(request, for_money(request, report, access, name, answer["saved"]))
    say_what_was_not_taken(request, kept, typed, draft.labels(name))
    if any(request.POST.get(button) for button in STAY):
        return redirect(request.path)
    return redirect("reporting:money-report", council, period, version)


def _typed(request, draft, name):
    """What is in the boxes that the page sent, with what its buttons put into them."""
    typed = sent_boxes(request, draft.labels(name))
    for field in request.POST.getlist("take"):
        typed.pop(field, None)
    if request.POST.get("undo"):
        place = pasting.place_of(draft.report, name)
        typed |= pasting.taken_back(request, place, draft.typed(name) | typed)
    if request.POST.get("use"):
        kept = draft.typed(name) | typed
        draft.sections[name].typed = kept
        said = {box: text for box, text in kept.items() if text}
        typed |= carried(Draft(draft.report), name) | said
    return typed


def _worked_out(report, name):
    """What the page works out of the boxes as they are kept now."""
    draft = Draft(report)
    if name == Name.LINES:
        return {"words": {line.node.slug: line.summary for line in draft.line_rows}}
    rows = draft.reserve_rows if name == Name.RESERVES else draft.capital_rows
    return {"words": {row.slug: row.summary for row in rows}}


def _show_section(request, report, access, name, draft, *, boxes=None, **answer):
    """The section's page; ``boxes`` are shown in place of what is kept."""
    kept, before = draft.sections[name], dict(draft.typed(name))
    if boxes is not None:
        kept.typed = boxes
    writable = report.status == Status.DRAFT and access.may(Permission.KEEP_MONEY)
    return render_working_page(
        request,
        TEMPLATES[name],
        report.council,
        access,
        "money",
        status=409 if answer else 200,
        report=report,
        draft=draft,
        name=name,
        title=Name(name).label,
        kept=kept,
        problems=wrong_and_left(draft.problems(name), nothing_in(kept.typed))[0],
        progress=progress(
            draft.problems(name),
            nothing_in(kept.typed),
            [box for box, text in kept.typed.items() if text and not box.endswith(QUESTION)],
        ),
        writable=writable,
        was=write_was(before),
        typed=[] if writable or boxes is None else to_copy(before, boxes, draft.labels(name)),
        # What was to be pasted is kept in its box where the section could not be saved.
        pasted=request.POST.get("block", ""),
        undo=pasting.may_be_taken_back(request, pasting.place_of(report, name), kept.typed),
        same_year=draft.last is not None and draft.last.year == report.year,
        **answer,
    )
