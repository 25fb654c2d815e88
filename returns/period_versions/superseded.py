"""Superseded versions that are read no more: each would tell what is withdrawn or held back since.

A version that stands is made anew where it does. One that no longer stands stays byte for byte at
its address, unless it shows a report that is withdrawn, repeats what one said, or gives a figure
that was held back after it was made.
"""

from collections.abc import Mapping, Sequence

import msgspec

from publishing.acts import Acts, kept
from publishing.models import PeriodVersion, ReportingPeriod, VersionSnapshot
from publishing.period_versions.content import Corrected, HeldBack
from publishing.period_versions.earlier_reports import Report, withdrawn_since
from publishing.period_versions.published import (
    corrections_of,
    read,
    read_all,
    was_in_sight,
)
from publishing.publications import NotRead
from returns.period_versions.earlier_reports import (
    as_shown,
    reports_of,
    said_of_forecast,
    stood_before,
    stood_when,
)
from returns.period_versions.held_back import figures_printed, held_back_by
from returns.period_versions.published import read_programme

# Figures, each with the slug of its project (or that of the council's measures).
_Figures = set[tuple[str, HeldBack]]
# Corrections of reports that are withdrawn, by key and number of the version that says them.
_Said = Mapping[tuple[str, int], Sequence[tuple[Report, Corrected]]]


def not_read(rows: Sequence[PeriodVersion]) -> dict[PeriodVersion, NotRead]:
    """Those of the versions that no longer stand and are read no more, each with why.

    ``rows`` are of one council and kind. Of months the number of queries does not grow with them.
    """
    periods = {row.period_id for row in rows}
    stands = PeriodVersion.objects.in_force().filter(period__in=periods)
    in_force = set(stands.values_list("pk", flat=True))
    return telling([row for row in rows if row.pk not in in_force])


@kept
def not_read_of_period(acts: Acts, period_pk: int) -> dict[PeriodVersion, NotRead]:
    """Those of a period's versions that no longer stand and are read no more, each with why.

    ``acts`` are those of its council.
    """
    rows = PeriodVersion.objects.filter(period=period_pk).not_withdrawn()
    return not_read(list(rows.select_related("period").defer("content")))


def telling(rows: Sequence[PeriodVersion]) -> dict[PeriodVersion, NotRead]:
    """Those of the versions that tell what is withdrawn or held back since, each with why.

    As ``not_read``, of what stands too, where there should be none.
    """
    if not rows:
        return {}
    read_all(list(rows))
    # Who may read what is withdrawn may not read what is held back: that is asked first.
    why = {row: NotRead() for row in _giving_held_back(rows)}
    left = [row for row in rows if row not in why]
    why |= {row: NotRead(version) for row, version in _carrying_withdrawn(left).items()}
    left = [row for row in left if row not in why]
    return why | {row: NotRead(version) for row, version in _repeating_withdrawn(left).items()}


def _carrying_withdrawn(old: Sequence[PeriodVersion]) -> dict[PeriodVersion, PeriodVersion]:
    """Those that show a report of an earlier period in its place, with its withdrawn version."""
    carried = VersionSnapshot.objects.filter(version__in=old).withdrawn()
    snapshots = dict(carried.order_by("pk").values_list("version", "snapshot"))
    if not snapshots:
        return {}
    gone = VersionSnapshot.objects.gone().filter(snapshot__in=set(snapshots.values()))
    gone = gone.select_related("version__period__council").defer("version__content")
    withdrawn = {row.snapshot_id: row.version for row in gone.order_by("version__number")}
    return {row: withdrawn[snapshots[row.pk]] for row in old if row.pk in snapshots}


def _repeating_withdrawn(old: Sequence[PeriodVersion]) -> dict[PeriodVersion, PeriodVersion]:
    """Those that repeat what an earlier report said that is withdrawn, with its version."""
    gone = withdrawn_since({row: read(row).stood for row in old}) if old else {}
    asked = [row for row in old if gone[row]]
    if not asked:
        return {}
    made = _made(asked[0].period)
    said = _said(made)
    repeating = {}
    for row in asked:
        reports = _corrected_in(row, made, said)
        reports |= {(other.slug, other.of) for other in read(row).given_otherwise}
        if row.period.kind == ReportingPeriod.Kind.PROGRAMME:
            reports |= _forecast_in(row, gone[row])
        named = {(key, gone[row][slug, key]) for slug, key in reports & gone[row].keys()}
        if named:
            repeating[row] = next(
                other for other in made if (other.period.key, other.number) == min(named)
            )
    return repeating


