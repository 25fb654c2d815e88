"""How much may wait and be worked on at a time, and how long rows are kept."""

from datetime import timedelta

# The heading is one of the first rows that are not blank.
HEADING_WITHIN = 20

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
