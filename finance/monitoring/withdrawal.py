"""How what this subject publishes is withdrawn: see ``publishing.publications``."""

from django.urls import reverse

from bcfportal.lib import present
from finance.models import MonitoringReport
from finance.monitoring.transitions import CHECKERS, note
from publishing.models import Withdrawal
from publishing.publications import InPlace, Kind, line_of


class OfMoney(Kind):
    """A version of a finance report. The report of another period never stands in its place."""

    kind = "finance report"
    who = CHECKERS

    def row(self, version_pk: int) -> MonitoringReport:
        return MonitoringReport.objects.select_related("council").get(snapshots=version_pk)

    def version_pk(self, row: MonitoringReport) -> int:
        return present(row.snapshots.order_by("-number").values_list("pk", flat=True).first())

    def council(self, row):
        return row.council

    def name(self, row):
        return f"the finance report, {row.label}"

    def number(self, row):
        return row.version

    def published_at(self, row):
        events = row.events.filter(action="publish").order_by("-pk")
        return events.values_list("at", flat=True).first()

    def fingerprint(self, row):
        return row.snapshots.order_by("-number").values_list("fingerprint", flat=True).first()

    def address(self, row):
        page = reverse("reporting:finance", args=[row.council.slug])
        return f"{page}?report={row.period}&version={row.version}"

    def same(self, row):
        rows = self._published(row).filter(period=row.period)
        return rows.order_by("-version")

    def _published(self, row):
        rows = MonitoringReport.objects.published().filter(council=row.council_id)
        return rows.select_related("council")

    def lock(self, row):
        rows = MonitoringReport.objects.filter(council=row.council_id, period=row.period)
        list(rows.select_for_update().order_by("pk"))

    def goes_on(self, row: MonitoringReport) -> list[str]:
        rows = self._published(row).filter(compared_with=row.pk)
        newest = {later.period: later for later in rows.order_by("as_at", "version")}
        approved = MonitoringReport.objects.not_withdrawn().filter(
            council=row.council_id,
            compared_with=row.pk,
            status=MonitoringReport.Status.APPROVED,
        )
        return [
            f"{later} is public and compared with it. It stays so, and marks each figure that is "
            "another then."
            for later in newest.values()
        ] + [
            f"{later} is approved and compared with it. Whoever publishes it is asked about that."
            for later in approved.order_by("as_at", "version")
        ]

    def opens_on(self, row):
        others = self._published(row).exclude(period=row.period)
        latest = others.order_by("-as_at", "-period", "-version").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None

    def noted(self, row: MonitoringReport, withdrawal: Withdrawal) -> None:
        line, published = line_of(withdrawal), MonitoringReport.Status.PUBLISHED
        note(row, line.action, line.title, by=line.by, comment=line.comment, before=published)
