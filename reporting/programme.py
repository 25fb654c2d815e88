"""A council's programme as published for one period: what the pages and papers are about."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.roles import Permission
from bcfportal.lib.ratings import ATTENTION_ORDER, Rating
from finance.calculations import total as total_pounds
from projects.access import Access
from projects.models import Council
from reporting.contents import council_shown_to
from reporting.models import ReportingPeriod, Snapshot
from reporting.sheet_store import sheets_by_period
from reporting.sheets import FundName, Measure, Sheet, StatedSum


@dataclass(frozen=True)
class Group:
    """Sheets that belong together, such as those of one grant condition."""

    number: int
    title: str
    sheets: list[Sheet]

    @cached_property
    def total(self) -> Decimal | None:
        """Pounds allocated over all years; None where no line has a figure."""
        return total_pounds(sheet.total for sheet in self.sheets)

    def total_of(self, year: int) -> Decimal | None:
        return total_pounds(sheet.total_of(year) for sheet in self.sheets)

    @cached_property
    def stated_sums(self) -> list[tuple[Sheet, StatedSum]]:
        return [(sheet, stated) for sheet in self.sheets for stated in sheet.stated_sums]

    @cached_property
    def by_rating(self) -> list[tuple[Rating, list[Sheet]]]:
        """The projects that report under the rating they have; ratings that none has left out."""
        by_rating = {
            rating: [sheet for sheet in self.reported if sheet.rating == rating]
            for rating in ATTENTION_ORDER
        }
        return [(rating, sheets) for rating, sheets in by_rating.items() if sheets]

    @cached_property
    def ratings(self) -> list[tuple[Rating, int]]:
        """How many projects have each rating; ratings that none has left out."""
        return [(rating, len(sheets)) for rating, sheets in self.by_rating]

    @cached_property
    def reported(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.described_only]

    @cached_property
    def described(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.described_only]


@dataclass(frozen=True)
class Programme(Group):
    """All sheets of a council's published period, in the order of its report."""

    council: Council
    period: ReportingPeriod
    periods: list[ReportingPeriod]
    # Of the person who looks; nobody's where none is given.
    access: Access | None = None
    # Approved and not published: for people of the council only.
    preview: bool = False

    @cached_property
    def conditions(self) -> list[Group]:
        return group_by_condition(self.sheets)

    @cached_property
    def years(self) -> list[int]:
        return sorted({year for sheet in self.sheets for year in sheet.years})

    @cached_property
    def funds(self) -> list[FundName]:
        return list({fund.slug: fund for sheet in self.sheets for fund in sheet.funds}.values())

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
        """The sheet of one project. Raises Http404 where the period has none."""
        for sheet in self.sheets:
            if sheet.slug == slug:
                return sheet
        raise Http404("No such project in this period.")

    def neighbours(self, sheet: Sheet) -> tuple[Sheet | None, Sheet | None]:
        """The projects before and after this one in the report."""
        at = self.sheets.index(sheet)
        following = self.sheets[at + 1] if at + 1 < len(self.sheets) else None
        return (self.sheets[at - 1] if at else None, following)


def group_by_condition(sheets: list[Sheet]) -> list[Group]:
    groups: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(sheet.condition_number, []).append(sheet)
    return [
        Group(number=number, title=members[0].condition_title, sheets=members)
        for number, members in groups.items()
    ]


def published_programme(council_slug: str, period_key: str = "") -> Programme:
    """The programme as everyone sees it, of the given or the latest published period.

    Raises Http404 where there is no such council or it has published no such period.
    """
    return programme_for(AnonymousUser(), council_slug, period_key)


def programme_for(user, council_slug: str, period_key: str = "") -> Programme:
    """The programme as this person may see it: for people of the council, previews too.

    Without a period, the latest published one. Raises Http404 where the council does not exist
    or does not show itself to the person, and where they may see nothing of that period.
    """
    return programme_in(*council_shown_to(user, council_slug), period_key)


def programme_in(council: Council, access: Access, period_key: str = "") -> Programme:
    """As ``programme_for``, of a council that shows itself to the person with this access."""
    may_preview = access.may(Permission.PREVIEW)
    periods = list(_periods_shown(council, may_preview))
    period = _chosen(periods, period_key)
    preview = period.published_at is None
    snapshots = Snapshot.objects.approved if preview else Snapshot.objects.published
    sheets = sheets_by_period(snapshots([period])).get(period.pk, [])
    return _programme(council, periods, period, sheets, access=access, preview=preview)


def _periods_shown(council, may_preview):
    periods = ReportingPeriod.objects.filter(council=council).of_programmes()
    if not may_preview:
        return periods.published()
    approved = Snapshot.objects.filter(report__period=OuterRef("pk"))
    return periods.filter(Exists(approved))


def _chosen(periods, key):
    for period in periods:
        if period.key == key if key else period.published_at:
            return period
    raise Http404("Nothing to be seen of that period.")


def published_programmes() -> list[Programme]:
    """The latest published programme of every publishing council, by the council's name."""
    periods: dict[Council, list[ReportingPeriod]] = {}
    for period in (
        ReportingPeriod.objects.published()
        .of_programmes()
        .filter(council__publishes=True)
        .select_related("council")
        .order_by("council__name", "-as_at", "-key")
    ):
        periods.setdefault(period.council, []).append(period)
    latest = [published[0] for published in periods.values()]
    sheets = sheets_by_period(Snapshot.objects.published(latest))
    return [
        _programme(council, published, published[0], sheets.get(published[0].pk, []))
        for council, published in periods.items()
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
