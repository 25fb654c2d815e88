"""Committees of a council, with the names that they had before."""

from datetime import date

from django.db import models

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from projects.models import Council


@tracked()
class Committee(Sourced):
    """A committee of members, by the name that it has now."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="committees")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    terms = models.TextField(blank=True, help_text="Its terms of reference, as far as known.")

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="committee_slug_unique_in_council",
                violation_error_message="This council already has a committee with that address.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="committee_has_a_name",
                violation_error_message="Give the committee's name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @depends_on("projects.council")
    def natural_key(self) -> tuple:
        return (self.council.slug, self.slug)

    def name_on(self, day: date) -> str:
        """The name that it had on that day: that of now, unless it is known to have had another."""
        known = [row for row in self.names.all() if row.last_on and row.last_on >= day]
        first = min(known, key=lambda row: (row.last_on, row.name), default=None)
        return first.name if first else self.name


@tracked()
class CommitteeName(Sourced):
    """A name that a committee had before, with the last day on which it is known to have had it."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    last_on = models.DateField(
        null=True, blank=True, help_text="The last day on which it is known to have had it."
    )

    objects = ByNaturalKey("committee__council__slug", "committee__slug", "name")

    class Meta:
        ordering = ["committee", "last_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name"],
                name="committee_name_once",
                violation_error_message="The committee already has that name.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="committee_name_not_empty",
                violation_error_message="Give the name that it had.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @depends_on("meetings.committee")
    def natural_key(self) -> tuple:
        return (*self.committee.natural_key(), self.name)
