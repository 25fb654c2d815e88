"""Takes a file in, and lets big ones be read and applied behind a page that says how far it is.

Small files are done within the request. For big ones a thread works, with all that it knows in
the database: the page can be left, any process can show it, and work that was cut off, by a
restart for example, is started again from its beginning.
"""

import hashlib
import logging
import queue
import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger import applying, limits, questions
from finance.ledger.previewing import check_again, preview
from finance.ledger.reading import read
from finance.ledger.transitions import UPLOADS, forget
from finance.models import LedgerUpload, LedgerWork
from projects.access import access_of
from projects.models import Council
from publishing.steps import Step
from publishing.workflow import NotNow
from typed.seen import Seen

logger = logging.getLogger(__name__)
State = LedgerUpload.State
Doing = LedgerWork.Doing
# The first half of the key of a lock that one worker holds on one upload.
_LOCK = 20180206
_waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
# The same uploads, to say of each that its turn will come.
_in_line: set[int] = set()
_readers = threading.BoundedSemaphore(limits.READERS)
FAILED = "The portal failed while it read the file. Nothing is kept: upload it again."
CHECKING_FAILED = "The portal failed while it read the rows again. Answer once more."
NO_LONGER = "Nothing was applied: who pressed Apply may no longer upload to this ledger."
APPLYING_FAILED = "The portal failed while it applied the file. Nothing was applied: try again."


