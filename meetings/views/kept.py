"""The frame of the pages on which meetings are entered."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts.roles import Permission
from meetings.models import AgendaItem, Meeting
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from publishing.pages import render_working_page, working_council
from typed.forms import Make

CONFLICT = 409
MENU = "meetings-work"
Steps = list[tuple[str, str]]


def council_to_work_in(
    request: HttpRequest, council: str, permission: Permission = Permission.KEEP_MEETINGS
) -> tuple[Council, Access]:
    """The council, for people who may. 404 outside it, 403 inside for others."""
    of_council, access = working_council(request, council)
    access.require(permission)
    return of_council, access


def meeting_to_keep(
    request: HttpRequest, council: str, committee: str, meeting: str
) -> tuple[Council, Access, Meeting]:
    """The meeting, for people who keep meetings. Raises Http404 where there is none."""
    of_council, access = council_to_work_in(request, council)
    record = (
        Meeting.objects.select_related("committee__council")
        .filter(committee__council=of_council, committee__slug=committee, slug=meeting)
        .first()
    )
    if record is None:
        raise Http404("No such meeting.")
    return of_council, access, record


def item_of(meeting: Meeting, item: int) -> AgendaItem:
    """The item of the agenda. Raises Http404 where there is none."""
    record = meeting.items.select_related("meeting__committee__council").filter(pk=item).first()
    if record is None:
        raise Http404("No such item on the agenda.")
    return record


def where(meeting: Meeting) -> list[Any]:
    """The arguments of the addresses of a meeting."""
    return [meeting.council.slug, meeting.committee.slug, meeting.slug]


def prepare_address(meeting: Meeting) -> str:
    return reverse("reporting:prepare-meeting", args=where(meeting))


def steps_to(council: Council, meeting: Meeting | None = None) -> Steps:
    """(address, words) of the pages on the way to a form."""
    steps = [(reverse("reporting:meetings-work", args=[council.slug]), "Manage meetings")]
    return [*steps, (prepare_address(meeting), str(meeting))] if meeting else steps


def kept_in_meetings(
    request: HttpRequest,
    council: Council,
    access: Access,
    title: str,
    make: Make,
    *,
    meeting: Meeting | None = None,
    own: bool = False,
) -> KeptForm:
    """The form of that title, of a meeting or of none."""
    about = About(
        council=council,
        access=access,
        menu=MENU,
        title=title,
        subject=str(meeting) if meeting else "Meetings",
        steps=steps_to(council, meeting),
        own=own,
    )
    return KeptForm(request, about, make)


def form_page(
    kept: KeptForm,
    rows: Sequence[tuple[str, Any]] = (),
    **context: Any,
) -> HttpResponse:
    """The page of a form: its boxes, then ``rows`` with what each is called."""
    return render_working_page(
        kept.request,
        "meetings/form.html",
        kept.about.council,
        kept.about.access,
        MENU,
        status=CONFLICT if kept.problem else 200,
        kept=kept,
        form=kept.parts[0],
        rows=rows,
        problem=kept.problem,
        title=kept.about.title,
        subject=kept.about.subject,
        parent=kept.about.steps[-1],
        **context,
    )
