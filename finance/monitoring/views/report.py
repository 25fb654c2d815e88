"""One finance report: what is to do, what it says, who did what, and the actions on it."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from msgspec import structs

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib.versions import Correction
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.actions import Incomplete, correct, submit
from finance.monitoring.collect import latest_statement, make_statement
from finance.monitoring.corrections import corrections
from finance.monitoring.deciding import draft_read, report_read
from finance.monitoring.draft import Draft
from finance.monitoring.transitions import MONITORING
from finance.monitoring.views.entry import report_for
from projects.access import Access
from publishing.form_drafts.comment import comment_form, comment_typed, kept_comment, still_of
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page
from publishing.second_signature import SIGN_AGAIN
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.seen import Seen, Stale, mark_of

Name, Status = MonitoringSection.Name, MonitoringReport.Status
CONFLICT = 409
GONE = "The report was acted on since you opened the page, so nothing more is asked of it there."
DONE = {
    "submit": "{} is submitted.",
    "give up": "{} is given up. Nothing that was typed is lost: it can be taken up again.",
    "take up again": "{} is a draft again, with what was typed in it.",
    "withdraw": "{} is withdrawn: it can be changed again.",
    "send back": "{} is sent back.",
    "countersign": "{} is signed. Another officer now approves it.",
    SIGN_AGAIN: "{} waits to be signed again.",
    "approve": "{} is approved and no longer changes.",
}
# The forms for words, by name: what each is called, and its box.
DECIDE, WITHDRAW, CORRECT = "decide", "withdraw", "correct"
COMMENTS = {
    DECIDE: ("Words with the decision", "Reason for sending it back, or a note"),
    WITHDRAW: ("Reason of who wrote it", "Reason for sending it back or withdrawing it"),
    CORRECT: ("What is corrected", "What is corrected, and why"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, council: str, period: str, version: int) -> HttpResponse:
    """Shows the report, or does what was pressed."""
    report, access = report_for(request, council, period, version)
    form = _form_of(request, report, access)
    kept = _kept(request, report, access, form)
    if kept and kept.answer:
        return kept.answer
    if kept is None and request.method == "POST" and wants_json(request):
        return JsonResponse({"reason": GONE}, status=CONFLICT)
    if request.method == "POST":
        return _act(request, report, access, form, kept)
    return _show(request, report, access, form, kept)


def _form_of(request: HttpRequest, report: MonitoringReport, access: Access) -> str:
    """Which form for words the page has; "" where it has none.

    Who wrote the report and who decides on it do not type into the same one.
    """
    if report.status in MonitoringReport.IN_REVIEW:
        wrote = MONITORING.is_author(report, cast(User, request.user))
        return WITHDRAW if wrote else DECIDE
    if report.status not in MonitoringReport.FROZEN or not access.may(Permission.KEEP_MONEY):
        return ""
    return "" if _versions(report).filter(version__gt=report.version).exists() else CORRECT


def _versions(report: MonitoringReport) -> Any:
    versions = MonitoringReport.objects.filter(council=report.council, period=report.period)
    return versions.not_given_up()


def _kept(
    request: HttpRequest, report: MonitoringReport, access: Access, form: str
) -> KeptForm | None:
    """The form of that name, with what the person typed into it."""
    title, label = COMMENTS.get(form, ("", ""))
    about = About(
        council=report.council,
        access=access,
        menu="money",
        title=title,
        subject=str(report),
        steps=[(reverse("reporting:money-reports", args=[report.council.slug]), "Finance reports")],
    )
    return kept_comment(request, about, form, label=label)


def _show(
    request: HttpRequest,
    report: MonitoringReport,
    access: Access,
    form_name: str,
    kept: KeptForm | None,
    *,
    reason: str = "",
    comment: str = "",
    status: int = 200,
) -> HttpResponse:
    user = cast(User, request.user)
    draft = Draft(report)
    versions = _versions(report).exclude(pk=report.pk).order_by("-version")
    versions = versions.with_withdrawals()
    later = next((version for version in versions if version.version > report.version), None)
    # Nobody reads any more what a version withdrawn said.
    earlier = [
        version
        for version in versions
        if version.version < report.version and not version.withdrawal
    ]
    before = next(iter(earlier), None)
    is_draft = report.status == Status.DRAFT
    published = report.status == Status.PUBLISHED
    approved = report.status == Status.APPROVED
    at_publishing = MONITORING.asks("publish", report) if approved else []
    actions = {rule.action for rule in MONITORING.actions_for(report, by=user, access=access)}
    if published:
        prefetch_related_objects(
            [report], "snapshots__withdrawals__decided_by", "snapshots__withdrawals__asked_by"
        )
    events = list(report.events.select_related("by").order_by("-at", "-pk"))
    typed_at = kept.draft.saved_at if kept and kept.is_kept else None
    sections = [
        {
            "name": name,
            "label": Name(name).label,
            "section": draft.sections[name],
            "left": len(draft.all_problems[name]) if is_draft else 0,
        }
        for name in Name.values
    ]
    return render_working_page(
        request,
        "finance/monitoring/report.html",
        report.council,
        access,
        "money",
        status=status,
        report=report,
        draft=draft,
        later=later,
        before=before,
        changes=_changes(report, before, draft),
        root=draft.root if report.sections.exists() else None,
        sections=sections,
        unlikely=[] if report.status in MonitoringReport.FROZEN else draft.asked_in_words,
        in_review=report.status in MonitoringReport.IN_REVIEW,
        in_work=report.status not in MonitoringReport.FROZEN,
        lacking=draft.without_figures if report.status in MonitoringReport.IN_REVIEW else [],
        events=events,
        may_write=access.may(Permission.KEEP_MONEY),
        actions=actions,
        own_since=_own_since(report, actions, user),
        why_no_decision=MONITORING.why_no_decision(report, by=user, access=access),
        at_publishing=at_publishing,
        withdrawal=report.withdrawal if published else None,
        asked=report.asked_withdrawal if published else None,
        fingerprint=_fingerprint(report) if published else "",
        reason=reason,
        form_name=form_name,
        form=comment_form(kept, form_name, COMMENTS.get(form_name, ("", ""))[1]),
        kept=kept,
        acted_since=typed_at is not None and any(event.at > typed_at for event in events),
        seen=mark_of(draft_read(draft)),
        typed=[("Comment", comment)] if comment and not kept else [],
    )


def _own_since(report: MonitoringReport, actions: set[str], user: User) -> date | None:
    """Since when the council lets who wrote the report approve it, where the person did."""
    since = report.council.approves_own_since
    own = since and "approve" in actions and MONITORING.is_author(report, user)
    return since if own else None


def _fingerprint(report: MonitoringReport) -> str:
    mark = report.snapshots.order_by("-number").values_list("fingerprint", flat=True).first()
    return (mark or "")[:12]


def _changes(
    report: MonitoringReport, before: MonitoringReport | None, draft: Draft
) -> Sequence[Correction]:
    """What the report says otherwise than the version that it corrects; nothing without one."""
    kept = latest_statement(before) if before else None
    if kept is None or report.status in MonitoringReport.FROZEN or draft.root is None:
        return []
    if report.status in MonitoringReport.IN_REVIEW:
        return corrections(kept, make_statement(report))
    # What is only typed yet is compared by its areas.
    return corrections(structs.replace(kept, reserves=[], capital=[]), draft.statement)


def _place(report: MonitoringReport) -> tuple[str, str, int]:
    return report.council.slug, report.period, report.version


def _act(
    request: HttpRequest,
    report: MonitoringReport,
    access: Access,
    form_name: str,
    kept: KeptForm | None,
) -> HttpResponse:
    """Does one action of the workflow, or begins the next version."""
    action, comment = request.POST.get("action", ""), comment_typed(request, kept)
    if action == "publish":
        # That is asked on a page of its own.
        return redirect("reporting:money-publish", *_place(report))
    if action not in MONITORING.table and action != "correct":
        raise Http404("No such action.")
    if kept and not kept.is_sent:
        problem = kept.problem
        return _show(request, report, access, form_name, kept, reason=problem, status=CONFLICT)
    try:
        with kept.sending() if kept else nullcontext():
            fresh = _do(request, report, access, action, comment)
    except (NotNow, Stale) as reason:
        problem = str(reason)
    except Incomplete:
        problem = "Something is still to do: open the sections below."
    else:
        return redirect("reporting:money-report", *_place(fresh))
    report.refresh_from_db()
    # Words are shown in the form that they were typed into, or to copy where it has gone.
    stands = _form_of(request, report, access)
    kept = still_of(kept, stands)
    said = {"reason": problem, "comment": comment}
    return _show(request, report, access, stands, kept, status=CONFLICT, **said)


def _do(
    request: HttpRequest, report: MonitoringReport, access: Access, action: str, comment: str
) -> MonitoringReport:
    """Does what was pressed and says so; gives the report that is worked on next."""
    seen = Seen(request.POST.get("seen", ""), report_read)
    by: dict[str, Any] = {"by": request.user, "access": access, "seen": seen}
    if action == "correct":
        fresh = correct(report, why=comment, **by)
        said = f"{fresh} is begun with the figures and words of version {report.version}."
        messages.success(request, said)
        return fresh
    if action == "submit":
        submit(report.pk, **by)
    else:
        MONITORING.transition(action, report.pk, comment=comment, **by)
    report.refresh_from_db()
    who_decides = MONITORING.who_decides(report) if action == "submit" else ""
    messages.success(request, f"{DONE[action].format(report)} {who_decides}".rstrip())
    return report
