"""What a committee decides about a measure, followed until it is done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from outcomes.models.measures import Measure
from projects.models import Council


class FollowUpAction(Sourced):
    """One of the standard actions that a committee chooses from."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="follow_up_actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    description = models.TextField()

    objects = ByNaturalKey("council__slug", "number")

    class Meta:
        ordering = ["council", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="follow_up_action_number_unique",
                violation_error_message="This council already has an action with that number.",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.number)


@tracked()
class FollowUp(models.Model):
    """An action that a committee chose for a measure, with its decision, owner and date."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="follow_ups")
    action = models.ForeignKey(FollowUpAction, models.PROTECT, related_name="follow_ups")
    decided_on = models.DateField()
    decision = models.TextField()
    owner = models.CharField(max_length=120, help_text="By post.")
    due = models.DateField(help_text="When it is reported back to the committee.")
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_why = models.TextField(blank=True, db_default="")

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gte=F("decided_on")),
                name="follow_up_due_after_it_was_decided",
                violation_error_message="It is due on or after the day it was decided.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, outcome="")
                | Q(done_on__gte=F("decided_on")) & ~Q(outcome=""),
                name="follow_up_done_with_its_outcome",
                violation_error_message="What is done says when, after it was decided, and what "
                "came of it.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_why=""),
                name="follow_up_taken_back_says_by_whom_and_why",
                violation_error_message="What is taken back says when, by whom and why.",
            ),
        ]

    def __str__(self):
        return f"{self.measure}: {self.action}"
