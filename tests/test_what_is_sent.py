"""What no text can hold, and endless numbers, are a sentence in every field of every form."""

import html
import re

import pytest

from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger import limits, uploading
from finance.models import LedgerWork
from tests.addresses import addresses
from tests.ledger_files import csv_file
from tests.money import draft, make_areas
from tests.savings import make_savings

pytestmark = pytest.mark.django_db
# Names that fields of the portal's forms have, hidden ones too; each form reads its own.
FIELDS = (
    *("version", "words", "reason", "action", "project", "then", "use", "place", "block", "title"),
    *("note-spend", "then", "period", "council", "number", "asked", "next", "again", "name"),
)
ENDLESS = "9" * 4_301


def sentences(answer):
    page = answer.content.decode()
    return [html.unescape(text) for text in re.findall(r'<p class="govuk-body">(.*?)</p>', page)]


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_sign_that_no_text_has_is_said_and_all_else_is_given_back(client, quarter, sign):
    quarter.sign_in(client, "commissioner")
    typed = {"version": "0", "performance": f"Well{sign} done.", "summary_performance": "Well."}
    answer = client.post(quarter.address("section", "performance"), typed)
    assert answer.status_code == 400
    assert "“Performance in full” has a character in it that is not text" in sentences(answer)[0]
    page = answer.content.decode()
    assert 'name="performance" value="Well done."' in page
    assert 'name="summary_performance" value="Well."' in page
    assert quarter.report.sections.get(name="performance").typed == {}


def test_the_box_for_who_signs_in_has_the_name_that_it_has_on_its_page(client, db):
    answer = client.post("/account/sign-in/", {"username": "a\x00b", "password": "secret"})
    assert "“Email address” has a character in it that is not text" in sentences(answer)[0]


def test_a_page_that_saves_by_itself_reads_the_sentence_too(client, quarter):
    quarter.sign_in(client, "commissioner")
    answer = client.post(
        quarter.address("section", "performance"),
        {"version": ENDLESS},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert "digits" in answer.json()["reason"]


@pytest.mark.parametrize(
    "role", ["commissioner", "performance officer", "finance officer", "administrator"]
)
@pytest.mark.parametrize(
    "text", ["a\x00b", ENDLESS, f"£{ENDLESS}"], ids=["nul", "digits", "pounds"]
)
def test_no_form_of_the_portal_breaks_on_it(client, quarter, role, text):
    client.raise_request_exception = False
    make_savings(quarter)
    make_areas(quarter.council)
    draft(quarter.council, quarter.people["finance officer"])
    quarter.submitted()
    client.force_login(quarter.people[role])
    given = {"council": "testshire", "period": quarter.period.key, "slug": "project"}
    answered = 0
    for each in addresses(**given):
        answer = client.post(each.path, dict.fromkeys(FIELDS, text))
        assert answer.status_code < 500, each.path
        answered += answer.status_code == 400
    assert answered > 60


def test_a_version_that_is_no_number_that_anybody_counts_to_is_none(client, quarter):
    quarter.sign_in(client, "commissioner")
    for version in ("9" * 900, "99999999999", "-1", "٣"):
        typed = {"version": version, "performance": "Well."}
        assert client.post(quarter.address("section", "performance"), typed).status_code == 302


@pytest.fixture
def waiting(quarter, monkeypatch):
    """Uploads big files, which nobody reads."""
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)
    monkeypatch.setattr(limits, "AT_ONCE_BYTES", 1)

    def upload(role):
        return uploading.take(
            council=quarter.council,
            file_name="actuals.csv",
            content=csv_file([["40101", "Apr-17", "1"]]),
            year=None,
            by=quarter.people[role],
        )

    return upload


def test_one_person_has_only_so_many_files_waiting_to_be_read(waiting):
    for _ in range(limits.AT_WORK_OF_PERSON):
        waiting("finance officer")
    with pytest.raises(Refused, match="big files of yours"):
        waiting("finance officer")
    waiting("performance officer")


def test_all_people_together_have_only_so_many_files_waiting(waiting, monkeypatch):
    monkeypatch.setattr(limits, "AT_WORK", 2)
    waiting("finance officer")
    waiting("performance officer")
    with pytest.raises(Refused, match="at work on 2 big files"):
        waiting("commissioner")
    assert LedgerWork.objects.count() == 2


def test_a_process_reads_only_so_many_files_at_a_time(monkeypatch):
    begun, done = [], []
    monkeypatch.setattr("threading.Thread.start", lambda thread: begun.append(thread))
    monkeypatch.setattr(uploading, "work_on", done.append)
    monkeypatch.setattr(uploading.connection, "close", lambda: None)
    for number in range(60):
        uploading._thread(number)
    assert len(begun) == limits.READERS
    for thread in begun[: limits.READERS]:
        thread.run()
    assert done == list(range(60))
    # The readers have left, and the next file finds one.
    assert uploading._readers.acquire(blocking=False)
    uploading._readers.release()
