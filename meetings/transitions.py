"""The workflow of a meeting: its agenda is published, then its minutes; each is kept for good.

A meeting keeps no state of its own: it is as far as what stands of it says. So it is planned again
where its agenda was withdrawn, and can be published again.
"""

from datetime import date

from accounts.roles import Permission
from meetings.collect import freeze_meeting
from meetings.models import Attendance, Meeting, MeetingStep, MeetingVersion, Stage
from projects.access import Access
from publishing.steps import Step, Transition
from publishing.workflow import Workflow

KEEPERS = frozenset({Permission.KEEP_MEETINGS})


class MeetingWorkflow(Workflow[Meeting]):
    """Who keeps the meetings publishes agendas and minutes alone; the committee agrees them."""

    subject = "meeting"
    states = Stage
    ends = frozenset({Stage.MINUTES})
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
        present = record.attendance.filter(kind=Attendance.Kind.PRESENT)
        if rule.target == Stage.MINUTES and not present.exists():
            return "Say how many were present."
        return ""

    def write(self, step: Step[Meeting]) -> None:
        """The day on which an agenda was published is kept with it."""
        if step.rule.target == Stage.AGENDA and step.record.agenda_published_on is None:
            step.record.agenda_published_on = min(step.at.date(), step.record.day)
            step.record.save(update_fields=["agenda_published_on"])

    def freeze(self, step: Step[Meeting]) -> None:
        freeze_meeting(step.record, step.rule.target, at=step.at, by=step.by)

    def event(self, step: Step[Meeting]) -> MeetingStep:
        return MeetingStep(meeting=step.record)


MEETINGS = MeetingWorkflow(
    (
        Transition(
            "publish agenda",
            "Agenda published",
            frozenset({Stage.PLANNED}),
            Stage.AGENDA,
            KEEPERS,
            button="Publish the agenda",
            freezes=True,
        ),
        Transition(
            "publish minutes",
            "Minutes published",
            frozenset({Stage.AGENDA}),
            Stage.MINUTES,
            KEEPERS,
            button="Publish the minutes",
            freezes=True,
        ),
    )
)
