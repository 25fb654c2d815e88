"""The version of a published risk register, and whether it is still current."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus
from projects.models import Council
from publishing.models import Withdrawal
from risks.content import editions_of
from risks.models import RegisterReport


def registers_of(council: Council) -> list[tuple[RegisterReport, VersionStatus]]:
    """The registers that can be read, the latest first, each with its version. Two queries."""
    return [pair for pair in ever_published(council) if not pair[1].withdrawn_on]


def ever_published(council: Council) -> list[tuple[RegisterReport, VersionStatus]]:
    """The same, including those that are withdrawn.

    A register is current until one of a later day supersedes it. A day has a second register only
    after the first was withdrawn. Two queries.
    """
    withdrawn = Withdrawal.objects.filter(
        version__registeredition__report=OuterRef("pk"), decision="confirmed"
    )
    reports = list(
        council.risk_reports.select_related("council")
        .annotate(withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]))
        .order_by("-as_at", "-number")
    )
    editions = editions_of(reports)
    public = [report for report in reports if report.withdrawn_at is None]
    return [
        (report, _version(report, editions[report.pk].fingerprint, _successor(report, public)))
        for report in reports
        if report.pk in editions
    ]


def _successor(report: RegisterReport, public: Iterable[RegisterReport]) -> RegisterReport | None:
    """What superseded the register: of the ``public`` ones of a later day, the first published.

    What is published after it changes neither that nor the day on which it was.
    """
    later = (other for other in public if other.as_at > report.as_at)
    return min(later, key=lambda other: other.published_at, default=None)


def _version(report, fingerprint, successor):
    if report.withdrawn_at:
        said = _version_of(report, fingerprint, None)
        return replace(said, withdrawn_on=localdate(report.withdrawn_at))
    return _version_of(report, fingerprint, successor)


def _version_of(report, fingerprint, later):
    return VersionStatus(
        number=report.number,
        fingerprint=fingerprint,
        published_on=localdate(report.published_at),
        superseded_on=localdate(later.published_at) if later else None,
        superseded_by_what=f"the register as at {day_words(later.as_at)}" if later else "",
    )
