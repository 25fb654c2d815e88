"""The tree of a statement: totals from parts, variances with their words. Pounds throughout."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bcfportal.lib.money import millions
from finance.statement import Area, Row, Statement, total

INCOME = "income"


@dataclass(frozen=True)
class Node:
    """One area with its parts. Every figure of a whole is the sum of its parts.

    Where the source gives a figure for the whole and for none of the parts, that one stands.
    """

    area: Area
    parts: tuple["Node", ...]
    depth: int
    rows: tuple[Row, ...] = ()
    tolerance: Decimal = Decimal(5)

    @property
    def slug(self) -> str:
        return self.area.slug

    @property
    def name(self) -> str:
        return self.area.name

    @property
    def is_income(self) -> bool:
        return self.area.kind == INCOME

    def sum_of(self, figure: str) -> Decimal | None:
        """A figure of the area in pounds; None where the source does not give all of it."""
        if self.parts:
            amounts = [part.sum_of(figure) for part in self.parts]
            if any(amount is not None for amount in amounts):
                return total(amounts)
        return getattr(self.area, figure)

    def leaves_of(self, figure: str) -> int:
        """How many figures ``sum_of`` adds up: 1 where the area has its own."""
        if self.parts and any(part.sum_of(figure) is not None for part in self.parts):
            return sum(part.leaves_of(figure) for part in self.parts)
        return 1

    @cached_property
    def budget(self) -> Decimal | None:
        return self.sum_of("budget")

    @cached_property
    def outturn(self) -> Decimal | None:
        return self.sum_of("outturn")

    @cached_property
    def last_year_actual(self) -> Decimal | None:
        return self.sum_of("last_year_actual")

    @cached_property
    def last_year_variance(self) -> Decimal | None:
        return self.sum_of("last_year_variance")

    @cached_property
    def next_budget(self) -> Decimal | None:
        return self.sum_of("next_budget")

    @cached_property
    def variance(self) -> Decimal | None:
        """Outturn less budget: positive is adverse. As stated where there is nothing else."""
        if self.parts:
            amounts = [part.variance for part in self.parts]
            if any(amount is not None for amount in amounts):
                return total(amounts)
        if self.area.budget is not None and self.area.outturn is not None:
            return self.area.outturn - self.area.budget
        return self.area.stated_variance

    @cached_property
    def percent(self) -> Decimal | None:
        return percent(self.variance, self.budget, income=self.is_income)

    @property
    def previous_variance(self) -> Decimal | None:
        return self.area.previous_variance

    @property
    def previous_odd(self) -> list[Decimal]:
        """What was printed of the variance before that rounding does not explain."""
        if self.previous_variance is None:
            return []
        room = HALF_STEP * (1 + sum(not node.parts for node in self.walk()))
        return [
            printed
            for printed in self.area.previous_printed
            if abs(printed - self.previous_variance) > room
        ]

    @property
    def movement(self) -> Decimal | None:
        """How the variance changed since the report before: positive is for the worse."""
        if self.variance is None or self.previous_variance is None:
            return None
        return self.variance - self.previous_variance

    @property
    def word(self) -> str:
        return variance_word(self.variance, income=self.is_income)

    @property
    def is_adverse(self) -> bool:
        return self.variance is not None and self.variance > 0

    @property
    def is_beyond_tolerance(self) -> bool:
        """Whether the council asks why: the variance is beyond its tolerance, a per cent."""
        return beyond(self.variance, self.budget, self.tolerance)

    @property
    def explained(self) -> bool:
        """Whether the area or any of its parts says why."""
        return bool(self.area.explanation) or any(part.explained for part in self.parts)

    @property
    def parts_and_whole(self) -> list["Node"]:
        """The parts, and the area itself as their last line."""
        return [*self.parts, self]

    @property
    def largest_variance(self) -> Decimal:
        """The size in pounds of the largest variance among the parts and the whole; 0 for none."""
        sizes = [abs(n.variance) for n in self.parts_and_whole if n.variance is not None]
        return max(sizes, default=Decimal(0))

    def walk(self) -> Iterator["Node"]:
        """The area and everything below it, as printed."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def find(self, slug: str) -> "Node | None":
        return next((node for node in self.walk() if node.slug == slug), None)

    def path_to(self, slug: str) -> list["Node"]:
        """The areas from this one to the one named, without it."""
        for part in self.parts:
            if part.slug == slug:
                return [self]
            if below := part.path_to(slug):
                return [self, *below]
        return []

    @cached_property
    def differing(self) -> list["Differing"]:
        """What the source printed of the area that is not what its parts come to."""
        found = []
        for figure, words in FIGURES:
            value = getattr(self, figure)
            if value is None:
                continue
            room = HALF_STEP * (self._rounded_parts(figure) + 1)
            printed = {
                getattr(row, figure): row
                for row in self.rows
                if getattr(row, figure) is not None and abs(getattr(row, figure) - value) > room
            }
            found += [Differing(words, value, one, row) for one, row in printed.items()]
        return found

    def _rounded_parts(self, figure):
        if figure != "variance":
            return self.leaves_of(figure)
        if self.sum_of("budget") is not None and self.sum_of("outturn") is not None:
            return self.leaves_of("budget") + self.leaves_of("outturn")
        return self.leaves_of("stated_variance")


