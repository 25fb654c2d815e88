"""A council's measures as a person may see them: which month, from which published report."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.roles import Permission
from bcfportal.lib.periods import Period, period_of
from projects.access import Access
from projects.models import Council
from reporting.contents import council_shown_to
from reporting.models import ReportingPeriod, Snapshot
from reporting.sheet_store import sheets_by_period
from reporting.vital_signs.sheet import VitalSigns


@dataclass(frozen=True)
class Shown:
    """The sheet that pages show, and the last month that they show of it.

    A month is shown as its own report published it; one with no report of its own as the next
    report did. ``before`` is the report before that one, where there is one.
    """

    council: Council
    access: Access
    period: ReportingPeriod
    sheet: VitalSigns
    month: Period
    preview: bool
    latest: VitalSigns
    before: tuple[ReportingPeriod, VitalSigns] | None

    @cached_property
    def months(self) -> list[Period]:
        """The months that can be chosen, latest first: those with a figure of a vital sign."""
        keys = {
            figure.period
            for measure in self.latest.of("vital signs")
            for figure in measure.figures
            if figure.value is not None
        }
        return sorted(map(period_of, keys), reverse=True)

    @property
    def pages(self) -> list[tuple[str, str]]:
        """(address, words) of the pages that this council's measures have."""
        return [
            ("vital-signs", "Dashboard"),
            ("exceptions", "Exceptions"),
            *(
                (name, words)
                for name, words, collection in (
                    ("outcomes-framework", "Outcomes framework", "outcomes framework"),
                    ("care-quality", "Quality of care", "care quality"),
                )
                if self.sheet.of(collection)
            ),
        ]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(key, words, chosen) of each month, for the page's chooser."""
        return [(each.key, each.label, each == self.month) for each in self.months]

    @property
    def is_own_report(self) -> bool:
        """Whether the month is shown as the report of that very month."""
        return self.period.key == self.month.key


def vital_signs_shown(user, council_slug: str, month: str = "") -> Shown:
    """The measures as this person may see them; without a month, the latest published one.

    Raises Http404 where the council, or anything of that month, is not to be seen. Eight queries
    at most, however many months there are.
    """
    return vital_signs_of(*council_shown_to(user, council_slug), month)


def vital_signs_of(council: Council, access: Access, month: str = "") -> Shown:
    """As ``vital_signs_shown``, of a council that shows itself to the person with this access."""
    may_preview = access.may(Permission.PREVIEW)
    periods = _periods(council, may_preview)
    period, chosen = _choose(periods, month)
    latest = periods[0]
    older = next((each for each in periods if each.published_at and each.key < period.key), None)
    # However many months there are, these three at most are read.
    sheets = _sheets([each for each in (latest, period, older) if each])
    shown = Shown(
        council=council,
        access=access,
        period=period,
        sheet=sheets[period.pk],
        month=chosen,
        preview=period.published_at is None,
        latest=sheets[latest.pk],
        before=(older, sheets[older.pk]) if older else None,
    )
    if not shown.is_own_report and chosen not in shown.months:
        raise Http404("No figure is of that month.")
    return shown


def _periods(council, may_preview):
    """Latest month first."""
    periods = ReportingPeriod.objects.filter(council=council).of_vital_signs()
    if may_preview:
        periods = periods.filter(Exists(Snapshot.objects.filter(report__period=OuterRef("pk"))))
    else:
        periods = periods.published()
    return list(periods.order_by("-key"))


def _sheets(periods):
    """The sheet of each period: as published, or else as approved. Four queries at most."""
    published = [period for period in periods if period.published_at]
    approved = [period for period in periods if not period.published_at]
    found = sheets_by_period(Snapshot.objects.published(published), VitalSigns)
    if approved:
        found |= sheets_by_period(Snapshot.objects.approved(approved), VitalSigns)
    return {pk: sheets[0] for pk, sheets in found.items()}


def _choose(periods, month):
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
        raise Http404("Nothing to be seen of that month.")
    return covering[-1], wanted
