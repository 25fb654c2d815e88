"""What later reports print otherwise than the earlier reports that stand now.

A report says what was known when it was approved. Where an earlier period was corrected since, or
withdrawn and published again, the version that shows the report says what the figure is now. Only
what the earlier report once said in public is corrected. Where it never said what is printed, or
stood already when the later report was approved, the later one knew better: that corrects nothing,
and the version says beside the figure what the earlier report gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import without_colour
from bcfportal.lib.versions import TAKEN_BACK, WITHDRAWN
from outcomes.vital_signs.content import Measure as CouncilMeasure
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.differences import month_figure_name, month_figure_words
from publishing.acts import acts_of
from publishing.models import (
    PeriodVersion,
    Report,
    ReportingPeriod,
    Snapshot,
    VersionSnapshot,
    Withdrawal,
)
from publishing.period_versions.content import (
    FIGURE_HELD_BACK,
    Corrected,
    Entry,
    GivenOtherwise,
)
from publishing.period_versions.published import PublicCorrection, corrections_in
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.differences import (
    HELD_BACK,
    figure_name,
    figure_words,
    same_figure,
)
from returns.subjects import content_of
from returns.withdrawn.figures import beside_withdrawn, withdrawn_figures

# A figure of a sheet: the measure's place, or its name in addresses; its period's key; the part.
_Figure = tuple[str, str, str]
# What corrections say of each figure by time, by slug and figure: (before, after).
_Steps = Mapping[tuple[str, _Figure], Sequence[tuple[str, str]]]

# What a report says of a figure that there was not yet: a later one that has it knew better.
NOT_YET = ("not yet available", "not due")


class Restated(NamedTuple):
    """What a version prints otherwise than earlier reports: corrected since, or known better."""

    corrections: list[Corrected]
    given_otherwise: list[GivenOtherwise]


class _Stands(NamedTuple):
    """A report of an earlier period that stands: of what, and since when."""

    slug: str
    period: str
    fingerprint: str
    since: datetime


class _Printed(NamedTuple):
    """A figure that a version prints and that the report of its own period has too."""

    report: _Stands
    figure: _Figure
    # In words with its colour, as printed and as the report of its own period has it.
    here: str
    there: str
    # As printed, in the words of the report of its own period.
    here_as_there: str
    name: str
    title: str
    result: Any
    # As the other reports of its own period that were ever public had it.
    once: list[Any]
    # Whether the version's own report prints it, approved before the other one stood.
    before: bool
    # Whether the figures are the same, whatever their colours.
    same: bool


def restated(
    period: ReportingPeriod, entries: Sequence[Entry], known_by: PeriodVersion | None = None
) -> Restated:
    """The figures of earlier periods that a version of ``period`` prints differently from now.

    ``entries`` are those of the version. What corrections say already, or said when the version
    ``known_by`` was made, is not said again. The corrections have no reasons yet. A constant
    number of queries.
    """
    reports = _standing_reports(period, {entry.slug for entry in entries if entry.fingerprint})
    if not reports:
        return Restated([], [])
    of = (acts_of(period.council_id), period.kind, period.as_at)
    told = _steps(corrections_in(*of, known_by, with_withdrawn=True))
    known = corrections_in(*of, with_withdrawn=True)
    corrections: list[Corrected] = []
    left: list[_Printed] = []
    for printed in _printed(period, entries, reports):
        says = _told(printed, told)
        unsaid = says == printed.here
        if unsaid and printed.same and not _other_colour(printed):
            continue
        public_once = not unsaid or any(
            same_figure(figure, printed.result) for figure in printed.once
        )
        # A colour alone is no correction: it follows from what the reports knew of targets.
        only_colour = unsaid and printed.same
        if printed.before and public_once and says != printed.there and not only_colour:
            corrections.append(_correction(printed, says))
        else:
            left.append(printed)
    by_now = _steps(known, corrections)
    given = [
        GivenOtherwise(
            printed.report.slug,
            printed.name,
            printed.there,
            *printed.figure,
            of=printed.report.period,
            only_rating=printed.same and _other_colour(printed),
        )
        for printed in left
        if not _gives(printed, _told(printed, by_now))
    ]
    return Restated(corrections, given)


def _gives(printed: _Printed, says: str) -> bool:
    """Whether a reader who knows that the figure is what it ``says`` knows what the report says."""
    # Of what is withdrawn the reader knows the figure that is printed.
    return printed.there == (printed.here if says == WITHDRAWN else says)


def _other_colour(printed: _Printed) -> bool:
    """Whether the figure has a colour on both sides, and not the same."""
    colours = {
        figure.removeprefix(without_colour(figure)) for figure in (printed.here, printed.there)
    }
    return len(colours) == 2 and "" not in colours


def _correction(printed: _Printed, says: str) -> Corrected:
    slug, key = printed.report.slug, printed.report.period
    # What is printed is right again: only that it was corrected is gone.
    before = TAKEN_BACK if says == WITHDRAWN and printed.here == printed.there else says
    after = printed.there
    return Corrected(
        slug, printed.name, before, after, "", *printed.figure, title=printed.title, of=key
    )


def _steps(known: Iterable[PublicCorrection], more: Iterable[Corrected] = ()) -> _Steps:
    """What these corrections say of each figure, by time, and ``more`` after them.

    What is withdrawn since is said to be that, and no more.
    """
    steps: dict[tuple[str, _Figure], list[tuple[str, str]]] = defaultdict(list)
    corrections = [
        (public.corrected, WITHDRAWN if public.withdrawn else public.corrected.after)
        for public in known
    ]
    for said, after in [*corrections, *((corrected, corrected.after) for corrected in more)]:
        if said.is_figure:
            figure = (said.measure, said.period, said.segment)
            steps[said.slug, figure].append((said.before, after))
    return steps


def _told(printed: _Printed, steps: _Steps) -> str:
    """What a reader knows of a figure that is printed, from the corrections beside it."""
    says = printed.here
    # Steps of the report of its own period may leave out a unit that is printed here.
    known = {without_colour(says), without_colour(printed.here_as_there)}
    for before, after in steps.get((printed.report.slug, printed.figure), ()):
        if before in (FIGURE_HELD_BACK, WITHDRAWN, TAKEN_BACK) or without_colour(before) in known:
            says = after
            known = {without_colour(after)}
    return says


def _printed(
    period: ReportingPeriod, entries: Sequence[Entry], reports: Sequence[_Stands]
) -> Iterator[_Printed]:
    """Each figure that a version prints and that the report of the figure's own period has.

    What is held back on either side is not among them, nor what the report of its own period
    could not say yet.
    """
    by_slug = {entry.slug: entry for entry in entries if entry.fingerprint}
    made = _approved_at(period, by_slug)
    gone = _withdrawn(period, by_slug)
    others = _other_reports(period, reports)
    marks = {mark for rows in others.values() for mark in rows}
    marks |= {entry.fingerprint for entry in by_slug.values()}
    marks |= {report.fingerprint for report in reports}
    sheets = sheets_by_fingerprint(marks, content_of(period))
    for report in reports:
        entry = by_slug[report.slug]
        if period_of(report.period).last_day >= period_of(entry.period).last_day:
            continue
        before = entry.period == period.key and report.since >= made[report.slug]
        sheet, other = (
            # Of its figures alone: no words are read.
            sheets[entry.fingerprint].without(entry.held_back, {}),
            sheets[report.fingerprint],
        )
        there = dict(_figures_of_period(other, report.period))
        withdrawn = gone.get(report.slug, set())
        once = [dict(_figures(sheets[mark])) for mark in others[report.slug, report.period]]
        for figure, (measure, result) in _figures(sheet):
            if figure not in there:
                continue
            statuses = (result.status, there[figure][1].status)
            knew_better = not before and figure not in withdrawn
            if HELD_BACK in statuses or (statuses[1] in NOT_YET and knew_better):
                continue
            yield _Printed(
                report,
                figure,
                here=_said(sheet, measure, result),
                there=_said(other, *there[figure]),
                here_as_there=_said(other, there[figure][0], result),
                name=_name(other, *there[figure]),
                title=getattr(sheet, "short_title", ""),
                result=result,
                once=[figures[figure][1] for figures in once if figure in figures],
                before=before,
                same=same_figure(result, there[figure][1]),
            )


def _withdrawn(period: ReportingPeriod, entries: Mapping[str, Entry]) -> dict[str, set[_Figure]]:
    """By slug, the figures of earlier periods that a report of ``period`` took of others.

    Of those that are withdrawn, and that nobody gives again.
    """
    beside = beside_withdrawn(period, entries)
    marks = {slug: entries[slug].fingerprint for slug in beside}
    sheets = sheets_by_fingerprint(set(marks.values()), content_of(period)) if marks else {}
    reports = Report.objects.filter(period=period.pk, slug__in=beside)
    own = dict(reports.values_list("slug", "pk")) if beside else {}
    return {
        slug: withdrawn_figures(sheets[mark], period.key, beside[slug], own[slug])
        for slug, mark in marks.items()
        if slug in own and entries[slug].period == period.key
    }


def _reports(period: ReportingPeriod, slugs: Iterable[str]) -> tuple[QuerySet[ReportingPeriod], Q]:
    """(the earlier periods, which snapshots are of these projects or the council's measures)."""
    earlier = ReportingPeriod.objects.filter(
        council=period.council_id, kind=period.kind, as_at__lt=period.as_at
    )
    return earlier, Q(report__slug__in=set(slugs))


def _standing_reports(period: ReportingPeriod, slugs: Iterable[str]) -> list[_Stands]:
    """Each report that stands of these, in earlier periods.

    A report stands since it was published, or published again after it was withdrawn, or since
    another one in its place was withdrawn.
    """
    earlier, of = _reports(period, slugs)
    others = VersionSnapshot.objects.filter(
        snapshot__report=OuterRef(OuterRef("report")), version__period=F("snapshot__report__period")
    ).exclude(snapshot=OuterRef(OuterRef("pk")))
    gone = Withdrawal.objects.filter(decision="confirmed", version__in=others.values("version"))
    again = Subquery(gone.order_by("-decided_at").values("decided_at")[:1])
    rows = Snapshot.objects.published(earlier).filter(of)
    rows = rows.annotate(since=Greatest(VersionSnapshot.objects.since(), again))
    named = ("report__period__key", "fingerprint", "since")
    reports = rows.values_list("report__slug", *named)
    return [_Stands(*report) for report in reports]


def _other_reports(
    period: ReportingPeriod, reports: Sequence[_Stands]
) -> dict[tuple[str, str], list[str]]:
    """By (slug, key of the period), what else was public once in place of a report that stands."""
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    earlier, of = _reports(period, {report.slug for report in reports})
    rows = Snapshot.objects.filter(of, report__period__in=earlier, publication__isnull=False)
    stands = {(report.slug, report.period): report.fingerprint for report in reports}
    for slug, key, mark in rows.values_list("report__slug", "report__period__key", "fingerprint"):
        of_it = (slug, key)
        if stands.get(of_it, mark) != mark:
            marks[of_it].append(mark)
    return marks


def _approved_at(period: ReportingPeriod, entries: Mapping[str, Entry]) -> dict[str, datetime]:
    """By slug, when the report of ``period`` was approved that the entry of the version shows."""
    rows = Snapshot.objects.filter(
        report__period=period.pk, fingerprint__in={entry.fingerprint for entry in entries.values()}
    )
    return dict(rows.order_by("at").values_list("report__slug", "at"))


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
