"""An officer's review of one return, approving several, and publishing the period."""

from contextlib import nullcontext
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from publishing.models import Report, ReportingPeriod, SectionName, with_subjects
from publishing.pages import render_working_page, working_council
from publishing.second_signature import SIGN_AGAIN
from publishing.workflow import NotNow
from returns.actions import draft_of
from returns.content import Sheet
from returns.draft import ProjectDraft
from returns.review import (
    changes,
    checks,
    current_sheet,
    figure_changes,
    figures,
    read_of,
    send_back,
    submission_of,
    submitted_before,
)
from returns.review_forms import ReviewForm
from returns.said import project_changes
from returns.subjects import reports_of
from returns.transitions import IN_REVIEW, RETURNS
from returns.views.fetch import return_for
from returns.warnings.earlier_figures_in_words import in_words_again
from returns.warnings.held_back_in_sums import in_typed_sums
from returns.warnings.held_back_in_words import in_words_of
from returns.warnings.unprinted_letters import in_letters_of
from returns.warnings.what_sentences_say import in_sentences_of
from typed.carrying import wants_json
from typed.seen import Seen, Stale, mark_of

GONE = "The return was acted on since you opened the page, so nothing more is asked of it there."
# What a closed period is in the way of, by the state of the return; else of its being written.
CLOSED = {
    **dict.fromkeys(IN_REVIEW, "To send this return back"),
    Report.Status.APPROVED: "To reopen this return",
    Report.Status.PUBLISHED: "To reopen this return",
    Report.Status.NOT_NEEDED: "To ask for this return again",
}
# What is decided of a return that is submitted, without words: its button, and what is said then.
DECISIONS = {
    "approve": ("Approve", "{} is approved."),
    "countersign": ("Sign", "{} is signed. An officer now approves it."),
    SIGN_AGAIN: ("Ask for it to be signed again", "{} waits to be signed again."),
}
SUBMITTED_SINCE = "it was submitted again since you opened the page. Read it, then approve it."
# What the form for words is called, by the action that it is for.
TITLES = {
    "send back": "Notes of the review",
    "reopen": "Why it is reopened",
    "not needed": "Why no return is needed",
}


class NoteInTheWay(NotNow):
    """A note stands in the form, of whoever typed it, and what was pressed sends none."""

    def __init__(self, button: str) -> None:
        super().__init__(
            f"There is a note in the form, and you pressed {button}. A note goes to the "
            f"commissioner only with Send back: send it back, or {button.lower()} without the note."
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, council, period, slug):
    report, access = return_for(request, council, period, slug)
    if not access.may(Permission.SEE_RETURNS):
        raise Http404("Not an officer.")
    may_decide = access.may(Permission.REVIEW) or RETURNS.signs(report, access)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    actions = _actions(request, report, access)
    form, kept = _form_of(actions), None
    # What was typed into a form that the page no longer has is not kept as words of another.
    asked = request.POST.get("form") or request.GET.get("form")
    if form and (asked == form or (asked is None and request.method != "POST")):
        kept = _kept(request, report, access, form)
        if kept.answer:
            return kept.answer
    elif request.method == "POST" and wants_json(request):
        return JsonResponse({"reason": GONE}, status=409)
    if request.method == "POST":
        return _act(request, report, access, kept)
    return _show(request, report, access, kept, actions)


def _actions(request: HttpRequest, report: Report, access: Access) -> set[str]:
    rules = RETURNS.actions_for(report, by=cast(User, request.user), access=access)
    return {rule.action for rule in rules}


def _form_of(actions: set[str]) -> str:
    """Which form for words the page has: that of the action it is for; "" where it has none."""
    if actions & {*DECISIONS, "send back"}:
        return "send back" if "send back" in actions else ""
    if "reopen" in actions:
        return "reopen"
    return "not needed" if "not needed" in actions and "ask again" not in actions else ""


