"""The sheet of a month: all measures of a council as they were approved, as plain data.

It holds the definitions, targets and settings too, so that what was published stays what it was
when any of them changes. Figures are Decimal with the digits they were given; periods are keys.
"""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.periods import Period, period_of


class _Plain(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class Figure(_Plain, frozen=True):
    """A result, or the reason why there is none."""

    period: str
    status: str
    segment: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    provisional: bool = False
    note: str = ""
    source: str = ""


class Target(_Plain, frozen=True):
    period: str
    status: str
    value: Decimal | None = None
    note: str = ""
    source: str = ""


class TargetChange(_Plain, frozen=True):
    """A target that was set or changed, with who, when and why."""

    period: str
    before_status: str
    before: Decimal | None
    after_status: str
    after: Decimal | None
    why: str
    by: str
    on: date


class Benchmark(_Plain, frozen=True):
    period: str
    comparator: str
    status: str
    value: Decimal | None = None
    note: str = ""
    source: str = ""


class Break(_Plain, frozen=True):
    """Where the series breaks: ``kind`` is rebase or definition change."""

    period: str
    kind: str
    why: str
    by: str
    on: date


class Action(_Plain, frozen=True):
    text: str
    owner: str = ""
    due: date | None = None


class Card(_Plain, frozen=True):
    period: str
    explains: str = ""
    success: str = ""
    by_exception: bool = False
    exception_words: str = ""
    budget_reason: str = ""
    risk_reason: str = ""
    actions: list[Action] = []
    note: str = ""
    source: str = ""


class OtherPrinting(_Plain, frozen=True):
    """Another figure that the source prints for the same thing."""

    period: str
    what: str
    value: Decimal
    words: str
    segment: str = ""
    source: str = ""
    note: str = ""


class Reference(_Plain, frozen=True):
    framework: str
    version: str
    number: str


class Segment(_Plain, frozen=True):
    """A part that figures are of. ``kind`` is locality, provider, sector; empty in older sheets."""

    slug: str
    name: str
    kind: str = ""


class Measure(_Plain, frozen=True, kw_only=True):
    slug: str
    collection: str
    text: str
    short_title: str = ""
    theme: str = ""
    unit: str = ""
    direction: str = "neutral"
    decimals: int = 0
    frequency: str = "month"
    accumulation: str = "snapshot"
    numerator_name: str = ""
    denominator_name: str = ""
    multiplier: int | None = None
    tolerance: Decimal
    tolerance_kind: str
    why: str = ""
    lead: str = ""
    data_owner: str = ""
    supports: str = ""
    same_as: str = ""
    note: str = ""
    source: str = ""
    references: list[Reference] = []
    targets: list[Target] = []
    figures: list[Figure] = []
    benchmarks: list[Benchmark] = []
    breaks: list[Break] = []
    target_changes: list[TargetChange] = []
    cards: list[Card] = []
    others: list[OtherPrinting] = []

    @property
    def name(self) -> str:
        """What lists and sentences call it."""
        return self.short_title or self.text

    def figures_to(self, last: Period, segment: str = "") -> list[Figure]:
        """Its figures of one segment (or the whole) up to the end of ``last``, by time."""
        end = last.last_day
        kept = [
            figure
            for figure in self.figures
            if figure.segment == segment and period_of(figure.period).last_day <= end
        ]
        return sorted(kept, key=lambda figure: period_of(figure.period).last_day)

    def target_in(self, period: Period) -> Target | None:
        """The target that stands in ``period``: set for it or before, or always."""
        holding = [
            target
            for target in self.targets
            if not target.period or period_of(target.period).last_day <= period.last_day
        ]
        return max(
            holding,
            key=lambda target: (
                period_of(target.period).last_day.toordinal() if target.period else 0
            ),
            default=None,
        )

    def card_in(self, period: Period) -> Card | None:
        """What is said of it in ``period``: the latest card of then or before."""
        said = [card for card in self.cards if period_of(card.period).last_day <= period.last_day]
        return max(said, key=lambda card: period_of(card.period).last_day, default=None)


class VitalSigns(_Plain, frozen=True, kw_only=True):
    """All measures of a council for one month. ``schema`` says which form of sheet this is."""

    schema: int = 1
    title: str
    period: str
    exception_variance: Decimal
    segments: list[Segment]
    measures: list[Measure]

    def of(self, collection: str) -> list[Measure]:
        """The measures that are shown together, in their printed order."""
        return [measure for measure in self.measures if measure.collection == collection]

    def measure(self, slug: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.slug == slug), None)

    @property
    def words(self) -> dict[str, str]:
        """The words of the sheet by the heading they stand under."""
        return {measure.name: measure.text for measure in self.measures}
