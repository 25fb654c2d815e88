"""Every action on an upload to the ledger by every role, and what the portal does by itself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from bcfportal.lib import clock
from finance.ledger import limits, uploading
from finance.ledger.taking_back import take_back
from finance.ledger.transitions import UPLOADS, with_taking_back
from finance.models import LedgerLine, LedgerUpload, LedgerWork
from projects.access import access_of
from projects.models import Council
from publishing.workflow import NotNow
from tests.ledger_files import csv_file, ours

pytestmark = pytest.mark.django_db
ROLES = ("commissioner", "performance officer", "committee member", "administrator", "outsider")
FINANCE = "finance officer"


@pytest.fixture
def upload(quarter):
    return uploading.take(
        council=quarter.council,
        file_name="a.csv",
        content=csv_file([["1", "Apr-17", "1"]]),
        year=None,
        by=quarter.people[FINANCE],
    )


def offered(upload, quarter, role):
    upload = with_taking_back(LedgerUpload.objects.all()).get(pk=upload.pk)
    return {rule.action for rule in UPLOADS.actions_for(upload, **quarter.by(role))}


@pytest.mark.parametrize("action", ["answer", "apply", "take back", "drop"])
def test_nobody_but_who_uploads_actuals_takes_an_action(quarter, upload, action):
    for role in ROLES:
        with pytest.raises(PermissionDenied), transaction.atomic():
            UPLOADS.transition(action, upload.pk, comment="Because.", **quarter.by(role))
        assert offered(upload, quarter, role) == set()


def test_what_is_offered_follows_the_upload_through_its_states(quarter, upload):
    by = quarter.people[FINANCE]
    assert offered(upload, quarter, FINANCE) == {"answer", "apply", "drop"}
    uploading.apply(upload, by=by)
    assert offered(upload, quarter, FINANCE) == {"take back"}
    for action in ("apply", "answer", "drop"):
        with pytest.raises(NotNow, match=r"This upload is (already )?applied"):
            UPLOADS.transition(action, upload.pk, **quarter.by(FINANCE))
    take_back(upload.pk, by=by, why="Wrong file.", lines=1)
    assert offered(upload, quarter, FINANCE) == set()
    with pytest.raises(NotNow, match="already been taken back"):
        UPLOADS.transition("take back", upload.pk, comment="Again.", **quarter.by(FINANCE))


def test_an_upload_of_another_council_is_not_reached(quarter, upload):
    norfolk = access_of(quarter.people[FINANCE], Council.objects.get(slug="norfolk"))
    with pytest.raises(LedgerUpload.DoesNotExist):
        UPLOADS.transition("drop", upload.pk, by=quarter.people[FINANCE], access=norfolk)


def test_a_file_that_is_being_read_is_not_dropped_nor_answered_until_it_is_silent(quarter, upload):
    by = quarter.people[FINANCE]
    job = LedgerWork.objects.create(upload=upload, doing="checking", by=by, beat_at=clock.now())
    assert "drop" not in offered(upload, quarter, FINANCE)
    with pytest.raises(NotNow, match="being worked on"):
        uploading.drop(upload, by=by)
    with pytest.raises(NotNow, match="at work on this file"):
        uploading.answer(upload, by=by, by_question={}, by_kind={})
    job.beat_at = clock.now() - 2 * limits.SILENT
    job.save()
    assert "drop" in offered(upload, quarter, FINANCE)
    uploading.drop(upload, by=by)
    assert not ours(LedgerUpload).exists()


def test_work_begun_by_a_person_who_may_no_longer_upload_applies_nothing_and_says_so(
    quarter, upload, monkeypatch
):
    monkeypatch.setattr(limits, "AT_ONCE_ROWS", 0)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    by = quarter.people[FINANCE]
    uploading.apply(upload, by=by)
    by.memberships.all().delete()
    uploading.work_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.sentence) == ("previewed", uploading.NO_LONGER)
    assert not ours(LedgerLine).exists()
    assert not ours(LedgerWork).exists()


def test_a_file_is_read_to_its_end_though_its_sender_may_no_longer_upload(quarter, monkeypatch):
    monkeypatch.setattr(limits, "AT_ONCE_BYTES", 1)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    by, states = quarter.people[FINANCE], []
    for content in (csv_file([["1", "Apr-17", "1"]]), csv_file([])):
        upload = uploading.take(
            council=quarter.council, file_name="a.csv", content=content, year=None, by=by
        )
        by.memberships.all().delete()
        uploading.work_on(upload.pk)
        upload.refresh_from_db()
        states.append(upload.state)
    assert states == ["previewed", "refused"]
