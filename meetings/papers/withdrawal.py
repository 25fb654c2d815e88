"""How a published paper is withdrawn: see ``publishing.publications``."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Permission
from bcfportal.lib.sentences import day_words
from meetings.models import Paper, PaperVersion
from meetings.papers.collect import address_of
from projects.models import Council
from publishing.publications import InPlace, Kind

_RECORD = "paper__item__meeting__committee__council"


class OfPaper(Kind):
    """A paper of a committee. One person publishes it, and can withdraw it."""

    kind = "paper of a committee"
    who = frozenset({Permission.KEEP_MEETINGS})
    drafts = frozenset({Permission.WRITE_PAPERS, Permission.APPROVE_PAPERS})
    second_person = False

    def row(self, version_pk: int) -> PaperVersion:
        rows = PaperVersion.objects.select_related(_RECORD, "publication").defer("content")
        return rows.get(pk=version_pk)

    def council(self, row: PaperVersion) -> Council:
        return row.paper.council

    def name(self, row: PaperVersion) -> str:
        meeting = row.paper.item.meeting
        return f"the paper “{row.paper}” to the {meeting.committee}, {day_words(meeting.day)}"

    def published_at(self, row: PaperVersion) -> Any:
        publication = getattr(row, "publication", None)
        return publication.at if publication and publication.by_id else None

    def fingerprint(self, row: PaperVersion) -> str:
        return row.fingerprint

    def address(self, row: PaperVersion) -> str:
        return address_of(row.paper)

    def version_address(self, row: PaperVersion) -> str:
        return f"{self.address(row)}?version={row.number}"

    def ever_had(self, row: PaperVersion, number: str) -> bool:
        numbers = PaperVersion.objects.filter(paper=row.paper_id, publication__isnull=False)
        return number.isdecimal() and numbers.filter(number=int(number)).exists()

    def same(self, row: PaperVersion) -> QuerySet[PaperVersion]:
        public = PaperVersion.objects.not_withdrawn().filter(publication__isnull=False)
        rows = public.filter(paper=row.paper_id).select_related(_RECORD, "publication")
        return rows.defer("content").order_by("-number")

    def lock(self, row: PaperVersion) -> None:
        Paper.objects.select_for_update().get(pk=row.paper_id)

    def opens_on(self, row: PaperVersion) -> InPlace | None:
        meeting = row.paper.item.meeting
        where = [meeting.council.slug, meeting.committee.slug, meeting.slug]
        return InPlace(str(meeting), reverse("reporting:meeting", args=where))
