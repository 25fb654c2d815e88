"""The sheet of a month: all measures of a council as they were approved, as plain data.

It holds the definitions, targets and settings too, so that what was published stays what it was
when any of them changes. Figures are Decimal with the digits they were given; periods are keys.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from bcfportal.lib import present
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.text.told_numbers import ToldNumber, without_numbers
from outcomes.definitions import (
    FIELDS,
    SAME_THING,
    Definition,
    change_words,
    definition_in,
    in_unit_of,
)
from outcomes.targets import carried_target, target_of
from publishing.period_versions.content import HeldBack
from publishing.period_versions.numbers_given import Given

# The status of a figure that is held back.
HELD_BACK = "held back: small number"


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
    # The last period of a standing target. Empty in older sheets: until another was set.
    until: str = ""


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
    before_note: str = ""
    after_note: str = ""


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
    # What changed, in words, where a change of definition says so itself.
    what: str = ""


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

    def without(self, numbers: Collection[ToldNumber]) -> "Card":
        """The same with these numbers in none of its words."""
        names = ("explains", "success", "exception_words", "budget_reason", "risk_reason", "note")
        texts = {name: without_numbers(getattr(self, name), numbers) for name in names}
        actions = [
            msgspec.structs.replace(action, text=without_numbers(action.text, numbers))
            for action in self.actions
        ]
        return msgspec.structs.replace(self, actions=actions, **texts)


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
    # By time, where it was ever changed: the last is that of the sheet's own month. Since schema 2.
    definitions: list[Definition] = []
    can_be_below_zero: bool = False
    can_be_above_whole: bool = False
    counted_until: str = ""
    not_official: bool = False

    def without(self, held_back: Collection[HeldBack], given: Given) -> "Measure":
        """The same with these of its figures held back.

        Their numbers stand in the words on the measure no more either, nor those ``given`` for
        them by other reports.
        """
        hidden = {
            (figure.period, figure.segment) for figure in held_back if figure.measure == self.slug
        }
        numbers = {
            number
            for of_figures in (self.numbers_of(held_back), given)
            for figure in held_back
            if figure.measure == self.slug
            for number in of_figures.get(figure, ())
        }
        figures = [
            Figure(figure.period, HELD_BACK, figure.segment, source=figure.source)
            if (figure.period, figure.segment) in hidden
            else msgspec.structs.replace(figure, note=without_numbers(figure.note, numbers))
            for figure in self.figures
        ]
        others = [other for other in self.others if (other.period, other.segment) not in hidden]
        cards = [card.without(numbers) for card in self.cards]
        return msgspec.structs.replace(self, figures=figures, others=others, cards=cards)

    def numbers_of(self, held_back: Collection[HeldBack]) -> dict[HeldBack, set[ToldNumber]]:
        """The values and numerators that it has of these figures."""
        numbers: dict[HeldBack, set[ToldNumber]] = {}
        for figure in self.figures:
            key = HeldBack(self.slug, figure.period, figure.segment)
            if key in held_back:
                numbers[key] = {
                    ToldNumber(number, self.named)
                    for number in (figure.value, figure.numerator)
                    if number is not None
                }
        return numbers

    @property
    def named(self) -> str:
        """The words that say what its figures count, as what a number beside them is of."""
        defined = [
            text
            for of in self.known_definitions
            for text in (of.unit, of.numerator_name, of.denominator_name)
        ]
        return " ".join(dict.fromkeys((self.text, self.short_title, *defined)))

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

    def target_in(self, period: Period, *, carried: bool = False) -> Target | None:
        """What a figure of ``period`` is to reach: in the unit of then, or it is none.

        ``carried`` is for sheets of the time when a target of a month stood until the next.
        """
        if carried:
            added_up = self.definition_in(period).accumulation == "cumulative"
            return carried_target(self.targets_in(period), period, added_up=added_up)
        return target_of(self.targets_in(period), period)

    def targets_in(self, period: Period) -> list[Target]:
        """The targets that are in the unit of ``period``."""
        return in_unit_of(period, self.targets, self.known_definitions)

    @property
    def known_definitions(self) -> list[Definition]:
        """Its definitions by time; its own where it was never changed, or the sheet is older."""
        if self.definitions:
            return self.definitions
        return [Definition(**{name: getattr(self, name) for name in FIELDS})]

    def definition_in(self, period: Period | None) -> Definition:
        """What its figures were in ``period``; None for what they were first."""
        return definition_in(self.known_definitions, period)

    @property
    def marks(self) -> list[Break]:
        """Where the series breaks or its definition changed, by time, each once."""
        changed = [
            Break(
                period=after.since,
                kind="definition change",
                why=after.why,
                by=after.by,
                on=present(after.on),
                what=change_words(before, after),
            )
            for before, after in pairwise(self.definitions)
        ]
        said = {mark.period for mark in changed}
        noted = [mark for mark in self.breaks if mark.kind == "rebase" or mark.period not in said]
        return sorted([*noted, *changed], key=lambda mark: period_of(mark.period).last_day)

    @property
    def new_series(self) -> list[Period]:
        """The first period of each part whose figures are not of the same thing as before."""
        defined = {definition.since: definition for definition in self.definitions}
        keys = {
            after.since
            for before, after in pairwise(self.definitions)
            if not before.alike(after, SAME_THING)
        }
        keys |= {
            mark.period
            for mark in self.breaks
            if mark.kind == "definition change" and mark.period not in defined
        }
        return sorted(map(period_of, keys))

    def changed_between(self, earlier: Period, later: Period) -> Period | None:
        """The period from which figures are of another thing than ``earlier``'s; None for none."""
        for start in self.new_series:
            if earlier.last_day < start.last_day <= later.last_day:
                return start
        return None

    def card_in(self, period: Period) -> Card | None:
        """What is said of it in ``period``: the latest card of then or before."""
        said = [card for card in self.cards if period_of(card.period).last_day <= period.last_day]
        return max(said, key=lambda card: period_of(card.period).last_day, default=None)


