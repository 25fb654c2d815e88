"""Publishing an agenda or minutes, which asks first, and correcting what was published."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.sentences import counted
from meetings.collect import corrected, make_meeting
from meetings.content import MeetingContent
from meetings.entry.forms import CorrectionForm
from meetings.models import Meeting, Stage
from meetings.transitions import MEETINGS
from meetings.views.kept import (
    CONFLICT,
    MENU,
    form_page,
    kept_in_meetings,
    meeting_to_keep,
    prepare_address,
    where,
)
from projects.access import Access
from publishing.pages import PublishPage, render_working_page
from publishing.workflow import NotNow, Unanswered
from typed.seen import Seen, Stale, mark_of

either = require_http_methods(["GET", "HEAD", "POST"])
BY_ANOTHER = (
    "You wrote part of this meeting, so another person who keeps meetings publishes it. An "
    "administrator can set that who wrote something may publish it."
)


def _why_not(action: str, meeting: Meeting, *, by: User, access: Access) -> str:
    """Why this person cannot take the action now, in a sentence; nothing where they can."""
    if reason := MEETINGS.why_not(action, meeting, clock.today()):
        return reason
    if not MEETINGS.may(action, meeting, by=by, access=access):
        return BY_ANOTHER
    return MEETINGS.why_not_ready(MEETINGS.table[action], meeting)


@never_cache
@either
def publish(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """Asks before the agenda or the minutes are published, whichever comes next, and publishes."""
    _, access, of = meeting_to_keep(request, council, committee, meeting)
    by, stage = cast(User, request.user), MEETINGS.stage_of(of)
    what = "agenda" if stage == Stage.AGENDA else "minutes"
    action, problem = f"publish {what}", ""
    if request.method == "POST":
        try:
            seen = Seen(request.POST.get("seen", ""), MEETINGS.read)
            answer = request.POST.get("right", "")
            MEETINGS.transition(action, of.pk, by=by, access=access, seen=seen, answer=answer)
        except (NotNow, Stale, Unanswered) as reason:
            problem = str(reason)
        except PermissionDenied:
            problem = BY_ANOTHER
        else:
            verb = "is" if what == "agenda" else "are"
            messages.success(request, f"The {what} {verb} published. Everyone can read it.")
            return redirect(prepare_address(of))
    why_not = _why_not(action, of, by=by, access=access)
    content = make_meeting(of, stage, 1)
    page = PublishPage(
        what=f"the {what} of {of}",
        heading=f"Publish the {what}?",
        lead=f"{of}.",
        button=f"Publish the {what}",
        back=prepare_address(of),
        seen=mark_of(MEETINGS.read(of)),
        becomes_public=list(_holds(content)),
        missing=list(_lacks(content)),
        previews=[
            (
                f"The {what}",
                f"{reverse('reporting:meeting', args=where(of))}?version=working",
            )
        ],
        asked=MEETINGS.asks(action, of),
    )
    return render_working_page(
        request,
        "meetings/publish.html",
        of.council,
        access,
        MENU,
        status=CONFLICT if problem else 200,
        page=page,
        problem=problem,
        why_not=why_not,
        parent=str(of),
        parent_url=prepare_address(of),
    )


def _holds(meeting: MeetingContent) -> Iterator[str]:
    yield f"{counted(len(meeting.items), 'item')} of the agenda"
    parts = (
        *(("recommendations", "recommendation"), ("appointments", "appointment")),
        *(("decisions", "decision"), ("actions", "thing asked for", "things asked for")),
        *(("questions", "question"), ("updates", "update from members", "updates from members")),
    )
    for name, *nouns in parts:
        if number := sum(len(getattr(item, name)) for item in meeting.items):
            yield counted(number, *nouns)
    if meeting.reports_back:
        said = counted(
            len(meeting.reports_back), "thing that was asked for", "things that were asked for"
        )
        yield f"What was reported back of {said}"
    if meeting.present_words:
        yield f"Present: {meeting.present_words}"


def _lacks(meeting: MeetingContent) -> Iterator[str]:
    if not meeting.has_minutes:
        if meeting.starts_at is None:
            yield "It is not said when the meeting begins."
        if meeting.questions_by is None:
            yield "It is not said until when questions are taken."
        if not meeting.members_words:
            yield "It is not said who the members of the committee are."
    else:
        if not meeting.chair_post:
            yield "It is not said who was in the chair."
        if meeting.ended_at is None:
            yield "It is not said when the meeting ended."
    for item in meeting.items:
        named = f"Item {item.number}, {item.title}"
        if not meeting.has_minutes:
            if item.kind == "report" and not item.recommendations:
                yield f"{named}: nothing is recommended."
            if item.kind == "report" and not item.responsible_post:
                yield f"{named}: it is not said whose report it is."
        elif not item.decisions and not item.minutes and not item.questions and not item.updates:
            yield f"{named}: nothing is minuted."
        for line in item.actions:
            if not line.owner_post or not line.due_as_said:
                yield f"{named}, “{line.what}”: who does it or by when is not said."


@never_cache
@either
def correct(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """Publishes what stands again as the records are now, with why."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    by, state = cast(User, request.user), MEETINGS.state(of)
    if state == Stage.PLANNED:
        messages.error(
            request, "Nothing of this meeting is public, so there is nothing to correct."
        )
        return redirect(prepare_address(of))
    action = f"correct {state}"
    title = f"Correct the {state}"
    kept = kept_in_meetings(
        *(request, of_council, access, title),
        lambda data: [CorrectionForm(data)],
        meeting=of,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        why = form.cleaned_data["why"]
        seen = Seen(request.POST.get("seen", ""), MEETINGS.read)
        try:
            with kept.refusing(), kept.sending():
                MEETINGS.transition(action, of.pk, by=by, access=access, comment=why, seen=seen)
        except PermissionDenied:
            kept.problem = BY_ANOTHER
        if not kept.problem:
            verb = "is" if state == Stage.AGENDA else "are"
            messages.success(request, f"The {state} {verb} corrected: a new version says why.")
            return redirect(prepare_address(of))
    return form_page(
        kept,
        corrects=corrected(of),
        seen=mark_of(MEETINGS.read(of)),
        why_not=_why_not(action, of, by=by, access=access),
        about=(
            f"What is published stays readable and says that it is superseded. The next version of "
            f"the {state} says what the records say now, and why."
        ),
        button=title,
    )
