"""What a version of a quarter says of its projects beside their reports: name, purpose, end.

A report was approved with the name and the purpose that were known then. What is typed later, of a
day by then, holds in each version that is made after it, and is a correction with its own reason.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import msgspec
from django.utils.timezone import localdate

from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from finance.models import SavingsEdition
from projects.as_at import RUNS, ended_by, last_held
from projects.models import NameChange, ProjectChange
from projects.models.names import typed_order
from publishing.models import PeriodVersion, ReportingPeriod
from publishing.period_versions.content import Corrected
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.content import ProgrammeContents, ProjectEntry
from returns.period_versions.differences import TEXTS
from returns.period_versions.names import name_changes
from returns.period_versions.published import ShownSheet, shown_sheets

Kind = ProjectChange.Kind
ENDED, NOT_ENDED = "Ended", "not ended"


class Known(NamedTuple):
    """What is known to change about a council's projects, and what a period tells of it.

    ``as_at`` is the day that the period is as at, ``until`` that of its first publication: what
    changed between them is said, and changes nothing else. No later version of an old period tells
    of what came after. ``follows`` is the day of the earlier report that a version follows, where
    it is made for that alone: it takes what holds from a day by then, as that report does, and
    leaves the rest as it stands until it is published itself.
    """

    by_slug: dict[str, list[ProjectChange]]
    names: list[NameChange]
    as_at: date
    until: date
    follows: date | None = None
    # When each version was made that tells of names, and the last day that it tells of.
    made: Sequence[tuple[datetime, date]] = ()

    def was_public(self, on: date | None, typed: datetime | None, put_right: datetime) -> bool:
        """Whether a name that holds from the day was public before it was put right."""
        return any(
            (typed is None or typed <= at) and at < put_right and (on is None or on <= until)
            for at, until in self.made
        )

    def waits(self, *days: date | None) -> bool:
        """Whether what holds from these days is left until the period itself is published."""
        follows = self.follows
        return follows is not None and all(day is None or day > follows for day in days)

    def of(self, slug: str) -> list[ProjectChange]:
        return self.by_slug.get(slug, [])

    def ended(self, slug: str) -> date | None:
        """When it ended by the period's day. A later end is no ending of it."""
        return ended_by(self.of(slug), self.as_at)


def known_of(period: ReportingPeriod, at: datetime | None = None) -> Known:
    """What is known of the projects of the period's council, and of names.

    Two queries, and two more where a name was misspelt.

    ``at`` is when the period is published, where it was not before; now unless given.
    """
    by_slug: dict[str, list[ProjectChange]] = {}
    rows = ProjectChange.objects.filter(project__council=period.council_id)
    related = ("project", "condition_before", "condition_after")
    for change in rows.select_related(*related).order_by("on", "pk"):
        by_slug.setdefault(change.project.slug, []).append(change)
    until = max(period.as_at, localdate(period.published_at or at or clock.now()))
    names = name_changes(period.council)
    # Only how a name was spelt asks what was public.
    made = _made(period.council_id) if any(change.on is None for change in names) else []
    return Known(by_slug, names, period.as_at, until, made=made)


def _made(council: int) -> list[tuple[datetime, date]]:
    """When each version of the council's was made, and the last day that it tells of. Two queries.

    A version that is withdrawn was public.
    """
    versions = PeriodVersion.objects.filter(period__council=council)
    of_periods = versions.values_list("at", "period__as_at", "period__published_at")
    papers = SavingsEdition.objects.filter(paper__council=council)
    return [
        *((at, max(as_at, localdate(public or at))) for at, as_at, public in of_periods),
        *papers.values_list("at", "paper__as_at"),
    ]


