"""What results are split by."""

from datetime import date

from django.db import models

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from projects.models import Council, Provider


class Segment(models.Model):
    """A part that results are split by: a provider, a locality, a sector."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "Provider"
        LOCALITY = "locality", "Locality"
        SECTOR = "sector", "Sector"

    council = models.ForeignKey(Council, models.CASCADE, related_name="segments")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="segments"
    )
    order = models.PositiveSmallIntegerField(default=1)

    objects = ByNaturalKey("council__slug", "slug")

    class Meta:
        ordering = ["council", "order", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "slug"],
                name="segment_slug_unique_in_council",
                violation_error_message="This council already has a segment with that slug.",
            ),
        ]

    def __str__(self):
        return self.name

    def called_on(self, day: date) -> str:
        """Its name on the day: the provider's, where it is one under a name that it ever had."""
        if self.provider is None:
            return self.name
        known = self.provider.renamings
        ever = {self.provider.name, *(name for c in known for name in (c.before, c.after))}
        return self.provider.called_on(day).name if self.name in ever else self.name

    @depends_on("projects.council", "projects.provider")
    def natural_key(self):
        return (self.council.slug, self.slug)
