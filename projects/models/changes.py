"""Changes of a project, or of how a council judges and approves: from when and why."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.roles import Role
from bcfportal.lib.periods import validate_period_key
from bcfportal.lib.protection import Protect, never_emptied
from bcfportal.lib.tolerances import ToleranceKind
from projects.models.councils import Council, Fund, GrantCondition, Provider
from projects.models.projects import Project


class Renaming(models.Model):
    """Another name, with the reason. It is never edited: another one corrects a mistake."""

    before = models.CharField(max_length=250, blank=True, help_text="In words.")
    after = models.CharField(max_length=250, blank=True, help_text="In words.")
    short_before = models.CharField(max_length=120, blank=True, help_text="The short name.")
    short_after = models.CharField(max_length=120, blank=True, help_text="The short name.")
    why = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True


class ProjectChange(Renaming):
    """One dated change of a project: of its name, or another."""

    class Kind(models.TextChoices):
        BEGAN = "began", "Began"
        ENDED = "ended", "Ended"
        RENAMED = "renamed", "Renamed"
        MOVED = "moved", "Moved to another purpose"
        ALLOCATION = "allocation", "Allocation changed"

    project = models.ForeignKey(Project, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField(help_text="From which day it holds.")
    condition_before = models.ForeignKey(
        GrantCondition, models.PROTECT, null=True, blank=True, related_name="+"
    )
    condition_after = models.ForeignKey(
        GrantCondition, models.PROTECT, null=True, blank=True, related_name="+"
    )

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
            never_emptied("project_change"),
            Protect(name="project_change_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.project}: {self.get_kind_display()}, {self.on}"


class NameChange(Renaming):
    """Another name of a fund, a provider or what projects serve, from a day on.

    Without a day it puts right how the name was spelt, whenever it was used.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="name_changes")
    fund = models.ForeignKey(
        Fund, models.CASCADE, null=True, blank=True, related_name="name_changes"
    )
    condition = models.ForeignKey(
        GrantCondition, models.CASCADE, null=True, blank=True, related_name="name_changes"
    )
    provider = models.ForeignKey(
        Provider, models.CASCADE, null=True, blank=True, related_name="name_changes"
    )
    on = models.DateField(null=True, blank=True, help_text="From which day it holds; none: always.")

    class Meta:
        ordering = ["council", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="name_change_says_why",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(fund__isnull=False, condition=None, provider=None)
                | Q(fund=None, condition__isnull=False, provider=None)
                | Q(fund=None, condition=None, provider__isnull=False),
                name="name_change_of_one_thing",
                violation_error_message="A change of name is of one thing.",
            ),
        ]
        triggers = [
            never_emptied("name_change"),
            Protect(name="name_change_stays", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.before}: {self.after}"


class ToleranceChange(models.Model):
    """A change of how a council judges its figures, from ``period`` on.

    What is kept here held *before* that period, since the change before it. The newest settings are
    the council's own, so they stand nowhere twice.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="tolerance_changes")
    period = models.CharField(
        max_length=11,
        validators=[validate_period_key],
        help_text="The first period of the new settings.",
    )
    rating_tolerance = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    rating_tolerance_kind = models.CharField(max_length=10, choices=ToleranceKind)
    exception_variance = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["council", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="tolerance_change_says_why",
                violation_error_message="Say why the tolerance changes.",
            ),
        ]
        triggers = [Protect(name="tolerance_change_stays", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.council} from {self.period}"


class ApprovalChange(models.Model):
    """A change of who approves what in a council: the settings from then on, and why.

    It is never edited: another change takes it back.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="approval_changes")
    second_signature = models.CharField(max_length=20, blank=True, help_text="The role, or none.")
    second_signature_of_finance = models.CharField(
        max_length=20, blank=True, help_text="The same of finance reports."
    )
    approves_own = models.BooleanField(help_text="One person may approve what they wrote.")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["council", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="approval_change_says_why",
                violation_error_message="Say why.",
            ),
        ]
        triggers = [Protect(name="approval_change_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.council}: {self.label}"

    @property
    def label(self) -> str:
        """The settings in a sentence."""
        signed = {"return": self.second_signature}
        signed["finance report"] = self.second_signature_of_finance
        said = [signing_words(role, what) for what, role in signed.items() if role]
        return ". ".join(said) or approval_words(approves_own=self.approves_own)


def signing_words(role: str, what: str) -> str:
    """Who signs it a second time, in a sentence."""
    return f"A {Role(role).label.lower()} signs a {what} before another officer approves it"


def approval_words(*, approves_own: bool) -> str:
    """Who approves what nobody signs a second time, in a sentence."""
    if approves_own:
        return "One person may approve what they wrote"
    return "Another person than who wrote it approves"
