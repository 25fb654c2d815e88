"""What an upload did can be taken back: figures go back, nothing that was done is deleted."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from bcfportal.lib import clock
from finance.models import LedgerChange, LedgerTakingBack
from tests.ledger_files import csv_file
from tests.ledger_uploads import (
    CORRECTED,
    FIRST,
    MAY,
    UPLOADS,
    answer_all,
    applied,
    apply,
    descriptions,
    ledger,
    take_back,
    uploaded,
    whole,
    words_at,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


def test_an_upload_is_taken_back_and_the_ledger_is_what_it_was_to_the_last_word(officer, quarter):
    heading = ["Code", "Period", "Amount", "Description", "Fund", "Area"]
    applied(officer, csv_file([["1", "May-2017", "5", "Rent", "BCF", "A"]], heading))
    applied(officer, csv_file([["2", "Apr-2017", "6", "Heat", "", ""]], heading))
    before = whole()
    rows = [["1", "May-2017", "9", "Hire", "iBCF", "B"], ["3", "May-2017", "1", "", "", ""]]
    upload, _ = uploaded(officer, csv_file([*rows, ["4", "Apr-2017", "2", "", "", ""]], heading))
    answer_all(officer, upload, missing="take out")
    apply(officer, upload)
    assert ledger() == {("1", MAY): 9, ("3", MAY): 1, ("4", "2017-18-m01"): 2}
    page = words_at(officer, upload, "back/")
    assert "4 lines go back to what they were before this upload" in page
    assert "2 that it added are taken out, 1 that it changed has its earlier amount" in page
    assert "1 that it took out is there again" in page
    assert "total goes down by £1.00" in page
    page = take_back(officer, upload, "The wrong month.")
    assert "is taken back: 4 lines are as before" in page
    assert "by Finance officer: 4 lines are as before. The wrong month." in page
    assert whole() == before
    act = LedgerTakingBack.objects.get()
    assert (act.by, act.lines, act.pounds) == (quarter.people["finance officer"], 4, -1)
    assert upload.state == "applied"
    assert upload.line_changes.count() == 4
    assert "Taken back" in words_of(officer.get(UPLOADS))


def test_history_keeps_the_taking_back_and_who_did_it(officer, quarter):
    upload = applied(officer, FIRST)
    take_back(officer, upload)
    events = apps.get_model("finance", "LedgerLineEvent").objects.filter(code="92002")
    assert [event.pgh_label for event in events.order_by("pgh_id")] == ["insert", "delete"]
    metadata = events.latest("pgh_id").pgh_context.metadata
    assert metadata["user"] == quarter.people["finance officer"].pk
    assert metadata["ledger_taking_back"] == LedgerTakingBack.objects.get().pk


def test_a_line_that_a_later_upload_changed_is_not_taken_back_before_that_one(officer):
    first = applied(officer, FIRST)
    between = whole()
    second = applied(officer, FIRST.replace("100.00", "1.00").replace("250.00", "2.00"))
    page = take_back(officer, first)
    assert "A later upload has the same lines. Take that back first: “actuals.csv”." in page
    assert ledger() == {("92001", MAY): 1, ("92002", MAY): 2}
    assert not LedgerTakingBack.objects.exists()
    take_back(officer, second)
    assert whole() == between
    take_back(officer, first)
    assert whole() == []


def test_lines_that_no_later_upload_changed_go_back_and_the_others_stay(officer):
    first = applied(officer, FIRST)
    later, _ = uploaded(officer, csv_file([["92002", "May-2017", "7"]]), "later.csv")
    answer_all(officer, later, missing="keep")
    apply(officer, later)
    page = words_at(officer, first, "back/")
    assert "1 line goes back" in page
    assert "1 line stays as it is, since a later upload has it too: later.csv , 1 line" in page
    take_back(officer, first)
    assert ledger() == {("92002", MAY): 7}
    assert "Taken back in part" in words_of(officer.get(UPLOADS))
    take_back(officer, later)
    take_back(officer, first)
    assert ledger() == {}
    assert LedgerTakingBack.objects.count() == 3


def test_a_line_that_a_later_upload_has_as_it_is_stays_until_that_is_taken_back(officer):
    first = applied(officer, csv_file([["1", "May-2017", "100"], ["3", "May-2017", "(50)"]]))
    rows = [["1", "May-2017", "150"], ["4", "May-2017", "200"], ["3", "May-2017", "(50)"]]
    second = applied(officer, csv_file(rows), "corrected.csv")
    between = whole()
    assert "A later upload has the same lines" in take_back(officer, first)
    assert whole() == between
    page = words_at(officer, second, "back/")
    assert "2 lines go back to what they were before this upload" in page
    take_back(officer, second)
    assert ledger() == {("1", MAY): 100, ("3", MAY): -50}
    take_back(officer, first)
    assert ledger() == {}


def test_a_changed_line_that_a_later_upload_has_as_it_is_keeps_its_amount(officer):
    applied(officer, csv_file([["1", "May-2017", "100"], ["2", "May-2017", "7"]]))
    changed = applied(officer, csv_file([["1", "May-2017", "90"], ["2", "May-2017", "8"]]))
    later, _ = uploaded(officer, csv_file([["1", "May-2017", "90"], ["9", "May-2017", "1"]]))
    answer_all(officer, later, missing="keep")
    apply(officer, later)
    page = words_at(officer, changed, "back/")
    assert "1 line stays as it is, since a later upload has it too" in page
    take_back(officer, changed)
    assert ledger() == {("1", MAY): 90, ("2", MAY): 7, ("9", MAY): 1}
    take_back(officer, later)
    take_back(officer, changed)
    assert ledger() == {("1", MAY): 100, ("2", MAY): 7}


def test_a_line_that_was_the_same_and_changed_since_is_left_as_it_became(officer):
    applied(officer, csv_file([["1", "May-2017", "100"]]))
    same = applied(officer, csv_file([["1", "May-2017", "100"], ["2", "May-2017", "7"]]))
    latest, _ = uploaded(officer, csv_file([["1", "May-2017", "60"]]))
    answer_all(officer, latest, missing="keep")
    apply(officer, latest)
    take_back(officer, same)
    assert ledger() == {("1", MAY): 60}


def test_a_line_that_was_taken_out_and_came_again_is_not_put_back_over_the_later_one(officer):
    applied(officer, FIRST)
    out, _ = uploaded(officer, CORRECTED)
    answer_all(officer, out, missing="take out")
    apply(officer, out)
    again, _ = uploaded(officer, csv_file([["92002", "May-2017", "3"]]))
    answer_all(officer, again, missing="keep")
    apply(officer, again)
    take_back(officer, out)
    assert ledger() == {("92001", MAY): 100, ("92002", MAY): 3}


def test_an_upload_is_taken_back_once(officer):
    upload = applied(officer, FIRST)
    take_back(officer, upload)
    assert "This upload has already been taken back." in take_back(officer, upload)
    assert LedgerTakingBack.objects.count() == 1


def test_a_ledger_that_changed_since_the_page_was_shown_is_not_taken_back(officer):
    upload = applied(officer, FIRST)
    response = officer.post(f"{UPLOADS}{upload.pk}/back/", {"why": "x", "lines": "7"}, follow=True)
    assert "The ledger has changed since this page was shown." in words_of(response)
    assert len(ledger()) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"why": "", "lines": "2"}, "Say why it is taken back."),
        (
            {"why": "x" * 501, "lines": "2"},
            "Why is it taken back: Shorten this to 500 characters or fewer.",
        ),
    ],
)
def test_a_reason_is_needed_and_what_was_typed_stays(officer, data, sentence):
    upload = applied(officer, FIRST)
    response = officer.post(f"{UPLOADS}{upload.pk}/back/", data)
    assert sentence in words_of(response)
    assert data["why"] in response.content.decode()
    assert len(ledger()) == 2


def test_what_was_not_applied_cannot_be_taken_back(officer):
    upload, _ = uploaded(officer, FIRST)
    assert officer.get(f"{UPLOADS}{upload.pk}/back/").status_code == 404


def test_an_upload_that_changed_only_words_is_taken_back_too(officer):
    applied(officer, FIRST)
    upload = applied(officer, FIRST.replace("Home care", "Care at home"))
    assert descriptions()["92001"] == "Care at home"
    take_back(officer, upload)
    assert descriptions()["92001"] == "Home care"


def test_what_was_taken_back_can_be_uploaded_and_applied_again(officer):
    upload = applied(officer, FIRST)
    take_back(officer, upload)
    applied(officer, FIRST)
    assert sum(ledger().values()) == 350


def test_the_ledger_says_what_a_line_was_and_until_when(officer):
    applied(officer, FIRST)
    second = applied(officer, FIRST.replace("100.00", "120.00"))
    page = words_of(officer.get("/testshire/finance/ledger/"))
    assert "120.00 it was 100.00 before" in page
    take_back(officer, second)
    page = words_of(officer.get("/testshire/finance/ledger/"))
    act = LedgerTakingBack.objects.get()
    assert f"100.00 it was 120.00 before {date_format(act.at, 'j F Y')}" in page


def test_the_day_that_is_named_is_that_of_the_act_and_not_of_an_earlier_upload(officer, quarter):
    with clock.stopped_at(datetime(2026, 5, 1, 9, tzinfo=UTC)):
        applied(officer, FIRST)
    with clock.stopped_at(datetime(2026, 6, 2, 9, tzinfo=UTC)):
        second = applied(officer, FIRST.replace("100.00", "120.00"))
        assert "it was 100.00 before 2 June 2026" in words_of(
            officer.get("/testshire/finance/ledger/")
        )
    with clock.stopped_at(datetime(2026, 7, 3, 9, tzinfo=UTC)):
        take_back(officer, second)
        page = words_of(officer.get("/testshire/finance/ledger/"))
    assert "it was 120.00 before 3 July 2026" in page
    assert "250.00 it was" not in page


def test_changes_and_takings_back_are_never_changed_or_deleted(officer):
    upload = applied(officer, FIRST)
    take_back(officer, upload)
    change, act = LedgerChange.objects.filter(upload=upload).first(), LedgerTakingBack.objects.get()
    for wrong in (
        change.delete,
        lambda: LedgerTakingBack.objects.filter(pk=act.pk)._raw_delete("default"),
        lambda: LedgerChange.objects.filter(pk=change.pk).update(was_amount=1),
        lambda: LedgerChange.objects.filter(pk=change.pk).update(taken_back=None),
        lambda: LedgerTakingBack.objects.filter(pk=act.pk).update(why="x"),
    ):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            wrong()


def test_an_upload_of_thousands_of_lines_is_taken_back_in_as_many_statements_as_a_small_one(
    officer,
):
    many = applied(officer, csv_file([[f"{code}", "May-2017", "1"] for code in range(3_000)]))
    few = applied(officer, csv_file([["1", "Apr-2017", "1"]]))
    counts = []
    for each, lines in ((few, "1"), (many, "3000")):
        with CaptureQueriesContext(connection) as captured:
            officer.post(f"{UPLOADS}{each.pk}/back/", {"why": "x", "lines": lines})
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert ledger() == {}


def test_a_workbook_of_the_ledger_uploaded_after_a_correction_has_nothing_to_apply(officer):
    applied(officer, FIRST)
    content = officer.get("/testshire/finance/ledger/lines.xlsx").content
    assert openpyxl.load_workbook(io.BytesIO(content))["Actuals"]["D2"].value == Decimal(100)
    _, page = uploaded(officer, content, "a.xlsx")
    assert "There is nothing to apply" in page
