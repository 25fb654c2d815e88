"""A risk: what never changes about it. Everything else is in its history."""

from django.conf import settings
from django.db import models

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import tracked
from bcfportal.lib.provenance import Sourced
from projects.models import Council


@tracked()
class Risk(Sourced):
    """An entry of a council's register. Title, scores, tasks and the rest are dated rows."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="risks")
    slug = models.SlugField(max_length=60, help_text="The reference as it stands in addresses.")
    reference = models.CharField(
        max_length=60, help_text="As printed; […] where the source has lost it."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Place in the register.")
    entered_on = models.DateField(null=True, blank=True, help_text="Date entered on the register.")
    entered_as_printed = models.CharField(
        max_length=60, blank=True, help_text="Where the source prints more than a date."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="risks",
        help_text="Who keeps the risk here and is reminded of its review.",
    )

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="risk_slug_unique_in_council",
                violation_error_message="This council already has a risk with that reference.",
            ),
        ]

    def __str__(self):
        return self.reference

    @depends_on("projects.council", "accounts.user")
    def natural_key(self):
        return (self.council.slug, self.slug)
