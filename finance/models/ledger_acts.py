"""What is asked before an upload is applied, what it then changed, and who took it back."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib.periods import Period
from bcfportal.lib.protection import Protect, never_emptied
from finance.models.ledger import (
    LETTERS_OF_CODE,
    LETTERS_OF_DESCRIPTION,
    MONTH_KEY,
    LedgerUpload,
)
from projects.models import Council


class LedgerQuestion(models.Model):
    """What the file leaves open and only a person can say; it is kept with its answer."""

    class Kind(models.TextChoices):
        MARK = "mark", "Which sign before the pence"
        UNIT = "unit", "Pounds, thousands or millions"
        WHAT = "what", "What a column says of the amounts"
        SIGN = "sign", "What a word says of an amount's sign"
        ROWS = "rows", "Which rows are spent"
        YEAR = "year", "Which year"
        DAY = "day", "Days without a year"
        WRITTEN = "written", "Which of two years"
        MONTH = "month", "Month of a file without a column for it"
        COLUMNS = "columns", "Which columns make the code"
        AMOUNT = "amount", "Which column has the amounts"
        CODE = "code", "Codes that look like others"
        FUTURE = "future", "Months to come"
        MISSING = "missing", "In the ledger and not in the file"

    KEEP, TAKE_OUT = "keep", "take out"
    TAKE, LEAVE = "take", "leave out"

    upload = models.ForeignKey(LedgerUpload, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(
        max_length=80, blank=True, help_text="What it asks about, once for each of its kind."
    )
    code = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    period = models.CharField(max_length=11, blank=True)
    description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, blank=True)
    rows = models.PositiveIntegerField(default=0, help_text="Rows of the file that it is about.")
    pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    options = models.JSONField(default=list, help_text="[answer, words]")
    answer = models.CharField(max_length=LETTERS_OF_CODE, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "kind", "subject"],
                name="ledger_question_once",
                violation_error_message="That is asked already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="missing") | Q(answer__in=["", "keep", "take out"]),
                name="ledger_question_missing_is_kept_or_taken_out",
                violation_error_message="A line is kept or taken out.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="future") | Q(answer__in=["", "take", "leave out"]),
                name="ledger_question_future_is_taken_or_left_out",
                violation_error_message="A month to come is taken or left out.",
            ),
        ]

    def __str__(self):
        return f"{self.upload}: {self.get_kind_display()} {self.subject}"

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label if self.period else ""


class LedgerTakingBack(models.Model):
    """Somebody took an applied upload back: its lines are again what they were before it."""

    upload = models.ForeignKey(LedgerUpload, models.PROTECT, related_name="takings_back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500)
    lines = models.PositiveIntegerField(help_text="How many lines were set back.")
    pounds = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="What the ledger's total changed by."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lines__gte=1),
                name="ledger_taking_back_sets_lines_back",
                violation_error_message="Something is taken back.",
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="ledger_taking_back_has_a_reason",
                violation_error_message="Who takes an upload back says why.",
            ),
        ]
        triggers = [
            never_emptied("ledger_taking_back"),
            Protect(
                name="ledger_taking_back_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self):
        return f"{self.upload}, taken back"


class LedgerChange(models.Model):
    """What an applied upload did to one line: as it was, and as it became. Never deleted."""

    upload = models.ForeignKey(LedgerUpload, models.PROTECT, related_name="line_changes")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    code = models.CharField(max_length=LETTERS_OF_CODE)
    period = models.CharField(max_length=11)
    # Nothing where there was no such line before, or is none after.
    was_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    was_description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, blank=True)
    was_funding_source = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    was_area_code = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    was_upload = models.ForeignKey(LedgerUpload, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, blank=True)
    # Whether the file had the line as it was: then it stays when an earlier upload is taken back.
    is_same = models.BooleanField(default=False, db_default=False)
    taken_back = models.ForeignKey(
        LedgerTakingBack, models.PROTECT, null=True, related_name="line_changes"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["council", "code", "period"], name="ledger_change_of_line"),
            models.Index(fields=["upload", "id"], name="ledger_change_of_upload"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(was_amount__isnull=False) | Q(amount__isnull=False),
                name="ledger_change_changes_a_line",
                violation_error_message="A line was there before, or is there after.",
            ),
            models.CheckConstraint(
                condition=Q(was_amount__isnull=True, was_upload__isnull=True)
                | Q(was_amount__isnull=False, was_upload__isnull=False),
                name="ledger_change_names_what_set_the_line_before",
                violation_error_message="A line that was there was set by an upload.",
            ),
            models.CheckConstraint(
                condition=Q(period__regex=MONTH_KEY),
                name="ledger_change_period_is_a_month",
                violation_error_message="A line is of a month, such as 2017-18-m09.",
            ),
        ]
        triggers = [
            never_emptied("ledger_change"),
            Protect(name="ledger_change_never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="ledger_change_is_taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.taken_back_id IS NOT NULL OR NEW.taken_back_id IS NULL"
                    " OR ROW(OLD.upload_id, OLD.council_id, OLD.code, OLD.period, OLD.was_amount,"
                    " OLD.was_description, OLD.was_funding_source, OLD.was_area_code,"
                    " OLD.was_upload_id, OLD.amount, OLD.description, OLD.is_same) IS DISTINCT FROM"
                    " ROW(NEW.upload_id, NEW.council_id, NEW.code, NEW.period, NEW.was_amount,"
                    " NEW.was_description, NEW.was_funding_source, NEW.was_area_code,"
                    " NEW.was_upload_id, NEW.amount, NEW.description, NEW.is_same)"
                ),
            ),
        ]

    def __str__(self):
        return f"{self.upload}: {self.code}, {self.period_label}"

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label
