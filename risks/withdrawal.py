"""How a published register is withdrawn: see ``publishing.publications``."""

from django.urls import reverse

from accounts.roles import Permission
from bcfportal.lib.sentences import day_words
from projects.models import Council
from publishing.publications import InPlace, Kind
from risks.models import RegisterReport


class OfRegister(Kind):
    """The register as at a day. One person publishes it alone, and can withdraw it alone."""

    kind = "risk register"
    who = frozenset({Permission.KEEP_RISKS})
    drafts = frozenset({Permission.KEEP_RISKS, Permission.KEEP_OWN_RISKS})
    second_person = False

    def row(self, version_pk: int) -> RegisterReport:
        return RegisterReport.objects.select_related("council").get(edition=version_pk)

    def version_pk(self, row: RegisterReport) -> int:
        return row.edition.pk

    def council(self, row):
        return row.council

    def name(self, row):
        return f"the risk register as at {day_words(row.as_at)}"

    def published_at(self, row):
        return row.published_at

    def fingerprint(self, row):
        return row.edition.fingerprint

    def address(self, row):
        return f"{reverse('reporting:risks', args=[row.council.slug])}?as_at={row.as_at}"

    def version_address(self, row: RegisterReport) -> str:
        return f"{self.address(row)}&version={row.number}"

    def same(self, row):
        return self._published(row).filter(as_at=row.as_at).order_by("-number")

    def _published(self, row):
        rows = RegisterReport.objects.not_withdrawn().filter(council=row.council_id)
        return rows.select_related("council")

    def lock(self, row):
        Council.objects.select_for_update(no_key=True).get(pk=row.council_id)

    def opens_on(self, row):
        others = self._published(row).exclude(as_at=row.as_at)
        latest = others.order_by("-as_at", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None
