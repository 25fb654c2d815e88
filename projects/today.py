"""Projects as they are today, for the lists that people work with, and what changes later.

A project's row has what was typed last, which may hold from a later day only.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bcfportal.lib.sentences import day_words
from projects.as_at import RUNS, facts_on, is_live_on, last_held
from projects.models import Council, GrantCondition, Project, ProjectChange

Kind = ProjectChange.Kind
_LATER = {
    Kind.RENAMED: "Called “{called}” from {day}.",
    Kind.MOVED: "Serves “{serves}” from {day}.",
    Kind.ENDED: "Ends on {day}.",
    Kind.BEGAN: "Begins on {day}.",
}


class Today(NamedTuple):
    """What a project is called and serves today, whether it runs, and what changes later."""

    short_title: str
    grant_condition: GrantCondition
    is_live: bool
    later: list[str]

    @property
    def state(self) -> str:
        """Live or closed, in a word."""
        return str((Project.Status.LIVE if self.is_live else Project.Status.CLOSED).label)


def today_of(council: Council, day: date) -> dict[int, Today]:
    """By primary key, the projects of which something changes after the day. One query.

    All others are as their rows have them.
    """
    later = ProjectChange.objects.filter(on__gt=day, project__council=council, kind__in=_LATER)
    rows = ProjectChange.objects.filter(project__in=later.values("project"))
    related = ("project__grant_condition", "condition_before", "condition_after")
    by_project: dict[Project, list[ProjectChange]] = {}
    for change in rows.select_related(*related).order_by("on", "pk"):
        by_project.setdefault(change.project, []).append(change)
    return {project.pk: _today(project, changes, day) for project, changes in by_project.items()}


def _today(project: Project, changes: Sequence[ProjectChange], day: date) -> Today:
    facts = facts_on(project, changes, day)
    return Today(
        facts.short_title,
        facts.grant_condition,
        is_live_on(project, changes, day),
        [_sentence(change) for change in changes if change.on > day and _holds(change, changes)],
    )


def _holds(change: ProjectChange, changes: Sequence[ProjectChange]) -> bool:
    """Whether it is a change of a list's, and nothing typed later holds in its place."""
    kinds = RUNS if change.kind in RUNS else (change.kind,)
    return change.kind in _LATER and last_held(changes, kinds, change.on) == change


def _sentence(change: ProjectChange) -> str:
    return _LATER[Kind(change.kind)].format(
        called=change.short_after or change.after,
        serves=change.after,
        day=day_words(change.on),
    )
