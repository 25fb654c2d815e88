"""Big files are read and applied by a worker, with the progress in the database."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from finance.ledger import limits, uploading
from finance.models import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from tests.ledger_files import csv_file, ours, xlsx_file
from tests.seen import seen_on

pytestmark = pytest.mark.django_db
UPLOADS = "/testshire/finance/ledger/uploads/"


@pytest.fixture
def officer(client, quarter, monkeypatch):
    """A finance officer in a portal where every file is a big one, and no thread is started."""
    monkeypatch.setattr(limits, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(limits, "AT_ONCE_ROWS", 1)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    return quarter.sign_in(client, "finance officer")


def send(client, content, name="a.csv"):
    response = client.post(UPLOADS, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.context["form"].errors
    return response.headers["Location"], ours(LedgerUpload).latest("pk")


def press(client, address):
    """Presses Apply on the page as it is now."""
    action = f"{address}apply/"
    return client.post(action, seen_on(client, address, action))


def words(client, address):
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("content", [csv_file(), xlsx_file()], ids=["csv", "xlsx"])
def test_a_big_file_is_read_then_applied_with_its_progress_shown(officer, content):
    address, upload = send(officer, content)
    assert "Reading: 0 of about 4 rows." in words(officer, address)
    assert upload.state == "reading"
    assert bytes(upload.work.content) == content
    uploading.work_on(upload.pk)
    assert "Applying it adds 3 lines" in words(officer, address)
    assert not ours(LedgerWork).exists()
    press(officer, address)
    assert "Applying: 0 of 3 rows." in words(officer, address)
    assert not ours(LedgerLine).exists()
    uploading.work_on(upload.pk)
    assert "It added 3 lines" in words(officer, address)
    assert ours(LedgerLine).count() == 3
    assert not ours(LedgerRow).exists()


def test_what_is_found_on_the_way_is_refused_and_nothing_of_the_file_is_kept(officer):
    content = xlsx_file([["1", "Apr-17", 1], ["1", "May-17", "=1+1"]])
    address, upload = send(officer, content)
    uploading.work_on(upload.pk)
    page = words(officer, address)
    assert "The file was refused. Nothing of it is kept" in page
    assert "Sheet Actuals, row 3, column Amount: the cell holds a formula." in page
    assert not ours(LedgerRow).exists()
    assert not ours(LedgerWork).exists()
    press(officer, address)
    assert not ours(LedgerLine).exists()


def test_a_fault_while_reading_is_said_and_keeps_nothing(officer, monkeypatch, caplog):
    address, upload = send(officer, csv_file())
    monkeypatch.setattr(uploading, "preview", lambda *_: 1 / 0)
    uploading.work_on(upload.pk)
    assert uploading.FAILED in words(officer, address)
    assert not ours(LedgerWork).exists()


def test_a_fault_while_applying_leaves_the_preview_and_the_ledger(officer, monkeypatch, caplog):
    address, upload = send(officer, csv_file())
    uploading.work_on(upload.pk)
    press(officer, address)
    monkeypatch.setattr(uploading.applying, "_write", lambda *_: 1 / 0)
    uploading.work_on(upload.pk)
    page = words(officer, address)
    assert uploading.APPLYING_FAILED in page
    assert "Apply all 3 changes" in page
    assert not ours(LedgerLine).exists()


def test_a_ledger_that_changed_in_between_is_said_after_the_work(officer):
    address, upload = send(officer, csv_file())
    uploading.work_on(upload.pk)
    press(officer, address)
    other = send(officer, csv_file([["40101", "Apr-17", "99"]]))[1]
    uploading.work_on(other.pk)
    uploading.applying.apply(other.pk, by=other.uploaded_by)
    uploading.work_on(upload.pk)
    assert "The ledger has changed since the preview was made" in words(officer, address)
    assert ours(LedgerLine).count() == 1


def test_work_that_was_cut_off_can_be_started_again(officer, monkeypatch):
    address, upload = send(officer, csv_file())
    assert "Start it again" not in words(officer, address)
    LedgerWork.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    assert "Start it again" in words(officer, address)
    started = []
    monkeypatch.setattr(uploading, "_thread", started.append)
    officer.post(f"{address}continue/")
    assert started == [upload.pk]
    assert "Start it again" not in words(officer, address)


def test_work_that_goes_on_cannot_be_dropped_and_work_that_was_cut_off_can(officer):
    address, _ = send(officer, csv_file())
    officer.post(f"{address}drop/")
    assert ours(LedgerUpload).exists()
    LedgerWork.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    officer.post(f"{address}drop/")
    assert not ours(LedgerUpload).exists()
    assert not ours(LedgerWork).exists()


def test_work_between_whose_rows_much_time_goes_is_not_cut_off(officer, monkeypatch):
    address, upload = send(officer, csv_file())
    LedgerWork.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    uploading.say_that_it_goes_on([upload.pk, 123_456])
    assert "Start it again" not in words(officer, address)
    officer.post(f"{address}drop/")
    assert ours(LedgerWork).exists()
    # It is said for as long as the work goes on, of what waits behind it too.
    said, told = threading.Event(), []
    monkeypatch.setattr(limits, "BEAT", timedelta(0))
    monkeypatch.setattr(uploading, "_in_line", {7})
    monkeypatch.setattr(
        uploading, "say_that_it_goes_on", lambda uploads: (told.append(uploads), said.set())
    )
    with uploading._beats(upload.work):
        said.wait()
    assert told[0] == [upload.pk, 7]


def test_work_on_what_is_gone_does_nothing(officer):
    uploading.work_on(123_456)


def test_a_big_file_without_headings_is_refused_at_once(officer):
    file = SimpleUploadedFile("a.csv", b"a,b,c\n1,2,3\n" * 10)
    response = officer.post(UPLOADS, {"file": file})
    assert "headings" in response.context["form"].errors["file"][0]
    assert not ours(LedgerUpload).exists()
