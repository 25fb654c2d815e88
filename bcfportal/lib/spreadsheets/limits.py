"""How big an uploaded CSV or XLSX may be, compressed and uncompressed."""

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

# An XLSX is a zip: what its parts may come to unpacked, checked before any is read.
PARTS = 2_000
PART_BYTES = 200 * MEGABYTE
UNPACKED_BYTES = 300 * MEGABYTE
# Tables pack to a tenth or a fiftieth; what packs better than this is made to fill a memory.
RATIO = 200
# Parts smaller than this do no harm, however well they pack.
RATIO_FROM_BYTES = MEGABYTE
TEXTS_BYTES = 48 * MEGABYTE
SMALL_PART_BYTES = 8 * MEGABYTE
TEXTS = 2_000_000

TOO_BIG = f"The file is bigger than {FILE_BYTES // MEGABYTE} MB. Split it, by month for example."
