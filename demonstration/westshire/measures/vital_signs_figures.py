"""The figures of the council's measures: by chance with a seed, and as the story wants them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import cos, pi
from random import Random

from bcfportal.lib import present
from bcfportal.lib.periods import Period
from demonstration.westshire.measures.vital_signs import (
    BY_LOCALITY,
    QUARTER,
    SHARES,
    SIGNS,
    YEAR,
    Sign,
)
from demonstration.westshire.measures.vital_signs_story import FIXED, PARTS_FIXED, SEPTEMBER, SINCE
from demonstration.westshire.story import SEED

# January 2026, the first month that is reported on the portal, and the last.
FIRST = Period(2025, month=10)
LAST = Period(2026, month=9)
QUARTERS = Period(2024, 1).up_to(Period(2026, 2))
YEARS = (Period(2024), Period(2025))
# In January, with winter's figures, it is 1.
_PEAK = 10


@dataclass(frozen=True)
class Figure:
    """A figure, and its parts where it has any."""

    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@cache
def figures_of(sign: Sign) -> dict[tuple[str, str], Figure]:
    """The sign's figures by period and segment; the whole's segment is empty."""
    chance = Random(f"{SEED} vital signs {sign.slug}")  # noqa: S311 - not for secrets
    figures: dict[tuple[str, str], Figure] = {}
    so_far = Decimal(0)
    for number, period in enumerate(periods_of(sign)):
        value = fixed(sign, period)
        if value is None:
            value = rounded(_about(sign, number, period, chance), sign.decimals)
        if sign.added_up:
            so_far = value if starts_a_year(period) else so_far + value
            value = so_far
        figures |= {
            (period.key, segment): _in_its_unit(sign, period, figure)
            for segment, figure in _with_parts(sign, period, value, chance)
        }
    return figures | _from_parts(sign)


def periods_of(sign: Sign) -> list[Period]:
    """The periods for which the sign has figures, in the council's own lists and on the portal."""
    if sign.frequency == YEAR:
        return list(YEARS)
    if sign.frequency == QUARTER:
        return QUARTERS
    begins = FIRST.start_year * 12 + present(FIRST.month) - 1 - sign.history
    return Period(begins // 12, month=begins % 12 + 1).up_to(LAST)


def starts_a_year(period: Period) -> bool:
    return period.first_day.month == 4


def rounded(number: float | Decimal, decimals: int) -> Decimal:
    """As people round: a half goes up."""
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def profile(sign: Sign, period: Period) -> Decimal:
    """The target of a month or quarter: of the year so far, or along the seasons."""
    yearly = Decimal(sign.profile)
    if sign.added_up:
        share = Decimal(period.quarter or 0) / 4 or Decimal(present(period.month)) / 12
        return rounded(yearly * share, sign.decimals)
    # A little better is expected of each year.
    better = Decimal("0.98") if period.start_year == 2026 else Decimal(1)
    winter = Decimal(str(round(sign.season * 0.8 * _winter(period), 4)))
    return rounded(yearly * better + winter, sign.decimals)


def fixed(sign: Sign, period: Period) -> Decimal | None:
    """The figure that the story wants of the period, where it wants one."""
    said = FIXED.get(sign.slug, {}).get(period.key)
    return Decimal(said) if said is not None else None


def _about(sign, number, period, chance):
    level = sign.level
    for key, change in SINCE.get(sign.slug, ()):
        if period.key >= key:
            level += change
    about = level + sign.drift * number + sign.season * _winter(period)
    value = about + chance.gauss(0, sign.spread)
    # What is counted, and what is a share, is not below 0; a change and a saving may be.
    return value if sign.level < 0 else max(value, 0)


def _winter(period):
    """1 in January, −1 in July."""
    if not period.month:
        return 0
    return cos(2 * pi * (period.month - _PEAK) / 12)


def _with_parts(sign, period, value, chance) -> Iterator[tuple[str, Figure]]:
    if not sign.of:
        yield "", Figure(value)
        return
    given = PARTS_FIXED.get(sign.slug, {}).get(period.key)
    if given:
        yield "", _figure(sign, *map(Decimal, given))
        return
    # People aged 65 and over are counted once a year; discharges and deliveries every month.
    moves = 0 if sign.multiplier == 100_000 or sign.of > 100_000 else sign.of // 30
    of = sign.of + chance.randint(-moves, moves)
    numerator = int(rounded(value * of / sign.multiplier, 0))
    if not sign.split:
        yield "", _figure(sign, Decimal(numerator), Decimal(of))
        return
    parts = list(_split(sign, numerator, of, chance))
    numerator = sum(count for _, count, _ in parts)
    of = sum(count for _, _, count in parts)
    yield "", _figure(sign, Decimal(numerator), Decimal(of))
    for segment, top, bottom in parts:
        if bottom:
            yield segment, _figure(sign, Decimal(top), Decimal(bottom))


def _split(sign, numerator, of, chance):
    """(segment, numerator, denominator) of each part; together they are about the whole's."""
    shares = SHARES if sign.split == BY_LOCALITY else (Decimal(1) / len(sign.split),) * 5
    for segment, share in zip(sign.split, shares, strict=False):
        small = sign.of < 50
        bottom = int(rounded(of * share, 0))
        if small:
            bottom = max(bottom + chance.randint(-2, 1), 0)
        rate = Decimal(numerator) / of + Decimal(str(round(chance.gauss(0, 0.008), 4)))
        if sign.multiplier > 100:
            rate = Decimal(numerator) / of * Decimal(str(round(chance.gauss(1, 0.02), 4)))
        top = min(max(int(rounded(bottom * rate, 0)), 0), bottom)
        if small:
            # So few are answered or not one by one: 0 of 1 happens, and 0 of 2.
            top = sum(chance.random() < rate for _ in range(bottom))
        yield segment, top, bottom


def _figure(sign, numerator, denominator):
    exact = numerator / denominator * sign.multiplier
    return Figure(rounded(exact, sign.decimals), numerator, denominator)


def _in_its_unit(sign, period, figure):
    """For each 100,000 from September 2026 on, where it was for each 1,000."""
    if sign.slug != "falls-admissions" or period.key < SEPTEMBER:
        return figure
    return _figure(
        replace(sign, multiplier=100_000, decimals=1), figure.numerator, figure.denominator
    )


def _from_parts(sign):
    """The average delay is the share that left late, times the days that those waited."""
    if sign.slug != "discharge-delay":
        return {}
    by_slug = {other.slug: other for other in SIGNS}
    on_the_day = figures_of(by_slug["discharged-on-ready-day"])
    late = figures_of(by_slug["days-late"])
    return {
        key: Figure(rounded((100 - share.value) / 100 * late[key].value, sign.decimals))
        for key, share in on_the_day.items()
    }
