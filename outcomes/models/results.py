"""What measures came to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcfportal.lib.model_fields import PeriodKeyField
from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.ratings import Rating
from outcomes.models.measures import ByMeasure, Measure
from outcomes.models.segments import Segment

# How a result's note begins that says when the figure is expected.
EXPECTED = "Expected: "


class Result(Sourced):
    """What a measure came to in a period, for one segment or the whole, or why it has no figure."""

    class Status(models.TextChoices):
        REPORTED = "reported", "Reported"
        NIL = "nil return", "Nil return"
        NOT_YET_AVAILABLE = "not yet available", "Not yet available"
        NOT_DUE = "not due", "Not due"
        # Kept apart from nil: there is a figure, too small to show without telling of persons.
        HELD_BACK = "held back: small number", "Held back: small number"
        ILLEGIBLE = "illegible in the source", "Illegible in the source"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="results")
    period = PeriodKeyField()
    segment = models.ForeignKey(
        Segment, models.PROTECT, null=True, blank=True, related_name="results"
    )
    status = models.CharField(max_length=30, choices=Status, default=Status.REPORTED)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(
        max_length=40, blank=True, help_text="Where it differs from the measure's unit."
    )
    provisional = models.BooleanField(
        default=False, help_text="It may still change when the figures are checked."
    )
    rating = models.CharField(
        max_length=12, choices=Rating, default=Rating.NOT_RATED, help_text="As declared."
    )

    objects = ByMeasure("period", "segment__slug")

    class Meta:
        ordering = ["measure", "period", "segment__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "segment"],
                name="result_unique_in_measure_period_segment",
                nulls_distinct=False,
                violation_error_message="There is already a result for that period and segment.",
            ),
            models.CheckConstraint(
                condition=Q(status="reported", value__isnull=False)
                | (~Q(status="reported") & Q(value__isnull=True)),
                name="result_value_only_when_reported",
                violation_error_message="Enter a figure, or say why there is none, not both.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True)
                | Q(denominator__gt=0)
                | Q(denominator=0, numerator=0, status="nil return"),
                name="result_denominator_positive",
                violation_error_message="A denominator is more than 0, or 0 of 0 is a nil return.",
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.period}"

    @depends_on("outcomes.measure", "outcomes.segment")
    def natural_key(self):
        return (
            *self.measure.natural_key(),
            self.period,
            self.segment.slug if self.segment else None,
        )

    def clean(self):
        """Refuses what no single column can: a segment that is not the measure's."""
        if self.segment is None:
            return
        if self.segment.council_id != self.measure.council_id_of_owner:
            raise ValidationError({"segment": "Choose a segment of the measure's own council."})
        if self.measure.breakdown and self.segment.kind != self.measure.breakdown:
            kind = self.measure.get_breakdown_display().lower()
            raise ValidationError({"segment": f"This measure is split by {kind}: choose one."})


def holds_figures(council) -> bool:
    """Whether a council, or a project of its, has a figure."""
    of = Q(measure__council=council) | Q(measure__project__council=council)
    return Result.objects.filter(of, value__isnull=False).exists()


class OtherPrinting(Sourced):
    """Another figure that the source prints for the same thing: kept, shown and checked."""

    class What(models.TextChoices):
        RESULT = "result", "Result"
        TARGET = "target", "Target"
        NUMERATOR = "numerator", "Numerator"
        DENOMINATOR = "denominator", "Denominator"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="other_printings")
    order = models.PositiveSmallIntegerField(default=1)
    period = PeriodKeyField()
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=12, choices=What, default=What.RESULT)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    words = models.CharField(max_length=300, help_text="As printed.")

    objects = ByMeasure("period", "segment__slug", "what", "order")

    class Meta:
        ordering = ["measure", "period", "what", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period", "segment", "what", "order"],
                name="other_printing_order_unique",
                nulls_distinct=False,
                violation_error_message="Another printing has that place.",
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.period}: {self.words}"

    @depends_on("outcomes.measure", "outcomes.segment")
    def natural_key(self):
        segment = self.segment.slug if self.segment else None
        return (*self.measure.natural_key(), self.period, segment, self.what, self.order)
