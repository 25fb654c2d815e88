"""Reporting periods, the returns made in them, and the snapshots that approval keeps."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bcfportal.lib.periods import Period
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.ratings import Rating
from bcfportal.lib.searching import WordsVector
from outcomes.models import PeriodKeyField
from projects.models import ByNaturalKey, Council, Project


class ReportingPeriodQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=ReportingPeriod.Status.PUBLISHED)


class ReportingPeriod(Sourced):
    """A quarter (or month) in which a council reports its programme."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        PUBLISHED = "published", "Published"

    council = models.ForeignKey(Council, models.CASCADE, related_name="periods")
    key = PeriodKeyField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    title = models.CharField(max_length=200, help_text="What the report is called on its cover.")
    subtitle = models.CharField(max_length=200, blank=True)
    as_at = models.DateField()
    opens = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    summary_pages = models.CharField(
        max_length=20, blank=True, help_text="The pages of the summary in the contents list."
    )

    objects = ByNaturalKey.from_queryset(ReportingPeriodQuerySet)("council__slug", "key")

    class Meta:
        ordering = ["council", "-as_at", "-key"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "key"],
                name="period_key_unique_in_council",
                violation_error_message="This council already has that reporting period.",
            ),
            models.CheckConstraint(
                condition=(Q(opens__isnull=True) | Q(due__isnull=True) | Q(opens__lte=F("due")))
                & (Q(due__isnull=True) | Q(closes__isnull=True) | Q(due__lte=F("closes"))),
                name="period_opens_then_due_then_closes",
                violation_error_message="A period opens, is due and closes in that order.",
            ),
        ]

    def __str__(self):
        return f"{self.council}: {self.label}"

    @property
    def label(self):
        return Period.parse(self.key).label

    def natural_key(self):
        return (self.council.slug, self.key)

    natural_key.dependencies = ["projects.council"]


class Return(Sourced):
    """What one project reports in one period."""

    class Status(models.TextChoices):
        NOT_STARTED = "not started", "Not started"
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        SENT_BACK = "sent back", "Sent back"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    project = models.ForeignKey(Project, models.CASCADE, related_name="returns")
    period = models.ForeignKey(ReportingPeriod, models.CASCADE, related_name="returns")
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    performance = models.TextField(blank=True)
    summary_performance = models.TextField(blank=True)
    rating = models.CharField(max_length=12, choices=Rating, default=Rating.NOT_RATED)
    rating_text = models.TextField(
        blank=True, help_text="The words beside or in place of a colour."
    )

    objects = ByNaturalKey("project__council__slug", "project__slug", "period__key")

    class Meta:
        ordering = ["period", "project"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                name="return_unique_in_project_and_period",
                violation_error_message="The project already has a return for that period.",
            ),
        ]

    def __str__(self):
        return f"{self.project}, {self.period.label}"

    def natural_key(self):
        return (self.project.council.slug, self.project.slug, self.period.key)

    natural_key.dependencies = ["projects.project", "reporting.reportingperiod"]


class SnapshotQuerySet(models.QuerySet):
    def published(self, periods):
        """The latest snapshot of each published return of ``periods``, in the report's order."""
        newer = Snapshot.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
        return self.filter(
            ~Exists(newer),
            report__period__in=periods,
            report__status=Return.Status.PUBLISHED,
        ).order_by("report__project__grant_condition__number", "report__project__order")


class Snapshot(models.Model):
    """What a return said when it was approved: numbered, fingerprinted, never changed."""

    report = models.ForeignKey(Return, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the content, in hex.")
    made_at = models.DateTimeField()
    words = models.JSONField(help_text="The sheet's words by the heading they stand under.")
    search = models.GeneratedField(
        expression=SearchVector("content__title", weight="A", config="english")
        + WordsVector("words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["report", "number"]
        indexes = [GinIndex(fields=["search"], name="snapshot_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="snapshot_number_unique_in_return",
                violation_error_message="The return already has a snapshot of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="snapshot_number_from_one",
                violation_error_message="Snapshots are numbered from 1.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="snapshot_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.report}, snapshot {self.number}"
