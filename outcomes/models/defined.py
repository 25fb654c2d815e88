"""What makes a figure what it is: the parts of a measure that change from a stated period."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcfportal.lib.tolerances import ToleranceKind


class Direction(models.TextChoices):
    BIGGER = "bigger is better", "Bigger is better"
    SMALLER = "smaller is better", "Smaller is better"
    NEUTRAL = "neutral", "Neither"


class Accumulation(models.TextChoices):
    SNAPSHOT = "snapshot", "As it stood, or of the period alone"
    CUMULATIVE = "cumulative", "Added up since the start of the financial year"


class Defined(models.Model):
    """How a figure is made, printed and judged.

    A measure holds the newest definition; each ``DefinitionChange`` holds one that it replaced.
    """

    text = models.TextField()
    unit = models.CharField(max_length=40, blank=True, help_text="%, £, days, people, ...")
    direction = models.CharField(max_length=20, choices=Direction, default=Direction.NEUTRAL)
    decimals = models.PositiveSmallIntegerField(default=0)
    accumulation = models.CharField(
        max_length=12, choices=Accumulation, default=Accumulation.SNAPSHOT
    )
    numerator_name = models.CharField(max_length=200, blank=True)
    denominator_name = models.CharField(max_length=200, blank=True)
    multiplier = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000_000)],
        help_text="The value is numerator over denominator times this: 100 for per cent, "
        "100000 for a rate per 100,000. Empty where it is not made so.",
    )
    tolerance = models.DecimalField(
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Where it differs from the council's.",
    )
    tolerance_kind = models.CharField(max_length=10, choices=ToleranceKind, blank=True)

    class Meta:
        abstract = True
