"""Reports of earlier periods that a version shows beside its own: how a forecast moved.

A version keeps which versions of the earlier periods stood when it was made, so that what it shows
of them never moves by itself. Where a report comes in late, is withdrawn or has other money by
then, the next version says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import period_of
from bcfportal.lib.versions import WITHDRAWN
from publishing.models import PeriodVersion, ReportingPeriod, Snapshot, VersionSnapshot
from publishing.period_versions.content import Corrected
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.content import ProgrammeContents, ProjectEntry
from returns.period_versions.differences import MONEY, TEXTS

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
    then, now = (_reports(period, numbers, own) for numbers in stood)
    entries = {entry.fingerprint: entry.slug for entry in after if entry.fingerprint}
    sheets = sheets_by_fingerprint({*then.values(), *now.values(), *entries}, Sheet)
    printed = {
        (slug, result.period)
        for mark, slug in entries.items()
        for measure in sheets[mark].measures
        for result in measure.results
    }
    in_sight = _public({mark for of, mark in then.items() if mark != now.get(of)})
    corrections: list[Corrected] = []
    for slug, key in sorted({*then, *now}, key=lambda of: (of[1], list(own).index(of[0]))):
        marks = then.get((slug, key)), now.get((slug, key))
        if key in own[slug] or marks[0] == marks[1]:
            continue
        sheet_then, sheet_now = (sheets[mark] if mark else None for mark in marks)
        if sheet_then and sheet_now:
            hidden = marks[0] not in in_sight
            said = list(_other_money(key, sheet_then, sheet_now, hidden=hidden))
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


def _other_money(key: str, then: Sheet, now: Sheet, hidden: bool) -> Iterator[tuple[str, str, str]]:
    """(what, before, after) of one report; ``hidden``: what it said then is withdrawn."""
    label = period_of(key).label
    for name, title in OF_FORECAST.items():
        was, is_now = (_words(getattr(sheet, name)) for sheet in (then, now))
        if was != is_now:
            yield f"{title}, {label}", WITHDRAWN if was and hidden else was, is_now


def _words(said: str | Decimal | None) -> str:
    if said is None:
        return ""
    return said if isinstance(said, str) else pounds(said)


def _reports(
    period: ReportingPeriod, stood: dict[str, int], slugs: Iterable[str]
) -> dict[tuple[str, str], str]:
    """{(slug, key of an earlier period): fingerprint} of the reports that stood of these."""
    rows = Snapshot.objects.of_versions(period.council_id, period.kind, stood)
    rows = rows.filter(report__project__slug__in=slugs)
    named = rows.values_list("report__project__slug", "report__period__key", "fingerprint")
    return {(slug, key): mark for slug, key, mark in named}


def _public(marks: set[str]) -> set[str]:
    """Those of the fingerprints whose report somebody can read in its own period."""
    rows = VersionSnapshot.objects.public().filter(snapshot__fingerprint__in=marks)
    return set(rows.values_list("snapshot__fingerprint", flat=True))
