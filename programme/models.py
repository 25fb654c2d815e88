"""Discrepancies that a person has looked at and accepted, with the reason."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.protection import Protect
from projects.models import Council


class AcceptedDisagreement(models.Model):
    """A discrepancy that is known and accepted, for exactly these two figures. Never changed.

    ``figures`` is a fingerprint of the two: once either changes, the discrepancy is open again.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="accepted_disagreements")
    key = models.CharField(max_length=300)
    figures = models.CharField(max_length=64)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["council", "key", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key", "figures"],
                name="disagreement_accepted_once",
                violation_error_message="It is accepted already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="disagreement_accepted_with_a_reason",
                violation_error_message="Say why it is accepted.",
            ),
        ]
        triggers = [Protect(name="acceptance_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.council}: {self.key}"
