"""How a project's year-end forecast moved: one row for each period in which it was made.

Read from snapshots, each of which keeps the forecast of its own period.
"""

from dataclasses import dataclass
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.periods import Period
from finance.allocations.calculations import variance_words
from programme.programme import Programme
from publishing.models import ReportingPeriod, Snapshot
from publishing.version_cache import sheets_by_period
from returns.content import Sheet
from returns.period_versions.earlier_reports import as_shown, reports_of, stood_when


@dataclass(frozen=True)
class ForecastRow:
    """The forecast of one financial year as it stood in one period, in pounds."""

    period_key: str
    year: int
    spend_to_date: Decimal | None
    forecast: Decimal
    allocation: Decimal | None
    # The forecast less the one of the period before, of the same year; None for the first.
    moved: Decimal | None
    # How far the allocation moved since then; None for the first, or if it did not move.
    allocation_moved: Decimal | None
    reason: str

    @property
    def period_label(self) -> str:
        return Period.parse(self.period_key).label

    @property
    def against_allocation(self) -> str:
        """The forecast against the allocation, in words."""
        return variance_words(self.forecast, self.allocation)


def forecasts_of(programme: Programme, slug: str) -> list[ForecastRow]:
    """The forecasts of one project up to the period shown, the latest first.

    Those of the reports that stood when its version was made, so that they are the same until the
    next. One query, and one more for sheets that this process has not seen. People who may see what
    is only approved see its forecasts too.
    """
    periods = [
        period
        for period in programme.periods
        if (period.as_at, period.key) <= (programme.period.as_at, programme.period.key)
    ]
    # The programme holds the sheets of its own period already.
    rows = {period.pk: period for period in periods}
    earlier = [period for period in periods if period.pk != programme.period.pk]
    # A project that has not reported in this period made no forecast in it.
    own = programme.sheet(slug)
    sheets = {programme.period.pk: own} if own.period == programme.period.key else {}
    if earlier:
        sheets |= _earlier(programme, earlier, slug)
        # The report that the page shows of an earlier period is that of its forecast too, whatever
        # was withdrawn since and stands again.
        sheets |= {period.pk: own for period in earlier if period.key == own.period}
    ordered = sorted(sheets, key=lambda pk: (rows[pk].as_at, rows[pk].key))
    return _rows([(rows[pk].key, sheets[pk]) for pk in ordered])[::-1]


def _earlier(programme: Programme, earlier: list[ReportingPeriod], slug: str) -> dict[int, Sheet]:
    """By primary key of an earlier period, the project's report that the programme shows of it."""
    if programme.preview or programme.row is None:
        snapshots = Snapshot.objects.approved(earlier).filter(report__slug=slug)
        return {pk: sheets[0] for pk, sheets in sheets_by_period(snapshots, Sheet).items()}
    stood = stood_when(present(programme.contents), programme.row)
    keys = {period.key: period.pk for period in earlier}
    numbers = {key: number for key, number in stood.items() if key in keys}
    reports = reports_of(programme.period, numbers, [slug])
    sheets = as_shown(programme.council.slug, reports)
    return {keys[key]: sheet for (_, key), sheet in sheets.items()}


def _rows(sheets: list[tuple[str, Sheet]]) -> list[ForecastRow]:
    """Rows in order of time, each with how far it moved from the year's previous forecast."""
    rows: list[ForecastRow] = []
    before: dict[int, tuple[Decimal, Decimal | None]] = {}
    for key, sheet in sheets:
        year, forecast = sheet.spend_year, sheet.spend_forecast
        if year is None or forecast is None:
            continue
        allocation = sheet.allocated_then
        moved, allocated = None, None
        if year in before:
            moved = forecast - before[year][0]
            earlier = before[year][1]
            if allocation is not None and earlier is not None:
                allocated = allocation - earlier
        before[year] = (forecast, allocation)
        rows.append(
            ForecastRow(
                period_key=key,
                year=year,
                spend_to_date=sheet.spend_to_date,
                forecast=forecast,
                allocation=allocation,
                moved=moved,
                allocation_moved=allocated or None,
                reason=sheet.variance_reason,
            )
        )
    return rows
