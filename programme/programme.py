"""A council's programme as published for one period, for the pages and papers."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import Http404

from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from bcfportal.lib.sentences import noun
from bcfportal.lib.text.told_numbers import ToldNumber
from bcfportal.lib.versions import VersionStatus
from outcomes.project_measures.content import Measure
from programme.groups import Group, group_by_condition
from programme.report_versions import report_version
from projects.access import Access
from projects.models import Council
from publishing.acts import Acts, acts_shown
from publishing.council_sections import council_shown_to
from publishing.current_report import current_of
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import PeriodVersion, ReportingPeriod, Snapshot
from publishing.period_versions.content import GivenOtherwise
from publishing.period_versions.numbers_given import numbers_given
from publishing.period_versions.published import (
    PublicCorrection,
    corrections_in,
    is_news,
    standing_of,
    standing_version,
    versions_of,
    withdrawn_reports,
)
from publishing.publications import NEXT
from publishing.withdrawal import gone
from returns.content import FundName, Sheet
from returns.period_versions.collect import contents_of
from returns.period_versions.content import OwnWords, ProgrammeContents, words_of_council
from returns.period_versions.held_back import without_told_words
from returns.period_versions.published import read_programme, shown_sheets
from returns.publication import approved_snapshots


@dataclass(frozen=True)
class Programme(Group):
    """All sheets of a council's published period, in report order."""

    council: Council
    period: ReportingPeriod
    periods: list[ReportingPeriod]
    # The viewer's access; an anonymous visitor's by default.
    access: Access | None = None
    # Approved but not published: for people of the council only.
    preview: bool = False
    version: VersionStatus | None = None
    contents: ProgrammeContents | None = None
    # The version's record.
    row: PeriodVersion | None = None
    # Leaves out what was published after this version; None leaves out nothing.
    known_by: PeriodVersion | None = None

    @property
    def as_published(self) -> "Programme":
        """The same, with only what was known when its version was published, for its papers."""
        return replace(self, known_by=self.row)

    @property
    def own_words(self) -> OwnWords:
        """The council's own words as the version has them; today's where it keeps none."""
        kept = self.contents.own_words if self.contents else None
        return kept.completed(self.council) if kept else words_of_council(self.council)

    @property
    def stands(self) -> bool:
        """Whether it is the current version of the period, or a preview of the next."""
        return self.version is None or self.version.superseded_by is None

    @property
    def allocations_on(self) -> date | None:
        """The date of the allocations shown, if any differ from those in the reports."""
        entries = self.contents.entries if self.contents else []
        if not any(entry.streams for entry in entries):
            return None
        return self.version.published_on if self.version else clock.today()

    @cached_property
    def conditions(self) -> list[Group]:
        return group_by_condition(self.sheets)

    @cached_property
    def years(self) -> list[int]:
        return sorted({year for sheet in self.sheets for year in sheet.years})

    @property
    def year(self) -> int:
        """The financial year of the period, by the year that it starts in."""
        return Period.parse(self.period.key).start_year

    @property
    def marks(self) -> list[tuple[Sheet, str]]:
        """(sheet, fingerprint of its snapshot) of the sheets that have been published."""
        entries = {entry.slug: entry for entry in self.contents.entries} if self.contents else {}
        return [
            (sheet, entries[sheet.slug].fingerprint)
            for sheet in self.sheets
            if sheet.slug in entries and entries[sheet.slug].fingerprint
        ]

    @property
    def held_back_numbers(self) -> dict[str, set[ToldNumber]]:
        """By project, the numbers that reports gave for what the version does not show."""
        entries = self.contents.entries if self.contents else []
        held = [(entry.slug, entry.held_back) for entry in entries]
        given = numbers_given(self.council.slug, held, Sheet)
        return {slug: set().union(*figures.values()) for slug, figures in given.items()}

    @cached_property
    def acts(self) -> Acts:
        """What the council has published and withdrawn."""
        return acts_shown(self.council)

    @cached_property
    def corrections(self) -> list[PublicCorrection]:
        """What was corrected in this report and earlier ones."""
        known = corrections_in(self.acts, self.period.kind, self.period.as_at, self.known_by)
        number = self.version.number if self.version else None
        return [
            correction
            for correction in without_told_words(known)
            if correction.period != self.period.key
            or number is None
            or correction.version <= number
        ]

    def corrected(self, slug: str) -> list[PublicCorrection]:
        """What was corrected in the report of the project that is shown, and beside it.

        That is this period's own, or an earlier one that stands in its place. What became of
        earlier reports is said here but for their figures, which say it where they are printed.
        """
        own = next((sheet.period for sheet in self.sheets if sheet.slug == slug), "")
        return [
            correction
            for correction in self.corrections
            if correction.period == self.period.key
            and correction.corrected.slug == slug
            and correction.report == (own or self.period.key)
            and (correction.corrected.of in ("", own) or not correction.corrected.is_figure)
        ]

    def given_otherwise(self, slug: str) -> list[GivenOtherwise]:
        """The figures of the project that the reports of their own periods give otherwise."""
        listed = self.contents.given_otherwise if self.contents else []
        return [other for other in listed if other.slug == slug]

    @cached_property
    def _withdrawn_reports(self) -> dict[tuple, str]:
        at = self.known_by.at if self.known_by else None
        return withdrawn_reports(self.acts, self.period, at)

    def corrected_figures(self, slug: str) -> dict[tuple[str, str, str], str]:
        """A note on each corrected figure of the project, by measure, period and segment.

        Also on figures from a withdrawn report, and on those that the report of their own period
        gives otherwise. One query at most, beside those of ``corrections``.
        """
        told: dict[tuple[str, str, str], list[PublicCorrection]] = {}
        for correction in self.corrections:
            said = correction.corrected
            if said.slug != slug or not correction.is_marked_in(self.period.key):
                continue
            of_figure = told.setdefault((said.measure, said.period, said.segment), [])
            if is_news(correction, of_figure):
                of_figure.append(correction)
        steps = {
            figure: [correction.sentence for correction in of_it] for figure, of_it in told.items()
        }
        for other in self.given_otherwise(slug):
            figure = (other.measure, other.period, other.segment)
            steps.setdefault(figure, []).append(other.sentence)
        for sheet in self.sheets:
            for measure in sheet.measures if sheet.slug == slug else ():
                for result in measure.results:
                    if sentence := self._withdrawn_reports.get((slug, result.period)):
                        figure = (str(measure.position), result.period, result.segment)
                        steps.setdefault(figure, []).append(sentence)
        return {figure: " ".join(sentences) for figure, sentences in steps.items()}

    def version_of(self, sheet: Sheet) -> VersionStatus | None:
        """The version of the project's own report that the sheet shows. One query at most."""
        mark = next((mark for marked, mark in self.marks if marked is sheet), "")
        if not mark or self.preview:
            return None
        own = report_version(self.acts, mark)
        kept = self.version.kept_from_others if self.version else ""
        return replace(own, kept_from_others=kept) if own and kept else own

    @property
    def missing_words(self) -> str:
        """How many projects have not reported, in a sentence; empty if all have."""
        missing = len(self.not_reported)
        if not missing:
            return ""
        have = noun(missing, "has", "have")
        return f"{missing} of {self.due_to_report} projects {have} not reported"

    @cached_property
    def funds(self) -> list[FundName]:
        """The funds of its projects, as they were named then, in the council's order."""
        named = {fund.slug: fund for sheet in self.sheets for fund in sheet.funds}
        listed = self.council.funds.values_list("slug", flat=True)
        return [named.pop(slug) for slug in listed if slug in named] + list(named.values())

    @cached_property
    def measures(self) -> list[Measure]:
        return [measure for sheet in self.sheets for measure in sheet.measures]

    @property
    def targets_set(self) -> int:
        return sum(measure.target is not None for measure in self.measures)

    @property
    def with_results(self) -> int:
        """How many measures have at least one result in figures."""
        return sum(
            any(result.value is not None for result in measure.results) for measure in self.measures
        )

    def sheet(self, slug: str) -> Sheet:
        """The sheet of one project. Raises Http404 if the period has none."""
        for sheet in self.sheets:
            if sheet.slug == slug:
                return sheet
        raise Http404("No such project in this period.")

    def neighbours(self, sheet: Sheet) -> tuple[Sheet | None, Sheet | None]:
        """The projects before and after this one in the report."""
        at = self.sheets.index(sheet)
        following = self.sheets[at + 1] if at + 1 < len(self.sheets) else None
        return (self.sheets[at - 1] if at else None, following)


