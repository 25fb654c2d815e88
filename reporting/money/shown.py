"""Monitoring reports as a person may see them: what the pages of money, papers and files read."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from accounts.roles import Permission
from finance.models import MonitoringReport, MonitoringSnapshot
from finance.monitoring import Node, tree
from finance.statement import Statement, period_label, read
from projects.access import Access
from projects.models import Council
from reporting.contents import council_shown_to

_MOST_KEPT = 200
_kept: dict[str, Statement] = {}


@dataclass(frozen=True)
class Listed:
    """A report that the person may choose."""

    period: str
    version: int
    status: str
    fingerprint: str
    snapshot: int
    newest: bool

    @property
    def label(self) -> str:
        return period_label(self.period)

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
    listed: Listed
    reports: tuple[Listed, ...]
    statement: Statement

    @cached_property
    def root(self) -> Node:
        return tree(self.statement)

    @property
    def newest(self) -> list[Listed]:
        return [report for report in self.reports if report.newest]

    @property
    def older(self) -> list[Listed]:
        """Earlier versions of this period, which can still be read."""
        return [
            report
            for report in self.reports
            if report.period == self.listed.period and not report.newest
        ]

    @property
    def query(self) -> str:
        """The query that keeps this report in links; nothing for the latest published one."""
        latest = next((report for report in self.reports if report.is_published), None)
        return "" if self.listed == latest else self.listed.query


def money_for(user, slug: str, period: str = "", version: str = "") -> Money:
    """The report asked for, or the latest published. Raises Http404 where there is none."""
    council, access = council_shown_to(user, slug)
    money = money_in(council, access, period, version)
    if money is None:
        raise Http404("No monitoring report to be seen.")
    return money


def money_in(council, access: Access, period: str = "", version: str = "") -> Money | None:
    """As ``money_for``, of a council that shows itself to the person; None where it has none.

    People of the council see what is approved and not published too. Raises Http404 where one is
    asked for and not there. Two queries at most.
    """
    reports = _listed(council, access)
    if not period:
        chosen = next((report for report in reports if report.is_published), None)
        chosen = chosen or next(iter(reports), None)
    else:
        asked = [report for report in reports if report.period == period]
        wanted = [report for report in asked if str(report.version) == version]
        chosen = next(iter(wanted if version else asked), None)
        if chosen is None:
            raise Http404("No such monitoring report to be seen.")
    if chosen is None:
        return None
    return Money(council, access, chosen, tuple(reports), _statement(chosen))


def _listed(council, access):
    """The reports that the person may see, the latest first, each by its latest snapshot."""
    reports = MonitoringReport.objects.filter(council=council)
    seen = reports.approved() if access.may(Permission.PREVIEW) else reports.published()
    rows = (
        MonitoringSnapshot.objects.filter(report__in=seen)
        .order_by("-report__as_at", "-report__period", "-report__version", "-number")
        .values_list("report__period", "report__version", "report__status", "fingerprint", "pk")
    )
    found: dict[tuple, Listed] = {}
    for period, version, status, mark, pk in rows:
        if (period, version) not in found:
            newest = all(period != other for other, _ in found)
            found[period, version] = Listed(period, version, status, mark, pk, newest)
    return list(found.values())


def _statement(listed):
    """The statement, decoded once per process: a snapshot never changes."""
    statement = _kept.get(listed.fingerprint)
    if statement is None:
        content = MonitoringSnapshot.objects.values_list("content", flat=True)
        statement = read(content.get(pk=listed.snapshot))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[listed.fingerprint] = statement
    return statement


def forget() -> None:
    """Empties what this process has kept, so that the next visit is the first again."""
    _kept.clear()