def take(
    *, council: Council, file_name: str, content: bytes, year: int | None, by: User
) -> LedgerUpload:
    """A new upload with its preview, or for a big file with the work begun that makes one.

    Raises Refused for a file that is not read, and then nothing of it is kept.
    """
    forget_old(now=clock.now())
    big = len(content) > limits.AT_ONCE_BYTES
    if sentence := _too_many_waiting(council, by) or (big and _too_much_work(by)):
        raise Refused(sentence)
    reading = read(content, look_through=big)
    if big:
        # Nothing is kept of what has no headings. The worker reads from the beginning again.
        next(reading.rows)
    with transaction.atomic():
        _one_at_a_time()
        if sentence := _too_many_waiting(council, by) or (big and _too_much_work(by)):
            raise Refused(sentence)
        upload = LedgerUpload.objects.create(
            council=council,
            file_name=_name(file_name),
            kind=reading.kind,
            fingerprint=hashlib.sha256(content).hexdigest(),
            size=len(content),
            year=year,
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
        if big:
            _begin(upload, Doing.READING, by, content=content, total=reading.total)
        else:
            upload = _act("preview", upload, by, lambda record: preview(record, reading)).record
    return upload


def apply(
    upload: LedgerUpload, *, by: User, seen: Seen[LedgerUpload] | None = None
) -> LedgerUpload:
    """Applies the upload, or for a big one begins to.

    Raises as ``UPLOADS.transition`` does, Stale where the preview is not what was ``seen``.
    """
    _allow_at_once("apply", upload)
    if LedgerWork.objects.filter(upload=upload).exists():
        return upload
    if upload.changes <= limits.AT_ONCE_ROWS:
        return applying.apply(upload.pk, by=by, seen=seen)
    with transaction.atomic():
        upload = LedgerUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if seen:
            seen.require(upload)
        if not LedgerWork.objects.filter(upload=upload).exists():
            _refuse_too_much_work(by)
            _begin(upload, Doing.APPLYING, by, total=upload.changes)
    return upload


def answer(
    upload: LedgerUpload, *, by: User, by_question: dict[int, str], by_kind: dict[str, str]
) -> None:
    """Keeps answers, and reads the rows again where they may mean something else by them.

    Raises as ``UPLOADS.transition`` does: NotNow while somebody is at work on the upload.
    """
    _allow_at_once("answer", upload)
    with transaction.atomic():
        step = _act(
            "answer",
            upload,
            by,
            lambda record: {
                "again": questions.answer(record, by_question=by_question, by_kind=by_kind)
            },
        )
        again = step.kept and step.kept["again"]
        rows = upload.rows.count() if again else 0
        if rows > limits.AT_ONCE_ROWS:
            _refuse_too_much_work(by)
            _begin(upload, Doing.CHECKING, by, total=rows)
        elif again:
            _act("preview", upload, by, check_again)


def drop(upload: LedgerUpload, *, by: User) -> None:
    """Forgets an upload that was not applied, with its rows. Raises as ``transition`` does."""
    _allow_at_once("drop", upload)
    _act("drop", upload, by)


def _act(
    action: str,
    upload: LedgerUpload,
    by: User,
    before: Callable[[LedgerUpload], dict[str, Any] | None] | None = None,
    comment: str = "",
) -> Step[LedgerUpload]:
    access = access_of(by, upload.council)
    return UPLOADS.transition(
        action, upload.pk, by=by, access=access, before=before, comment=comment
    )


def _allow_at_once(action: str, upload: LedgerUpload) -> None:
    """Raises NotNow where the action is not possible, without a wait for who is at work on it."""
    if reason := UPLOADS.why_not(action, upload, clock.today()):
        raise NotNow(reason)


def forget_old(*, now: datetime) -> int:
    """Forgets uploads that nobody applied within the time they are kept; says how many."""
    old = LedgerUpload.objects.exclude(state=State.APPLIED).filter(
        uploaded_at__lt=now - limits.KEPT
    )
    return forget(old.filter(Q(work=None) | Q(work__beat_at__lt=now - limits.SILENT)))


def start_again(upload: LedgerUpload) -> None:
    """Starts a worker on work that was cut off; one that still runs keeps the new one out."""
    if LedgerWork.objects.filter(upload=upload).exists():
        LedgerWork.objects.filter(upload=upload).update(beat_at=clock.now())
        _thread(upload.pk)


def work_on(upload_id: int) -> None:
    """Does the work that waits on an upload, unless another worker does it."""
    with _alone(upload_id) as alone:
        job = LedgerWork.objects.filter(upload_id=upload_id).select_related("upload", "by").first()
        if not alone or job is None:
            return
        if job.doing == Doing.READING:
            _read(job)
        elif job.doing == Doing.CHECKING:
            _check_again(job)
        else:
            _apply(job)


def _read(job):
    upload = job.upload
    try:
        with transaction.atomic(), _beats(job) as beat:
            reading = read(bytes(job.content))
            _act("preview", upload, job.by, lambda record: preview(record, reading, beat))
            LedgerWork.objects.filter(pk=job.pk).delete()
    except Refused as refusal:
        _refuse(job, refusal.sentence)
    except Exception:
        logger.exception("A ledger file could not be read.")
        _refuse(job, FAILED)


def _check_again(job):
    try:
        with transaction.atomic(), _beats(job) as beat:
            _act("preview", job.upload, job.by, lambda record: check_again(record, beat))
    except Exception:
        logger.exception("The rows of a ledger upload could not be read again.")
        LedgerUpload.objects.filter(pk=job.upload_id).update(sentence=CHECKING_FAILED)
    LedgerWork.objects.filter(pk=job.pk).delete()


def _refuse(job, sentence):
    with transaction.atomic():
        _act("refuse", job.upload, job.by, comment=sentence[:500])
        LedgerWork.objects.filter(pk=job.pk).delete()


def _apply(job):
    try:
        with _beats(job) as beat:
            applying.apply(job.upload_id, by=job.by, progress=beat)
    except NotNow:
        # What the person has to know is on the upload.
        pass
    except PermissionDenied:
        LedgerUpload.objects.filter(pk=job.upload_id).update(sentence=NO_LONGER)
    except Exception:
        logger.exception("A ledger upload could not be applied.")
        LedgerUpload.objects.filter(pk=job.upload_id).update(sentence=APPLYING_FAILED)
    LedgerWork.objects.filter(pk=job.pk).delete()


def _too_many_waiting(council: Council, by: User) -> str:
    """Why no further file is taken in before others are decided on; nothing where one is."""
    waiting = LedgerUpload.objects.exclude(state=State.APPLIED)
    if waiting.filter(uploaded_by=by).count() >= limits.WAITING_OF_PERSON:
        return (
            f"You have {limits.WAITING_OF_PERSON} uploads that wait to be applied or dropped. "
            "Apply or drop one first."
        )
    if waiting.filter(council=council).count() >= limits.WAITING_OF_COUNCIL:
        return (
            f"{council.name} has {limits.WAITING_OF_COUNCIL} uploads that wait to be applied or "
            "dropped. Apply or drop one first."
        )
    return ""


def _too_much_work(by):
    """Why no further big file is worked on now, silent work left out; nothing where one is."""
    going_on = LedgerWork.objects.filter(beat_at__gte=clock.now() - limits.SILENT)
    if going_on.filter(by=by).count() >= limits.AT_WORK_OF_PERSON:
        return (
            f"The portal is at work on {limits.AT_WORK_OF_PERSON} big files of yours. Wait until "
            "one is done and try again."
        )
    if going_on.count() >= limits.AT_WORK:
        return f"The portal is at work on {limits.AT_WORK} big files. Wait a minute and try again."
    return ""


def _refuse_too_much_work(by):
    _one_at_a_time()
    if sentence := _too_much_work(by):
        raise NotNow(sentence)


def _one_at_a_time() -> None:
    """Within a transaction: nobody else begins work until it ends, so that all are counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])


def _begin(upload, doing, by, *, content=None, total):
    LedgerWork.objects.create(
        upload=upload, doing=doing, content=content, total=total, by=by, beat_at=clock.now()
    )
    transaction.on_commit(lambda: _thread(upload.pk))


def _thread(upload_id):
    """Puts the upload in the queue, and sets one reader more to it where there are too few."""
    _in_line.add(upload_id)
    _waiting.put(upload_id)
    if _readers.acquire(blocking=False):
        # A daemon, so that stopping the portal does not wait: what was begun is rolled back.
        threading.Thread(target=_in_thread, daemon=True).start()


def _in_thread() -> None:
    try:
        while True:
            try:
                upload_id = _waiting.get_nowait()
                _in_line.discard(upload_id)
                work_on(upload_id)
            except queue.Empty:
                return
            except Exception:
                logger.exception("The work on a ledger upload was cut off.")
    finally:
        _readers.release()
        connection.close()
        # One that came while this reader was leaving is not left lying.
        if not _waiting.empty() and _readers.acquire(blocking=False):
            threading.Thread(target=_in_thread, daemon=True).start()


@contextmanager
def _alone(upload_id):
    """True while no other worker has this upload. The lock goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, upload_id % 2**31])
        alone = cursor.fetchone()[0]
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, upload_id % 2**31])


