"""What a committee decided and asked for, and what was reported back."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from meetings.models.business import OF_ITEM, OfItem, Recommendation
from meetings.models.meetings import Meeting


@tracked()
class Decision(OfItem):
    """What was decided on an item or on one of its recommendations, with the votes if recorded."""

    class Outcome(models.TextChoices):
        NOTED = "noted", "Noted"
        AGREED = "agreed", "Agreed"
        ASKED = "asked", "Asked"
        REVIEWED = "reviewed", "Reviewed"
        DEFERRED = "deferred", "Deferred"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOT_HELD = "not held", "Not in the documents"

    number = models.CharField(max_length=10, blank=True, help_text="The paragraph and letter.")
    recommendation = models.ForeignKey(
        Recommendation, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    wording = models.TextField(blank=True, help_text="As printed, people by post.")
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    did_not_vote = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Where the minutes say how many did not vote."
    )

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome="not held", wording="")
                | ~Q(outcome="not held") & ~Q(wording=""),
                name="decision_in_words_where_it_is_held",
                violation_error_message="Say what was decided, or that it is not in the documents.",
            ),
            models.CheckConstraint(
                condition=Q(
                    votes_for__isnull=True,
                    votes_against__isnull=True,
                    abstained__isnull=True,
                    did_not_vote__isnull=True,
                )
                | Q(votes_for__isnull=False, votes_against__isnull=False, abstained__isnull=False),
                name="decision_has_all_votes_or_none",
                violation_error_message="Enter votes for, against and abstained, or none of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.wording[:60]}"

    def clean(self) -> None:
        super().clean()
        if self.recommendation and self.recommendation.item_id != self.item_id:
            raise ValidationError({"recommendation": "Choose one of the same item."})


@tracked()
class Action(OfItem):
    """What somebody was asked or agreed to do, with the day as it was said."""

    number = models.CharField(max_length=20, blank=True, help_text="The paragraphs of the minutes.")
    what = models.TextField()
    wording = models.TextField(blank=True, help_text="As printed, people by post.")
    owner_post = models.CharField(
        max_length=120, blank=True, help_text="The post, not a person's name; empty where not said."
    )
    due_as_said = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True, help_text="The last day that this can mean.")
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="actions"
    )

    objects = ByNaturalKey(*OF_ITEM, "order")

    class Meta(OfItem.Meta):
        constraints = [
            *OfItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(what=""),
                name="action_says_what",
                violation_error_message="Say what is to be done.",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | ~Q(due_as_said=""),
                name="action_day_as_it_was_said",
                violation_error_message="Enter the day as it was said.",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:80]

    def clean(self) -> None:
        super().clean()
        if self.decision and self.decision.item_id != self.item_id:
            raise ValidationError({"decision": "Choose one of the same item."})


@tracked()
class ReportBack(Sourced):
    """What a later meeting was told of something that was asked for."""

    class State(models.TextChoices):
        GOING_ON = "going on", "Going on"
        DONE = "done", "Done"
        CHANGED = "changed", "Changed"
        DROPPED = "dropped", "Dropped"

    action = models.ForeignKey(Action, models.PROTECT, related_name="reports_back")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports_back")
    state = models.CharField(max_length=10, choices=State)
    text = models.TextField()

    objects = ByNaturalKey(
        *(f"action__{name}" for name in (*OF_ITEM, "order")),
        "meeting__committee__council__slug",
        "meeting__committee__slug",
        "meeting__slug",
    )

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "meeting"],
                name="reported_back_once_at_a_meeting",
                violation_error_message="The meeting already has a report on that.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="report_back_has_text",
                violation_error_message="Say what was reported.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.state}"

    @depends_on("meetings.action", "meetings.meeting")
    def natural_key(self) -> tuple:
        return (*self.action.natural_key(), *self.meeting.natural_key())
