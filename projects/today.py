"""Projects as they are today, where people work with them, and what changes later.

A row has what was typed last, which may hold from a later day only. What anything is called today
is its own to say: see ``projects.models.names``.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from projects.as_at import RUNS, facts_on, is_live_on, last_held
from projects.models import GrantCondition, Named, Project, ProjectChange

Kind = ProjectChange.Kind
_LATER = {
    Kind.RENAMED: "Called “{called}” from {day}.",
    Kind.MOVED: "Serves “{serves}” from {day}.",
    Kind.ENDED: "Ends on {day}.",
    Kind.BEGAN: "Begins on {day}.",
}


class Today(NamedTuple):
    """Which purpose a project serves today, whether it runs, and what changes later."""

    grant_condition: GrantCondition
    is_live: bool
    later: list[str]

    @property
    def state(self) -> str:
        """Live or closed, in a word."""
        return str((Project.Status.LIVE if self.is_live else Project.Status.CLOSED).label)


def today_of(project: Project) -> Today:
    """The project as it is today. No query where its changes were read with it."""
    changes, day = project.changes_known(), clock.today()
    return Today(
        facts_on(project, changes, day).grant_condition,
        is_live_on(project, changes, day),
        changes_later(project),
    )


def changes_later(project: Project) -> list[str]:
    """What changes from a later day on, each in a sentence with its day."""
    changes, day = project.changes_known(), clock.today()
    return [
        sentence_of(change) for change in changes if change.on > day and _holds(change, changes)
    ]


def called_later(record: Named) -> list[str]:
    """What it is called from later days on, each in a sentence with its day."""
    return [
        _LATER[Kind.RENAMED].format(called=name.label, day=day_words(day))
        for day, name in record.later_names
    ]


def _holds(change: ProjectChange, changes: Sequence[ProjectChange]) -> bool:
    """Whether it is a change of a list's, and nothing typed later holds in its place."""
    kinds = RUNS if change.kind in RUNS else (change.kind,)
    return change.kind in _LATER and last_held(changes, kinds, change.on) == change


def sentence_of(change: ProjectChange) -> str:
    """What the change says of the project from its day on."""
    return _LATER[Kind(change.kind)].format(
        called=change.short_after or change.after,
        serves=change.after,
        day=day_words(change.on),
    )
