"""What is not known in a ledger file is asked about: columns, titles, side cells and codes."""

import pytest

from tests.ledger_files import HEADING, csv_file, xlsx_file
from tests.ledger_uploads import (
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    total,
    uploaded,
    with_words,
    words_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


COLUMNS = [
    *[("SH Indicator", "S", "H"), ("Doc type", "INV", "CN"), ("Credit?", "N", "Y")],
    *[("Reversed?", "No", "Yes"), ("Status", "Posted", "Reversed"), ("Scale", "1000", "1")],
    *[("Organisation", "Norfolk", "Westshire"), ("Flag", "X", ""), ("Class", "H", "S")],
    *[("Adjustment", "5", "-3.20"), ("Income", "10", "0"), ("Zeichen", "Soll", "Haben")],
    *[("Trx", "AP", "AR"), ("State", "Parked", "Posted"), ("Void", "", "V")],
]


@pytest.mark.parametrize(("head", "one", "other"), COLUMNS)
def test_a_column_that_is_not_known_is_asked_about_once(officer, head, one, other):
    rows = (("100", one), ("40", other), ("7", one))
    upload, page = uploaded(officer, with_words(head, *rows))
    assert "What is this column?" in page
    assert [question.kind for question in upload.questions.all()] == ["what"]
    assert (upload.asked, upload.unanswered) == (3, 1)
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, what="words")
    assert (upload.new, upload.unanswered) == (3, 0)
    apply(officer, upload)
    assert total() == 147
    assert upload.questions.get().answer == "words"


def test_a_column_that_says_the_sign_is_then_asked_about_word_by_word(officer):
    upload, _ = uploaded(officer, with_words("SH Indicator", ("100", "S"), ("40", "H")))
    answer_each(officer, upload, what="sign")
    assert "says the sign: an amount with “H” is a credit" in words_at(officer, upload)
    apply(officer, upload)
    assert total() == 60


def test_words_of_a_column_of_signs_that_are_not_known_are_asked_about(officer):
    upload, _ = uploaded(officer, with_words("Doc type", ("100", "INV"), ("40", "CN")))
    page = answer_each(officer, upload, what="sign")
    assert "Are these amounts less than nothing?" in page
    answer_each(officer, upload, sign="same")
    question = upload.questions.get(subject="Doc type: CN")
    officer.post(
        f"/testshire/finance/ledger/uploads/{upload.pk}/answer/", {f"q-{question.pk}": "other"}
    )
    apply(officer, upload)
    assert total() == 60


def test_a_column_that_says_what_was_spent_is_then_asked_about_word_by_word(officer):
    upload, _ = uploaded(officer, with_words("Status", ("100", "Posted"), ("40", "Parked")))
    page = answer_each(officer, upload, what="kind")
    assert "Status: Parked" in page
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert total() == 100


def test_rows_whose_amounts_another_column_changes_are_left_out(officer):
    rows = [["91001", "Apr-2017", "100", "10"], ["91002", "Apr-2017", "40", "0.5"]]
    upload, page = uploaded(officer, csv_file(rows, [*HEADING, "Income"]))
    assert "Income: 10, 0.5" in page
    answer_each(officer, upload, what="amount")
    assert (upload.left_out, upload.unanswered) == (2, 0)


KNOWN = [
    *[("Supplier", "Acme", "Bea"), ("Paid by", "JS", "TK"), ("Cost centre description", "A", "B")],
    *[("Type", "Invoice", "Journal"), ("Doc date", "01/04/2017", "02/04/2017")],
    *[("Document number", "1900001", "1900002"), ("Status", "Posted", "Paid"), ("Team", "N", "S")],
    *[("VAT", "20", "4"), ("Budget", "120", "50"), ("Remarks", "ok", "ok"), ("Scale", "1", "1")],
]


@pytest.mark.parametrize(("head", "one", "other"), KNOWN)
def test_a_column_that_is_known_to_say_nothing_asks_nothing(officer, head, one, other):
    upload, _ = uploaded(officer, with_words(head, ("100", one), ("40", other)))
    assert (upload.new, upload.unanswered) == (2, 0)


TITLES = [
    *["Plan", "April to January", "Actuals May 2017", "Ledger extract 2016/17", "Q4"],
    *["Credits shown as positive", "Draft - not for posting", "Amounts include VAT"],
    *["Excluding accruals", "Programme plan", "Target", "Profile", "Month 1 to 10", "P1-P10"],
    *["Year so far", "To January", "To P10", "Ten months", "Accruals", "Orders", "Per week"],
    *["Averages", "Net of income", "Superseded", "Restated", "ICB share", "50% share"],
    *["Test data", "Scenario B", "Old chart of accounts", "Q1", "Quarter 1 2017/18"],
    *["April to June 2017", "Half of the cost", "Without grants", "As submitted to NHSE"],
]


