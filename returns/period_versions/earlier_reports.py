"""Reports of earlier periods that a version shows beside its own: how a forecast moved.

A version keeps which versions of the earlier periods stood when it was made, so that what it shows
of them never moves by itself. Where a report comes in late, is withdrawn or has other money by
then, the next version says so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from django.db.models import Q

from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import period_of
from bcfportal.lib.versions import WITHDRAWN
from publishing.models import PeriodVersion, ReportingPeriod, VersionSnapshot
from publishing.period_versions.content import Corrected, Entry
from publishing.period_versions.earlier_reports import Report
from publishing.period_versions.numbers_given import numbers_given
from publishing.period_versions.published import read, read_all
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.content import ProgrammeContents, ProjectEntry
from returns.period_versions.differences import MONEY, TEXTS, WORDS_NOT_SHOWN
from returns.period_versions.held_back import with_held_back

# Of a forecast as it is shown: by field of a sheet.
OF_FORECAST = MONEY | {name: TEXTS[name] for name in ("variance_reason",)}


def stood_before(period: ReportingPeriod, known_by: PeriodVersion | None = None) -> dict[str, int]:
    """By key of an earlier period, the number of its version that stands: of its own kind.

    ``known_by`` asks for those that stood when that version was made. One query.
    """
    rows = PeriodVersion.objects.in_force(known_by).filter(
        period__council=period.council_id,
        period__kind=period.kind,
        period__as_at__lt=period.as_at,
    )
    return dict(rows.order_by("period__as_at").values_list("period__key", "number"))


def stood_when(contents: ProgrammeContents, row: PeriodVersion) -> dict[str, int]:
    """The same of a version, by what it says itself or, where it is older, by when it was made."""
    if contents.stood is not None:
        return contents.stood
    return stood_before(row.period, known_by=row)


def reports_of(
    period: ReportingPeriod, stood: Mapping[str, int], slugs: Collection[str]
) -> dict[Report, Entry]:
    """The reports that these versions of earlier periods hold of these projects.

    ``stood`` has the number of a version by the key of its period. One query, one more for
    versions that this process has not seen.
    """
    which = Q(pk__in=[])
    for key, number in stood.items():
        which |= Q(period__key=key, number=number)
    rows = PeriodVersion.objects.filter(
        which, period__council=period.council_id, period__kind=period.kind
    )
    held = list(rows.select_related("period").defer("content"))
    read_all(held)
    return {
        (entry.slug, row.period.key): entry
        for row in held
        for entry in read(row).entries
        if entry.slug in slugs and entry.fingerprint and entry.period == row.period.key
    }


def as_shown(council: str, reports: Mapping[Report, Entry]) -> dict[Report, Sheet]:
    """What each of these reports says, without what its version does not show.

    ``council`` is its name in addresses. One query for what this process has not seen, two more
    where figures are held back.
    """
    sheets = sheets_by_fingerprint({entry.fingerprint for entry in reports.values()}, Sheet)
    given = numbers_given(
        council, [(entry.slug, entry.held_back) for entry in reports.values()], Sheet
    )
    return {
        report: sheets[entry.fingerprint].without(entry.held_back, given.get(entry.slug, {}))
        for report, entry in reports.items()
    }


def said_of_forecast(sheet: Sheet | None) -> tuple[object, ...] | None:
    """What is shown of the report's forecast; None where it made none."""
    if sheet is None or sheet.spend_year is None or sheet.spend_forecast is None:
        return None
    fields = (getattr(sheet, name) for name in OF_FORECAST)
    return sheet.spend_year, sheet.allocated_then, *fields


def became_of_earlier_reports(
    period: ReportingPeriod,
    before: Sequence[ProjectEntry],
    after: Sequence[ProjectEntry],
    stood: tuple[dict[str, int], dict[str, int]],
) -> list[Corrected]:
    """What is shown otherwise of the earlier reports of each project, between two versions.

    ``before`` and ``after`` are the entries of the two, ``stood`` the versions of earlier periods
    that stood for each. The corrections have no reasons yet. A report that the entry itself shows
    is not among them. Four queries at most.
    """
    own = {
        entry.slug: {was.period, entry.period}
        for was, entry in zip(before, after, strict=True)
        if entry.fingerprint
    }
    then, now = (reports_of(period, numbers, own) for numbers in stood)
    council = period.council.slug
    said_then, said_now = as_shown(council, then), as_shown(council, now)
    without = as_shown(
        council, dict(zip(then, with_held_back([*then.values()], period), strict=True))
    )
    entries = {entry.fingerprint: entry.slug for entry in after if entry.fingerprint}
    sheets = sheets_by_fingerprint(entries, Sheet)
    printed = {
        (slug, result.period)
        for mark, slug in entries.items()
        for measure in sheets[mark].measures
        for result in measure.results
    }
    in_sight = _public({entry.fingerprint for entry in then.values()})
    corrections: list[Corrected] = []
    for slug, key in sorted({*then, *now}, key=lambda of: (of[1], list(own).index(of[0]))):
        sheet_then, sheet_now = said_then.get((slug, key)), said_now.get((slug, key))
        if key in own[slug] or sheet_then == sheet_now:
            continue
        if sheet_then and sheet_now:
            hidden = then[slug, key].fingerprint not in in_sight
            told = without[slug, key] != sheet_then
            said = list(_other_money(key, sheet_then, sheet_now, hidden=hidden, told=told))
        else:
            either = present(sheet_now or sheet_then)
            shows = either.spend_forecast is not None or (slug, key) in printed
            said = [_came_or_went(key, sheet_now)] if shows else []
        title = present(sheet_now or sheet_then).short_title
        corrections += [
            Corrected(slug, what, was, is_now, title=title, of=key) for what, was, is_now in said
        ]
    return corrections


def report_name(key: str) -> str:
    """What corrections call the whole report of the period with this key."""
    return f"Report of {period_of(key).label}"


def _came_or_went(key: str, now: Sheet | None) -> tuple[str, str, str]:
    """(what, before, after) where a report is there now, or was there then."""
    what = report_name(key)
    if now is None:
        return what, "published", "withdrawn"
    forecast = "" if now.spend_forecast is None else pounds(now.spend_forecast)
    return (
        what,
        "not published",
        f"published{f', with a forecast of {forecast}' if forecast else ''}",
    )


def _other_money(
    key: str, then: Sheet, now: Sheet, *, hidden: bool, told: bool
) -> Iterator[tuple[str, str, str]]:
    """(what, before, after) of one report.

    ``hidden``: what it said then is withdrawn; ``told``: it gave a figure that is held back since.
    """
    label = period_of(key).label
    for name, title in OF_FORECAST.items():
        was, is_now = (_words(getattr(sheet, name)) for sheet in (then, now))
        if was == is_now:
            continue
        if was and hidden:
            was = WITHDRAWN
        elif was and told and name in TEXTS:
            was = WORDS_NOT_SHOWN
        yield f"{title}, {label}", was, is_now


def _words(said: str | Decimal | None) -> str:
    if said is None:
        return ""
    return said if isinstance(said, str) else pounds(said)


def _public(marks: set[str]) -> set[str]:
    """Those of the fingerprints whose report somebody can read in its own period."""
    rows = VersionSnapshot.objects.public().filter(snapshot__fingerprint__in=marks)
    return set(rows.values_list("snapshot__fingerprint", flat=True))
