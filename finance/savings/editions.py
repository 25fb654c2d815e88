"""Editions of a paper: how one is made, and what a further one says that the last did not."""

from datetime import datetime

import msgspec
from django.db.models import QuerySet

from accounts.models import User
from bcfportal.lib import clock, present
from bcfportal.lib.versions import Correction
from finance.models import SavingsEdition, SavingsPaper
from finance.savings.collect import make_sheet
from finance.savings.content import SavingsSheet
from finance.savings.corrections import corrections, without_what_was
from projects.models import Council
from publishing.freezing import freeze, make_public
from typed.seen import REST


def freeze_paper(
    paper: SavingsPaper, *, at: datetime | None = None, by: User | None = None, why: str = ""
) -> SavingsEdition:
    """Keeps what the paper says in a new edition, which everyone may read from now on.

    ``why`` is the reason of a corrected edition. People publish by ``transitions.PAPERS``.
    """
    last, sheet = paper.editions.order_by("-number").first(), make_sheet(paper.council, paper)
    content, number = msgspec.to_builtins(sheet), last.number + 1 if last else 1
    if last:
        # With its number, no two editions have one fingerprint, though they say the same.
        differences = msgspec.to_builtins(_said_otherwise(corrected_by_the_next(paper), sheet))
        content |= {"edition": number, "why": why, "corrections": differences}
    at = at or clock.now()
    row = SavingsEdition(paper=paper, number=number, content=content, at=at, by=by)
    made = freeze([row], paper.council_id)
    make_public(made, at=at, by=by)
    return made[0]


def freeze_loaded(councils: QuerySet[Council]) -> None:
    """Freezes each paper of the councils that has no edition, the earliest first."""
    papers = SavingsPaper.objects.filter(council__in=councils, editions=None)
    for paper in papers.order_by("dated", "slug"):
        freeze_paper(paper)


def corrected_by_the_next(paper: SavingsPaper) -> SavingsEdition:
    """The edition that a further one corrects: what stands; with none, the last withdrawn."""
    editions = paper.editions.order_by("-number")
    return present(editions.not_withdrawn().first() or editions.first())


def correction_of(paper: SavingsPaper, also: frozenset[str]) -> tuple[Correction, ...]:
    """What a corrected edition would say differently from the one that it corrects.

    ``also`` are keys of the drafts that it takes in. Of an edition that is withdrawn it names what
    changed and not what it was.
    """
    sheet = make_sheet(paper.council, paper, also=also)
    return _said_otherwise(corrected_by_the_next(paper), sheet)


def _said_otherwise(before: SavingsEdition, sheet: SavingsSheet) -> tuple[Correction, ...]:
    differences = corrections(msgspec.convert(before.content, SavingsSheet), sheet)
    return without_what_was(differences) if before.withdrawal else differences


def correction_read(differences: tuple[Correction, ...]) -> dict[str, str]:
    """What a page shows of what an edition would correct, by title; see ``typed.seen``."""
    sentences = [difference.sentence for difference in differences]
    return {difference.what: difference.sentence for difference in differences} | {
        REST: f"{len(sentences)}: {' '.join(sentences)}"
    }
