"""Locks between the portal's own processes.

They are locks of the operating system on open files, so a process that is killed gives up its
locks at that moment and leaves nothing behind that has to be cleared.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for a turn, and let no other process into a block with the same path meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def join(file: IO[str]) -> None:
    """Become one of the users of ``file``, waiting while somebody is the last one to leave."""
    fcntl.flock(file, fcntl.LOCK_SH)


def is_last(file: IO[str]) -> bool:
    """Leave the users of ``file``; True when there are no others, and until it is closed.

    If two leave at the same moment, the lock goes to the later one, which is then the last.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
