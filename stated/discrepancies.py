"""Figures stated in words that disagree: with each other, and with the portal's own."""

from collections.abc import Iterator
from itertools import combinations

from django.urls import reverse

from bcfportal.lib.discrepancies import Discrepancy, Place
from bcfportal.lib.figures import figure as in_words
from projects.models import Council
from publishing import registry
from publishing.registry import OwnFigure
from stated.models import StatedFigure
from stated.published import figures_of
from stated.rules import Qualifier, Stated, agree, allowed

TWICE = "Papers state two figures of one thing"
OWN = "A stated figure is not the portal's own"


def disagreements(council: Council) -> Iterator[Discrepancy]:
    """Two figures of one thing that cannot both be meant, and figures that are not the portal's.

    The portal's own is compared only where the record says which figure it is of. A query, and one
    for each figure that names one.
    """
    figures = list(figures_of(council))
    of_one_thing: dict[tuple, list[StatedFigure]] = {}
    for figure in figures:
        of_one_thing.setdefault(figure.same_thing, []).append(figure)
    for same in of_one_thing.values():
        for first, second in combinations(same, 2):
            if not agree(first.stated, second.stated):
                yield Discrepancy(
                    key=f"stated:{first.number}:{second.number}",
                    check=TWICE,
                    about=f"{first.thing}: {first.what}",
                    first=_place(first),
                    second=_place(second),
                    by=_apart(first, second.stated),
                )
    for figure in figures:
        own = registry.own_figure(council, figure.own_figure) if figure.own_figure else None
        if own and not agree(figure.stated, Stated(own.value, own.step)):
            yield _not_own(figure, own)


def _not_own(figure: StatedFigure, own: OwnFigure) -> Discrepancy:
    return Discrepancy(
        key=f"stated:{figure.number}:{figure.own_figure}",
        check=OWN,
        about=f"{figure.thing}: {figure.what}",
        first=_place(figure),
        second=Place(own.text, own.source, own.address),
        by=_apart(figure, Stated(own.value, own.step)),
    )


def _place(figure: StatedFigure) -> Place:
    address = reverse("reporting:stated", args=[figure.council.slug])
    return Place(figure.written, figure.source, f"{address}#figure-{figure.number}")


def _apart(figure: StatedFigure, other: Stated) -> str:
    """By how much two exact figures differ; else what the words of the first allow."""
    stated = figure.stated
    exact = stated.qualifier == other.qualifier == Qualifier.EXACT
    if exact and not (stated.until or other.until or stated.out_of):
        return f"apart by {in_words(abs(stated.value - other.value), figure.unit)}"
    return f"{figure.written} is {allowed(stated, figure.unit)}"
