"""Changes of a project, kept with their date and reason."""

from datetime import date

from accounts.models import User
from bcfportal.lib import clock
from projects.models import Project, ProjectChange

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
) -> ProjectChange:
    """Records a change of the project from the day ``on``, with ``before`` and ``after`` as text.

    Its pages show the change in the report that the day falls in and in every later one.
    """
    return ProjectChange.objects.create(
        project=project,
        kind=kind,
        on=on,
        before=before,
        after=after,
        why=why,
        by=by,
        at=clock.now(),
    )


def changes_between(before: dict, project: Project) -> list[tuple[str, str, str]]:
    """(kind, before, after) of each difference from ``before`` in title, purpose or status."""
    changes: list[tuple[str, str, str]] = []
    if before["title"] != project.title or before["short_title"] != project.short_title:
        changes.append((Kind.RENAMED, before["title"], project.title))
    if before["grant_condition"] != project.grant_condition:
        changes.append((Kind.MOVED, before["grant_condition"].title, project.grant_condition.title))
    if before["status"] != project.status:
        ended = project.status == Project.Status.CLOSED
        changes.append((Kind.ENDED if ended else Kind.BEGAN, "", ""))
    return changes


def facts_of(project: Project) -> dict:
    """What ``changes_between`` compares."""
    return {
        name: getattr(project, name)
        for name in ("title", "short_title", "grant_condition", "status")
    }
