"""Tables made of a sheet: savings by year and by rating, posts by who pays. Money is pounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from bcfportal.lib.sentences import counted
from bcfportal.lib.sums import sum_present
from finance.savings.content import (
    PostLine,
    SavingRow,
    SavingsSheet,
    TeamLine,
    year_words,
)

# Posts that no longer count: they are shown, and not added up.
NOT_COUNTED = ("disestablishing", "ended")


@dataclass(frozen=True)
class Totals:
    """Sums of rows; None where no row has the figure."""

    # How many yearly targets, and of how many savings: a saving counts once, whatever its years.
    count: int
    savings: int
    # Of how many it is known what they bring: the others are in no shortfall.
    known: int
    target: Decimal | None
    achieved: Decimal | None
    forecast: Decimal | None
    brings: Decimal | None
    shortfall: Decimal | None


@dataclass(frozen=True)
class YearTable:
    """The savings of one year with their totals."""

    year: int | None
    rows: list[SavingRow]
    totals: Totals

    @property
    def label(self) -> str:
        return year_words(self.year)


def totals_of(rows: Iterable[SavingRow]) -> Totals:
    """The sums of some rows. A shortfall is added up as the paper does, passed targets included."""
    rows = list(rows)
    return Totals(
        len(rows),
        len({row.saving.slug for row in rows}),
        sum(row.shortfall is not None for row in rows),
        sum_present(row.figures.target for row in rows).total,
        sum_present(row.figures.achieved for row in rows).total,
        sum_present(row.forecast for row in rows).total,
        sum_present(row.brings for row in rows).total,
        sum_present(row.shortfall for row in rows).total,
    )


def by_year(rows: list[SavingRow]) -> list[YearTable]:
    """A table for each year, in order; what states no year comes last."""
    years = sorted({row.figures.year for row in rows}, key=lambda year: (year is None, year or 0))
    chosen = [(year, [row for row in rows if row.figures.year == year]) for year in years]
    return [YearTable(year, mine, totals_of(mine)) for year, mine in chosen]


def year_of(tables: list[YearTable], day: date) -> YearTable | None:
    """The table of the year that the day is in; else the first later one, else the last before."""
    this = day.year if day.month >= 4 else day.year - 1
    stated = [(table.year, table) for table in tables if table.year is not None]
    last = stated[-1][1] if stated else None
    return next((table for year, table in stated if year >= this), last)


@dataclass(frozen=True)
class RatingLine:
    """How many yearly targets have a rating, and the same of each year: nothing is added up."""

    rating: Rating
    count: int
    # One for each table, in their order; None where the year has none of the rating.
    years: list[Totals | None]


def by_rating(tables: list[YearTable]) -> list[RatingLine]:
    """Counts by rating, what needs attention first, and by year; ratings that none has left out.

    Targets of several years are counted and never summed: a sum of years is of no year.
    """
    lines = []
    for rating in ATTENTION_ORDER:
        rated = [[row for row in table.rows if row.rating == rating] for table in tables]
        if any(rated):
            years = [totals_of(rows) if rows else None for rows in rated]
            lines.append(RatingLine(rating, sum(map(len, rated)), years))
    return lines


def corrected(
    sheet: SavingsSheet, before: SavingsSheet | None
) -> dict[tuple[str, int | None], Decimal]:
    """Outturns of years that were over, in pounds, as the paper before had them, by (saving, year).

    Only those that this paper gives differently: what grows during a year is not a correction.
    """
    if before is None:
        return {}
    was = {(row.saving.slug, row.figures.year): row for row in before.rows()}
    earlier = {}
    for row in sheet.rows():
        old = was.get((row.saving.slug, row.figures.year))
        if old is None or not old.year_over or old.figures.achieved is None:
            continue
        if old.figures.achieved != row.figures.achieved:
            earlier[row.saving.slug, row.figures.year] = old.figures.achieved
    return earlier


@dataclass(frozen=True)
class PostRow:
    """A post with how long it still has on a day."""

    post: PostLine
    team: TeamLine | None
    # From the day looked at to its end; negative once it has ended.
    days_left: int | None
    ends_soon: bool
    whole_cost: Decimal | None

    @property
    def left(self) -> str:
        """How long it has, in words: "ends in 14 months", "ended"."""
        if self.days_left is None:
            return ""
        if self.days_left < 0:
            return "ended"
        months = self.days_left * 12 // 365
        if months < 1:
            return f"ends in {counted(self.days_left, 'day')}"
        return f"ends in {counted(months, 'month')}"


def post_rows(sheet: SavingsSheet, today: date) -> list[PostRow]:
    """The posts as they stand on ``today``: those that end first come first, ended ones last."""
    teams = {team.slug: team for team in sheet.teams}
    rows = [
        _post_row(post, teams.get(post.team), sheet.rule.posts_end_soon_months, today)
        for post in sheet.posts
    ]
    counted = [row for row in rows if row.post.status not in NOT_COUNTED]
    others = [row for row in rows if row.post.status in NOT_COUNTED]
    return sorted(counted, key=_end_first) + others


def _end_first(row):
    ended = row.days_left is not None and row.days_left < 0
    return (ended, row.days_left is None, row.days_left or 0)


def _post_row(post, team, soon, today):
    days = (post.ends - today).days if post.ends else None
    return PostRow(
        post,
        team,
        days,
        ends_soon=days is not None and 0 <= days <= soon * 365 / 12,
        whole_cost=whole_cost(post),
    )


def months_between(starts: date, ends: date) -> int | None:
    """Whole months from the first day of one to the last day of another; None if they are not."""
    if starts.day != 1 or (date.fromordinal(ends.toordinal() + 1)).day != 1:
        return None
    return (ends.year - starts.year) * 12 + ends.month - starts.month + 1


def whole_cost(post: PostLine) -> Decimal | None:
    """What the post costs from its start to its end, in pounds; None where that cannot be told."""
    if post.cost is None:
        return None
    if post.basis == "for its whole time":
        return post.cost
    if post.starts is None or post.ends is None:
        return None
    months = months_between(post.starts, post.ends)
    return None if months is None else post.cost * months / 12


def yearly_cost(post: PostLine) -> Decimal | None:
    """What the post costs in twelve months, in pounds; None where that cannot be told."""
    if post.cost is None or post.basis == "a year":
        return post.cost
    if post.starts is None or post.ends is None:
        return None
    months = months_between(post.starts, post.ends)
    return None if not months else post.cost * 12 / months


@dataclass(frozen=True)
class FundingTotal:
    """Posts, FTE and yearly cost of one source of funding."""

    funding: str
    posts: int
    fte: Decimal | None
    cost: Decimal | None
    # Posts whose cost is printed neither for them nor for their team.
    without_cost: int


def by_funding(sheet: SavingsSheet, today: date) -> list[FundingTotal]:
    """FTE and yearly cost by who pays, and all together last, as they are paid on ``today``.

    Posts that have ended or are to be disestablished are left out.
    """
    posts = [
        post
        for post in sheet.posts
        if post.status not in NOT_COUNTED and (post.ends is None or post.ends >= today)
    ]
    teams = {team.slug: team for team in sheet.teams}
    sources: dict[str, list[PostLine]] = {}
    for post in posts:
        sources.setdefault(_who_pays(post), []).append(post)
    totals = [_funding(name, mine, teams) for name, mine in sorted(sources.items())]
    return [*totals, _funding("All", posts, teams)] if totals else []


def _who_pays(post):
    name = post.fund or post.funding or "Not stated"
    return name[0].upper() + name[1:]


def _funding(name, posts, teams):
    costs = [yearly_cost(post) for post in posts]
    costs += [teams[slug].cost for slug in sorted({post.team for post in posts if post.team})]
    covered = [
        post for post in posts if post.cost is not None or (post.team and teams[post.team].cost)
    ]
    return FundingTotal(
        name,
        len(posts),
        sum_present(post.fte for post in posts).total,
        sum_present(costs).total,
        len(posts) - len(covered),
    )
