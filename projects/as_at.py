"""A project as it was on a day: a change that holds from a later one waits for its day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from projects.models import GrantCondition, Project, ProjectChange

Kind = ProjectChange.Kind


class Facts(NamedTuple):
    """What a project was called and which purpose it served."""

    title: str
    short_title: str
    grant_condition: GrantCondition


def facts_on(project: Project, changes: Sequence[ProjectChange], day: date) -> Facts:
    """What the project was called and served on the day.

    ``changes`` are all that is known of it, by day and then as they were typed. The last that
    holds by the day counts; before the first, what it changed; without any, what the project says.
    """
    title, short_title = project.title, project.short_title
    renamed = _last_by(changes, Kind.RENAMED, day)
    if renamed:
        change, holds = renamed
        title = change.after if holds else change.before
        short_title = (change.short_after if holds else change.short_before) or short_title
    condition = project.grant_condition
    moved = _last_by(changes, Kind.MOVED, day)
    if moved:
        change, holds = moved
        condition = (change.condition_after if holds else change.condition_before) or condition
    return Facts(title or project.title, short_title, condition)


def _last_by(
    changes: Sequence[ProjectChange], kind: str, day: date
) -> tuple[ProjectChange, bool] | None:
    """(the change of the kind that says how it was on the day, whether it held by then)."""
    of_kind = [change for change in changes if change.kind == kind]
    held = [change for change in of_kind if change.on <= day]
    if held:
        return held[-1], True
    return (of_kind[0], False) if of_kind else None


def ended_by(changes: Sequence[ProjectChange], day: date) -> date | None:
    """The day on which the project ended, where it had by ``day`` and has not begun again since."""
    known = [change for change in changes if change.on <= day]
    ends = [change for change in known if change.kind in (Kind.ENDED, Kind.BEGAN)]
    return ends[-1].on if ends and ends[-1].kind == Kind.ENDED else None


def is_live_on(project: Project, changes: Sequence[ProjectChange], day: date) -> bool:
    """Whether the project ran on the day: what is to end later has not ended."""
    if project.status == Project.Status.LIVE:
        return ended_by(changes, day) is None
    return any(change.kind == Kind.ENDED and change.on > day for change in changes)
