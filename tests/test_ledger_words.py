"""Words in and around a ledger file that say what its rows are: they are read, or asked about."""

import pytest

from tests.ledger_files import HEADING, csv_file, xlsx_file
from tests.ledger_uploads import (
    answer_all,
    answer_each,
    applied,
    apply,
    ledger,
    refused,
    send,
    total,
    uploaded,
    with_words,
    words_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    return quarter.sign_in(client, "finance officer")


# -- a column that says the sign

SIGNS = [
    *[("Dr/Cr", "DR", "CR"), ("D/C", "D", "C"), ("Sign", "+", "-"), ("+/-", "+", "-")],
    *[("Debit/Credit", "Debit", "Credit"), ("DC indicator", "D", "C"), ("Type", "Debit", "Credit")],
    *[("Type", "DR", "CR"), ("Debit or credit", "dr.", "cr."), ("DC", "d", "c")],
    *[("D/C ind.", "S", "H"), ("Posting key", "40", "50"), ("Sign", "1", "-1")],
    *[("Transaction side", "Debit", "Credit"), ("Sign", "Plus", "Minus"), ("Cr/Dr", "Dr", "Cr")],
    *[("DrCr", "DR", "CR"), ("Entry", "Debits", "Credits"), ("Side", "+", "−")],
    *[("DR_CR_FLAG", "D", "C"), ("Amount sign", "Positive", "Negative"), ("+ / -", "+", "–")],
]


@pytest.mark.parametrize(("head", "debit", "credit"), SIGNS)
def test_a_column_that_says_the_sign_of_each_row_is_read(officer, head, debit, credit):
    upload, page = uploaded(officer, with_words(head, ("100", debit), ("40", credit)))
    assert (upload.new, upload.unanswered, upload.wrong) == (2, 0, 0)
    assert f"Column {head} says the sign" in page
    assert "Not read" not in page
    apply(officer, upload)
    assert sorted(ledger().values()) == [-40, 100]


NOT_OF_SIGNS = [
    *[("Notes", "-", "-"), ("Type", "Invoice", "Journal"), ("Paid by", "Direct debit", "BACS")],
    *[("Sign off", "+", "JS"), ("Notes", "", "-")],
    *[("Type", "Invoice", ""), ("Signed by", "D", "Z")],
]


@pytest.mark.parametrize(("head", "one", "other"), NOT_OF_SIGNS)
def test_a_column_of_other_words_is_none_of_signs(officer, head, one, other):
    upload, page = uploaded(officer, with_words(head, ("100", one), ("40", other)))
    assert (upload.new, upload.unanswered) == (2, 0)
    assert f"Not read: {head}." in page
    apply(officer, upload)
    assert total() == 140


ASKED_SIGNS = [
    *[("Dr/Cr", "40", "X"), ("Dr/Cr", "40", ""), ("Dr/Cr", "-40", "CR"), ("D/C", "-40", "C")],
    *[("Type", "40", "Credit note"), ("Sign", "40", "?"), ("Type", "40", "Income")],
    *[
        ("Ind", "40", "C"),
        ("Debit/Credit", "40", "Journal"),
        ("I/E", "40", "I"),
        ("Type", "40", "Refund"),
    ],
]


@pytest.mark.parametrize(("answer", "pounds"), [("same", 1), ("other", -1)])
@pytest.mark.parametrize(("head", "amount", "said"), ASKED_SIGNS)
def test_a_word_that_may_be_of_a_sign_is_asked_about(officer, head, amount, said, answer, pounds):
    debit = "DR" if head not in ("Type", "I/E") else "Invoice"
    debit = {"I/E": "E", "Ind": "D"}.get(head, debit)
    rows = (("100", debit if head != "Sign" else "+"), (amount, said))
    if head in ("D/C", "Debit/Credit"):
        rows = (("100", "Debit"), ("5", "Credit"), (amount, said))
        rows = rows[:1] + rows[2:] if said in ("C",) else rows
    upload, page = uploaded(officer, with_words(head, *rows))
    assert "Are these amounts less than nothing?" in page
    assert f"{head}: {said or 'nothing'}" in page
    apply(officer, upload)
    assert ledger() == {}
    answer_each(officer, upload, sign=answer)
    apply(officer, upload)
    assert pounds * int(amount) in ledger().values()


def test_words_of_signs_beside_amounts_that_have_theirs_already_are_no_question(officer):
    upload, _ = uploaded(officer, with_words("Type", ("100", "Invoice"), ("-40", "Credit note")))
    assert (upload.new, upload.unanswered) == (2, 0)
    apply(officer, upload)
    assert total() == 60


def test_what_was_answered_of_a_sign_is_kept_when_another_question_is_answered(officer):
    content = with_words("Dr/Cr", ("100", "DR"), ("40", "X"), ("7", "Z"))
    upload, _ = uploaded(officer, content)
    for said in ("Dr/Cr: X", "Dr/Cr: Z"):
        question = upload.questions.get(subject=said)
        officer.post(
            f"/testshire/finance/ledger/uploads/{upload.pk}/answer/", {f"q-{question.pk}": "other"}
        )
    upload.refresh_from_db()
    assert upload.unanswered == 0
    assert "With the other sign: 40 is (£40.00)" in words_at(officer, upload)
    apply(officer, upload)
    assert total() == 53


def test_a_column_of_signs_beside_debits_and_credits_is_not_read(officer):
    text = "Code,Period,Debit,Credit,Dr/Cr\r\n91001,Apr-2017,9,4,CR\r\n"
    _, page = uploaded(officer, text)
    assert "Not read: Dr/Cr." in page


def test_a_formula_that_says_the_sign_is_refused(officer):
    rows = [["91001", "Apr-2017", 100, "DR"], ["91002", "Apr-2017", 40, '=IF(1,"CR","DR")']]
    content = xlsx_file(rows, [*HEADING, "Dr/Cr"])
    assert "row 3, column Dr/Cr: the cell holds a formula" in refused(officer, content, "a.xlsx")


def test_signs_that_nobody_can_see_do_no_harm_in_what_is_asked(officer):
    text = "Budget\x0099\r\nCode,Period,Amount,Ty\x00pe\r\n9\x001,Apr-2017,1,Bud\x00get\r\n"
    send(officer, text)


def test_a_sign_is_read_in_a_workbook_and_a_total_is_compared_with_signs(officer):
    rows = [
        *[["91001", "Apr-2017", 100, "DR"], ["91002", "Apr-2017", 40, "CR"]],
        ["Total", None, 60, None],
    ]
    upload, page = uploaded(officer, xlsx_file(rows, [*HEADING, "Dr/Cr"]), "a.xlsx")
    assert (upload.new, upload.totals, upload.unanswered) == (2, 1, 0)
    assert "row 4 is a total and was left out: £60.00" in page


# -- rows that are not what was spent

KINDS = [
    *[("Type", "Actual", "Budget"), ("Scenario", "Actual", "Forecast"), ("Type", "A", "Budget")],
    *[("Version", "Actuals", "Working budget"), ("Value type", "Actual", "Commitment")],
    *[("Ledger type", "ACTUALS", "ENCUMBRANCE"), ("Kind", "Actual", "Original Budget 2017/18")],
    *[("Scenario", "Actual", "FC2"), ("Version", "Actual", "V1"), ("Balance type", "A", "B")],
    *[("Amount type", "Spent", "Committed"), ("Category", "Actual", "Purchase orders")],
    *[("Data", "Actual", "Year to date"), ("Column1", "Act", "Fcst"), ("Class", "ACT", "ORIG_BUD")],
    *[("Period basis", "Month", "YTD"), ("Measure type", "Actual", "Variance")],
    *[
        ("Stage", "Paid", "Requisition"),
        ("Line", "Actual", "Prior year"),
        ("X", "Act", "Cumulative"),
    ],
    *[("Type", "Actual", "Planned spend"), ("Type", "Posted", "Budget transfer")],
    *[("Description", "Actual", "Budget"), ("Actual/Budget", "A", "B"), ("Type", "", "Estimate")],
]


@pytest.mark.parametrize(("head", "spent", "other"), KINDS)
def test_rows_of_another_kind_are_asked_about_and_never_added(officer, head, spent, other):
    lines = [["91001", "Apr-2017", "90", spent], ["91001", "Apr-2017", "100", other]]
    upload, page = uploaded(officer, csv_file(lines, [*HEADING, head]))
    assert "Are these rows what was spent?" in page
    assert f"{head}: {other}" in page
    assert upload.asked >= 1
    apply(officer, upload)
    assert ledger() == {}
    answer_all(officer, upload, rows="take")
    said = {f"q-{q.pk}": "leave out" for q in upload.questions.filter(description__endswith=other)}
    officer.post(f"/testshire/finance/ledger/uploads/{upload.pk}/answer/", said)
    upload.refresh_from_db()
    assert (upload.unanswered, upload.left_out) == (0, 1)
    apply(officer, upload)
    assert list(ledger().values()) == [90]


HARMLESS = [
    *[("Type", "Invoice", "Journal"), ("Description", "Budget support grant", "Care plan reviews")],
    *[
        ("Status", "Posted", "Paid"),
        ("Scenario", "Actual", "Actuals"),
        ("Value type", "Actual", ""),
    ],
    *[("Supplier", "Target Care Ltd", "Order of St John"), ("Team", "Planning", "Commissioning")],
    *[("Description", "Net curtains", "Plan B Ltd"), ("Type", "Accrual", "Prepayment")],
    *[("Description", "Total Care Ltd invoices", "Of Mice Ltd"), ("Supplier", "A", "Million Ltd")],
    *[("Funding source", "Base budget", "NHS"), ("Funding", "Base budget", "Planned grant")],
]


@pytest.mark.parametrize(("head", "one", "other"), HARMLESS)
def test_words_of_spending_ask_nothing(officer, head, one, other):
    if head == "Value type":
        other = one
    applied(officer, csv_file([["91001", "Apr-2017", "1"], ["91002", "Apr-2017", "1"]]))
    lines = [["91001", "May-2017", "1", one], ["91002", "May-2017", "1", other]]
    upload, _ = uploaded(officer, csv_file(lines, [*HEADING, head]))
    assert upload.unanswered == 0
    assert upload.new == 2


@pytest.mark.parametrize(
    "name", ["Budget", "Forecast P1", "Commitments", "Orig budget", "YTD", "Prior year", "Plan"]
)
def test_a_sheet_of_another_kind_is_asked_about(officer, name):
    content = xlsx_file(
        [["99011", "Apr-2017", 100]], more=[(name, [HEADING, ["99011", "Apr-2017", 120]])]
    )
    upload, page = uploaded(officer, content, "a.xlsx")
    assert f"The name of sheet {name}" in page
    assert upload.asked == 1
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert list(ledger().values()) == [100]


def test_sheets_with_the_same_codes_and_months_are_asked_about_and_not_added(officer):
    more = [("Working", [HEADING, ["99011", "Apr-2017", 120], ["99012", "Apr-2017", 5]])]
    content = xlsx_file([["99011", "Apr-2017", 100]], sheet="A", more=more)
    upload, page = uploaded(officer, content, "a.xlsx")
    assert "Sheet Working has codes and months that sheet A has too" in page
    assert upload.asked == 2
    answer_all(officer, upload, rows="leave out")
    apply(officer, upload)
    assert list(ledger().values()) == [100]


# -- words above and below the table
