"""Which of a council's periods is its current report, as an officer says, and its years."""

from bcfportal.lib import clock
from bcfportal.lib.periods import Period, financial_year_of, period_of
from bcfportal.lib.sentences import listed
from projects.models import Council
from publishing.models import ReportingPeriod


def current_period(
    council_pk: int, kind: str, without: ReportingPeriod | None = None
) -> ReportingPeriod | None:
    """The council's current report: the period that an officer made so last.

    ``without`` is one that is left out, to say what would be current then.
    """
    periods = ReportingPeriod.objects.published().filter(
        council=council_pk, kind=kind, current_since__isnull=False
    )
    if without:
        periods = periods.exclude(pk=without.pk)
    return periods.order_by("-current_since", "-as_at", "-key").first()


def current_of(periods: list[ReportingPeriod]) -> ReportingPeriod | None:
    """The current report among a council's periods: what an officer made so last."""
    made = [period for period in periods if period.published_at and period.current_since]
    return max(
        made, key=lambda period: (period.current_since, period.as_at, period.key), default=None
    )


def council_years(council: Council) -> set[int]:
    """The year that it is, and that of the council's latest period. One query."""
    keys = ReportingPeriod.objects.filter(council=council).values_list("key", flat=True)
    latest = max(map(period_of, keys), default=None)
    years = {financial_year_of(clock.today())}
    return years | {latest.start_year} if latest else years


# The label of the tick.
ALREADY_PUBLISHED = "It is right that published reports are corrected by it once published again"


def already_published(
    council_pk: int, since: Period, *kinds: str, else_do: str = "Choose a later period"
) -> str:
    """What a form asks of a change from ``since`` on; empty where no published report has it.

    ``kinds`` are those of the reports that it is about, ``else_do`` is what else a person can do.
    One query.
    """
    rows = ReportingPeriod.objects.published().filter(council=council_pk, kind__in=kinds)
    labels = [
        period.label
        for period in rows.order_by("as_at", "key")
        if period_of(period.key).last_day >= since.last_day
    ]
    if not labels:
        return ""
    stay = "is published and stays as it is"
    if len(labels) > 1:
        stay = "are published and stay as they are"
    return f"{listed(labels)} {stay} until published again. {else_do}, or tick that this is right."