@pytest.mark.parametrize("said", TITLES)
def test_a_title_that_is_not_known_is_asked_about(officer, said):
    text = f"{said}\r\nCode,Period,Amount\r\n91001,Apr-2017,100\r\n91002,Apr-2017,20\r\n"
    upload, page = uploaded(officer, text)
    assert f"Row 1, “{said}”" in page
    assert (upload.asked, upload.unanswered) == (2, 1)
    answer_all(officer, upload, rows="take")
    apply(officer, upload)
    assert total() == 120


OWN = [
    *["Actuals April 2017", "Testshire County Council", "General ledger 2017/18", "P1 2017/18"],
    *["Run on 03/05/2017", "Cost centre report", "Budget holder: Head of Care", "Period: Apr-2017"],
    *["Month 1", "As at 30 April 2017", "Page 1 of 2", "Adult Social Care", "Amounts in pounds"],
]


@pytest.mark.parametrize("said", OWN)
def test_a_title_of_the_rows_own_time_or_of_nothing_asks_nothing(officer, said):
    text = f"{said}\r\nCode,Period,Amount\r\n91001,Apr-2017,100\r\n91002,Apr-2017,20\r\n"
    upload, _ = uploaded(officer, text)
    assert (upload.new, upload.unanswered) == (2, 0)


@pytest.mark.parametrize("said", ["Quarter 1 2017/18", "April to June 2017", "To June 2017"])
def test_a_title_of_all_the_months_that_the_rows_are_of_asks_nothing(officer, said):
    rows = [[f"9100{month}", f"{month}-2017", "10"] for month in ("Apr", "May", "Jun")]
    rows = [["91001", row[1], row[2]] for row in rows]
    text = f"{said}\r\n".encode() + csv_file(rows)
    upload, _ = uploaded(officer, text)
    assert (upload.new, upload.unanswered) == (3, 0)


@pytest.mark.parametrize("said", ["Figures in £000", "in thousands"])
def test_a_unit_in_a_cell_beside_the_table_is_asked_about(officer, said):
    content = xlsx_file([["91001", "Apr-2017", 100]], [*HEADING, "", said])
    upload, page = uploaded(officer, content, "a.xlsx")
    assert "Are the amounts in pounds?" in page
    assert upload.unanswered


def test_words_in_a_cell_beside_the_table_are_asked_about(officer):
    content = xlsx_file([["91001", "Apr-2017", 100]], [*HEADING, "", "Draft 2"])
    upload, page = uploaded(officer, content, "a.xlsx")
    assert "Row 1, “Draft 2”" in page
    assert upload.unanswered == 1


BALANCES = [
    *["Opening balance", "Movement", "Closing balance", "Grand total", "Subtotal", "Total pay"],
    *["Sum of above", "Control total", "Summary", "b/f", "Bal b/f", "Brought forward", "Closing"],
    *["PO commitment", "Movement in month", "Closing bal April", "Sub-total", "Balance"],
]


@pytest.mark.parametrize("said", BALANCES)
def test_a_row_of_a_known_code_whose_words_are_of_a_total_is_asked_about(officer, said):
    applied(officer, csv_file([["91001", "Apr-2017", "5"]]))
    rows = [["91001", "May-2017", "100", "Care"], ["91001", "May-2017", "100", said]]
    upload, page = uploaded(officer, csv_file(rows, [*HEADING, "Description"]))
    assert said in page
    assert (upload.asked, upload.unanswered) == (1, 1)
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert total() == 105


@pytest.mark.parametrize(
    "code", ["41*", "41XXX", "41000-41999", "RESIDENTIAL", "All", "41...", "Group 41", "41/all"]
)
def test_a_code_that_is_not_in_the_shape_of_the_others_is_asked_about(officer, code):
    rows = [
        *[["41001", "Apr-2017", "100"], ["41002", "Apr-2017", "20"], ["41003", "Apr-2017", "3"]],
        [code, "Apr-2017", "123"],
    ]
    upload, _ = uploaded(officer, csv_file(rows))
    if not upload.wrong:
        assert (upload.asked, upload.unanswered) == (1, 1)
        answer_all(officer, upload, rows="leave out")
        apply(officer, upload)
        assert total() == 123


def test_a_code_in_a_shape_that_the_ledger_has_asks_nothing(officer):
    applied(officer, csv_file([["BCF-1", "Apr-2017", "5"]]))
    rows = [["41001", "May-2017", "1"], ["41002", "May-2017", "2"], ["BCF-2", "May-2017", "3"]]
    upload, _ = uploaded(officer, csv_file(rows))
    assert (upload.new, upload.unanswered) == (3, 0)
