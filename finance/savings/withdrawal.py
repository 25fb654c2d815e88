"""How what this subject publishes is withdrawn: see ``publishing.publications``."""

from django.urls import reverse

from accounts.roles import Permission
from finance.models import SavingsEdition, SavingsPaper
from publishing.publications import InPlace, Kind


class OfSavings(Kind):
    """An edition of a savings paper. Who keeps the savings publishes alone, and withdraws so."""

    kind = "savings paper"
    who = frozenset({Permission.KEEP_SAVINGS})
    drafts = frozenset({Permission.SEE_SAVINGS})
    second_person = False

    def row(self, version_pk: int) -> SavingsEdition:
        rows = SavingsEdition.objects.select_related("paper__council").defer("content")
        return rows.get(pk=version_pk)

    def council(self, row):
        return row.paper.council

    def name(self, row):
        return f"the savings paper “{row.paper}”"

    def published_at(self, row):
        return row.at if row.by_id else None

    def fingerprint(self, row):
        return row.fingerprint

    def address(self, row):
        page = reverse("reporting:savings", args=[row.paper.council.slug])
        return f"{page}?paper={row.paper.slug}&edition={row.number}"

    def same(self, row):
        return self._published(row).filter(paper=row.paper_id).order_by("-number")

    def _published(self, row):
        rows = SavingsEdition.objects.not_withdrawn().filter(paper__council=row.paper.council_id)
        return rows.select_related("paper__council").defer("content")

    def lock(self, row):
        SavingsPaper.objects.select_for_update().get(pk=row.paper_id)

    def opens_on(self, row):
        others = self._published(row).exclude(paper=row.paper_id)
        latest = others.order_by("-paper__dated", "-paper__slug", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None
