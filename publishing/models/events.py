"""Events: who did what with each record, in one table. They are never changed.

A subject's row of an event extends the one here, as its row of a version does: it says of which
record it is, and what else the subject keeps. The engine writes them.
"""

import pgtrigger
from django.conf import settings
from django.db import models

from bcfportal.lib.protection import Protect, Trigger, never_emptied
from projects.models import Council


def stays_with(name: str) -> list[Trigger]:
    """Triggers of a subject's rows of events, called ``name``: they never change."""
    return [
        never_emptied(name),
        Protect(name=f"{name}_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
    ]


class Event(models.Model):
    """One line of a record's timeline: who did what, when, with which words."""

    # What the subject's records are called; each subject's row of an event says it.
    KIND = ""

    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, help_text="What its record is: a return, a period.")
    name = models.CharField(max_length=200, help_text="Which record, by its name in the council.")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    title = models.CharField(max_length=60, help_text="The action, as the timeline says it.")
    before = models.CharField(max_length=20, blank=True, help_text="The state before.")
    after = models.CharField(max_length=20, blank=True, help_text="The state from then on.")
    comment = models.TextField(blank=True)
    on_behalf_of = models.CharField(
        max_length=120, blank=True, help_text="The post that it was done for."
    )
    own = models.BooleanField(
        default=False, help_text="Done by who wrote the record, as the council allows."
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["council", "kind", "name"], name="event_of_record")]
        triggers = [
            never_emptied("event"),
            Protect(name="event_never_changes", operation=pgtrigger.Update),
            # Those of a period that was opened by mistake go with it: see ``PeriodEvent``.
            Protect(
                name="event_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__kind="period"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.title}"

    def record_name(self) -> str:
        """The name of its record in its council, which no other record of the kind has."""
        raise NotImplementedError
