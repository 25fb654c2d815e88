"""What a paper says, frozen, as plain data: page, PDF, Word and search read nothing else."""

from datetime import date

import msgspec

from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import Correction
from meetings.papers.text import pieces

SCHEMA = 1


class FigureLine(msgspec.Struct, frozen=True):
    """A figure that the paper refers to, as the version gave it that is named."""

    number: int
    name: str
    label: str
    text: str
    period: str
    fingerprint: str
    version: str
    address: str

    @property
    def of(self) -> str:
        """Of what and when it is, in words."""
        return f"{self.label}, {self.period}" if self.period else self.label


class ParagraphLine(msgspec.Struct, frozen=True):
    kind: str
    number: str
    text: str


class SectionLine(msgspec.Struct, frozen=True):
    """A heading with what stands below it."""

    order: int
    kind: str
    heading: str
    level: int = 1
    none: bool = False
    dated: date | None = None
    to_follow: bool = False
    paragraphs: tuple[ParagraphLine, ...] = ()
    source: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """The heading; that of a comment with its day."""
        return f"{self.heading} ({day_words(self.dated)})" if self.dated else self.heading

    @property
    def said_otherwise(self) -> str:
        """What it says in place of paragraphs; nothing where it has some."""
        if self.to_follow:
            return "To follow."
        return "None." if self.none else ""


class RecommendedLine(msgspec.Struct, frozen=True):
    number: str
    text: str


class BackgroundLine(msgspec.Struct, frozen=True):
    """A background paper."""

    title: str
    body: str = ""
    dated: date | None = None
    # The address of the same paper, where it is held here.
    address: str = ""

    @property
    def where(self) -> str:
        """To which body it went and when, as far as that is known."""
        on = f"on {day_words(self.dated)}" if self.dated else ""
        return " ".join(filter(None, (f"report to {self.body}" if self.body else "", on)))


class PaperContent(msgspec.Struct, frozen=True):
    """All that a paper says."""

    schema: int
    council: str
    committee_slug: str
    committee: str
    meeting: str
    day: date
    item: str
    number: int
    title: str
    author_post: str
    signatory_post: str = ""
    contact_post: str = ""
    reference: str = ""
    strategic_impact: str = ""
    divisions: str = ""
    lead: str = ""
    recommendations: tuple[RecommendedLine, ...] = ()
    sections: tuple[SectionLine, ...] = ()
    background: tuple[BackgroundLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    # Of a corrected version: why, and what it says otherwise.
    why: str = ""
    corrections: tuple[Correction, ...] = ()
    source: str = ""
    note: str = ""

    @property
    def figure_by_number(self) -> dict[int, FigureLine]:
        return {figure.number: figure for figure in self.figures}

    def with_figures(self, text: str) -> str:
        """The text with its figures in it."""
        figures = self.figure_by_number
        return "".join(
            said if number is None else figures[number].text
            for said, number in known(text, figures)
        )

    @property
    def text(self) -> str:
        """All that a search looks through."""
        said = [self.title, self.author_post, self.reference, self.strategic_impact]
        for section in self.sections:
            said.append(section.heading)
            said += [self.with_figures(paragraph.text) for paragraph in section.paragraphs]
        said += [line.text for line in self.recommendations]
        said += [f"{line.title} {line.body}" for line in self.background]
        return " ".join(said)


def known(text: str, figures: dict[int, FigureLine]) -> list[tuple[str, int | None]]:
    """The pieces of a text; what refers to no figure of the paper stays as it was typed."""
    return [
        (said, number) if number is None or number in figures else (f"[figure {number}]", None)
        for said, number in pieces(text)
    ]
