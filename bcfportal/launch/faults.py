"""Faults that the person at the keyboard can put right: one plain sentence each."""

import errno
import sys
from collections.abc import Callable

FULL = (errno.ENOSPC, errno.EDQUOT)


class Fault(Exception):
    """A fault whose message is the whole of what the person needs to read."""


def plainly(command: Callable[[], int]) -> int:
    """The exit status of ``command``; faults come out as one line, never as a traceback.

    An error about a file is the machine's doing (rights, a full disk), so it is a fault too.
    """
    try:
        return command()
    except KeyboardInterrupt:
        return 130
    except Fault as fault:
        sentence = str(fault)
    except OSError as error:
        if not error.filename and error.errno not in FULL:
            raise
        sentence = (
            f"{error.filename or 'A file'} cannot be used ({str(error.strerror).lower()}): "
            "check that this user may write in the project's folder and that the disk has room."
        )
    sys.stderr.write(sentence + "\n")
    return 1


def tell(sentence: str) -> None:
    """Say at once what is happening, even if the output goes to a file."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
