"""Statements that join the rows of a file with the ledger, whatever the planner estimates."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def joining_whole() -> Iterator[CursorWrapper]:
    """A cursor, within a transaction, for statements that join a file with the ledger.

    PostgreSQL counts the rows of a table now and then. Until it has counted those of a file it
    takes them for one or two, and would look through the whole ledger for each of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                cursor.execute("SET LOCAL enable_nestloop = on")
