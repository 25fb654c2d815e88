"""Whether an amount or a day is unlike what it stands beside: then it is asked if it is right.

Nothing here refuses anything. Each question is a sentence; the answer is a tick that holds for that
amount or day and no other, and whoever approves reads both. docs/rules/questions.md has the rules.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sentences import day_words, listed

# So many times what it stands beside, or so small a part of it.
FAR = 7
# Amounts that differ by less are small, whatever their share. In pounds.
LITTLE = 10_000
# Without anything to hold it against, a line of a council of a thousand million is asked about.
LARGE = 1_000_000_000
# A day further from today has rather a slip in its year.
TWO_YEARS = timedelta(days=731)
A_QUARTER = timedelta(days=90)
# Plans are made for as many years to come; a year further back has been reported on.
YEARS_BEFORE, YEARS_AFTER = 2, 5


@dataclass(frozen=True)
class Beside:
    """What an amount is held against: pounds, and in words what they are ("in month 9 it was").

    ``at_most``: only more than that stands out, as one year of a scheme may well have little.
    """

    said: str
    amount: Decimal | None
    at_most: bool = False


def is_far(value: Decimal, amount: Decimal) -> bool:
    """Whether the sizes are far apart. An amount of 0 has none."""
    size, beside = abs(value), abs(amount)
    if not beside or abs(size - beside) < LITTLE:
        return False
    return size >= beside * FAR or size * FAR <= beside


def unusual(value: Decimal | None, beside: list[Beside], written: Callable[[Decimal], str]) -> str:
    """Why the amount in pounds stands out, in a sentence; nothing where it does not.

    It is held against the first of ``beside`` that is known; ``words`` prints an amount.
    """
    if value is None:
        return ""
    known = next((other for other in beside if other.amount), None)
    if known is None or known.amount is None:
        return f"{written(value)} is unusually large." if abs(value) >= LARGE else ""
    if known.at_most and abs(value) <= abs(known.amount):
        return ""
    turned = value * known.amount < 0 and abs(value - known.amount) >= LITTLE
    if not turned and not is_far(value, known.amount):
        return ""
    if turned:
        how = "the opposite sign"
    elif not value:
        how = "nothing now"
    else:
        how = "many times as much" if abs(value) > abs(known.amount) else "a small part of that"
    return f"{written(value)} now, and {known.said} {written(known.amount)}: {how}."


def unusual_use(
    value: Decimal | None, beside: list[Decimal | None], written: Callable[[Decimal], str]
) -> str:
    """Why a use of a reserve, or an addition, is more than its balance explains, in a sentence.

    ``beside`` are the balance and the uses of last time, in pounds. A smaller use is usual.
    """
    most = max((abs(amount) for amount in beside if amount is not None), default=Decimal(0))
    if value is None or (not most and abs(value) < LARGE):
        return ""
    if most and (abs(value) < most * FAR or abs(value) - most < LITTLE):
        return ""
    than = (
        f", and the balance and what was used before come to {written(most)} at most"
        if most
        else ""
    )
    return f"{written(value)} is unusually large{than}."


def far_days(days: Mapping[str, date], today: date, beside: Iterable[date] = ()) -> str:
    """Which of the days, by what their boxes are called, are far from today, in a sentence.

    None that is near to a day ``beside`` which it may belong, such as the end of an old period.
    """
    near = [today, *beside]
    far = [
        f"{name}: {day_words(day)}"
        for name, day in days.items()
        if all(abs(day - other) > TWO_YEARS for other in near)
    ]
    is_far = "is" if len(far) == 1 else "are"
    return f"{listed(far)} {is_far} more than two years from today." if far else ""


def far_years(years: Iterable[int], beside: Collection[int]) -> list[str]:
    """Which of the financial years are far from all those ``beside``, each in half a sentence."""
    far = []
    for year in dict.fromkeys(years):
        if any(other - YEARS_BEFORE <= year <= other + YEARS_AFTER for other in beside):
            continue
        near = min(beside, key=lambda other: abs(other - year))
        how = "five years after" if year > near else "two years before"
        far.append(f"{financial_year_label(year)} is more than {how} {financial_year_label(near)}")
    return far


def is_reported_as_at(day: date, first: date, last: date) -> bool:
    """Whether a period from ``first`` to ``last`` is rather reported as at the day than another.

    Reports come some weeks after the end; from a quarter after it, it is rather a later period's.
    """
    return first <= day < last + A_QUARTER


def said_of_far_day(name: str, day: date | None, entered: date) -> str:
    """What who reads a day is told, where it was asked about when it was entered."""
    if day is None or abs(day - entered) <= TWO_YEARS:
        return ""
    return (
        f"{name}: {day_words(day)} is more than two years from {day_words(entered)}, and was said "
        "to be right."
    )


def tick(value: Decimal | date | None) -> str:
    """What a tick says: that this amount or day is right, and no other that is typed after it."""
    if value is None:
        return ""
    return f"yes: {value.isoformat() if isinstance(value, date) else f'{value.normalize():f}'}"
