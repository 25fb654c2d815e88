"""What a project's page said last time, and what of it a return finds changed."""

import msgspec

from outcomes.actions import TAKEN_OVER
from outcomes.project_measures.content import Measure
from publishing.models import ReportingPeriod, Return, Snapshot
from publishing.version_cache import sheets_by_period
from returns.content import Sheet
from returns.said import project_changes


def published_before(report: Return) -> Sheet | None:
    """What was published last for the project before the return's period; None for nothing."""
    before = ReportingPeriod.objects.filter(
        council_id=report.period.council_id,
        as_at__lt=report.period.as_at,
        reports__slug=report.slug,
    ).published()
    period = before.order_by("-as_at").first()
    if period is None:
        return None
    snapshots = Snapshot.objects.published([period]).filter(report__slug=report.slug)
    return next(iter(sheets_by_period(snapshots, Sheet).get(period.pk, [])), None)


def changed_on_page(before: Sheet, now: Sheet, purpose: str) -> list[str]:
    """What of the page that is no box of the return is not as it was, by what it is called.

    The project itself, and its measures with their targets of the sheet's own period. ``purpose``
    is the council's own word for what the project serves.
    """
    project = [change.title for change in project_changes(before, now, purpose) if change.changed]
    known = {measure.position: measure for measure in before.measures}
    measures = []
    for measure in now.measures:
        last = known.pop(measure.position, None)
        if last is None or _defined(last) != _defined(measure):
            measures.append(measure.text)
        elif _held_to(last) != _held_to(measure):
            measures.append(f"{measure.text}: target")
    return project + measures + [measure.text for measure in known.values()]


def _defined(measure: Measure) -> Measure:
    """The measure without its figures, targets and sources."""
    return msgspec.structs.replace(
        measure,
        results=[],
        targets=[],
        definitions=[],
        target_status="",
        target=None,
        target_note="",
        source="",
    )


def _held_to(measure: Measure) -> tuple:
    target = measure.own_target
    note = "" if target.note.startswith(TAKEN_OVER) else target.note
    return target.status, target.value, note
