"""Changes of a project, kept with their date and reason."""

from datetime import date
from typing import Any

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from projects.as_at import RUNS, end_of, runs_as_typed
from projects.models import Fund, GrantCondition, Name, Project, ProjectChange, Provider
from projects.timeline import lapsing
from projects.today import sentence_of

Kind = ProjectChange.Kind


def keep_change(
    project: Project,
    kind: str,
    *,
    on: date,
    why: str,
    by: User | None = None,
    before: str = "",
    after: str = "",
    **facts: Any,
) -> ProjectChange:
    """Records a change of the project from the day ``on``, with ``before`` and ``after`` as text.

    ``facts`` are short names, or purposes, before and after. The reports of that day and of every
    later one show the change; those of days before it do not: see ``projects.as_at``.
    """
    return project.changes.create(
        kind=kind,
        on=on,
        before=before,
        after=after,
        why=why,
        by=by,
        at=clock.now(),
        **facts,
    )


def keep_name_change(
    record: Fund | GrantCondition | Provider, was: Name, *, on: date | None, why: str, by: User
) -> list[str]:
    """Records that what was called ``was`` has another name from the day ``on``.

    Without a day it was misspelt: every report that is published from now on has it put right.
    Nothing is kept where it is called the same. Returns what it takes the place of, in sentences.
    """
    now = record.typed_name
    if now == was:
        return []
    replaced = [
        f"“{change.before}” is called “{change.after}” from {day_words(change.on)}."
        for change in (lapsing(record.name_changes.all(), on) if on else ())
        if change.on
    ]
    record.name_changes.create(
        council=record.council,
        on=on,
        before=was.name,
        after=now.name,
        short_before=was.short,
        short_after=now.short,
        why=why,
        by=by,
        at=clock.now(),
    )
    return replaced


def replaced_by(project: Project, kind: str, on: date) -> list[str]:
    """What was typed of the project before, and lapses with such a change from the day ``on``."""
    if kind not in RUNS:
        return [sentence_of(change) for change in lapsing(project.changes.filter(kind=kind), on)]
    runs = runs_as_typed(project.changes.all())
    lapse = lapsing(runs, on)
    if runs and runs[-1].kind == kind and runs[-1] not in lapse:
        lapse.append(runs[-1])
    return [sentence_of(change) for change in lapse]


def changes_between(before: dict[str, Any], project: Project) -> list[dict[str, Any]]:
    """What ``keep_change`` keeps of change difference from ``before``: name, purpose, status."""
    changes: list[dict[str, Any]] = []
    if before["title"] != project.title or before["short_title"] != project.short_title:
        changes.append(
            {
                "kind": Kind.RENAMED,
                "before": before["title"],
                "after": project.title,
                "short_before": before["short_title"],
                "short_after": project.short_title,
            }
        )
    was, now = before["grant_condition"], project.grant_condition
    if was != now:
        changes.append(
            {
                "kind": Kind.MOVED,
                "before": was.title,
                "after": now.title,
                "condition_before": was,
                "condition_after": now,
            }
        )
    if before["status"] != project.status:
        ended = project.status == Project.Status.CLOSED
        changes.append({"kind": Kind.ENDED if ended else Kind.BEGAN})
    return changes


def facts_of(project: Project) -> dict:
    """What ``changes_between`` compares."""
    return {
        name: getattr(project, name)
        for name in ("title", "short_title", "grant_condition", "status")
    }


def known_end(project: Project) -> date | None:
    """The day from which the project is closed; None of one that is live, or of a day not known."""
    return end_of(project, project.changes_known())
