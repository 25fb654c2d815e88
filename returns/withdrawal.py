"""How what this subject publishes is withdrawn: see ``publishing.publications``."""

from collections.abc import Sequence
from itertools import takewhile

from django.db.models import Max, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock, present
from bcfportal.lib.versions import fingerprint
from projects.access import Access
from publishing.current_report import current_period
from publishing.models import PeriodVersion, Report, ReportingPeriod, ReturnEvent, Withdrawal
from publishing.period_versions.published import standing_version
from publishing.publications import InPlace, Kind, NotRead, TimelineLine, line_of
from publishing.timeline import write_event
from returns.period_versions.carrying import changed_names
from returns.period_versions.collect import as_plain, contents_of, numbered
from returns.period_versions.published import read_programme, shown_sheets
from returns.period_versions.superseded import not_read
from returns.publication import approved_snapshots, carry_on, later_reports
from returns.transitions import RETURNS


class OfPeriod(Kind):
    """A version of a quarter or of a month of measures."""

    kind = "period"
    who = frozenset({Permission.RUN_PERIODS})
    shows_earlier_reports = True

    def row(self, version_pk: int) -> PeriodVersion:
        rows = PeriodVersion.objects.select_related("period__council").defer("content")
        return rows.get(pk=version_pk)

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

    def version_address(self, row: PeriodVersion) -> str:
        return f"{self.address(row)}&version={row.number}"

    def same(self, row):
        rows = PeriodVersion.objects.not_withdrawn().filter(period=row.period_id)
        return rows.select_related("period__council").defer("content").order_by("-number")

    def repeats(self, row):
        """Those with the same reports of the period: a later one only carries earlier quarters on.

        If they stayed, what is withdrawn could be read again at once.
        """
        own = self._own(row)
        below = self.same(row).filter(number__lt=row.number)
        return list(takewhile(lambda version: self._own(version) == own, below))

    def goes_with(self, row: PeriodVersion) -> list[str]:
        before = self._before(row)
        own = self._own(row) - (self._own(before) if before else set())
        reports = Report.objects.filter(snapshots__in=own)
        if row.period.kind == ReportingPeriod.Kind.VITAL_SIGNS:
            return []
        called = {entry.slug: entry.short_title for entry in shown_sheets(read_programme(row))}
        slugs = reports.order_by("slug").values_list("slug", flat=True)
        return [called.get(slug, slug) for slug in slugs]

    def stays(self, row: PeriodVersion) -> list[str]:
        before = self._before(row)
        if before is None or row.period.kind == ReportingPeriod.Kind.VITAL_SIGNS:
            return []
        said = [correction.named_correction for correction in changed_names(row.period, before)]
        return [f"{correction.what}: {correction.after or 'nothing'}" for correction in said]

    def _before(self, row: PeriodVersion) -> PeriodVersion | None:
        """The version that would stand without this one."""
        gone = [row.pk, *(repeat.pk for repeat in self.repeats(row))]
        return self.same(row).exclude(pk__in=gone).first()

    def _own(self, row):
        snapshots = row.snapshots.filter(report__period=row.period_id)
        return set(snapshots.values_list("pk", flat=True))

    def ever_had(self, row, number):
        rows = PeriodVersion.objects.filter(period=row.period_id)
        return number.isdecimal() and rows.filter(number=int(number[:6])).exists()

    def next_version(self, of: ReportingPeriod) -> PeriodVersion:
        before = standing_version(of)
        contents, _ = contents_of(of, approved_snapshots(of), before)
        last = of.versions.aggregate(last=Max("number"))["last"] or 0
        at = clock.now()
        content = as_plain(numbered(contents, last + 1, at))
        kept = {"content": content, "fingerprint": fingerprint(content), "at": at}
        return PeriodVersion(pk=0, period=of, number=last + 1, **kept)

    def not_read(self, rows: Sequence[PeriodVersion]) -> dict[PeriodVersion, NotRead]:
        return not_read(rows)

    def followed_by(self, row):
        return [period.label for period in later_reports(row.period)]

    def lock(self, row):
        ReportingPeriod.objects.select_for_update().get(pk=row.period_id)

    def opens_on(self, row):
        current = current_period(row.period.council_id, row.period.kind, without=row.period)
        return InPlace(current.label, self._page(row.period)) if current else None

    def noted(self, row: PeriodVersion, withdrawal: Withdrawal) -> None:
        """A line for each return that goes with it; that they went, ``taken_back`` says."""
        if withdrawal.decision == Withdrawal.Decision.CONFIRMED:
            return
        line = line_of(withdrawal)
        for report in self._first_public(row, self._before(row)):
            _note(report, line, row.period.council_id)

    def _first_public(
        self, row: PeriodVersion, before: PeriodVersion | None
    ) -> QuerySet[Report, Report]:
        """The returns whose reports are public in it, and not in ``before``, which stands again."""
        own = self._own(row) - (self._own(before) if before else set())
        return Report.objects.filter(snapshots__in=own).order_by("pk")

    def taken_back(
        self,
        row: PeriodVersion,
        withdrawal: Withdrawal,
        before: PeriodVersion | None,
        access: Access,
    ) -> None:
        """Returns that were first public in it are approved again; the period is what it was.

        One that was reopened meanwhile stays so, and its timeline says that it was withdrawn.
        """
        by = present(withdrawal.decided_by)
        period = ReportingPeriod.objects.get(pk=row.period_id)
        action = RETURNS.table["withdraw publication"]
        for report in self._first_public(row, before):
            if report.status == Report.Status.PUBLISHED:
                RETURNS.transition(action.action, report.pk, by=by, access=access)
            else:
                line = TimelineLine(action.action, action.title, by)
                _note(report, line, row.period.council_id)
        if before is None:
            period.published_at, period.current_since = None, None
            period.current_when_complete = False
            period.save(update_fields=["published_at", "current_since", "current_when_complete"])
        carry_on(period, by=by, at=clock.now(), itself=True, withdrawal=withdrawal)

    def carry_on(self, row: PeriodVersion, by: User) -> None:
        carry_on(row.period, by=by, at=clock.now(), itself=True)


def _note(report: Report, line: TimelineLine, council_pk: int) -> None:
    """A line of the return's timeline; its state stays what it is."""
    event = ReturnEvent(report=report, by=line.by, action=line.action, title=line.title)
    event.before = event.after = report.status
    event.comment = line.comment
    write_event(event, council_pk)
