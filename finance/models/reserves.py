"""Reserves and provisions, and what a report says of each. Money is pounds."""

from django.db import models

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from finance.models.monitoring import MonitoringReport, frozen_with_report, pounds_field
from projects.models import Council


class ReserveGroup(models.TextChoices):
    PROVISIONS = "provisions", "Provisions"
    RESERVES = "reserves", "Reserves"
    CORPORATE = "corporate", "Corporate reserve"


@tracked()
class Reserve(models.Model):
    """Money set aside: a provision, a reserve of the service, or one of the whole council."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="reserves")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    group = models.CharField(max_length=12, choices=ReserveGroup)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="reserve_slug_unique_in_council",
                violation_error_message="This council already has a reserve with that slug.",
            ),
        ]

    def __str__(self):
        return self.name

    @depends_on("projects.council")
    def natural_key(self):
        return (self.council.slug, self.slug)


class ReserveLine(Sourced):
    """One reserve in one report. The closing balance is worked out; the printed one is kept."""

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="reserve_lines")
    reserve = models.ForeignKey(Reserve, models.PROTECT, related_name="lines")
    opening = pounds_field("The balance on 1 April.")
    planned = pounds_field("Use (negative) or addition that was planned.")
    movement = pounds_field("Use (negative) or addition in the year.")
    closing_printed = pounds_field("The closing balance as the source prints it.")

    objects = ByNaturalKey(
        "report__council__slug", "report__period", "report__version", "reserve__slug"
    )

    class Meta:
        ordering = ["report", "reserve"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "reserve"],
                name="reserve_line_unique_in_report",
                violation_error_message="The report already has a line for that reserve.",
            ),
        ]
        triggers = frozen_with_report("reserve_of_approved_report_stays")

    def __str__(self):
        return f"{self.report}: {self.reserve}"

    @depends_on("finance.monitoringreport", "finance.reserve")
    def natural_key(self):
        return (*self.report.natural_key(), self.reserve.slug)
