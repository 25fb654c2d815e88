"""Where a version of any other subject stands: a project's report, money, savings."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.roles import Permission
from finance.models import MonitoringReport, MonitoringSnapshot, SavingsEdition
from projects.access import access_of
from projects.models import Council
from reporting.models import Snapshot


@dataclass(frozen=True)
class OtherVersion:
    """A frozen content that is no version of a period: what it is, and whether it is the latest."""

    council: Council
    title: str
    fingerprint: str
    address: str
    stands: bool
    published_on: date | None = None


def other_version(user, short: str) -> OtherVersion | None:
    """What has the fingerprint that begins so, where the person may see it; else None."""
    for find in (_report_of_money, _paper_of_savings, _report_of_project):
        found = find(short)
        if found is not None:
            may = access_of(user, found.council).may(Permission.PREVIEW)
            return found if found.council.publishes or may else None
    return None


def _report_of_money(short):
    row = (
        MonitoringSnapshot.objects.filter(
            fingerprint__startswith=short, report__status=MonitoringReport.Status.PUBLISHED
        )
        .select_related("report__council")
        .first()
    )
    if row is None:
        return None
    report = row.report
    newer = MonitoringReport.objects.published().filter(
        council=report.council, period=report.period, version__gt=report.version
    )
    address = reverse("reporting:finance", args=[report.council.slug])
    return OtherVersion(
        report.council,
        f"Finance monitoring, {report}",
        row.fingerprint,
        f"{address}?report={report.period}&version={report.version}",
        not newer.exists(),
    )


def _paper_of_savings(short):
    row = (
        SavingsEdition.objects.filter(fingerprint__startswith=short)
        .select_related("paper__council")
        .first()
    )
    if row is None:
        return None
    newer = SavingsEdition.objects.filter(
        paper__council=row.paper.council, published_at__gt=row.published_at
    )
    return OtherVersion(
        row.paper.council,
        str(row.paper),
        row.fingerprint,
        reverse("reporting:savings", args=[row.paper.council.slug]),
        not newer.exists(),
        row.published_at.date(),
    )


def _report_of_project(short):
    row = (
        Snapshot.objects.filter(fingerprint__startswith=short, versions__isnull=False)
        .select_related("report__period__council", "report__project", "publication")
        .defer("content", "words", "search")
        .first()
    )
    if row is None:
        return None
    report = row.report
    shown = Snapshot.objects.published([report.period]).filter(pk=row.pk).exists()
    slug = report.period.council.slug
    address = (
        reverse("reporting:project", args=[slug, report.slug])
        if report.project_id
        else reverse("reporting:vital-signs", args=[slug])
    )
    key = "period" if report.project_id else "month"
    return OtherVersion(
        report.period.council,
        str(report),
        row.fingerprint,
        f"{address}?{key}={report.period.key}",
        shown,
        row.publication.at.date() if hasattr(row, "publication") else None,
    )
