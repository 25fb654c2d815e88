"""The workflow of a paper: written, submitted, approved by somebody else, published, corrected."""

from datetime import date

import msgspec

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib.versions import fingerprint
from meetings.models import Meeting, MeetingVersion, Paper, PaperSection, PaperState, PaperStep
from meetings.papers.collect import freeze_paper, make_paper
from meetings.papers.content import PaperContent
from meetings.papers.text import figures_in, token
from projects.access import Access
from publishing.freezing import make_public
from publishing.steps import Step, Transition
from publishing.workflow import Workflow
from typed.seen import REST

WRITERS = frozenset({Permission.WRITE_PAPERS})
APPROVERS = frozenset({Permission.APPROVE_PAPERS})
KEEPERS = frozenset({Permission.KEEP_MEETINGS})
DRAFT = frozenset({PaperState.DRAFT})
SUBMITTED = frozenset({PaperState.SUBMITTED})
APPROVED = frozenset({PaperState.APPROVED})
PUBLISHED = frozenset({PaperState.PUBLISHED})

# Below these headings stand what is recommended and the background papers, kept as lists.
LISTS = frozenset({PaperSection.Kind.RECOMMENDATIONS, PaperSection.Kind.BACKGROUND})


class PaperWorkflow(Workflow[Paper]):
    """Approving keeps a version for good; publishing lets everyone read it."""

    subject = "paper"
    states = PaperState

    def lock(self, pk: int, access: Access) -> Paper:
        locked = Paper.objects.select_for_update(of=("self",))
        return locked.select_related("item__meeting__committee__council").get(
            pk=pk, item__meeting__committee__council=access.council
        )

    def is_author(self, record: Paper, user: User) -> bool:
        """Whether the person ever wrote any of the paper."""
        return wrote_any(record, user)

    def why_not(self, action: str, record: Paper, today: date) -> str:
        if reason := super().why_not(action, record, today):
            return reason
        versions = MeetingVersion.objects.not_withdrawn().filter(meeting=record.item.meeting_id)
        if action == "publish" and not versions.exists():
            return "It is published with the agenda of its meeting, which is not published yet."
        return ""

    def why_not_ready(self, rule: Transition, record: Paper) -> str:
        if rule.action not in ("submit", "approve"):
            return ""
        return why_not_whole(make_paper(record, 0))

    def read(self, record: Paper) -> dict[str, str]:
        return paper_read(record)

    def turn(self, step: Step[Paper]) -> list[str]:
        if step.rule.action != "correct":
            return []
        step.record.correction = step.comment
        return ["correction"]

    def freeze(self, step: Step[Paper]) -> None:
        freeze_paper(step.record, at=step.at, by=step.by)

    def after(self, step: Step[Paper], access: Access) -> None:
        if step.rule.target == PaperState.PUBLISHED:
            latest = step.record.versions.order_by("-number").defer("content")[:1]
            make_public(latest, at=step.at, by=step.by)

    def event(self, step: Step[Paper]) -> PaperStep:
        return PaperStep(paper=step.record)


def why_not_whole(paper: PaperContent) -> str:
    """What the paper lacks before anybody else reads it, in a sentence; nothing where it is whole.

    Comments may be to follow.
    """
    if not any(section.paragraphs for section in paper.sections):
        return "Write the paper first: it has no paragraphs."
    for place, section in enumerate(paper.sections):
        below = paper.sections[place + 1 :]
        heads_others = bool(below) and below[0].level > section.level
        says = section.paragraphs or section.said_otherwise or section.kind in LISTS
        if not (says or heads_others):
            return f"Nothing stands below “{section.heading}”: write it, or take it out."
        for number in figures_in(" ".join(line.text for line in section.paragraphs)):
            if number not in paper.figure_by_number:
                return f"“{section.heading}” names {token(number)}, which the paper has not."
    return ""


def paper_read(record: Paper) -> dict[str, str]:
    """What the page of a paper shows of it, by title; see ``typed.seen``."""
    content = make_paper(record, 0)
    return {
        section.heading: fingerprint({"": msgspec.to_builtins(section)})
        for section in content.sections
    } | {REST: fingerprint(msgspec.to_builtins(content))}


PAPERS = PaperWorkflow(
    (
        Transition("submit", "Submitted", DRAFT, PaperState.SUBMITTED, WRITERS, button="Submit it"),
        Transition(
            "approve",
            "Approved",
            SUBMITTED,
            PaperState.APPROVED,
            APPROVERS,
            button="Approve it",
            not_by_author=True,
            own_by="approves_own_since",
            freezes=True,
        ),
        Transition(
            "send back",
            "Sent back",
            SUBMITTED,
            PaperState.DRAFT,
            APPROVERS,
            button="Send it back",
            needs_comment=True,
        ),
        Transition(
            "take back",
            "Taken back before approval",
            SUBMITTED,
            PaperState.DRAFT,
            WRITERS,
            button="Take it back to write on",
        ),
        Transition(
            "publish",
            "Published",
            APPROVED,
            PaperState.PUBLISHED,
            KEEPERS,
            button="Publish it",
        ),
        Transition(
            "reopen",
            "Opened again before it was published",
            APPROVED,
            PaperState.DRAFT,
            APPROVERS,
            button="Open it again",
            needs_comment=True,
        ),
        Transition(
            "correct",
            "To be corrected",
            PUBLISHED,
            PaperState.DRAFT,
            WRITERS,
            button="Correct it",
            needs_comment=True,
        ),
    )
)


def publish_with_agenda(meeting: Meeting, *, by: User, access: Access) -> None:
    """Publishes those papers of the meeting that are approved. The agenda has to stand."""
    approved = Paper.objects.filter(item__meeting=meeting, status=PaperState.APPROVED)
    for key in approved.order_by("item__order").values_list("pk", flat=True):
        PAPERS.transition("publish", key, by=by, access=access)
