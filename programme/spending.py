"""Allocated, spent and forecast by grant condition and project, from the returns of a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.sums import sum_present
from finance.allocations.calculations import variance_words
from programme.groups import Group
from programme.programme import Programme
from returns.content import Sheet


@dataclass(frozen=True)
class SpendRow:
    """Pounds of one project, or of all together; None if not known."""

    sheet: Sheet | None
    allocated: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None

    @property
    def against_allocation(self) -> str:
        """The forecast against the allocation, in words; empty without both."""
        return variance_words(self.forecast, self.allocated)


@dataclass(frozen=True)
class Spending:
    """The money of one year; totals are of the projects that report a forecast."""

    year: int
    groups: list[tuple[Group, list[SpendRow], SpendRow]]
    by_fund: list[tuple[str, SpendRow]]
    total: SpendRow


def spending(programme: Programme) -> Spending | None:
    """What the period's returns say about the year's money; None if they say nothing.

    A return reports a project's spend as one sum. So only projects with a single fund can be
    listed by fund; the others are listed under all their funds together.
    """
    reporting = [sheet for sheet in programme.sheets if sheet.spend_forecast is not None]
    if not reporting:
        return None
    year = max(present(sheet.spend_year) for sheet in reporting)
    rows = {sheet.slug: _row(sheet) for sheet in reporting if sheet.spend_year == year}
    groups = []
    for group in programme.conditions:
        mine = [rows[sheet.slug] for sheet in group.sheets if sheet.slug in rows]
        if mine:
            groups.append((group, mine, _sum(mine)))
    # By the funds themselves: an older version may have two names for one.
    paid: dict[tuple[str, ...], list[SpendRow]] = {}
    for row in rows.values():
        slugs = tuple(fund.slug for fund in present(row.sheet).funds)
        paid.setdefault(slugs, []).append(row)
    place = {fund.slug: at for at, fund in enumerate(programme.funds)}
    names = {fund.slug: fund.name for fund in programme.funds}
    by_fund = [
        (" and ".join(names[slug] for slug in slugs), _sum(paid[slugs]))
        for slugs in sorted(paid, key=lambda slugs: [place[slug] for slug in slugs])
    ]
    return Spending(year, groups, by_fund, _sum(rows.values()))


def _row(sheet):
    """The forecast with the allocation at the time it was made."""
    return SpendRow(sheet, sheet.allocated_then, sheet.spend_to_date, sheet.spend_forecast)


def _sum(rows: Iterable[SpendRow]) -> SpendRow:
    rows = list(rows)
    return SpendRow(
        None,
        sum_present(row.allocated for row in rows).total,
        sum_present(row.spent for row in rows).total,
        sum_present(row.forecast for row in rows).total,
    )
