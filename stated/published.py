"""Figures stated in words as pages show them: by paper, by thing, of a project, of the place."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from projects.models import Council
from stated.models import StatedFigure


@dataclass(frozen=True)
class Paper:
    """The figures of one paper, in its order: those of one thing together."""

    title: str
    figures: list[StatedFigure]

    @property
    def things(self) -> list[tuple[str, list[StatedFigure]]]:
        """Each thing once, where the paper first speaks of it."""
        return by_thing(self.figures)


def figures_of(council: Council) -> QuerySet[StatedFigure]:
    """All figures of a council, by number."""
    return StatedFigure.objects.filter(council=council).select_related("council", "project")


def papers_of(council: Council) -> list[Paper]:
    """The papers that state figures, in the order of the figures. One query."""
    return [
        Paper(title, list(figures))
        for title, figures in groupby(figures_of(council), lambda figure: figure.document)
    ]


def by_thing(figures: list[StatedFigure]) -> list[tuple[str, list[StatedFigure]]]:
    """The figures by the thing that they are of, in the order in which things first come."""
    things: dict[str, list[StatedFigure]] = {}
    for figure in figures:
        things.setdefault(figure.thing, []).append(figure)
    return list(things.items())


def of_place(council: Council) -> list[tuple[str, list[StatedFigure]]]:
    """The facts of the place and its people, by heading. One query."""
    return by_thing(list(figures_of(council).filter(of_place=True)))


def of_project(council: Council, slug: str) -> list[tuple[str, list[StatedFigure]]]:
    """What papers state in words of a project, by thing. One query."""
    return by_thing(list(figures_of(council).filter(project__slug=slug)))
