"""Figures, means and limits of a series with nothing rounded before it is compared."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from itertools import pairwise
from math import lcm

from bcfportal.lib.sentences import day_words
from bcfportal.lib.spc.results import Segment, When

Number = Decimal | Fraction | int | float

# The limits stand 2.66 average moving ranges from the mean and the near limits two thirds of
# that; a moving range is screened out from 3.267 averages on. Whole numbers, to stay exact.
_LIMIT_HUNDREDTHS = 266
_SCREEN_THOUSANDTHS = 3267

_TRAPS = [DivisionByZero, InvalidOperation, Overflow]
# Room for the largest and the smallest float side by side; what would be rounded is refused.
EXACT = Context(prec=2000, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[*_TRAPS, Inexact])
_ROUNDED = Context(prec=28, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=_TRAPS)


def in_order(
    points: Iterable[tuple[When, Number]], goal: Number | None = None
) -> tuple[list[When], list[Decimal], Decimal | None, int]:
    """The dates in order, the figure of each, the target, and what both were multiplied by.

    Fractions are multiplied by one whole number that makes all of them whole; it is 1 without any.

    Raises ValueError, with a sentence for people, for two figures of one date and for a figure
    that is not finite; TypeError for a figure that is no number.
    """
    pairs = sorted(points, key=lambda pair: pair[0])
    dates = [when for when, _ in pairs]
    for when, following in pairwise(dates):
        if when == following:
            raise ValueError(f"There are two figures for {_named(when)}: leave one.")
    values = [value for _, value in pairs]
    scale = lcm(*(number.denominator for number in [*values, goal] if isinstance(number, Fraction)))
    figures = [exact_number(value, scale, "The figure for", when) for when, value in pairs]
    target = None if goal is None else exact_number(goal, scale, "The target")
    return dates, figures, target, scale


def _named(when: When) -> str:
    return day_words(when) if type(when) is date else str(when)


def exact_number(value: Number, scale: int, name: str, when: When = None) -> Decimal:
    """The value times ``scale`` as a decimal: a float as the decimal it prints.

    Raises ValueError for one that is not finite and TypeError for what is no number; ``name`` and
    ``when`` are for the sentence.
    """
    if isinstance(value, Fraction):
        return Decimal(value.numerator * (scale // value.denominator))
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, int):
        number = Decimal(value)
    elif isinstance(value, float):
        number = Decimal(float.__repr__(value))
    else:
        raise TypeError(f"{_of(name, when)} is not a number: {value!r}.")
    if not number.is_finite():
        raise ValueError(f"{_of(name, when)} is not a finite number: {value}.")
    return EXACT.multiply(number, Decimal(scale))


def _of(name: str, when: When) -> str:
    return name if when is None else f"{name} {_named(when)}"


class ExactSegment:
    """The mean and the limits of one segment, exact: everything is times the whole ``unit``.

    ``scale`` is what the values were multiplied by.
    """

    def __init__(
        self, values: Sequence[Decimal], baseline: int | None, screen: bool, scale: int
    ) -> None:
        self.scale = scale
        first = values[:baseline]
        self.values = values
        self.count = len(first)
        self.total = sum(first, Decimal(0))
        self.ranges = [abs(later - value) for value, later in pairwise(values)]
        self.before = self.kept = self.ranges[: self.count - 1]
        if screen:
            # One pass, and strictly less than 3.267 averages. The smallest range always stays,
            # but where all are 0: then none is left, and the limits equal the mean.
            most = _SCREEN_THOUSANDTHS * sum(self.before)
            weight = 1000 * len(self.before)
            self.kept = [moving for moving in self.before if moving * weight < most]
        times = 300 * max(len(self.kept), 1)
        reach = self.count * sum(self.kept, Decimal(0))
        self.unit = self.count * times
        self.centre = self.total * times
        self.outer = reach * 3 * _LIMIT_HUNDREDTHS
        self.near = reach * 2 * _LIMIT_HUNDREDTHS

    def from_mean(self, value: Decimal) -> Decimal:
        """How far the value is above the mean, times the unit."""
        return value * self.unit - self.centre

    def rounded(self, first: When, last: When) -> Segment:
        """The mean and the limits as they are shown."""

        def divided(number: Decimal) -> Decimal:
            return _ROUNDED.divide(number, Decimal(self.unit * self.scale))

        return Segment(
            first=first,
            last=last,
            points=len(self.values),
            based_on=self.count,
            mean=divided(self.centre),
            lower=divided(self.centre - self.outer),
            upper=divided(self.centre + self.outer),
            near_lower=divided(self.centre - self.near),
            near_upper=divided(self.centre + self.near),
            mean_range_before=_average(self.before, self.scale),
            mean_range=_average(self.kept, self.scale)
            if self.kept or not self.before
            else Decimal(0),
        )


def shown_number(number: Decimal, scale: int) -> Decimal:
    """A number that was multiplied by ``scale``, in its own size: rounded only where it must be."""
    return number if scale == 1 else _ROUNDED.divide(number, Decimal(scale))


def _average(ranges: Sequence[Decimal], scale: int) -> Decimal | None:
    whole = Decimal(len(ranges) * scale)
    return _ROUNDED.divide(sum(ranges, Decimal(0)), whole) if ranges else None