def published_programme(council_slug: str, period_key: str = "") -> Programme:
    """The programme as everyone sees it, of the given or the latest published period.

    Raises Http404 if there is no such council or it has not published that period.
    """
    return programme_for(AnonymousUser(), council_slug, period_key)


def programme_for(user, council_slug: str, period_key: str = "", version: str = "") -> Programme:
    """The programme as this person may see it; people of the council see previews too.

    Without a period, the latest published one. Raises Http404 if the council does not exist or
    is hidden from the person, or if they may not see that period.
    """
    return programme_in(*council_shown_to(user, council_slug), period_key, version)


def programme_in(
    council: Council, access: Access, period_key: str = "", version: str = ""
) -> Programme:
    """As ``programme_for``, for a council that the person with this access may see.

    ``version`` is the number of an earlier version, or ``next`` for what would be published now,
    which only people who may preview can see. See ``publishing.may_read`` for what else each person
    may read. Raises Withdrawn if what is asked for was public and no longer is, and HeldBackSince
    if it gives a figure that is held back since.
    """
    may_preview = reads_drafts(PeriodVersion, access)
    periods = list(_periods_shown(council, may_preview))
    period = _chosen(periods, period_key)
    if period is None:
        raise gone(council, period_key)
    period.council = council
    unpublished = period.published_at is None and not version
    if may_preview and (version == NEXT or unpublished):
        return _preview(council, periods, period, access)
    if version:
        rows = versions_of(period)
        chosen = next((pair for pair in rows if str(pair[0].number) == version), None)
        if chosen is None:
            raise Http404("No such version of that period.")
        row, said = chosen
        row.period = period
        said = as_read_by(access, said, PeriodVersion, lambda: row, named=True)
    else:
        current = standing_version(period, acts_shown(council))
        if current is None:
            raise gone(council, period.key)
        row, said = current, standing_of(current)
    contents = read_programme(row)
    return _programme(
        council,
        periods,
        period,
        shown_sheets(contents),
        access=access,
        version=said,
        contents=contents,
        row=row,
        known_by=row,
    )


