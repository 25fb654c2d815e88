"""Takes an applied upload back: a new, recorded act sets its lines back to what they were.

Nothing is deleted of what was applied. A line that a later upload has too, changed or the same,
stays: that upload has to be taken back first, so that lines go back in the order they came in.
"""

from dataclasses import dataclass
from decimal import Decimal

import pghistory
from django.db import transaction

from accounts.models import User
from bcfportal.lib import clock
from finance.ledger.applying import access_to
from finance.ledger.joining import joining_whole
from finance.ledger.transitions import UPLOADS, lock_ledger, why_nothing_stands
from finance.models import LedgerTakingBack, LedgerUpload
from publishing.workflow import NotNow

LONGEST = 500


@dataclass(frozen=True)
class Outlook:
    """What taking an upload back would do. Lines by what becomes of them; pounds of the ledger."""

    removed: int
    set_back: int
    put_back: int
    pounds: Decimal
    later: list[tuple[int, str, int]]
    gone: int

    @property
    def lines(self) -> int:
        """How many lines go back to what they were."""
        return self.removed + self.set_back + self.put_back

    @property
    def kept(self) -> int:
        """How many lines stay as they are, since a later upload has them too."""
        return sum(number for _, _, number in self.later) + self.gone

    @property
    def fall_pounds(self) -> Decimal:
        return -self.pounds


def outlook(upload: LedgerUpload) -> Outlook:
    """What taking the upload back would do now, and which later uploads stand in the way."""
    values = {"upload": upload.pk, "council": upload.council_id}
    with transaction.atomic(), joining_whole() as cursor:
        cursor.execute(_OUTLOOK, values)
        removed, set_back, put_back, pounds, gone = cursor.fetchone()
        cursor.execute(_LATER, values)
        later = cursor.fetchall()
    return Outlook(removed, set_back, put_back, pounds, later, gone)


def take_back(upload_id: int, *, by: User, why: str, lines: int) -> LedgerTakingBack:
    """Sets all lines back that no later upload has too, and keeps who did it and why.

    ``lines`` is how many the person was told of. Raises as ``UPLOADS.transition`` does: NotNow also
    where it is another number by now, and where there is nothing to set back.
    """

    def set_back(upload: LedgerUpload) -> None:
        lock_ledger(upload.council_id)
        effect = outlook(upload)
        if not effect.lines:
            raise NotNow(why_not(upload, effect))
        if effect.lines != lines:
            raise NotNow(
                "The ledger has changed since this page was shown. Nothing was taken back: look "
                "at it again."
            )
        act = LedgerTakingBack.objects.create(
            upload=upload, by=by, at=clock.now(), why=why, lines=effect.lines, pounds=effect.pounds
        )
        values = {"act": act.pk, "upload": upload.pk, "council": upload.council_id}
        with (
            pghistory.context(user=by.pk, ledger_upload=upload.pk, ledger_taking_back=act.pk),
            joining_whole() as cursor,
        ):
            for statement in (_MARK, _REMOVE, _SET_BACK, _PUT_BACK):
                cursor.execute(statement, values)

    access = access_to(upload_id, by)
    step = UPLOADS.transition(
        "take back", upload_id, by=by, access=access, comment=why, before=set_back
    )
    return step.record.takings_back.latest("pk")


def why_not(upload: LedgerUpload, effect: Outlook) -> str:
    """Why nothing of an applied upload can be taken back, as a sentence."""
    if effect.later:
        names = ", ".join(f"“{name}”" for _, name, _ in effect.later[:3])
        return f"A later upload has the same lines. Take that back first: {names}."
    return why_nothing_stands(upload)


# The changes of the upload that stand: the last of their lines, and the lines are still so.
_LAST = """
WITH standing AS (
    SELECT c.* FROM finance_ledgerchange AS c
    WHERE c.upload_id = %(upload)s AND c.taken_back_id IS NULL AND NOT c.is_same
), last AS (
    SELECT s.*, l.id AS line_id, NOT (l.amount IS NOT DISTINCT FROM s.amount) AS gone
    FROM standing AS s LEFT JOIN finance_ledgerline AS l
        ON l.council_id = %(council)s AND l.code = s.code AND l.period = s.period
    WHERE NOT EXISTS (
        SELECT 1 FROM finance_ledgerchange AS n
        WHERE n.council_id = %(council)s AND n.code = s.code AND n.period = s.period
            AND n.id > s.id AND n.taken_back_id IS NULL)
)
"""
_OUTLOOK = f"""
{_LAST} SELECT
    count(*) FILTER (WHERE NOT gone AND was_amount IS NULL),
    count(*) FILTER (WHERE NOT gone AND was_amount IS NOT NULL AND amount IS NOT NULL),
    count(*) FILTER (WHERE NOT gone AND amount IS NULL),
    coalesce(sum(coalesce(was_amount, 0) - coalesce(amount, 0)) FILTER (WHERE NOT gone), 0),
    count(*) FILTER (WHERE gone)
FROM last
"""  # noqa: S608 - no value is in the text
_LATER = """
SELECT u.id, u.file_name, count(DISTINCT (n.code, n.period))
FROM finance_ledgerchange AS s
JOIN finance_ledgerchange AS n
    ON n.council_id = %(council)s AND n.code = s.code AND n.period = s.period AND n.id > s.id
JOIN finance_ledgerupload AS u ON u.id = n.upload_id
WHERE s.upload_id = %(upload)s AND s.taken_back_id IS NULL AND NOT s.is_same
    AND n.taken_back_id IS NULL
GROUP BY u.id, u.file_name ORDER BY u.id DESC
"""
# What the upload only had too holds nothing any more.
_MARK = f"""
{_LAST} UPDATE finance_ledgerchange AS c SET taken_back_id = %(act)s
WHERE c.id IN (SELECT id FROM last WHERE NOT gone)
    OR (c.upload_id = %(upload)s AND c.taken_back_id IS NULL AND c.is_same)
"""  # noqa: S608 - no value is in the text
_REMOVE = """
DELETE FROM finance_ledgerline AS l USING finance_ledgerchange AS c
WHERE c.taken_back_id = %(act)s AND c.was_amount IS NULL
    AND l.council_id = %(council)s AND l.code = c.code AND l.period = c.period
"""
_SET_BACK = """
UPDATE finance_ledgerline AS l SET
    amount = c.was_amount, description = c.was_description,
    funding_source = c.was_funding_source, area_code = c.was_area_code,
    upload_id = c.was_upload_id
FROM finance_ledgerchange AS c
WHERE c.taken_back_id = %(act)s AND NOT c.is_same
    AND c.was_amount IS NOT NULL AND c.amount IS NOT NULL
    AND l.council_id = %(council)s AND l.code = c.code AND l.period = c.period
"""
_PUT_BACK = """
INSERT INTO finance_ledgerline
    (council_id, code, period, amount, description, funding_source, area_code, upload_id)
SELECT %(council)s, c.code, c.period, c.was_amount, c.was_description, c.was_funding_source,
    c.was_area_code, c.was_upload_id
FROM finance_ledgerchange AS c
WHERE c.taken_back_id = %(act)s AND c.amount IS NULL
"""
