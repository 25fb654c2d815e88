"""What measures are to reach."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.periods import period_of
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from outcomes.models.measures import ByMeasure, Measure


@tracked()
class Target(Sourced):
    """What a measure is to reach in a period, or why there is no such figure."""

    class Status(models.TextChoices):
        SET = "set", "Set"
        NOT_YET_SET = "not yet set", "Not yet set"
        NONE = "no target", "No target"
        ILLEGIBLE = "illegible in the source", "Illegible in the source"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    period = PeriodKeyField(blank=True, help_text="Left empty: a standing target.")
    until = PeriodKeyField(
        blank=True,
        help_text="The last period of a standing target: that of the document which prints it, or "
        "of the year it was set for.",
    )
    status = models.CharField(max_length=30, choices=Status)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)

    objects = ByMeasure("period")

    class Meta:
        ordering = ["measure", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period"],
                name="target_period_unique_in_measure",
                violation_error_message="The measure already has a target for that period.",
            ),
            models.CheckConstraint(
                condition=Q(period="") | Q(until=""),
                name="target_of_a_period_is_of_that_alone",
                violation_error_message="A target of one period holds for no other.",
            ),
            models.CheckConstraint(
                condition=Q(status="set", value__isnull=False)
                | (~Q(status="set") & Q(value__isnull=True)),
                name="target_value_only_when_set",
                violation_error_message="A target that is set has a figure, and no other has one.",
            ),
        ]

    def __str__(self):
        return f"{self.measure}: {self.value if self.value is not None else self.status}"

    @depends_on("outcomes.measure")
    def natural_key(self):
        return (*self.measure.natural_key(), self.period)

    def clean(self):
        """Refuses a target for a time before the measure's first result."""
        if not self.period:
            return
        keys = self.measure.results.filter(value__isnull=False).values_list("period", flat=True)
        first = min(map(period_of, keys), key=lambda period: period.last_day, default=None)
        if first and period_of(self.period).last_day < first.last_day:
            raise ValidationError(
                {"period": f"The first result is of {first.label}: choose it or later."}
            )
