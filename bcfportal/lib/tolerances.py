"""How far a result may be from its target before it is red."""

from decimal import Decimal

from django.db import models

from bcfportal.lib.sentences import within
from bcfportal.lib.text.typed_numbers import read_typed, sign_of
from bcfportal.lib.text.typed_text import quoted


class ToleranceKind(models.TextChoices):
    """What a tolerance is measured in."""

    # Per cent of the target's size: 86 against 90 is worse by 4.4%.
    RELATIVE = "relative", "Per cent of the target"
    # Percentage points, for measures in per cent: 86% against 90% is worse by 4 points.
    POINTS = "points", "Percentage points"
    # A difference in the measure's own unit.
    ABSOLUTE = "absolute", "A difference in the measure's unit"


def wrong_tolerance(typed: str, number: Decimal | None, kind: str | None, unit: str | None) -> str:
    """What is wrong with a tolerance as typed and what it is measured in, in a sentence.

    ``unit`` is the measure's: a difference in it may have its sign. Points have none.
    """
    if (number is None) == bool(kind):
        return "Enter the tolerance and choose what it is measured in, or leave both empty."
    read = read_typed(typed, 3)
    if number is None or read is None or not read.sign:
        return ""
    own = {ToleranceKind.RELATIVE.value: "%", ToleranceKind.ABSOLUTE.value: sign_of(unit or "")}
    if own.get(str(kind)) == read.sign:
        return ""
    measured = within(str(ToleranceKind(str(kind)).label))
    said = {"%": "per cent", "£": "pounds"}[read.sign]
    return (
        f"Enter {number.normalize():f} if it is measured in {measured}, or choose another: "
        f"“{quoted(typed)}” is in {said}."
    )