def _made(period: ReportingPeriod) -> list[PeriodVersion]:
    """All versions of the council's periods of that kind, by time, with their withdrawals."""
    rows = PeriodVersion.objects.filter(
        period__council=period.council_id, period__kind=period.kind
    ).select_related("period__council")
    made = list(rows.prefetch_related("withdrawals").defer("content").order_by("at", "pk"))
    read_all(made)
    return made


def _said(made: Sequence[PeriodVersion]) -> _Said:
    """What the versions correct of reports that are withdrawn."""
    said: dict[tuple[str, int], list[tuple[Report, Corrected]]] = {}
    stand = [row for row in made if row.withdrawal is None]
    for public in corrections_of(stand, with_withdrawn=True):
        if public.withdrawn:
            report = (public.corrected.slug, public.corrected.of)
            said.setdefault((public.period, public.version), []).append((report, public.corrected))
    for row in made:
        if row.withdrawal is not None:
            said[row.period.key, row.number] = [
                ((corrected.slug, row.period.key), corrected)
                for corrected in read(row).corrections
                if corrected.is_figure and not corrected.of
            ]
    return said


def _corrected_in(row: PeriodVersion, made: Sequence[PeriodVersion], said: _Said) -> set[Report]:
    """The withdrawn reports of which the version told what was corrected, by the time it was made.

    A version of a quarter tells what the versions of that quarter correct, one of a month what it
    corrects itself; and each, at a figure that it gives, what was corrected of that one.
    """
    programme = row.period.kind == ReportingPeriod.Kind.PROGRAMME
    given = _given(row)
    reports = set()
    for other in made[: made.index(row) + 1]:
        own = other == row or (programme and other.period_id == row.period_id)
        for (slug, key), corrected in said.get((other.period.key, other.number), ()):
            figure = HeldBack(corrected.measure, corrected.period, corrected.segment)
            # What was withdrawn when the version was made is not told in it.
            told = other.withdrawal is None or was_in_sight(other, row, read(row).stood)
            if told and (own or (slug, figure) in given):
                reports.add((slug, key))
    return reports


def _forecast_in(row: PeriodVersion, gone: Mapping[Report, int]) -> set[Report]:
    """The withdrawn reports whose forecast the version shows, where what stands says another."""
    contents = read_programme(row)
    periods = {entry.slug: entry.period for entry in contents.entries}
    asked = [(slug, key) for slug, key in gone if periods.get(slug, key) != key]
    slugs = {slug for slug, _ in asked}
    then, now = (
        as_shown(contents.council, reports_of(row.period, numbers, slugs))
        for numbers in ({key: gone[slug, key] for slug, key in asked}, stood_before(row.period))
    )
    return {
        report
        for report in asked
        if (said := said_of_forecast(then.get(report)))
        and said != said_of_forecast(now.get(report))
    }


def _giving_held_back(old: Sequence[PeriodVersion]) -> list[PeriodVersion]:
    """Those that give a figure that is held back since, or its number where a forecast differs."""
    if not old:
        return []
    latest = max((row.period for row in old), key=lambda period: (period.as_at, period.key))
    held = held_back_by(latest)
    return [
        row
        for row in old
        if (
            hidden := {
                (slug, figure)
                for slug, as_at, figures in held
                if as_at <= row.period.as_at
                for figure in figures
            }
        )
        and (hidden & _given(row) or _forecast_tells(row, hidden))
    ]


def _forecast_tells(row: PeriodVersion, hidden: _Figures) -> bool:
    """Whether it says why an earlier forecast differed in words that tell one of the figures."""
    if row.period.kind != ReportingPeriod.Kind.PROGRAMME:
        return False
    contents = read_programme(row)
    slugs = {slug for slug, _ in hidden} & {entry.slug for entry in contents.entries}
    then = reports_of(row.period, stood_when(contents, row), slugs)
    printed = figures_printed(then.values(), row.period)
    without = {
        report: msgspec.structs.replace(
            entry,
            held_back=sorted(
                {*entry.held_back}
                | {figure for slug, figure in hidden if slug == entry.slug}
                & printed[entry.fingerprint]
            ),
        )
        for report, entry in then.items()
    }
    told, untold = (as_shown(contents.council, reports) for reports in (then, without))
    return any(
        said_of_forecast(told[report]) and told[report].variance_reason != sheet.variance_reason
        for report, sheet in untold.items()
    )


def _given(row: PeriodVersion) -> _Figures:
    """The figures that the version gives."""
    entries = read(row).entries
    printed = figures_printed(entries, row.period)
    return {
        (entry.slug, figure)
        for entry in entries
        if entry.fingerprint
        for figure in printed[entry.fingerprint] - set(entry.held_back)
    }
