"""How big a file may be, how long its rows are kept, and how a file is refused."""

from datetime import timedelta

from django.conf import settings

MEGABYTE = 1024 * 1024

# The file as it is sent.
FILE_BYTES = settings.UPLOAD_BYTES
# Rows of all its sheets together; a sheet that goes on below this is refused, blank or not.
ROWS = 200_000
# Columns that are read of a row, and letters of one cell, which is Excel's own limit.
COLUMNS = 50
LETTERS_OF_CELL = 32_767
# Letters of one row, and of all cells together: one long text may stand in thousands of cells.
LETTERS_OF_ROW = 500_000
LETTERS = 64 * MEGABYTE
# The heading is one of the first rows that are not blank.
HEADING_WITHIN = 20

# An XLSX is a zip: what its parts may come to unpacked, checked before any is read.
PARTS = 2_000
PART_BYTES = 200 * MEGABYTE
UNPACKED_BYTES = 300 * MEGABYTE
# Ledgers pack to a tenth or a fiftieth; what packs better than this is made to fill a memory.
RATIO = 200
# Parts smaller than this do no harm, however well they pack.
RATIO_FROM_BYTES = MEGABYTE
TEXTS_BYTES = 48 * MEGABYTE
SMALL_PART_BYTES = 8 * MEGABYTE
TEXTS = 2_000_000

# Files up to this size are read, and previews of up to this many changes applied, at once; bigger
# ones behind a page that says how far it is.
AT_ONCE_BYTES = 256 * 1024
AT_ONCE_ROWS = 5_000

# Files that wait for a decision, each with all its rows in the database.
WAITING_OF_PERSON = 10
WAITING_OF_COUNCIL = 30
# Big files that are worked on at the same time: each is a thread with two connections.
AT_WORK_OF_PERSON = 2
AT_WORK = 4

# The rows of a preview that nobody applied or dropped, and the record of a refused file.
KEPT = timedelta(days=7)
# Files that one process reads or applies at a time; the others wait for their turn.
READERS = 2
# Work that has not been heard of for so long may be started again.
SILENT = timedelta(seconds=30)
# How often work says that it goes on, and speaks for what waits behind it.
BEAT = timedelta(seconds=5)

TOO_BIG = f"The file is bigger than {FILE_BYTES // MEGABYTE} MB. Split it, by month for example."


class NotNow(Exception):
    """What is asked of an upload cannot be done as things are. The message is for the person."""


class Refused(Exception):
    """A file that is not read at all. Says why in one sentence for the person."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def at(sheet: str, number: int) -> str:
    """The place of a row in words: "Sheet Actuals, row 14", or "Row 14" in a CSV."""
    return f"Sheet {sheet}, row {number}" if sheet else f"Row {number}"
