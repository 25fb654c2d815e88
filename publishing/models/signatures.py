"""Signatures under a record that several have to sign, each of what it said then."""

import hashlib
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from bcfportal.lib import clock
from bcfportal.lib.protection import Protect, never_emptied


class Signatures(models.Manager["Signature"]):
    def under(self, record: models.Model, action: str, mark: str) -> dict[str, "Signature"]:
        """Those under what the record says now, by body. Those of another text have lapsed."""
        rows = self.filter(**_of(record, action, mark))
        return {row.body: row for row in rows}

    def sign(
        self, record: models.Model, action: str, body: str, mark: str, **who: Any
    ) -> "Signature":
        """Writes the signature of a body under what the record says now."""
        return self.create(**_of(record, action, mark), body=body, at=clock.now(), **who)


def _of(record: models.Model, action: str, mark: str) -> dict[str, Any]:
    """``mark`` is of what was read; see ``typed.seen.mark_of``."""
    in_hex = hashlib.sha256(mark.encode()).hexdigest()
    kind = record._meta.label_lower
    return {"kind": kind, "record": record.pk, "action": action, "mark": in_hex}


class Signature(models.Model):
    """That a body signed a step of a record, and the mark of what it had read. Never changed.

    It counts as long as the record says the same: a change lets it lapse. The records are of apps
    above this one, so they are named: "publishing.return" and its key.
    """

    kind = models.CharField(max_length=60)
    record = models.PositiveBigIntegerField()
    action = models.CharField(max_length=40)
    body = models.CharField(max_length=60, help_text="Who signs: a council, a board, a post.")
    mark = models.CharField(max_length=64, help_text="SHA-256 of what was read, in hex.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=120, blank=True, help_text="A post.")
    at = models.DateTimeField(default=timezone.now)

    objects = Signatures()

    class Meta:
        ordering = ["kind", "record", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "action", "body", "mark"],
                name="signature_once_of_what_it_says",
                violation_error_message="That body has signed this already.",
            ),
        ]
        triggers = [
            never_emptied("signature"),
            Protect(name="signature_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.action}, {self.kind} {self.record}"
