"""What others came to, and the numbers that national frameworks give a measure."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.provenance import Sourced
from outcomes.models.measures import ByMeasure, Measure


class Benchmark(Sourced):
    """What a comparator came to on a measure in a period, or that it has no figure."""

    class Comparator(models.TextChoices):
        FAMILY = "family group", "Family group"
        REGION = "region", "Region"
        ENGLAND = "England", "England"

    class Status(models.TextChoices):
        REPORTED = "reported", "Reported"
        NOT_AVAILABLE = "not available", "Not available"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="benchmarks")
    period = PeriodKeyField()
    comparator = models.CharField(max_length=20, choices=Comparator)
    status = models.CharField(max_length=20, choices=Status, default=Status.REPORTED)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)

    objects = ByMeasure("period", "comparator")

    class Meta:
        ordering = ["measure", "period", "comparator"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "comparator"],
                name="benchmark_unique_in_measure_and_period",
                violation_error_message="There is already a figure of that comparator.",
            ),
            models.CheckConstraint(
                condition=Q(status="reported", value__isnull=False)
                | Q(status="not available", value__isnull=True),
                name="benchmark_value_only_when_reported",
                violation_error_message="Enter a figure, or say that there is none, not both.",
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.period}: {self.comparator}"

    @depends_on("outcomes.measure")
    def natural_key(self):
        return (*self.measure.natural_key(), self.period, self.comparator)


class FrameworkReference(Sourced):
    """The number of a measure in a version of a framework: ASCOF renumbered in 2023."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="references")
    framework = models.CharField(max_length=40, help_text="ASCOF, BCF, PHOF, ...")
    version = models.CharField(max_length=20, help_text="The year or edition: 2016/17.")
    number = models.CharField(max_length=20)

    objects = ByMeasure("framework", "version")

    class Meta:
        ordering = ["measure", "framework", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "framework", "version"],
                name="reference_unique_in_measure_and_version",
                violation_error_message="The measure already has a number in that version.",
            ),
        ]

    def __str__(self):
        return f"{self.framework} {self.version} {self.number}"

    @depends_on("outcomes.measure")
    def natural_key(self):
        return (*self.measure.natural_key(), self.framework, self.version)
