"""What is asked of pools, joint outcomes and functions. In prose: docs/rules/partnerships.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Money:
    """An amount of one year and basis, with the word before it: "exact" where there is none."""

    year: int
    basis: str
    qualifier: str
    amount: Decimal


@dataclass(frozen=True)
class Sum:
    """What the exact contributions of one year and basis come to, and why that may not be all."""

    year: int
    basis: str
    total: Decimal
    # How many have a word before them, such as "about", and are in no sum.
    left_out: int

    @property
    def is_whole(self) -> bool:
        return not self.left_out


def sums(contributions: Iterable[Money]) -> list[Sum]:
    """The sums of exact amounts, one for each year and basis, in their order.

    Gross is never added to net, nor either to an amount that says neither.
    """
    groups: dict[tuple[int, str], list[Money]] = {}
    for money in contributions:
        groups.setdefault((money.year, money.basis), []).append(money)
    return [
        Sum(
            year,
            basis,
            sum((m.amount for m in group if m.qualifier == "exact"), Decimal(0)),
            sum(m.qualifier != "exact" for m in group),
        )
        for (year, basis), group in sorted(groups.items())
    ]


def short_of(budget: Money, contributions: Iterable[Money]) -> Decimal | None:
    """By how much a pool is more than what is put into it; less than nothing where it is less.

    None where that cannot be said: no contribution of its year and basis, or one of them, or the
    pool itself, is not exact.
    """
    same = [m for m in contributions if (m.year, m.basis) == (budget.year, budget.basis)]
    if not same or any(m.qualifier != "exact" for m in (budget, *same)):
        return None
    return budget.amount - sum((m.amount for m in same), Decimal(0))


def weights_missing(weights: Sequence[Decimal | None]) -> Decimal | None:
    """What weights lack of 100; less than nothing where they are more.

    None where none is given: then all weigh the same, and nothing is said.
    """
    given = [weight for weight in weights if weight is not None]
    return WHOLE - sum(given, Decimal(0)) if given else None


def alerts(
    amount: Decimal,
    *,
    committed: Decimal | None = None,
    forecast: Decimal | None = None,
    savings: Decimal | None = None,
    savings_made: Decimal | None = None,
) -> list[tuple[str, Decimal]]:
    """What partners have to be told of a pool in its year: what it is, and by how much.

    Nothing is said of what is not given, nor of what is as it should be.
    """
    alerts = []
    if committed is not None and committed > amount:
        alerts.append(("over commitment", committed - amount))
    if forecast is not None and forecast > amount:
        alerts.append(("overspend", forecast - amount))
    if savings is not None and savings_made is not None and savings_made < savings:
        alerts.append(("under delivery", savings - savings_made))
    if forecast is not None and forecast < amount:
        alerts.append(("underspend", amount - forecast))
    return alerts


def a_head(amount: Decimal, population: int | None) -> Decimal | None:
    """The amount for each person in scope, to the penny; None where nobody is counted."""
    return (amount / population).quantize(Decimal("0.01")) if population else None
