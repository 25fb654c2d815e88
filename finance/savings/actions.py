"""Writes that touch more than one row: publishing a paper, new or corrected."""

from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock, present
from bcfportal.lib.versions import Correction
from finance.models import (
    SavingsEdition,
    SavingsPaper,
)
from finance.savings.collect import make_sheet
from finance.savings.content import SavingsSheet
from finance.savings.corrections import corrections, without_what_was
from finance.savings.unreported import LISTED, REPORTED, chosen_of, drafts_of, needed
from projects.access import Access
from projects.models import Council
from publishing.freezing import freeze, make_public
from publishing.workflow import NotNow
from typed.seen import REST, Seen


@transaction.atomic
def publish_paper(
    paper: SavingsPaper, *, by: User | None = None, at: datetime | None = None, why: str = ""
) -> SavingsEdition:
    """Keeps what the paper says in a new edition, which everyone may read from now on.

    ``why`` is the reason of a corrected edition.
    """
    # One row is locked, so that two people publishing are serialised.
    paper = SavingsPaper.objects.select_for_update().get(pk=paper.pk)
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


@transaction.atomic
def publish_new_paper(
    council: Council, *, by: User, access: Access, seen: Seen[Council] | None = None, **given: Any
) -> SavingsEdition:
    """A new paper, with what is ``given`` of it, and every record that no paper reports yet.

    Raises PermissionDenied where the person may not, Stale where records have changed since they
    looked.
    """
    if not access.may(Permission.KEEP_SAVINGS):
        raise PermissionDenied
    if seen:
        seen.require(Council.objects.select_for_update(no_key=True).get(pk=council.pk))
    paper = SavingsPaper.objects.create(council=council, **given)
    return publish_drafts(paper, by=by, access=access)


@transaction.atomic
def publish_drafts(paper: SavingsPaper, *, by: User, access: Access) -> SavingsEdition:
    """Puts every record that no paper reports yet into this paper, and publishes it.

    Raises PermissionDenied where the person may not.
    """
    if not access.may(Permission.KEEP_SAVINGS):
        raise PermissionDenied
    for model in REPORTED:
        drafts_of(model, paper.council).update(paper=paper)
    return publish_paper(paper, by=by)


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


@transaction.atomic
def publish_correction(
    paper: SavingsPaper,
    *,
    by: User,
    access: Access,
    why: str,
    also: frozenset[str],
    seen: Seen[SavingsPaper],
) -> SavingsEdition:
    """Publishes a corrected edition of the latest paper; drafts go in only where they are chosen.

    ``seen`` is what the person read that it corrects. Raises PermissionDenied where the person may
    not, NotNow with a sentence where it would say nothing or is not the latest paper, Stale where
    it would correct something else.
    """
    if not access.may(Permission.KEEP_SAVINGS):
        raise PermissionDenied
    papers = SavingsPaper.objects.select_for_update().filter(council=paper.council_id)
    if list(papers)[-1] != paper:
        raise NotNow("A later paper is published. Only the latest can be corrected.")
    also |= {draft.key for draft in needed(paper)}
    differences = correction_of(paper, also)
    if not differences and not corrected_by_the_next(paper).withdrawal:
        raise NotNow("It would say what the paper already says, so there is nothing to correct.")
    seen.require(paper)
    for model in LISTED:
        drafts_of(model, paper.council_id).filter(pk__in=chosen_of(model, also)).update(paper=paper)
    return publish_paper(paper, by=by, why=why)


def correction_read(differences: tuple[Correction, ...]) -> dict[str, str]:
    """What a page shows of what an edition would correct, by title; see ``typed.seen``."""
    sentences = [difference.sentence for difference in differences]
    return {difference.what: difference.sentence for difference in differences} | {
        REST: f"{len(sentences)}: {' '.join(sentences)}"
    }


def publish_new_papers(councils: QuerySet[Council]) -> None:
    """Publishes each paper of the councils that has no edition, the earliest first."""
    papers = SavingsPaper.objects.filter(council__in=councils, editions=None)
    for paper in papers.order_by("dated", "slug"):
        publish_paper(paper)
