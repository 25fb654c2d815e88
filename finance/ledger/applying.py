"""Applies a previewed file to the ledger: all of it in one transaction, or nothing."""

from collections.abc import Callable
from functools import partial

import pghistory

from accounts.models import User
from bcfportal.lib.sentences import counted
from finance.ledger import questions
from finance.ledger.joining import joining_whole
from finance.ledger.previewing import compare
from finance.ledger.transitions import UPLOADS, lock_ledger
from finance.models import LedgerRow, LedgerUpload
from projects.access import Access, access_of
from projects.models import Council
from publishing.workflow import NotNow
from typed.seen import Seen

_CHUNK = 10_000


class Moved(NotNow):
    """The ledger has changed since the preview was made."""

    def __init__(self, lines: int) -> None:
        super().__init__(
            f"The ledger has changed since the preview was made, in {counted(lines, 'line')} of "
            "the file’s months. Nothing was applied. This is the preview against the ledger as it "
            "is now: look at it and apply it again."
        )


def apply(
    upload_id: int,
    *,
    by: User,
    progress: Callable[[int], None] = lambda done: None,
    seen: Seen[LedgerUpload] | None = None,
) -> LedgerUpload:
    """Sets the ledger's lines to what the file and the answers say, and forgets the file's rows.

    What each line was is kept as a change, so that the upload can be taken back.

    The preview must still be true: where the ledger has changed since, nothing is applied, the
    preview is made again and Moved says so. ``progress`` is told how many lines are done. Raises as
    ``UPLOADS.transition`` does: Stale where the preview is not what was ``seen``.
    """
    access = access_to(upload_id, by)

    def set_lines(upload: LedgerUpload) -> None:
        lock_ledger(upload.council_id)
        if lines := _moved(upload):
            raise Moved(lines)
        _write(upload, progress)
        LedgerRow.objects.filter(upload=upload).delete()

    try:
        with pghistory.context(user=by.pk, ledger_upload=upload_id):
            step = UPLOADS.transition(
                "apply", upload_id, by=by, access=access, seen=seen, before=set_lines
            )
    except Moved as moved:
        again = partial(_preview_again, sentence=str(moved))
        UPLOADS.transition("preview", upload_id, by=by, access=access, before=again)
        raise
    return step.record


def _preview_again(upload: LedgerUpload, sentence: str) -> None:
    compare(upload)
    upload.sentence = sentence


def access_to(upload_id: int, user: User) -> Access:
    """What the person may do in the upload's council. Three queries."""
    return access_of(user, Council.objects.get(ledger_uploads=upload_id))


def preview_read(upload: LedgerUpload) -> dict[str, str]:
    """What the preview shows to who applies it: what it would do, and the answers given."""
    answers = upload.questions.order_by("pk").values_list("pk", "answer")
    return {
        "Lines that are added": f"{upload.new}, {upload.new_pounds}",
        "Lines that change": f"{upload.changed}, {upload.changed_to_pounds}",
        "Lines that are taken out": f"{upload.taken_out}, {upload.taken_out_pounds}",
        "Answers": "\n".join(f"{key} {answer}" for key, answer in answers),
    }


def _moved(upload: LedgerUpload) -> int:
    with joining_whole() as cursor:
        cursor.execute(_MOVED, [upload.council_id, upload.pk])
        return cursor.fetchone()[0] + questions.moved(upload)


def _write(upload, progress):
    done = 0
    with joining_whole() as cursor:
        cursor.execute(_KEEP, {"upload": upload.pk, "council": upload.council_id})
        cursor.execute(_TAKE_OUT, {"upload": upload.pk, "council": upload.council_id})
    rows = LedgerRow.objects.filter(upload=upload).order_by("pk")
    for kind, statement in ((LedgerRow.Kind.NEW, _ADD), (LedgerRow.Kind.CHANGED, _SET)):
        last = 0
        while True:
            chunk = rows.filter(kind=kind, pk__gt=last).values_list("pk", flat=True)[:_CHUNK]
            keys = list(chunk)
            if not keys:
                break
            with joining_whole() as cursor:
                cursor.execute(
                    statement,
                    {"upload": upload.pk, "council": upload.council_id, "kind": str(kind)}
                    | {"after": last, "to": keys[-1]},
                )
            last = keys[-1]
            done += len(keys)
            progress(done)


_MOVED = """
SELECT count(*) FROM finance_ledgerrow AS r
LEFT JOIN finance_ledgerline AS found
    ON found.council_id = %s AND found.code = r.code AND found.period = r.period
WHERE r.upload_id = %s AND r.kind IN ('new', 'changed', 'same') AND (
    found.amount IS DISTINCT FROM r.was_amount
    OR found.description IS DISTINCT FROM r.was_description
    OR found.funding_source IS DISTINCT FROM r.was_funding_source
    OR found.area_code IS DISTINCT FROM r.was_area_code)
"""
# What each line was and becomes; one that stays the same is the upload's too. Blanks of the file
# leave the words that are there.
_KEEP = """
INSERT INTO finance_ledgerchange
    (upload_id, council_id, code, period, was_amount, was_description, was_funding_source,
    was_area_code, was_upload_id, amount, description, is_same)
SELECT %(upload)s, %(council)s, r.code, r.period, l.amount, coalesce(l.description, ''),
    coalesce(l.funding_source, ''), coalesce(l.area_code, ''), l.upload_id, r.amount,
    coalesce(nullif(r.description, ''), l.description, ''), r.kind = 'same'
FROM finance_ledgerrow AS r
LEFT JOIN finance_ledgerline AS l
    ON l.council_id = %(council)s AND l.code = r.code AND l.period = r.period
WHERE r.upload_id = %(upload)s AND r.kind IN ('new', 'changed', 'same')
UNION ALL
SELECT %(upload)s, %(council)s, l.code, l.period, l.amount, l.description, l.funding_source,
    l.area_code, l.upload_id, NULL, '', false
FROM finance_ledgerline AS l JOIN finance_ledgerquestion AS q
    ON q.code = l.code AND q.period = l.period
WHERE l.council_id = %(council)s AND q.upload_id = %(upload)s AND q.kind = 'missing'
    AND q.answer = 'take out'
"""
_TAKE_OUT = """
DELETE FROM finance_ledgerline AS l USING finance_ledgerquestion AS q
WHERE l.council_id = %(council)s AND q.upload_id = %(upload)s AND q.kind = 'missing'
    AND q.answer = 'take out' AND q.code = l.code AND q.period = l.period
"""
_CHOSEN = "r.upload_id = %(upload)s AND r.kind = %(kind)s AND r.id > %(after)s AND r.id <= %(to)s"
_ADD = f"""
INSERT INTO finance_ledgerline
    (council_id, code, period, amount, description, funding_source, area_code, upload_id)
SELECT %(council)s, r.code, r.period, r.amount, r.description, r.funding_source, r.area_code,
    %(upload)s
FROM finance_ledgerrow AS r WHERE {_CHOSEN}
"""  # noqa: S608 - no value is in the text
_SET = f"""
UPDATE finance_ledgerline AS l SET
    amount = r.amount,
    description = coalesce(nullif(r.description, ''), l.description),
    funding_source = coalesce(nullif(r.funding_source, ''), l.funding_source),
    area_code = coalesce(nullif(r.area_code, ''), l.area_code),
    upload_id = %(upload)s
FROM finance_ledgerrow AS r
WHERE l.council_id = %(council)s AND l.code = r.code AND l.period = r.period AND {_CHOSEN}
"""  # noqa: S608 - no value is in the text
