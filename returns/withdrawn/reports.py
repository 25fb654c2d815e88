"""Returns and months that still hold what was withdrawn: for people at work to know."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from publishing.models import Report, Snapshot, VersionSnapshot, Withdrawal


def withdrawn_reports(reports: Iterable[Report]) -> dict[int, Withdrawal]:
    """By the key of each of the reports whose last approved content is withdrawn: the withdrawal.

    What was approved otherwise since, or is public again, is not among them. Two queries at most.
    """
    newer = Snapshot.objects.filter(
        report=OuterRef("snapshot__report"), number__gt=OuterRef("snapshot__number")
    )
    gone = VersionSnapshot.objects.gone().filter(
        ~Exists(newer), snapshot__report__in={report.pk for report in reports}
    )
    pairs = list(gone.order_by("version__number").values_list("snapshot__report", "version"))
    if not pairs:
        return {}
    confirmed = Withdrawal.objects.filter(
        version__in={version for _, version in pairs}, decision=Withdrawal.Decision.CONFIRMED
    )
    by_version = {row.version_id: row for row in confirmed.select_related("decided_by")}
    return {report: by_version[version] for report, version in pairs}
