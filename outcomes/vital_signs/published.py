"""A council's measures as a person may see them: which month, from which published report."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.timezone import localdate

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import Withdrawn
from outcomes.models import Month
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.corrections import (
    Key,
    Note,
    corrected_figures,
    in_sight,
    known_by,
    versions_made,
)
from outcomes.vital_signs.decisions import decisions_of, decisions_to_publish
from outcomes.vital_signs.otherwise import Given, given_since
from projects.access import Access
from projects.models import Council
from publishing.council_sections import council_shown_to
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import PeriodVersion, ReportingPeriod, Snapshot
from publishing.period_versions.content import Decided, HeldBack
from publishing.period_versions.numbers_given import numbers_given
from publishing.period_versions.published import (
    read,
    read_all,
    with_version,
)
from publishing.publications import KINDS, NEXT, kind_of
from publishing.version_cache import sheets_by_fingerprint, sheets_by_period
from publishing.withdrawal import gone


@dataclass(frozen=True)
class MonthsPaper:
    """A version of a month's report that can be had as a paper, and where it stands."""

    key: str
    meets: date | None
    version: VersionStatus

    @property
    def label(self) -> str:
        return period_of(self.key).label


@dataclass(frozen=True)
class PublishedMeasures:
    """The sheet that pages show, and the last month that they show of it.

    A month is shown as its own report published it; one with no report of its own as the next
    report did. ``before`` is the report before that one, as it stood when this one was published.
    ``version`` is which version is shown, of ``versions``, the latest first; ``corrected`` has
    every figure that was corrected by the time that it was made, or that an earlier report gives
    otherwise, as its paper says them. ``own`` is the version's record.
    """

    council: Council
    access: Access
    period: ReportingPeriod
    sheet: VitalSigns
    month: Period
    preview: bool
    latest: VitalSigns
    before: tuple[ReportingPeriod, VitalSigns] | None
    published: list[ReportingPeriod] = field(default_factory=list)
    made: list[PeriodVersion] = field(default_factory=list)
    corrected: Mapping[Key, list[Note]] = field(default_factory=dict)
    version: VersionStatus | None = None
    versions: list[VersionStatus] = field(default_factory=list)
    own: PeriodVersion | None = None

    @cached_property
    def given(self) -> Given:
        """The figures that bear a note, as the reports of their own months give them."""
        return given_since(known_by(self.made, self.own), self.corrected)

    @cached_property
    def decisions(self) -> list[Decided]:
        """What committees decided, as this version says it; of a preview, as it would be said."""
        if self.own is None:
            return decisions_to_publish(self.period, clock.now())
        return decisions_of(self.own)

    @cached_property
    def public_decisions(self) -> list[Decided]:
        """The same, as everybody reads it: where this is a preview, in the report that stands."""
        if self.own is not None:
            return self.decisions
        latest = [row for row in self.made if row.period == next(iter(self.published), None)]
        return decisions_of(latest[-1]) if latest else []

    @property
    def with_what_waits(self) -> bool:
        """Whether it is shown with what becomes public with the next version.

        People of the council read that, beside the report that stands.
        """
        stands = self.version is None or self.version.stands
        later = any(other.key > self.period.key for other in self.published)
        return self.access.may(Permission.PREVIEW) and stands and not later

    @property
    def day(self) -> date:
        """The day on which this version was published; today, of a preview."""
        return localdate(self.own.at) if self.own else clock.today()

    @cached_property
    def months(self) -> list[Period]:
        """The months that can be chosen, latest first: those with a figure of a vital sign."""
        keys = {
            figure.period
            for measure in self.latest.of("vital signs")
            for figure in measure.figures
            if figure.value is not None and period_of(figure.period).month
        }
        return sorted(map(period_of, keys), reverse=True)

    @property
    def pages(self) -> list[tuple[str, str]]:
        """(address, words) of the pages that this council's measures have at the month."""
        year = Period(self.month.start_year)
        return [
            ("vital-signs", "Dashboard"),
            ("exceptions", "Exceptions"),
            *(
                (name, label)
                for name, label, collection, until in (
                    ("outcomes-framework", "Outcomes framework", "outcomes framework", year),
                    ("care-quality", "Quality of care", "care quality", self.month),
                )
                if self._has(collection, until)
            ),
        ]

    def _has(self, collection, until):
        """Whether any figure of the collection is of a period that ends by the end of ``until``."""
        return any(
            period_of(figure.period).last_day <= until.last_day
            for measure in self.sheet.of(collection)
            for figure in measure.figures
        )

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(key, words, chosen) of each month, for the page's chooser."""
        return [(month.key, month.label, month == self.month) for month in self.months]

    @property
    def papers(self) -> list[MonthsPaper]:
        """The paper of each version of each published month that is read, the latest first."""
        listed = []
        public = in_sight(self.made)
        not_read = kind_of(public[0]).not_read(public) if public else {}
        for period in self.published:
            after = None
            for made in reversed([row for row in public if row.period_id == period.pk]):
                version = VersionStatus(
                    number=made.number,
                    fingerprint=made.fingerprint,
                    published_on=localdate(made.at),
                    superseded_on=localdate(after.at) if after else None,
                    superseded_by=after.number if after else None,
                )
                if after is None or made not in not_read:
                    listed.append(MonthsPaper(period.key, period.meets, version))
                after = made
        return listed

    @property
    def reported(self) -> str:
        """The month whose report this is, in words."""
        return period_of(self.period.key).label

    @property
    def version_words(self) -> str:
        """Which version of which month's report is shown, for a column of a download."""
        if self.version is None:
            return f"{self.reported}: not published"
        said = (self.version.published_words, self.version.approved_own)
        return f"{self.reported}: {'. '.join(filter(None, said))}"

    @property
    def is_own_report(self) -> bool:
        """Whether the month is shown as the report of that very month."""
        return self.period.key == self.month.key


