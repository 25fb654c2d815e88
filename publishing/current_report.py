"""Which of a council's periods is its current report: an officer says so."""

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
