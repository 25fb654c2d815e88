"""What was said of a measure's settings and targets when they were changed: why, what was asked."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from accounts.history import history_of, moment_of
from bcfportal.lib.sentences import day_words
from outcomes.models import Measure, Target


def reasons_of(measure_pk: int | None) -> list[str]:
    """Why it was changed what it can be and when it is counted: who, what, why; by time."""
    return [
        f"{when}, {kept['by']}: {kept['what']}. {kept['why']}"
        for when, kept in _changes(measure_pk)
        if kept.get("why") and kept.get("what")
    ]


def answers_of(measure_pk: int | None) -> list[str]:
    """What was asked about its changes and said to be right: when and by whom; by time."""
    return _answers(history_of(Measure).filter(pgh_obj_id=measure_pk))


def answers_of_targets(measure_pk: int) -> list[str]:
    """What was asked about its targets and said to be right: when and by whom; by time."""
    return _answers(history_of(Target).filter(measure_id=measure_pk))


def _answers(events: QuerySet[Any]) -> list[str]:
    told = [
        f"{when}, {kept['by']}: {sentence}"
        for when, kept in _kept(events)
        for sentence in kept.get("said_right", ())
    ]
    return list(dict.fromkeys(told))


def _changes(measure_pk: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    return _kept(history_of(Measure).filter(pgh_obj_id=measure_pk))


def _kept(events: QuerySet[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The day of each change and what was kept beside it."""
    events = events.exclude(pgh_context=None)
    for event in events.order_by("pgh_id").select_related("pgh_context"):
        yield day_words(localtime(moment_of(event)).date()), event.pgh_context.metadata