def vital_signs_shown(
    user, council_slug: str, month: str = "", version: str = ""
) -> PublishedMeasures:
    """The measures as this person may see them; without a month, the latest published one.

    ``version`` is the number of a version of that month's report; without it, the one that stands.
    Raises Http404 where the council, or anything of that month, is not to be seen, Withdrawn where
    it was. A constant number of queries, however many months there are.
    """
    return vital_signs_of(*council_shown_to(user, council_slug), month, version)


def vital_signs_of(
    council: Council, access: Access, month: str = "", version: str = ""
) -> PublishedMeasures:
    """As ``vital_signs_shown``, of a council that shows itself to the person with this access."""
    periods = _periods(council, reads_drafts(PeriodVersion, access))
    period, chosen = _choose(council, periods, month)
    latest = periods[0]
    older = next(
        (other for other in periods if other.published_at and other.key < period.key), None
    )
    every = versions_made(council)
    period.council = council
    mine = [row for row in reversed(every) if row.period_id == period.pk]
    upcoming = _upcoming(period, access) if version == NEXT else None
    own = upcoming or _version_of(period, mine, version)
    # What is withdrawn is known of where it is what the address names, and the person may read it.
    made = [row for row in every if row.withdrawal is None or row == own]
    with_upcoming = [*made, upcoming] if upcoming else made
    then = _last(
        [row for row in made if older and row.period_id == older.pk], _first_of(with_upcoming, own)
    )
    kept = _kept_from_others(own, access) if own and version and not upcoming else ""
    # However many months there are, these three sheets at most are read.
    sheets = _sheets(
        {latest: _last([m for m in made if m.period_id == latest.pk]), period: own, older: then}
    )
    versions = [said for _, said in with_version(mine)]
    said = next(
        (candidate for candidate in versions if own and candidate.number == own.number), None
    )
    published = PublishedMeasures(
        council=council,
        access=access,
        period=period,
        sheet=sheets[period.pk],
        month=chosen,
        preview=own is None or upcoming is not None,
        latest=sheets[latest.pk],
        before=(older, sheets[older.pk]) if older else None,
        published=[other for other in periods if other.published_at],
        made=made,
        corrected=corrected_figures(known_by(with_upcoming, own), own),
        version=replace(said, kept_from_others=kept) if said else None,
        versions=versions,
        own=own,
    )
    if not published.is_own_report and chosen not in published.months:
        raise Http404("No figure is of that month.")
    return published


