"""Change requests: asking for one, and deciding on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from bcfportal.lib import clock
from finance.models import ChangeRequest
from finance.savings.asked import said_right_of_change
from finance.savings.change_forms import CHANGE_KINDS
from finance.savings.collect import make_sheet
from finance.savings.deciding import change_read
from finance.savings.fields import words_of
from finance.savings.profiles import steps
from finance.savings.records import save_change
from finance.savings.transitions import CHANGES, may_propose_for, project_of
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from typed.forms import one_form
from typed.seen import Seen, Stale, mark_of

CONFLICT = 409
either = require_http_methods(["GET", "HEAD", "POST"])
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


@either
def add_change(request, council, kind):
    """A new change request, kept as a draft."""
    council, access = working_council(request, council)
    access.require(Permission.PROPOSE_SAVINGS)
    if kind not in CHANGE_KINDS:
        raise Http404("No such kind of change.")
    stored, label, form_class = CHANGE_KINDS[kind]
    form = form_class(request.POST or None, council=council, access=access)
    if request.method == "POST" and form.is_valid():
        made = save_change(council, None, stored, form.values, by=request.user)
        messages.success(request, f"Change {made.number} is saved as a draft. Now ask for it.")
        return redirect("reporting:change", council.slug, made.number)
    return _form(request, council, access, form, label)


@either
def edit_change(request, council, number):
    """A draft, changed before it is asked for."""
    council, access, change = _change_for(request, council, number)
    if not may_propose_for(access, project_of(change)):
        raise PermissionDenied
    label, form_class = BY_KIND[change.kind]
    names = form_class.base_fields
    initial = {name: getattr(change, name) for name in names}
    form = one_form(
        request, lambda data: form_class(data, initial=initial, council=council, access=access)
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_change(council, change, change.kind, form.values, by=request.user)
        except NotNow as reason:
            return _form(request, council, access, form, label, problem=str(reason), status=409)
        messages.success(request, f"Change {number} is saved.")
        return redirect("reporting:change", council.slug, number)
    return _form(request, council, access, form, label)


def _form(request, council, access, form, title, **context):
    return render_working_page(
        request,
        "finance/savings/form.html",
        council,
        access,
        "savings-work",
        form=form,
        title=title,
        whole=True,
        **context,
    )


@either
def change(request, council, number):
    """One change with what it does, who asked, who decided; and the actions on it."""
    council, access, change = _change_for(request, council, number)
    if request.method == "POST":
        return _act(request, council, access, change)
    return _show(request, council, access, change)


def _act(request, council, access, change):
    action = request.POST.get("action", "")
    comment = words_of(request)
    try:
        if action not in CHANGES.table:
            raise NotNow("Choose what to do with the change.")
        with transaction.atomic():
            done = CHANGES.transition(
                action,
                change.pk,
                by=request.user,
                access=access,
                comment=comment,
                seen=Seen(request.POST.get("seen", ""), change_read),
            ).record
    except (NotNow, Stale) as reason:
        change.refresh_from_db()
        return _show(
            request, council, access, change, status=CONFLICT, problem=str(reason), words=comment
        )
    messages.success(request, f"Change {done.number} is {done.get_status_display().lower()}.")
    return redirect("reporting:change", council.slug, done.number)


def _too_much(change: ChangeRequest) -> str:
    """Why a draft cannot be asked for, or what is asked for not be agreed; else nothing."""
    action = {"draft": "request", "requested": "agree"}.get(change.status)
    return CHANGES.why_not(action, change, clock.today()) if action else ""


def _show(request, council, access, change, status=200, **context):
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
    return render_working_page(
        request,
        "finance/savings/change.html",
        council,
        access,
        "savings-work",
        status=status,
        change=line,
        step=step,
        savings={saving.slug: saving.title for saving in sheet.savings},
        actions=actions,
        own=CHANGES.is_author(change, request.user),
        too_much=_too_much(change),
        seen=mark_of(change_read(change, sheet)) if actions else "",
        kept_words=change.decided_why,
        said_right=said_right_of_change(change, clock.today()),
        events=change.timeline.select_related("by").order_by("-at", "-pk"),
        typed=[("Comment", context["words"])]
        if context.get("words") and change.status != "requested"
        else [],
        may_edit=change.status == "draft" and may_propose_for(access, project_of(change)),
        **context,
    )
