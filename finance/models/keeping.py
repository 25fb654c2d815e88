"""How a monitoring report is worked on: sections as typed, timeline, and what approval keeps."""

import pgtrigger
from django.db import models
from django.db.models import Q

from bcfportal.lib.protection import Protect, never_emptied
from finance.models.monitoring import MonitoringReport
from publishing.models.drafts import DraftSave, DraftSection
from publishing.models.events import Event, stays_with
from publishing.models.versions import Version


class MonitoringSection(DraftSection):
    """One section of a report as it was typed; see ``DraftSection``."""

    class Name(models.TextChoices):
        LINES = "lines", "Budget and forecast"
        RESERVES = "reserves", "Reserves and provisions"
        CAPITAL = "capital", "Capital programme"

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="sections")
    name = models.CharField(max_length=10, choices=Name)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name"],
                name="monitoring_section_unique_in_report",
                violation_error_message="The report already has that section.",
            ),
            models.CheckConstraint(
                condition=Q(saved_by__isnull=True, saved_at__isnull=True)
                | Q(saved_by__isnull=False, saved_at__isnull=False, version__gte=1),
                name="monitoring_section_saved_by_with_when",
                violation_error_message="Who saved a section goes with when.",
            ),
        ]

    def __str__(self):
        return f"{self.report}: {self.get_name_display()}"


class MonitoringSectionSave(DraftSave):
    """One save of a section of a report; see ``DraftSave``."""

    section = models.ForeignKey(MonitoringSection, models.PROTECT, related_name="saves")


class MonitoringEvent(Event):
    """One line of a finance report's timeline."""

    KIND = "finance report"

    report = models.ForeignKey(MonitoringReport, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["report", "at", "pk"]
        triggers = stays_with("monitoring_event")

    def record_name(self) -> str:
        return self.report.record_name


class MonitoringSnapshot(Version):
    """What a finance report said when it was approved."""

    KIND = "finance report"
    RECORD: tuple[str, ...] = ("report",)

    report = models.ForeignKey(MonitoringReport, models.PROTECT, related_name="snapshots")

    class Meta:
        ordering = ["report", "number"]
        triggers = [
            never_emptied("monitoring_snapshot"),
            Protect(
                name="monitoring_snapshot_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self):
        return f"{self.report}, snapshot {self.number}"

    def record_name(self) -> str:
        return self.report.record_name
