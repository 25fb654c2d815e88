"""Reads a file of actuals as rows of cells, whatever it is called. Content decides, not names."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bcfportal.lib.sentences import listed, noun
from bcfportal.lib.spreadsheets import csv_reader, limits
from bcfportal.lib.spreadsheets.refusals import CSV, XLSX, Refused, at, kind_of
from bcfportal.lib.spreadsheets.workbook_reader import Cell, Workbook, open_workbook
from finance.ledger.headings import NEEDED_WORDS, Heading, find_heading, nearest
from finance.ledger.limits import HEADING_WITHIN

# Hidden rows up to this many are named one by one.
_ROWS_NAMED = 6


@dataclass(slots=True)
class Row:
    """A row that is not blank. ``heading`` names its columns; None in titles and the heading."""

    sheet: str
    number: int
    cells: list[Cell]
    heading: Heading | None


@dataclass
class Reading:
    """A file that has been opened. ``rows`` may raise Refused on the way; it is read once."""

    kind: str
    rows: Iterator[Row]
    # About how many rows there are to come, blank ones too.
    total: int
    notes: list[str] = field(default_factory=list)
    # What stands between the cells of a text.
    separator: str = ""


def read(content: bytes, *, look_through: bool = False) -> Reading:
    """Opens CSV or XLSX, whichever it is, and reads it as a stream.

    ``look_through`` counts the rows first, and finds what can be found wrong on the way. Raises
    Refused, with a sentence for the person, for all that cannot be read safely as a ledger.
    """
    if kind_of(content) == XLSX:
        book = open_workbook(content)
        reading = Reading(XLSX, iter(()), book.count_rows() if look_through else 0)
        reading.rows = _rows_of_workbook(book, reading)
        return reading
    text, notes = csv_reader.text_of(content)
    page, separator = _page_of_text(text)
    rows = 0
    if look_through:
        rows = sum(1 for _ in csv_reader.rows_of(text, separator, page.is_heading))
    return Reading(CSV, _rows_of_text(page, text, separator, notes), rows, notes, separator)


def _page_of_text(text: str) -> tuple["_Page", str]:
    """The text as one sheet, and its separator. A heading with a month goes before one without."""
    for with_month in (True, False):
        page = _Page("", with_month)
        separator = csv_reader.separator_of(text, page.is_heading)
        if page.found:
            break
    return page, separator


def _rows_of_text(page: "_Page", text: str, separator: str, notes: list[str]) -> Iterator[Row]:
    yield from page.rows(csv_reader.rows_of(text, separator, page.is_heading))
    if page.heading is None:
        raise Refused(
            f"None of the first {HEADING_WITHIN} rows has the headings {NEEDED_WORDS}."
            f"{nearest(page.seen)}"
        )


def _rows_of_workbook(book: Workbook, reading: Reading) -> Iterator[Row]:
    notes, rows, letters = [], 0, 0
    hidden: list[str] = []
    seen: list[tuple[str, list]] = []
    # Sheets without a month beside one with them are summaries; a workbook of them has one each.
    with_month = any(_has_heading(book, sheet) for sheet in book.sheets if not sheet.hidden)
    for sheet in book.sheets:
        if sheet.hidden:
            hidden += [sheet.name] if _has_heading(book, sheet) else []
            continue
        page = _Page(sheet.name, with_month)
        for row in page.rows(book.rows(sheet)):
            rows += 1
            if rows > limits.ROWS:
                raise Refused(f"The workbook has more than {limits.ROWS:,} rows. Split it.")
            letters += sum(len(cell) for cell in row.cells if isinstance(cell, str))
            if letters > limits.LETTERS:
                raise Refused(
                    f"The cells of the workbook have more than {limits.LETTERS:,} characters. "
                    "Delete the columns that a ledger does not need."
                )
            yield row
        if page.heading is None:
            notes.append(f"Sheet {sheet.name} was not read: no headings {NEEDED_WORDS}.")
            seen += page.seen
        else:
            notes += _said_of_looks(sheet, page.heading)
    if not rows:
        raise Refused(_nothing_to_read(hidden, seen))
    for name in hidden:
        notes.append(
            f"Sheet {name} is hidden and was not read, though it has the headings {NEEDED_WORDS}. "
            "Show it in Excel and upload the file again if it counts."
        )
    reading.notes += notes


def _nothing_to_read(hidden, seen):
    if hidden:
        sheets, those = noun(len(hidden), "Sheet"), noun(len(hidden), "it", "them")
        return (
            f"{sheets} {listed(hidden[:4])} {noun(len(hidden), 'is', 'are')} "
            f"hidden, and no other sheet has the headings {NEEDED_WORDS}. Show "
            f"{those} in Excel, save the file and try again."
        )
    return (
        f"No sheet has the headings {NEEDED_WORDS} in its first {HEADING_WITHIN} rows."
        f"{nearest(seen)}"
    )


def _has_heading(book, sheet):
    try:
        return next(_Page(sheet.name).rows(book.rows(sheet)), None) is not None
    except Refused:
        return False


def _said_of_looks(sheet, heading):
    """What the formatting of a sheet says about its rows, which the portal does not act on.

    People have not seen what Excel hides; what is struck through may not count.
    """
    notes = [
        *_said_of_rows(sheet, heading, sheet.hidden_rows, "hidden", ", by a filter for example"),
        *_said_of_rows(sheet, heading, sheet.struck_rows, "struck through", ""),
    ]
    for place in sorted(heading.places.values()):
        if place in sheet.hidden_columns:
            notes.append(
                f"Sheet {sheet.name}: column {heading.titles[place]} is hidden. It was read."
            )
    return notes


def _said_of_rows(sheet, heading, numbers, how, why):
    rows = [number for number in numbers if number > heading.number]
    if not rows:
        return
    are, they = ("are", "They were") if len(rows) > 1 else ("is", "It was")
    if len(rows) > _ROWS_NAMED:
        said = f"{len(rows):,} rows of sheet {sheet.name} {are} {how}, the first in row {rows[0]}"
    else:
        named = f"row{'s' if len(rows) > 1 else ''} {listed([str(row) for row in rows])}"
        said = f"Sheet {sheet.name}, {named} {are} {how}"
    yield f"{said}{why}. {they} read like the others."


class _Page:
    """A sheet, or a text: its rows, titles and heading first, and none where it has no heading."""

    def __init__(self, sheet: str, with_month: bool = True) -> None:
        self.sheet, self.with_month = sheet, with_month
        self.heading: Heading | None = None
        self.found = False
        # The rows in which a heading was looked for: their places in words, and their cells.
        self.seen: list[tuple[str, list]] = []

    def is_heading(self, number: int, cells: list) -> Heading | None:
        """The heading, where this row is one."""
        heading = find_heading(number, cells, self.sheet, with_month=self.with_month)
        self.found |= heading is not None
        return heading

    def rows(self, rows) -> Iterator[Row]:
        """The rows as they come, each with the heading that names its columns."""
        before: list[Row] = []
        for number, cells in rows:
            if self.heading is not None:
                yield Row(self.sheet, number, cells, self.heading)
                continue
            before.append(Row(self.sheet, number, cells, None))
            self.seen.append((at(self.sheet, number), cells))
            self.heading = self.is_heading(number, cells)
            if self.heading is not None:
                yield from before
            elif len(before) >= HEADING_WITHIN:
                break