def _kept(request: HttpRequest, report: Report, access: Access, form: str) -> KeptForm:
    """The form of that name, with what is typed into it; for people who may review."""
    council, period = report.period.council, report.period
    quarter = reverse("reporting:quarter", args=[council.slug])
    about = About(
        council=council,
        access=access,
        menu="quarter",
        title=TITLES[form],
        subject=f"{report.subject}, {period.label}",
        steps=[(f"{quarter}?period={period.key}", "Quarter")],
        key=f"?form={form}",
    )
    return KeptForm(request, about, lambda data: [ReviewForm(data, report=report, action=form)])


def _show(request, report, access, kept, actions, status=200, *, typed=(), **context):
    # Words are shown in the form that they were typed into, or to copy where it has gone.
    form_name = _form_of(actions)
    stays = kept is not None and kept.about.title == TITLES.get(form_name)
    if kept and stays:
        form = kept.parts[0]
    else:
        kept, form = None, form_name and ReviewForm(report=report, action=form_name)
    draft, sheet = draft_of(report), current_sheet(report)
    waits_for = SIGN_AGAIN if SIGN_AGAIN in actions else RETURNS.next_decision(report)
    last_submission = submitted_before(report)
    return render_working_page(
        request,
        "returns/review.html",
        report.period.council,
        access,
        "quarter",
        status=status,
        report=report,
        of_project=isinstance(draft, ProjectDraft),
        draft=draft,
        sheet=sheet,
        changes=changes(draft.last, sheet),
        figures=figures(sheet, draft.last),
        project_changes=project_changes(draft.last, sheet, report.period.council.purpose_word)
        if isinstance(draft, ProjectDraft) and isinstance(sheet, Sheet)
        else [],
        resubmitted=last_submission
        and [
            *(change for change in changes(last_submission, sheet) if change.changed),
            *figure_changes(last_submission, sheet),
        ],
        checks=[
            *in_words_of([(report, sheet)]),
            *in_typed_sums(draft),
            *in_letters_of([sheet]),
            *in_sentences_of(sheet, report.written_by(clock.today())),
            *in_words_again(draft, sheet),
            *checks(draft, sheet),
        ]
        if report.status != Report.Status.NOT_STARTED
        else [],
        events=report.events.select_related("by").order_by("-at", "-pk"),
        snapshots=report.snapshots.select_related("publication").defer(
            "content", "words", "search"
        ),
        form=form,
        form_name=form_name,
        kept=kept,
        submitted_since=bool(
            kept and kept.is_kept and report.changed_at and report.changed_at > kept.draft.saved_at
        ),
        typed=[] if stays else typed,
        may_review=access.may(Permission.REVIEW),
        actions=actions,
        decision=waits_for,
        button=DECISIONS[waits_for][0] if waits_for in actions else "",
        why_no_decision=RETURNS.why_no_decision(report, by=request.user, access=access),
        own_since=_own_since(report, waits_for, actions, request.user),
        closed=report.period.why_not_written(clock.today()),
        closed_to=CLOSED.get(Report.Status(report.status), "For this return to be written"),
        seen=mark_of(read_of(report, sheet)),
        **context,
    )


def _own_since(report: Report, waits_for: str, actions: set[str], user: User) -> date | None:
    """Since when the council lets who wrote the return approve it, where the person did."""
    since = report.period.council.approves_own_since
    own = since and waits_for == "approve" and waits_for in actions
    return since if own and RETURNS.is_author(report, user) else None


def _who_cannot(council: Council) -> str:
    if council.second_signature:
        return "whoever wrote a return or gave the second signature cannot approve it."
    return "whoever wrote a return cannot approve it."


def _to_copy(notes: dict[str, str], comment: str) -> list[tuple[str, str]]:
    """What was typed into a form that has gone from the page, for its return was acted on."""
    typed = [*((SectionName(name).label, text) for name, text in notes.items())]
    return typed + ([("Anything else", comment)] if comment else [])


