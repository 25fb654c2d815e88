"""What a project's frozen content says of its measures, as plain data.

Figures are Decimal and keep the digits they were given; periods are keys.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

import msgspec

from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.text.told_numbers import ToldNumber, without_numbers
from outcomes.definitions import Definition, change_words, definition_in, in_unit_of
from outcomes.targets import target_of

# The status of a result that is held back.
HELD_BACK = "held back: small number"


class _Plain(msgspec.Struct, frozen=True):
    pass


class Result(_Plain, frozen=True):
    period: str
    segment: str
    provider: str
    status: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    rating: str
    note: str = ""
    source: str = ""
    # Whether the part is the provider itself, under a name that it had once. Else not in the sheet.
    is_provider: bool | msgspec.UnsetType = msgspec.UNSET

    @property
    def part(self) -> str:
        """What its part is called; one that is a provider has the provider's name."""
        return self.provider if self.is_provider is True else self.segment

    @property
    def part_words(self) -> str:
        """The part, with its provider where that has another name."""
        if self.provider in ("", self.part):
            return self.part
        return f"{self.part} ({self.provider})"

    def called(self, provider: str) -> "Result":
        """The same with another name of its provider: a part that has its name keeps doing so."""
        if provider == self.provider:
            return self
        own = True if self.part == self.provider else self.is_provider
        return msgspec.structs.replace(self, provider=provider, is_provider=own)

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label


class Target(_Plain, frozen=True):
    """What a measure is to reach in one period, or in all results where ``period`` is empty."""

    period: str
    status: str
    value: Decimal | None
    note: str = ""
    # The last period of a standing target. Empty in older sheets: until another was set.
    until: str = ""

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label if self.period else ""


class Measure(_Plain, frozen=True):
    """``target`` and what belongs to it are those of the sheet's own period."""

    position: int
    number: str
    heading: str
    text: str
    unit: str
    direction: str
    decimals: int
    target_status: str
    target: Decimal | None
    target_note: str
    results: list[Result]
    note: str = ""
    source: str = ""
    # Where it differs from the sheet's.
    tolerance: Decimal | None = None
    tolerance_kind: str = ""
    # By period, up to the sheet's own. Empty in sheets of schema 1.
    targets: list[Target] = []
    # By time, where it was ever changed: the last is that of the sheet's period. Since schema 3.
    definitions: list[Definition] = []
    accumulation: str = "snapshot"

    def without(self, hidden: Collection[tuple[str, str]]) -> "Measure":
        """The same with the results of these (period's key, segment) held back."""
        results = [
            msgspec.structs.replace(
                result,
                status=HELD_BACK,
                value=None,
                numerator=None,
                denominator=None,
                rating="",
                note="",
            )
            if (result.period, result.segment) in hidden
            else result
            for result in self.results
        ]
        return msgspec.structs.replace(self, results=results)

    def without_words(self, numbers: Collection[ToldNumber]) -> "Measure":
        """The same with these numbers in none of the comments on its results."""
        results = [
            msgspec.structs.replace(result, note=without_numbers(result.note, numbers))
            for result in self.results
        ]
        return msgspec.structs.replace(self, results=results)

    @property
    def named(self) -> str:
        """The words that say what its figures count, as what a number beside them is of."""
        units = {definition.unit for definition in self.known_definitions}
        units |= {result.unit for result in self.results}
        return " ".join((self.heading, self.text, self.unit, *sorted(units)))

    @property
    def own_target(self) -> Target:
        """The target of the sheet's own period, or why there is none."""
        return Target("", self.target_status, self.target, self.target_note)

    @property
    def known_targets(self) -> list[Target]:
        """The targets by period; of a sheet of schema 1 its one target, which all are held to."""
        return self.targets or [self.own_target]

    def target_in(self, period: str) -> Target | None:
        """What a result of the period with this key is judged against."""
        return target_of(self.targets_in(period), period_of(period))

    def targets_in(self, period: str) -> list[Target]:
        """The targets that are in the unit of the period with this key."""
        asked = period_of(period) if period else None
        return in_unit_of(asked, self.known_targets, self.known_definitions)

    @property
    def known_definitions(self) -> list[Definition]:
        """Its definitions by time; its own where it was never changed, or the sheet is older."""
        if self.definitions:
            return self.definitions
        return [
            Definition(
                text=self.text,
                unit=self.unit,
                direction=self.direction,
                decimals=self.decimals,
                accumulation=self.accumulation,
                tolerance=self.tolerance,
                tolerance_kind=self.tolerance_kind,
            )
        ]

    def definition_in(self, period: str) -> Definition:
        """What its figures were in the period with this key; the first where it is empty."""
        return definition_in(self.known_definitions, period_of(period) if period else None)

    @property
    def changes(self) -> list[str]:
        """Each change of its definition in words: what, from when and why."""
        return [
            f"{change_words(before, after)} from {period_of(after.since).label}: {after.why}"
            for before, after in pairwise(self.definitions)
        ]

    @property
    def key(self) -> str:
        """How downloads name the measure: its printed number, or else its place."""
        return self.number or str(self.position)


class WithMeasures(Protocol):
    """The content of a project, as far as its measures and their rating need it."""

    @property
    def period(self) -> str: ...
    @property
    def measures(self) -> Sequence[Measure]: ...
    @property
    def tolerance(self) -> Decimal: ...
    @property
    def tolerance_kind(self) -> str: ...
    @property
    def tolerates_of_nought(self) -> bool: ...
