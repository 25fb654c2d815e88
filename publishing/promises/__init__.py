"""What was said to come, of whichever subject, and how it stands on a day."""

from publishing.promises.lines import (
    ANSWERS,
    DROPPED,
    ENDS,
    KEPT,
    LATE,
    MOVED,
    NO_OWNER,
    OPEN,
    PASSED,
    STATES,
    TOLD,
    AnswerLine,
    PromiseLine,
)
from publishing.promises.listed import OfOwner, Promises, known_until

__all__ = [
    "ANSWERS",
    "DROPPED",
    "ENDS",
    "KEPT",
    "LATE",
    "MOVED",
    "NO_OWNER",
    "OPEN",
    "PASSED",
    "STATES",
    "TOLD",
    "AnswerLine",
    "OfOwner",
    "PromiseLine",
    "Promises",
    "known_until",
]
