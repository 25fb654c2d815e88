"""Figures stated in words: what their qualifiers allow, and which figures agree.

In prose, with the examples that its tests read: docs/rules/stated.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bcfportal.lib.figures import figure


class Qualifier(StrEnum):
    """The word that stands before a figure; what has none is exact."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at least"
    NEARLY = "nearly"
    UP_TO = "up to"
    UNDER = "under"


# What is about a figure, or nearly, is never further from it than this share of it.
CLOSE = Decimal("0.1")
# Shares of up to so many are written "1 in 5", others "29 of 223".
MOST_IN = 10
# The unit of a place in an order, the first of which is 1.
RANK = "rank"
_THOUSAND, _MILLION, _BILLION = Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9


@dataclass(frozen=True)
class Stated:
    """A figure as it was said, not negative: what is less is said in words.

    ``step`` is the last place that its words show, in the figure's unit: 1000000 of £80m, 0.1 of
    49.2%; 0 where things were counted and nothing was rounded. ``until`` is the end of a span,
    ``out_of`` how many a share is of: it is compared as a per cent, and its step is of that.
    """

    value: Decimal
    step: Decimal = Decimal(0)
    qualifier: Qualifier = Qualifier.EXACT
    until: Decimal | None = None
    out_of: Decimal | None = None

    @property
    def low(self) -> Decimal:
        """The figure, or the beginning of its span, as it is compared."""
        return self._compared(self.value)

    @property
    def high(self) -> Decimal:
        """The figure, or the end of its span, as it is compared."""
        return self._compared(self.value if self.until is None else self.until)

    def _compared(self, value: Decimal) -> Decimal:
        return value * 100 / self.out_of if self.out_of else value


@dataclass(frozen=True)
class Range:
    """The figures that can be meant: None is without an end, an end may belong to it or not."""

    low: Decimal | None
    high: Decimal | None
    has_low: bool = True
    has_high: bool = True

    def meets(self, other: "Range") -> bool:
        """Whether any figure is in both."""
        return self._begins_before(other) and other._begins_before(self)

    def _begins_before(self, other: "Range") -> bool:
        if self.low is None or other.high is None:
            return True
        touches = self.low == other.high and self.has_low and other.has_high
        return self.low < other.high or touches


def meant(stated: Stated) -> Range:
    """The figures that can be meant by what was said.

    A limit is what it says and is not rounded; a figure without a word was rounded to its step.
    """
    low, high, half = stated.low, stated.high, stated.step / 2
    match stated.qualifier:
        case Qualifier.OVER:
            return Range(low, None, has_low=False)
        case Qualifier.AT_LEAST:
            return Range(low, None)
        case Qualifier.UP_TO:
            return Range(None, high)
        case Qualifier.UNDER:
            return Range(None, high, has_high=False)
        case Qualifier.NEARLY:
            return Range(low - nearness(stated, low), high, has_high=False)
        case Qualifier.ABOUT:
            return Range(low - nearness(stated, low), high + nearness(stated, high))
    # A half is rounded up, so that it belongs to the figure above.
    return Range(low - half, high + half, has_high=not half)


def nearness(stated: Stated, size: Decimal) -> Decimal:
    """How far from ``size`` that what is about it, or nearly, can be.

    One of the last figure that is not a nought: 100 of 77,700, 1 of 84. Never more than a tenth of
    it, and a tenth of a share that is said as one in so many.
    """
    tenth = size * CLOSE
    if stated.out_of or not size:
        return tenth
    return min(tenth, Decimal(1).scaleb(int(size.normalize().as_tuple().exponent)))


def agree(first: Stated, second: Stated) -> bool:
    """Whether both can be said of one thing. They are in one unit; shares agree with per cents."""
    return meant(first).meets(meant(second))


def written(stated: Stated, unit: str, *, basis: str = "", per: str = "") -> str:
    """The figure as pages write it: "over £300m gross a year", "about 1 in 5 providers".

    ``basis`` and ``per`` are words that follow it: "net", "a day".
    """
    word = "" if stated.qualifier == Qualifier.EXACT else stated.qualifier
    if unit == RANK:
        number = f"{RANK} {figure(stated.value)}"
    elif stated.out_of:
        joined = "in" if stated.out_of <= MOST_IN else "of"
        of_all = figure(stated.out_of, unit)
        number = f"{figure(stated.value)} {joined} {of_all}"
    elif stated.until is not None:
        first = _number(stated.value, stated.step, unit if unit == "£" else "")
        number = f"{first} to {_number(stated.until, stated.step, unit)}"
    else:
        number = _number(stated.value, stated.step, unit)
    return " ".join(filter(None, (word, number, basis, per)))


def _number(value: Decimal, step: Decimal, unit: str) -> str:
    """In millions or billions where it was printed so: £80m, £16.8bn, 6.5 million carers."""
    scale, short, long = Decimal(1), "", ""
    if value >= _BILLION and step >= _MILLION:
        scale, short, long = _BILLION, "bn", "billion"
    elif value >= _MILLION and step >= (_THOUSAND if unit == "£" else _THOUSAND * 100):
        scale, short, long = _MILLION, "m", "million"
    scaled = value / scale
    places = max(-int((step / scale).normalize().as_tuple().exponent), 0) if step else 0
    if scale == 1:
        return figure(value, unit, places)
    if unit == "£":
        return f"{figure(scaled, unit, places)}{short}"
    return f"{figure(scaled, decimals=places)} {long} {unit}".rstrip()


def allowed(stated: Stated, unit: str) -> str:
    """What was said as limits: "more than £80m", "from 45% to less than 50%", "no more than 4"."""
    unit = "%" if stated.out_of else unit
    of = meant(stated)

    def amount(value: Decimal) -> str:
        return _number(value, min(stated.step, CLOSE * value) if unit == "£" else Decimal(0), unit)

    low = amount(_short(of.low)) if of.low is not None else ""
    high = amount(_short(of.high)) if of.high is not None else ""
    if not high:
        return f"{low} or more" if of.has_low else f"more than {low}"
    if not low:
        return f"no more than {high}" if of.has_high else f"less than {high}"
    if low == high:
        return low
    return f"from {low} to {high}" if of.has_high else f"from {low} to less than {high}"


def _short(value: Decimal) -> Decimal:
    """Without the endless decimals of a third."""
    return round(value, 3)
