"""Which versions of months there are, and which of their figures were corrected afterwards."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from projects.models import Council
from reporting.models import PeriodVersion, ReportingPeriod
from reporting.versions.reading import PublicCorrection, corrections_in

# A figure by its measure's name in addresses, its period's key and its segment.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Made:
    """A version of a month that is not withdrawn. ``sheet`` is the fingerprint of its sheet."""

    period: int
    number: int
    fingerprint: str
    sheet: str
    at: datetime


def versions_made(council: Council) -> list[Made]:
    """The versions of all months that are not withdrawn, in order of time. One query."""
    return [
        Made(*values)
        for values in PeriodVersion.objects.not_withdrawn()
        .filter(period__council=council, period__kind=ReportingPeriod.Kind.VITAL_SIGNS)
        .order_by("at", "pk")
        .values_list("period_id", "number", "fingerprint", F("snapshots__fingerprint"), "at")
    ]


def corrected_figures(council: Council) -> dict[Key, list[PublicCorrection]]:
    """What was corrected in the months' reports, by figure, in order of time. Two queries."""
    found: dict[Key, list[PublicCorrection]] = {}
    for each in corrections_in(council.pk, ReportingPeriod.Kind.VITAL_SIGNS):
        said = each.corrected
        if said.measure:
            found.setdefault((said.measure, said.period, said.segment), []).append(each)
    return found
