"""The tree of a statement: totals from parts, variances with their words. Pounds throughout."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from bcfportal.lib.discrepancies import half_step
from bcfportal.lib.money import millions, per_cent
from bcfportal.lib.sentences import with_article
from bcfportal.lib.sums import sum_complete
from finance.monitoring.content import PLACES, Area, Other, Row, Statement
from finance.monitoring.printed_figures import (
    CHANGE,
    SAID_OF,
    PrintedValue,
    amounts,
    in_words,
    percents,
)

INCOME = "income"


@dataclass(frozen=True)
class Node:
    """One area with its parts.

    A figure that the source prints stands as printed. ``own`` has what the lines come to: every
    figure of a whole is the sum of its parts, and where the source gives a figure for the whole
    and for none of the parts, that one.
    """

    area: Area
    parts: tuple["Node", ...]
    depth: int
    rows: tuple[Row, ...] = ()
    tolerance: Decimal = Decimal(5)
    # What the source says of the area in words.
    others: tuple[Other, ...] = ()

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
                return sum_complete(amounts)
        return getattr(self.area, figure)

    def leaves_of(self, figure: str) -> int:
        """How many figures ``sum_of`` adds up: 1 where the area has its own."""
        if self.parts and any(part.sum_of(figure) is not None for part in self.parts):
            return sum(part.leaves_of(figure) for part in self.parts)
        return 1

    def own(self, figure: str) -> Decimal | None:
        """What the lines come to, in pounds (the per cent: of the budget). None where unknown."""
        if figure == "percent":
            return percent(self.own("variance"), self.own("budget"), income=self.is_income)
        return self._own_variance if figure == "variance" else self.sum_of(figure)

    def printed(self, figure: str) -> PrintedValue | None:
        """The printing that stands for the figure; None where the source prints none.

        Of two printings the one nearer to the lines; of two per cents the finer one. What is
        printed in fewer decimals than the lines stands in words beside them.
        """
        own = self.own(figure)
        if figure == "percent":
            values = percents(self.rows, self.others)
            same_side = [given for given in values if own is None or given.value * own >= 0]
            finest = max((given.places for given in same_side), default=0)
            values = [given for given in same_side if given.places == finest]
        else:
            values = amounts(self.rows, self.others if own is not None else (), figure)
        if not values:
            return None
        if own is None:
            return values[0]
        return min(values, key=lambda given: abs(given.value - own))

    def _stands(self, figure):
        printed = self.printed(figure)
        return self.own(figure) if printed is None else printed.value

    def beside(self, figure: str) -> str:
        """What the portal works out, in words, where that is not what stands; else nothing."""
        printed, own = self.printed(figure), self.own(figure)
        if printed is None or own is None:
            return ""
        text = in_words(own, figure, printed.places)
        if text == in_words(printed.value, figure, printed.places):
            return ""
        return f"its lines come to {text}" if self.parts else f"worked out {text}"

    @cached_property
    def budget(self) -> Decimal | None:
        return self._stands("budget")

    @cached_property
    def outturn(self) -> Decimal | None:
        return self._stands("outturn")

    @cached_property
    def last_year_actual(self) -> Decimal | None:
        return self._stands("last_year_actual")

    @cached_property
    def last_year_variance(self) -> Decimal | None:
        return self._stands("last_year_variance")

    @cached_property
    def next_budget(self) -> Decimal | None:
        return self._stands("next_budget")

    @cached_property
    def variance(self) -> Decimal | None:
        """Outturn less budget: positive is adverse. As stated where there is nothing else."""
        return self._stands("variance")

    @cached_property
    def _own_variance(self):
        if self.parts:
            amounts = [part.own("variance") for part in self.parts]
            if any(amount is not None for amount in amounts):
                return sum_complete(amounts)
        if self.area.budget is not None and self.area.outturn is not None:
            return self.area.outturn - self.area.budget
        return self.area.stated_variance

    @cached_property
    def percent(self) -> Decimal | None:
        return self._stands("percent")

    @property
    def percent_words(self) -> str:
        """The per cent as printed, or with one decimal; "" where it is undefined."""
        printed = self.printed("percent")
        if printed is not None:
            return per_cent(printed.value, printed.places)
        if self.percent is None:
            return ""
        # What is something never reads as 0%.
        places = next((n for n in (1, 2, 3) if _rounded(self.percent, n)), 1)
        return per_cent(self.percent, places if self.word != "on budget" else 1)

    @property
    def percents_otherwise(self) -> list[str]:
        """Per cents that the source prints with the opposite sign to the variance's."""
        own = self.own("percent")
        opposite = [
            given
            for given in percents(self.rows, self.others)
            if own is not None and given.value * own < 0
        ]
        return list(dict.fromkeys(per_cent(given.value, given.places) for given in opposite))

    @property
    def stated(self) -> list[Other]:
        """What the source says of the area in words that the figures shown do not say."""
        return [
            other
            for other in self.others
            if (figure := self._figure_of(other)) is None
            or (figure if other.what != "percent" else _rounded(figure, other.places))
            != other.value
        ]

    def _figure_of(self, other):
        if other.what == CHANGE:
            return self.movement
        name = SAID_OF.get(other.what)
        return getattr(self, name) if name else None

    @property
    def previous_variance(self) -> Decimal | None:
        """The variance in the report before, as its source printed it."""
        known = self.area.previous_variance
        if known is None or not self.area.previous_printed:
            return known
        return min(self.area.previous_printed, key=lambda printed: abs(printed - known))

    @property
    def previous_odd(self) -> list[str]:
        """What else was said of the variance before that rounding does not explain, in words."""
        known, stands = self.area.previous_variance, self.previous_variance
        if known is None or stands is None:
            return []
        room = HALF_STEP * (1 + sum(not node.parts for node in self.walk()))
        said = [f"its lines came to {millions(known)}"] if abs(known - stands) > room else []
        return said + [
            f"printed {millions(printed)} too"
            for printed in self.area.previous_printed
            if printed != stands and abs(printed - known) > room
        ]

    @property
    def previous_budget(self) -> Decimal | None:
        """The budget in the report before, where it has moved since; else None."""
        known, own = self.area.previous_budget, self.own("budget")
        if known is None or own is None:
            return None
        return known if abs(known - own) >= HALF_STEP else None

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
        return beyond(self.own("variance"), self.own("budget"), self.tolerance)

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
        differing = []
        for figure, label in FIGURES:
            value = self.own(figure)
            if value is None:
                continue
            room = HALF_STEP * self._rounded_parts(figure)
            printed = {
                getattr(row, figure): row
                for row in self.rows
                if getattr(row, figure) is not None
                and abs(getattr(row, figure) - value) > room + row.half_step
            }
            differing += [Differing(label, value, amount, row) for amount, row in printed.items()]
        return differing

    def _rounded_parts(self, figure):
        if figure != "variance":
            return self.leaves_of(figure)
        if self.sum_of("budget") is not None and self.sum_of("outturn") is not None:
            return self.leaves_of("budget") + self.leaves_of("outturn")
        return self.leaves_of("stated_variance")


