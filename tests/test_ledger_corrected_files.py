"""A corrected file never counts twice: what the file lacks is asked about, line by line."""

import pytest

from tests.ledger_files import csv_file, xlsx_file
from tests.ledger_uploads import (
    CORRECTED,
    FIRST,
    MAY,
    UPLOADS,
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    uploaded,
    words_at,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- what the ledger has and the file has not


def test_a_moved_invoice_is_asked_about_before_it_can_count_twice(officer):
    applied(officer, FIRST)
    upload, page = uploaded(officer, CORRECTED)
    assert "In the ledger and not in this file" in page
    assert "the ledger has 1 line that the file does not have, £250.00 in all" in page
    assert "92002 May 2017 Miscoded invoice 250.00" in page
    assert "Apply" not in page.replace("Applying", "")
    assert "Answer the questions about this file first" in apply(officer, upload)
    assert sum(ledger().values()) == 350
    page = answer_each(officer, upload, missing="take out")
    assert "Applying it adds 1 line and changes 0, and takes 1 out of the ledger." in page
    assert "total stays the same" in page
    apply(officer, upload)
    assert ledger() == {("92001", MAY): 100, ("92003", MAY): 250}


def test_a_line_that_is_kept_stays_and_the_answer_is_kept_too(officer):
    applied(officer, FIRST)
    upload, _ = uploaded(officer, CORRECTED)
    page = answer_each(officer, upload, missing="keep")
    assert "total goes up by £250.00" in page
    apply(officer, upload)
    assert sum(ledger().values()) == 600
    assert "92002, May 2017: Keep it" in words_at(officer, upload)


def test_a_line_whose_amount_is_blank_in_the_newer_file_is_asked_about(officer):
    applied(officer, FIRST)
    upload, page = uploaded(officer, CORRECTED + "92002,May-2017,,Recoded\r\n")
    assert "92002 May 2017 Miscoded invoice 250.00" in page
    answer_all(officer, upload, missing="take out")
    apply(officer, upload)
    assert sum(ledger().values()) == 350


def test_only_months_of_the_file_are_asked_about(officer):
    applied(officer, csv_file([["1", "Apr-2017", "5"], ["1", "Jun-2017", "7"]]))
    upload, page = uploaded(officer, csv_file([["2", "May-2017", "1"]]))
    assert "Applying it adds 1 line" in page
    assert not upload.questions.exists()


def test_lines_are_asked_about_month_by_month_and_answered_all_or_each(officer):
    rows = [[f"{code}", month, "5"] for code in (1, 2, 3) for month in ("Apr-2017", "May-2017")]
    applied(officer, csv_file(rows))
    upload, page = uploaded(officer, xlsx_file([["9", "Apr-2017", 1], ["9", "May-2017", 1]]))
    assert "the ledger has 6 lines that the file does not have, £30.00 in all" in page
    assert "Keep all 6 lines" in page
    assert "Take all 6 lines out" in page
    answer_all(officer, upload, missing="take out")
    page = answer_each(officer, upload, **{"2": "keep"})
    assert "adds 2 lines and changes 0, and takes 4 out" in page
    apply(officer, upload)
    assert set(ledger()) == {
        *(("2", f"2017-18-m0{month}") for month in (1, 2)),
        *(("9", f"2017-18-m0{month}") for month in (1, 2)),
    }


def test_a_file_that_only_lacks_lines_can_take_them_out(officer):
    applied(officer, FIRST)
    upload, page = uploaded(officer, csv_file([["92001", "May-2017", "100"]]))
    assert "The ledger already has all 1 row of this file." in page
    page = answer_all(officer, upload, missing="take out")
    assert "total goes down by £250.00" in page
    assert "Apply this change" in page
    apply(officer, upload)
    assert ledger() == {("92001", MAY): 100}
    again, _ = uploaded(officer, FIRST)
    apply(officer, again)
    assert sum(ledger().values()) == 350


def test_a_line_that_came_between_preview_and_applying_is_asked_about(officer):
    applied(officer, FIRST)
    upload, _ = uploaded(officer, CORRECTED)
    answer_all(officer, upload, missing="take out")
    other, _ = uploaded(officer, csv_file([["92009", "May-2017", "5"]]))
    answer_all(officer, other, missing="keep")
    apply(officer, other)
    page = apply(officer, upload)
    assert "The ledger has changed since the preview was made, in 1 line" in page
    assert "92009 May 2017" in page
    upload.refresh_from_db()
    assert (upload.unanswered, upload.taken_out) == (1, 1)
    answer_each(officer, upload, **{"92009": "keep"})
    apply(officer, upload)
    assert set(ledger()) == {("92001", MAY), ("92003", MAY), ("92009", MAY)}


def test_a_line_that_changed_since_it_was_answered_is_asked_about_again(officer):
    applied(officer, FIRST)
    upload, _ = uploaded(officer, CORRECTED)
    answer_all(officer, upload, missing="take out")
    other, _ = uploaded(officer, FIRST.replace("250.00", "999.00"))
    apply(officer, other)
    assert "has changed since the preview" in apply(officer, upload)
    upload.refresh_from_db()
    assert upload.unanswered == 1
    assert ledger()["92002", MAY] == 999


def test_many_lines_are_answered_one_by_one_on_pages_of_their_own(officer):
    applied(officer, csv_file([[f"{code:04}", "May-2017", "1"] for code in range(1, 151)]))
    upload, page = uploaded(officer, csv_file([["X", "May-2017", "1"]]))
    assert "See all 150 and answer one by one" in page
    address = f"{UPLOADS}{upload.pk}/questions/missing/"
    response = officer.get(address)
    assert "150 of 150 are not answered yet." in words_of(response)
    assert "Page 1 of 2" in words_of(response)
    first = list(upload.questions.order_by("pk")[:100])
    data = {f"q-{question.pk}": "take out" for question in first} | {"kind": "missing", "next": "2"}
    response = officer.post(f"{UPLOADS}{upload.pk}/answer/", data)
    assert response.headers["Location"] == f"{address}?page=2"
    assert "50 of 150 are not answered yet." in words_of(officer.get(f"{address}?page=2"))
    upload.refresh_from_db()
    assert (upload.unanswered, upload.taken_out) == (50, 100)


@pytest.mark.parametrize(
    "data",
    [
        {"every-missing": "burn"},
        {"every-nothing": "keep"},
        {"q-0": "keep", "q-x": "keep", "q-²": "keep", "q-" + "9" * 30: "keep"},
        {"kind": "missing", "next": "²"},
    ],
)
def test_an_answer_that_is_none_changes_nothing(officer, data):
    applied(officer, FIRST)
    upload, _ = uploaded(officer, CORRECTED)
    assert officer.post(f"{UPLOADS}{upload.pk}/answer/", data).status_code == 302
    upload.refresh_from_db()
    assert upload.unanswered == 1


def test_one_answer_to_all_of_a_kind_keeps_what_was_chosen_of_the_others(officer):
    applied(officer, csv_file([["00401", "May-2017", "1"], ["00402", "May-2017", "1"]]))
    upload, _ = uploaded(officer, csv_file([[code, "P2", "1"] for code in ("401", "402")]))
    year = upload.questions.get(kind="year")
    data = {"every-code": "the known one", f"q-{year.pk}": "2017"}
    page = words_of(officer.post(f"{UPLOADS}{upload.pk}/answer/", data, follow=True))
    assert "There is nothing to apply" in page


def test_questions_of_another_upload_are_not_answered_through_this_one(officer):
    applied(officer, FIRST)
    one, _ = uploaded(officer, CORRECTED)
    other, _ = uploaded(officer, CORRECTED)
    data = {f"q-{other.questions.get().pk}": "take out"}
    officer.post(f"{UPLOADS}{one.pk}/answer/", data)
    assert other.questions.get().answer == ""
