"""Previews a file: each row compared with what the ledger has, nothing of the ledger changed."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Count, Sum

from finance.ledger.checking import Checker
from finance.ledger.limits import Refused
from finance.ledger.reading import Reading
from finance.ledger.workbooks import Formula
from finance.models import LedgerRow, LedgerUpload

Kind = LedgerRow.Kind
_CHUNK = 5_000
_COLUMNS = (
    *("upload_id", "sheet", "number", "cells", "kind", "code", "period", "amount"),
    *("description", "funding_source", "area_code", "errors"),
)
_NOT_NULL = ("sheet", "code", "period", "description", "funding_source", "area_code")
Progress = Callable[[int], None]


def preview(upload: LedgerUpload, reading: Reading, progress: Progress = lambda done: None) -> None:
    """Keeps the rows of the file and says of each what it would change; all or nothing.

    ``progress`` is told how many rows are done. Raises Refused, and then nothing is kept.
    """
    with transaction.atomic():
        checker = Checker(upload.year)
        lines, done = _Lines(upload), 0
        for row in reading.rows:
            done += 1
            lines.add(row, checker.check(row))
            if done % _CHUNK == 0:
                lines.copy()
                progress(done)
        lines.copy()
        progress(done)
        upload.notes = list(reading.notes)
        compare(upload)
        if not (upload.lines or upload.wrong):
            raise Refused("The file has headings and no row with an amount, so it says nothing.")


class _Lines:
    """Rows on their way into the database, a few thousand at once."""

    def __init__(self, upload):
        self.upload_id = upload.pk
        self.buffer = io.StringIO()
        self.writer = csv.writer(self.buffer)

    def add(self, row, checked):
        cells = json.dumps([_kept(cell) for cell in row.cells])
        amount = "" if checked.amount is None else f"{checked.amount:f}"
        self.writer.writerow(
            (
                *(self.upload_id, row.sheet, row.number, cells, checked.kind.value),
                *(checked.code, checked.period, amount, checked.description[:200]),
                *(checked.funding_source[:60], checked.area_code[:60]),
                json.dumps(checked.errors) if checked.errors else "[]",
            )
        )

    def copy(self):
        self.buffer.seek(0)
        table, columns = LedgerRow._meta.db_table, ", ".join(_COLUMNS)
        with connection.cursor() as cursor:
            cursor.copy_expert(
                f"COPY {table} ({columns}) FROM STDIN "
                f"WITH (FORMAT csv, FORCE_NOT_NULL ({', '.join(_NOT_NULL)}))",
                self.buffer,
            )
        self.buffer.seek(0)
        self.buffer.truncate()


def _kept(cell):
    """A cell as JSON keeps it: a text, {"n": number}, {"d": day} or null."""
    if isinstance(cell, Formula):
        cell = cell.value
    if isinstance(cell, Decimal):
        return {"n": f"{cell:f}"}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    # PostgreSQL keeps no NUL and no half of a pair in JSON.
    return cell and cell.replace("\x00", "").encode("utf-8", "replace").decode()


@contextmanager
def joining_whole():
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


def compare(upload: LedgerUpload) -> None:
    """Says anew of each right row whether it is new, changed or the same, and counts them."""
    with transaction.atomic():
        with joining_whole() as cursor:
            cursor.execute(_COMPARE, [upload.council_id, upload.pk])
        counts = dict.fromkeys(Kind, (0, None, None))
        for kind, number, pounds, was in (
            LedgerRow.objects.filter(upload=upload)
            .order_by()
            .values_list("kind")
            .annotate(Count("pk"), Sum("amount"), Sum("was_amount"))
        ):
            counts[Kind(kind)] = (number, pounds, was)
        upload.new, upload.new_pounds = counts[Kind.NEW][0], counts[Kind.NEW][1] or 0
        upload.changed, to, was = counts[Kind.CHANGED]
        upload.changed_to_pounds, upload.changed_from_pounds = to or 0, was or 0
        upload.same, upload.same_pounds = counts[Kind.SAME][0], counts[Kind.SAME][1] or 0
        upload.wrong = counts[Kind.WRONG][0]
        upload.without_amount = counts[Kind.WITHOUT_AMOUNT][0]
        upload.state = LedgerUpload.State.PREVIEWED
        upload.save()


# Blanks of the file leave what the ledger has: only words that are there can differ.
_COMPARE = """
UPDATE finance_ledgerrow AS r SET
    kind = CASE
        WHEN found.id IS NULL THEN 'new'
        WHEN found.amount <> r.amount
            OR (r.description <> '' AND r.description <> found.description)
            OR (r.funding_source <> '' AND r.funding_source <> found.funding_source)
            OR (r.area_code <> '' AND r.area_code <> found.area_code) THEN 'changed'
        ELSE 'same' END,
    was_amount = found.amount, was_description = found.description,
    was_funding_source = found.funding_source, was_area_code = found.area_code
FROM finance_ledgerrow AS own
LEFT JOIN finance_ledgerline AS found
    ON found.council_id = %s AND found.code = own.code AND found.period = own.period
WHERE own.id = r.id AND r.upload_id = %s AND r.kind IN ('new', 'changed', 'same')
"""
