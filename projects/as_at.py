"""Names, and a project, as on a day: a change that holds from a later one waits for its day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from projects.models import (
    Fund,
    GrantCondition,
    NameChange,
    Project,
    ProjectChange,
    Provider,
)

Kind = ProjectChange.Kind
C = TypeVar("C", ProjectChange, NameChange)
# Changes of whether a project runs.
RUNS = (Kind.BEGAN, Kind.ENDED)


# What can be renamed: its kind, and its name in addresses or its number.
Thing = tuple[str, str | int]
FUND, SERVED, PROVIDER = "Fund", "Serves", "Provider"


class Name(NamedTuple):
    """What something is called, and its short name, where it has one."""

    name: str
    short: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} ({self.short})" if self.short else self.name


def name_of(record: Fund | GrantCondition | Provider | Project) -> Name:
    """What it is called now."""
    if isinstance(record, GrantCondition):
        return Name(record.title)
    if isinstance(record, Project):
        return Name(record.title, record.short_title)
    return Name(record.name, record.label if isinstance(record, Fund) else "")


def name_on(changes: Sequence[C], day: date, otherwise: Name) -> Name:
    """What something was called on the day.

    ``changes`` are all that is known of its name. Of those that hold by the day the one that was
    typed last counts; before the first, what it changed; without any, ``otherwise``. Then how it
    was spelt is put right.
    """
    called = otherwise
    renamed = _last_by(changes, day)
    if renamed:
        change, holds = renamed
        name, short = _after(change) if holds else _before(change)
        called = Name(name or otherwise.name, short or otherwise.short)
    for change in changes:
        if change.on is None and called == _before(change):
            called = _after(change)
    return called


def _before(change: C) -> Name:
    return Name(change.before, change.short_before)


def _after(change: C) -> Name:
    return Name(change.after, change.short_after)


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
    changes: Iterable[NameChange], day: date, published: Mapping[Thing, Name] | None = None
) -> dict[Thing, Name]:
    """What everything that was ever renamed was called on the day.

    ``published`` are names that a version of that day has: what was changed from a later day on
    leaves them as they are.
    """
    by_thing: dict[Thing, list[NameChange]] = {}
    for change in changes:
        by_thing.setdefault(thing_of(change), []).append(change)
    called = {}
    for thing, own in by_thing.items():
        first = (published or {}).get(thing)
        known = [change for change in own if first is None or change.on is None or change.on <= day]
        called[thing] = name_on(known, day, first or name_of(renamed(own[0])))
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
    title, short_title = name_on(renamed, day, name_of(project))
    condition = project.grant_condition
    moved = _last_by([change for change in changes if change.kind == Kind.MOVED], day)
    if moved:
        change, holds = moved
        condition = (change.condition_after if holds else change.condition_before) or condition
    return Facts(title, short_title, condition)


def _last_by(changes: Sequence[C], day: date) -> tuple[C, bool] | None:
    """(the change that says how it was on the day, whether it held by then)."""
    dated = sorted((change for change in changes if change.on is not None), key=_typed)
    held = [change for change in dated if change.on is not None and change.on <= day]
    if held:
        return held[-1], True
    return (dated[0], False) if dated else None


def _typed(change: ProjectChange | NameChange) -> int:
    """In which order it was typed."""
    return change.pk


def last_held(
    changes: Sequence[ProjectChange], kinds: Sequence[str], day: date
) -> ProjectChange | None:
    """The change of these kinds that holds on the day: the one typed last, of those from by then.

    What is typed later is what is known better, also where it holds from an earlier day.
    """
    held = [change for change in _as_typed(changes, kinds) if change.on <= day]
    return held[-1] if held else None


def _as_typed(changes: Sequence[ProjectChange], kinds: Sequence[str]) -> list[ProjectChange]:
    of_kinds = (change for change in changes if change.kind in kinds)
    return sorted(of_kinds, key=_typed)


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
    return any(change.kind == Kind.ENDED and change.on > day for change in changes)
