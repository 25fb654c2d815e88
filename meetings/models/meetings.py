"""Meetings: when and where, who was there, the agenda, and what was published of each."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import Protect, never_emptied, tracked
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.sentences import day_words
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from meetings.models.committees import Committee
from projects.models import Council
from publishing.models.events import Event, stays_with
from publishing.models.versions import Version


class Stage(models.TextChoices):
    """How far a meeting is published: what stands of it says so."""

    PLANNED = "planned", "Planned"
    AGENDA = "agenda", "Agenda published"
    MINUTES = "minutes", "Minutes published"


PUBLISHED = [(stage.value, stage.label) for stage in (Stage.AGENDA, Stage.MINUTES)]


@tracked()
class Meeting(Sourced):
    """A meeting of a committee. Before its agenda is published it is a draft."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    slug = models.SlugField(max_length=40, help_text="In its address: mostly its day.")
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    agenda_published_on = models.DateField(null=True, blank=True)
    questions_by = models.DateTimeField(
        null=True, blank=True, help_text="By when questions from the public must be received."
    )
    chair_post = models.CharField(
        max_length=120, blank=True, help_text="The role of who was in the chair, not a name."
    )
    chair_chosen = models.TextField(
        blank=True, help_text="How who was in the chair was chosen, where it was for the meeting."
    )
    ended_at = models.TimeField(null=True, blank=True)
    published_before = models.CharField(
        max_length=10,
        choices=PUBLISHED,
        blank=True,
        help_text="What of it was published before it was held here.",
    )

    objects = ByNaturalKey("committee__council__slug", "committee__slug", "slug")

    class Meta:
        ordering = ["committee", "-day", "-slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "slug"],
                name="meeting_slug_unique_in_committee",
                violation_error_message="The committee already has a meeting with that address.",
            ),
            models.CheckConstraint(
                condition=Q(agenda_published_on__isnull=True)
                | Q(agenda_published_on__lte=models.F("day")),
                name="meeting_agenda_published_before_it",
                violation_error_message="An agenda is published by the day of its meeting.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee}, {day_words(self.day)}"

    @depends_on("meetings.committee")
    def natural_key(self) -> tuple:
        return (*self.committee.natural_key(), self.slug)

    @property
    def council(self) -> Council:
        return self.committee.council

    @property
    def council_id(self) -> int:
        return self.committee.council_id

    @property
    def record_name(self) -> str:
        """Its name in its council, which no other meeting has."""
        return f"{self.committee.slug}/{self.slug}"


@tracked()
class Attendance(Sourced):
    """How many of a role were members of the committee, present, or sent their apologies."""

    class Kind(models.TextChoices):
        MEMBERS = "members", "Members of the committee"
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    kind = models.CharField(max_length=10, choices=Kind)
    role = models.CharField(max_length=120, help_text="The role, not a person's name.")
    count = models.PositiveSmallIntegerField()

    objects = ByNaturalKey(
        "meeting__committee__council__slug",
        "meeting__committee__slug",
        "meeting__slug",
        "kind",
        "role",
    )

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "role"],
                name="attendance_of_a_role_once",
                violation_error_message="The meeting already has a count of that role.",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="attendance_from_one",
                violation_error_message="Leave out a role of which nobody was there.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.count} {self.role}, {self.kind}"

    @depends_on("meetings.meeting")
    def natural_key(self) -> tuple:
        return (*self.meeting.natural_key(), self.kind, self.role)


@tracked()
class AgendaItem(Sourced):
    """One item of an agenda, with the page of the papers that it prints, if any."""

    class Kind(models.TextChoices):
        APOLOGIES = "apologies", "Apologies"
        MINUTES = "minutes", "Minutes"
        DECLARATIONS = "declarations", "Declarations of interest"
        URGENT = "urgent", "Urgent business"
        QUESTIONS = "questions", "Questions"
        UPDATE = "update", "Update"
        APPOINTMENTS = "appointments", "Appointments"
        REPORT = "report", "Report"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10, help_text="As printed.")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=Kind)
    page = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="As printed; none where none is."
    )
    responsible_post = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True, help_text="What the agenda says of it, as printed.")
    lead = models.TextField(
        blank=True, help_text="The words that lead to its recommendations, as printed."
    )

    objects = ByNaturalKey(
        "meeting__committee__council__slug",
        "meeting__committee__slug",
        "meeting__slug",
        "number",
    )

    class Meta:
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="item_number_unique_in_meeting",
                violation_error_message="The agenda already has an item of that number.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="item_order_unique_in_meeting",
                violation_error_message="Another item has that place in the agenda.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(number=""),
                name="item_has_number_and_title",
                violation_error_message="Give the item a number and a title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @depends_on("meetings.meeting")
    def natural_key(self) -> tuple:
        return (*self.meeting.natural_key(), self.number)


@tracked()
class Departure(Sourced):
    """Members who left before the end: during which item, and when."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="departures")
    number = models.CharField(max_length=10, help_text="The paragraph of the minutes.")
    at = models.TimeField()
    count = models.PositiveSmallIntegerField(default=1)

    objects = ByNaturalKey(
        "item__meeting__committee__council__slug",
        "item__meeting__committee__slug",
        "item__meeting__slug",
        "item__number",
        "number",
    )

    class Meta:
        ordering = ["item", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"],
                name="departure_paragraph_once",
                violation_error_message="That paragraph already says who left.",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="departure_from_one",
                violation_error_message="Say how many left.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.count} left at {self.at}"

    @depends_on("meetings.agendaitem")
    def natural_key(self) -> tuple:
        return (*self.item.natural_key(), self.number)


class MeetingStep(Event):
    """One line of a meeting's timeline."""

    KIND = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="timeline")

    class Meta:
        ordering = ["meeting", "at", "pk"]
        triggers = stays_with("meeting_step")

    def record_name(self) -> str:
        return self.meeting.record_name


class MeetingVersion(MayBeWithdrawn, Version):
    """What was published of a meeting: its agenda, or its minutes with the agenda."""

    KIND = "meeting"
    RECORD: tuple[str, ...] = ("meeting__committee",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="versions")
    stage = models.CharField(max_length=10, choices=PUBLISHED)

    objects = Withdrawable.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[stage for stage, _ in PUBLISHED]),
                name="meeting_version_of_agenda_or_minutes",
                violation_error_message="A version is of the agenda or of the minutes.",
            ),
        ]
        triggers = [
            never_emptied("meeting_version"),
            Protect(
                name="meeting_version_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.number}"

    @property
    def day(self) -> date:
        return self.meeting.day

    def record_name(self) -> str:
        return self.meeting.record_name
