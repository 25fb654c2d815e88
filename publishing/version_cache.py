"""Sheets of snapshots, decoded once per process.

A snapshot never changes and its fingerprint is of its content, so a sheet kept under its
fingerprint is never stale. Only what this process has not seen is read from the database.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import msgspec
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from publishing.models import Snapshot

_MOST_KEPT = 5_000
_kept: dict[str, Any] = {}
S = TypeVar("S", bound=msgspec.Struct)


@cache
def _decoder(kind: type[S]) -> Callable[[str], S]:
    return msgspec.json.Decoder(kind).decode


def sheets_by_period(snapshots: QuerySet[Snapshot], kind: type[S]) -> dict[int, list[S]]:
    """The sheets of a queryset of snapshots by their period's primary key, in its order.

    Two queries at most, however many snapshots there are. ``kind`` is what they hold.
    """
    rows = list(snapshots.values_list("fingerprint", "report__period_id"))
    read = sheets_by_fingerprint([mark for mark, _ in rows], kind)
    sheets: dict[int, list[S]] = {}
    for mark, period in rows:
        sheets.setdefault(period, []).append(read[mark])
    return sheets


def sheets_by_fingerprint(marks: Iterable[str], kind: type[S]) -> dict[str, S]:
    """The sheets of the snapshots with these fingerprints: one query, or none where all are kept.

    ``kind`` is what they hold. Raises KeyError for a fingerprint that no snapshot has.
    """
    wanted = set(marks)
    missing = {mark for mark in wanted if mark not in _kept}
    read = {}
    if missing:
        contents = Snapshot.objects.filter(fingerprint__in=missing).values_list(
            "fingerprint", Cast("content", TextField())
        )
        read = {mark: _decoder(kind)(content) for mark, content in contents}
    sheets = {mark: read[mark] if mark in read else _kept[mark] for mark in wanted}
    if len(_kept) + len(read) > _MOST_KEPT:
        _kept.clear()
    _kept.update(read)
    return sheets


def forget() -> None:
    """Clears this process's cache, so that the next visit reads the database again."""
    _kept.clear()
