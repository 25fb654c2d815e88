"""Where people work on an arrangement: what it lacks, who does what next, what happened."""

from contextlib import nullcontext
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from partnerships.actions import why_not_written
from partnerships.collect import make_arrangement
from partnerships.discrepancies import disagreements_in
from partnerships.models import ArrangementVersion
from partnerships.transitions import ARRANGEMENTS, arrangement_read, may_write
from partnerships.views.kept import CONFLICT, SECTION, kind_of_address, record
from partnerships.withdrawal import address_of
from publishing.form_drafts.comment import comment_form, comment_typed, kept_comment, still_of
from publishing.form_drafts.form import About
from publishing.may_read import reads_drafts
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow
from typed.carrying import wants_json
from typed.seen import Seen, Stale, mark_of

COMMENTED = {"change": "Why it is changed", "send back": "What is to be put right"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, council: str, kind: str, arrangement: str) -> HttpResponse:
    """Its state, with the steps that this person may take."""
    of_kind = kind_of_address(kind)
    of_council, access = working_council(request, council)
    if not reads_drafts(ArrangementVersion, access):
        raise PermissionDenied
    item, by = record(of_council, kind, arrangement), cast(User, request.user)
    rules = ARRANGEMENTS.actions_for(item, by=by, access=access)
    of = next((name for name in COMMENTED if name in {rule.action for rule in rules}), "")
    here = [(reverse("reporting:partnerships", args=[council]), "With partners")]
    title = f"Comment on {item}"
    about = About(of_council, access, SECTION, title, str(item), here)
    kept = kept_comment(request, about, of, label=COMMENTED.get(of, ""))
    if kept and kept.answer:
        return kept.answer
    problem, status = kept.problem if kept else "", 200
    comment = comment_typed(request, kept)
    if request.method == "POST":
        if kept is None and wants_json(request):
            return JsonResponse({"reason": "This was decided on meanwhile."}, status=CONFLICT)
        status = CONFLICT
        if kept is None or kept.is_sent:
            action = request.POST.get("action", "")
            try:
                if action not in ARRANGEMENTS.table:
                    raise NotNow("Choose what to do with it.")
                with kept.sending() if kept else nullcontext():
                    ARRANGEMENTS.transition(
                        action,
                        item.pk,
                        by=by,
                        access=access,
                        comment=comment,
                        seen=Seen(request.POST.get("seen", ""), arrangement_read),
                    )
            except (NotNow, Stale) as reason:
                problem = str(reason)
            else:
                done = ARRANGEMENTS.table[action].title.lower()
                messages.success(request, f"“{item}”: {done}.")
                return redirect(request.path)
        item.refresh_from_db()
        rules = ARRANGEMENTS.actions_for(item, by=by, access=access)
    of = next((name for name in COMMENTED if name in {rule.action for rule in rules}), "")
    kept = still_of(kept, of)
    content = make_arrangement(item, 0)
    return render_working_page(
        request,
        "partnerships/arrangement.html",
        of_council,
        access,
        SECTION,
        status=status,
        item=item,
        label=of_kind.label,
        content=content,
        outcomes=item.jointoutcomes.all() if content.framework else [],
        problem=problem,
        kept=kept,
        form=comment_form(kept, of, COMMENTED.get(of, "")),
        seen=mark_of(arrangement_read(item)),
        typed=[("Comment", comment)] if comment and not kept else [],
        plain=[rule for rule in rules if not rule.needs_comment and rule.action != "approve"],
        approves=[rule for rule in rules if rule.action in ("approve", "send back")],
        changes=[rule for rule in rules if rule.action == "change"],
        writes=may_write(access, kind) and not why_not_written(item),
        own=ARRANGEMENTS.is_author(item, by),
        checks=list(disagreements_in(content)),
        events=item.timeline.select_related("by").order_by("-at", "-pk"),
        read_url=f"{address_of(council, kind, arrangement)}?version=working",
    )
