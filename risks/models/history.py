"""The history of a risk: dated rows that are added to and never changed.

The register as at a date is read from the latest rows up to that date (``risks.register``), so
what was published stays as it was.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import never_changes
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.ratings import COLOURS, Rating
from projects.models import Project
from risks.models.risks import Risk

SCALE = (1, 2, 3, 4, 5)
KEY = ("risk__council__slug", "risk__slug", "on", "recorded_at")


class Dated(Sourced):
    """One row of a risk's history: the day it holds from, who wrote it and why.

    ``on`` is the day it holds from, ``recorded_at`` the moment it was recorded here: a report
    shows only what had been recorded when it was published.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="%(class)s_rows")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_post = models.CharField(max_length=120, help_text="The post, not a person's name.")
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["risk", "on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(by_post=""),
                name="%(class)s_says_who",
                violation_error_message="Say whose post it is by.",
            ),
        ]

    @depends_on("risks.risk")
    def natural_key(self):
        return (*self.risk.natural_key(), self.on, self.recorded_at)


class Level(models.TextChoices):
    CORPORATE = "corporate", "Corporate"
    DEPARTMENTAL = "departmental", "Departmental"
    PROJECT = "project", "Project"


class Details(Dated):
    """A risk's title and description, who owns it, and when the target should be met."""

    title = models.CharField(max_length=200)
    description = models.TextField()
    area = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level)
    owner_post = models.CharField(max_length=120)
    reviewer_post = models.CharField(max_length=120, blank=True)
    target_date = models.DateField(null=True, blank=True)
    significant = models.BooleanField(
        default=True, help_text="Whether title or description was altered so much as to be told."
    )

    objects = ByNaturalKey(*KEY)

    class Meta(Dated.Meta):
        verbose_name_plural = "details"
        triggers = never_changes("details")

    def __str__(self):
        return self.title


class Assessment(Dated):
    """How likely and how bad a risk was judged to be: originally, currently or as the target."""

    class Stage(models.TextChoices):
        ORIGINAL = "original", "Original"
        CURRENT = "current", "Current"
        TARGET = "target", "Target"

    stage = models.CharField(max_length=10, choices=Stage)
    likelihood = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    impact = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    score_as_printed = models.CharField(
        max_length=20, blank=True, help_text="The score is computed; this is what the source says."
    )
    review_by = models.DateField(null=True, blank=True, help_text="When it is looked at again.")

    objects = ByNaturalKey(*KEY, "stage")

    class Meta(Dated.Meta):
        triggers = never_changes("assessment")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(likelihood__in=SCALE),
                name="assessment_likelihood_1_to_5",
                violation_error_message="Likelihood is from 1 to 5.",
            ),
            models.CheckConstraint(
                condition=Q(impact__in=SCALE),
                name="assessment_impact_1_to_5",
                violation_error_message="Impact is from 1 to 5.",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | ~Q(reason=""),
                name="assessment_by_a_person_has_reason",
                violation_error_message="Say why the risk stands where it does.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}, {self.stage}: {self.likelihood} x {self.impact}"

    @depends_on("risks.risk")
    def natural_key(self):
        return (*super().natural_key(), self.stage)


class Prospect(Dated):
    """The prospects of meeting the target score by the target date."""

    prospects = models.CharField(
        max_length=10, choices=[(colour.value, colour.label) for colour in COLOURS]
    )

    objects = ByNaturalKey(*KEY)

    class Meta(Dated.Meta):
        triggers = never_changes("prospect")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(prospects__in=[Rating.GREEN, Rating.AMBER, Rating.RED]),
                name="prospect_is_a_colour",
                violation_error_message="Prospects are green, amber or red.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}: {self.prospects}"


class Task(Dated):
    """A numbered task that should bring the risk down."""

    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = ByNaturalKey("risk__council__slug", "risk__slug", "number")

    class Meta(Dated.Meta):
        ordering = ["risk", "number"]
        triggers = never_changes("task")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["risk", "number"],
                name="task_number_unique_in_risk",
                violation_error_message="The risk already has a task of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="task_number_from_one",
                violation_error_message="Tasks are numbered from 1.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}, task {self.number}"

    @depends_on("risks.risk")
    def natural_key(self):
        return (*self.risk.natural_key(), self.number)


class Progress(Dated):
    """Progress on a task, or on the risk as a whole if the source names no task."""

    class State(models.TextChoices):
        UNSAID = "", "Not said"
        ON_SCHEDULE = "on schedule", "On schedule"
        BEHIND = "falling behind", "Falling behind"
        DONE = "done", "Done"

    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="progress_rows"
    )
    label = models.CharField(max_length=10, blank=True, help_text="Its number as printed: 3b.")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    state = models.CharField(max_length=15, choices=State, blank=True)

    objects = ByNaturalKey(*KEY, "order")

    class Meta(Dated.Meta):
        ordering = ["risk", "on", "recorded_at", "order", "pk"]
        verbose_name_plural = "progress"
        triggers = never_changes("progress")

    def __str__(self):
        return f"{self.risk}, progress on {self.on}"

    @depends_on("risks.task")
    def natural_key(self):
        return (*super().natural_key(), self.order)


class Promise(Dated):
    """Something the register says will happen, with the latest day that its wording allows."""

    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    due = models.DateField(help_text="The last day of the month or year that is named.")
    due_as_printed = models.CharField(max_length=60, blank=True)

    objects = ByNaturalKey(*KEY, "order")

    class Meta(Dated.Meta):
        ordering = ["risk", "due", "pk"]
        triggers = never_changes("promise")

    def __str__(self):
        return f"{self.risk}: by {self.due}"

    @depends_on("risks.risk")
    def natural_key(self):
        return (*super().natural_key(), self.order)


class Closure(Dated):
    """A risk that was closed, or ``reopened``: the latest row says which it is.

    It stays in the register, with the day and the reason.
    """

    reopened = models.BooleanField(default=False, help_text="The risk is open again.")

    objects = ByNaturalKey(*KEY)

    class Meta(Dated.Meta):
        triggers = never_changes("closure")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["risk", "on", "recorded_at"],
                name="closure_once_at_a_moment",
                violation_error_message="The risk was closed or reopened at that moment already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="closure_has_reason",
                violation_error_message="Say why the risk is closed or reopened.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}: {'reopened' if self.reopened else 'closed'} on {self.on}"


class Link(Dated):
    """What else a risk is about: a project, or a measure or saving by its reference."""

    class Kind(models.TextChoices):
        PROJECT = "project", "Project"
        MEASURE = "measure", "Measure"
        SAVING = "saving", "Saving"

    kind = models.CharField(max_length=10, choices=Kind)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="risk_links"
    )
    reference = models.CharField(max_length=60, blank=True)
    dropped = models.BooleanField(
        default=False, help_text="From this day on the risk is not about it any more."
    )

    objects = ByNaturalKey(*KEY, "kind", "reference")

    class Meta(Dated.Meta):
        triggers = never_changes("link")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="project", project__isnull=False)
                | (~Q(kind="project") & Q(project__isnull=True) & ~Q(reference="")),
                name="link_names_what_it_links",
                violation_error_message="Name the project, or the reference of measure or saving.",
            ),
        ]

    def __str__(self):
        return f"{self.risk}: {self.kind} {self.project or self.reference}"

    @depends_on("risks.risk", "projects.project")
    def natural_key(self):
        return (*super().natural_key(), self.kind, self.reference)