def _preview(council, periods, period, access):
    """What would be published now: the current version with all that was approved since."""
    before = standing_version(period)
    snapshots = approved_snapshots(period, again=before is None)
    contents = cast(ProgrammeContents, contents_of(period, snapshots, before)[0])
    return _programme(
        council,
        periods,
        period,
        shown_sheets(contents),
        access=access,
        preview=True,
        contents=contents,
    )


def _periods_shown(council, may_preview):
    periods = ReportingPeriod.objects.filter(council=council).of_programmes()
    if not may_preview:
        return periods.published()
    approved = Snapshot.objects.filter(report__period=OuterRef("pk"))
    return periods.filter(Exists(approved))


def _chosen(periods, key):
    """The period with that key, or the current report's; None if there is neither."""
    if key:
        return next((period for period in periods if period.key == key), None)
    return current_of(periods)


def published_programmes() -> list[Programme]:
    """The current published programme of every publishing council, by the council's name."""
    periods: dict[Council, list[ReportingPeriod]] = {}
    for period in (
        ReportingPeriod.objects.published()
        .of_programmes()
        .filter(council__publishes=True)
        .select_related("council")
        .order_by("council__name", "-as_at", "-key")
    ):
        periods.setdefault(period.council, []).append(period)
    current = {council: current_of(own_periods) for council, own_periods in periods.items()}
    version_by_period = {
        row.period_id: row
        for row in PeriodVersion.objects.in_force()
        .filter(period__in=[period for period in current.values() if period])
        .defer("content")
    }
    return [
        _programme(
            council,
            periods[council],
            period,
            shown_sheets(read_programme(version_by_period[period.pk])),
            contents=read_programme(version_by_period[period.pk]),
        )
        for council, period in current.items()
        if period
    ]


def _programme(council, periods, period, sheets, **fields):
    return Programme(
        number=0,
        title=council.name,
        sheets=sheets,
        council=council,
        period=period,
        periods=periods,
        **fields,
    )
