"""The page for what went wrong: it needs no database, and gives back what was typed."""

import errno
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from psycopg2 import errors
from waitress.adjustments import Adjustments

from bcfportal.launch.receiving import Receiver

pytestmark = pytest.mark.django_db
TYPED = "Well & on course, <as agreed>.\n" * 3


def full():
    error = OperationalError("could not extend file: No space left on device")
    error.__cause__ = errors.DiskFull()
    return error


@pytest.fixture
def away(client, monkeypatch):
    """Lets every statement fail from now on, as it does when the database has gone."""
    client.raise_request_exception = False

    def go(error=None):
        def fail(*arguments, **keywords):
            raise error or OperationalError("the server closed the connection unexpectedly")

        monkeypatch.setattr(CursorWrapper, "execute", fail)

    return go


def fields_of(page):
    """(name, value) of what the page's form sends on, but for the token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [(name, html.unescape(value)) for name, value in found if "csrf" not in name]


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_signed_in_person_reads_a_page_while_the_database_is_away(client, quarter, away, error):
    quarter.sign_in(client, "commissioner")
    away(error)
    for path in ("/testshire/", "/testshire/returns/", quarter.address("section", "performance")):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        page = answer.content.decode()
        assert "the portal cannot reach its database just now" in page
        assert '<html lang="en-GB"' in page
        assert len(re.findall("<h1", page)) == 1
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_typed_is_shown_to_copy_and_is_sent_again_by_a_button(client, quarter, away):
    quarter.sign_in(client, "commissioner")
    path = quarter.address("section", "performance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            CursorWrapper,
            "execute",
            lambda *args: (_ for _ in ()).throw(OperationalError("gone")),
        )
        typed = {"version": "0", "performance": TYPED, "summary_performance": "Well."}
        answer = client.post(f"{path}?from=here", typed)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert f'<form method="post" action="{path}?from=here"' in page
    held = dict(fields_of(page))
    assert held == typed
    shown = [
        html.unescape(text)
        for text in re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)
    ]
    assert TYPED in shown
    # The database is back.
    assert client.post(path, held).status_code == 302
    assert quarter.report.sections.get(name="performance").typed["performance"] == TYPED


def test_passwords_are_not_shown_again(client, away):
    away()
    answer = client.post(
        "/account/sign-in/", {"username": "officer@example.org", "password": "a secret phrase"}
    )
    assert answer.status_code == 503
    assert "a secret phrase" not in answer.content.decode()
    assert "A password is not kept" in answer.content.decode()


def test_a_page_that_saves_by_itself_is_told_in_its_own_way(client, quarter, away):
    quarter.sign_in(client, "commissioner")
    away()
    answer = client.post(
        quarter.address("section", "performance"),
        {"version": "0", "performance": "Well."},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 503
    assert "database" in answer.json()["reason"]


def test_a_full_database_is_a_sentence(client, quarter, away):
    quarter.sign_in(client, "commissioner")
    away(full())
    answer = client.post(quarter.address("section", "performance"), {"performance": TYPED})
    assert answer.status_code == 507
    page = answer.content.decode()
    assert "no room" in page
    assert ("performance", TYPED) in fields_of(page)


def test_a_full_temporary_folder_is_a_sentence(client, quarter, monkeypatch):
    client.raise_request_exception = False
    quarter.sign_in(client, "finance officer")

    def no_room(self, *arguments, **keywords):
        raise OSError(errno.ENOSPC, "No space left on device")

    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file"
    monkeypatch.setattr(handler, no_room)
    file = SimpleUploadedFile("actuals.csv", b"1,2\n" * 1_000_000)
    answer = client.post("/testshire/finance/ledger/uploads/", {"file": file})
    assert answer.status_code == 507
    assert "no room" in answer.content.decode()


def test_a_fault_of_the_portal_gives_back_what_was_typed_too(client, quarter, monkeypatch):
    client.raise_request_exception = False
    quarter.sign_in(client, "commissioner")

    def broken(*arguments, **keywords):
        raise ZeroDivisionError

    monkeypatch.setattr("returns.views.section.save_section", broken)
    answer = client.post(quarter.address("section", "performance"), {"performance": TYPED})
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Sorry, something went wrong here" in page
    assert ("performance", TYPED) in fields_of(page)
    assert "Commissioner" not in page


def test_a_request_that_finds_no_room_while_it_comes_in_is_a_sentence(monkeypatch):
    def no_room(buffer):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", no_room)
    receiver = Receiver(Adjustments())
    head = b"POST /form/ HTTP/1.1\r\nHost: portal\r\nContent-Length: 2000000\r\n\r\n"
    coming = head + b"x" * 1_500_000
    while coming and not receiver.completed:
        coming = coming[receiver.received(coming) :]
    assert receiver.completed
    status, headers, body = receiver.error.to_response()
    assert status == "507 Insufficient Storage"
    assert ("Retry-After", "60") in headers
    assert "no room on its disk for what you sent. None of it is saved." in body.decode()


def test_a_full_database_is_a_sentence_for_a_page_that_saves_by_itself(client, quarter, away):
    quarter.sign_in(client, "commissioner")
    away(full())
    answer = client.post(
        quarter.address("section", "performance"),
        {"version": "0", "performance": "Well."},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 507
    assert "no room" in answer.json()["reason"]
