"""What people did about discrepancies: accepted one, opened it again, gave it to somebody."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.protection import never_changes
from projects.models import Council


class DisagreementEvent(models.Model):
    """One act about a discrepancy, never changed. The last of each decides how it stands.

    ``figures`` is a fingerprint of the two: what was accepted is open again once either changes.
    Who it was given to stays, whatever the figures become.
    """

    class Action(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        OPENED = "opened again", "Opened again"
        GIVEN = "given", "Given to somebody"

    council = models.ForeignKey(Council, models.PROTECT, related_name="disagreement_events")
    key = models.CharField(max_length=300)
    figures = models.CharField(max_length=64)
    action = models.CharField(max_length=12, choices=Action)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["council", "at", "pk"]
        indexes = [models.Index(fields=["council", "key"], name="disagreement_events_by_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="given") | ~Q(reason=""),
                name="disagreement_event_says_why",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(action="given", to__isnull=False)
                | (~Q(action="given") & Q(to__isnull=True)),
                name="disagreement_given_to_somebody",
                violation_error_message="Say who it is given to.",
            ),
        ]
        triggers = never_changes("disagreement_event")

    def __str__(self) -> str:
        return f"{self.council}: {self.key}, {self.action}"
