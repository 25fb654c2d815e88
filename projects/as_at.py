"""Names, and a project, as on a day: a change that holds from a later one waits for its day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from projects.models import (
    Fund,
    GrantCondition,
    Name,
    NameChange,
    Project,
    ProjectChange,
    Provider,
)
from projects.models.names import last_by, name_on, typed_order

Kind = ProjectChange.Kind
# Changes of whether a project runs.
RUNS = (Kind.BEGAN, Kind.ENDED)


# What can be renamed: its kind, and its name in addresses or its number.
Thing = tuple[str, str | int]
FUND, SERVED, PROVIDER = "Fund", "Serves", "Provider"


def with_what_they_name(changes: QuerySet[NameChange]) -> QuerySet[NameChange]:
    """The changes with what was renamed, by day and then as they were typed."""
    return changes.select_related("fund", "condition", "provider").order_by("on", "pk")


def renamed(change: NameChange) -> Fund | GrantCondition | Provider:
    """What the change is of."""
    record = change.fund or change.condition or change.provider
    if record is None:
        raise ValueError("A change of name is of one thing.")
    return record


def thing_of(change: NameChange) -> Thing:
    record = renamed(change)
    if isinstance(record, GrantCondition):
        return SERVED, record.number
    return (FUND if isinstance(record, Fund) else PROVIDER), record.slug


def names_on(
    changes: Iterable[NameChange],
    day: date,
    published: Mapping[Thing, Name] | None = None,
    follows: date | None = None,
) -> dict[Thing, Name]:
    """What everything that was ever renamed was called on the day.

    ``published`` are names that a version of that day has: what was changed from a later day on
    leaves them as they are. So does what holds from after ``follows``, where that is given; how
    they are spelt is put right.
    """
    by_thing: dict[Thing, list[NameChange]] = {}
    for change in changes:
        by_thing.setdefault(thing_of(change), []).append(change)
    called = {}
    for thing, own in by_thing.items():
        first = (published or {}).get(thing)
        known = [change for change in own if first is None or change.on is None or change.on <= day]
        last = last_by(known, day) if first and follows else None
        if last and last[0].on and follows and last[0].on > follows:
            known = [change for change in known if change.on is None]
        called[thing] = name_on(known, day, first or renamed(own[0]).typed_name)
    return called


class Facts(NamedTuple):
    """What a project was called and which purpose it served."""

    title: str
    short_title: str
    grant_condition: GrantCondition


def facts_on(project: Project, changes: Sequence[ProjectChange], day: date) -> Facts:
    """What the project was called and served on the day.

    ``changes`` are all that is known of it. Of those that hold by the day the one that was typed
    last counts; before the first, what it changed; without any, what the project says.
    """
    renamed = [change for change in changes if change.kind == Kind.RENAMED]
    title, short_title = name_on(renamed, day, project.typed_name)
    condition = project.grant_condition
    moved = last_by([change for change in changes if change.kind == Kind.MOVED], day)
    if moved:
        change, holds = moved
        condition = (change.condition_after if holds else change.condition_before) or condition
    return Facts(title, short_title, condition)


def last_held(
    changes: Sequence[ProjectChange], kinds: Sequence[str], day: date
) -> ProjectChange | None:
    """The change of these kinds that holds on the day: the one typed last, of those from by then.

    What is typed later is what is known better, also where it holds from an earlier day.
    """
    held = [change for change in _as_typed(changes, kinds) if change.on <= day]
    return held[-1] if held else None


def _as_typed(changes: Sequence[ProjectChange], kinds: Sequence[str]) -> list[ProjectChange]:
    if kinds == RUNS:
        return runs_as_typed(changes)
    of_kinds = (change for change in changes if change.kind in kinds)
    return sorted(of_kinds, key=typed_order)


def runs_as_typed(changes: Iterable[ProjectChange]) -> list[ProjectChange]:
    """When the project began and ended, as it was typed.

    Of two ends, or two beginnings, one typed after the other, the second puts the day of the first
    right: the first never was.
    """
    kept: list[ProjectChange] = []
    for change in sorted((c for c in changes if c.kind in RUNS), key=typed_order):
        if kept and kept[-1].kind == change.kind:
            kept.pop()
        kept.append(change)
    return kept


def end_of(project: Project, changes: Sequence[ProjectChange]) -> date | None:
    """The day from which a project is closed, as typed last; None of one that is live.

    None too where the day is not known: of what was closed before changes were kept.
    """
    runs = runs_as_typed(changes)
    if project.status != Project.Status.CLOSED or not runs or runs[-1].kind != Kind.ENDED:
        return None
    return runs[-1].on


def ended_by(changes: Sequence[ProjectChange], day: date) -> date | None:
    """The day on which the project ended, where it had by ``day`` and does not go on after all."""
    last = last_held(changes, RUNS, day)
    return last.on if last and last.kind == Kind.ENDED else None


def begins_after(changes: Sequence[ProjectChange], day: date) -> bool:
    """Whether the project had not begun by the day: one that ended and begins again had."""
    known = _as_typed(changes, RUNS)
    return bool(known) and known[0].kind == Kind.BEGAN and known[0].on > day


def is_live_on(project: Project, changes: Sequence[ProjectChange], day: date) -> bool:
    """Whether the project ran on the day: what is to end later has not ended."""
    if ended_by(changes, day) is not None:
        return False
    if project.status == Project.Status.LIVE:
        return True
    runs = runs_as_typed(changes)
    return any(change.kind == Kind.ENDED and change.on > day for change in runs)
