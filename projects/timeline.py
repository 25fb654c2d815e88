"""What changed over time as it is known now: each change that holds, by day, with what was before.

What was typed later is known better (decision 0033): it takes the place of what was typed before
it, from its own day or a later one. So what was put right or taken back is no change at all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from projects.as_at import runs_as_typed
from projects.models import GrantCondition, Name, ProjectChange
from projects.models.names import C, called_after, called_before, put_right, typed_order

Kind = ProjectChange.Kind
Value = TypeVar("Value")


class Renamed(NamedTuple):
    """Another name, by the change that gave it."""

    on: date | None
    why: str
    before: Name
    after: Name
    at: datetime


class Moved(NamedTuple):
    """What a project served until a day, and serves from it on."""

    change: ProjectChange
    before: GrantCondition | str
    after: GrantCondition | str


def holding(changes: Iterable[C]) -> list[C]:
    """The changes with a day that hold from that on, by day."""
    held: list[C] = []
    for change in sorted(changes, key=typed_order):
        if change.on is not None:
            held = [kept for kept in held if not _from(kept, change.on)]
            held.append(change)
    return held


def lapsing(changes: Iterable[C], on: date) -> list[C]:
    """The changes that hold from the day ``on`` or a later one: one that is typed now ends them."""
    return [change for change in holding(changes) if _from(change, on)]


def _from(change: C, day: date) -> bool:
    return change.on is not None and change.on >= day


def _by(change: C, day: date) -> bool:
    return change.on is not None and change.on <= day


def _steps(
    changes: Sequence[C], until: date, start: Value, value: Callable[[C], Value]
) -> Iterator[tuple[C, Value, Value]]:
    """(change, what was before, what is after) of what became otherwise by the day ``until``."""
    before = start
    for change in holding(changes):
        if not _by(change, until):
            continue
        after = value(change)
        if after != before:
            yield change, before, after
        before = after


def runs(changes: Sequence[ProjectChange], until: date) -> list[ProjectChange]:
    """When the project began and ended, by the day ``until``."""
    own = runs_as_typed(changes)
    if not own:
        return []
    ran = own[0].kind == Kind.ENDED
    steps = _steps(own, until, ran, lambda change: change.kind == Kind.BEGAN)
    return [change for change, _, _ in steps]


def moves(changes: Sequence[ProjectChange], until: date) -> list[Moved]:
    """Where the project stood by the day ``until``, purpose by purpose."""
    own = sorted((change for change in changes if change.kind == Kind.MOVED), key=typed_order)
    if not own:
        return []
    start = own[0].condition_before or own[0].before
    steps = _steps(own, until, start, lambda change: change.condition_after or change.after)
    return [Moved(*step) for step in steps]


# Whether a name from a day on, or from always, was public: typed at a moment (None: from the
# start), and put right at another.
WasPublic = Callable[[date | None, datetime | None, datetime], bool]


def renamings(changes: Sequence[C], until: date, was_public: WasPublic) -> list[Renamed]:
    """What it was called by the day ``until``, name by name, each as it is spelt now.

    Without a day: how a name of that time was spelt in public, and is spelt now.
    """
    typed = sorted(changes, key=typed_order)
    if not typed:
        return []
    dated = [change for change in typed if change.on is not None]
    first = called_before(typed[0])
    held = [change for change in holding(dated) if _by(change, until)]
    told = [
        Renamed(change.on, change.why, before, after, change.at)
        for change, before, after in _steps(
            dated,
            until,
            put_right(first, typed),
            lambda change: put_right(called_after(change), typed, since=change.pk),
        )
    ]
    told += _spelt(first, None, typed, was_public)
    for change in held:
        told += _spelt(called_after(change), change, typed, was_public)
    return list(dict.fromkeys(told))


def _spelt(
    name: Name, given: C | None, typed: Sequence[C], was_public: WasPublic
) -> Iterator[Renamed]:
    """Each spelling of the name that was public and is another now.

    ``given`` is the change that gave the name; None for what it was called first.
    """
    since, on, at = (given.pk, given.on, given.at) if given else (0, None, None)
    spelt = put_right(name, typed, since=since)
    right = [change for change in typed if change.on is None and change.pk > since]
    for change in right:
        if called_before(change) != name:
            continue
        if name != spelt and was_public(on, at, change.at):
            last = [other for other in right if called_after(other) == spelt][-1]
            yield Renamed(None, last.why, name, spelt, last.at)
        name, at = called_after(change), change.at
