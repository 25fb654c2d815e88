"""Measures, their targets and their results."""

from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey
from bcfportal.lib.periods import validate_period_key
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.ratings import Rating
from projects.models import Council, Project, Provider


class PeriodKeyField(models.CharField):
    """The key of a financial year, quarter or month, such as 2017-18-q3."""

    default_validators = [validate_period_key]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 11)
        super().__init__(*args, **kwargs)


class Segment(models.Model):
    """A part that results are split by: a provider, a locality, a sector."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "Provider"
        LOCALITY = "locality", "Locality"
        SECTOR = "sector", "Sector"

    council = models.ForeignKey(Council, models.CASCADE, related_name="segments")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="segments"
    )
    order = models.PositiveSmallIntegerField(default=1)

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="segment_slug_unique_in_council",
                violation_error_message="This council already has a segment with that slug.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.council.slug, self.slug)

    natural_key.dependencies = ["projects.council", "projects.provider"]


class Measure(Sourced):
    """Something counted that tells whether a project works."""

    class Direction(models.TextChoices):
        BIGGER = "bigger is better", "Bigger is better"
        SMALLER = "smaller is better", "Smaller is better"
        NEUTRAL = "neutral", "Neither"

    class Frequency(models.TextChoices):
        MONTH = "month", "Monthly"
        QUARTER = "quarter", "Quarterly"
        YEAR = "year", "Yearly"

    project = models.ForeignKey(Project, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(help_text="Place on the project's page.")
    number = models.CharField(max_length=8, blank=True, help_text="As printed, where it is.")
    heading = models.CharField(
        max_length=200,
        blank=True,
        help_text="The heading that this and the next are printed under.",
    )
    text = models.TextField()
    unit = models.CharField(max_length=40, blank=True, help_text="%, £, days, people, ...")
    direction = models.CharField(max_length=20, choices=Direction, default=Direction.NEUTRAL)
    decimals = models.PositiveSmallIntegerField(default=0)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.QUARTER)

    objects = ByNaturalKey("project__council__slug", "project__slug", "position")

    class Meta:
        ordering = ["project", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position"],
                name="measure_position_unique_in_project",
                violation_error_message="Another measure has that place in the project.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="measure_has_text",
                violation_error_message="Enter what is measured.",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=4),
                name="measure_decimals_to_four",
                violation_error_message="A measure has at most 4 decimals.",
            ),
        ]

    def __str__(self):
        return f"{self.project} {self.number or self.position}: {self.text[:60]}"

    def natural_key(self):
        return (self.project.council.slug, self.project.slug, self.position)

    natural_key.dependencies = ["projects.project"]


class Target(Sourced):
    """What a measure is to reach in a period, or why there is no such figure."""

    class Status(models.TextChoices):
        SET = "set", "Set"
        NOT_YET_SET = "not yet set", "Not yet set"
        NONE = "no target", "No target"
        ILLEGIBLE = "illegible in the source", "Illegible in the source"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    period = PeriodKeyField(blank=True, help_text="Left empty: stands until another is set.")
    status = models.CharField(max_length=30, choices=Status)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)

    objects = ByNaturalKey(
        "measure__project__council__slug", "measure__project__slug", "measure__position", "period"
    )

    class Meta:
        ordering = ["measure", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period"],
                name="target_period_unique_in_measure",
                violation_error_message="The measure already has a target for that period.",
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

    def natural_key(self):
        return (*self.measure.natural_key(), self.period)

    natural_key.dependencies = ["outcomes.measure"]


class Result(Sourced):
    """What a measure came to in a period, for one segment or the whole, or why it has no figure."""

    class Status(models.TextChoices):
        REPORTED = "reported", "Reported"
        NIL = "nil return", "Nil return"
        NOT_YET_AVAILABLE = "not yet available", "Not yet available"
        NOT_DUE = "not due", "Not due"
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
    rating = models.CharField(
        max_length=12, choices=Rating, default=Rating.NOT_RATED, help_text="As declared."
    )

    objects = ByNaturalKey(
        "measure__project__council__slug",
        "measure__project__slug",
        "measure__position",
        "period",
        "segment__slug",
    )

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
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="result_denominator_positive",
                violation_error_message="A denominator is more than 0.",
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.period}"

    def natural_key(self):
        return (
            *self.measure.natural_key(),
            self.period,
            self.segment.slug if self.segment else None,
        )

    natural_key.dependencies = ["outcomes.measure", "outcomes.segment"]
