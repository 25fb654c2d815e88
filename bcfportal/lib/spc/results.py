"""What an analysis of a series hands out, in the vocabulary of "Making Data Count"."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bcfportal.lib.sentences import counted

# A date, or anything else that sorts, such as a Period.
When = Any

# Below so many points in a segment its limits are trial limits.
FEWEST_POINTS = 12
TREND_POINTS = SHIFT_POINTS = 7


class Direction(StrEnum):
    """What is better. The words are those that a measure stores."""

    BIGGER = "bigger is better"
    SMALLER = "smaller is better"
    NEUTRAL = "neutral"


class Special(StrEnum):
    """The rule that makes a point a special cause; the first that holds, in this order."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    SHIFT = "shift"


class Variation(StrEnum):
    """What a point, or a series by its last point, says about change: the variation icon."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT_HIGH = "improvement high"
    IMPROVEMENT_LOW = "improvement low"
    CONCERN_HIGH = "concern high"
    CONCERN_LOW = "concern low"
    NEUTRAL_HIGH = "neutral high"
    NEUTRAL_LOW = "neutral low"

    @property
    def label(self) -> str:
        return _VARIATION_WORDS[self]


class Assurance(StrEnum):
    """What the limits say about a fixed target: the assurance icon."""

    MEETS = "consistently meets"
    FALLS_SHORT = "consistently falls short"
    HIT_AND_MISS = "hit and miss"

    @property
    def label(self) -> str:
        return _ASSURANCE_WORDS[self]


_VARIATION_WORDS = {
    Variation.COMMON_CAUSE: "Common cause variation: no significant change",
    Variation.IMPROVEMENT_HIGH: "Special cause variation: improvement, with higher figures",
    Variation.IMPROVEMENT_LOW: "Special cause variation: improvement, with lower figures",
    Variation.CONCERN_HIGH: "Special cause variation: concern, with higher figures",
    Variation.CONCERN_LOW: "Special cause variation: concern, with lower figures",
    Variation.NEUTRAL_HIGH: "Special cause variation: higher figures, neither better nor worse",
    Variation.NEUTRAL_LOW: "Special cause variation: lower figures, neither better nor worse",
}
_ASSURANCE_WORDS = {
    Assurance.MEETS: "Expected to meet the target every time, unless something changes",
    Assurance.FALLS_SHORT: "Expected to miss the target every time, unless something changes",
    Assurance.HIT_AND_MISS: "Expected to meet the target at some times and miss it at others",
}
# By direction and side: 1 is high, -1 low.
VARIATIONS = {
    (Direction.BIGGER, 1): Variation.IMPROVEMENT_HIGH,
    (Direction.BIGGER, -1): Variation.CONCERN_LOW,
    (Direction.SMALLER, 1): Variation.CONCERN_HIGH,
    (Direction.SMALLER, -1): Variation.IMPROVEMENT_LOW,
    (Direction.NEUTRAL, 1): Variation.NEUTRAL_HIGH,
    (Direction.NEUTRAL, -1): Variation.NEUTRAL_LOW,
}
_HIGH = {variation for (_, side), variation in VARIATIONS.items() if side == 1}
_POINT_WORDS = {
    (Special.OUTSIDE, True): "Above the upper limit",
    (Special.OUTSIDE, False): "Below the lower limit",
    (Special.TREND, True): f"In a rising trend of {TREND_POINTS} points or more",
    (Special.TREND, False): f"In a falling trend of {TREND_POINTS} points or more",
    (Special.TWO_OF_THREE, True): "Two of three points in a row are near the upper limit",
    (Special.TWO_OF_THREE, False): "Two of three points in a row are near the lower limit",
    (Special.SHIFT, True): f"In a run of {SHIFT_POINTS} points or more above the mean",
    (Special.SHIFT, False): f"In a run of {SHIFT_POINTS} points or more below the mean",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """The points from one rebase to the next, with their mean and limits in the measure's unit.

    ``points`` of them there are, and the first ``based_on`` made the mean and the limits.
    ``mean_range`` is the average moving range that the limits come from, and
    ``mean_range_before`` the same before screening; None where there is but one point.
    """

    first: When
    last: When
    points: int
    based_on: int
    mean: Decimal
    lower: Decimal
    upper: Decimal
    near_lower: Decimal
    near_upper: Decimal
    mean_range_before: Decimal | None
    mean_range: Decimal | None

    @property
    def trial(self) -> bool:
        """Whether there are too few points for more than trial limits."""
        return self.points < FEWEST_POINTS

    @property
    def still(self) -> bool:
        """Whether its points vary too little for limits: all moving ranges kept are 0."""
        return self.points > 1 and self.lower == self.upper

    @property
    def basis(self) -> str:
        """What the limits are based on."""
        if self.trial:
            return f"Trial limits from {counted(self.points, 'point')}: fewer than {FEWEST_POINTS}"
        if self.based_on < self.points:
            return f"Limits from the first {self.based_on} of {self.points} points"
        return f"Limits from {self.points} points"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the chart: its value, and what the rules say of it. Figures in its unit.

    ``moving_range`` is the distance from the point before; None for the first of a segment.
    """

    date: When
    value: Decimal
    moving_range: Decimal | None
    special: Special | None
    variation: Variation
    segment: Segment

    @property
    def mean(self) -> Decimal:
        return self.segment.mean

    @property
    def lower(self) -> Decimal:
        return self.segment.lower

    @property
    def upper(self) -> Decimal:
        return self.segment.upper

    @property
    def near_lower(self) -> Decimal:
        return self.segment.near_lower

    @property
    def near_upper(self) -> Decimal:
        return self.segment.near_upper

    @property
    def rule(self) -> str:
        """Which rule marks the point, with no full stop."""
        if self.special is None:
            return "Common cause"
        return _POINT_WORDS[self.special, self.variation in _HIGH]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A series by the rules: points in order of date, segments, and the two icons.

    Where not ``enough``, show "not enough data" instead of the icons.
    """

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    variation: Variation
    assurance: Assurance | None

    @property
    def enough(self) -> bool:
        """Whether the latest segment has the points, and the variation, that icons need."""
        return bool(self.segments) and not self.segments[-1].trial and not self.too_still

    @property
    def too_still(self) -> bool:
        """Whether there is too little variation for limits: they equal the mean."""
        return bool(self.segments) and self.segments[-1].still
