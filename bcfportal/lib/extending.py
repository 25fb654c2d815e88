"""Rows that extend those of another table, written many at once."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def insert_extending(base: type[models.Model], rows: Iterable[Row]) -> list[Row]:
    """Writes new rows of one model that extends ``base``: those of ``base``, then its own.

    Django has no ``bulk_create`` for rows that extend those of another table; this is what it does
    for others, once for each of the two tables.
    """
    rows = list(rows)
    if not rows:
        return rows
    extending = type(rows[0])
    shared = [field for field in base._meta.local_concrete_fields if not field.primary_key]
    extended = base._base_manager.bulk_create(
        base(**{field.attname: getattr(row, field.attname) for field in shared}) for row in rows
    )
    for row, below in zip(rows, extended, strict=True):
        row.pk = below.pk
        setattr(row, base._meta.pk.attname, below.pk)
    own = [field for field in extending._meta.local_concrete_fields if not field.generated]
    rows_of = extending._base_manager.all()
    rows_of._insert(rows, fields=own, using=rows_of.db)  # type: ignore[attr-defined]
    for row in rows:
        row._state.adding, row._state.db = False, rows_of.db
    return rows
