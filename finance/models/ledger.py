"""Actuals by code and month as the council's ledger gives them, and the files they came from."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from bcfportal.lib import present
from bcfportal.lib.periods import Period, financial_year_label
from bcfportal.lib.protection import tracked
from projects.models import Council

MONTH_KEY = r"^20[0-9]{2}-[0-9]{2}-m(0[1-9]|1[0-2])$"
LETTERS_OF_CODE = 60
LETTERS_OF_DESCRIPTION = 200


class LedgerUpload(models.Model):
    """A file of actuals: what it would change, then what it changed. The file is not kept."""

    class State(models.TextChoices):
        READING = "reading", "Being read"
        PREVIEWED = "previewed", "Previewed"
        APPLIED = "applied", "Applied"
        REFUSED = "refused", "Refused"

    council = models.ForeignKey(Council, models.CASCADE, related_name="ledger_uploads")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[("CSV", "CSV"), ("XLSX", "XLSX")])
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the file, in hex.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    separator = models.CharField(
        max_length=1, blank=True, db_default="", help_text="What stands between cells of a text."
    )
    year = models.PositiveSmallIntegerField(
        null=True, help_text="The year that was chosen for periods such as P10: 2017 for 2017/18."
    )
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    sentence = models.CharField(
        max_length=500, blank=True, help_text="Why it was refused, or not applied when asked."
    )
    notes = models.JSONField(default=list, help_text="What there is to know of the file.")
    remarks = models.JSONField(default=list, help_text="What there is to know of its rows.")
    # How many rows of the file are of each kind, and what they come to in pounds.
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    without_amount = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Rows that were added to one of their code and month."
    )
    asked = models.PositiveIntegerField(default=0, help_text="Rows that wait for an answer.")
    left_out = models.PositiveIntegerField(default=0, help_text="Rows left out by an answer.")
    totals = models.PositiveIntegerField(default=0, help_text="Rows that are totals of others.")
    taken_out = models.PositiveIntegerField(
        default=0, help_text="Lines of the ledger that the file does not have and that go."
    )
    unanswered = models.PositiveIntegerField(default=0, help_text="Questions without an answer.")
    asked_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    taken_out_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    new_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    changed_from_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    changed_to_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    same_pounds = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    # Whether it was taken back, and whether some of it still stands: ``with_taking_back`` asks.
    is_back: bool
    stands: bool

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["council", "-uploaded_at"], name="ledger_upload_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="applied", applied_by__isnull=False, applied_at__isnull=False)
                | (~Q(state="applied") & Q(applied_by__isnull=True, applied_at__isnull=True)),
                name="ledger_upload_applied_by_and_at",
                violation_error_message="Who applied an upload and when go together.",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(wrong=0),
                name="ledger_upload_applied_without_errors",
                violation_error_message="An upload with errors cannot be applied.",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(unanswered=0, asked=0),
                name="ledger_upload_applied_with_all_answers",
                violation_error_message="An upload with open questions cannot be applied.",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(sentence=""),
                name="ledger_upload_refused_says_why",
                violation_error_message="A refusal says why.",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex="^[0-9a-f]{64}$"),
                name="ledger_upload_fingerprint",
                violation_error_message="A fingerprint is a SHA-256 in hex.",
            ),
        ]

    def __str__(self):
        return f"{self.council}: {self.file_name}"

    @property
    def year_label(self) -> str:
        return financial_year_label(self.year) if self.year else ""

    @property
    def changes(self) -> int:
        """How many lines applying it would set or take out."""
        return self.new + self.changed + self.taken_out

    @property
    def lines(self) -> int:
        """How many rows of the file are right and have an amount."""
        return self.new + self.changed + self.same

    @property
    def total_pounds(self):
        return self.new_pounds + self.changed_to_pounds + self.same_pounds

    @property
    def before_pounds(self):
        """What the ledger had, when the preview was made, for the file's codes and months."""
        return self.changed_from_pounds + self.same_pounds

    @property
    def difference_pounds(self):
        """What the ledger's total changes by, in pounds."""
        return self.total_pounds - self.before_pounds - self.taken_out_pounds

    @property
    def fall_pounds(self):
        return -self.difference_pounds


