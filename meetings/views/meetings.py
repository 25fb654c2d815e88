"""Meetings as they are published: the list, one meeting, and what was asked for."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from bcfportal.lib.exports import export_of
from meetings.asked_for import asked_for
from meetings.exports import MEETING_EXPORTS
from meetings.published import published_meetings, shown_to
from publishing.pages import council_shown, render_council_page


@require_safe
def meetings(request: HttpRequest, council: str) -> HttpResponse:
    """The meetings of which anything is published, the latest first."""
    of_council, access = council_shown(request, council)
    published = published_meetings(of_council)
    return render_council_page(
        request,
        "meetings/meetings.html",
        of_council,
        access,
        "meetings",
        meetings=published,
        committees=len({meeting.committee_slug for meeting in published}),
        asked=asked_for(published),
        exports=MEETING_EXPORTS.values(),
    )


@require_safe
def meeting(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """One meeting: its agenda, and what was decided on each item."""
    of_council, access = council_shown(request, council)
    page = shown_to(request, of_council, access, committee, meeting)
    return render_council_page(
        request,
        "meetings/meeting.html",
        of_council,
        access,
        "meetings",
        of_version=page.version,
        shown=page,
        meeting=page.content,
    )


@require_safe
def asked(request: HttpRequest, council: str) -> HttpResponse:
    """What we asked for and what came back: what is late first."""
    of_council, access = council_shown(request, council)
    return render_council_page(
        request,
        "meetings/asked.html",
        of_council,
        access,
        "meetings",
        asked=asked_for(published_meetings(of_council)),
        exports=MEETING_EXPORTS.values(),
    )


@require_safe
def download(request: HttpRequest, council: str, table: str, form: str) -> HttpResponseBase:
    """One table of all meetings as CSV or XLSX. Raises Http404 where there is none of that name."""
    of_council, _ = council_shown(request, council)
    export = export_of(MEETING_EXPORTS, table)
    stem = f"{of_council.file_name}-meetings-{export.name}"
    return export.answer(published_meetings(of_council), stem, form)
