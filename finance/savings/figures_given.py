"""The figures that the published savings paper gives, as other papers may refer to them."""

from collections.abc import Iterator

from django.urls import reverse

from bcfportal.lib.money import pounds
from finance.savings.published import editions_of, latest, readable, sheet_of
from projects.models import Council
from publishing.registry import GivenFigure

_KINDS = ("target", "achieved", "forecast")


def figures_given(council: Council) -> Iterator[GivenFigure]:
    """Target, achieved and forecast of each saving and year. Two queries."""
    choice = latest(readable(editions_of(council)))
    if choice is None:
        return
    page = reverse("reporting:savings", args=[council.slug])
    for saving in sheet_of(choice).savings:
        for year in saving.years:
            for kind in _KINDS:
                value = getattr(year, kind)
                if value is None:
                    continue
                yield GivenFigure(
                    name=f"{saving.slug}/{year.year or ''}/{kind}",
                    label=f"{saving.title}: {kind}",
                    text=pounds(value),
                    period=year.year_label,
                    fingerprint=choice.fingerprint,
                    version=f"{choice.title}, edition {choice.number}",
                    address=f"{page}?paper={choice.paper}&edition={choice.number}",
                )
