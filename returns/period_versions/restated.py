"""What later reports print otherwise than the earlier reports that stand now.

A report says what was known when it was approved. Where an earlier period was corrected since, or
withdrawn and published again, the version that shows the report says what the figure is now. An
earlier report that stood already when the later one was approved corrects nothing in it: the later
one knew better. So it did of an earlier report that stands again, where it never printed what is
withdrawn.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from bcfportal.lib.periods import period_of
from outcomes.vital_signs.content import Measure as CouncilMeasure
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.differences import month_figure_name, month_figure_words
from publishing.models import (
    VITAL_SIGNS,
    PeriodVersion,
    ReportingPeriod,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import Corrected, Entry
from publishing.period_versions.published import corrections_in
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import figure_name, figure_words, same_figure
from returns.period_versions.held_back import kind_of

# A figure of a sheet: the measure's place, or its name in addresses; its period's key; the part.
_Figure = tuple[str, str, str]


class _Stands(NamedTuple):
    """A report of an earlier period that stands: of what, since when, and since when public."""

    slug: str
    period: str
    fingerprint: str
    since: datetime
    published: datetime


def restated(
    period: ReportingPeriod, entries: Sequence[Entry], known_by: PeriodVersion | None = None
) -> list[Corrected]:
    """The figures of earlier periods that the reports of ``period`` print differently from now.

    ``entries`` are those of a version of ``period``. What corrections say already, or said when
    the version ``known_by`` was made, is left out. A constant number of queries.
    """
    own = {
        entry.slug: entry for entry in entries if entry.period == period.key and entry.fingerprint
    }
    made = _approved_at(period, own)
    reports = [
        report for report in _standing_reports(period, own) if report.since >= made[report.slug]
    ]
    if not reports:
        return []
    told, why = {}, {}
    for known in corrections_in(period.council_id, period.kind, period.as_at, known_by):
        told[_figure_of(known.corrected)] = known.corrected.after
    for known in corrections_in(period.council_id, period.kind, period.as_at):
        why[known.corrected.slug, known.period] = known.corrected.why
    again = [report for report in reports if report.published < made[report.slug]]
    withdrawn = _withdrawn_reports(period, again)
    marks = {mark for marks in withdrawn.values() for mark in marks}
    marks |= {entry.fingerprint for entry in own.values()}
    marks |= {report.fingerprint for report in reports}
    sheets = sheets_by_fingerprint(marks, kind_of(period))
    corrections = []
    for report in reports:
        slug, key = report.slug, report.period
        sheet = sheets[own[slug].fingerprint].without(own[slug].held_back)
        gone = [dict(_figures(sheets[mark])) for mark in withdrawn[slug, key]]
        own_figures = dict(_figures_of_period(sheets[report.fingerprint], key))
        for figure, (of, was) in _figures(sheet):
            if figure not in own_figures or was.status != "reported":
                continue
            if report in again and not any(
                figure in figures and same_figure(figures[figure][1], was) for figures in gone
            ):
                continue
            measure, result = own_figures[figure]
            before = told.get((slug, *figure))
            if before is None:
                if same_figure(was, result):
                    continue
                before = _said(sheet, of, was)
            after = _said(sheets[report.fingerprint], measure, result)
            if before != after:
                corrections.append(
                    Corrected(
                        slug,
                        _name(sheets[report.fingerprint], measure, result),
                        before,
                        after,
                        why.get((slug, key), ""),
                        *figure,
                        title=getattr(sheet, "short_title", ""),
                        of=key,
                    )
                )
    return corrections


def _reports(
    period: ReportingPeriod, slugs: Collection[str]
) -> tuple[QuerySet[ReportingPeriod], Q]:
    """(the earlier periods, which snapshots are of these projects or the council's measures)."""
    earlier = ReportingPeriod.objects.filter(
        council=period.council_id, kind=period.kind, as_at__lt=period.as_at
    )
    of = Q(report__project__slug__in=slugs)
    if VITAL_SIGNS in slugs:
        of |= Q(report__project=None)
    return earlier, of


def _standing_reports(period: ReportingPeriod, slugs: Collection[str]) -> list[_Stands]:
    """Each report that stands of these, in earlier periods.

    A report stands since it was published, or since another one in its place was withdrawn.
    """
    earlier, of = _reports(period, slugs)
    others = VersionSnapshot.objects.filter(
        snapshot__report=OuterRef(OuterRef("report")), version__period=F("snapshot__report__period")
    ).exclude(snapshot=OuterRef(OuterRef("pk")))
    gone = Withdrawal.objects.filter(decision="confirmed", version__in=others.values("version"))
    again = Subquery(gone.order_by("-decided_at").values("decided_at")[:1])
    rows = Snapshot.objects.published(earlier).filter(of)
    rows = rows.annotate(since=Greatest("publication__at", again))
    named = ("report__period__key", "fingerprint", "since", "publication__at")
    reports = rows.values_list("report__project__slug", *named)
    return [_Stands(slug or VITAL_SIGNS, *report) for slug, *report in reports]


def _withdrawn_reports(
    period: ReportingPeriod, again: Sequence[_Stands]
) -> dict[tuple[str, str], list[str]]:
    """By (slug, key of the period), what else was public once of the reports that stand again."""
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    if again:
        earlier, of = _reports(period, {report.slug for report in again})
        rows = Snapshot.objects.filter(of, report__period__in=earlier, publication__isnull=False)
        wanted = {(report.slug, report.period): report.fingerprint for report in again}
        for slug, key, mark in rows.values_list(
            "report__project__slug", "report__period__key", "fingerprint"
        ):
            of_it = (slug or VITAL_SIGNS, key)
            if wanted.get(of_it, mark) != mark:
                marks[of_it].append(mark)
    return marks


def _approved_at(period: ReportingPeriod, entries: Mapping[str, Entry]) -> dict[str, datetime]:
    """By slug, when the report was approved that the entry of the version shows."""
    rows = Snapshot.objects.filter(
        report__period=period.pk, fingerprint__in={entry.fingerprint for entry in entries.values()}
    )
    made = rows.order_by("made_at").values_list("report__project__slug", "made_at")
    return {slug or VITAL_SIGNS: at for slug, at in made}


def _figures(sheet: Sheet | VitalSigns) -> Iterator[tuple[_Figure, tuple[Any, Any]]]:
    """(the figure, (measure, result)) of each figure that the sheet has."""
    for measure in sheet.measures:
        place, results = (
            (measure.slug, measure.figures)
            if isinstance(measure, CouncilMeasure)
            else (str(measure.position), measure.results)
        )
        for result in results:
            yield (place, result.period, result.segment), (measure, result)


def _figures_of_period(
    sheet: Sheet | VitalSigns, key: str
) -> Iterator[tuple[_Figure, tuple[Any, Any]]]:
    """The same of those that are of the sheet's own period, by its key, or end with it or later."""
    first = period_of(key).first_day
    for figure, of_measure in _figures(sheet):
        if period_of(figure[1]).last_day >= first:
            yield figure, of_measure


def _said(sheet: Sheet | VitalSigns, measure: Any, result: Any) -> str:
    if isinstance(sheet, VitalSigns):
        return month_figure_words(sheet, measure, result)
    return figure_words(sheet, measure, result)


def _name(sheet: Sheet | VitalSigns, measure: Any, result: Any) -> str:
    if isinstance(sheet, VitalSigns):
        return month_figure_name(measure, result.period, sheet.segment_name(result.segment))
    return figure_name(measure, result)


def _figure_of(said: Corrected) -> tuple[str, str, str, str]:
    return (said.slug, said.measure, said.period, said.segment)
