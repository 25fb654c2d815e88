"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.searching import says_all
from meetings.models import MeetingVersion
from meetings.published import contents_of, versions_of, versions_that_stand
from meetings.withdrawal import OfMeeting
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Page, SearchResult, Subject, WorkPage


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(
        Subject(
            "meetings",
            place=55,
            has="has_meetings",
            published=lambda council: MeetingVersion.objects.not_withdrawn().filter(
                council=council
            ),
            pages=(
                Page("meetings", "Meetings", "reporting:meetings", 65, needs=("has_meetings",)),
            ),
            work_pages=(
                WorkPage(
                    *("meetings-work", "Manage meetings", "reporting:meetings-work", 65),
                    (Permission.KEEP_MEETINGS, Permission.ADMINISTER),
                ),
            ),
            permissions={Permission.KEEP_MEETINGS: [Role.PERFORMANCE_OFFICER]},
            kinds={MeetingVersion: OfMeeting()},
            search=_search,
        )
    )


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """The meetings that stand, by all that was said, decided and asked there."""
    for meeting in contents_of(versions_that_stand(versions_of(council))):
        if says_all(text, meeting.text):
            where = [council.slug, meeting.committee_slug, meeting.slug]
            yield SearchResult(
                f"{meeting.committee}, {day_words(meeting.day)}",
                reverse("reporting:meeting", args=where),
                "The minutes of a meeting" if meeting.has_minutes else "The agenda of a meeting",
            )
