"""Two officers at once, and two workers on one upload, on real connections."""

import time

import pytest
from django.db import connection

from finance.ledger import applying, taking_back, uploading
from finance.models import LedgerLine, LedgerUpload, LedgerWork
from tests.ledger_files import csv_file, ours
from tests.test_parallel import at_once, kinds

pytestmark = pytest.mark.django_db(transaction=True)


def take(quarter, *amounts):
    return uploading.take(
        council=quarter.council,
        file_name="a.csv",
        content=csv_file([[f"{place}", "Apr-17", amount] for place, amount in enumerate(amounts)]),
        year=None,
        by=quarter.people["finance officer"],
    )


def test_of_two_files_about_the_same_lines_one_is_applied_and_one_previewed_again(quarter):
    first, second = take(quarter, "1", "2"), take(quarter, "3", "4")
    by = quarter.people["finance officer"]
    outcomes = at_once(
        *(lambda upload=upload: applying.apply(upload.pk, by=by) for upload in (first, second))
    )
    assert kinds(outcomes) == ["LedgerUpload", "Moved"]
    amounts = set(ours(LedgerLine).values_list("amount", flat=True))
    assert amounts in ({1, 2}, {3, 4})
    left = ours(LedgerUpload).get(state="previewed")
    assert (left.new, left.changed) == (0, 2)


def test_the_same_upload_applied_twice_at_once_is_applied_once(quarter):
    upload = take(quarter, "1", "2")
    by = quarter.people["finance officer"]
    outcomes = at_once(*(lambda: applying.apply(upload.pk, by=by) for _ in range(2)))
    assert kinds(outcomes) == ["LedgerUpload", "NotNow"]
    assert ours(LedgerLine).count() == 2


def test_an_upload_taken_back_twice_at_once_is_taken_back_once(quarter):
    upload = take(quarter, "1", "2")
    by = quarter.people["finance officer"]
    applying.apply(upload.pk, by=by)
    back = {"by": by, "why": "The wrong file.", "lines": 2}
    outcomes = at_once(*(lambda: taking_back.take_back(upload.pk, **back) for _ in range(2)))
    assert kinds(outcomes) == ["LedgerTakingBack", "NotNow"]
    assert not ours(LedgerLine).exists()


def test_a_later_upload_applied_while_the_first_is_taken_back_is_not_undone(quarter):
    first = take(quarter, "1", "2")
    by = quarter.people["finance officer"]
    applying.apply(first.pk, by=by)
    later = take(quarter, "3", "4")
    back = {"by": by, "why": "The wrong file.", "lines": 2}
    outcomes = at_once(
        lambda: taking_back.take_back(first.pk, **back), lambda: applying.apply(later.pk, by=by)
    )
    done, other = kinds(outcomes)
    assert done in ("LedgerTakingBack", "LedgerUpload")
    assert other in ("NotNow", "Moved")
    amounts = sorted(ours(LedgerLine).values_list("amount", flat=True))
    assert amounts in ([], [3, 4])


def test_a_second_worker_leaves_an_upload_to_the_first(quarter, monkeypatch):
    monkeypatch.setattr(uploading.limits, "AT_ONCE_BYTES", 1)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    upload = take(quarter, "1", "2")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [uploading._LOCK, upload.pk])
    uploading.work_on(upload.pk)
    assert ours(LedgerWork).get().done == 0
    # The lock goes with the connection of a worker that dies.
    other.close()
    _until_free(uploading._LOCK, upload.pk)
    uploading.work_on(upload.pk)
    assert ours(LedgerUpload).get().new == 2


def _until_free(*key):
    """Waits until the server has noticed that the connection that held the lock is gone."""
    held = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s"
    )
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(held, key)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.01)
    raise AssertionError("The lock of a closed connection is still held.")


def test_how_far_the_work_is_can_be_seen_before_it_ends(quarter, monkeypatch):
    monkeypatch.setattr(uploading.limits, "AT_ONCE_BYTES", 1)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    upload = take(quarter, *("1" for _ in range(20)))
    monkeypatch.setattr("finance.ledger.previewing._CHUNK", 10)
    seen, other = [], connection.copy()
    compare = uploading.preview.__globals__["compare"]

    def look(upload):
        with other.cursor() as cursor:
            cursor.execute("SELECT done FROM finance_ledgerwork")
            seen.append(cursor.fetchone()[0])
        compare(upload)

    monkeypatch.setattr("finance.ledger.previewing.compare", look)
    uploading.work_on(upload.pk)
    other.close()
    assert seen == [21]
