"""What is known of projects and of names, and is not said yet in a quarter as it is public."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from projects.as_at import FUND, PROVIDER, renamed
from projects.models import Council, Renaming
from projects.models.names import C
from publishing.acts import acts_shown
from publishing.models import ReportingPeriod
from publishing.period_versions.content import Corrected
from publishing.period_versions.published import standing_version
from returns.period_versions.changed_projects import (
    Known,
    as_known,
    corrections_of_projects,
    known_of,
)
from returns.period_versions.content import ProgrammeContents
from returns.period_versions.names import corrections_of_names, with_names
from returns.period_versions.published import read_programme
from returns.period_versions.what_changed import with_what_changed

# What corrections of names are called, and the word for what has the name; else the council's own.
_NAMED = {FUND: "fund", PROVIDER: "provider"}


class Unsaid(NamedTuple):
    """What is not said yet: about projects, and of the names of funds, providers and purposes."""

    of_projects: list[Corrected] = []
    of_names: list[Corrected] = []

    @property
    def all(self) -> list[Corrected]:
        return [*self.of_projects, *self.of_names]

    def about(self, purpose_word: str) -> list[str]:
        """The projects, and all that has another name, in words."""
        projects = [said.title for said in self.of_projects]
        names = [
            f"the {_NAMED.get(said.what, purpose_word.lower())} “{said.after}”"
            for said in self.of_names
        ]
        return list(dict.fromkeys([*projects, *names]))


def as_it_is_called(
    contents: ProgrammeContents,
    before: ProgrammeContents | None,
    known: Known,
    council: Council,
) -> ProgrammeContents:
    """The contents with all that is known of names, purposes and ends, and what has changed.

    ``before`` is the version that stands. Four queries at most beside those of its sheets.
    """
    called = with_names(as_known(contents, known), before, council, known.names, known.follows)
    return with_what_changed(called, known)


def changes_to_publish(period: ReportingPeriod) -> Unsaid:
    """What is known of projects and names and is not yet said in the quarter as it stands.

    Nothing of a period that is not published. Ten queries at most; two where the contents are kept
    by the process, nothing has another name and the council is of ``with_acts``.
    """
    if not period.published_at or period.kind != ReportingPeriod.Kind.PROGRAMME:
        return Unsaid()
    before = standing_version(period, acts_shown(period.council))
    if before is None:
        return Unsaid()
    stands, known = read_programme(before), known_of(period)
    now = with_names(as_known(stands, known), stands, period.council, known.names)
    return Unsaid(
        corrections_of_projects(stands, now, known),
        corrections_of_names(stands, now, known.names),
    )


def said_of_changes(period: ReportingPeriod) -> dict[str, str]:
    """What a version of the quarter that is made now is told of projects and names, by title.

    For the page that asks before it is published, to know whether something else is known by then.
    Two queries.
    """
    if period.kind != ReportingPeriod.Kind.PROGRAMME:
        return {}
    known = known_of(period)
    said: dict[str, list[str]] = {}
    for changes in known.by_slug.values():
        for change in _told(changes, known.until):
            sentence = _words(change, change.kind, change.on)
            said.setdefault(change.project.short_title, []).append(sentence)
    for name in _told(known.names, known.until):
        said.setdefault(str(renamed(name)), []).append(_words(name, "called", name.on))
    return {f"What changed about {name}": "\n".join(lines) for name, lines in said.items()}


def _told(changes: Iterable[C], until: date) -> list[C]:
    return [change for change in changes if change.on is None or change.on <= until]


def _words(change: Renaming, kind: str, on: date | None) -> str:
    names = (change.before, change.short_before, change.after, change.short_after)
    return " ".join((str(change.pk), kind, str(on), *names, change.why))
