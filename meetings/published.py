"""Which versions of meetings can be read, and what a page shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import Withdrawn
from meetings.collect import make_meeting
from meetings.content import MeetingContent
from meetings.models import Meeting, MeetingVersion, Stage
from meetings.transitions import MEETINGS
from projects.access import Access
from projects.models import Council
from publishing import version_cache
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import Withdrawal
from publishing.pages import version_asked

WORKING = "working"


@dataclass(frozen=True)
class MeetingChoice:
    """One version of a meeting, without what it says."""

    pk: int
    committee: str
    meeting: str
    day: date
    stage: str
    number: int
    fingerprint: str
    at: datetime
    version: VersionStatus

    @property
    def key(self) -> tuple[str, str]:
        return self.committee, self.meeting

    @property
    def title(self) -> str:
        return "Minutes" if self.stage == Stage.MINUTES else "Agenda"


@dataclass(frozen=True)
class ShownMeeting:
    """A meeting as a page shows it, with its versions."""

    content: MeetingContent
    # None of a working copy.
    version: VersionStatus | None
    choices: list[MeetingChoice]
    may_see_working: bool

    @property
    def working(self) -> bool:
        return self.version is None


def versions_of(council: Council) -> list[MeetingChoice]:
    """All versions of the council's meetings, withdrawn or not: one query.

    The latest meeting first, and of each its latest version.
    """
    withdrawn = Withdrawal.objects.filter(version=OuterRef("pk"), decision="confirmed")
    rows = (
        MeetingVersion.objects.filter(council=council)
        .annotate(withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]))
        .order_by("-meeting__day", "meeting__committee__slug", "-meeting__slug", "-number")
        .values_list(
            *("pk", "meeting__committee__slug", "meeting__slug", "meeting__day", "stage"),
            *("number", "fingerprint", "at", "by", "withdrawn_at"),
        )
    )
    choices: list[MeetingChoice] = []
    after: MeetingChoice | None = None
    for pk, committee, meeting, day, stage, number, fingerprint, at, by, gone in rows:
        if after and after.key != (committee, meeting):
            after = None
        version = VersionStatus(
            number=number,
            fingerprint=fingerprint,
            published_on=localdate(at) if by else None,
            undated=by is None,
            superseded_on=after.version.published_on if after and not gone else None,
            superseded_by=after.number if after and not gone else None,
            withdrawn_on=localdate(gone) if gone else None,
        )
        choice = MeetingChoice(pk, committee, meeting, day, stage, number, fingerprint, at, version)
        choices.append(choice)
        after = after if gone else choice
    return choices


def versions_that_stand(choices: Sequence[MeetingChoice]) -> list[MeetingChoice]:
    """Of each meeting the version that stands, if any does."""
    latest: dict[tuple[str, str], MeetingChoice] = {}
    for choice in choices:
        if not choice.version.withdrawn_on:
            latest.setdefault(choice.key, choice)
    return list(latest.values())


def contents_of(choices: Sequence[MeetingChoice]) -> list[MeetingContent]:
    """What the versions say: one query, or none for what this process has read."""
    read = version_cache.contents(
        [choice.fingerprint for choice in choices], MeetingContent, _texts
    )
    return [read[choice.fingerprint] for choice in choices]


def published_meetings(council: Council) -> list[MeetingContent]:
    """What stands of each meeting of the council, the latest first. Two queries at most.

    Raises Http404 where nothing does, Withdrawn where something did.
    """
    every = versions_of(council)
    chosen = versions_that_stand(every)
    if not chosen:
        _raise_withdrawn(every)
        raise Http404("No meeting is published.")
    return contents_of(chosen)


def shown_to(
    request: HttpRequest, council: Council, access: Access, committee: str, slug: str
) -> ShownMeeting:
    """The meeting that the address asks for, as this person may see it.

    See ``publishing.may_read``. Raises Http404 otherwise, Withdrawn where it was public and no
    longer is.
    """
    every = [choice for choice in versions_of(council) if choice.key == (committee, slug)]
    may_see_working = reads_drafts(MeetingVersion, access)
    choices = [choice for choice in every if not choice.version.withdrawn_on]
    number = version_asked(request)
    if number == WORKING or (may_see_working and not every and not number):
        if not may_see_working:
            raise Http404("Not published, or not to this person.")
        return ShownMeeting(_working(council, committee, slug), None, choices, may_see_working)
    wanted = [choice for choice in every if not number or str(choice.number) == number]
    if not wanted:
        raise Http404("No such meeting, or no such version of it.")
    choice = next((other for other in wanted if not other.version.withdrawn_on), wanted[0])
    version = as_read_by(
        access, choice.version, MeetingVersion, lambda: _row(choice), named=bool(number)
    )
    content = contents_of([choice])[0]
    version = replace(version, why=content.why, corrections=content.corrections)
    return ShownMeeting(content, version, choices, may_see_working)


def _working(council: Council, committee: str, slug: str) -> MeetingContent:
    """What would be published next of a meeting; what its minutes would say once it is over."""
    rows = Meeting.objects.select_related("committee__council")
    meeting = rows.filter(committee__council=council, committee__slug=committee, slug=slug).first()
    if meeting is None:
        raise Http404("No such meeting.")
    stage = Stage.AGENDA if MEETINGS.state(meeting) == Stage.PLANNED else Stage.MINUTES
    return make_meeting(meeting, stage, meeting.versions.count() + 1)


def _row(choice: MeetingChoice) -> MeetingVersion:
    rows = MeetingVersion.objects.select_related("meeting__committee__council")
    return rows.defer("content").get(pk=choice.pk)


def _raise_withdrawn(choices: Sequence[MeetingChoice]) -> None:
    if choices:
        raise Withdrawn(_row(choices[0]))


def _texts(marks: set[str]) -> dict[str, str]:
    rows = MeetingVersion.objects.filter(fingerprint__in=marks)
    return dict(rows.values_list("fingerprint", Cast("content", TextField())))
