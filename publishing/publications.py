"""The kinds of what is published and can be withdrawn, each told of in the same words.

A quarter or a month, a finance report, a savings paper and a risk register differ in who may
withdraw them, in what stands in their place, and in what else has to happen. All else is the same,
and stands once: in ``withdrawing``, on its screen and on the page at a withdrawn address.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.versions import day_words
from finance.models import MonitoringReport, SavingsEdition, SavingsPaper
from finance.monitoring.transitions import CHECKERS, note
from projects.access import Access
from projects.models import Council
from publishing.current_report import current_period
from publishing.models import PeriodVersion, ReportingPeriod, Return, Withdrawal
from publishing.workflow import follow
from returns.publication import carry_on
from risks.models import RegisterReport


@dataclass(frozen=True)
class InPlace:
    """What is read in the place of something else: its words, and where."""

    words: str
    address: str


class Kind(ABC):
    """What is asked of one kind. ``row`` is what was published once and is withdrawn as a whole."""

    # The field of Withdrawal that points at it.
    field: ClassVar[str]
    # Any of these may withdraw it: who may publish it.
    who: ClassVar[frozenset[Permission]]
    # Whether a second person decides: where one approves what is published.
    second_person: ClassVar[bool] = True

    def require(self, row: Any, access: Access) -> None:
        """Raises PermissionDenied where the person may not withdraw it."""
        mine = access.council.pk == self.council(row).pk
        if not (mine and any(access.may(permission) for permission in self.who)):
            raise PermissionDenied

    def number(self, row: Any) -> int:
        """Which version it is, from 1."""
        return row.number

    def said(self, row: Any) -> str:
        """Which version of what: "version 2 of the finance report, Month 9 of 2026/27"."""
        return f"version {self.number(row)} of {self.name(row)}"

    def standing(self, row: Any) -> Any:
        """The version of the same that stands; None where it is not published."""
        return self.same(row).first()

    def instead(self, row: Any) -> InPlace | None:
        """The version of the same that stands, in words."""
        found = self.standing(row)
        return InPlace(self._dated(found), self.address(found)) if found else None

    def _dated(self, row: Any) -> str:
        at = self.published_at(row)
        said = self.said(row)
        return f"{said}, published on {day_words(localdate(at))}" if at else said

    def before(self, row: Any) -> InPlace | None:
        """What would stand without this version."""
        gone = [row.pk, *(each.pk for each in self.repeats(row))]
        found = self.same(row).exclude(pk__in=gone).first()
        return InPlace(self._dated(found), self.address(found)) if found else None

    def repeats(self, row: Any) -> list[Any]:
        """The versions below it that go with it, because they show the same."""
        return []

    @abstractmethod
    def council(self, row: Any) -> Council:
        """Whose it is."""

    @abstractmethod
    def name(self, row: Any) -> str:
        """What it is a version of, in the middle of a sentence."""

    @abstractmethod
    def published_at(self, row: Any):
        """When it was published; None of papers of before the portal, whose day is not known."""

    @abstractmethod
    def fingerprint(self, row: Any) -> str:
        """SHA-256 of its frozen content, in hex."""

    @abstractmethod
    def address(self, row: Any) -> str:
        """Where what stands of it is read."""

    @abstractmethod
    def same(self, row: Any) -> QuerySet:
        """The published versions of the same that are not withdrawn, the latest first."""

    @abstractmethod
    def lock(self, row: Any) -> None:
        """Locks what its versions share, so that two people come one by one."""

    @abstractmethod
    def opens_on(self, row: Any) -> InPlace | None:
        """What the council's pages of that kind open on without it and its like."""

    def noted(self, withdrawal: Withdrawal) -> None:  # noqa: B027
        """Writes on its timeline, where it has one, what was asked or decided."""

    def taken_back(self, withdrawal: Withdrawal, before: Any, access: Access) -> None:  # noqa: B027
        """What else happens. ``before`` is what stands again."""


class OfPeriod(Kind):
    """A version of a quarter or of a month of measures."""

    field = "version"
    who = frozenset({Permission.RUN_PERIODS})

    def council(self, row):
        return row.period.council

    def name(self, row):
        return row.period.label

    def published_at(self, row):
        return row.at

    def fingerprint(self, row):
        return row.fingerprint

    def address(self, row):
        return f"{self._page(row.period)}?{self._key(row.period)}={row.period.key}"

    def _page(self, period):
        name = "vital-signs" if self._key(period) == "month" else "overview"
        return reverse(f"reporting:{name}", args=[period.council.slug])

    def _key(self, period):
        return "month" if period.kind == ReportingPeriod.Kind.VITAL_SIGNS else "period"

    def same(self, row):
        rows = PeriodVersion.objects.not_withdrawn().filter(period=row.period_id)
        return rows.select_related("period__council").defer("content").order_by("-number")

    def repeats(self, row):
        """Those with the same reports of the period: a later one only carries earlier quarters on.

        Without them what is withdrawn would be read again at once.
        """
        own = self._own(row)
        below = self.same(row).filter(number__lt=row.number)
        return list(takewhile(lambda each: self._own(each) == own, below))

    def _own(self, row):
        shown = row.snapshots.filter(report__period=row.period_id)
        return set(shown.values_list("pk", flat=True))

    def lock(self, row):
        ReportingPeriod.objects.select_for_update().get(pk=row.period_id)

    def opens_on(self, row):
        current = current_period(row.period.council_id, row.period.kind, without=row.period)
        return InPlace(current.label, self._page(row.period)) if current else None

    def taken_back(self, withdrawal, before, access):
        """Returns that were first public in it are approved again; the period is what it was."""
        version, by, why = withdrawal.version, withdrawal.decided_by, withdrawal.reason
        period = ReportingPeriod.objects.get(pk=version.period_id)
        own = self._own(version) - (self._own(before) if before else set())
        reports = Return.objects.filter(snapshots__in=own, status=Return.Status.PUBLISHED).order_by(
            "pk"
        )
        for report in reports:
            follow("withdraw publication", report.pk, by=by, access=access, words=why)
        if before is None:
            period.published_at, period.current_since = None, None
            period.current_when_complete = False
            period.save(update_fields=["published_at", "current_since", "current_when_complete"])
        carry_on(period, by=by, at=clock.now(), why=why, itself=True)


