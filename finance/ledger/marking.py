"""Hands a file back with its errors marked: the rows that were read, each in its place.

The file itself is not kept, so this is made from the rows of the preview: the same sheets, rows
and columns with the same values. Formats, and sheets that were not read, are not in it.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from django.db.models import Max
from xlsxwriter.utility import xl_rowcol_to_cell

from bcfportal.lib.spreadsheets.files import BYTE_ORDER_MARK, safe_cell
from bcfportal.lib.spreadsheets.formats import FormattedDay, FormattedNumber, as_shown
from bcfportal.lib.spreadsheets.refusals import XLSX
from bcfportal.lib.spreadsheets.workbooks import Book, Heading, Marked
from finance.ledger.previewing import unkept
from finance.models import LedgerRow, LedgerUpload

ERRORS, ERROR = "Errors", "Error"
# What a format makes of a figure that still is one.
_FIGURE = re.compile(r"[-(]?£?\s*[\d,]*\.?\d*\s*%?\)?(?:E[+-]\d+)?", re.ASCII)
_NUMBER = re.compile(r"[-+]?[\d\s.,]*", re.ASCII)
_HEADER = ("Sheet", "Row", "Cell", "Column", "What is wrong")
# Comments make a workbook slow; beyond this many, the sheet of errors and the fill say it.
COMMENTS = 2_000


def marked_file(upload: LedgerUpload) -> tuple[bytes, str]:
    """The marked file as bytes, with its name."""
    stem = upload.file_name.rpartition(".")[0] or upload.file_name
    if upload.kind == XLSX:
        return _workbook(upload), f"{stem} with errors marked.xlsx"
    return _text(upload), f"{stem} with errors marked.csv"


def sentence(column: str, fault: str) -> str:
    """What is wrong, with the column in front: "Column Amount: “N/A” is not an amount. ..."."""
    return f"Column {column}: {fault}"


def _rows(upload) -> Iterator[tuple]:
    rows = LedgerRow.objects.filter(upload=upload).order_by("pk")
    return rows.values_list("sheet", "number", "cells", "errors", "kind").iterator(chunk_size=5_000)


def _value(kept):
    """The cell as it goes back: a code that its format made is that text, a number stays one."""
    cell = unkept(kept)
    if isinstance(cell, FormattedDay):
        return cell.displayed
    if isinstance(cell, FormattedNumber):
        text = as_shown(cell)
        padded = text is not None and text.startswith("0") and text[1:2].isdigit()
        return text if text and (padded or not _FIGURE.fullmatch(text)) else Decimal(cell)
    return cell


def _workbook(upload):
    book = Book()
    problems: list[tuple] = []
    for name, rows in groupby(_rows(upload), key=lambda row: row[0]):
        # The sheet of errors has its name for itself.
        page = book.sheet(f"{name} (ledger)" if name.casefold() == ERRORS.casefold() else name)
        for _, number, cells, errors, _ in rows:
            page.append(_cells(cells, errors, len(problems)), number)
            problems += [
                (name, number, xl_rowcol_to_cell(number - 1, place), column, fault)
                for place, column, fault in errors
            ]
    page = book.sheet(ERRORS, widths=(20, 8, 8, 20, 100), frozen="A2")
    page.append(Heading(title) for title in _HEADER)
    for problem in problems:
        page.append(problem)
    return book.save()


def _cells(cells, errors, so_far):
    line = [_value(cell) for cell in cells]
    for number, (place, _, fault) in enumerate(errors, start=so_far):
        line += [None] * (place + 1 - len(line))
        line[place] = Marked(line[place], fault if number < COMMENTS else "")
    return line


def _text(upload):
    out = io.StringIO()
    writer = csv.writer(out)
    headings = LedgerRow.objects.filter(upload=upload, kind=LedgerRow.Kind.HEADING)
    heading = headings.aggregate(number=Max("number"))["number"]
    last, place = 0, 0
    for _, number, cells, errors, _ in _rows(upload):
        for _ in range(number - last - 1):
            writer.writerow([])
        last = number
        line = [_shown(cell) for cell in cells]
        if number == heading:
            # A file that was marked before has the column already.
            place = line.index(ERROR) if ERROR in line else len(line)
        if number >= heading:
            line += [""] * (place + 1 - len(line))
            line[place] = " ".join(sentence(column, fault) for _, column, fault in errors)
        if number == heading:
            line[place] = ERROR
        writer.writerow(line)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _shown(kept):
    """The cell as it was read; what a spreadsheet would run, and is no number, is made safe."""
    text = kept or ""
    return text if _NUMBER.fullmatch(text) else safe_cell(text)
