"""One person's files never hold up the portal: they are counted, and so is the work of reading."""

import gc
import sys
from datetime import timedelta

import pytest

from accounts.models import User
from accounts.roles import Role
from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.refusals import Refused
from finance.ledger import limits, uploading
from finance.ledger.asking import Questions
from finance.ledger.checking import Checker
from finance.ledger.known import KnownCodes
from finance.ledger.reading import read
from finance.models import LedgerLine, LedgerUpload, LedgerWork
from projects.models import Membership
from tests.ledger_files import HEADING, csv_file, ours, xlsx_file
from tests.ledger_uploads import UPLOADS, applied, apply, refused, send, uploaded, words_of


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


@pytest.fixture
def every_file_is_big(monkeypatch):
    """No thread is started either: what is begun goes on for ever."""
    monkeypatch.setattr(limits, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(limits, "AT_ONCE_ROWS", 0)
    monkeypatch.setattr(uploading, "_thread", lambda upload_id: None)


def another_officer(client, quarter):
    person = User.objects.create(email=f"{User.objects.count()}@example.org", post="Finance")
    Membership.objects.create(user=person, council=quarter.council, role=Role.FINANCE_OFFICER)
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_a_person_has_two_big_files_worked_on_and_the_portal_four(
    officer, quarter, every_file_is_big
):
    for _ in range(2):
        send(officer, csv_file())
    assert "at work on 2 big files of yours" in refused(officer, csv_file())
    another_officer(officer, quarter)
    for _ in range(2):
        send(officer, csv_file())
    another_officer(officer, quarter)
    assert "at work on 4 big files. Wait a minute" in refused(officer, csv_file())
    assert LedgerWork.objects.count() == 4


@pytest.mark.django_db
def test_work_that_was_cut_off_stands_in_nobodys_way(officer, every_file_is_big):
    for _ in range(2):
        send(officer, csv_file())
    LedgerWork.objects.update(beat_at=clock.now() - limits.SILENT - timedelta(seconds=1))
    assert send(officer, csv_file()).status_code == 302


@pytest.mark.django_db
def test_applying_a_big_file_waits_for_its_turn_and_says_so(officer, every_file_is_big):
    send(officer, csv_file())
    upload = ours(LedgerUpload).get()
    uploading.work_on(upload.pk)
    for _ in range(2):
        send(officer, csv_file())
    assert "at work on 2 big files of yours" in apply(officer, upload)
    assert not ours(LedgerLine).exists()
    LedgerWork.objects.all().delete()
    apply(officer, upload)
    uploading.work_on(upload.pk)
    assert ours(LedgerLine).count() == 3


@pytest.mark.django_db
def test_files_that_wait_for_a_decision_are_limited_by_person_and_by_council(
    officer, quarter, monkeypatch
):
    monkeypatch.setattr(limits, "WAITING_OF_PERSON", 3)
    monkeypatch.setattr(limits, "WAITING_OF_COUNCIL", 4)
    first, _ = uploaded(officer, csv_file())
    for _ in range(2):
        uploaded(officer, csv_file())
    assert "You have 3 uploads that wait to be applied or dropped." in refused(officer, csv_file())
    officer.post(f"{UPLOADS}{first.pk}/drop/")
    applied(officer, csv_file())
    uploaded(officer, csv_file())
    another_officer(officer, quarter)
    uploaded(officer, csv_file())
    sentence = refused(officer, csv_file())
    assert "Testshire has 4 uploads that wait to be applied or dropped." in sentence


@pytest.mark.django_db
def test_a_repeated_press_of_start_it_again_begins_no_second_work(officer, every_file_is_big):
    send(officer, csv_file())
    upload = ours(LedgerUpload).get()
    for _ in range(5):
        officer.post(f"{UPLOADS}{upload.pk}/continue/")
    assert LedgerWork.objects.count() == 1
    assert "Reading" in words_of(officer.get(f"{UPLOADS}{upload.pk}/"))


def work(content, known=()):
    """How many calls reading and checking a file takes, in Python and of built-ins."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    checker = Checker(2017, Questions(clock.today()), KnownCodes(known))
    gc.disable()
    sys.setprofile(count)
    try:
        for row in read(content).rows:
            checker.check(row)
        checker.totals.remarks()
        checker.questions.all()
    except Refused:
        pass
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls


def rows(number, *cells):
    return [[cell.format(n) for cell in cells] for n in range(number)]


KINDS = {
    "lines": lambda n: csv_file(rows(n, "C{0}", "Apr-2017", "1")),
    "errors": lambda n: csv_file(rows(n, "@{0}", "soon {0}", "N/A")),
    "totals": lambda n: csv_file(rows(n, "Total {0}", "", "{0}")),
    "codes made numbers": lambda n: csv_file(rows(n, "1.{0:05}E+14", "Apr-2017", "1")),
    "codes alike": lambda n: csv_file(
        [*rows(n, "{0}", "Apr-2017", "1"), *rows(n, "0{0}", "May-2017", "1")]
    ),
    "days without a year": lambda n: csv_file(rows(n, "C{0}", "17-Apr", "1")),
    "without a heading": lambda n: csv_file(rows(n, "C{0}", "Apr-2017", "1"), ["a", "b", "c"]),
    "quotes": lambda n: csv_file(rows(n, 'C{0}"', "Apr-2017", '"1"')),
    "one long row": lambda n: ("Code,Period,Amount\n1,Apr-2017,1" + ",x" * n * 20).encode(),
    "one long heading": lambda n: ("Code,Period,Amount" + ",x" * n * 20 + "\n1,2,3").encode(),
    "control signs": lambda n: csv_file(rows(n, "C{0}", "Apr-2017", "1\x07")),
    "a workbook": lambda n: xlsx_file([[f"{k}", "Apr-2017", k] for k in range(n)]),
    "long cells": lambda n: csv_file([["1", "Apr-2017", "1", "- " * 8 * n]], [*HEADING, "Text"]),
    "a long amount": lambda n: csv_file([["1", "Apr-2017", "1 " * 8 * n]]),
    "a long month": lambda n: csv_file([["1", "1 " * 8 * n, "1"]]),
    "a long code": lambda n: csv_file([["1-" * 8 * n, "Apr-2017", "1"]]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_much_takes_twice_the_work_and_no_more(kind):
    # What is made at first use is made before.
    work(KINDS[kind](10))
    once, twice = work(KINDS[kind](400)), work(KINDS[kind](800))
    assert twice <= 2.2 * once + 200


def test_looking_for_a_code_costs_the_same_however_many_are_known():
    content = csv_file(rows(50, "1.{0:05}E+09", "Apr-2017", "1") + rows(50, "{0}", "Apr-2017", "1"))
    few, many = ([f"{n:06}" for n in range(number)] for number in (1_000, 2_000))
    # Making the index is what grows, by as much as there are codes.
    assert work(content, many) <= 2.2 * work(content, few)