class OfMoney(Kind):
    """A version of a finance report. The report of another period never stands in its place."""

    field = "report"
    who = CHECKERS

    def council(self, row):
        return row.council

    def name(self, row):
        return f"the finance report, {row.label}"

    def number(self, row):
        return row.version

    def published_at(self, row):
        events = row.events.filter(action="publish").order_by("-pk")
        return events.values_list("at", flat=True).first()

    def fingerprint(self, row):
        return row.snapshots.order_by("-number").values_list("fingerprint", flat=True).first()

    def address(self, row):
        page = reverse("reporting:finance", args=[row.council.slug])
        return f"{page}?report={row.period}&version={row.version}"

    def same(self, row):
        rows = self._published(row).filter(period=row.period)
        return rows.order_by("-version")

    def _published(self, row):
        rows = MonitoringReport.objects.published().filter(council=row.council_id)
        return rows.select_related("council")

    def lock(self, row):
        rows = MonitoringReport.objects.filter(council=row.council_id, period=row.period)
        list(rows.select_for_update().order_by("pk"))

    def opens_on(self, row):
        others = self._published(row).exclude(period=row.period)
        latest = others.order_by("-as_at", "-period", "-version").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None

    def noted(self, withdrawal):
        report, published = withdrawal.report, MonitoringReport.Status.PUBLISHED
        action, title, by, words = {
            Withdrawal.Decision.WAITING: (
                "ask to withdraw",
                "Asked to withdraw it from the public",
                withdrawal.asked_by,
                withdrawal.reason,
            ),
            Withdrawal.Decision.CONFIRMED: (
                "withdraw published",
                "Withdrawn from the public",
                withdrawal.decided_by,
                withdrawal.reason,
            ),
            Withdrawal.Decision.REFUSED: (
                "leave published",
                "Left public",
                withdrawal.decided_by,
                "",
            ),
        }[withdrawal.decision]
        note(report, action, title, by=by, words=words, before=published)


class OfSavings(Kind):
    """An edition of a savings paper. Who keeps the savings publishes alone, and withdraws so."""

    field = "edition"
    who = frozenset({Permission.KEEP_SAVINGS})
    second_person = False

    def council(self, row):
        return row.paper.council

    def name(self, row):
        return f"the savings paper “{row.paper}”"

    def published_at(self, row):
        return row.published_at if row.published_by_id else None

    def fingerprint(self, row):
        return row.fingerprint

    def address(self, row):
        page = reverse("reporting:savings", args=[row.paper.council.slug])
        return f"{page}?paper={row.paper.slug}&edition={row.number}"

    def same(self, row):
        return self._published(row).filter(paper=row.paper_id).order_by("-number")

    def _published(self, row):
        rows = SavingsEdition.objects.not_withdrawn().filter(paper__council=row.paper.council_id)
        return rows.select_related("paper__council").defer("content")

    def lock(self, row):
        SavingsPaper.objects.select_for_update().get(pk=row.paper_id)

    def opens_on(self, row):
        others = self._published(row).exclude(paper=row.paper_id)
        latest = others.order_by("-paper__dated", "-paper__slug", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None


class OfRegister(Kind):
    """The register as at a day. Who keeps the register publishes alone, and withdraws so."""

    field = "register"
    who = frozenset({Permission.KEEP_RISKS})
    second_person = False

    def council(self, row):
        return row.council

    def name(self, row):
        return f"the risk register as at {day_words(row.as_at)}"

    def published_at(self, row):
        return row.published_at

    def fingerprint(self, row):
        return row.edition.fingerprint

    def address(self, row):
        return f"{reverse('reporting:risks', args=[row.council.slug])}?as_at={row.as_at}"

    def same(self, row):
        return self._published(row).filter(as_at=row.as_at).order_by("-number")

    def _published(self, row):
        rows = RegisterReport.objects.not_withdrawn().filter(council=row.council_id)
        return rows.select_related("council")

    def lock(self, row):
        Council.objects.select_for_update(no_key=True).get(pk=row.council_id)

    def opens_on(self, row):
        others = self._published(row).exclude(as_at=row.as_at)
        latest = others.order_by("-as_at", "-number").first()
        return InPlace(self.name(latest), self.address(latest)) if latest else None


KINDS: dict[type[Model], Kind] = {
    PeriodVersion: OfPeriod(),
    MonitoringReport: OfMoney(),
    SavingsEdition: OfSavings(),
    RegisterReport: OfRegister(),
}


def kind_of(row: Model) -> Kind:
    """The kind of a publication. Raises KeyError for what cannot be withdrawn."""
    return KINDS[type(row)]
