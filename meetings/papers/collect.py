"""Makes what a paper says from its records, and keeps it for good."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Max, QuerySet, prefetch_related_objects
from django.urls import reverse

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.versions import Correction
from meetings.models import Paper, PaperSection, PaperState, PaperVersion, Paragraph
from meetings.papers.content import (
    SCHEMA,
    BackgroundLine,
    FigureLine,
    PaperContent,
    ParagraphLine,
    RecommendedLine,
    SectionLine,
)
from meetings.papers.text import NUMBERED, figures_in, next_number
from projects.models import Council
from publishing.freezing import freeze, make_public

_READ = (
    *("item__meeting__committee__council", "item__meeting__committee__names"),
    *("item__recommendations", "sections__paragraphs", "background", "figures"),
    "background__held__item__meeting__committee",
)
_HEAD = (
    *("title", "author_post", "signatory_post", "contact_post", "reference"),
    *("strategic_impact", "divisions", "source", "note"),
)


def make_paper(paper: Paper, number: int) -> PaperContent:
    """What the paper says now, as version ``number``. At most ten queries."""
    prefetch_related_objects([paper], *_READ)
    item, meeting = paper.item, paper.item.meeting
    sections = tuple(_sections(row for row in paper.sections.all() if not row.removed))
    used = {
        figure
        for section in sections
        for paragraph in section.paragraphs
        for figure in figures_in(paragraph.text)
    }
    return PaperContent(
        schema=SCHEMA,
        council=meeting.council.slug,
        committee_slug=meeting.committee.slug,
        committee=meeting.committee.name_on(meeting.day),
        meeting=meeting.slug,
        day=meeting.day,
        item=item.number,
        number=number,
        lead=item.lead,
        recommendations=tuple(
            RecommendedLine(row.number, row.text) for row in item.recommendations.all()
        ),
        sections=sections,
        background=tuple(
            BackgroundLine(row.title, row.body, row.dated, address_of(row.held) if row.held else "")
            for row in paper.background.all()
        ),
        figures=tuple(
            FigureLine(**_fields(row, *FigureLine.__struct_fields__))
            for row in paper.figures.all()
            if row.number in used
        ),
        **_fields(paper, *_HEAD),
    )


def address_of(paper: Paper) -> str:
    """Where a paper is read."""
    meeting = paper.item.meeting
    where = [meeting.council.slug, meeting.committee.slug, meeting.slug, paper.item.number]
    return reverse("reporting:committee-paper", args=where)


def freeze_paper(
    paper: Paper, *, at: datetime | None = None, by: User | None = None
) -> PaperVersion:
    """Keeps what the paper says now in a new version. People approve by ``transitions.PAPERS``.

    One that follows what was published says why, and what it says otherwise.
    """
    number = (paper.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    content = make_paper(paper, number)
    if before := published_before(paper):
        said = msgspec.convert(before.content, PaperContent)
        differences = corrections(said, content) if before.withdrawal is None else ()
        content = msgspec.structs.replace(content, why=paper.correction, corrections=differences)
    built, at = msgspec.to_builtins(content), at or clock.now()
    return freeze(
        [PaperVersion(paper=paper, number=number, content=built, at=at, by=by)], paper.council_id
    )[0]


def published_before(paper: Paper) -> PaperVersion | None:
    """The version of the paper that was published last, whether it stands or not."""
    public = paper.versions.filter(publication__isnull=False)
    return public.order_by("-number").first()


def freeze_loaded(councils: QuerySet[Council]) -> None:
    """Keeps and publishes the councils' papers of before the portal of which nothing is kept."""
    papers = Paper.objects.filter(
        item__meeting__committee__council__in=councils, versions=None, published_before=True
    )
    for paper in papers.select_related("item__meeting__committee__council").order_by(
        "item__meeting__day", "item__meeting__committee__slug", "item__order"
    ):
        version = freeze_paper(paper)
        make_public([version], at=version.at, by=None)
        paper.status = PaperState.PUBLISHED
        paper.save(update_fields=["status"])


def corrections(before: PaperContent, after: PaperContent) -> tuple[Correction, ...]:
    """What the later version says otherwise, paragraph by paragraph, in its order."""
    was, now = _said(before), _said(after)
    return tuple(
        Correction(what, was.get(what, ""), now.get(what, ""))
        for what in dict.fromkeys((*now, *was))
        if was.get(what, "") != now.get(what, "")
    )


def _said(paper: PaperContent) -> dict[str, str]:
    """What a version says, each by its title."""
    said = {
        "Title": paper.title,
        "Report of": paper.author_post,
        "Signed by": paper.signatory_post,
        "Contact": paper.contact_post,
        "Reference": paper.reference,
        "Strategic impact": paper.strategic_impact,
        "Divisions affected": paper.divisions,
    }
    for section in paper.sections:
        told = f"{section.title} {section.said_otherwise}".strip()
        said[f"Heading “{section.heading}”"] = told
        unnumbered = 0
        for paragraph in section.paragraphs:
            if paragraph.number:
                what = f"Paragraph {paragraph.number}"
            else:
                unnumbered += 1
                what = f"{section.heading}, {unnumbered}"
            said[what] = paper.with_figures(paragraph.text)
    for place, line in enumerate(paper.recommendations, 1):
        said[f"Recommendation {line.number or place}"] = line.text
    for place, background in enumerate(paper.background, 1):
        said[f"Background paper {place}"] = f"{background.title} {background.where}".strip()
    return said


def _sections(rows: Iterable[PaperSection]) -> Iterable[SectionLine]:
    number = ""
    for row in rows:
        paragraphs = []
        for paragraph in row.paragraphs.all():
            if paragraph.kind == NUMBERED:
                number = paragraph.number or next_number(number)
            paragraphs.append(_paragraph(paragraph, number))
        yield SectionLine(
            paragraphs=tuple(paragraphs),
            **_fields(row, "order", "kind", "heading", "level", "none", "dated", "to_follow"),
            **_fields(row, "source", "note"),
        )


def _paragraph(row: Paragraph, number: str) -> ParagraphLine:
    return ParagraphLine(row.kind, number if row.kind == NUMBERED else "", row.text)


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
