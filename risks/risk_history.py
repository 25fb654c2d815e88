"""One risk with its whole history up to a date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from bcfportal.lib.plausible import said_of_far_day
from projects.models import Council
from risks.models import (
    Assessment,
    Closure,
    Details,
    Progress,
    Promise,
    Prospect,
    RiskScale,
    Task,
)
from risks.register import Position, RiskAt, Scale, links_held
from risks.rules import is_passed, movement


@dataclass(frozen=True)
class Step:
    """One thing that happened to the risk."""

    on: date
    by_post: str
    what: str
    detail: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise. ``earlier``: the latest review of the risk no longer mentions it."""

    promise: Promise
    passed: bool
    earlier: bool

    @property
    def said_right(self) -> str:
        """That its day is far from the one on which it was promised, and was meant so."""
        return _said_right("By when", self.promise.due, self.promise)


@dataclass(frozen=True)
class Told:
    """Progress reported on a task. ``outdated``: a promised day has passed since."""

    row: Progress
    outdated: bool


@dataclass(frozen=True)
class OneRisk:
    at: RiskAt
    steps: list[Step]
    tasks: list[tuple[Task, list[Told]]]
    other_progress: list[Told]
    promises: list[Promised]
    notes: list[str]


def one_risk(
    council: Council,
    slug: str,
    as_at: date,
    *,
    recorded_by: datetime | None = None,
    promised_until: date | None = None,
) -> OneRisk | None:
    """The risk as it was on a day, with its history, latest first; None if it did not exist yet.

    Promises due before ``promised_until`` count as passed: the day of the meeting, or else the
    day of the register. Eight queries.
    """
    held = {"on__lte": as_at}
    if recorded_by is not None:
        held["recorded_at__lte"] = recorded_by
    mine = {"risk__council": council, "risk__slug": slug, **held}
    closures = Closure.objects.filter(risk=OuterRef("risk"), **held)
    closures = closures.order_by("on", "recorded_at", "pk")
    closing = JSONObject(**{name: name for name in CLOSED_FIELDS})
    details = list(
        Details.objects.filter(**mine)
        .select_related("risk__owner")
        .annotate(closing=ArraySubquery(closures.values(said=closing)))
        .order_by("on", "recorded_at", "pk")
    )
    record = RiskScale.objects.filter(council=council, **held).order_by("on", "recorded_at").last()
    if not details or record is None:
        return None
    scale = Scale.of(record)
    risk, closures_told = details[-1].risk, [_closure(said) for said in details[-1].closing]
    last_closure = closures_told[-1] if closures_told else None
    closure = None if last_closure is None or last_closure.reopened else last_closure
    order = ("on", "recorded_at", "pk")
    assessments = list(Assessment.objects.filter(**mine).order_by(*order))
    prospects = list(Prospect.objects.filter(**mine).order_by(*order))
    positions = {row.stage: Position(row, scale) for row in assessments}
    at = RiskAt(
        risk,
        details[-1],
        scale,
        positions,
        prospects[-1] if prospects else None,
        closure,
        tuple(links_held(mine)),
        promised_until or as_at,
    )
    steps = [
        *_of_words(details),
        *_of_scores(assessments, scale),
        *_of_prospects(prospects),
    ]
    # The latest of a day stands first.
    steps += [
        Step(row.on, row.by_post, "Reopened" if row.reopened else "Closed", reason=row.reason)
        for row in reversed(closures_told)
    ]
    steps.sort(key=lambda step: step.on, reverse=True)
    progress: dict[int | None, list[Progress]] = {}
    for row in Progress.objects.filter(**mine).order_by("-on", "order", "-recorded_at", "-pk"):
        progress.setdefault(row.task_id, []).append(row)
    until = promised_until or as_at
    promises = promises_told(
        Promise.objects.filter(**mine).order_by("due", "order"), at.reviewed_on, until
    )
    return OneRisk(
        at,
        steps,
        [(task, told(progress.get(task.pk, []), promises)) for task in Task.objects.filter(**mine)],
        told(progress.get(None, []), promises),
        promises,
        list(dict.fromkeys(filter(None, (risk.note, details[-1].note)))),
    )