FIGURES = (
    ("budget", "budget"),
    ("outturn", "outturn"),
    ("variance", "variance"),
    ("last_year_actual", "actual of the year before"),
    ("last_year_variance", "variance of the year before"),
    ("next_budget", "budget of the year after"),
)
# £ million with three decimals: what is printed may be this many pounds off.
HALF_STEP = Decimal(500)


@dataclass(frozen=True)
class Differing:
    """A printed figure that is not the computed one."""

    what: str
    computed: Decimal
    printed: Decimal
    row: Row

    @property
    def words(self) -> str:
        """In a sentence, with the place."""
        return (
            f"{self.row.table} prints a {self.what} of {millions(self.printed)}; the lines come "
            f"to {millions(self.computed)}"
        )


def tree(statement: Statement) -> Node:
    """The statement's areas as a tree, from its total down. Raises ValueError without areas."""
    by_parent: dict[str, list[Area]] = {}
    for area in statement.areas:
        by_parent.setdefault(area.parent, []).append(area)
    rows: dict[str, list[Row]] = {}
    for row in statement.rows:
        rows.setdefault(row.area, []).append(row)

    def node(area, depth):
        return Node(
            area,
            tuple(node(part, depth + 1) for part in by_parent.get(area.slug, [])),
            depth,
            tuple(rows.get(area.slug, [])),
            statement.tolerance,
        )

    if not by_parent.get(""):
        raise ValueError("The statement has no areas.")
    return node(by_parent[""][0], 0)


def percent(
    variance: Decimal | None, budget: Decimal | None, *, income: bool = False
) -> Decimal | None:
    """Variance as a per cent of the budget; None where it is undefined.

    Undefined on no budget, and on a negative one that is not of income. Of income both figures
    are negative, so that more income than budgeted is positive, as councils print it.
    """
    if variance is None or not budget or (budget < 0 and not income):
        return None
    return variance / budget * 100


def beyond(variance: Decimal | None, budget: Decimal | None, tolerance: Decimal) -> bool:
    """Whether a variance in pounds is more than ``tolerance`` per cent of the budget's size."""
    if variance is None or budget is None:
        return False
    return abs(variance) * 100 > tolerance * abs(budget)


def variance_word(variance: Decimal | None, *, income: bool = False) -> str:
    """The word that always stands beside a variance in pounds; "" where there is none.

    Spending: overspend or underspend. Income, kept negative: over-recovery is more than budgeted.
    What rounds to nothing at a thousand pounds is on budget.
    """
    if variance is None:
        return ""
    if abs(variance) < HALF_STEP:
        return "on budget"
    if income:
        return "under-recovery" if variance > 0 else "over-recovery"
    return "overspend" if variance > 0 else "underspend"


def movement_word(movement: Decimal | None) -> str:
    """How a variance in pounds has moved: "worse", "better" or "no change"."""
    if movement is None:
        return ""
    if abs(movement) < HALF_STEP:
        return "no change"
    return "worse" if movement > 0 else "better"