def _rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


FIGURES = (
    ("budget", "budget"),
    ("outturn", "outturn"),
    ("variance", "variance"),
    ("last_year_actual", "actual of the year before"),
    ("last_year_variance", "variance of the year before"),
    ("next_budget", "budget of the year after"),
)
# £ million with three decimals: what is printed may be this many pounds off.
HALF_STEP = half_step(PLACES) * 1_000_000


@dataclass(frozen=True)
class Differing:
    """A printed figure that is not the computed one."""

    what: str
    computed: Decimal
    printed: Decimal
    row: Row

    @property
    def sentence(self) -> str:
        """In a sentence, with the place."""
        return (
            f"{self.row.table} prints {with_article(self.what)} of {millions(self.printed)}; "
            f"the lines come to {millions(self.computed)}"
        )


def tree(statement: Statement) -> Node:
    """The statement's areas as a tree, from its total down. Raises ValueError without areas."""
    by_parent: dict[str, list[Area]] = {}
    for area in statement.areas:
        by_parent.setdefault(area.parent, []).append(area)
    said: dict[str, list[Other]] = {}
    for other in statement.others:
        if other.kind == "area":
            said.setdefault(other.of, []).append(other)
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
            tuple(said.get(area.slug, [])),
        )

    if not by_parent.get(""):
        raise ValueError("The statement has no areas.")
    return node(by_parent[""][0], 0)


def percent(
    variance: Decimal | None, budget: Decimal | None, *, income: bool = False
) -> Decimal | None:
    """Variance as a per cent of the budget; None where it is undefined.

    Undefined on no budget, and on a negative one that is not of income. It has the sign of the
    variance, of income too, so that brackets say the same of pounds and of per cents.
    """
    if variance is None or not budget or (budget < 0 and not income):
        return None
    return variance / abs(budget) * 100


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
