"""Where a record came from, and what has to be said about it."""

from django.db import models


class Sourced(models.Model):
    """A record that keeps the place it was taken from and notes on what was lost or disagrees."""

    source = models.CharField(
        max_length=200,
        blank=True,
        help_text="The document and the page, paragraph or sheet that this was taken from.",
    )
    note = models.TextField(
        blank=True,
        help_text="What was lost in the source, or where the source disagrees with itself.",
    )

    class Meta:
        abstract = True
