"""Direction of travel: better or worse than before, in words, and how much.

In prose, with worked examples that are the test cases: docs/rules/rating.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bcfportal.lib.figures import figure
from outcomes.models import Measure


class Travel(StrEnum):
    """Where a measure goes. Up and down are for measures of which neither is better."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "no change"
    UP = "up"
    DOWN = "down"
    UNKNOWN = "nothing to compare with"


@dataclass(frozen=True)
class Travelled:
    """Where a measure went between two figures, and why, in words with no full stop."""

    travel: Travel
    reason: str


def travelled(
    before: Decimal | None,
    now: Decimal | None,
    direction: str,
    *,
    unit: str = "",
    decimals: int = 0,
) -> Travelled:
    """Compares two results of one measure, both in its unit, as they were reported.

    Raises ValueError for a direction that is none. Source: docs/rules/rating.md; an arrow says
    better or worse, not whether the figure rose (Havering, Indices of Performance, 2013).
    """
    direction = Measure.Direction(direction)
    if before is None or now is None:
        return Travelled(Travel.UNKNOWN, "There is no figure to compare with")
    reason = f"{figure(before, unit, decimals)} to {figure(now, unit, decimals)}"
    if before == now:
        return Travelled(Travel.SAME, f"{figure(now, unit, decimals)}, as before")
    if direction == Measure.Direction.NEUTRAL:
        return Travelled(Travel.UP if now > before else Travel.DOWN, reason)
    better = (now > before) == (direction == Measure.Direction.BIGGER)
    return Travelled(Travel.BETTER if better else Travel.WORSE, reason)


def worse_in_a_row(values: Sequence[Decimal], direction: str) -> int:
    """How many of the latest values in a row were each worse than the one before it.

    ``values`` are in order of time and all there; the first is never worse than anything. A
    measure of which neither is better never gets worse. Raises ValueError for a bad direction.
    """
    direction = Measure.Direction(direction)
    count = 0
    for earlier, later in zip(values[-2::-1], values[:0:-1], strict=True):
        if travelled(earlier, later, direction).travel != Travel.WORSE:
            break
        count += 1
    return count