def as_known(contents: ProgrammeContents, known: Known) -> ProgrammeContents:
    """The contents with each project called, placed and ended as is known of the period's day.

    A report keeps its own name where nothing else is known. One query at most.
    """
    marks = [entry.fingerprint for entry in contents.entries if entry.fingerprint]
    sheets = sheets_by_fingerprint(marks, Sheet)
    numbered = []
    for entry in contents.entries:
        own = None
        if entry.period == contents.period and entry.sheet is None:
            own = sheets[entry.fingerprint]
        made = _as_known(entry, own, known)
        number = made.condition_number or (own.condition_number if own else 0)
        numbered.append((number, made))
    numbered.sort(key=itemgetter(0))
    return msgspec.structs.replace(contents, entries=[entry for _, entry in numbered])


def _as_known(entry: ProjectEntry, own: Sheet | None, known: Known) -> ProjectEntry:
    """The entry; ``own`` is its report of the period itself, which says what the entry does not."""
    changes = known.of(entry.slug)
    renamed, moved = (
        last if last and not known.waits(last.on) else None
        for kind in (Kind.RENAMED, Kind.MOVED)
        for last in [last_held(changes, (kind,), known.as_at)]
    )
    ended = known.ended(entry.slug)
    if known.waits(entry.ended, ended):
        ended = entry.ended
    title, short_title = entry.title, entry.short_title
    if renamed:
        title = renamed.after or title
        short_title = renamed.short_after or short_title
    number, purpose = entry.condition_number, entry.condition_title
    stands = number or (own.condition_number if own else None)
    if moved and moved.condition_after and moved.condition_after.number != stands:
        number, purpose = moved.condition_after.number, moved.condition_after.title
    if own:
        title = "" if title == own.title else title
        short_title = "" if short_title == own.short_title else short_title
        number, purpose = (None, "") if number == own.condition_number else (number, purpose)
    return msgspec.structs.replace(
        entry,
        title=title,
        short_title=short_title,
        condition_number=number,
        condition_title=purpose,
        ended=ended,
    )


def corrections_of_projects(
    before: ProgrammeContents | None,
    after: ProgrammeContents,
    known: Known,
    said: Collection[str] = (),
) -> list[Corrected]:
    """What became known of projects since the version before, each with the reason of its change.

    Of the projects ``said``, corrections of their reports say the names and purposes. Two queries
    at most, and four more where figures are held back.
    """
    then = {sheet.slug: sheet for sheet in shown_sheets(before)} if before else {}
    return [
        Corrected(sheet.slug, what, was, now, why, title=sheet.short_title)
        for sheet in shown_sheets(after)
        if sheet.slug in then
        for what, was, now, why in _told(then[sheet.slug], sheet, known)
        if what == ENDED or sheet.slug not in said
    ]


def _told(
    before: ShownSheet, after: ShownSheet, known: Known
) -> Iterator[tuple[str, str, str, str]]:
    """(what, before, after, reason) of what is said otherwise of one project."""
    changes = known.of(after.slug)
    for name in ("title", "short_title"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield TEXTS[name], was, now, _reason(changes, (Kind.RENAMED,), known.as_at)
    if before.condition_number != after.condition_number:
        was, now = before.condition_title, after.condition_title
        yield TEXTS["condition_title"], was, now, _reason(changes, (Kind.MOVED,), known.as_at)
    # Versions of before say a later end too.
    then, ended = (
        day if day and day <= known.as_at else None for day in (before.ended, after.ended)
    )
    if then != ended:
        was, now = (day_words(day) if day else NOT_ENDED for day in (then, ended))
        reason = _reason(changes, RUNS, known.as_at) if ended else _why_not_ended(changes, then)
        yield ENDED, was, now, reason


def _why_not_ended(changes: Sequence[ProjectChange], then: date | None) -> str:
    """Why it did not end on the day ``then``: the reason of what was typed next of its end."""
    runs = sorted((change for change in changes if change.kind in RUNS), key=typed_order)
    reason = ""
    for change, typed_next in pairwise(runs):
        if change.kind == Kind.ENDED and change.on == then:
            reason = typed_next.why
    return reason


def _reason(changes: Sequence[ProjectChange], kinds: Sequence[str], day: date) -> str:
    last = last_held(changes, kinds, day)
    return last.why if last else ""
