"""Which versions of months there are, and which of their figures were corrected afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from bcfportal.lib.versions import Version, day_words
from projects.models import Council
from reporting.models import PeriodVersion, ReportingPeriod
from reporting.versions.contents import Corrected
from reporting.versions.reading import read_all, versions_of

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


@dataclass(frozen=True)
class CorrectedFigure:
    """What a figure was corrected from, to, when and why."""

    said: Corrected
    on: date

    @property
    def words(self) -> str:
        """ "Corrected on 17 September 2026: 81.3%, Red; it was 92.5%, Green. They counted ..."."""
        why = f" {self.said.why.rstrip('.')}." if self.said.why else ""
        after, before = self.said.after or "nothing", self.said.before or "nothing"
        return f"Corrected on {day_words(self.on)}: {after}; it was {before}.{why}"


def versions_made(council: Council) -> list[Made]:
    """The versions of all months that are not withdrawn, in order of time. One query."""
    return [
        Made(*values)
        for values in PeriodVersion.objects.not_withdrawn()
        .filter(period__council=council, period__kind=ReportingPeriod.Kind.VITAL_SIGNS)
        .order_by("at", "pk")
        .values_list("period_id", "number", "fingerprint", F("snapshots__fingerprint"), "at")
    ]


def corrected_figures(made: Iterable[Made]) -> dict[Key, list[CorrectedFigure]]:
    """What these versions corrected, by figure, in order of time. One query at most."""
    later = [each for each in made if each.number > 1]
    contents = read_all(each.fingerprint for each in later)
    found: dict[Key, list[CorrectedFigure]] = {}
    for each in later:
        for said in contents[each.fingerprint].corrections:
            if said.measure:
                key = (said.measure, said.period, said.segment)
                found.setdefault(key, []).append(CorrectedFigure(said, each.at.date()))
    return found


def versions_said(period: ReportingPeriod, made: Iterable[Made]) -> list[Version]:
    """Every version of a month with where it stands, the latest first. Three queries at most."""
    read_all(each.fingerprint for each in made if each.period == period.pk)
    return [version for _, version in versions_of(period)]
