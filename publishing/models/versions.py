"""Versions: what each record said when it was approved, in one table, each council's in one chain.

A subject's row of a version extends the one here (its primary key is a foreign key to it) and says
which record of the subject it is of. ``publishing.freezing`` is the one way to make one.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.protection import Protect, never_emptied
from bcfportal.lib.versions import canonical
from projects.models import Council

NEVER = pgtrigger.Update | pgtrigger.Delete
# What the chain says of a version: what the link to it is made of.
_CHAINED = ("place", "kind", "name", "number", "schema", "form", "fingerprint", "previous")


def _moment(at: datetime) -> str:
    """A moment as the chain writes it, whatever the time zone of the process."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Version(models.Model):
    """What a record said when it was approved or published: numbered, fingerprinted, for good."""

    # What the subject's records are called; each subject's row of a version says it.
    KIND = ""
    # What is fetched with a row to name its record.
    RECORD: tuple[str, ...] = ()

    council = models.ForeignKey(Council, models.PROTECT, related_name="versions")
    place = models.PositiveIntegerField(help_text="In the chain of its council, from 1.")
    kind = models.CharField(max_length=40, help_text="What its record is: a return, a period.")
    name = models.CharField(max_length=200, help_text="Which record, by its name in the council.")
    number = models.PositiveSmallIntegerField(help_text="Among the versions of the record, from 1.")
    schema = models.PositiveSmallIntegerField(help_text="Of the content.")
    form = models.CharField(
        max_length=40, help_text="How the content is written as bytes; see bcfportal.lib.versions."
    )
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the content, in hex.")
    previous = models.CharField(
        max_length=64,
        blank=True,
        help_text="The link of the version before it in its council; none of the first.",
    )
    at = models.DateTimeField(help_text="When it was approved.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["council", "place"]
        indexes = [models.Index(fields=["fingerprint"], name="version_fingerprint")]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "place"],
                name="version_place_unique_in_council",
                violation_error_message="Another version of the council has that place.",
            ),
            models.UniqueConstraint(
                fields=["council", "kind", "name", "number"],
                name="version_number_unique_in_record",
                violation_error_message="The record already has a version of that number.",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, number__gte=1),
                name="version_numbered_from_one",
                violation_error_message="Versions are numbered from 1.",
            ),
            models.CheckConstraint(
                condition=Q(place=1, previous="") | Q(place__gt=1) & ~Q(previous=""),
                name="version_names_the_one_before",
                violation_error_message="Every version but the first names the one before it.",
            ),
        ]
        triggers = [never_emptied("version"), Protect(name="version_stays", operation=NEVER)]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}, version {self.number}"

    def record_name(self) -> str:
        """The name of its record in its council, which no other record of the kind has."""
        raise NotImplementedError

    @property
    def in_chain(self) -> bytes:
        """What the chain says of it, in the canonical form of content."""
        said: dict[str, Any] = {name: getattr(self, name) for name in _CHAINED}
        return canonical(said | {"at": _moment(self.at)})

    @property
    def link(self) -> str:
        """SHA-256 in hex of what the chain says of it: the next version of its council names it."""
        return hashlib.sha256(self.in_chain).hexdigest()


class Publication(models.Model):
    """When a version was published, and by whom. Never changed."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="publication")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            never_emptied("publication"),
            Protect(name="publication_never_changes", operation=NEVER),
        ]

    def __str__(self) -> str:
        return f"{self.version}, published"
