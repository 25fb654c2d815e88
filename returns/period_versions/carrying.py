"""What later periods show of a report that is corrected, withdrawn, or published late.

A project that did not report in a period stands there as of its last published report. When that
report changes, each later version that shows it is followed by a new one, so that no two pages of
the portal contradict each other and nothing withdrawn stays in sight: the new version says what
changed without repeating it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.versions import TAKEN_BACK, WITHDRAWN
from outcomes.vital_signs.decisions import decisions_of, without_taken_back
from projects.models import Project
from publishing.acts import acts_of
from publishing.models import (
    PeriodVersion,
    ReportingPeriod,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import (
    SAYS_ONLY_RATING,
    SHOWN_AS_OF,
    Contents,
    Corrected,
    Entry,
    GivenOtherwise,
    is_held_back,
)
from publishing.period_versions.earlier_reports import withdrawn_since
from publishing.period_versions.numbers_given import numbers_given
from publishing.period_versions.published import corrections_in, read
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Names
from returns.period_versions.changed_projects import corrections_of_projects, known_of
from returns.period_versions.collect import last_published, never_published
from returns.period_versions.content import (
    ProgrammeContents,
    ProjectEntry,
    as_shown,
    with_own_words,
)
from returns.period_versions.differences import differences
from returns.period_versions.earlier_reports import (
    became_of_earlier_reports,
    report_name,
    stood_before,
    stood_when,
)
from returns.period_versions.held_back import with_held_back
from returns.period_versions.history import with_public_reasons
from returns.period_versions.names import corrections_of_names
from returns.period_versions.published import read_programme
from returns.period_versions.restated import restated
from returns.period_versions.to_publish import as_it_is_called
from returns.subjects import content_of
from returns.withdrawn.figures import beside_withdrawn, by_itself


def carried_contents(
    period: ReportingPeriod,
    before: PeriodVersion,
    withdrawal: Withdrawal | None = None,
    follows: ReportingPeriod | None = None,
) -> tuple[Contents, list[Snapshot]] | None:
    """(what the next version of a later period says, the snapshots it shows), or None.

    ``before`` is the version of ``period`` that stands; None where it says and shows nothing
    otherwise than now. With the ``withdrawal`` of another version of ``period`` the next one also
    lists what is otherwise than in that one, which people read last. ``follows`` is the earlier
    period for which it is made: see ``Known``.
    """
    programme = period.kind == ReportingPeriod.Kind.PROGRAMME
    contents = read_programme(before) if programme else read(before)
    now = _last_reports(period, contents) if programme else {}
    projects = {slug: project for slug, (project, _) in now.items()}
    replaced = [
        _replaced(entry, now[entry.slug][1], period, projects[entry.slug])
        if entry.slug in now
        else entry
        for entry in contents.entries
    ]
    entries = with_held_back(replaced, period)
    made = msgspec.structs.replace(contents, entries=entries)
    names, of_names = None, []
    of_projects: list[Corrected] = []
    in_order_of_before: list[ProjectEntry] = []
    if isinstance(contents, ProgrammeContents) and isinstance(made, ProgrammeContents):
        in_order_of_before = made.entries
        known = known_of(period)._replace(follows=follows.as_at if follows else None)
        made = as_it_is_called(made, contents, known, period.council)
        names = made.names
        of_projects = corrections_of_projects(contents, made, known)
        of_names = corrections_of_names(contents, made, known.names)
    held = [(entry.slug, entry.held_back) for entry in (*contents.entries, *entries)]
    given = numbers_given(contents.council, held, content_of(period))
    corrections: list[Corrected] = []
    hidden: set[tuple[str, str]] = set()
    for old, new in zip(contents.entries, entries, strict=True):
        if (old.fingerprint, old.held_back) != (new.fingerprint, new.held_back):
            said = _said_otherwise(old, new, period, names, given.get(new.slug, {}))
            corrections += said
            if old.fingerprint == new.fingerprint:
                hidden |= {(correction.slug, correction.of) for correction in said}
    again = restated(period, entries, known_by=before)
    corrections += again.corrections
    stood = stood_before(period)
    if isinstance(contents, ProgrammeContents) and isinstance(made, ProgrammeContents):
        numbers = stood_when(contents, before), stood
        corrections += became_of_earlier_reports(
            period, contents.entries, in_order_of_before, numbers
        )
    public = [] if programme else decisions_of(before)
    left, taken_back = without_taken_back(before, public)
    decisions = left if taken_back else contents.decisions
    made = msgspec.structs.replace(made, stood=stood, decisions=decisions)
    corrections += _gone(period, before, stood, corrections)
    given_otherwise = _as_kept(again.given_otherwise, contents)
    if (
        not (corrections or of_projects or taken_back or of_names)
        and given_otherwise == contents.given_otherwise
    ):
        return None
    own = {snapshot.pk: snapshot for snapshot in before.snapshots.filter(report__period=period)}
    marks = {entry.fingerprint for entry in entries}
    snapshots = own | {
        last.pk: last for _, last in now.values() if last and last.fingerprint in marks
    }
    made = msgspec.structs.replace(
        with_own_words(made, period.council),
        corrections=[
            *_words_hidden(with_public_reasons(corrections, period), hidden),
            *of_projects,
            *taken_back,
            *of_names,
            *(_withdrawn(period, entries, withdrawal, names) if withdrawal else []),
        ],
        given_otherwise=again.given_otherwise,
    )
    return made, list(snapshots.values())


def changed_names(period: ReportingPeriod, before: PeriodVersion) -> list[Corrected]:
    """What became known of projects, and of what they name, since a version of a quarter."""
    then = read_programme(before)
    known = known_of(period)
    made = as_it_is_called(then, then, known, period.council)
    return [
        *corrections_of_projects(then, made, known),
        *corrections_of_names(then, made, known.names),
    ]


def _withdrawn(
    period: ReportingPeriod,
    entries: Iterable[Entry],
    withdrawal: Withdrawal,
    names: Names | None,
) -> list[Corrected]:
    """What the reports of the period say otherwise than in the version that is withdrawn.

    It is named, and not repeated. The figures are those of a version that stood before.
    """
    read_last = PeriodVersion.objects.defer("content").get(pk=withdrawal.version_id)
    then = {entry.slug: entry for entry in read(read_last).entries}
    if period.kind == ReportingPeriod.Kind.PROGRAMME:
        then = {entry.slug: entry for entry in read_programme(read_last).entries}
    changed = [
        (then[entry.slug], entry)
        for entry in entries
        if entry.slug in then
        and then[entry.slug].period == period.key
        and then[entry.slug].fingerprint != entry.fingerprint
    ]
    held = [(entry.slug, entry.held_back) for pair in changed for entry in pair]
    given = numbers_given(period.council.slug, held, content_of(period))
    slugs = [entry.slug for entry, _ in changed]
    beside = beside_withdrawn(period, slugs) if changed else {}
    said = [
        correction
        for was, now in changed
        for correction in _said_otherwise(
            was, now, period, names, given.get(now.slug, {}), beside.get(now.slug)
        )
    ]
    return [
        msgspec.structs.replace(
            correction,
            before=TAKEN_BACK if correction.is_figure else correction.before,
            why=withdrawal.reason,
            of="",
        )
        for correction in said
    ]


def _gone(
    period: ReportingPeriod,
    before: PeriodVersion,
    stood: Mapping[str, int],
    said: Iterable[Corrected],
) -> list[Corrected]:
    """That a report is withdrawn of which ``before`` tells a correction: where ``said`` does not.

    ``stood`` are the versions of earlier periods that stand. The corrections have no reasons yet.
    """
    gone = withdrawn_since({before: read(before).stood})[before]
    of = (acts_of(period.council_id), period.kind, period.as_at, before)
    told = [public.corrected for public in corrections_in(*of, with_withdrawn=True)]
    known = {(correction.slug, correction.of) for correction in said}
    titles = {
        (correction.slug, correction.of): correction.title
        for correction in told
        if (correction.slug, correction.of) in gone.keys() - known and correction.of not in stood
    }
    return [
        Corrected(slug, report_name(key), "published", "withdrawn", title=title, of=key)
        for (slug, key), title in titles.items()
    ]


def _as_kept(given: list[GivenOtherwise], contents: Contents) -> list[GivenOtherwise]:
    """As the contents of older schemas keep it: they do not say where only the rating differs."""
    if contents.schema >= SAYS_ONLY_RATING:
        return given
    return [msgspec.structs.replace(other, only_rating=False) for other in given]


def _last_reports(period, contents):
    """By slug, (project, its last published report or None) of what is shown of earlier periods."""
    carried = [
        entry.slug
        for entry in contents.entries
        if entry.fingerprint and entry.period != contents.period
    ]
    if not carried:
        return {}
    projects = Project.objects.filter(council=period.council_id, slug__in=carried)
    by_slug = {project.slug: project for project in projects}
    now = last_published(period, [project.pk for project in by_slug.values()])
    return {slug: (project, now.get(project.pk)) for slug, project in by_slug.items()}


def _replaced(entry, last, period, project):
    if (last.fingerprint if last else "") == entry.fingerprint:
        return entry
    if last is None:
        blank = never_published(period, project)
        return msgspec.structs.replace(entry, fingerprint="", period="", sheet=blank)
    key = last.report.period.key
    return msgspec.structs.replace(entry, fingerprint=last.fingerprint, period=key)


def _said_otherwise(before, after, period, names, given, beside=None):
    """What the version says otherwise of one project; that it stands as of another period too.

    With ``beside``, what is withdrawn beside it, the report ``before`` is: of that only what it
    said itself.
    """
    title = getattr(after, "short_title", "")
    if before.period != after.period:
        was, now = (
            Period.parse(key).label if key else "no report" for key in (before.period, after.period)
        )
        # The later of the two reports is the one that came or went.
        of = max(
            filter(None, (before.period, after.period)), key=lambda key: period_of(key).last_day
        )
        return [Corrected(before.slug, SHOWN_AS_OF, was, now, title=title, of=of)]
    sheets = sheets_by_fingerprint([before.fingerprint, after.fingerprint], content_of(period))
    of = after.period if after.period != period.key else ""
    sheet_then: Any
    sheet_now: Any
    sheet_then, sheet_now = (
        sheets[entry.fingerprint].without(entry.held_back, given) for entry in (before, after)
    )
    if beside:
        sheet_then = by_itself(sheet_then, sheet_now, period.key, beside)
    # Of its name and purpose the entry says what the version shows: see ``changed_projects``.
    both = [as_shown(after, sheet, names) for sheet in (sheet_then, sheet_now)]
    corrections = [
        msgspec.structs.replace(correction, of=of)
        for correction in differences(*both, slug=after.slug, why="")
    ]
    if before.fingerprint == after.fingerprint or _is_public(before.fingerprint):
        return corrections
    return [
        msgspec.structs.replace(correction, before=WITHDRAWN if correction.before else "")
        for correction in corrections
    ]


def _words_hidden(corrections: list[Corrected], hidden: set[tuple[str, str]]) -> list[Corrected]:
    """The same; words of the reports ``hidden`` have the reason of the figure that they told.

    ``hidden`` are (slug, key of the period as corrections have it) of reports of which nothing
    changed but what is held back.
    """
    return [
        msgspec.structs.replace(correction, why=_why_hidden(corrections, correction))
        if (correction.slug, correction.of) in hidden and not correction.is_figure
        else correction
        for correction in corrections
    ]


def _why_hidden(corrections: list[Corrected], text: Corrected) -> str:
    reasons = [
        correction.why
        for correction in corrections
        if (correction.slug, correction.of) == (text.slug, text.of) and is_held_back(correction)
    ]
    return "; ".join(dict.fromkeys(filter(None, reasons)))


def _is_public(fingerprint):
    """Whether a version of the report's own period shows it that is not withdrawn."""
    return VersionSnapshot.objects.public().filter(snapshot__fingerprint=fingerprint).exists()
