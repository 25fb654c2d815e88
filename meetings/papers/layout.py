"""A paper as it is read, the same on page, in PDF and in Word: headings, and groups below them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from meetings.papers.content import FigureLine, PaperContent, ParagraphLine, SectionLine, known
from meetings.papers.text import BULLET, TABLE, rows_of

RECOMMENDATIONS, BACKGROUND = "recommendations", "background"


@dataclass(frozen=True)
class Piece:
    """Words, or a figure that the words refer to."""

    text: str
    figure: FigureLine | None = None


@dataclass(frozen=True)
class Item:
    """One paragraph, in pieces; of a table its rows, each of cells in pieces."""

    number: str
    pieces: list[Piece]
    rows: list[list[list[Piece]]]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Group:
    """Paragraphs of one kind that follow each other: bullets are one list."""

    kind: str
    items: list[Item]


@dataclass(frozen=True)
class Part:
    """A heading with the groups below it."""

    section: SectionLine
    groups: list[Group]

    @property
    def anchor(self) -> str:
        return f"part-{self.section.order}"

    @property
    def has_recommendations(self) -> bool:
        return self.section.kind == RECOMMENDATIONS

    @property
    def has_background(self) -> bool:
        return self.section.kind == BACKGROUND


def laid_out(paper: PaperContent) -> list[Part]:
    """The parts of the paper in its order.

    Recommendations and background papers stand at the end where no heading gives them a place.
    """
    figures = paper.figure_by_number
    parts = [Part(section, list(_groups(section, figures))) for section in paper.sections]
    kinds = {section.kind for section in paper.sections}
    order = max((section.order for section in paper.sections), default=0)
    for kind, heading, lines in (
        (RECOMMENDATIONS, "Recommendations", paper.recommendations),
        (BACKGROUND, "Background papers", paper.background),
    ):
        if lines and kind not in kinds:
            order += 1
            parts.append(Part(SectionLine(order, kind, heading), []))
    return parts


def _groups(section: SectionLine, figures: dict[int, FigureLine]) -> Iterable[Group]:
    for kind, lines in groupby(section.paragraphs, key=lambda line: line.kind):
        items = [_item(line, figures) for line in lines]
        if kind == BULLET:
            yield Group(kind, items)
        else:
            yield from (Group(kind, [item]) for item in items)


def _item(line: ParagraphLine, figures: dict[int, FigureLine]) -> Item:
    if line.kind == TABLE:
        rows = [[_pieces(cell, figures) for cell in row] for row in rows_of(line.text)]
        return Item("", [], rows)
    return Item(line.number, _pieces(line.text, figures), [])


def _pieces(text: str, figures: dict[int, FigureLine]) -> list[Piece]:
    return [
        Piece(said) if number is None else Piece(figures[number].text, figures[number])
        for said, number in known(text, figures)
    ]
