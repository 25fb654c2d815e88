"""How what is published of an arrangement is withdrawn: see ``publishing.publications``."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from partnerships.models import Arrangement, ArrangementVersion
from partnerships.transitions import CHECKERS
from projects.models import Council
from publishing.publications import InPlace, Kind

PAGES = {"programme": "integration-programme", "pool": "pool", "outcomes": "joint-outcomes"}


def address_of(council: str, kind: str, slug: str) -> str:
    """Where an arrangement is read."""
    return reverse(f"reporting:{PAGES[kind]}", args=[council, slug])


class OfArrangement(Kind):
    """A version of a programme, a pool or a joint framework. A second person decides on it."""

    kind = "arrangement"
    who = CHECKERS
    drafts = CHECKERS

    def row(self, version_pk: int) -> ArrangementVersion:
        return self._rows().get(pk=version_pk)

    def council(self, row: ArrangementVersion) -> Council:
        return row.arrangement.council

    def name(self, row: ArrangementVersion) -> str:
        return f"“{row.arrangement}”"

    def published_at(self, row: ArrangementVersion) -> Any:
        publication = getattr(row, "publication", None)
        return publication.at if publication and publication.by_id else None

    def fingerprint(self, row: ArrangementVersion) -> str:
        return row.fingerprint

    def address(self, row: ArrangementVersion) -> str:
        arrangement = row.arrangement
        return address_of(arrangement.council.slug, arrangement.kind, arrangement.slug)

    def version_address(self, row: ArrangementVersion) -> str:
        return f"{self.address(row)}?version={row.number}"

    def ever_had(self, row: ArrangementVersion, number: str) -> bool:
        numbers = ArrangementVersion.objects.filter(arrangement=row.arrangement_id)
        return number.isdecimal() and numbers.filter(number=int(number)).exists()

    def same(self, row: ArrangementVersion) -> QuerySet[ArrangementVersion]:
        return self._published(row).filter(arrangement=row.arrangement_id).order_by("-number")

    def _published(self, row: ArrangementVersion) -> QuerySet[ArrangementVersion]:
        rows = self._rows().not_withdrawn()
        return rows.filter(council=row.council_id, publication__isnull=False)

    def _rows(self) -> Any:
        rows = ArrangementVersion.objects.select_related("arrangement__council", "publication")
        return rows.defer("content")

    def lock(self, row: ArrangementVersion) -> None:
        Arrangement.objects.select_for_update().get(pk=row.arrangement_id)

    def opens_on(self, row: ArrangementVersion) -> InPlace | None:
        others = self._published(row).exclude(arrangement=row.arrangement_id)
        latest = others.order_by("arrangement__kind", "arrangement__title", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None
