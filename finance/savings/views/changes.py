"""Change requests: asking for one, and deciding on it."""

from typing import cast

from crispy_forms_gds.layout import Submit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import keep_writer
from bcfportal.lib import clock
from finance.models import ChangeRequest
from finance.savings.asked import said_right_of_change
from finance.savings.change_forms import CHANGE_KINDS, opposite_of
from finance.savings.collect import make_sheet
from finance.savings.deciding import change_read
from finance.savings.profiles import steps
from finance.savings.records import save_change, why_no_longer_changed
from finance.savings.transitions import CHANGES, may_propose_for, project_of
from finance.savings.views.kept import about_savings, kept_in_savings
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.comment import comment_form, comment_typed, kept_comment, still_of
from publishing.form_drafts.form import KeptForm
from publishing.pages import render_working_page, working_council
from publishing.steps import Transition
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
either = require_http_methods(["GET", "HEAD", "POST"])
# The query that names the agreed change to which the opposite is asked for.
OPPOSITE_OF = "opposite_of"
COMMENT = "Comment to keep with the decision"
LONGEST_NUMBER = 6
BY_KIND = {kind: (label, form) for kind, label, form in CHANGE_KINDS.values()}


def _change_for(request, council, number):
    """The change and the person's access. 404 for people who may not see drafts."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_SAVINGS)
    change = (
        ChangeRequest.objects.filter(council=council, number=number)
        .select_related(
            *("saving", "project", "from_fund", "to_fund", "requested_by", "decided_by", "paper")
        )
        .first()
    )
    if change is None:
        raise Http404("No such change.")
    return council, access, change


@never_cache
@either
def add_change(request, council, kind):
    """A new change request, kept as a draft."""
    council, access = working_council(request, council)
    access.require(Permission.PROPOSE_SAVINGS)
    if kind not in CHANGE_KINDS:
        raise Http404("No such kind of change.")
    stored, label, form_class = CHANGE_KINDS[kind]
    wrong = _agreed(council, request.GET.get(OPPOSITE_OF, "")) if stored == "re-profiling" else None
    initial = opposite_of(wrong) if wrong else {}
    kept = kept_in_savings(
        *(request, council, access, label),
        lambda data: [form_class(data, initial=initial, council=council, access=access)],
        own=True,
        key=f"?{OPPOSITE_OF}={wrong.number}" if wrong else "",
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            made = save_change(council, None, stored, form.values, by=request.user)
        if not kept.problem:
            messages.success(request, f"Change {made.number} is saved. Now ask for it.")
            return redirect("reporting:change", council.slug, made.number)
    return _form(kept)


def _agreed(council: Council, number: str) -> ChangeRequest | None:
    """The agreed re-profiling of that number, to which the opposite may be asked for."""
    if not (number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER):
        return None
    agreed = ChangeRequest.objects.filter(
        council=council, kind="re-profiling", status=ChangeRequest.Status.AGREED
    )
    return agreed.select_related("saving").filter(number=number).first()


@never_cache
@either
def edit_change(request, council, number):
    """A draft, changed before it is asked for."""
    council, access, change = _change_for(request, council, number)
    if not may_propose_for(access, project_of(change)):
        raise PermissionDenied
    label, form_class = BY_KIND[change.kind]
    names = form_class.base_fields
    initial = {name: getattr(change, name) for name in names}
    kept = kept_in_savings(
        *(request, council, access, label),
        lambda data: [form_class(data, initial=initial, council=council, access=access)],
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending() as writers:
            save_change(council, change, change.kind, form.values, by=request.user)
            for writer in writers:
                keep_writer(change, writer)
        if not kept.problem:
            messages.success(request, f"Change {number} is saved.")
            return redirect("reporting:change", council.slug, number)
    ended = why_no_longer_changed(change)
    if ended:
        # What is typed and not sent can still be read and copied.
        form.helper.form_tag = False
        form.helper.layout.fields = [
            box for box in form.helper.layout.fields if not isinstance(box, Submit)
        ]
    return _form(kept, ended)


def _form(kept: KeptForm, ended: str = "") -> HttpResponse:
    return render_working_page(
        kept.request,
        "finance/savings/form.html",
        kept.about.council,
        kept.about.access,
        kept.about.menu,
        status=CONFLICT if kept.problem else 200,
        form=kept.parts[0],
        kept=kept,
        problem=kept.problem,
        title=kept.about.title,
        ended=ended,
        whole=True,
    )


@never_cache
@either
def change(request, council, number):
    """One change with what it does, who asked, who decided; and the actions on it."""
    council, access, change = _change_for(request, council, number)
    kept = _kept_comment(request, council, access, change)
    if kept and kept.answer:
        return kept.answer
    if request.method != "POST":
        return _show(request, council, access, change, kept)
    if kept is None and wants_json(request):
        return JsonResponse({"reason": "This change was decided on meanwhile."}, status=CONFLICT)
    return _act(request, council, access, change, kept)


def _kept_comment(
    request: HttpRequest, council: Council, access: Access, change: ChangeRequest
) -> KeptForm | None:
    """The comment on what is asked for."""
    about = about_savings(council, access, f"Comment on change {change.number}")
    rules = CHANGES.actions_for(change, by=cast(User, request.user), access=access)
    return kept_comment(request, about, _decided(change, rules), label=COMMENT)


def _decided(change: ChangeRequest, rules: list[Transition]) -> str:
    """What the comment is on, of what the person may do; "" where nothing waits."""
    if change.status != ChangeRequest.Status.REQUESTED or not rules:
        return ""
    return "decide" if any(rule.action == "agree" for rule in rules) else "withdraw"


def _act(request, council, access, change, kept):
    action = request.POST.get("action", "")
    comment = comment_typed(request, kept)
    problem = kept.problem if kept else ""
    if kept is None or kept.is_sent:
        try:
            if action not in CHANGES.table:
                raise NotNow("Choose what to do with the change.")
            with kept.sending() if kept else transaction.atomic():
                done = CHANGES.transition(
                    action,
                    change.pk,
                    by=request.user,
                    access=access,
                    comment=comment,
                    seen=Seen(request.POST.get("seen", ""), change_read),
                ).record
        except (NotNow, Stale) as reason:
            problem = str(reason)
        else:
            said = f"Change {done.number} is {done.get_status_display().lower()}."
            messages.success(request, said)
            return redirect("reporting:change", council.slug, done.number)
    change.refresh_from_db()
    return _show(
        *(request, council, access, change, kept, CONFLICT), problem=problem, words=comment
    )


def _too_much(change: ChangeRequest) -> str:
    """Why a draft cannot be asked for, or what is asked for not be agreed; else nothing."""
    action = {"draft": "request", "requested": "agree"}.get(change.status)
    return CHANGES.why_not(action, change, clock.today()) if action else ""


def _may_undo(change: ChangeRequest, access: Access) -> bool:
    """Whether the person may ask for the opposite of an agreed move between years."""
    agreed = change.status == ChangeRequest.Status.AGREED and change.kind == "re-profiling"
    return agreed and bool(change.amount) and may_propose_for(access, project_of(change))


def _may_correct(change: ChangeRequest, access: Access) -> bool:
    """Whether the person may correct the target to which an agreed extension added."""
    added = change.status == ChangeRequest.Status.AGREED and change.kind == "extension"
    return added and bool(change.amount) and access.may(Permission.KEEP_SAVINGS)


def _show(request, council, access, change, kept, status=200, **context):
    sheet = make_sheet(council, as_at=clock.today())
    line = next(row for row in sheet.changes if row.number == change.number)
    step = next(
        (
            step
            for saving in sheet.savings
            for step in steps(saving, sheet.changes)
            if step.change.number == change.number
        ),
        None,
    )
    actions = CHANGES.actions_for(change, by=request.user, access=access)
    decided = _decided(change, actions)
    kept = still_of(kept, decided)
    return render_working_page(
        request,
        "finance/savings/change.html",
        council,
        access,
        "savings-work",
        status=status,
        change=line,
        kept=kept,
        form=comment_form(kept, decided, COMMENT),
        step=step,
        savings={saving.slug: saving.title for saving in sheet.savings},
        actions=actions,
        own=CHANGES.is_author(change, request.user),
        too_much=_too_much(change),
        seen=mark_of(change_read(change, sheet)) if actions else "",
        kept_words=change.decided_why,
        said_right=said_right_of_change(change, clock.today()),
        events=change.timeline.select_related("by").order_by("-at", "-pk"),
        typed=[("Comment", context["words"])] if context.get("words") and not kept else [],
        may_undo=_may_undo(change, access),
        corrects=change.saving if _may_correct(change, access) else None,
        may_edit=change.status == "draft" and may_propose_for(access, project_of(change)),
        **context,
    )
