"""The figures that the published month gives, as papers may refer to them."""

from collections.abc import Iterator

from django.http import Http404
from django.urls import reverse

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import period_of
from bcfportal.lib.withdrawals import Withdrawn
from outcomes.vital_signs.discrepancies import places_of
from outcomes.vital_signs.published import vital_signs_of
from projects.access import Access
from projects.models import Council
from publishing.registry import GivenFigure


def figures_given(council: Council) -> Iterator[GivenFigure]:
    """The results of each vital sign for the council as a whole, as the month that stands says."""
    try:
        published = vital_signs_of(council, Access(council))
    except (Http404, Withdrawn):
        return
    version = published.version
    if version is None:
        return
    page = reverse("reporting:vital-signs", args=[council.slug])
    for measure in published.sheet.of("vital signs"):
        for result in measure.figures:
            if result.value is None or result.segment:
                continue
            yield GivenFigure(
                name=f"{measure.slug}/{result.period}",
                label=measure.name,
                text=figure(result.value, measure.unit, places_of(result.value, measure.decimals)),
                period=period_of(result.period).label,
                fingerprint=version.fingerprint,
                version=f"{published.period.label}, version {version.number}",
                address=f"{page}?month={published.period.key}&version={version.number}",
            )
