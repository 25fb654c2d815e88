"""The questions of an upload in the database: kept with their answers, counted, answered."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from finance.ledger.asking import Question
from finance.ledger.joining import joining_whole
from finance.models import LedgerQuestion, LedgerUpload
from publishing.workflow import NotNow

Kind = LedgerQuestion.Kind
KEEP, TAKE_OUT = LedgerQuestion.KEEP, LedgerQuestion.TAKE_OUT
# What may be answered of a line that the file does not have: the answer and its words.
MISSING_OPTIONS = [(KEEP, "Keep it"), (TAKE_OUT, "Take it out")]
_CHUNK = 5_000
_DESCRIPTION = 200


def keep_questions(upload: LedgerUpload, asked: Iterable[Question]) -> None:
    """Keeps what the rows ask, and the answers that were given to the same questions."""
    kept = {
        (question.kind, question.subject): question
        for question in upload.questions.exclude(kind=Kind.MISSING)
    }
    fresh = []
    for question in asked:
        old = kept.pop((question.kind, question.subject), None)
        options = [list(option) for option in question.options]
        answer = old.answer if old and old.answer in dict(question.options) else ""
        fresh.append(
            LedgerQuestion(
                upload=upload,
                kind=question.kind,
                subject=question.subject,
                code=question.code,
                period=question.period,
                description=question.quoted[:_DESCRIPTION],
                rows=question.rows,
                pounds=question.pounds,
                options=options,
                answer=answer,
            )
        )
    upload.questions.exclude(kind=Kind.MISSING).delete()
    LedgerQuestion.objects.bulk_create(fresh, batch_size=_CHUNK)


def ask_of_missing(upload: LedgerUpload) -> None:
    """Asks about each line of the ledger in the file's months that the file does not have."""
    values = {"upload": upload.pk, "council": upload.council_id}
    with joining_whole() as cursor:
        cursor.execute(_NO_LONGER_MISSING, values)
        cursor.execute(_MISSING, values)


def moved(upload: LedgerUpload) -> int:
    """How many lines are not in the file now, or as they are now, that the person was not shown."""
    with joining_whole() as cursor:
        cursor.execute(_MOVED, {"upload": upload.pk, "council": upload.council_id})
        return cursor.fetchone()[0]


def count_answers(upload: LedgerUpload) -> None:
    """Counts on the upload what is still open and what is taken out. The caller saves it."""
    counts = upload.questions.aggregate(
        unanswered=Count("pk", filter=Q(answer="")),
        taken_out=Count("pk", filter=Q(kind=Kind.MISSING, answer=TAKE_OUT)),
        pounds=Sum("pounds", filter=Q(kind=Kind.MISSING, answer=TAKE_OUT)),
    )
    upload.unanswered, upload.taken_out = counts["unanswered"], counts["taken_out"]
    upload.taken_out_pounds = counts["pounds"] or 0


NOT_ASKED = "That is not asked about this file, or no longer is. Look at what is asked now."


def answer(upload: LedgerUpload, *, by_question: dict[int, str], by_kind: dict[str, str]) -> bool:
    """Keeps answers: ``each`` by the question's key, ``every`` for all questions of a kind.

    The latter count where both are given. An answer that a question does not have is left out.
    Gives whether the upload's rows have to be checked again since they may now mean something
    else. Raises NotNow where nothing of what is answered is asked.
    """
    changed, asked = False, not (by_question or by_kind)
    with transaction.atomic():
        answered = []
        for question in upload.questions.filter(pk__in=by_question):
            asked = True
            options = MISSING_OPTIONS if question.kind == Kind.MISSING else question.options
            if (
                by_question[question.pk] in dict(options)
                and question.answer != by_question[question.pk]
            ):
                question.answer = by_question[question.pk]
                answered.append(question)
                changed |= question.kind != Kind.MISSING
        LedgerQuestion.objects.bulk_update(answered, ["answer"], batch_size=_CHUNK)
        for kind, said in by_kind.items():
            asked |= upload.questions.filter(kind=kind).exists()
            changed |= _answer_all(upload, kind, said)
        if not asked:
            raise NotNow(NOT_ASKED)
        count_answers(upload)
        upload.sentence = ""
    return changed


# The answers that can be given to all questions of a kind at once. "the known one" and "its own"
# are answered for each code with the one that is meant.
# A sheet's month is the one that its title or name says.
KNOWN, OWN, NAMED = "the known one", "its own", "as named"
EVERY = {
    Kind.MISSING: (KEEP, TAKE_OUT),
    Kind.FUTURE: (LedgerQuestion.TAKE, LedgerQuestion.LEAVE),
    Kind.ROWS: (LedgerQuestion.TAKE, LedgerQuestion.LEAVE),
    Kind.CODE: (KNOWN, OWN),
    Kind.MONTH: (NAMED,),
}


def _answer_all(upload, kind, said):
    if said not in EVERY.get(kind, ()):
        return False
    questions = upload.questions.filter(kind=kind)
    if kind == Kind.MONTH:
        named = questions.exclude(period="").exclude(answer=F("period"))
        return named.update(answer=F("period")) > 0
    if kind != Kind.CODE:
        return questions.exclude(answer=said).update(answer=said) > 0 and kind != Kind.MISSING
    answered = []
    for question in questions:
        own = [value for value, _ in question.options if value == question.code]
        known = [value for value, _ in question.options if value != question.code]
        meant = own if said == OWN else known
        # Where two known codes could be meant, somebody has to choose.
        if len(meant) == 1 and question.answer != meant[0]:
            question.answer = meant[0]
            answered.append(question)
    LedgerQuestion.objects.bulk_update(answered, ["answer"], batch_size=_CHUNK)
    return bool(answered)


# The months of the file, and the lines of the ledger in them that no row of it is about.
_LINES = """
WITH own AS (
    SELECT code, period FROM finance_ledgerrow
    WHERE upload_id = %(upload)s AND kind IN ('new', 'changed', 'same')
), lacking AS (
    SELECT l.code, l.period, l.amount, l.description FROM finance_ledgerline AS l
    LEFT JOIN own ON own.code = l.code AND own.period = l.period
    WHERE l.council_id = %(council)s AND own.code IS NULL
        AND l.period IN (SELECT period FROM own)
)
"""
_ASKED = "upload_id = %(upload)s AND kind = 'missing'"
_NO_LONGER_MISSING = f"""
{_LINES} DELETE FROM finance_ledgerquestion AS q WHERE {_ASKED} AND NOT EXISTS (
    SELECT 1 FROM lacking WHERE lacking.code = q.code AND lacking.period = q.period
        AND lacking.amount = q.pounds)
"""  # noqa: S608 - no value is in the text
_MISSING = f"""
{_LINES} INSERT INTO finance_ledgerquestion
    (upload_id, kind, subject, code, period, description, rows, pounds, options, answer)
SELECT %(upload)s, 'missing', code || '|' || period, code, period, description, 0, amount, '[]', ''
FROM lacking ORDER BY period, code
ON CONFLICT (upload_id, kind, subject) DO UPDATE SET description = EXCLUDED.description
"""  # noqa: S608 - no value is in the text
_MOVED = f"""
{_LINES}, asked AS (SELECT code, period, pounds FROM finance_ledgerquestion WHERE {_ASKED})
SELECT count(*) FROM lacking
FULL JOIN asked ON asked.code = lacking.code AND asked.period = lacking.period
WHERE asked.pounds IS DISTINCT FROM lacking.amount
"""  # noqa: S608 - no value is in the text
