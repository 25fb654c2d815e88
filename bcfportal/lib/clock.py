"""The portal's clock. Records are dated by it, and deadlines are counted from it.

It is the machine's, unless somebody moved it: a demonstration lives on a day of its own, and tests
live through a year in a second. Sessions, cookies and links that run out keep to the machine's
clock. Only views, commands and actions read it; rules are given the day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.utils import timezone

# How far ahead of the machine the clock is, and the moment that it stands still at, if it does.
_ahead = timedelta(0)
_stopped: datetime | None = None


def now() -> datetime:
    """The moment, in UTC and aware of it."""
    return _stopped or timezone.now() + _ahead


def today() -> date:
    """The day in England."""
    return timezone.localdate(now())


def is_moved() -> bool:
    """Whether the clock is another than the machine's."""
    return _stopped is not None or bool(_ahead)


def shown(moment: datetime) -> datetime:
    """A moment of the machine's clock as the portal's own has it, to be shown beside its days."""
    return moment + (now() - timezone.now())


def set_ahead(ahead: timedelta) -> None:
    """Moves the clock of this process ahead of the machine's (behind it, where negative)."""
    global _ahead
    _ahead = ahead


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """A block in which the clock stands still, in every thread. ``moment`` is aware of its zone."""
    global _stopped
    if timezone.is_naive(moment):
        raise ValueError("Say in which time zone the moment is.")
    before, _stopped = _stopped, moment
    try:
        yield
    finally:
        _stopped = before
