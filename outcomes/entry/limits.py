"""Which values a measure's unit allows."""

from collections.abc import Sequence
from decimal import Decimal

# Units in which a figure below 0 makes no sense. Money and scores may be negative.
COUNTED = ("%", "per 100,000", "people", "days", "providers", "cases", "visits", "hours")


def out_of_range(value: Decimal, measure) -> str:
    """What is wrong with a value of the measure, in a sentence; empty if it is possible.

    ``measure`` has a unit, and names its numerator and denominator where it is a share of them:
    a share is at most 100 per cent.
    """
    unit = measure.unit
    counted = (
        any(unit.startswith(counted_unit) for counted_unit in COUNTED)
        and not measure.can_be_below_zero
    )
    if value < 0 and counted:
        return "Enter a percentage of 0 or more." if unit == "%" else "Enter a figure of 0 or more."
    if unit == "%" and measure.multiplier == 100 and value > 100 and not measure.can_be_above_whole:
        return "This measure is a share: enter a percentage of 100 or less."
    return ""


def bounds(measure, known: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest possible figures of the measure; None for no limit.

    A ``known`` figure beyond a limit shows that the limit does not apply.
    """
    low = None if measure.can_be_below_zero or measure.unit in ("", "£") else Decimal(0)
    share = measure.unit == "%" and measure.multiplier == 100 and not measure.can_be_above_whole
    high = Decimal(100) if share else None
    return (
        None if low is not None and any(value < low for value in known) else low,
        None if high is not None and any(value > high for value in known) else high,
    )