def _act(request, report, access, kept):
    action = request.POST.get("action", "")
    comment, asked = _typed(request, kept)
    if kept and not kept.is_sent:
        actions = _actions(request, report, access)
        return _show(request, report, access, kept, actions, status=409, reason=kept.problem)
    seen = Seen(request.POST.get("seen", ""), read_of)
    by = {"by": request.user, "access": access, "seen": seen}
    try:
        with kept.sending() if kept else nullcontext():
            said = _do(report, action, asked, comment, without="without" in request.POST, by=by)
    except (NotNow, Stale) as reason:
        report.refresh_from_db()
        may_go = isinstance(reason, NoteInTheWay) and report.status in IN_REVIEW
        return _show(
            request,
            report,
            access,
            kept,
            _actions(request, report, access),
            status=409,
            reason=str(reason),
            typed=_to_copy(asked, comment),
            asks=may_go,
            stale=isinstance(reason, Stale),
        )
    messages.success(request, said)
    address = reverse("reporting:quarter", args=[report.period.council.slug])
    return redirect(f"{address}?period={report.period.key}")


def _typed(request: HttpRequest, kept: KeptForm | None) -> tuple[str, dict[str, str]]:
    """(comment, notes by section) as they were sent."""
    if kept:
        return kept.parts[0].comment, kept.parts[0].notes
    typed = {name: request.POST.get(f"note-{name}", "").strip() for name in SectionName.values}
    comment = request.POST.get("words", "").strip()
    return comment, {name: text for name, text in typed.items() if text}


def _do(
    report: Report,
    action: str,
    asked: dict[str, str],
    comment: str,
    *,
    without: bool,
    by: dict[str, Any],
) -> str:
    """Does what was pressed, and says so. Raises NotNow or Stale."""
    if action in DECISIONS:
        button, said = DECISIONS[action]
        if (asked or comment) and not without:
            if reason := RETURNS.why_not(action, report, clock.today()):
                raise NotNow(reason)
            by["seen"].require(report)
            raise NoteInTheWay(button)
        RETURNS.transition(action, report.pk, **by)
        said = said.format(report.subject)
    elif action == "send back":
        send_back(report.pk, asked=asked, comment=comment, **by)
        said = f"{report.subject} is sent back."
    elif action == "not needed":
        RETURNS.transition("not needed", report.pk, comment=comment, **by)
        said = f"No return is needed for {report.subject}. Nobody is reminded about it."
    elif action == "ask again":
        RETURNS.transition("ask again", report.pk, comment=comment, **by)
        said = f"{report.subject} is asked for again."
    elif action == "reopen":
        step = RETURNS.transition("reopen", report.pk, comment=comment, **by)
        said = f"{report.subject} is reopened."
        if step.before == Report.Status.PUBLISHED:
            said += " What is published stays until the next version is published."
    else:
        raise NotNow("Choose whether to approve the return or to send it back.")
    return said


def _period(request, council, period):
    council, access = working_council(request, council)
    chosen = ReportingPeriod.objects.filter(council=council, key=period).first()
    if chosen is None:
        raise Http404("No such period.")
    return chosen, access


@require_POST
def approve_many(request, council, period):
    """Approves the ticked returns; each that cannot be says why, the others are approved."""
    period, access = _period(request, council, period)
    access.require(Permission.REVIEW)
    chosen = request.POST.getlist("project")
    done = 0
    reports = reports_of(period).filter(slug__in=chosen)
    for report in with_subjects(reports).select_related("period__council"):
        try:
            seen = Seen(request.POST.get(f"seen-{report.slug}", ""), submission_of)
            RETURNS.transition("approve", report.pk, by=request.user, access=access, seen=seen)
            done += 1
        except NotNow as reason:
            messages.error(request, f"{report.subject}: {reason}")
        except Stale:
            messages.error(request, f"{report.subject}: {SUBMITTED_SINCE}")
        except PermissionDenied:
            messages.error(request, f"{report.subject}: {_who_cannot(report.period.council)}")
    if not chosen:
        messages.error(request, "No return was ticked. Tick each that you approve.")
    elif done:
        messages.success(request, f"{done} approved.")
    return redirect(f"{reverse('reporting:quarter', args=[council])}?period={period.key}")
