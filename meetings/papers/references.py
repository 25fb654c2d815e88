"""Figures that a paper refers to: those that can be put in, and what became of those that were."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from bcfportal.lib.text.searching import says_all
from meetings.models import PaperFigure
from meetings.papers.actions import draft_of
from meetings.papers.content import FigureLine
from meetings.papers.text import token
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import GivenFigure
from publishing.workflow import NotNow

# So many are listed of what a search finds.
MOST = 50
GONE = "No version that stands gives this figure any more: search again."


@dataclass(frozen=True)
class Reference:
    """A figure as a paper gives it, beside the same as the version gives it that stands."""

    figure: FigureLine
    now: GivenFigure | None

    @property
    def is_as_now(self) -> bool:
        """Whether what stands gives the same."""
        return self.now is not None and self.now.text == self.figure.text

    @property
    def is_of_earlier(self) -> bool:
        """Whether another version gives it now, be the figure the same or not."""
        return self.now is not None and self.now.fingerprint != self.figure.fingerprint

    @property
    def now_said(self) -> str:
        """What is given now, in words."""
        if self.now is None:
            return "No version that stands gives it"
        if self.is_as_now:
            return "The same"
        return f"{self.now.text}, in {self.now.version}"


def compared(council: Council, figures: Iterable[FigureLine]) -> list[Reference]:
    """The figures, each with the same as it is given now."""
    figures = list(figures)
    given = {figure.name: figure for figure in registry.figures_given(council)} if figures else {}
    return [Reference(figure, given.get(figure.name)) for figure in figures]


def searched(council: Council, phrase: str) -> list[GivenFigure]:
    """The figures of versions that stand whose words have all of these, the first ones only."""
    every = registry.figures_given(council)
    return [figure for figure in every if says_all(phrase, f"{figure.label} {figure.period}")][
        :MOST
    ]


@transaction.atomic
def put_in(pk: int, name: str, order: int, *, by: User, access: Access) -> PaperFigure:
    """Puts a figure at the end of what stands below a heading, as the version gives it that stands.

    Raises NotNow where no version gives it, or the heading has no paragraph to put it in.
    """
    paper = draft_of(pk, by, access)
    last = paper.figures.aggregate(last=Max("number"))["last"] or 0
    section = paper.sections.filter(order=order, removed=False).first()
    paragraph = section.paragraphs.exclude(kind="table").last() if section else None
    if paragraph is None:
        raise NotNow("Choose a heading that has a paragraph: the figure goes to its end.")
    row = PaperFigure(paper=paper, number=last + 1, **_given(access.council, name))
    row.save()
    paragraph.text = f"{paragraph.text} {token(row.number)}"
    paragraph.save(update_fields=["text"])
    return row


@transaction.atomic
def take_newer(pk: int, number: int, *, by: User, access: Access) -> PaperFigure:
    """Gives a figure as the version gives it that stands now. Raises NotNow where none does."""
    paper = draft_of(pk, by, access)
    row = paper.figures.filter(number=number).first()
    if row is None:
        raise NotNow("The paper has no such figure.")
    for field, value in _given(access.council, row.name).items():
        setattr(row, field, value)
    row.save()
    return row


def _given(council: Council, name: str) -> dict[str, str]:
    figure = next((f for f in registry.figures_given(council) if f.name == name), None)
    if figure is None:
        raise NotNow(GONE)
    return {field: getattr(figure, field) for field in GivenFigure.__dataclass_fields__}
