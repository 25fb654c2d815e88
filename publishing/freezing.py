"""Freezing: the one way to keep for good what records say now."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from bcfportal.lib.versions import FORM, fingerprint
from projects.models import Council
from publishing.models import Publication, Version

V = TypeVar("V", bound=Version)


@transaction.atomic
def freeze(rows: Iterable[V], council_pk: int) -> list[V]:
    """Writes new versions of a council's records, each the next in the council's chain.

    ``rows`` have their record, ``number``, ``content``, ``at`` and ``by``; all else is filled in
    here. The council is locked, so that two people are serialised. Four queries, and a savepoint.
    """
    rows = list(rows)
    if not rows:
        return rows
    Council.objects.select_for_update(no_key=True).get(pk=council_pk)
    before = Version.objects.filter(council=council_pk).defer("content").order_by("-place").first()
    for row in rows:
        row.council_id, row.kind, row.name = council_pk, row.KIND, row.record_name()
        row.schema, row.form = row.content.get("schema", 1), FORM
        row.fingerprint = fingerprint(row.content)
        row.place = before.place + 1 if before else 1
        row.previous = before.link if before else ""
        before = row
    _insert(rows)
    return rows


def _insert(rows: list[V]) -> None:
    """Writes the rows, all of one subject: the versions, then what the subject adds to each.

    Django has no ``bulk_create`` for rows that extend those of another table; this is what it does
    for others, once for each of the two tables.
    """
    subject = type(rows[0])
    shared = [field for field in Version._meta.local_concrete_fields if not field.primary_key]
    versions = Version.objects.bulk_create(
        Version(**{field.attname: getattr(row, field.attname) for field in shared}) for row in rows
    )
    for row, version in zip(rows, versions, strict=True):
        row.pk = version.pk
    own = [field for field in subject._meta.local_concrete_fields if not field.generated]
    rows_of = subject._base_manager.all()
    rows_of._insert(rows, fields=own, using=rows_of.db)  # type: ignore[attr-defined]
    for row in rows:
        row._state.adding, row._state.db = False, rows_of.db


def make_public(versions: Iterable[Version], *, at: datetime, by: User | None) -> None:
    """Keeps that these versions were published; of those that were already, nothing changes."""
    keys = [version.pk for version in versions]
    known = set(Publication.objects.filter(version__in=keys).values_list("version_id", flat=True))
    Publication.objects.bulk_create(
        Publication(version_id=key, at=at, by=by) for key in keys if key not in known
    )
