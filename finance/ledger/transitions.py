"""The workflow of an upload to the ledger: previewed, applied whole, taken back or dropped."""

from datetime import date

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from finance.ledger import limits
from finance.models import LedgerChange, LedgerRow, LedgerTakingBack, LedgerUpload, LedgerWork
from projects.access import Access
from projects.models import Council
from publishing.steps import Step, Transition
from publishing.workflow import Workflow

AT_WORK = "The portal is at work on this file. Answer when it is done."


class State(models.TextChoices):
    """Those of ``LedgerUpload.State``; and of an upload that is dropped, nothing is kept."""

    READING = "reading", "Being read"
    PREVIEWED = "previewed", "Previewed"
    APPLIED = "applied", "Applied"
    REFUSED = "refused", "Refused"
    DROPPED = "dropped", "Dropped"


def with_taking_back(uploads: QuerySet[LedgerUpload]) -> QuerySet[LedgerUpload]:
    """The uploads, each with whether it was taken back, and whether some of it still stands."""
    changes = LedgerChange.objects.filter(upload=OuterRef("pk"), taken_back=None, is_same=False)
    takings = LedgerTakingBack.objects.filter(upload=OuterRef("pk"))
    said_of_each = {"is_back": Exists(takings), "stands": Exists(changes)}
    return uploads.annotate(**said_of_each)


class UploadWorkflow(Workflow[LedgerUpload]):
    """Who uploads applies alone, after a preview; what it did to each line can be taken back.

    Each action gets what it does to the ledger as ``before``: ``applying``, ``taking_back``,
    ``previewing`` and ``questions``. Lines of the ledger are kept with dates and have no drafts.
    """

    subject = "upload"
    states = State
    ends = frozenset({State.DROPPED})
    state_field = "state"

    def lock(self, pk: int, access: Access) -> LedgerUpload:
        locked = LedgerUpload.objects.select_for_update(no_key=True)
        return with_taking_back(locked).get(pk=pk, council=access.council)

    def may(self, action: str, record: LedgerUpload, *, by: User, access: Access) -> bool:
        """What the portal does by itself with a file, it does for whoever sent it."""
        return not self.table[action].who or super().may(action, record, by=by, access=access)

    def why_not(self, action: str, record: LedgerUpload, today: date) -> str:
        if reason := super().why_not(action, record, today):
            return reason
        if action == "apply":
            return _why_not_applied(record)
        if action == "answer" and job_of(record):
            return AT_WORK
        if action == "drop" and (job := job_of(record)) and not is_silent(job):
            return "This upload is being worked on. It stays."
        if action == "take back" and not record.stands:
            return why_nothing_stands(record)
        return ""

    def turn(self, step: Step[LedgerUpload]) -> list[str]:
        upload, action = step.record, step.rule.action
        if action == "apply":
            upload.sentence, upload.applied_by, upload.applied_at = "", step.by, step.at
            return ["sentence", "applied_by", "applied_at"]
        if action == "refuse":
            upload.sentence, upload.notes = step.comment, []
            return ["sentence", "notes"]
        if action in ("preview", "answer"):
            return [field.name for field in upload._meta.concrete_fields if not field.primary_key]
        return []

    def write(self, step: Step[LedgerUpload]) -> None:
        if step.rule.action == "drop":
            forget(LedgerUpload.objects.filter(pk=step.record.pk))
        else:
            super().write(step)


def _why_not_applied(upload: LedgerUpload) -> str:
    if upload.wrong:
        return "The file has errors. Correct them and upload it again: nothing was applied."
    if upload.unanswered:
        return "Answer the questions about this file first: nothing was applied."
    if not upload.changes:
        return "The ledger already has all that this file says. There is nothing to apply."
    return ""


def why_nothing_stands(upload: LedgerUpload) -> str:
    """Why an applied upload has changed nothing that could be taken back."""
    if upload.takings_back.exists():
        return "This upload has already been taken back."
    return "It is not known what this upload changed, so it cannot be taken back."


def job_of(upload: LedgerUpload) -> LedgerWork | None:
    """The work that goes on with the upload, or was cut off."""
    return getattr(upload, "work", None)


def is_silent(job: LedgerWork) -> bool:
    """Whether the work has been silent for so long that it may have been cut off."""
    return clock.now() - job.beat_at > limits.SILENT


def lock_ledger(council_pk: int) -> None:
    """Within a transaction: nothing else changes the council's ledger until it ends.

    Each act locks its own upload first and then the council, so that no two wait for one another.
    """
    Council.objects.select_for_update(no_key=True).get(pk=council_pk)


def forget(uploads: QuerySet[LedgerUpload]) -> int:
    """Deletes uploads that were not applied, with their rows; says how many."""
    keys = list(uploads.values_list("pk", flat=True))
    with transaction.atomic():
        LedgerWork.objects.filter(upload__in=keys).delete()
        LedgerRow.objects.filter(upload__in=keys).delete()
        LedgerUpload.objects.filter(pk__in=keys).delete()
    return len(keys)


READING, PREVIEWED = frozenset({State.READING}), frozenset({State.PREVIEWED})
UPLOADERS = frozenset({Permission.UPLOAD_LEDGER})
# Nobody is asked for these: the portal takes them by itself.
PORTAL: frozenset[Permission] = frozenset()
UPLOADS = UploadWorkflow(
    (
        Transition("preview", "Previewed", READING | PREVIEWED, State.PREVIEWED, PORTAL),
        Transition("refuse", "Refused", READING, State.REFUSED, PORTAL, needs_comment=True),
        Transition("answer", "Questions answered", PREVIEWED, State.PREVIEWED, UPLOADERS),
        Transition("apply", "Applied", PREVIEWED, State.APPLIED, UPLOADERS),
        Transition(
            "take back",
            "Taken back",
            frozenset({State.APPLIED}),
            State.APPLIED,
            UPLOADERS,
            needs_comment=True,
        ),
        Transition(
            "drop",
            "Dropped",
            READING | PREVIEWED | frozenset({State.REFUSED}),
            State.DROPPED,
            UPLOADERS,
        ),
    )
)