def promises_told(
    promises: Iterable[Promise], reviewed_on: date | None, until: date
) -> list[Promised]:
    """What the register promises, and what it promised and no longer mentions.

    A promise does not vanish with the next review of the risk. It stays, with whether it was kept
    left open, until the same words promise it again.
    """
    held = {}
    for promise in sorted(promises, key=lambda promise: (promise.on, promise.recorded_at)):
        held[promise.text] = promise
    told_promises = [
        Promised(
            promise,
            is_passed(promise.due, until),
            reviewed_on is not None and promise.on < reviewed_on,
        )
        for promise in held.values()
    ]
    return sorted(
        told_promises,
        key=lambda promised: (promised.earlier, promised.promise.due, promised.promise.order),
    )


# The states of a task that is not done yet; what is done stays done.
OPEN_STATES = (Progress.State.ON_SCHEDULE, Progress.State.BEHIND)


def told(rows: Iterable[Progress], promises: Iterable[Promised]) -> list[Told]:
    """The progress of a task; "on schedule" is outdated once a promised day has passed since."""
    passed = [promised.promise.due for promised in promises if promised.passed]
    return [
        Told(row, row.state in OPEN_STATES and any(row.on < due for due in passed)) for row in rows
    ]


CLOSED_FIELDS = ("on", "by_post", "reason", "reopened")


def _closure(said: dict[str, Any]) -> Closure:
    """A closure as the database told it beside the details, where a day is text."""
    return Closure(**said | {"on": date.fromisoformat(said["on"])})


def _said_right(name: str, day: date | None, row: Any, before: date | None = None) -> str:
    """Of a day that was typed here and not in what came before, which the papers give."""
    return said_of_far_day(name, day, row.on) if row.by_id and day != before else ""


def _joined(*notes: str) -> str:
    return " ".join(filter(None, notes))


def _of_words(details):
    before = None
    for row in details:
        was = before.target_date if before else None
        said = _said_right("Target date", row.target_date, row, was)
        if before is None:
            yield Step(row.on, row.by_post, "As described", row.title, row.reason, said)
        else:
            changed = [
                f"{label}, before: {getattr(before, name) or 'nothing'}"
                for name, label in CHANGEABLE.items()
                if getattr(before, name) != getattr(row, name)
            ]
            what = "Title or description changed" if _worded(before, row) else "Details changed"
            yield Step(
                row.on, row.by_post, what, "\n".join(changed), row.reason, _joined(row.note, said)
            )
        before = row


CHANGEABLE = {
    "title": "Title",
    "description": "Description",
    "area": "Area",
    "level": "Level",
    "owner_post": "Owner",
    "reviewer_post": "Reviewer",
    "target_date": "Target date",
}


def _worded(before, row):
    return (before.title, before.description) != (row.title, row.description)


def _of_scores(assessments, scale):
    before: dict[str, Position] = {}
    for row in assessments:
        position = Position(row, scale)
        was = before.get(row.stage)
        detail = (
            f"{position.likelihood} × {position.impact} = {position.score}, "
            f"{position.band.name}: {position.likelihood_words.lower()}, "
            f"{position.impact_words.lower()} impact"
        )
        if was:
            detail += f"; {movement(was.score, position.score)}"
        what = f"{row.get_stage_display()} score"
        reviewed = was.row.review_by if was else None
        note = _joined(row.note, _said_right("Next review date", row.review_by, row, reviewed))
        if row.score_as_printed.isdecimal() and int(row.score_as_printed) != position.score:
            note = f"Printed as {row.score_as_printed}, which is not the product. {note}".strip()
        yield Step(row.on, row.by_post, what, detail, row.reason, note)
        before[row.stage] = position


def _of_prospects(prospects):
    for row in prospects:
        what = "Prospects of meeting the target"
        yield Step(row.on, row.by_post, what, row.get_prospects_display(), row.reason, row.note)
