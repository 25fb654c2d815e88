"""Who does what in which council."""

from django.conf import settings
from django.db import models

from accounts.roles import Role
from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from projects.models.councils import Council
from projects.models.projects import Project


@tracked()
class Membership(models.Model):
    """A role that a person holds in a council; they may hold several, in several councils."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    council = models.ForeignKey(Council, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    objects = ByNaturalKey("user__email", "council__slug", "role")

    class Meta:
        ordering = ["council", "user__email", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council", "role"],
                name="membership_unique",
                violation_error_message="This person already has that role in the council.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} of {self.council}"

    @depends_on("accounts.user", "projects.council")
    def natural_key(self):
        return (self.user.email, self.council.slug, self.role)


@tracked()
class Assignment(models.Model):
    """A project that a commissioner reports on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    project = models.ForeignKey(Project, models.CASCADE, related_name="assignments")

    objects = ByNaturalKey("user__email", "project__council__slug", "project__slug")

    class Meta:
        ordering = ["project", "user__email"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "project"],
                name="assignment_unique",
                violation_error_message="This person is already assigned to the project.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.project}"

    @depends_on("accounts.user", "projects.project")
    def natural_key(self):
        return (self.user.email, self.project.council.slug, self.project.slug)