@contextmanager
def _beats(job):
    """A function that records how many rows are done, over a connection of its own.

    The work is one transaction, of which nothing can be seen until it ends. Beside it goes a thread
    that says that the work goes on: between two rows, a file may take longer than ``SILENT``.
    """
    other, done_with = connection.copy(), threading.Event()
    threading.Thread(target=_go_on_beating, args=(job.upload_id, done_with), daemon=True).start()

    def beat(done):
        with other.cursor() as cursor:
            cursor.execute(
                "UPDATE finance_ledgerwork SET done = %s, beat_at = %s WHERE id = %s",
                [done, clock.now(), job.pk],
            )

    try:
        yield beat
    finally:
        done_with.set()
        other.close()


def _go_on_beating(upload_id, done_with):
    try:
        while not done_with.wait(limits.BEAT.total_seconds()):
            say_that_it_goes_on([upload_id, *_in_line.copy()])
    except Exception:
        logger.exception("It could not be said that the work on a ledger upload goes on.")
    finally:
        connection.close()


def say_that_it_goes_on(uploads: list[int]) -> None:
    """Notes that there is work on these uploads; one whose work is just ending is left alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE finance_ledgerwork SET beat_at = %s WHERE id IN (SELECT id FROM "
            "finance_ledgerwork WHERE upload_id = ANY(%s) FOR UPDATE SKIP LOCKED)",
            [clock.now(), uploads],
        )


def _name(file_name: str) -> str:
    plain = "".join(letter for letter in file_name if letter.isprintable()).strip()
    return plain[:200] or "File without a name"
