"""The timeline of a record: the one way to write a line of it."""

from typing import TypeVar

from bcfportal.lib import clock
from publishing.models import Event

E = TypeVar("E", bound=Event)


def write_event(event: E, council_pk: int) -> E:
    """Writes a new line of a record's timeline, with whose it is and of which record.

    ``event`` has its record, ``by``, ``action`` and ``title``; without ``at`` it is of now.
    """
    event.council_id, event.kind, event.name = council_pk, event.KIND, event.record_name()
    event.at = event.at or clock.now()
    event.save(force_insert=True)
    return event
