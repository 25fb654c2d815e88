"""Held-back figures that anyone can work out from the others. In prose: docs/rules/questions.md.

A sum has a total and its parts: the figure for all and those of its localities, or a year and its
quarters. Where all of a sum is known but one figure, that one is known too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib.discrepancies import half_step
from bcfportal.lib.periods import Period
from outcomes.models.results import Result

Status = Result.Status
VALUE, NUMERATOR, DENOMINATOR = QUANTITIES = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Figure:
    """A figure of a measure, or why there is none; ``segment`` is empty for the whole.

    ``kind`` says what the segment is one of (locality, provider, sector); ``name`` is its name.
    ``is_ratio``: its value is one number over another, which adds up to nothing.
    """

    period: Period
    status: str
    segment: str = ""
    kind: str = ""
    name: str = ""
    unit: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_ratio: bool = False
    is_added_up: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The period's key and the segment."""
        return (self.period.key, self.segment)

    @property
    def is_held_back(self) -> bool:
        return self.status == Status.HELD_BACK

    def number(self, quantity: str) -> Decimal | None:
        """What it gives of a quantity. A nil return says that there was nothing to count."""
        if self.status == Status.NIL:
            return Decimal(0)
        return getattr(self, quantity) if self.status == Status.REPORTED else None


@dataclass(frozen=True)
class Sum:
    """Parts that come to a total, if they are such as add up."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.total, *self.parts)

    @property
    def is_over_time(self) -> bool:
        """Whether the parts are shorter periods, not segments."""
        return self.total.segment == self.parts[0].segment


@dataclass(frozen=True)
class Told:
    """A figure that is held back, the sum that tells it, and which of its quantities."""

    figure: Figure
    sum: Sum
    quantities: tuple[str, ...]


# A figure's key and one of its quantities.
_Known = dict[tuple[tuple[str, str], str], Decimal]


def told_by_sums(figures: Sequence[Figure]) -> list[Told]:
    """The held-back figures of one measure that the others tell, with the sum that does.

    ``figures`` are all that the measure has, each period and segment once. What is told tells
    others in turn.
    """
    if not any(figure.is_held_back for figure in figures):
        return []
    families = list(_families(figures))
    known: _Known = {}
    told: dict[tuple[tuple[str, str], Sum], list[str]] = {}
    while True:
        new: _Known = {}
        for sums in families:
            for added in sums:
                for quantity in QUANTITIES:
                    for figure, number in _rest(added, quantity, known, sums):
                        new[figure.key, quantity] = number
                        told.setdefault((figure.key, added), []).append(quantity)
        if not new:
            break
        known |= new
    return [
        Told(figure, added, tuple(quantities))
        for (key, added), quantities in told.items()
        for figure in added.figures
        if figure.key == key
    ]


def _rest(
    added: Sum, quantity: str, known: Mapping, sums: Sequence[Sum]
) -> Iterator[tuple[Figure, Decimal]]:
    """The one figure that is held back and what the others leave for it, where they can be so."""
    if not _is_added(added, quantity):
        return
    numbers = {
        figure.key: known.get((figure.key, quantity), figure.number(quantity))
        for figure in added.figures
    }
    lacking = [figure for figure in added.figures if numbers[figure.key] is None]
    if len(lacking) != 1 or not lacking[0].is_held_back:
        return
    (figure,) = lacking
    parts = sum((numbers[part.key] or Decimal(0) for part in added.parts), Decimal(0))
    total = numbers[added.total.key]
    rest = parts if total is None else total - parts
    if rest >= 0 and _adds_up(added, quantity, sums):
        yield figure, rest


def _is_added(added: Sum, quantity: str) -> bool:
    """Whether it is a quantity that could add up: of one unit, and no share of another."""
    if len({figure.unit for figure in added.figures}) > 1:
        return False
    ratio = any(figure.is_ratio or figure.denominator is not None for figure in added.figures)
    return not (ratio and quantity == VALUE)


def _adds_up(added: Sum, quantity: str, sums: Sequence[Sum]) -> bool:
    """Whether the same parts came to their total before: in half of the times or more.

    Where no other time says so, figures that could be so are taken to be. A single part of which
    nothing is known need not be the whole.
    """
    said = []
    for earlier in sums:
        if earlier.total.unit != added.total.unit or not _is_added(earlier, quantity):
            continue
        given = [figure.number(quantity) for figure in earlier.figures]
        numbers = [number for number in given if number is not None]
        if len(numbers) == len(given):
            rest = numbers[0] - sum(numbers[1:], Decimal(0))
            said.append(abs(rest) <= _rounding(numbers))
    if said:
        return sum(said) * 2 >= len(said)
    return len(added.parts) > 1 or (added.is_over_time and added.total.is_added_up)


def _rounding(numbers: Sequence[Decimal]) -> Decimal:
    """How far rounded parts may be from their total. Whole numbers are counts, and exact."""
    places = max(-int(number.normalize().as_tuple().exponent) for number in numbers)
    return len(numbers) * half_step(places) if places > 0 else Decimal(0)


def _families(figures: Sequence[Figure]) -> Iterator[list[Sum]]:
    """The sums that the figures may make, those together that say of each other if they add up."""
    by_key = {figure.key: figure for figure in figures}
    parts: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        if figure.segment:
            parts[figure.kind][figure.period.key].append(figure)
    for by_period in parts.values():
        yield [
            Sum(by_key[period, ""], tuple(of_kind))
            for period, of_kind in by_period.items()
            if (period, "") in by_key
        ]
    for segment in dict.fromkeys(figure.segment for figure in figures):
        yield from _over_time([figure for figure in figures if figure.segment == segment])


def _over_time(figures: Sequence[Figure]) -> Iterator[list[Sum]]:
    """Years with their quarters or months, and quarters with their months, of one segment."""
    by_length: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if length := _months(figure.period):
            by_length[length].append(figure)
    for longer, shorter in ((12, 3), (12, 1), (3, 1)):
        sums, same = [], []
        for total in by_length[longer]:
            within = [figure for figure in by_length[shorter] if _is_within(figure, total)]
            if len(within) == longer // shorter and not total.is_added_up:
                sums.append(Sum(total, tuple(within)))
            # What is added up since April, or as it stood, is at the end what the longer one is.
            same += [Sum(total, (last,)) for last in within if _ends_with(last, total)]
        yield sums
        yield same


def _months(period: Period) -> int:
    """How many months long a financial year or a part of one is; 0 for other periods."""
    if period.day or period.in_calendar:
        return 0
    return 1 if period.month else 3 if period.quarter else 12


def _is_within(figure: Figure, total: Figure) -> bool:
    period, longer = figure.period, total.period
    return longer.first_day <= period.first_day and period.last_day <= longer.last_day


def _ends_with(figure: Figure, total: Figure) -> bool:
    return figure.period.last_day == total.period.last_day
