"""Where committees and meetings are managed: all of them, and one with what can be done to it."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from meetings.entry.agenda import move_item, put_back, remove_item, removed_items
from meetings.manage import committees_in, meetings_in, parts_of_items, to_do
from meetings.models import Stage
from meetings.published import versions_of
from meetings.transitions import MEETINGS
from meetings.views.kept import MENU, meeting_to_keep, prepare_address
from publishing.pages import render_working_page, working_council
from publishing.workflow import NotNow


@require_safe
def manage(request: HttpRequest, council: str) -> HttpResponse:
    """The committees and their meetings, what is to come, and what is late."""
    of_council, access = working_council(request, council)
    keeps, administers = access.may(Permission.KEEP_MEETINGS), access.may(Permission.ADMINISTER)
    if not (keeps or administers):
        raise PermissionDenied
    return render_working_page(
        request,
        "meetings/manage.html",
        of_council,
        access,
        MENU,
        committees=committees_in(of_council),
        meetings=meetings_in(of_council),
        to_do=to_do(of_council),
        keeps=keeps,
        administers=administers,
    )


@never_cache
@require_safe
def prepare(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """One meeting as it is now: its agenda with what is minuted, and what can be done to it."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    by = cast(User, request.user)
    key = (of.committee.slug, of.slug)
    return render_working_page(
        request,
        "meetings/prepare.html",
        of_council,
        access,
        MENU,
        meeting=of,
        state=Stage(MEETINGS.state(of)),
        items=parts_of_items(of),
        removed=removed_items(of),
        actions=MEETINGS.actions_for(of, by=by, access=access),
        wrote_it=MEETINGS.is_author(of, by) and not of_council.approves_own_since,
        versions=[choice for choice in versions_of(of_council) if choice.key == key],
        events=of.timeline.select_related("by").order_by("-at", "-pk"),
    )


@require_POST
def order(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """Moves an item of the agenda, removes it, or puts it back."""
    _, _, of = meeting_to_keep(request, council, committee, meeting)
    by, at = cast(User, request.user), ""
    action, sent = request.POST.get("action", ""), request.POST.get("item", "")
    item = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    try:
        if action in ("up", "down"):
            move_item(of, item, up=action == "up", by=by)
            at = f"#item-{item}"
        elif action == "remove":
            removed = remove_item(of, item, by=by)
            messages.success(request, f"Removed: {removed.title}. It can be put back below.")
        elif action == "back":
            back = put_back(of, item, by=by)
            messages.success(request, f"Put back: {back}.")
            at = f"#item-{back.pk}"
        else:
            raise NotNow("Choose what to do with the item.")
    except NotNow as reason:
        messages.error(request, str(reason))
    return redirect(f"{prepare_address(of)}{at}")
