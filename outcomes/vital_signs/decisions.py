"""What committees decided of a council's measures, as it was known at a moment."""

from datetime import date, datetime

from django.utils.timezone import localdate

from outcomes.models import FollowUp
from publishing.period_versions.content import Decided


def decisions_at(council_pk: int, moment: datetime) -> list[Decided]:
    """What was recorded by the moment, what is not done first. One query.

    What was reported back on a later day was not done yet; what was taken back by then is left out.
    """
    day = localdate(moment)
    rows = FollowUp.objects.filter(measure__council=council_pk, recorded_at__lte=moment)
    rows = rows.exclude(taken_back_at__lte=moment)
    decisions = [
        Decided(
            measure=row.measure.slug,
            action=row.action.title,
            decided_on=row.decided_on,
            decision=row.decision,
            owner=row.owner,
            due=row.due,
            done_on=row.done_on if _was_done(row, day) else None,
            outcome=row.outcome if _was_done(row, day) else "",
        )
        for row in rows.select_related("measure", "action").order_by("due", "pk")
    ]
    return sorted(decisions, key=lambda decision: decision.done_on is not None)


def _was_done(row: FollowUp, day: date) -> bool:
    return row.done_on is not None and row.done_on <= day
