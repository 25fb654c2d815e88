"""What is typed into a form that is sent whole, until it is sent: as typed, with each save."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from bcfportal.lib.protection import Protect, never_emptied
from projects.models import Council
from publishing.models.drafts import DraftSave, DraftSection


class FormDraft(DraftSection):
    """What is typed into one form of a council and not sent.

    ``typed`` is by box, all of the form; nothing in it is nothing kept. Sent or discarded, the row
    stays with a later version, so that a page opened before says that, and is cleared in time.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="+")
    address = models.CharField(max_length=400, help_text="The form's, beneath the council.")
    whose = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of a form that adds something: who adds it. Of others nobody, for all share it.",
    )
    begun = models.JSONField(
        default=dict, help_text="What the fields held before anything was typed, by field."
    )

    writers = models.JSONField(
        default=list, help_text="The keys of all who typed what is not sent."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "address"],
                condition=Q(whose=None),
                name="form_draft_shared_once",
                violation_error_message="That form has a draft already.",
            ),
            models.UniqueConstraint(
                fields=["council", "address", "whose"],
                condition=Q(whose__isnull=False),
                name="form_draft_once_for_a_person",
                violation_error_message="That person has a draft of the form already.",
            ),
            models.CheckConstraint(
                condition=Q(typed={}, version=0)
                | Q(typed={}, saved_at__isnull=False)
                | Q(version__gt=0, saved_by__isnull=False, saved_at__isnull=False),
                name="form_draft_saved_by_with_when",
                violation_error_message="What was typed into a form says who typed it and when.",
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="form_draft_by_age")]

    def __str__(self) -> str:
        return self.address

    def keep_writer(self, by: User) -> None:
        """Until it is sent it is no record: the draft itself keeps who wrote in it."""
        if by.pk not in self.writers:
            self.writers = [*self.writers, by.pk]
            self.save(update_fields=["writers"])


class FormDraftSave(DraftSave):
    """One save of a form that is not sent. It goes with the draft, once that is sent or old."""

    section = models.ForeignKey(FormDraft, models.CASCADE, related_name="saves")

    class Meta(DraftSave.Meta):
        triggers = [
            never_emptied("draft_save"),
            Protect(
                name="draft_save_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
            ),
        ]
