"""For each constraint of the ledger and its uploads a record that breaks it."""

from accounts.models import User
from finance.models import (
    LedgerChange,
    LedgerLine,
    LedgerQuestion,
    LedgerTakingBack,
    LedgerUpload,
    LedgerWork,
)
from projects.models import Council

NOW = "2018-05-01T09:00Z"


def person():
    return User.objects.get(email="one@example.org")


def saved(record):
    record.save()
    return record


def an_upload(**changes):
    fields = {"council": Council.objects.first(), "file_name": "a.csv", "kind": "CSV", "size": 1}
    fields |= {
        "uploaded_by": person(),
        "uploaded_at": NOW,
    }
    return LedgerUpload(**{"fingerprint": "0" * 64} | fields | changes)


def a_ledger_line(**changes):
    upload = saved(an_upload())
    fields = {"council": upload.council, "upload": upload, "code": "1", "amount": 1}
    return LedgerLine(**fields | {"period": "2017-18-m01"} | changes)


def a_question(**fields):
    return LedgerQuestion(upload=saved(an_upload()), **fields)


def a_taking_back(**changes):
    fields = {"by": person(), "at": NOW}
    return LedgerTakingBack(
        **{"upload": saved(an_upload()), "why": "x", "lines": 1, "pounds": 1} | fields | changes
    )


def a_ledger_change(**changes):
    upload = saved(an_upload())
    fields = {"upload": upload, "council": upload.council, "code": "1", "amount": 1}
    return LedgerChange(**fields | {"period": "2017-18-m01"} | changes)


def breakers(copy_of):
    """By the constraint's name; ``copy_of`` makes an unsaved copy of a record with changes."""
    return {
        "ledger_upload_applied_by_and_at": lambda: an_upload(state="applied"),
        "ledger_upload_applied_without_errors": lambda: an_upload(
            state="applied",
            wrong=1,
            applied_by=person(),
            applied_at=NOW,
        ),
        "ledger_upload_applied_with_all_answers": lambda: an_upload(
            state="applied",
            unanswered=1,
            applied_by=person(),
            applied_at=NOW,
        ),
        "ledger_question_once": lambda: copy_of(saved(a_question(kind="code", subject="1"))),
        "ledger_question_missing_is_kept_or_taken_out": lambda: a_question(
            kind="missing", answer="take"
        ),
        "ledger_question_future_is_taken_or_left_out": lambda: a_question(
            kind="future", answer="keep"
        ),
        "ledger_taking_back_sets_lines_back": lambda: a_taking_back(lines=0),
        "ledger_taking_back_has_a_reason": lambda: a_taking_back(why=""),
        "ledger_change_changes_a_line": lambda: a_ledger_change(amount=None),
        "ledger_change_names_what_set_the_line_before": lambda: a_ledger_change(was_amount=1),
        "ledger_change_period_is_a_month": lambda: a_ledger_change(period="2017-18-q1"),
        "ledger_upload_refused_says_why": lambda: an_upload(state="refused"),
        "ledger_upload_fingerprint": lambda: an_upload(fingerprint="X" * 64),
        "ledger_work_file_only_while_read": lambda: LedgerWork(
            upload=saved(an_upload()),
            doing="applying",
            content=b"Code",
            by=person(),
            beat_at=NOW,
        ),
        "ledger_line_unique": lambda: copy_of(saved(a_ledger_line())),
        "ledger_line_code_not_blank": lambda: a_ledger_line(code=""),
        "ledger_line_period_is_a_month": lambda: a_ledger_line(period="2017-18-q1"),
    }
