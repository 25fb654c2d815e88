"""A paper to a committee as an accessible PDF."""

from bcfportal.lib.papers.paper import Paper, version_lines
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus
from meetings.papers.content import PaperContent
from meetings.papers.layout import Group, Part, laid_out
from projects.models import Council

# The name under which the paper is kept.
PAPER = "committee-paper"


def committee_paper(
    council: Council, content: PaperContent, version: VersionStatus | None
) -> bytes:
    """The paper as it is read; ``version`` None of one that is not approved."""
    meeting = f"{content.committee}, {day_words(content.day)}, item {content.item}"
    paper = Paper(
        council,
        name=content.title if version else f"{content.title}. Draft, not approved",
        title=content.title,
        description=f"Paper to the {meeting}.",
        as_at=content.day,
        version=version_lines(version),
    )
    return paper.typeset(
        "committee-paper.typ",
        {
            "title": content.title,
            "meeting": meeting,
            "draft": version is None,
            "facts": facts(content),
            "parts": [_part(part, content) for part in laid_out(content)],
            "references": references(content),
            "notes": [note for note in (content.source and f"Source: {content.source}.",) if note],
        },
    )


def facts(content: PaperContent) -> list[tuple[str, str]]:
    """(what, who or what) of the paper's head, as far as it is said."""
    every = (
        ("Report of", content.author_post),
        ("Signed by", content.signatory_post),
        ("Contact", content.contact_post),
        ("Reference", content.reference),
        ("Electoral divisions and members affected", content.divisions),
        ("Strategic impact", content.strategic_impact),
    )
    return [(name, text) for name, text in every if text]


def references(content: PaperContent) -> list[list[str]]:
    """The figures that the paper refers to, each with where it is from."""
    return [[figure.text, figure.of, figure.version] for figure in content.figures]


def _part(part: Part, content: PaperContent) -> dict:
    return {
        "heading": part.section.title,
        "level": part.section.level,
        "otherwise": part.section.said_otherwise,
        "lead": content.lead if part.has_recommendations else "",
        "recommended": [
            [line.number, line.text]
            for line in (content.recommendations if part.has_recommendations else ())
        ],
        "groups": [_group(group) for group in part.groups],
        "background": [
            f"{line.title}: {line.where}" if line.where else line.title
            for line in (content.background if part.has_background else ())
        ],
    }


def _group(group: Group) -> dict:
    return {
        "kind": group.kind,
        "items": [[item.number, item.text] for item in group.items],
        "rows": [
            ["".join(piece.text for piece in cell) for cell in row]
            for item in group.items
            for row in item.rows
        ],
    }
