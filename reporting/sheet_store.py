"""Sheets of snapshots, decoded once per process.

A snapshot never changes and its fingerprint is of its content, so a sheet kept under its
fingerprint is never stale. Only what this process has not seen is read from the database.
"""

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from reporting.sheets import Sheet

_MOST_KEPT = 5_000
_kept: dict[str, Sheet] = {}
_decode = msgspec.json.Decoder(Sheet).decode


def sheets_by_period(snapshots) -> dict[int, list[Sheet]]:
    """The sheets of a queryset of snapshots by their period's primary key, in its order.

    Two queries at most, however many snapshots there are.
    """
    rows = list(snapshots.values_list("pk", "fingerprint", "report__period_id"))
    missing = {pk: mark for pk, mark, _ in rows if mark not in _kept}
    read = {}
    if missing:
        contents = snapshots.model.objects.filter(pk__in=missing).values_list(
            "fingerprint", Cast("content", TextField())
        )
        read = {mark: _decode(content) for mark, content in contents}
    sheets: dict[int, list[Sheet]] = {}
    for _, mark, period in rows:
        sheets.setdefault(period, []).append(read[mark] if mark in read else _kept[mark])
    if len(_kept) + len(read) > _MOST_KEPT:
        _kept.clear()
    _kept.update(read)
    return sheets