class LedgerWork(models.Model):
    """Work on a big file that goes on: how far it is. It is gone when the work is done."""

    class Doing(models.TextChoices):
        READING = "reading", "Reading"
        CHECKING = "checking", "Checking again"
        APPLYING = "applying", "Applying"

    upload = models.OneToOneField(LedgerUpload, models.CASCADE, related_name="work")
    doing = models.CharField(max_length=10, choices=Doing)
    content = models.BinaryField(null=True, help_text="The file, until it is read.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    beat_at = models.DateTimeField(help_text="When the work was last heard of.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(doing="reading", content__isnull=False)
                | (~Q(doing="reading") & Q(content__isnull=True)),
                name="ledger_work_file_only_while_read",
                violation_error_message="A file is kept only while it is read.",
            ),
        ]

    def __str__(self):
        return f"{self.get_doing_display()} {self.upload}"


class LedgerRow(models.Model):
    """A row of a file that waits for a decision. Deleted once the upload is applied or dropped."""

    class Kind(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        SAME = "same", "The same"
        WRONG = "wrong", "In error"
        ASKED = "asked", "Waits for an answer"
        LEFT_OUT = "left out", "Left out"
        ADDED = "added up", "Added to a row above"
        TOTAL = "total", "Total of other rows"
        WITHOUT_AMOUNT = "without amount", "Without an amount"
        HEADING = "heading", "Heading or title"

    upload = models.ForeignKey(LedgerUpload, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    cells = models.JSONField(help_text="The row as it was read.")
    kind = models.CharField(max_length=14, choices=Kind)
    code = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    period = models.CharField(max_length=11, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, blank=True)
    funding_source = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    area_code = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    errors = models.JSONField(default=list, help_text="[place of the column, name, sentence]")
    # What the ledger had when the preview was made; nothing where it had no such line.
    was_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    was_description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, null=True)  # noqa: DJ001
    was_funding_source = models.CharField(max_length=LETTERS_OF_CODE, null=True)  # noqa: DJ001
    was_area_code = models.CharField(max_length=LETTERS_OF_CODE, null=True)  # noqa: DJ001

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["upload", "kind", "id"], name="ledger_row_by_kind")]

    def __str__(self):
        return f"{self.upload}, row {self.number}"

    @property
    def difference(self):
        """The file's amount less the ledger's, in pounds."""
        return present(self.amount) - present(self.was_amount)

    @property
    def word_changes(self) -> list[tuple[str, str, str]]:
        """The words that change: their name, what the ledger has, what the file says."""
        texts = (
            ("Description", self.was_description, self.description),
            ("Funding source", self.was_funding_source, self.funding_source),
            ("Area code", self.was_area_code, self.area_code),
        )
        return [(name, was or "", now) for name, was, now in texts if now and now != was]

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label if self.period else ""


@tracked(
    # One statement of history for the thousands of lines of a file.
    level=pghistory.Statement,
)
class LedgerLine(models.Model):
    """The actual of one code in one month, in pounds. Costs are positive, income negative."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="ledger_lines")
    code = models.CharField(max_length=LETTERS_OF_CODE)
    period = models.CharField(max_length=11, help_text="The month, such as 2017-18-m09.")
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds.")
    description = models.CharField(max_length=LETTERS_OF_DESCRIPTION, blank=True)
    funding_source = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    area_code = models.CharField(max_length=LETTERS_OF_CODE, blank=True)
    upload = models.ForeignKey(
        LedgerUpload, models.RESTRICT, related_name="ledger_lines", help_text="What set it last."
    )

    class Meta:
        ordering = ["council", "code", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "code", "period"],
                name="ledger_line_unique",
                violation_error_message="The ledger already has that code and month.",
            ),
            models.CheckConstraint(
                condition=~Q(code=""),
                name="ledger_line_code_not_blank",
                violation_error_message="A line has a code.",
            ),
            models.CheckConstraint(
                condition=Q(period__regex=MONTH_KEY),
                name="ledger_line_period_is_a_month",
                violation_error_message="A line is of a month, such as 2017-18-m09.",
            ),
        ]

    def __str__(self):
        return f"{self.code}, {self.period_label}"

    @property
    def period_label(self) -> str:
        return Period.parse(self.period).label
