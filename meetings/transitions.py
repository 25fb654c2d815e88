"""The workflow of a meeting: its agenda is published, then its minutes; each is kept for good.

Either can be corrected by a further version, which says why.

A meeting keeps no state of its own: it is as far as what stands of it says. So it is planned again
where its agenda was withdrawn, and can be published again.
"""

from datetime import date
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from meetings.asked import asked_of_agenda, asked_of_minutes
from meetings.collect import corrected, freeze_meeting, make_meeting
from meetings.corrections import texts_of
from meetings.models import Attendance, Meeting, MeetingStep, MeetingVersion, Stage
from meetings.papers.transitions import publish_with_agenda
from projects.access import Access
from publishing.steps import Step, Transition
from publishing.workflow import Workflow

KEEPERS = frozenset({Permission.KEEP_MEETINGS})


class MeetingWorkflow(Workflow[Meeting]):
    """Who keeps the meetings publishes what others wrote; their own where the council lets them."""

    subject = "meeting"
    states = Stage
    state_field = ""

    def lock(self, pk: int, access: Access) -> Meeting:
        locked = Meeting.objects.select_for_update(of=("self",))
        return locked.select_related("committee__council").get(
            pk=pk, committee__council=access.council
        )

    def state(self, record: Meeting) -> str:
        """How far what stands of it goes. One query."""
        versions = MeetingVersion.objects.not_withdrawn().filter(meeting=record)
        latest = versions.order_by("-number").values_list("stage", flat=True).first()
        return latest or Stage.PLANNED

    def is_author(self, record: Meeting, user: User) -> bool:
        return wrote_any(record, user)

    def stage_of(self, record: Meeting) -> str:
        """The stage of what would be published next, or corrected."""
        return Stage.AGENDA if self.state(record) == Stage.PLANNED else Stage.MINUTES

    def read(self, record: Meeting) -> dict[str, str]:
        """All that the meeting says, minutes too."""
        return texts_of(make_meeting(record, Stage.MINUTES, 1))

    def why_not(self, action: str, record: Meeting, today: date) -> str:
        if reason := super().why_not(action, record, today):
            return reason
        if action == "publish minutes" and record.day > today:
            return "The meeting is still to come."
        return ""

    def why_not_ready(self, rule: Transition, record: Meeting) -> str:
        if not record.items.exists():
            return "Enter the items of the agenda."
        if rule.target == Stage.AGENDA and not record.place:
            return "Say where the meeting is."
        if rule.target == Stage.MINUTES:
            present = record.attendance.filter(kind=Attendance.Kind.PRESENT)
            if not present.exists():
                return "Say how many were present."
        if rule.action.startswith("correct") and not corrected(record):
            return "It would say what it says already, so there is nothing to correct."
        return ""

    def write(self, step: Step[Meeting]) -> None:
        """The day on which an agenda was published is kept with it."""
        if step.rule.target == Stage.AGENDA and step.record.agenda_published_on is None:
            step.record.agenda_published_on = min(step.at.date(), step.record.day)
            step.record.save(update_fields=["agenda_published_on"])

    def freeze(self, step: Step[Meeting]) -> None:
        why = step.comment if step.rule.needs_comment else ""
        freeze_meeting(step.record, step.rule.target, at=step.at, by=step.by, why=why)

    def after(self, step: Step[Meeting], access: Access) -> None:
        """With the agenda go the papers that are approved; the others follow one by one."""
        publish_with_agenda(step.record, by=step.by, access=access)

    def event(self, step: Step[Meeting]) -> MeetingStep:
        return MeetingStep(meeting=step.record)


def _publishes(what: str, source: str, target: str, **how: Any) -> Transition:
    return Transition(
        f"publish {what}",
        f"{what.capitalize()} published",
        frozenset({source}),
        target,
        KEEPERS,
        button=f"Publish the {what}",
        not_by_author=True,
        own_by="approves_own_since",
        freezes=True,
        **how,
    )


def _corrects(what: str, stage: str) -> Transition:
    return Transition(
        f"correct {what}",
        f"{what.capitalize()} corrected",
        frozenset({stage}),
        stage,
        KEEPERS,
        button=f"Correct the {what}",
        needs_comment=True,
        not_by_author=True,
        own_by="approves_own_since",
        freezes=True,
    )


MEETINGS = MeetingWorkflow(
    (
        _publishes("agenda", Stage.PLANNED, Stage.AGENDA, questions=asked_of_agenda),
        _corrects("agenda", Stage.AGENDA),
        _publishes("minutes", Stage.AGENDA, Stage.MINUTES, questions=asked_of_minutes),
        _corrects("minutes", Stage.MINUTES),
    )
)
