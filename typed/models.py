"""The outcome of a press of a button, kept for a day to answer the same press again."""

from django.conf import settings
from django.db import models


class Press(models.Model):
    """One press of one showing of a form with one content, that was done.

    ``key`` is made of the form's ``press``, its address and every field: see ``typed.once``.
    """

    key = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    location = models.TextField(help_text="Where the person was sent then.")
    said = models.JSONField(default=list, help_text="[level, words] of each message shown then.")

    def __str__(self):
        return f"{self.by}, {self.at:%H:%M}"
