"""What is typed into a report before it is one: section by section, as typed, nothing lost."""

from typing import Any

from django.conf import settings
from django.db import models


class DraftSection(models.Model):
    """One section of a report as it was typed, right or wrong.

    ``version`` counts the saves; a save names the version it began from, so that the later of two
    people or tabs sees that the other has saved. A subject adds ``report`` and ``name``.
    """

    report: Any

    typed = models.JSONField(default=dict, help_text="What is in the boxes, by field.")
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
