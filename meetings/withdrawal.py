"""How what is published of a meeting is withdrawn: see ``publishing.publications``."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Permission
from bcfportal.lib.sentences import day_words
from meetings.models import Meeting, MeetingVersion
from projects.models import Council
from publishing.publications import InPlace, Kind


class OfMeeting(Kind):
    """The agenda or the minutes of a meeting. One person publishes them, and can withdraw them."""

    kind = "meeting"
    who = frozenset({Permission.KEEP_MEETINGS})
    drafts = frozenset({Permission.KEEP_MEETINGS})
    second_person = False

    def row(self, version_pk: int) -> MeetingVersion:
        rows = MeetingVersion.objects.select_related("meeting__committee__council")
        return rows.defer("content").get(pk=version_pk)

    def council(self, row: MeetingVersion) -> Council:
        return row.meeting.council

    def name(self, row: MeetingVersion) -> str:
        meeting = row.meeting
        return f"the {row.stage} of the {meeting.committee}, {day_words(meeting.day)}"

    def published_at(self, row: MeetingVersion) -> Any:
        return row.at if row.by_id else None

    def fingerprint(self, row: MeetingVersion) -> str:
        return row.fingerprint

    def address(self, row: MeetingVersion) -> str:
        meeting = row.meeting
        where = [meeting.council.slug, meeting.committee.slug, meeting.slug]
        return reverse("reporting:meeting", args=where)

    def version_address(self, row: MeetingVersion) -> str:
        return f"{self.address(row)}?version={row.number}"

    def ever_had(self, row: MeetingVersion, number: str) -> bool:
        numbers = MeetingVersion.objects.filter(meeting=row.meeting_id)
        return number.isdecimal() and numbers.filter(number=int(number)).exists()

    def same(self, row: MeetingVersion) -> QuerySet[MeetingVersion]:
        return self._published(row).filter(meeting=row.meeting_id).order_by("-number")

    def _published(self, row: MeetingVersion) -> QuerySet[MeetingVersion]:
        rows = MeetingVersion.objects.not_withdrawn().filter(council=row.council_id)
        return rows.select_related("meeting__committee__council").defer("content")

    def lock(self, row: MeetingVersion) -> None:
        Meeting.objects.select_for_update().get(pk=row.meeting_id)

    def opens_on(self, row: MeetingVersion) -> InPlace | None:
        others = self._published(row).exclude(meeting=row.meeting_id)
        latest = others.order_by("-meeting__day", "-meeting__slug", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None
