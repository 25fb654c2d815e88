"""Invitations to work for a council, which people accept or decline."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from bcfportal.lib import clock
from projects.models import Council, Project


class Invitation(models.Model):
    """Roles and projects that a council offers to whoever has an email address.

    The person joins by accepting. Until then the council's pages show only what its administrator
    typed and nothing from the account, not even whether it existed before.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    email = models.EmailField(help_text="As the administrator typed it.")
    post = models.CharField(max_length=120, help_text="As the administrator typed it.")
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    projects = models.ManyToManyField(Project, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ["council", "post", "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"],
                condition=Q(answered_at=None),
                name="invitation_open_once_in_council",
                violation_error_message="This person is invited already.",
            ),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(answered_at__isnull=False),
                name="invitation_accepted_once_answered",
                violation_error_message="Only an answered invitation is accepted.",
            ),
        ]

    def __str__(self):
        return f"{self.email}, {self.council}"

    @property
    def invited_at(self) -> datetime:
        """When the person was invited, by the portal's clock."""
        return clock.shown(self.made_at)

    @property
    def role_names(self) -> list[str]:
        return [role.label for role in Role if role in self.roles]
