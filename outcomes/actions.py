"""Writes about measures that touch more than one row. Each keeps who, when and why."""

from decimal import Decimal

from django.db import transaction

from bcfportal.lib import clock
from outcomes.models import Break, Measure, Target, TargetChange


@transaction.atomic
def set_target(
    *, measure: Measure, period: str, status: str, value: Decimal | None, why: str, by
) -> TargetChange:
    """Sets the target from a period on and keeps what stood there before. In the measure's unit."""
    Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    before = Target.objects.filter(measure=measure, period=period).first()
    change = TargetChange.objects.create(
        measure=measure,
        period=period,
        before_status=before.status if before else "",
        before=before.value if before else None,
        after_status=status,
        after=value,
        why=why,
        by=by,
        at=clock.now(),
    )
    # The source too: the figure is no longer the one that was taken from a document.
    Target.objects.update_or_create(
        measure=measure,
        period=period,
        defaults={"status": status, "value": value, "source": "", "note": ""},
    )
    return change


def break_series(*, measure: Measure, period: str, kind: str, why: str, by) -> Break:
    """Records that the series breaks at a period: a rebase or a changed definition."""
    return Break.objects.create(
        measure=measure, period=period, kind=kind, why=why, by=by, at=clock.now()
    )
