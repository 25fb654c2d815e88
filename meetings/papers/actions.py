"""What writes papers: only a draft is written on, and everyone who wrote is kept."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import keep_writer
from meetings.models import AgendaItem, BackgroundPaper, Paper, PaperSection, PaperState
from meetings.papers.text import Block, read_blocks, write_blocks
from meetings.papers.transitions import LISTS, PAPERS
from projects.access import Access
from publishing.workflow import NotNow


def why_not_written_on(paper: Paper) -> str:
    """Why nothing of the paper is changed as it is now; nothing where it is a draft."""
    if paper.status == PaperState.DRAFT:
        return ""
    return f"This paper is {PAPERS.label(paper.status)}: only a draft is written on."


def draft_of(pk: int, by: User, access: Access) -> Paper:
    """The paper, locked to be written on by this person.

    Raises PermissionDenied where the person may not, NotNow where it is no draft.
    """
    access.require(Permission.WRITE_PAPERS)
    paper = PAPERS.lock(pk, access)
    if reason := why_not_written_on(paper):
        raise NotNow(reason)
    keep_writer(paper, by)
    return paper


@transaction.atomic
def begin_paper(item: AgendaItem, *, by: User, access: Access, **head: Any) -> Paper:
    """A new paper of the item. Raises NotNow where the item has one."""
    access.require(Permission.WRITE_PAPERS)
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if Paper.objects.filter(item=locked).exists():
        raise NotNow("This item has a paper already: write on that.")
    paper = Paper.objects.create(item=locked, **head)
    keep_writer(paper, by)
    return paper


@transaction.atomic
def save_head(pk: int, *, by: User, access: Access, **head: Any) -> Paper:
    """Keeps the head of the paper: title, posts, reference."""
    paper = draft_of(pk, by, access)
    for name, value in head.items():
        setattr(paper, name, value)
    paper.save(update_fields=list(head))
    return paper


@transaction.atomic
def save_section(
    pk: int,
    order: int | None,
    *,
    by: User,
    access: Access,
    text: str,
    **about: Any,
) -> PaperSection:
    """Keeps a heading with what was typed below it; without ``order`` a new one at the end."""
    paper = draft_of(pk, by, access)
    if order is None:
        last = paper.sections.aggregate(last=Max("order"))["last"] or 0
        section = PaperSection(paper=paper, order=last + 1)
    else:
        section = paper.sections.get(order=order)
    for name, value in about.items():
        setattr(section, name, value)
    section.save()
    section.paragraphs.all().delete()
    blocks = read_blocks(text, numbered=section.kind not in LISTS)
    for place, block in enumerate(blocks, 1):
        section.paragraphs.create(
            order=place, kind=block.kind, number=block.number, text=block.text
        )
    return section


def typed_text(section: PaperSection) -> str:
    """What stands below a heading, as it is typed."""
    blocks = (Block(row.kind, row.text, row.number) for row in section.paragraphs.all())
    return write_blocks(blocks, numbered=section.kind not in LISTS)


@transaction.atomic
def move_section(pk: int, order: int, *, up: bool, by: User, access: Access) -> None:
    """Changes places with the heading before or after, with what stands below each.

    Nothing happens at the beginning or the end.
    """
    paper = draft_of(pk, by, access)
    section = paper.sections.get(order=order)
    in_paper = paper.sections.filter(removed=False)
    other = (
        in_paper.filter(order__lt=order).order_by("-order").first()
        if up
        else in_paper.filter(order__gt=order).order_by("order").first()
    )
    if other is None:
        return
    last = paper.sections.aggregate(last=Max("order"))["last"]
    there = other.order
    # No two have one place at any time.
    for row, place in ((other, last + 1), (section, there), (other, order)):
        row.order = place
        row.save(update_fields=["order"])


@transaction.atomic
def take_out(pk: int, order: int, *, removed: bool, by: User, access: Access) -> PaperSection:
    """Takes a heading out of the paper with what stands below it, or puts it back."""
    paper = draft_of(pk, by, access)
    section = paper.sections.get(order=order)
    section.removed = removed
    section.save(update_fields=["removed"])
    return section


@transaction.atomic
def save_background(pk: int, *, by: User, access: Access, rows: list[dict[str, Any]]) -> None:
    """Keeps the list of background papers, in the order in which they were typed."""
    paper = draft_of(pk, by, access)
    paper.background.all().delete()
    BackgroundPaper.objects.bulk_create(
        BackgroundPaper(paper=paper, order=place, **row) for place, row in enumerate(rows, 1)
    )
