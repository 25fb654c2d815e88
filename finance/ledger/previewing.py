"""Previews a file: each row compared with what the ledger has, nothing of the ledger changed."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain

from django.db import connection, transaction
from django.db.models import Avg, Count, Max, Sum
from django.db.models.functions import Abs

from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.formats import FormattedDay, FormattedNumber
from bcfportal.lib.spreadsheets.refusals import Refused
from bcfportal.lib.spreadsheets.workbook_reader import Cell, Formula
from finance.ledger.adding_up import keep_sums
from finance.ledger.amount_marks import AmountMarks
from finance.ledger.asking import Questions
from finance.ledger.checking import Checker
from finance.ledger.columns import Way
from finance.ledger.headings import heading_of
from finance.ledger.joining import joining_whole
from finance.ledger.known import KnownCodes
from finance.ledger.meaning.found import Finding, Findings
from finance.ledger.meaning.settling import Settling
from finance.ledger.questions import ask_of_missing, count_answers, keep_questions
from finance.ledger.reading import Reading, Row
from finance.models import LedgerLine, LedgerQuestion, LedgerRow, LedgerUpload
from projects.models import Council

Kind = LedgerRow.Kind
_CHUNK = 5_000
# Letters of a cell's format that are kept.
_FORMAT = 255
_COLUMNS = (
    *("upload_id", "sheet", "number", "cells", "kind", "code", "period", "amount"),
    *("description", "funding_source", "area_code", "errors"),
)
_NOT_NULL = ("sheet", "code", "period", "description", "funding_source", "area_code")
Progress = Callable[[int], None]
# By kind and subject of the question.
Answers = dict[tuple[str, str], str]


def preview(upload: LedgerUpload, reading: Reading, progress: Progress = lambda done: None) -> None:
    """Keeps the rows of the file and says of each what it would change; all or nothing.

    What is said of the upload itself, here and below, is written by ``UPLOADS.transition``.
    ``progress`` is told how many rows are done. Raises Refused, and then nothing is kept.
    """
    with transaction.atomic():
        upload.separator = reading.separator
        _check(upload, reading.rows, progress)
        upload.notes = list(reading.notes)
        compare(upload)
        if not (upload.lines or upload.wrong or upload.asked or upload.left_out):
            raise Refused("The file has headings and no row with an amount, so it says nothing.")


def check_again(upload: LedgerUpload, progress: Progress = lambda done: None) -> None:
    """Reads the rows that are kept once more, with the answers given since."""
    with transaction.atomic():
        _check(upload, None, progress)
        compare(upload)


def _check(upload: LedgerUpload, rows: Iterable[Row] | None, progress: Progress) -> None:
    """Checks all rows, those that are kept where none are given.

    Where their amounts have another mark than was thought, they are checked a second time.
    """
    answers = {
        (kind, subject): answer
        for kind, subject, answer in upload.questions.values_list("kind", "subject", "answer")
    }
    mark = answers.get((LedgerQuestion.Kind.MARK, ""), "")
    ledger = _ledger_of(upload.council)
    if rows is None:
        checker = _checked_again(upload, progress, answers, ledger, Known())
    else:
        checker = _checked(upload, rows, progress, answers, ledger, Known())
    marks = checker.marks.decided(semicolons=upload.separator == ";", answer=mark)
    noted, findings = checker.marks, checker.findings
    read_twice = marks.asks or marks.mark != checker.read_by.mark
    # Amounts that were read by another mark are compared with nothing.
    known = Known(
        marks,
        checker.columns.decided(),
        findings.result({} if read_twice else ledger.usual, answers),
    )
    if read_twice or known.columns or known.finding:
        checker = _checked_again(upload, progress, answers, ledger, known)
    if checker.adding_up.added:
        keep_sums(upload)
    remarks = (
        *(checker.columns.remarks(), noted.remarks(), checker.said_of_credits()),
        *(checker.settling.remarks(), checker.adding_up.remarks(), checker.totals.remarks()),
        findings.remarks(known.finding),
    )
    upload.remarks = list(chain(*remarks))
    keep_questions(upload, checker.questions.all())


@dataclass(frozen=True)
class Known:
    """What is known of a file once its rows have been gone through."""

    marks: AmountMarks = field(default_factory=AmountMarks)
    columns: dict[str, Way] = field(default_factory=dict)
    finding: Finding = field(default_factory=Finding)


@dataclass(frozen=True)
class Ledger:
    """The council whose ledger it is, and the others by name; what a month of each code is."""

    council: str
    others: list[str]
    usual: dict[str, Decimal]


def _ledger_of(council: Council) -> Ledger:
    """What rows are compared with. What a code comes to in a month is so whatever its sign."""
    others = Council.objects.exclude(pk=council.pk).values_list("name", flat=True)
    lines = LedgerLine.objects.filter(council=council).order_by()
    usual = lines.values_list("code").annotate(usual=Avg(Abs("amount")))
    return Ledger(council.name, list(others), dict(usual))


def _checked_again(
    upload: LedgerUpload,
    progress: Progress,
    answers: Answers,
    ledger: Ledger,
    known: Known,
) -> Checker:
    """Checks the rows that are kept, and keeps what is made of them in their place."""
    last = LedgerRow.objects.filter(upload=upload).aggregate(last=Max("pk"))["last"]
    checker = _checked(upload, _kept_rows(upload), progress, answers, ledger, known)
    LedgerRow.objects.filter(upload=upload, pk__lte=last).delete()
    return checker


def _checked(
    upload: LedgerUpload,
    rows: Iterable[Row],
    progress: Progress,
    answers: Answers,
    ledger: Ledger,
    known: Known,
) -> Checker:
    questions = Questions(clock.today(), answers)
    checker = Checker(
        upload.year,
        questions,
        KnownCodes(ledger.usual),
        known.marks,
        known.columns,
        upload.file_name,
        Findings(ledger.council, ledger.others, upload.file_name),
        Settling(questions, known.finding, ledger.usual),
    )
    lines, done = _Lines(upload), 0
    for row in rows:
        done += 1
        lines.add(row, checker.check(row))
        if done % _CHUNK == 0:
            lines.copy()
            progress(done)
    lines.copy()
    progress(done)
    return checker


def _kept_rows(upload) -> Iterator[Row]:
    """The rows as they were read from the file, each with its heading."""
    sheet, heading = None, None
    first: list[tuple[int, list]] = []
    rows = LedgerRow.objects.filter(upload=upload).order_by("pk")
    for name, number, cells, kind in rows.values_list("sheet", "number", "cells", "kind").iterator(
        chunk_size=_CHUNK
    ):
        if name != sheet:
            sheet, heading, first = name, None, []
        cells = [unkept(cell) for cell in cells]
        if kind == Kind.HEADING:
            first.append((number, cells))
            yield Row(name, number, cells, None)
        else:
            heading = heading or heading_of(first, name)
            yield Row(name, number, cells, heading)


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
    """A cell as JSON keeps it: a text, {"n": number}, {"d": day} or null; "f" is its format."""
    if isinstance(cell, Formula):
        cell = cell.value
    if isinstance(cell, Decimal | date):
        kept = {"n": f"{cell:f}"} if isinstance(cell, Decimal) else {"d": cell.isoformat()}
        shown_as = getattr(cell, "format", "")
        return kept | {"f": shown_as[:_FORMAT]} if shown_as else kept
    # PostgreSQL keeps no NUL and no half of a pair in JSON.
    return cell and cell.replace("\x00", "").encode("utf-8", "replace").decode()


def unkept(kept: object) -> Cell:
    """The cell of what JSON keeps of it."""
    if kept is None or isinstance(kept, str):
        return kept
    if not isinstance(kept, dict):
        raise TypeError("A cell is kept as a text, an object or nothing.")
    shown_as = kept.get("f", "")
    if "n" in kept:
        return FormattedNumber.of(kept["n"], shown_as) if shown_as else Decimal(kept["n"])
    day = date.fromisoformat(kept["d"])
    return FormattedDay.of(day, shown_as) if shown_as else day


def compare(upload: LedgerUpload) -> None:
    """Says again of each right row whether it is new, changed or the same, and counts them.

    Once all rows are settled, asks about the lines that the ledger has for the file's months and
    the file has not; what was answered of lines that are as they were stays.
    """
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
        upload.asked, upload.asked_pounds = counts[Kind.ASKED][0], counts[Kind.ASKED][1] or 0
        upload.wrong = counts[Kind.WRONG][0]
        upload.left_out, upload.totals = counts[Kind.LEFT_OUT][0], counts[Kind.TOTAL][0]
        upload.added = counts[Kind.ADDED][0]
        upload.without_amount = counts[Kind.WITHOUT_AMOUNT][0]
        if not (upload.wrong or upload.asked):
            ask_of_missing(upload)
        count_answers(upload)


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
