"""Changes to measures that touch more than one row. Each records who, when and why."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.periods import period_of
from outcomes.definitions import FIELDS
from outcomes.models import Break, DefinitionChange, Measure, Target, TargetChange
from projects.models import Council


class Aim(NamedTuple):
    """What a measure should reach: a figure, or the status that says why there is none."""

    status: str
    value: Decimal | None
    # A note that is published beside it.
    note: str = ""


@transaction.atomic
def set_targets(*, measure: Measure, targets: Mapping[str, Aim], why: str, by: User) -> None:
    """Sets the targets of several periods, by their keys, for one reason; all or none."""
    for period, aim in targets.items():
        set_target(measure=measure, period=period, **aim._asdict(), why=why, by=by)


@transaction.atomic
def set_target(
    *,
    measure: Measure,
    period: str,
    status: str,
    value: Decimal | None,
    note: str = "",
    why: str,
    by: User,
) -> TargetChange:
    """Sets the target of a period, in that period's unit, and keeps the one before."""
    Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    before = Target.objects.filter(measure=measure, period=period).first()
    change = TargetChange.objects.create(
        measure=measure,
        period=period,
        before_status=before.status if before else "",
        before=before.value if before else None,
        before_note=before.note if before else "",
        after_status=status,
        after=value,
        after_note=note,
        why=why,
        by=by,
        at=clock.now(),
    )
    kept = {"status": status, "value": value, "note": note}
    if before is None or (before.status, before.value) != (status, value):
        # The figure is no longer the one taken from a document.
        kept["source"] = ""
    Target.objects.update_or_create(measure=measure, period=period, defaults=kept)
    return change


def standing_before(council: Council, period: str) -> list[Target]:
    """Standing targets of the council's projects that end before the period with this key.

    Only of measures without a target of their own for it: a person may take these over. Two
    queries.
    """
    asked = period_of(period)
    targets = Target.objects.filter(measure__project__council=council)
    own = set(targets.exclude(period="").values_list("measure", "period"))
    ending = targets.filter(period="", status=Target.Status.SET).exclude(until="")
    return [
        target
        for target in ending.select_related("measure")
        if period_of(target.until).last_day < asked.first_day
        and (target.measure_id, target.measure.reported_in(asked).key) not in own
    ]


def has_standing_targets(council: Council) -> bool:
    """Whether measures of the council's projects have standing targets with an end."""
    targets = Target.objects.filter(measure__project__council=council, period="")
    return targets.exclude(until="").exists()


# The start of the note that ``take_over_targets`` adds; nobody typed it.
TAKEN_OVER = "Taken over from "


@transaction.atomic
def take_over_targets(council: Council, period: str, *, label: str) -> int:
    """Makes each of ``standing_before`` a target of the period. Returns how many.

    ``label`` is the period's, for the note on each.
    """
    ending = standing_before(council, period)
    Target.objects.bulk_create(
        Target(
            measure=target.measure,
            period=target.measure.reported_in(period_of(period)).key,
            status=target.status,
            value=target.value,
            note=f"{TAKEN_OVER}{period_of(target.until).label} when {label} was opened.",
        )
        for target in ending
    )
    return len(ending)


def break_series(*, measure: Measure, period: str, kind: str, why: str, by: User) -> Break:
    """Records that the series breaks at a period: a rebase or a changed definition."""
    return Break.objects.create(
        measure=measure, period=period, kind=kind, why=why, by=by, at=clock.now()
    )


@transaction.atomic
def redefine(*, measure: Measure, period: str, why: str, by: User) -> DefinitionChange:
    """Saves a changed measure: the old definition holds before ``period``, the new one from it.

    Raises ValueError, with a sentence for people, if it already changed from a later period.
    """
    before = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    for earlier in before.definition_changes.all():
        if period_of(earlier.period).last_day > period_of(period).last_day:
            label = period_of(earlier.period).label
            raise ValueError(f"It has already been changed from {label}: choose that or later.")
    change = DefinitionChange.objects.create(
        measure=before,
        period=period,
        why=why,
        by=by,
        at=clock.now(),
        **{name: getattr(before, name) for name in FIELDS},
    )
    measure.save()
    return change
