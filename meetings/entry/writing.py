"""Writes what the forms of meetings say: each all or nothing, and who wrote it is kept."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, ProtectedError
from django.utils.text import slugify

from accounts.models import User
from accounts.writing import keep_writer
from meetings.entry.business import Business
from meetings.models import AgendaItem, Attendance, Committee, Meeting
from projects.models import Council
from publishing.workflow import NotNow

Said = Sequence[dict[str, Any] | None]
# What every meeting of a committee has.
OF_EVERY_MEETING = (
    *(AgendaItem.Kind.APOLOGIES, AgendaItem.Kind.MINUTES, AgendaItem.Kind.DECLARATIONS),
    *(AgendaItem.Kind.URGENT, AgendaItem.Kind.QUESTIONS),
)
GONE = "This item is no longer on the agenda."
CHANGED = "Somebody else changed this while you sent it. Open it again: what you typed is kept."


def lock(council: Council) -> None:
    """Writers of a council are one after the other, so that an address is taken once."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked. Raises NotNow where it is gone."""
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if locked is None:
        raise NotNow("This meeting is no longer there.")
    return locked


def _keep(record: Any, values: dict[str, Any]) -> None:
    """Writes the record where any of the values is new to it."""
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    if changed or record.pk is None:
        for name in changed:
            setattr(record, name, values[name])
        record.full_clean()
        record.save()


def _keep_rows(
    records: Sequence[Any], said: Said, fields: Sequence[str], make: Any, pks: Sequence[int]
) -> None:
    """Writes what each row says to its record, removes records of rows that say nothing, adds more.

    ``pks`` are the keys of the records that the rows were made of.
    """
    if [record.pk for record in records] != list(pks):
        raise NotNow(CHANGED)
    for number, row in enumerate(said):
        values = {name: row[name] for name in fields} if row else {}
        if number >= len(records):
            if row:
                _keep(make(), values)
        elif row:
            _keep(records[number], values)
        else:
            _remove(records[number])


def _remove(record: Model) -> None:
    try:
        record.delete()
    except ProtectedError as error:
        raise NotNow(
            f"“{record}” was reported back to a later meeting, so it stays. Nothing is saved."
        ) from error


@transaction.atomic
def save_committee(
    council: Council,
    committee: Committee | None,
    given: dict[str, Any],
    names: Said,
    *,
    pks: Sequence[int] = (),
) -> Committee:
    """Keeps a committee with the names that it had before."""
    lock(council)
    if committee is None:
        start = slugify(given["name"])[:50].strip("-")
        slug = _free(start, council.committees.values_list("slug", flat=True))
        committee = Committee(council=council, slug=slug)
    _keep(committee, given)
    _keep_rows(
        list(committee.names.all()),
        names,
        ["name", "last_on"],
        lambda: committee.names.model(committee=committee),
        pks,
    )
    return committee


@transaction.atomic
def save_meeting(
    committee: Committee,
    meeting: Meeting | None,
    values: dict[str, Any],
    *,
    by: User,
    like_the_last: bool = False,
) -> Meeting:
    """Keeps a meeting. A new one may begin with the members and standing items of the last."""
    lock(committee.council)
    if meeting is None:
        last = committee.meetings.order_by("-day", "-slug").first()
        slugs = committee.meetings.values_list("slug", flat=True)
        meeting = Meeting(committee=committee, slug=_free(values["day"].isoformat(), slugs))
        _keep(meeting, values)
        if last and like_the_last:
            _begin_like(meeting, last)
    else:
        meeting = lock_meeting(meeting)
        _keep(meeting, values)
    keep_writer(meeting, by)
    return meeting


def _begin_like(meeting: Meeting, last: Meeting) -> None:
    for line in last.attendance.filter(kind=Attendance.Kind.MEMBERS):
        meeting.attendance.create(kind=line.kind, role=line.role, count=line.count)
    items = last.items.filter(kind__in=OF_EVERY_MEETING).order_by("order")
    for place, item in enumerate(items, 1):
        meeting.items.create(order=place, number=str(place), title=item.title, kind=item.kind)


def _free(start: str, taken: Any) -> str:
    """``start``, or with a number after it, as no other has it."""
    slug, number, others = start, 1, set(taken)
    while slug in others:
        number += 1
        slug = f"{start}-{number}"
    return slug


def roles_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Each role of the meeting with how many were members, present and away."""
    roles: dict[str, dict[str, Any]] = {}
    for line in meeting.attendance.order_by("pk"):
        row = roles.setdefault(line.role, {"role": line.role})
        row[line.kind] = line.count
    return list(roles.values())


@transaction.atomic
def save_attendance(
    meeting: Meeting,
    chair: dict[str, str | time | None],
    said: Said,
    *,
    by: User,
) -> None:
    """Keeps how many of each role were members, present and away, and who was in the chair."""
    meeting = lock_meeting(meeting)
    _keep(meeting, chair)
    rows = [row for row in said if row]
    roles = [row["role"] for row in rows]
    if twice := next((role for role in roles if roles.count(role) > 1), None):
        raise NotNow(f"“{twice}” is there twice: enter each role once.")
    kept = set()
    for row in rows:
        for kind in Attendance.Kind.values:
            if count := row[kind]:
                line, _ = meeting.attendance.get_or_create(
                    kind=kind, role=row["role"], defaults={"count": count}
                )
                _keep(line, {"count": count})
                kept.add(line.pk)
    meeting.attendance.exclude(pk__in=kept).delete()
    keep_writer(meeting, by)


@transaction.atomic
def save_business(
    item: AgendaItem, business: Business, said: Said, *, pks: Sequence[int], by: User
) -> None:
    """Keeps the rows of one kind of business of an item.

    Raises NotNow where they are others by now than ``pks``.
    """
    meeting = lock_meeting(item.meeting)
    if not meeting.items.filter(pk=item.pk).exists():
        raise NotNow(GONE)
    records = business.records(item)
    last = max((getattr(record, "order", 0) for record in records), default=0)

    def make() -> Any:
        nonlocal last
        last += 1
        placed = {} if business.name == "departures" else {"order": last}
        return business.model(item=item, **placed)

    _keep_rows(records, said, business.fields, make, pks)
    keep_writer(meeting, by)


@transaction.atomic
def save_item(
    meeting: Meeting, item: AgendaItem | None, given: dict[str, Any], *, by: User
) -> AgendaItem:
    """Keeps an item of an agenda. A new one is the last."""
    meeting = lock_meeting(meeting)
    if item is None:
        last = meeting.items.aggregate(last=Max("order"))["last"] or 0
        item = AgendaItem(meeting=meeting, order=last + 1, number=next_number(meeting))
    else:
        item = meeting.items.filter(pk=item.pk).first()
        if item is None:
            raise NotNow(GONE)
    _keep(item, given)
    keep_writer(meeting, by)
    return item


def next_number(meeting: Meeting) -> str:
    """The number of an item that comes after all others."""
    numbers = [int(item.number) for item in meeting.items.all() if item.number.isdecimal()]
    return str(max(numbers, default=0) + 1)
