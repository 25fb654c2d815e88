"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib import clock
from bcfportal.lib.sentences import counted, day_words
from bcfportal.lib.text.searching import says_all
from meetings.asked_for import asked_for
from meetings.content import MeetingContent
from meetings.models import AgendaItem, MeetingVersion, PaperVersion
from meetings.papers import published as papers
from meetings.papers.withdrawal import OfPaper
from meetings.promises import promises_of
from meetings.published import contents_of, versions_of, versions_that_stand
from meetings.waiting import waiting_for_nobody
from meetings.withdrawal import OfMeeting
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Line, Page, SearchResult, Subject, WorkPage


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
                    under="meetings",
                ),
                WorkPage(
                    *("paper-work", "Papers to write", "reporting:paper-work", 66),
                    (Permission.WRITE_PAPERS, Permission.APPROVE_PAPERS),
                    under="meetings",
                ),
            ),
            read=lambda council, access: contents_of(versions_that_stand(versions_of(council))),
            lines=_lines,
            permissions={
                Permission.KEEP_MEETINGS: [Role.PERFORMANCE_OFFICER],
                Permission.WRITE_PAPERS: [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER],
                Permission.APPROVE_PAPERS: [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER],
            },
            kinds={MeetingVersion: OfMeeting(), PaperVersion: OfPaper()},
            stuck=waiting_for_nobody,
            search=_search,
            promises=promises_of,
        )
    )


def _lines(council: Council, meetings: Sequence[MeetingContent]) -> Iterator[Line]:
    """The next meeting, and what was asked for and is late."""
    if not meetings:
        return
    today = clock.today()
    if coming := [meeting for meeting in meetings if meeting.day >= today]:
        meeting = coming[-1]
        reports = sum(item.kind == AgendaItem.Kind.REPORT for item in meeting.items)
        yield Line(
            "Next meeting",
            f"{meeting.committee}, {counted(reports, 'report')};",
            figure=day_words(meeting.day),
            link="see the agenda",
            address=_address(meeting),
        )
    asked = asked_for(meetings)
    if asked.everything:
        late = asked.count("late")
        yield Line(
            "Asked for and late",
            f"of {counted(len(asked.everything), 'thing')} that committees asked for;",
            figure=f"{late:,}",
            link="see what came back",
            address=reverse("reporting:asked-for", args=[council.slug]),
        )


def _address(meeting: MeetingContent) -> str:
    where = [meeting.council, meeting.committee_slug, meeting.slug]
    return reverse("reporting:meeting", args=where)


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """The meetings that stand, by all that was said, decided and asked there."""
    for meeting in contents_of(versions_that_stand(versions_of(council))):
        if says_all(text, meeting.text):
            yield SearchResult(
                f"{meeting.committee}, {day_words(meeting.day)}",
                _address(meeting),
                "The minutes of a meeting" if meeting.has_minutes else "The agenda of a meeting",
            )
    for paper in papers.contents_of(papers.papers_that_stand(papers.versions_of(council))):
        if says_all(text, paper.text):
            where = [council.slug, paper.committee_slug, paper.meeting, paper.item]
            yield SearchResult(
                paper.title,
                reverse("reporting:committee-paper", args=where),
                f"A paper to the {paper.committee}, {day_words(paper.day)}",
            )