def _upcoming(period: ReportingPeriod, access: Access) -> PeriodVersion | None:
    """The version that would be published now, for who may preview."""
    if not reads_drafts(PeriodVersion, access):
        return None
    version: PeriodVersion = KINDS[PeriodVersion].next_version(period)
    entry = read(version).entry(Month.SLUG)
    # As ``versions_made`` gives it to the others, by an annotation.
    version.sheet = entry.fingerprint if entry else ""  # type: ignore[attr-defined]
    return version if entry else None


def _periods(council, may_preview):
    """Latest month first."""
    periods = ReportingPeriod.objects.filter(council=council).of_vital_signs()
    if may_preview:
        periods = periods.filter(Exists(Snapshot.objects.filter(report__period=OuterRef("pk"))))
    else:
        periods = periods.published()
    return list(periods.order_by("-key"))


def _version_of(period, mine, version):
    """The version of the period that is asked for; None where the period is not published.

    ``mine`` are all of the period, the latest first.
    """
    if version:
        for row in mine:
            if str(row.number) == version:
                return row
        raise Http404("No such version of that month.")
    if period.published_at is None:
        return None
    return in_sight(mine)[0]


def _kept_from_others(own: PeriodVersion, access: Access) -> str:
    """Why only people of the council read the version; nothing where everybody may.

    Raises Withdrawn or HeldBackSince where this person may not.
    """
    withdrawal = own.withdrawal
    status = VersionStatus(
        number=own.number,
        fingerprint=own.fingerprint,
        published_on=localdate(own.at),
        withdrawn_on=localdate(withdrawal.decided_at) if withdrawal else None,
    )
    return as_read_by(access, status, PeriodVersion, lambda: own, named=True).kept_from_others


def _first_of(made, own):
    """The version in which the report that ``own`` shows was public first; None for none."""
    if own is None:
        return None
    return next(row for row in made if (row.period_id, row.sheet) == (own.period_id, own.sheet))


def _last(versions, by=None):
    """The latest of these, made no later than ``by`` (or the first, where all are later)."""
    if not versions:
        return None
    return ([version for version in versions if by is None or version.at <= by.at] or versions[:1])[
        -1
    ]


def _sheets(versions):
    """The sheet of each period: of its version, or else as approved. Four queries at most.

    Two more where a figure is held back.
    """
    marks = {period.pk: made.sheet for period, made in versions.items() if period and made}
    read_sheets = sheets_by_fingerprint(marks.values(), VitalSigns)
    read_all([made for period, made in versions.items() if period and made])
    held = {made: held_back_in(made) for period, made in versions.items() if period and made}
    council = next((read(made).council for made in held), "")
    hidden = [(Month.SLUG, figures) for figures in held.values()]
    given = numbers_given(council, hidden, VitalSigns).get(Month.SLUG, {})
    sheets_by_pk = {
        period.pk: read_sheets[made.sheet].without(held[made], given)
        for period, made in versions.items()
        if period and made
    }
    approved = [period for period in versions if period and period.pk not in sheets_by_pk]
    if approved:
        kept = sheets_by_period(Snapshot.objects.approved(approved), VitalSigns)
        sheets_by_pk |= {pk: sheets[0] for pk, sheets in kept.items()}
    return sheets_by_pk


def held_back_in(version: PeriodVersion) -> list[HeldBack]:
    """The figures of the council's measures that the version does not show."""
    entry = read(version).entry(Month.SLUG)
    return entry.held_back if entry else []


def _choose(council, periods, month):
    if not month:
        for period in periods:
            if period.published_at:
                return period, period_of(period.key)
        raise Http404("Nothing is published.")
    try:
        wanted = Period.parse(month)
    except ValueError as error:
        raise Http404("No such month.") from error
    covering = [p for p in periods if period_of(p.key).last_day >= wanted.last_day]
    if not covering or wanted.month is None:
        raise gone(council, month)
    if covering[-1].key != wanted.key and isinstance(why := gone(council, month), Withdrawn):
        raise why
    return covering[-1], wanted
