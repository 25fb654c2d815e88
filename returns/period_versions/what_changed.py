"""What a version of a quarter says has changed about a project and what its report names.

By day, and as it is known when the version is made: ``projects.timeline``. A name is told from the
day on which the project or the thing has it, as it is spelt now.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

import msgspec
from django.utils.timezone import localdate

from projects.as_at import SERVED, Thing, names_on, thing_of
from projects.models import GrantCondition, NameChange, ProjectChange
from projects.timeline import Renamed, moves, renamings, runs
from publishing.period_versions.content import Change
from returns.collect import named_in
from returns.period_versions.changed_projects import Known
from returns.period_versions.content import ProgrammeContents, ProjectEntry
from returns.period_versions.names import name_words
from returns.period_versions.published import shown_sheets

Kind = ProjectChange.Kind
SPELT = "spelt"


def with_what_changed(contents: ProgrammeContents, known: Known) -> ProgrammeContents:
    """The contents with what is told of each project: names and places as the version has them.

    One query at most, and two where figures are held back.
    """
    of_things = {thing: list(_of_names(own, known)) for thing, own in _by_thing(known).items()}
    served = _served_on(known)
    told = {
        sheet.slug: [
            *_of_project(known.of(sheet.slug), known, served),
            *(change for thing in named_in(sheet) for change in of_things.get(thing, ())),
        ]
        for sheet in shown_sheets(contents)
    }
    entries = [
        msgspec.structs.replace(
            entry, changes=sorted(_told(entry, told[entry.slug], known), key=attrgetter("on"))
        )
        for entry in contents.entries
    ]
    return msgspec.structs.replace(contents, entries=entries)


def _told(entry: ProjectEntry, now: Sequence[Change], known: Known) -> list[Change]:
    """What is told of the project ``now``, with what the version before told of what waits."""
    return [
        *(change for change in now if change.kind == SPELT or not known.waits(change.on)),
        *(change for change in entry.changes if change.kind != SPELT and known.waits(change.on)),
    ]


def _by_thing(known: Known) -> dict[Thing, list[NameChange]]:
    by_thing: dict[Thing, list[NameChange]] = {}
    for change in known.names:
        by_thing.setdefault(thing_of(change), []).append(change)
    return by_thing


def _served_on(known: Known) -> dict[int, str]:
    """By number, what is served that was ever renamed, as it is called on the period's day."""
    names = names_on(known.names, known.as_at)
    return {int(key): name.name for (kind, key), name in names.items() if kind == SERVED}


def _of_names(changes: Sequence[NameChange], known: Known) -> Iterator[Change]:
    for renamed in renamings(changes, known.until, known.was_public):
        change = _renamed(renamed, "called" if renamed.on else SPELT)
        if change.on <= known.until:
            yield change


def _of_project(
    changes: Sequence[ProjectChange], known: Known, served: Mapping[int, str]
) -> Iterator[Change]:
    until = known.until
    for change in changes:
        if change.kind == Kind.ALLOCATION and change.on <= until:
            amounts = {"before": change.before, "after": change.after}
            yield Change(kind=change.kind, on=change.on, why=change.why, **amounts)
    for change in runs(changes, until):
        yield Change(kind=change.kind, on=change.on, why=change.why)
    for moved in moves(changes, until):
        yield Change(
            kind=Kind.MOVED,
            on=moved.change.on,
            why=moved.change.why,
            before=_title(moved.before, served),
            after=_title(moved.after, served),
        )
    names = [change for change in changes if change.kind == Kind.RENAMED]
    for renamed in renamings(names, until, known.was_public):
        yield _renamed(renamed, Kind.RENAMED)


def _title(purpose: GrantCondition | str, served: Mapping[int, str]) -> str:
    if isinstance(purpose, str):
        return purpose
    return served.get(purpose.number, purpose.title)


def _renamed(renamed: Renamed, kind: str) -> Change:
    short = renamed.before.name == renamed.after.name
    return Change(
        kind=kind,
        on=renamed.on or localdate(renamed.at),
        why=renamed.why,
        before=name_words(*renamed.before, short),
        after=name_words(*renamed.after, short),
    )
