"""Which definition of a measure held in a period. In prose: docs/rules/rating.md."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.figures import figure, plain
from bcfportal.lib.periods import Period, period_of
from outcomes.models import Measure
from outcomes.models.defined import Defined
from outcomes.targets import T
from projects.tolerances import Judged, tolerances_of

FIELDS = tuple(field.name for field in Defined._meta.get_fields())
# Figures that differ in one of these are not of the same thing, and are not compared.
SAME_THING = ("text", "unit", "multiplier", "accumulation", "numerator_name", "denominator_name")
# Targets and figures that differ in one of these are not on one scale.
SAME_UNIT = ("unit", "multiplier")


class Definition(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How a measure is defined from the period ``since`` on; from the start if it is empty.

    ``why``, ``by`` (a post) and ``on`` are of the change that began it.
    """

    since: str = ""
    text: str = ""
    unit: str = ""
    direction: str = "neutral"
    decimals: int = 0
    accumulation: str = "snapshot"
    numerator_name: str = ""
    denominator_name: str = ""
    multiplier: int | None = None
    tolerance: Decimal | None = None
    tolerance_kind: str = ""
    why: str = ""
    by: str = ""
    on: date | None = None

    def alike(self, other: "Definition", names: Sequence[str]) -> bool:
        """Whether the two are equal in all the named fields."""
        return all(getattr(self, name) == getattr(other, name) for name in names)


def definitions_of(measure, last: Period | None = None) -> list[Definition]:
    """All definitions that a measure (a record) had, up to ``last``, in order of time.

    If it changed twice from the same period, the later change holds. If the council's tolerance
    changed, each definition has the one that held then. Reads ``definition_changes`` and the
    council's ``tolerance_changes`` with the people of their posts: prefetch them.
    """
    known = getattr(measure, "known_definitions", None)
    if known is None:
        known = measure.known_definitions = _judged(_made(measure), measure.council_of_owner)
    return [
        definition
        for definition in known
        if last is None
        or not definition.since
        or period_of(definition.since).last_day <= last.last_day
    ]


def as_defined(measure, period: Period):
    """A copy of a measure (a record) as it was defined in ``period``; never save it."""
    then, definition = copy(measure), defined_in(measure, period)
    then.known_definitions = definitions_of(measure)
    for name in FIELDS:
        setattr(then, name, getattr(definition, name))
    return then


def defined_in(measure: Measure, period: Period) -> Definition:
    """How a measure (a record) was defined in ``period``."""
    return definition_in(definitions_of(measure), period)


def changed_between(definitions: Sequence[Definition], earlier: Period, later: Period) -> bool:
    """Whether figures of the two periods are of different things."""
    before, after = definition_in(definitions, earlier), definition_in(definitions, later)
    return not before.alike(after, SAME_THING)


def in_unit_of(
    period: Period | None, targets: Iterable[T], definitions: Sequence[Definition]
) -> list[T]:
    """The targets of a measure with these definitions that are in the unit of ``period``."""
    if len(definitions) == 1:
        return list(targets)
    now = definition_in(definitions, period)
    return [
        target
        for target in targets
        if definition_in(definitions, period_of(target.period) if target.period else None).alike(
            now, SAME_UNIT
        )
    ]


def _made(measure):
    changes = sorted(
        measure.definition_changes.all(),
        key=lambda change: (period_of(change.period).last_day, change.at, change.pk),
    )
    definitions, begun = [], None
    for change in [*changes, None]:
        since = begun.period if begun else ""
        if change is None or change.period != since:
            definitions.append(_of(change or measure, begun))
        begun = change
    return definitions


def _judged(own, council):
    """The definitions, split where the council's tolerance changed."""
    judged = tolerances_of(council)
    if len(judged) == 1:
        return own
    by_end: dict[date | None, Definition] = {}
    for setting in [*judged, *own]:
        period = period_of(setting.since) if setting.since else None
        begun = definition_in(own, period)
        if begun.tolerance is not None and isinstance(setting, Judged) and period:
            continue
        holds = next(
            tolerance
            for tolerance in reversed(judged)
            if not tolerance.since
            or (period and period_of(tolerance.since).last_day <= period.last_day)
        )
        changed = {name: getattr(setting, name) for name in ("since", "why", "by", "on")}
        if begun.tolerance is None:
            changed |= {
                "tolerance": plain(holds.rating_tolerance),
                "tolerance_kind": holds.rating_tolerance_kind,
            }
        by_end[period.last_day if period else None] = msgspec.structs.replace(begun, **changed)
    first = by_end.pop(None)
    return [first, *(by_end[end] for end in sorted(end for end in by_end if end))]


def _of(record, begun):
    values = {name: getattr(record, name) for name in FIELDS}
    values["tolerance"] = plain(values["tolerance"])
    if begun is not None:
        values |= {"since": begun.period, "why": begun.why, "by": begun.by.post_at(begun.at)}
        values["on"] = begun.at.date()
    return Definition(**values)


def definition_in(definitions: Sequence[Definition], period: Period | None) -> Definition:
    """The definition that holds in ``period``: the latest begun by its end. None: the first."""
    holding = [
        definition
        for definition in definitions
        if not definition.since
        or (period and period_of(definition.since).last_day <= period.last_day)
    ]
    return holding[-1] if holding else definitions[0]


def reason_since(
    before: Sequence[Definition], after: Sequence[Definition], period: Period | None
) -> str:
    """Why what holds in ``period`` is defined otherwise in ``after``; empty where it is not.

    The reason is of the last definition that began by then and that ``before`` does not have: one
    that it has may have another tolerance since, by a change of the council's.
    """
    known = {(definition.since, definition.why, definition.on) for definition in before}
    begun = [
        definition
        for definition in after
        if (definition.since, definition.why, definition.on) not in known
        and definition.since
        and period
        and period_of(definition.since).last_day <= period.last_day
    ]
    return begun[-1].why if begun else ""


def change_words(before: Definition, after: Definition) -> str:
    """What changed from one definition to the next: "Unit changed from days to hours"."""
    said = []
    if before.unit != after.unit:
        said.append(f"Unit changed from {before.unit or 'none'} to {after.unit or 'none'}")
    elif before.multiplier != after.multiplier:
        said.append(f"Multiplier changed from {before.multiplier} to {after.multiplier}")
    if before.direction != after.direction:
        said.append(f"Direction changed from {before.direction} to {after.direction}")
    if not before.alike(after, ("tolerance", "tolerance_kind")):
        said.append(f"Tolerance changed from {tolerance_words(before)} to {tolerance_words(after)}")
    if before.accumulation != after.accumulation:
        said.append("What a figure stands for changed")
    texts = ("text", "numerator_name", "denominator_name")
    if not before.alike(after, texts) and before.alike(after, SAME_UNIT):
        said.append("Definition changed")
    return "; ".join(said) or "Decimals changed"


def tolerance_words(definition: Definition) -> str:
    """The tolerance in words: "5% of the target"; where it has none of its own, the council's."""
    if definition.tolerance is None:
        return "the council’s"
    if definition.tolerance_kind == "relative":
        return f"{figure(definition.tolerance, '%')} of the target"
    unit = "points" if definition.tolerance_kind == "points" else definition.unit
    return figure(definition.tolerance, unit)
