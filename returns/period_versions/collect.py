"""Making a version of a period: from the snapshots that are published, and what is in force."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.utils.timezone import localdate

from bcfportal.lib import clock, present
from outcomes.models import Month
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.decisions import (
    decisions_of,
    decisions_to_publish,
    without_taken_back,
)
from projects.as_at import (
    SERVED,
    begins_after,
    ended_by,
    facts_on,
    is_live_on,
    names_on,
)
from projects.models import Project, ProjectChange
from publishing.models import PeriodVersion, Report, ReportingPeriod, Return, Snapshot
from publishing.period_versions.content import SCHEMA, Contents, Corrected, Entry
from publishing.period_versions.numbers_given import numbers_given
from publishing.period_versions.published import read
from publishing.version_cache import sheets_by_fingerprint
from returns.collect import make_sheet, returns_with_records, streams_of
from returns.content import Sheet, Stream
from returns.period_versions.changed_projects import (
    Known,
    corrections_of_projects,
    known_of,
)
from returns.period_versions.content import (
    ProgrammeContents,
    ProjectEntry,
    as_shown,
    named,
    with_own_words,
)
from returns.period_versions.differences import differences
from returns.period_versions.earlier_reports import stood_before
from returns.period_versions.held_back import with_held_back
from returns.period_versions.history import with_public_reasons
from returns.period_versions.names import corrections_of_names
from returns.period_versions.published import read_programme
from returns.period_versions.reasons import reasons_given, with_reasons
from returns.period_versions.restated import restated
from returns.period_versions.to_publish import as_it_is_called
from returns.subjects import content_of, reports_of


def contents_of(
    period: ReportingPeriod,
    snapshots: Iterable[Snapshot],
    before: PeriodVersion | None,
    at: datetime | None = None,
) -> tuple[Contents, list[Snapshot]]:
    """(what a version of the period says, the snapshots it shows).

    ``snapshots`` are newly published, of returns of the period; what ``before``, the version that
    stands, shows of other returns stays. ``at`` is when it is published, now unless given. Call
    with the period locked.
    """
    stood = before.snapshots.filter(report__period=period) if before else []
    earlier = {snapshot.report_id: snapshot for snapshot in stood}
    own = earlier | {snapshot.report_id: snapshot for snapshot in snapshots}
    reports = {row.pk: row for row in reports_of(period).filter(pk__in=own)}
    for report in reports.values():
        report.period = period
    if period.kind == ReportingPeriod.Kind.VITAL_SIGNS:
        marks = [snapshot.fingerprint for snapshot in own.values()]
        months = sheets_by_fingerprint(marks, VitalSigns)
        entries: list[Entry] = [
            Entry(
                slug=Month.SLUG,
                fingerprint=mark,
                period=period.key,
                approved_own_since=months[mark].approved_own_since,
            )
            for mark in marks
        ]
        snapshots_shown = list(own.values())
        kind: type[Contents] = Contents
        decisions = decisions_to_publish(period, at or clock.now())
        _, taken_back = without_taken_back(before, decisions_of(before)) if before else ([], [])
        known = None
    else:
        sheets = sheets_by_fingerprint([snapshot.fingerprint for snapshot in own.values()], Sheet)
        by_project = {reports[pk].project_id: snapshot for pk, snapshot in own.items()}
        decisions, taken_back = None, []
        earlier_entries = read_programme(before).entries if before else []
        known = known_of(period, at)
        of_projects, snapshots_shown = _programme(
            period, by_project, earlier_entries, sheets, known
        )
        entries = [*of_projects]
        kind = ProgrammeContents
    entries = with_held_back(entries, period)
    contents = kind(
        schema=SCHEMA,
        council=period.council.slug,
        period=period.key,
        title=period.title,
        subtitle=period.subtitle,
        as_at=period.as_at,
        entries=entries,
        decisions=decisions,
    )
    contents = msgspec.structs.replace(contents, stood=stood_before(period))
    then, of_names = None, []
    if known and isinstance(contents, ProgrammeContents):
        then = read_programme(before) if before else None
        contents = as_it_is_called(contents, then, known, period.council)
        of_names = corrections_of_names(then, contents, known.names)
        contents = msgspec.structs.replace(contents, own_words=then.own_words if then else None)
    contents = with_own_words(contents, period.council)
    again = restated(period, entries)
    of_reports = _corrections(period, earlier, own, reports, before, contents)
    of_projects_too: list[Corrected] = []
    if known and isinstance(contents, ProgrammeContents):
        said = {
            reports[pk].slug
            for pk, snapshot in own.items()
            if pk in earlier and earlier[pk].fingerprint != snapshot.fingerprint
        }
        of_projects_too = corrections_of_projects(then, contents, known, said)
    corrections = [
        *of_reports,
        *of_projects_too,
        *of_names,
        *with_public_reasons(again.corrections, period),
        *taken_back,
    ]
    contents = msgspec.structs.replace(
        contents, corrections=corrections, given_otherwise=again.given_otherwise
    )
    return contents, snapshots_shown


def _programme(
    period: ReportingPeriod,
    by_project: dict[int, Snapshot],
    earlier: list[ProjectEntry],
    sheets: dict[str, Sheet],
    known: Known,
) -> tuple[list[ProjectEntry], list[Snapshot]]:
    """All projects of the programme in the report's order: reported, carried over, ended.

    ``sheets``, by fingerprint, are what the snapshots ``by_project`` say. What changed about each
    is not said yet: see ``to_publish.as_it_is_called``.
    """
    projects = list(
        Project.objects.filter(council=period.council)
        .select_related("grant_condition")
        .prefetch_related(*STREAMS, "providers")
        .order_by("grant_condition__number", "order")
    )
    called = names_on(known.names, period.as_at)
    places = {entry.slug: place for place, entry in enumerate(earlier)}
    # What did not report in a period that a later one has followed stays as that version had it.
    settled = {entry.slug: entry for entry in earlier} if earlier and _is_past(period) else None
    carried = last_published(period, [p.pk for p in projects if p.pk not in by_project])
    entries, snapshots_shown = [], []
    for project in projects:
        changes = known.of(project.slug)
        own = by_project.get(project.pk)
        last = own or carried.get(project.pk)
        if own is None and settled is not None:
            if project.slug in settled:
                entry = settled[project.slug]
                number = entry.condition_number or project.grant_condition.number
                entries.append((number, places[project.slug], entry))
                snapshots_shown += [last] if last and last.fingerprint == entry.fingerprint else []
            continue
        if own is None and _left_out(project, last, changes, period):
            continue
        if own:
            sheet = sheets[own.fingerprint]
            streams = _in_force(sheet, project, settled.get(project.slug) if settled else None)
            entry = ProjectEntry(
                slug=project.slug,
                fingerprint=own.fingerprint,
                period=period.key,
                streams=streams,
                approved_own_since=sheet.approved_own_since or None,
            )
            number = sheet.condition_number
        else:
            entry = _not_reported(period, project, last, changes)
            title = called.get((SERVED, present(entry.condition_number)))
            if title:
                entry = msgspec.structs.replace(entry, condition_title=title.name)
            number = present(entry.condition_number)
        # What stood in the version before keeps its place, wherever the project serves now.
        place = places.get(project.slug, len(places) + project.order)
        entries.append((number, place, entry))
        if last:
            snapshots_shown.append(last)
    entries.sort(key=lambda change: change[:2])
    return [entry for _, _, entry in entries], snapshots_shown


def _in_force(sheet: Sheet, project: Project, settled: ProjectEntry | None) -> list[Stream]:
    """The money of a report with the allocations in force, where those are not its own.

    Its words stay as they were approved. A period that a later one has followed (``settled`` is
    the project's entry in its version before) keeps the allocations that it was published with.
    """
    if settled:
        return settled.streams
    now = {(stream.fund.slug, stream.title): stream.lines for stream in streams_of(project)}
    streams = [
        msgspec.structs.replace(
            stream, lines=now.get((stream.fund.slug, stream.title), stream.lines)
        )
        for stream in sheet.streams
    ]
    return [] if streams == sheet.streams else streams


def _is_past(period: ReportingPeriod) -> bool:
    """Whether a later period of the same kind is published."""
    later = ReportingPeriod.objects.published().filter(
        council=period.council, kind=period.kind, as_at__gt=period.as_at
    )
    return later.exists()


STREAMS = ("streams__fund", "streams__lines", "streams__stated_sums")


def _left_out(
    project: Project,
    last: Snapshot | None,
    known: list[ProjectChange],
    period: ReportingPeriod,
) -> bool:
    """Whether a project without a report is no part of the programme in this period.

    It began later; or never reported and has ended. What has ended stays, with what it was
    allocated: the money of earlier years does not shrink when a year turns.
    """
    if begins_after(known, period.as_at):
        return True
    live = is_live_on(project, known, period.as_at)
    if last is None:
        return not live or project.kind != Project.Kind.REPORTED
    return not live and ended_by(known, period.as_at) is None


def _not_reported(
    period: ReportingPeriod,
    project: Project,
    last: Snapshot | None,
    known: list[ProjectChange],
) -> ProjectEntry:
    then = facts_on(project, known, period.as_at)
    facts: dict[str, Any] = {
        "slug": project.slug,
        "title": then.title,
        "short_title": then.short_title,
        "condition_number": then.grant_condition.number,
        "condition_title": then.grant_condition.title,
        "streams": streams_of(project),
    }
    if last:
        key = last.report.period.key
        return ProjectEntry(fingerprint=last.fingerprint, period=key, **facts)
    return ProjectEntry(period="", sheet=never_published(period, project), **facts)


def never_published(period: ReportingPeriod, project: Project) -> Sheet:
    """What the programme says of a project of which no report is published."""
    return make_sheet(_blank(period, project))


def _blank(period: ReportingPeriod, project: Project) -> Return:
    """A return that says nothing, of a project with the records that a sheet is made from."""
    returns = Return.objects.filter(project=project, period=period)
    report = returns_with_records(returns).first() or Return(project=project, period=period)
    for name in ("performance", "summary_performance", "cause", "action", "variance_reason"):
        setattr(report, name, "")
    report.rating, report.spend_forecast, report.spend_to_date = "not rated", None, None
    return report


def last_published(period: ReportingPeriod, projects: Iterable[int]) -> dict[int, Snapshot]:
    """By project, its snapshot in the latest earlier period of which it is published.

    ``projects`` are primary keys. What is withdrawn is not published. One query.
    """
    earlier = ReportingPeriod.objects.filter(
        council=period.council_id, kind=period.kind, as_at__lt=period.as_at
    )
    snapshots = (
        Snapshot.objects.published(earlier)
        .filter(report__project_return__project__in=projects)
        .select_related("report__period", "report__project_return")
        .defer("content", "words", "search")
        .order_by("report__period__as_at")
    )
    return {snapshot.report.project_return.project_id: snapshot for snapshot in snapshots}


def _corrections(
    period: ReportingPeriod,
    earlier: dict[int, Snapshot],
    own: dict[int, Snapshot],
    reports: dict[int, Report],
    before: PeriodVersion | None,
    contents: Contents,
) -> list[Corrected]:
    """What the new snapshots say otherwise than those that the version before shows."""
    changed = {
        pk: (earlier[pk], snapshot)
        for pk, snapshot in own.items()
        if pk in earlier and earlier[pk].fingerprint != snapshot.fingerprint
    }
    if not changed:
        return []
    sheets = sheets_by_fingerprint(
        [snapshot.fingerprint for pair in changed.values() for snapshot in pair], content_of(period)
    )
    names = contents.names if isinstance(contents, ProgrammeContents) else None
    stood: Contents = read(present(before))
    if isinstance(contents, ProgrammeContents):
        stood = read_programme(present(before))
    names_then = stood.names if isinstance(stood, ProgrammeContents) else None
    then = {entry.slug: entry for entry in stood.entries}
    now = {entry.slug: entry for entry in contents.entries}
    given = reasons_given(period)
    held = [(entry.slug, entry.held_back) for entry in (*stood.entries, *contents.entries)]
    numbers = numbers_given(contents.council, held, content_of(period))
    corrections: list[Corrected] = []
    for pk, (old, new) in changed.items():
        slug = reports[pk].slug
        given_for = numbers.get(slug, {})
        said_otherwise = differences(
            named(
                as_shown(
                    then[slug],
                    sheets[old.fingerprint].without(then[slug].held_back, given_for),
                    names_then,
                ),
                names,
            ),
            as_shown(
                now[slug], sheets[new.fingerprint].without(now[slug].held_back, given_for), names
            ),
            slug=slug,
            why="",
        )
        corrections += with_reasons(said_otherwise, reports[pk], old, new, given)
    return corrections


def numbered(contents: Contents, number: int, at: datetime) -> Contents:
    """The contents as version ``number``, published at ``at``: no two versions are the same."""
    return msgspec.structs.replace(
        contents, schema=SCHEMA, number=number, published_on=localdate(at)
    )


def as_plain(contents: Contents) -> dict:
    """The contents as the version keeps them."""
    return msgspec.to_builtins(contents)
