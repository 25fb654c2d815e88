"""The workflow of an arrangement: written, approved by somebody else, published, changed again."""

import msgspec

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib.versions import fingerprint
from partnerships.collect import freeze_arrangement, make_arrangement
from partnerships.models import Arrangement, ArrangementStep
from projects.access import Access
from publishing.freezing import make_public
from publishing.steps import Step, Transition
from publishing.workflow import Workflow

Kind, Status = Arrangement.Kind, Arrangement.Status
# Who writes each kind: finance officers pools, performance officers all else.
KEEPS = {
    Kind.PROGRAMME: Permission.KEEP_PROGRAMMES,
    Kind.OUTCOMES: Permission.KEEP_PROGRAMMES,
    Kind.POOL: Permission.KEEP_POOLS,
}
WRITERS = frozenset(KEEPS.values())
CHECKERS = WRITERS | {Permission.REVIEW}


def may_write(access: Access, kind: str) -> bool:
    """Whether the person may write arrangements of the kind."""
    return access.may(KEEPS[Kind(kind)])


class ArrangementWorkflow(Workflow[Arrangement]):
    """Officers write it; somebody else approves it, and what it says then is kept for good."""

    subject = "arrangement"
    states = Status
    ends = frozenset()
    reach = {
        Permission.KEEP_PROGRAMMES: "programmes and joint outcomes; of pools only approval",
        Permission.KEEP_POOLS: "pools; of all else only approval",
    }

    def lock(self, pk: int, access: Access) -> Arrangement:
        locked = Arrangement.objects.select_for_update(of=("self",))
        return locked.select_related("council").get(pk=pk, council=access.council)

    def reaches(self, rule: Transition, access: Access, record: Arrangement) -> bool:
        if rule.who == WRITERS:
            return may_write(access, record.kind)
        return super().reaches(rule, access, record)

    def is_author(self, record: Arrangement, user: User) -> bool:
        """Whether the person ever wrote any of it."""
        return wrote_any(record, user)

    def named(self, record: Arrangement) -> str:
        return f"“{record}”"

    def read(self, record: Arrangement) -> dict[str, str]:
        return arrangement_read(record)

    def why_not_ready(self, rule: Transition, record: Arrangement) -> str:
        if rule.action in ("submit", "approve") and not _is_filled(record):
            return "Say what it is first: nothing but its title is there."
        return ""

    def freeze(self, step: Step[Arrangement]) -> None:
        freeze_arrangement(step.record, at=step.at, by=step.by, why=_why(step.record))

    def after(self, step: Step[Arrangement], access: Access) -> None:
        if step.rule.action == "publish":
            latest = step.record.versions.order_by("-number").defer("content")[:1]
            make_public(latest, at=step.at, by=step.by)

    def event(self, step: Step[Arrangement]) -> ArrangementStep:
        return ArrangementStep(arrangement=step.record)


def arrangement_read(record: Arrangement) -> dict[str, str]:
    """What its page shows to who decides on it; see ``typed.seen``."""
    fresh = Arrangement.objects.select_related("council").get(pk=record.pk)
    content = msgspec.to_builtins(make_arrangement(fresh, 0))
    return {"What it says": fingerprint(content)}


def _is_filled(record: Arrangement) -> bool:
    part = {Kind.PROGRAMME: "programme", Kind.POOL: "pool", Kind.OUTCOMES: "framework"}
    return hasattr(record, part[Kind(record.kind)])


def _why(record: Arrangement) -> str:
    """Why it was changed since it was last published, in the words of who began to change it."""
    steps = record.timeline.filter(action="change").order_by("at", "pk")
    return steps.values_list("comment", flat=True).last() or ""


ARRANGEMENTS = ArrangementWorkflow(
    (
        Transition(
            "submit",
            "Submitted",
            frozenset({Status.DRAFT}),
            Status.SUBMITTED,
            WRITERS,
            button="Submit for approval",
        ),
        Transition(
            "take back",
            "Taken back",
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            WRITERS,
            button="Take it back",
        ),
        Transition(
            "approve",
            "Approved",
            frozenset({Status.SUBMITTED}),
            Status.APPROVED,
            CHECKERS,
            button="Approve",
            not_by_author=True,
            own_by="approves_own_since",
            freezes=True,
        ),
        Transition(
            "send back",
            "Sent back",
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            CHECKERS,
            button="Send it back",
            needs_comment=True,
            not_by_author=True,
        ),
        Transition(
            "publish",
            "Published",
            frozenset({Status.APPROVED}),
            Status.PUBLISHED,
            CHECKERS,
            button="Publish",
        ),
        Transition(
            "change",
            "Opened for change",
            frozenset({Status.APPROVED, Status.PUBLISHED}),
            Status.DRAFT,
            WRITERS,
            button="Change it",
            needs_comment=True,
        ),
    )
)
