"""What is typed into a report before it is one: section by section, as typed, nothing lost."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.writing import keep_writer
from bcfportal.lib.protection import Protect, Trigger, never_emptied


class DraftSection(models.Model):
    """One section of a report as it was typed, right or wrong.

    ``version`` counts the saves; a save names the version it began from, so that the later of two
    people or tabs sees that the other has saved. A subject adds ``report`` and ``name``, and a
    table of its saves.
    """

    report: Any
    saves: Any

    typed = models.JSONField(default=dict, help_text="What is in the boxes, by field.")
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def keep_writer(self, by: User) -> None:
        """Keeps that the person wrote in it, so that somebody else approves what it becomes."""
        keep_writer(self.report, by)


class DraftSave(models.Model):
    """One save of a section, as it was typed. Never changed; ``publishing.history`` writes it.

    A subject adds ``section``, a foreign key with ``related_name="saves"``. Only a save that a
    page made by itself may go, once a later one is there.
    """

    class How(models.TextChoices):
        SAVED = "saved", "Saved"
        ITSELF = "by itself", "Saved by itself"
        FILLED = "filled", "Filled from last time"
        BEGUN = "begun", "Begun with what the version before says"
        RESTORED = "restored", "Restored"

    section: Any
    section_id: int

    version = models.PositiveIntegerField(help_text="The section's, once this was saved.")
    typed = models.JSONField(default=dict, help_text="What was in the boxes, by field.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    restored_from = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version whose texts were restored."
    )

    class Meta:
        abstract = True
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "version", "how"],
                name="%(class)s_once_in_version",
                violation_error_message="That version of the section is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(how="restored", restored_from__isnull=False)
                | Q(~Q(how="restored"), restored_from__isnull=True),
                name="%(class)s_restored_from_a_version",
                violation_error_message="What is restored names the version that it was in.",
            ),
        ]
        triggers = [
            never_emptied("draft_save"),
            Protect(
                name="draft_save_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
            ),
            Trigger(
                name="draft_save_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=pgtrigger.Func(
                    """
                    IF OLD.how <> 'by itself' OR NOT EXISTS (
                        SELECT 1 FROM {meta.db_table}
                        WHERE section_id = OLD.section_id AND id > OLD.id
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;
                    END IF;
                    RETURN OLD;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}, version {self.version}"
