"""Reporting periods: a council's quarters, from opening to publication."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.periods import Period
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.sentences import day_words
from projects.models import Council


class ReportingPeriodQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Periods of which something is published."""
        return self.filter(published_at__isnull=False)

    def of_programmes(self) -> Self:
        """Periods in which projects report."""
        return self.filter(kind=ReportingPeriod.Kind.PROGRAMME)

    def of_vital_signs(self) -> Self:
        """Periods in which a council's own measures are reported."""
        return self.filter(kind=ReportingPeriod.Kind.VITAL_SIGNS)


class ReportingPeriod(Sourced):
    """A quarter (or month) in which a council reports its programme."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "Projects of the programme"
        VITAL_SIGNS = "vital signs", "The council's vital signs"

    council = models.ForeignKey(Council, models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PROGRAMME)
    key = PeriodKeyField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="When something of it was first published."
    )
    current_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When an officer made it the current report; the latest of a council is.",
    )
    current_when_complete = models.BooleanField(
        default=False, help_text="It becomes the current report once all returns are in."
    )
    title = models.CharField(max_length=200, help_text="What the report is called on its cover.")
    subtitle = models.CharField(max_length=200, blank=True)
    as_at = models.DateField()
    meets = models.DateField(
        null=True, blank=True, help_text="The meeting that the report goes to, where it is known."
    )
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

    def __str__(self) -> str:
        return f"{self.council}: {self.label}"

    @property
    def returns(self) -> models.QuerySet[Any]:
        """The returns of projects that are made in it."""
        return apps.get_model("publishing", "Return").objects.filter(period=self)

    @property
    def label(self) -> str:
        return Period.parse(self.key).label

    def why_not_written(self, today: date) -> str:
        """Why nothing of it can be written on that day, in a sentence; nothing where it can be."""
        if self.status == self.Status.CLOSED:
            return (
                f"{self.label} is closed, so nothing in it can be changed. "
                "Ask a performance officer to reopen the period."
            )
        if self.opens and today < self.opens:
            opens = day_words(self.opens)
            return f"{self.label} opens on {opens}. Until that day nothing in it can be written."
        return ""

    @depends_on("projects.council")
    def natural_key(self) -> tuple[str, str]:
        return (self.council.slug, self.key)
