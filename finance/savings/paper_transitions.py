"""The workflow of savings papers: published, and corrected by an edition that says why."""

from collections.abc import Callable
from datetime import date

from django.db import models

from accounts.roles import Permission
from finance.models import SavingsPaper
from finance.savings.editions import corrected_by_the_next, correction_of, freeze_paper
from finance.savings.unreported import LISTED, REPORTED, chosen_of, drafts_of, needed
from projects.access import Access
from projects.models import Council
from publishing.models import Withdrawal
from publishing.steps import Step, Transition
from publishing.workflow import NotNow, Workflow

KEEPERS = frozenset({Permission.KEEP_SAVINGS})


class PaperState(models.TextChoices):
    TO_COME = "to come", "To come"
    PUBLISHED = "published", "Published"


class PaperWorkflow(Workflow[SavingsPaper]):
    """Who keeps the savings publishes papers alone, and corrected editions of the latest.

    A paper is kept once it is published. An edition is withdrawn as such; the next corrects it.
    """

    subject = "paper"
    states = PaperState
    state_field = ""

    def lock(self, pk: int, access: Access) -> SavingsPaper:
        # The council first: a new paper locks it too, and no paper is then corrected any more.
        Council.objects.select_for_update(no_key=True).get(pk=access.council.pk)
        return SavingsPaper.objects.select_for_update().get(pk=pk, council=access.council)

    def state(self, record: SavingsPaper) -> str:
        return PaperState.PUBLISHED if record.pk else PaperState.TO_COME

    def why_not(self, action: str, record: SavingsPaper, today: date) -> str:
        reason = super().why_not(action, record, today)
        if reason or action != "correct":
            return reason
        if SavingsPaper.objects.filter(council=record.council_id).last() != record:
            return "A later paper is published. Only the latest can be corrected."
        return ""

    def write(self, step: Step[SavingsPaper]) -> None:
        """A new paper takes in every record that no paper reports yet."""
        if step.rule.action == "publish":
            paper = step.record
            paper.save(force_insert=True)
            for model in REPORTED:
                drafts_of(model, paper.council_id).update(paper=paper)

    def freeze(self, step: Step[SavingsPaper]) -> None:
        freeze_paper(step.record, at=step.at, by=step.by, why=step.comment)


def published_again(paper: SavingsPaper, today: date) -> list[str]:
    """That the last edition of the last paper is withdrawn: what it said becomes public again.

    Three queries at most.
    """
    last = SavingsPaper.objects.filter(council=paper.council_id).last()
    edition = last.editions.defer("content").order_by("-number").first() if last else None
    if edition is None:
        return []
    rows = Withdrawal.objects.filter(version=edition, decision="confirmed")
    return [
        f"“{last}” was public in edition {edition.number}. {row.sentence} What it said becomes "
        "public again, but for what was changed since."
        for row in rows.select_related("asked_by", "decided_by")
    ]


PAPERS = PaperWorkflow(
    (
        Transition(
            "publish",
            "Published",
            frozenset({PaperState.TO_COME}),
            PaperState.PUBLISHED,
            KEEPERS,
            freezes=True,
            questions=published_again,
        ),
        Transition(
            "correct",
            "Corrected",
            frozenset({PaperState.PUBLISHED}),
            PaperState.PUBLISHED,
            KEEPERS,
            needs_comment=True,
            freezes=True,
            questions=published_again,
        ),
    )
)


def taking_in(also: frozenset[str]) -> Callable[[SavingsPaper], None]:
    """What a corrected edition takes over: the drafts with these keys, and those that it needs.

    Raises NotNow where it would then say what the paper already says, and nothing is withdrawn.
    """

    def take_in(paper: SavingsPaper) -> None:
        keys = also | {draft.key for draft in needed(paper)}
        if not correction_of(paper, keys) and not corrected_by_the_next(paper).withdrawal:
            raise NotNow(
                "It would say what the paper already says, so there is nothing to correct."
            )
        for model in LISTED:
            chosen = drafts_of(model, paper.council_id).filter(pk__in=chosen_of(model, keys))
            chosen.update(paper=paper)

    return take_in
