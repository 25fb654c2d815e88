"""How far a result may be from its target before it is red."""

from django.db import models


class ToleranceKind(models.TextChoices):
    """What a tolerance is measured in."""

    # Per cent of the target's size: 86 against 90 is worse by 4.4%.
    RELATIVE = "relative", "Per cent of the target"
    # Percentage points, for measures in per cent: 86% against 90% is worse by 4 points.
    POINTS = "points", "Percentage points"
    # A difference in the measure's own unit.
    ABSOLUTE = "absolute", "A difference in the measure's unit"
