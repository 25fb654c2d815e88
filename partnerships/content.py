"""What is published of an arrangement, as plain data: pages, papers and downloads read this."""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from partnerships import rules
from partnerships.rules import Money, Sum

SCHEMA = 1


class ElementLine(msgspec.Struct, frozen=True):
    """A service of the programme."""

    name: str
    what_it_does: str
    for_whom: str
    cover: str
    standard: str
    measure: str
    measure_title: str
    measure_address: str
    state: str
    paragraph: str
    source: str
    note: str


class ActivityLine(msgspec.Struct, frozen=True):
    """Something of the blueprint."""

    title: str
    paragraph: str
    source: str
    note: str


class IssueLine(msgspec.Struct, frozen=True):
    """What members have to weigh."""

    title: str
    at_stake: str
    options: str
    asked: str
    paragraph: str
    source: str
    note: str


class ParagraphLine(msgspec.Struct, frozen=True):
    """A paragraph of the paper, in its words."""

    paragraph: str
    heading: str
    text: str
    source: str
    note: str


class DecisionOnFunction(msgspec.Struct, frozen=True):
    """What was decided on a function."""

    order: int
    decision: str
    decided_on: date
    decided_by: str
    reason: str
    condition: str
    # The order of the decision that it replaces.
    replaces: int | None
    source: str
    note: str


class FunctionLine(msgspec.Struct, frozen=True):
    """A function, what its paper recommends, and what was decided."""

    order: int
    name: str
    holder: str
    position: str
    recommended: str
    condition: str
    advice_of: str
    paragraph: str
    source: str
    note: str
    decisions: tuple[DecisionOnFunction, ...] = ()

    @property
    def in_force(self) -> list[DecisionOnFunction]:
        """The decisions that no other replaces: one, if nothing is wrong."""
        replaced = {decision.replaces for decision in self.decisions}
        return [decision for decision in self.decisions if decision.order not in replaced]

    @property
    def decided(self) -> str:
        """What stands: retain, delegate, share or undecided; "twice" where two decisions do."""
        in_force = self.in_force
        if not in_force:
            return "undecided"
        return in_force[0].decision if len(in_force) == 1 else "twice"


