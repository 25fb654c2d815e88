"""Which version a published risk register is, and where it stands."""

from django.utils.timezone import localdate

from bcfportal.lib.versions import Version, day_words
from projects.models import Council
from risks.content import editions_of
from risks.models import RegisterReport


def registers_of(council: Council) -> list[tuple[RegisterReport, Version]]:
    """The council's published registers, the latest first, each with where it stands.

    A register is published once as at a day; the one of a later day supersedes it. Two queries.
    """
    reports = list(
        council.risk_reports.select_related("council").order_by("-as_at", "-published_at")
    )
    editions = editions_of(reports)
    return [
        (report, _version(report, editions[report.pk].fingerprint, reports[0]))
        for report in reports
        if report.pk in editions
    ]


def _version(report, fingerprint, latest):
    later = None if report == latest else latest
    return Version(
        number=1,
        fingerprint=fingerprint,
        published_on=localdate(report.published_at),
        superseded_on=localdate(later.published_at) if later else None,
        superseded_by_what=f"the register as at {day_words(later.as_at)}" if later else "",
    )
