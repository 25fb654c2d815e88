"""The ledger: uploaded, previewed as a difference, applied whole or not at all, safe to repeat."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from finance.ledger import limits, uploading
from finance.models import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from projects.models import Council, Membership
from tests.ledger_files import FIGURES, HEADING, ROWS, csv_file, ours, xlsx_file
from tests.ledger_uploads import UPLOADS, keep_the_others, ledger
from tests.seen import seen_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, quarter):
    """A client that a finance officer is signed in with."""
    return quarter.sign_in(client, "finance officer")


def send(client, content, name="actuals.csv", year=""):
    return client.post(UPLOADS, {"file": SimpleUploadedFile(name, content), "year": year})


def uploaded(client, content, name="actuals.csv", year=""):
    """The upload, and the page that the person sees next."""
    response = send(client, content, name, year)
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    return ours(LedgerUpload).get(pk=response.headers["Location"].split("/")[-2]), page


def apply(client, upload):
    page, press = f"{UPLOADS}{upload.pk}/", f"{UPLOADS}{upload.pk}/apply/"
    return client.post(press, seen_on(client, page, press), follow=True)


APPLIED = {
    ("40101", "2017-18-m01"): Decimal("1234.50"),
    ("40101", "2017-18-m02"): Decimal("-500.00"),
    ("40102", "2017-18-m01"): Decimal("7.00"),
}


@pytest.mark.parametrize(
    ("content", "name"), [(csv_file(), "a.csv"), (xlsx_file(), "a.xlsx")], ids=["csv", "xlsx"]
)
def test_a_file_is_previewed_and_then_applied(officer, quarter, content, name):
    upload, page = uploaded(officer, content, name)
    words = page.content.decode()
    assert (upload.state, upload.new, upload.changed, upload.same) == ("previewed", 3, 0, 0)
    assert "Applying it adds 3 lines and changes 0." in words
    assert "goes up by £741.50" in words
    assert ledger() == {}
    response = apply(officer, upload)
    assert "is up to date with" in response.content.decode()
    assert ledger() == APPLIED
    upload.refresh_from_db()
    assert upload.state == "applied"
    assert upload.applied_by == quarter.people["finance officer"]
    assert not ours(LedgerRow).exists()


def test_the_same_file_twice_changes_nothing_and_says_so(officer):
    apply(officer, uploaded(officer, csv_file())[0])
    before = list(ours(LedgerLine).values())
    again, page = uploaded(officer, csv_file())
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    words = " ".join(page.content.decode().split())
    assert "There is nothing to apply: the ledger already has all 3 rows" in words
    assert "The same file was applied on" in words
    assert "Apply all" not in words
    response = apply(officer, again)
    assert "There is nothing to apply." in response.content.decode()
    assert list(ours(LedgerLine).values()) == before


def test_the_same_figures_from_another_kind_of_file_are_the_same(officer):
    apply(officer, uploaded(officer, csv_file())[0])
    again, _ = uploaded(officer, xlsx_file(), "a.xlsx")
    assert (again.new, again.changed, again.same) == (0, 0, 3)


def test_changes_are_shown_old_and_new_and_what_is_not_in_the_file_stays(officer):
    apply(officer, uploaded(officer, csv_file())[0])
    upload, page = uploaded(
        officer, csv_file([["40101", "Apr-17", "1,300"], ["9", "P1", "5"]]), year="2017"
    )
    words = page.content.decode()
    assert (upload.new, upload.changed, upload.same) == (1, 1, 0)
    assert "1,234.50" in words
    assert "1,300.00" in words
    assert "65.50" in words
    assert upload.difference_pounds == Decimal("70.50")
    keep_the_others(officer, upload)
    apply(officer, upload)
    assert ledger() == APPLIED | {
        ("40101", "2017-18-m01"): Decimal("1300.00"),
        ("9", "2017-18-m01"): Decimal("5.00"),
    }


def test_blanks_wipe_nothing(officer):
    heading = [*HEADING, "Description", "Fund"]
    apply(officer, uploaded(officer, csv_file([["1", "Apr-17", "5", "Rent", "BCF"]], heading))[0])
    rows = [
        ["1", "Apr-17", "", "", ""],
        ["1", "May-17", " ", "Other", ""],
        ["2", "May-17", "-", "", ""],
    ]
    upload, page = uploaded(officer, csv_file([*rows, ["3", "Apr-17", "1", "", ""]], heading))
    assert (upload.new, upload.without_amount) == (1, 3)
    assert "change nothing" in page.content.decode()
    keep_the_others(officer, upload)
    apply(officer, upload)
    again = uploaded(officer, csv_file([["1", "Apr-17", "5", "", ""]], heading))[0]
    assert again.same == 1
    changed = uploaded(officer, csv_file([["1", "Apr-17", "6", "", "iBCF"]], heading))[0]
    keep_the_others(officer, changed)
    apply(officer, changed)
    line = ours(LedgerLine).get(code="1")
    assert (line.amount, line.description, line.funding_source) == (6, "Rent", "iBCF")


def test_words_that_change_are_a_change(officer):
    heading = [*HEADING, "Description"]
    apply(officer, uploaded(officer, csv_file([["1", "Apr-17", "5", "Rent"]], heading))[0])
    upload, page = uploaded(officer, csv_file([["1", "Apr-17", "5", "Hire"]], heading))
    assert upload.changed == 1
    assert "<del>Rent</del> <ins>Hire</ins>" in page.content.decode()


def test_one_error_keeps_all_of_the_file_out(officer):
    upload, page = uploaded(officer, xlsx_file([*FIGURES, ["40103", "Apr-17", "N/A"]]), "a.xlsx")
    assert (upload.new, upload.wrong) == (3, 1)
    words = page.content.decode()
    assert (
        "Sheet Actuals, row 5, column Amount: “N/A” is not an amount. "
        "Enter pounds, or leave the row out." in words
    )
    assert "Apply all" not in words
    assert "The file has errors." in apply(officer, upload).content.decode()
    assert ledger() == {}


ERRORS = [
    (["1", "Apr-17", "N/A"], "Amount", "“N/A” is not an amount."),
    (["1", "Apr-17", "12k"], "Amount", "“12k” is not an amount."),
    (["1", "Apr-17", "5%"], "Amount", "“5%” is not an amount."),
    (["1", "Apr-17", "1.2345"], "Amount", "“1.2345” has parts of a penny."),
    (["1", "Apr-17", "100000000000"], "Amount", "£100,000,000,000 or more"),
    (["1", "Apr-17", "9" * 40], "Amount", "£100,000,000,000 or more"),
    (["", "Apr-17", "1"], "Code", "there is no code."),
    (["@SUM(A1)", "Apr-17", "1"], "Code", "“@SUM(A1)” is not a code"),
    (["x" * 61, "Apr-17", "1"], "Code", "more than 60 characters"),
    (["1", "", "1"], "Period", "there is no period."),
    (["1", "2017-18", "1"], "Period", "“2017-18” is a year. Say which month"),
    (
        ["1", "2017-18-m13", "1"],
        "Period",
        "is not a period: periods go from 1 (April) to 12 (March).",
    ),
    (["1", "soon", "1"], "Period", "“soon” is not a month."),
]


@pytest.mark.parametrize(("row", "column", "words"), ERRORS)
def test_each_error_is_said_by_row_and_column(officer, row, column, words):
    upload, page = uploaded(officer, csv_file([ROWS[0], row]))
    ((_, name, sentence),) = upload.rows.get(kind="wrong").errors
    assert name == column
    assert words in sentence
    assert f"Row 3, column {column}: " in page.content.decode()


def test_rows_of_one_code_and_month_are_added_up_and_it_is_said(officer):
    """Case D1."""
    rows = [["ab 1", "Apr-17", "1"], ["AB  1", "2017-18-m01", "2.50"], ["AB 2", "Apr-17", "5"]]
    upload, page = uploaded(officer, csv_file([*rows, rows[1]]))
    assert (upload.new, upload.wrong, upload.added) == (2, 0, 2)
    assert upload.new_pounds == 11
    words = page.content.decode()
    assert (
        "2 rows have the code and month of a row above and were added to it: row 3 to row 2, AB 1 "
        "and others. Of these 1 is the same in every cell, the first row 5: look whether anything "
        "is in the file twice." in words
    )
    assert "Added to a row above" in words
    assert upload.rows.get(number=2).amount == 6


def test_rows_of_one_code_and_month_that_come_to_too_much_are_an_error(officer):
    rows = [["1", "Apr-17", "99999999999"], ["1", "Apr-17", "1"]]
    upload, page = uploaded(officer, csv_file(rows))
    assert (upload.new, upload.wrong) == (1, 1)
    assert "with row 2, of the same code and month, it comes to" in page.content.decode()


def test_headings_in_any_order_titles_above_and_blank_rows(officer):
    def change(book, page):
        page.insert_rows(1, 2)
        page["A1"] = "Actuals of Testshire"
        page.insert_rows(5)

    heading = ["Actual (£)", "Details", "Cost Centre", "Posting period", "Financial Year"]
    rows = [[12.3, "Rent", 40101, 10, "2016/17"], [-1, None, "0042", "M11", "16/17"]]
    upload, _ = uploaded(officer, xlsx_file(rows, heading, change=change), "a.xlsx")
    assert (upload.new, upload.wrong) == (2, 0)
    apply(officer, upload)
    assert ledger() == {
        ("0042", "2016-17-m11"): Decimal("-1.00"),
        ("40101", "2016-17-m10"): Decimal("12.30"),
    }


def test_a_date_a_code_with_zeros_and_noise_of_binary_fractions(officer):
    def change(book, page):
        page["A2"].number_format = "000000"

    rows = [[4010, date(2017, 1, 31), 0.1 + 0.2]]
    upload, _ = uploaded(officer, xlsx_file(rows, change=change), "a.xlsx")
    apply(officer, upload)
    assert ledger() == {("004010", "2016-17-m10"): Decimal("0.30")}


def test_every_sheet_with_headings_is_read_and_the_others_are_named(officer):
    more = [("May", [HEADING, ["1", "May-17", 2]]), ("Notes", [["Ask finance"]])]
    upload, page = uploaded(officer, xlsx_file([["1", "Apr-17", 1]], more=more), "a.xlsx")
    assert upload.new == 2
    assert "Sheet Notes was not read" in page.content.decode()


@pytest.mark.parametrize(("encoding", "note"), [("utf-8-sig", 0), ("utf-16", 0), ("cp1252", 1)])
def test_encodings_that_can_be_read_safely(officer, encoding, note):
    rows = [["1", "Apr-17", "£5", "Café"]]
    upload, _ = uploaded(officer, csv_file(rows, [*HEADING, "Description"], encoding))
    assert len(upload.notes) == note
    row = upload.rows.get(kind="new")
    assert (row.amount, row.description) == (5, "Café")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_ends_of_lines(officer, separator, end):
    upload, _ = uploaded(officer, csv_file(separator=separator, end=end))
    assert (upload.new, upload.wrong) == (3, 0)


def test_a_ledger_that_changed_in_between_is_previewed_again(officer):
    first, _ = uploaded(officer, csv_file())
    apply(officer, uploaded(officer, csv_file([["40101", "Apr-17", "99"]]))[0])
    response = apply(officer, first)
    words = " ".join(response.content.decode().split())
    assert (
        "The ledger has changed since the preview was made, in 1 line of the file’s months."
        in words
    )
    assert ledger() == {("40101", "2017-18-m01"): Decimal("99.00")}
    first.refresh_from_db()
    assert (first.new, first.changed, first.state) == (2, 1, "previewed")
    apply(officer, first)
    assert ledger() == APPLIED


def test_a_failure_in_the_middle_leaves_the_ledger_as_it_was(officer, monkeypatch):
    apply(officer, uploaded(officer, csv_file())[0])
    upload, _ = uploaded(officer, csv_file([["40101", "Apr-17", "1"], ["5", "Apr-17", "1"]]))
    keep_the_others(officer, upload)

    def fail(done):
        raise RuntimeError("The machine stops.")

    with pytest.raises(RuntimeError):
        uploading.applying.apply(upload.pk, by=upload.uploaded_by, progress=fail)
    assert ledger() == APPLIED


def test_a_dropped_upload_leaves_nothing(officer):
    upload, _ = uploaded(officer, csv_file())
    response = officer.post(f"{UPLOADS}{upload.pk}/drop/", follow=True)
    assert "is dropped" in response.content.decode()
    assert not ours(LedgerUpload).exists()
    assert not ours(LedgerRow).exists()


def test_an_applied_upload_cannot_be_dropped_or_applied_again(officer):
    upload, _ = uploaded(officer, csv_file())
    apply(officer, upload)
    assert "This upload is already applied." in apply(officer, upload).content.decode()
    officer.post(f"{UPLOADS}{upload.pk}/drop/")
    assert ledger() == APPLIED


def test_what_nobody_applied_is_forgotten_after_seven_days(officer, command):
    old, _ = uploaded(officer, csv_file())
    kept, _ = uploaded(officer, csv_file())
    applied, _ = uploaded(officer, csv_file())
    apply(officer, applied)
    ours(LedgerUpload).exclude(pk=kept.pk).update(
        uploaded_at=timezone.now() - limits.KEPT - timedelta(minutes=1)
    )
    command("send_reminders", stdout=io.StringIO())
    assert set(ours(LedgerUpload).all()) == {kept, applied}
    assert not ours(LedgerRow).filter(upload=old.pk).exists()


def test_history_keeps_what_a_line_was_and_who_changed_it(officer, quarter):
    apply(officer, uploaded(officer, csv_file())[0])
    second, _ = uploaded(officer, csv_file([["40102", "Apr-17", "8"]]))
    keep_the_others(officer, second)
    apply(officer, second)
    events = apps.get_model("finance", "LedgerLineEvent").objects.filter(code="40102")
    assert [(event.pgh_label, event.amount) for event in events.order_by("pgh_id")] == [
        ("insert", 7),
        ("update", 8),
    ]
    metadata = events.latest("pgh_id").pgh_context.metadata
    assert metadata["user"] == quarter.people["finance officer"].pk
    assert metadata["ledger_upload"] == second.pk


@pytest.mark.parametrize("role", ["performance officer", "commissioner", "committee member"])
def test_only_finance_officers_upload_apply_and_drop(client, quarter, role):
    upload, _ = uploaded(quarter.sign_in(client, "finance officer"), csv_file())
    quarter.sign_in(client, role)
    assert send(client, csv_file()).status_code == 403
    for action in ("apply", "drop", "continue"):
        assert client.post(f"{UPLOADS}{upload.pk}/{action}/").status_code == 403
    assert client.get(f"{UPLOADS}{upload.pk}/marked/").status_code == 403
    reads = role == "performance officer"
    assert client.get(f"{UPLOADS}{upload.pk}/").status_code == (200 if reads else 403)
    assert client.get("/testshire/finance/ledger/").status_code == (200 if reads else 403)
    assert ledger() == {}
    assert ours(LedgerUpload).count() == 1


def test_an_upload_of_another_council_is_not_there(client, quarter):
    upload, _ = uploaded(quarter.sign_in(client, "finance officer"), csv_file())
    other = Council.objects.get(slug="elsewhere")
    stranger = User.objects.create(email="stranger@example.org", post="Finance officer")
    Membership.objects.create(user=stranger, council=other, role=Role.FINANCE_OFFICER)
    client.force_login(stranger)
    address = f"/elsewhere/finance/ledger/uploads/{upload.pk}/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}marked/").status_code == 404
    for action in ("apply", "drop", "continue"):
        assert client.post(f"{address}{action}/").status_code == 404
    assert client.get(f"{UPLOADS}{upload.pk}/").status_code == 404


def test_a_post_without_its_token_is_refused(quarter, client):
    strict = Client(enforce_csrf_checks=True)
    quarter.sign_in(strict, "finance officer")
    assert send(strict, csv_file()).status_code == 403
    assert not ours(LedgerUpload).exists()


def test_no_file_and_a_year_that_is_none_are_said_at_their_boxes(officer):
    response = officer.post(UPLOADS, {"year": "1817"})
    assert response.context["form"].errors == {
        "file": ["Choose a file."],
        "year": ["Choose a financial year from the list."],
    }


def test_the_download_can_be_uploaded_again_and_is_the_same(officer):
    apply(officer, uploaded(officer, csv_file())[0])
    for kind in ("csv", "xlsx"):
        response = officer.get(f"/testshire/finance/ledger/lines.{kind}")
        again, _ = uploaded(officer, response.getvalue(), f"a.{kind}")
        assert (again.same, again.changes, again.wrong) == (3, 0, 0)


def test_the_number_of_queries_does_not_grow_with_the_rows(officer, django_assert_num_queries):
    few = uploaded(officer, csv_file())[0]
    rows = [[f"{code}", "Apr-17", "5"] for code in range(1, 1500)]
    many = uploaded(officer, csv_file(rows))[0]
    for upload in (few, many):
        with django_assert_num_queries(13):
            officer.get(f"{UPLOADS}{upload.pk}/")
    apply(officer, many)
    for query in ("", "?search=1"):
        with django_assert_num_queries(9):
            officer.get(f"/testshire/finance/ledger/{query}")
    with django_assert_num_queries(6):
        officer.get(UPLOADS)
    assert ours(LedgerWork).count() == 0
