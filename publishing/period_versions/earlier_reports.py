"""Reports of earlier periods that stood when a version was made, and which of them are gone since.

A version repeats what earlier reports say: how a forecast moved, what was corrected in them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from publishing.models import (
    PeriodVersion,
    ReportingPeriod,
    VersionSnapshot,
    Withdrawal,
)

# A report: its project's slug (or that of the council's measures) and the key of its period.
Report = tuple[str, str]


class _Made(NamedTuple):
    """A version of a period, and when it was withdrawn."""

    key: str
    as_at: date
    number: int
    at: datetime
    withdrawn_at: datetime | None


def withdrawn_since(
    stood: Mapping[PeriodVersion, Mapping[str, int] | None],
) -> dict[PeriodVersion, dict[Report, int]]:
    """Of each version, the reports of earlier periods that nobody can read there any more.

    Each with the number of the version of its own period that stood. The versions are of one
    council and kind; ``stood`` has what each says of that itself (None: it is older). One query,
    none where no earlier report stood, and one more for older ones.
    """
    if not any(numbers is None or numbers for numbers in stood.values()):
        return {row: {} for row in stood}
    period = next(iter(stood)).period
    of = {"version__period__council": period.council_id, "version__period__kind": period.kind}
    gone: dict[tuple[str, int], list[str]] = defaultdict(list)
    named = ("snapshot__report__slug", "version__period__key", "version__number")
    for slug, key, number in VersionSnapshot.objects.gone().filter(**of).values_list(*named):
        gone[key, number].append(slug)
    made = list(_versions_made(period)) if None in stood.values() else []
    return {
        row: {
            (slug, key): number
            for key, number in (_by_time(row, made) if numbers is None else numbers).items()
            for slug in gone.get((key, number), ())
        }
        for row, numbers in stood.items()
    }


def _versions_made(period: ReportingPeriod) -> Iterator[_Made]:
    gone = Withdrawal.objects.filter(version=OuterRef("pk"), decision="confirmed")
    rows = PeriodVersion.objects.filter(
        period__council=period.council_id, period__kind=period.kind
    ).annotate(withdrawn_at=Subquery(gone.values("decided_at")[:1]))
    named = ("period__key", "period__as_at", "number", "at", "withdrawn_at")
    yield from (_Made(*said) for said in rows.order_by("number").values_list(*named))


def _by_time(row: PeriodVersion, made: list[_Made]) -> dict[str, int]:
    """Which version of each earlier period stood when ``row`` was made."""
    return {
        other.key: other.number
        for other in made
        if other.as_at < row.period.as_at
        and other.at <= row.at
        and (other.withdrawn_at is None or other.withdrawn_at > row.at)
    }
