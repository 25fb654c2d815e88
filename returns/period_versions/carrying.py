"""What later periods show of a report that is corrected, withdrawn, or published late.

A project that did not report in a period stands there as of its last published report. When that
report changes, each later version that shows it is followed by a new one, so that no two pages of
the portal contradict each other and nothing withdrawn stays in sight: the new version says what
changed without repeating it.
"""

import msgspec
from django.db.models import F

from bcfportal.lib.periods import Period
from projects.models import Project
from publishing.models import PeriodVersion, ReportingPeriod, Snapshot, VersionSnapshot
from publishing.period_versions.content import SHOWN_AS_OF, Contents, Corrected
from publishing.period_versions.published import corrections_in
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.collect import last_published, never_published
from returns.period_versions.differences import differences
from returns.period_versions.published import read_programme

# What a correction says in place of a text or figure that is withdrawn.
WITHDRAWN = "something that is withdrawn"


def carried_contents(
    period: ReportingPeriod, before: PeriodVersion, why: str = ""
) -> tuple[Contents, list[Snapshot]] | None:
    """(what the next version of a later period says, the snapshots it shows), or None.

    ``before`` is the version of ``period`` that stands. Only what it shows as of earlier periods
    is looked at; None where all of that still stands. ``why`` is the reason of a withdrawal.
    """
    contents = read_programme(before)
    carried = {
        entry.slug: entry
        for entry in contents.entries
        if entry.fingerprint and entry.period != contents.period
    }
    if not carried:
        return None
    projects = {
        project.slug: project
        for project in Project.objects.filter(council=period.council_id, slug__in=carried)
    }
    now = last_published(period, [project.pk for project in projects.values()])
    entries, corrections = [], []
    for entry in contents.entries:
        project = projects.get(entry.slug) if entry.slug in carried else None
        if project is not None:
            last = now.get(project.pk)
            if (last.fingerprint if last else "") != entry.fingerprint:
                before_entry, entry = entry, _replaced(entry, last, period, project)
                corrections += _said_otherwise(before_entry, entry, period, why)
        entries.append(entry)
    if not corrections:
        return None
    shown = {each.pk: each for each in before.snapshots.filter(report__period=period)}
    marks = {entry.fingerprint for entry in entries}
    shown |= {each.pk: each for each in now.values() if each.fingerprint in marks}
    made = msgspec.structs.replace(contents, entries=entries, corrections=corrections)
    return made, list(shown.values())


def followed_by(period: ReportingPeriod, slugs: set[str]) -> list[ReportingPeriod]:
    """The later published periods that show these projects as of ``period`` or before.

    Each gets a version of its own when reports of ``period`` become public or are withdrawn.
    Earliest first; three queries at most, and one for each later period.
    """
    rows = ReportingPeriod.objects.filter(council=period.council_id, kind=period.kind)
    until = {"", *rows.filter(as_at__lte=period.as_at).values_list("key", flat=True)}
    later = rows.of_programmes().published().filter(as_at__gt=period.as_at).order_by("as_at", "key")
    standing = PeriodVersion.objects.standing().filter(period__in=later)
    found = {
        version.period_id
        for version in standing.defer("content")
        if any(
            each.slug in slugs and each.period in until for each in read_programme(version).entries
        )
    }
    return [each for each in later if each.pk in found]


def _replaced(entry, last, period, project):
    if last is None:
        blank = never_published(period, project)
        return msgspec.structs.replace(entry, fingerprint="", period="", sheet=blank)
    key = last.report.period.key
    return msgspec.structs.replace(entry, fingerprint=last.fingerprint, period=key)


def _said_otherwise(before, after, period, why):
    """What the version says otherwise of one project; that it stands as of another period too."""
    if before.period != after.period:
        labels = [
            Period.parse(key).label if key else "no report" for key in (before.period, after.period)
        ]
        said = Corrected(before.slug, SHOWN_AS_OF, *labels, why, title=after.short_title)
        return [said]
    sheets = sheets_by_fingerprint([before.fingerprint, after.fingerprint], Sheet)
    given = [
        each.corrected.why
        for each in corrections_in(period.council_id, period.kind, period.as_at)
        if each.period == after.period and each.corrected.slug == after.slug
    ]
    found = differences(
        sheets[before.fingerprint],
        sheets[after.fingerprint],
        slug=after.slug,
        why=why or (given[-1] if given else ""),
    )
    if _is_public(before.fingerprint):
        return found
    return [
        msgspec.structs.replace(each, before=WITHDRAWN if each.before else "") for each in found
    ]


def _is_public(fingerprint):
    """Whether a version of the report's own period shows it that is not withdrawn."""
    shown = VersionSnapshot.objects.filter(
        snapshot__fingerprint=fingerprint,
        version__period=F("snapshot__report__period"),
        version__in=PeriodVersion.objects.not_withdrawn(),
    )
    return shown.exists()