# Since 2 a measure has the definitions of each period, and nothing is a share of a target of 0;
# since 3 a target of a month holds for that month only.
SCHEMA = 3


class Judging(_Plain, frozen=True):
    """How a month's figures are judged: what was published keeps the rules of its own time.

    ``exception_variance`` is per cent of the target. ``carried``: a target of a month stood until
    the next. ``of_nought``: a tolerance of a target of 0 was a difference in the unit.
    """

    exception_variance: Decimal
    carried: bool = False
    of_nought: bool = False


class VitalSigns(_Plain, frozen=True, kw_only=True):
    """All measures of a council for one month. ``schema`` says which form of sheet this is."""

    schema: int = 1
    title: str
    period: str
    exception_variance: Decimal
    segments: list[Segment]
    measures: list[Measure]
    # Approved by who wrote it: since when the council allowed that.
    approved_own_since: date | None = None

    @property
    def judging(self) -> Judging:
        """By which of the rules its figures were published, and from what variance on."""
        return Judging(self.exception_variance, carried=self.schema < 3, of_nought=self.schema < 2)

    def without(self, held_back: Collection[HeldBack], given: Given) -> "VitalSigns":
        """The same with these of its figures held back, and in no words of their measures.

        ``given`` are the numbers that other reports gave for them.
        """
        if not held_back:
            return self
        measures = [measure.without(held_back, given) for measure in self.measures]
        return msgspec.structs.replace(self, measures=measures)

    def numbers_of(self, held_back: Collection[HeldBack]) -> dict[HeldBack, set[ToldNumber]]:
        """The values and numerators that the sheet has of these figures."""
        numbers: dict[HeldBack, set[ToldNumber]] = {}
        for measure in self.measures:
            numbers |= measure.numbers_of(held_back)
        return numbers

    def of(self, collection: str) -> list[Measure]:
        """The measures that are shown together, in their printed order."""
        return [measure for measure in self.measures if measure.collection == collection]

    def segment_name(self, slug: str) -> str:
        """What a part is called; empty for the whole, the slug where the sheet has no name."""
        return next((part.name for part in self.segments if part.slug == slug), slug)

    def measure(self, slug: str) -> Measure | None:
        return next((measure for measure in self.measures if measure.slug == slug), None)

    @property
    def words(self) -> dict[str, str]:
        """The words of the sheet by the heading they stand under."""
        return {measure.name: measure.text for measure in self.measures}
