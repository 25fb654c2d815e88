"""Names that change from a day on: what something is called on a day, and today."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from django.db import models
from django.db.models import QuerySet, prefetch_related_objects

from bcfportal.lib import clock
from bcfportal.lib.natural_keys import ByNaturalKey

_Row = TypeVar("_Row", bound=models.Model)
C = TypeVar("C", bound="Renamed")


class Name(NamedTuple):
    """What something is called, and its short name, where it has one."""

    name: str
    short: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} ({self.short})" if self.short else self.name


class Renamed(Protocol):
    """Another name, from a day on or, without one, whenever it was used."""

    pk: Any
    before: str
    after: str
    short_before: str
    short_after: str
    why: str
    at: datetime

    @property
    def on(self) -> date | None: ...


class NamedManager(ByNaturalKey[_Row]):
    """A manager that reads what is known of the names with the rows: one query more for a list."""

    def get_queryset(self) -> QuerySet[_Row]:
        named: type[Any] = self.model
        return super().get_queryset().prefetch_related(named.RENAMINGS)


class Named:
    """What can be called something else from a day on.

    Its fields have what was typed last, which may hold from a later day only. ``today`` is what it
    is called where people work.
    """

    # The relation to all that is known of its names.
    RENAMINGS: ClassVar[str] = "name_changes"
    pk: Any

    @property
    def typed_name(self) -> Name:
        """What was typed last, from whichever day it holds."""
        raise NotImplementedError

    @property
    def today(self) -> Name:
        """What it is called today."""
        return self.called_on(clock.today())

    def called_on(self, day: date) -> Name:
        """What it was called on the day, or is to be."""
        return name_on(self.renamings, day, self.typed_name)

    @property
    def later_names(self) -> list[tuple[date, Name]]:
        """What it is called from later days on, each with its day."""
        today = clock.today()
        days = {change.on for change in self.renamings if change.on and change.on > today}
        later, before = [], self.today
        for day in sorted(days):
            name = self.called_on(day)
            if name != before:
                later.append((day, name))
            before = name
        return later

    @property
    def renamings(self) -> list[Any]:
        """All that is known of its names."""
        return self.changes_known()

    def changes_known(self) -> list[Any]:
        """What was changed about it: one query, or none where it was read with the row."""
        if self.pk is None:
            return []
        record: Any = self
        prefetch_related_objects([record], self.RENAMINGS)
        return list(getattr(self, self.RENAMINGS).all())


def name_on(changes: Sequence[C], day: date, otherwise: Name) -> Name:
    """What something was called on the day.

    ``changes`` are all that is known of its name. Of those that hold by the day the one that was
    typed last counts; before the first, what it changed; without any, ``otherwise``. Then how it
    was spelt is put right.
    """
    called, since = otherwise, 0
    renamed = last_by(changes, day)
    if renamed:
        change, holds = renamed
        name, short = called_after(change) if holds else called_before(change)
        called = Name(name or otherwise.name, short or otherwise.short)
        since = change.pk if holds else 0
    return put_right(called, changes, since=since)


def put_right(called: Name, changes: Sequence[C], *, since: int = 0) -> Name:
    """The name as it is spelt by all that was typed of spelling after the change ``since``."""
    for change in sorted(changes, key=typed_order):
        if change.on is None and change.pk > since and called == called_before(change):
            called = called_after(change)
    return called


def called_before(change: Renamed) -> Name:
    return Name(change.before, change.short_before)


def called_after(change: Renamed) -> Name:
    return Name(change.after, change.short_after)


def last_by(changes: Sequence[C], day: date) -> tuple[C, bool] | None:
    """(the change that says how it was on the day, whether it held by then)."""
    dated = sorted((change for change in changes if change.on is not None), key=typed_order)
    held = [change for change in dated if change.on is not None and change.on <= day]
    if held:
        return held[-1], True
    return (dated[0], False) if dated else None


def typed_order(change: Renamed) -> int:
    """In which order it was typed."""
    return change.pk