class ProgrammeContent(msgspec.Struct, frozen=True):
    """An integration programme."""

    planning_area: str
    districts: str
    partners: str
    care_areas: str
    in_scope: str
    out_of_scope: str
    basis_of: str
    meeting: str
    model: str
    model_description: str
    model_source: str
    lead_provider_names: tuple[str, ...]
    lead_provider_duties: tuple[str, ...]
    source: str
    note: str
    elements: tuple[ElementLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    functions: tuple[FunctionLine, ...] = ()
    issues: tuple[IssueLine, ...] = ()
    paragraphs: tuple[ParagraphLine, ...] = ()

    @property
    def by_decision(self) -> list[tuple[str, list[FunctionLine]]]:
        """The functions by what was decided, and what is not."""
        return [
            (decided, those)
            for decided in ("twice", "retain", "delegate", "share", "undecided")
            if (those := [line for line in self.functions if line.decided == decided])
        ]


class ContributionLine(msgspec.Struct, frozen=True):
    """What a partner puts in."""

    partner: str
    year: int
    basis: str
    qualifier: str
    amount: Decimal
    fund: str
    paragraph: str
    source: str
    note: str

    @property
    def money(self) -> Money:
        return Money(self.year, self.basis, self.qualifier, self.amount)

    @property
    def written(self) -> str:
        return _written(self.qualifier, self.amount)

    @property
    def year_label(self) -> str:
        return financial_year_label(self.year)


class BudgetLine(msgspec.Struct, frozen=True):
    """The whole of the pool in a year."""

    year: int
    basis: str
    qualifier: str
    amount: Decimal
    population: int | None
    savings: Decimal | None
    savings_made: Decimal | None
    pressures: Decimal | None
    committed: Decimal | None
    forecast: Decimal | None
    actual: Decimal | None
    paragraph: str
    source: str
    note: str

    @property
    def money(self) -> Money:
        return Money(self.year, self.basis, self.qualifier, self.amount)

    @property
    def written(self) -> str:
        return _written(self.qualifier, self.amount)

    @property
    def year_label(self) -> str:
        return financial_year_label(self.year)

    @property
    def alerts(self) -> list[tuple[str, Decimal]]:
        """What partners have to be told; nothing of a budget that is not exact."""
        if self.qualifier != "exact":
            return []
        return rules.alerts(
            self.amount,
            committed=self.committed,
            forecast=self.forecast,
            savings=self.savings,
            savings_made=self.savings_made,
        )

    @property
    def a_head(self) -> Decimal | None:
        return rules.a_head(self.amount, self.population) if self.qualifier == "exact" else None


class ShareLine(msgspec.Struct, frozen=True):
    """Who bears how much of what."""

    event: str
    partner: str
    share: Decimal | None
    terms: str
    paragraph: str
    source: str
    note: str


class PoolContent(msgspec.Struct, frozen=True):
    """A pool of money."""

    legal_basis: str
    host: str
    level: str
    state: str
    money_note: str
    programme: str
    source: str
    note: str
    contributions: tuple[ContributionLine, ...] = ()
    budgets: tuple[BudgetLine, ...] = ()
    shares: tuple[ShareLine, ...] = ()

    @property
    def sums(self) -> list[Sum]:
        return rules.sums(line.money for line in self.contributions)

    def short_of(self, budget: BudgetLine) -> Decimal | None:
        return rules.short_of(budget.money, [line.money for line in self.contributions])

    @property
    def shares_by_event(self) -> list[tuple[str, list[ShareLine]]]:
        events = dict.fromkeys(line.event for line in self.shares)
        return [(name, [line for line in self.shares if line.event == name]) for name in events]


class MeasureLine(msgspec.Struct, frozen=True):
    """A measure of an outcome, by its name, title and address when that was frozen."""

    name: str
    title: str
    address: str


class OutcomeLine(msgspec.Struct, frozen=True):
    """A joint outcome."""

    domain: str
    statement: str
    weight: Decimal | None
    priority: str
    target: str
    paragraph: str
    source: str
    note: str
    measures: tuple[MeasureLine, ...] = ()


class TensionLine(msgspec.Struct, frozen=True):
    """Two things that pull apart."""

    first: str
    other: str
    paragraph: str
    source: str
    note: str


class FrameworkContent(msgspec.Struct, frozen=True):
    """A framework of joint outcomes."""

    paper: str
    state: str
    not_held: str
    programme: str
    source: str
    note: str
    outcomes: tuple[OutcomeLine, ...] = ()
    tensions: tuple[TensionLine, ...] = ()

    @property
    def domains(self) -> list[tuple[str, list[OutcomeLine]]]:
        names = dict.fromkeys(line.domain for line in self.outcomes)
        return [(name, [line for line in self.outcomes if line.domain == name]) for name in names]

    @property
    def weights_missing(self) -> Decimal | None:
        return rules.weights_missing([line.weight for line in self.outcomes])


class ArrangementContent(msgspec.Struct, frozen=True):
    """One arrangement, of one of the three kinds."""

    schema: int
    council: str
    kind: str
    slug: str
    title: str
    purpose: str
    number: int
    # Why the version before it was changed.
    why: str
    source: str
    note: str
    programme: ProgrammeContent | None = None
    pool: PoolContent | None = None
    framework: FrameworkContent | None = None

    @property
    def text(self) -> str:
        """All its words, for the search."""
        return " ".join(_texts(msgspec.to_builtins(self)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _written(qualifier: str, amount: Decimal) -> str:
    return pounds(amount) if qualifier == "exact" else f"{qualifier} {pounds(amount)}"
