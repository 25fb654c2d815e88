"""Puts the items of an agenda in order, takes one off, and puts it back.

As long as nothing of the meeting was ever published, numbers go by the places of the items. From
then on an item keeps the number under which it was published.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.db.models.deletion import Collector

from accounts.models import User
from accounts.writing import keep_writer
from meetings.entry.writing import GONE, lock_meeting, next_number
from meetings.models import AgendaItem, Appointment, Meeting, Recommendation
from publishing.workflow import NotNow

# What goes with an item that is removed, and comes back with it.
_COME_BACK = (Recommendation, Appointment)
_OF_HISTORY = {"pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id"}


@transaction.atomic
def move_item(meeting: Meeting, item: int, *, up: bool, by: User) -> None:
    """Lets the item change places with the one above it or below it; at the end nothing moves."""
    meeting = lock_meeting(meeting)
    items = list(meeting.items.order_by("order"))
    at = next((number for number, row in enumerate(items) if row.pk == item), None)
    if at is None:
        raise NotNow(GONE)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return
    items[at], items[to] = items[to], items[at]
    _place(meeting, items)
    keep_writer(meeting, by)


@transaction.atomic
def remove_item(meeting: Meeting, item: int, *, by: User) -> AgendaItem:
    """Takes an item off the agenda. Raises NotNow where ``why_not_removed`` says why not."""
    meeting = lock_meeting(meeting)
    record = meeting.items.filter(pk=item).first()
    if record is None:
        raise NotNow(GONE)
    if reason := why_not_removed(record):
        raise NotNow(reason)
    AgendaItem.objects.get(pk=record.pk).delete()
    _place(meeting, list(meeting.items.order_by("order")))
    keep_writer(meeting, by)
    return record


def why_not_removed(item: AgendaItem) -> str:
    """Why the item stays, in a sentence: something is minuted under it, or there is a paper."""
    collector = Collector(using="default", origin=item)
    try:
        collector.collect([item])
    except ProtectedError:
        return f"“{item}” has something that is kept, so it stays on the agenda."
    gone = {model for model, rows in collector.data.items() if rows}
    gone |= {rows.model for rows in collector.fast_deletes if _any(rows)}
    if gone - {AgendaItem, *_COME_BACK}:
        return f"“{item}” has a paper or something is minuted under it: remove that first."
    return ""


def _any(rows: Any) -> bool:
    return rows.exists() if hasattr(rows, "exists") else bool(rows)


def removed_items(meeting: Meeting) -> list[Any]:
    """What was taken off the agenda and is not back, the latest first: lines of its history."""
    there = set(meeting.items.values_list("pk", flat=True))
    removed, seen = [], set(there)
    for row in (
        _history(AgendaItem).filter(meeting=meeting.pk, pgh_label="delete").order_by("-pgh_id")
    ):
        if row.id not in seen:
            seen.add(row.id)
            removed.append(row)
    return removed


def _history(model: Any) -> Any:
    """The history of all records of the model."""
    return model.pgh_event_model._default_manager


@transaction.atomic
def put_back(meeting: Meeting, item: int, *, by: User) -> AgendaItem:
    """Puts an item that was removed back, with its recommendations and appointments.

    It is in the place that it had, or the last where another has it by now.
    """
    meeting = lock_meeting(meeting)
    row = next((row for row in removed_items(meeting) if row.id == item), None)
    if row is None:
        raise NotNow("This item is on the agenda already.")
    values, items = _values(row), list(meeting.items.order_by("order"))
    place = min(max(row.order - 1, 0), len(items))
    values["order"] = (meeting.items.aggregate(last=Max("order"))["last"] or 0) + 1
    if meeting.items.filter(number=row.number).exists():
        values["number"] = next_number(meeting)
    back = AgendaItem(**values)
    back.save(force_insert=True)
    for model in _COME_BACK:
        for line in _last_removed(model, row):
            model(**_values(line)).save(force_insert=True)
    _place(meeting, [*items[:place], back, *items[place:]])
    keep_writer(meeting, by)
    return AgendaItem.objects.get(pk=back.pk)


def _last_removed(model: Any, item: Any) -> list[Any]:
    """What went with the item: of each record its last line, where that removed it."""
    lines: dict[int, Any] = {}
    for line in _history(model).filter(item=item.id).order_by("pgh_id"):
        lines[line.id] = line
    went_with_it = item.pgh_created_at
    return [
        line
        for line in lines.values()
        if line.pgh_label == "delete" and line.pgh_created_at == went_with_it
    ]


def _values(line: Any) -> dict[str, Any]:
    """The fields of the record that a line of its history holds."""
    names = [field.attname for field in line._meta.concrete_fields]
    return {name: getattr(line, name) for name in names if name not in _OF_HISTORY}


def _place(meeting: Meeting, items: list[AgendaItem]) -> None:
    """Gives the items the places in which they are listed, and numbers if none is published."""
    numbered = not meeting.versions.exists()
    wanted = [
        (item, place, str(place) if numbered else item.number)
        for place, item in enumerate(items, 1)
    ]
    changed = [
        (item, place, number)
        for item, place, number in wanted
        if (item.order, item.number) != (place, number)
    ]
    # No two have one place or number meanwhile.
    beyond = len(items) + max([item.order for item in items], default=0)
    for item, place, _ in changed:
        now = {"order": beyond + place, **({"number": f"~{place}"} if numbered else {})}
        AgendaItem.objects.filter(pk=item.pk).update(**now)
    for item, place, number in changed:
        AgendaItem.objects.filter(pk=item.pk).update(order=place, number=number)
