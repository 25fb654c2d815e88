"""What a version says of a project beside its report: its end, and what it was called."""

from datetime import date

from bcfportal.lib.sentences import day_words
from projects.models import ProjectChange
from publishing.period_versions.content import Corrected
from returns.period_versions.content import ProgrammeContents, ProjectEntry

# What a version says of a project beside its report, by field, and the change that it is of.
BESIDE_REPORTS = {"title": "Name", "condition_title": "Serves", "ended": "Ended"}
KINDS = {
    "title": ProjectChange.Kind.RENAMED,
    "condition_title": ProjectChange.Kind.MOVED,
    "ended": ProjectChange.Kind.ENDED,
}


def changed_projects(
    before: ProgrammeContents | None, entries: list[ProjectEntry]
) -> list[Corrected]:
    """What became known of projects since the version before: an end, or of what did not report
    another name or purpose, each with the reason that was given for it."""
    stood = {entry.slug: entry for entry in before.entries} if before else {}
    corrections = []
    for entry in entries:
        old = stood.get(entry.slug)
        if old is None:
            continue
        for name, what in BESIDE_REPORTS.items():
            was, now = _words(getattr(old, name)), _words(getattr(entry, name))
            # Of what reported, its report says the rest.
            if was == now or (name != "ended" and not (was and now)):
                continue
            # Another name of the same is said with the names.
            if name == "condition_title" and old.condition_number == entry.condition_number:
                continue
            kind = KINDS[name]
            why = next((c.why for c in reversed(entry.changes) if c.kind == kind), "")
            corrections.append(Corrected(entry.slug, what, was, now, why, title=entry.short_title))
    return corrections


def _words(value: str | date | None) -> str:
    return day_words(value) if isinstance(value, date) else value or ""
