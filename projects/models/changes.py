"""What changed about a project, from which day and why: for its page and its history."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.projects import Project


class ProjectChange(models.Model):
    """One dated change of a project. It never changes itself: a mistake is put right by another."""

    class Kind(models.TextChoices):
        BEGAN = "began", "Began"
        ENDED = "ended", "Ended"
        RENAMED = "renamed", "Renamed"
        MOVED = "moved", "Moved to another purpose"
        ALLOCATION = "allocation", "Allocation changed"

    project = models.ForeignKey(Project, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField(help_text="From which day it holds.")
    before = models.CharField(max_length=250, blank=True, help_text="In words.")
    after = models.CharField(max_length=250, blank=True, help_text="In words.")
    why = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["project", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="project_change_says_why",
                violation_error_message="Say why.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="project_change_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.project}: {self.get_kind_display()}, {self.on}"
