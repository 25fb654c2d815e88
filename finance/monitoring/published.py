"""Monitoring reports as a person may see them: what the pages of money, papers and files read."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.utils.timezone import localdate

from bcfportal.lib.versions import Correction, VersionStatus, approved_own
from bcfportal.lib.withdrawals import Withdrawn
from finance.models import MonitoringEvent, MonitoringReport, MonitoringSnapshot
from finance.monitoring.compared import Compared, Since, compared_now, since_of
from finance.monitoring.content import Statement, period_label, read_json
from finance.monitoring.corrections import corrections
from finance.monitoring.tree import Node, tree
from projects.access import Access
from projects.models import Council
from publishing import version_cache
from publishing.council_sections import council_shown_to
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import Withdrawal


@dataclass(frozen=True)
class ReportVersion:
    """A report that the person may choose."""

    period: str
    version: int
    status: str
    fingerprint: str
    snapshot: int
    newest: bool
    # When it was published; None where it is not, and of papers of before the portal.
    published_at: datetime | None = None
    # Why it corrects the version before, as it was given; nothing in a first version.
    why: str = ""
    # The published version that replaced it; None while it stands.
    replaced_by: "ReportVersion | None" = None
    withdrawn_at: datetime | None = None
    # The number of the version before it that still stands or stood; None where there is none.
    corrects: int | None = None
    # The version before it was withdrawn.
    after_withdrawal: bool = False
    # Why only people of the council read it, where that is so.
    kept_from_others: str = ""
    # The period and the version of the report that it is compared with; nothing and 1 for none.
    compared_with: tuple[str, int] = ("", 1)

    @property
    def label(self) -> str:
        return period_label(self.period)

    @property
    def versioned_label(self) -> str:
        """Its period, and its version where the period has several."""
        if self.newest and self.version == 1:
            return self.label
        return f"{self.label}, version {self.version}"

    @property
    def published_on(self) -> date | None:
        return localdate(self.published_at) if self.published_at else None

    def as_version(self, changes: tuple[Correction, ...] = ()) -> VersionStatus:
        """Which version it is and where it stands, with what it corrects."""
        return VersionStatus(
            number=self.version,
            fingerprint=self.fingerprint,
            published_on=self.published_on,
            why=self.why,
            corrections=changes,
            superseded_on=self.replaced_by.published_on if self.replaced_by else None,
            superseded_by=self.replaced_by.version if self.replaced_by else None,
            withdrawn_on=localdate(self.withdrawn_at) if self.withdrawn_at else None,
            undated=self.is_published and self.published_at is None,
            kept_from_others=self.kept_from_others,
        )

    @property
    def why_words(self) -> str:
        """What it corrects and why; or why it is published after another was withdrawn."""
        if not self.why:
            return ""
        if self.corrects is None and self.after_withdrawal:
            return f"Published after version {self.version - 1} was withdrawn: {self.why}"
        return f"Corrects version {self.corrects or self.version - 1}: {self.why}"

    @property
    def is_published(self) -> bool:
        return self.status == MonitoringReport.Status.PUBLISHED

    @property
    def query(self) -> str:
        """The address of this report: its newest version needs no number."""
        return f"?report={self.period}" + ("" if self.newest else f"&version={self.version}")


@dataclass(frozen=True)
class Money:
    """One monitoring report, with the others that there are."""

    council: Council
    access: Access
    listed: ReportVersion
    reports: tuple[ReportVersion, ...]
    statement: Statement
    # Those that were public and are withdrawn.
    withdrawn: tuple[ReportVersion, ...] = ()

    @cached_property
    def root(self) -> Node:
        return tree(self.statement)

    @cached_property
    def before(self) -> Statement | None:
        """The version that this one corrects; None in a first version. One query at most."""
        earlier = [report for report in self.reports if self._is_of_period(report)]
        earlier = [report for report in earlier if report.version < self.listed.version]
        return _statement(earlier[0]) if earlier else None

    @cached_property
    def before_root(self) -> Node | None:
        return tree(self.before) if self.before else None

    @cached_property
    def version(self) -> VersionStatus:
        changes = corrections(self.before, self.statement) if self.before else ()
        version, since = self.listed.as_version(changes), self.statement.approved_own_since
        return replace(version, approved_own=approved_own([since] if since else []))

    @cached_property
    def since(self) -> Since:
        """What has happened to the report that it is compared with."""
        statement = self.statement
        asked = (statement.previous, statement.previous_version)
        return since_of(*asked, self.reports, self.withdrawn)

    @property
    def compared_label(self) -> str:
        """The report that it is compared with: its version too, where that stands no more."""
        return self.since.label

    @property
    def compared_words(self) -> str:
        """What has happened since to the report that it is compared with; else nothing."""
        return self.since.sentence

    @cached_property
    def compared_now(self) -> dict[str, Compared]:
        """By area, what is another by the version that stands of the report compared with.

        Empty where that is the version it is compared with. One query at most.
        """
        asked = (self.since.period, self.since.current)
        for report in self.reports:
            if (report.period, report.version) == asked:
                return compared_now(self.root, _statement(report), self.since)
        return {}

    def _is_of_period(self, report):
        return report.period == self.listed.period

    @property
    def newest(self) -> list[ReportVersion]:
        return [report for report in self.reports if report.newest]

    @property
    def older(self) -> list[ReportVersion]:
        """Earlier versions of this period, which can still be read."""
        return [
            report for report in self.reports if self._is_of_period(report) and not report.newest
        ]

    @property
    def query(self) -> str:
        """The query that keeps this report in links; nothing for the latest published one."""
        latest = next((report for report in self.reports if report.is_published), None)
        return "" if self.listed == latest else self.listed.query


def money_for(user, slug: str, period: str = "", version: str = "") -> Money:
    """The report asked for, or the latest published.

    Raises Withdrawn where it was public and no longer is, Http404 where there is none.
    """
    council, access = council_shown_to(user, slug)
    money = money_in(council, access, period, version)
    if money is None:
        raise_where_withdrawn(council)
        raise Http404("There is no monitoring report to see.")
    return money


def money_in(council, access: Access, period: str = "", version: str = "") -> Money | None:
    """As ``money_for``, of a council that shows itself to the person; None where it has none.

    See ``publishing.may_read`` for what each person may read. Raises Withdrawn where one is asked
    for that was public and no longer is, Http404 where it is not there. Two queries at most.
    """
    every = _listed(council, access)
    reports = [report for report in every if not report.withdrawn_at]
    withdrawn = [report for report in every if report.withdrawn_at]
    if not period:
        chosen = next((report for report in reports if report.is_published), None)
        chosen = chosen or next(iter(reports), None)
    else:
        asked = [
            report
            for report in (*reports, *withdrawn)
            if report.period == period and version in ("", str(report.version))
        ]
        if not asked:
            raise Http404("There is no such monitoring report to see.")
        chosen = _as_read_by(access, council, asked[0], named=bool(version))
    if chosen is None:
        return None
    return Money(
        council, access, chosen, tuple(reports), _statement(chosen), withdrawn=tuple(withdrawn)
    )


def _as_read_by(
    access: Access, council: Council, listed: ReportVersion, *, named: bool
) -> ReportVersion:
    status = as_read_by(
        access,
        listed.as_version(),
        MonitoringReport,
        lambda: _row(council, listed),
        named=named,
    )
    return replace(listed, kept_from_others=status.kept_from_others)


def _row(council: Council, listed: ReportVersion) -> MonitoringReport:
    rows = MonitoringReport.objects.filter(council=council, period=listed.period)
    return rows.select_related("council").get(version=listed.version)


def raise_where_withdrawn(council: Council, period: str = "", version: str = "") -> None:
    """Raises Withdrawn where what is asked for was public: the latest such report. Two queries."""
    for report in ever_published(council):
        asked = period in ("", report.period) and version in ("", str(report.version))
        if asked and report.withdrawn_at:
            raise Withdrawn(_row(council, report))


def ever_published(council) -> list[ReportVersion]:
    """Every published report with all of its versions, the latest first. One query.

    Those that are withdrawn since are among them.
    """
    return _rows(council, [MonitoringReport.Status.PUBLISHED])


def _listed(council, access):
    """The reports that the person may see, the latest first, each by its latest snapshot."""
    published = [MonitoringReport.Status.PUBLISHED]
    drafts = reads_drafts(MonitoringReport, access)
    return _rows(council, MonitoringReport.FROZEN if drafts else published)


def _rows(council, states):
    told = MonitoringEvent.objects.filter(report=OuterRef("report")).order_by("-pk")
    withdrawn = Withdrawal.objects.filter(
        version__monitoringsnapshot__report=OuterRef("report"), decision="confirmed"
    )
    rows = (
        MonitoringSnapshot.objects.filter(report__council=council, report__status__in=states)
        .annotate(
            withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]),
            published_at=Subquery(told.filter(action="publish").values("at")[:1]),
            why=Subquery(told.filter(action="correct").values("comment")[:1]),
        )
        .order_by("-report__as_at", "-report__period", "-report__version", "-number")
        .values_list(
            *("report__period", "report__version", "report__status", "fingerprint", "pk"),
            *("published_at", "why", "withdrawn_at"),
            *("report__compared_with__period", "report__compared_with__version"),
        )
    )
    reports: dict[tuple, ReportVersion] = {}
    seen: set[str] = set()
    later: dict[str, ReportVersion] = {}
    for period, version, status, mark, pk, published_at, why, withdrawn_at, *compared in rows:
        if (period, version) in reports:
            continue
        newest = not withdrawn_at and period not in seen
        report = ReportVersion(
            *(period, version, status, mark, pk, newest, published_at, why or ""),
            replaced_by=None if withdrawn_at else later.get(period),
            withdrawn_at=withdrawn_at,
            compared_with=(compared[0] or "", compared[1] or 1),
        )
        reports[period, version] = report
        if withdrawn_at:
            continue
        seen.add(period)
        if report.is_published:
            later[period] = report
    return [_with_corrected(report, reports) for report in reports.values()]


def _with_corrected(report, reports):
    """The report with the number of the version that it corrects: not of one withdrawn."""
    before = [
        earlier
        for earlier in reports.values()
        if earlier.period == report.period and earlier.version < report.version
    ]
    if not before:
        return report
    left = [earlier.version for earlier in before if not earlier.withdrawn_at]
    return replace(
        report,
        corrects=max(left, default=None),
        after_withdrawal=before[0].withdrawn_at is not None,
    )


def _statement(listed: ReportVersion) -> Statement:
    """The statement, decoded once per process: a snapshot never changes. One query, or none."""

    def texts(missing: set[str]) -> dict[str, str]:
        rows = MonitoringSnapshot.objects.filter(pk=listed.snapshot).order_by()
        return dict(rows.values_list("fingerprint", Cast("content", TextField())))

    mark = listed.fingerprint
    return version_cache.contents([mark], Statement, texts, read_json)[mark]
