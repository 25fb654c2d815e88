"""A finance officer uploads actuals: errors, the marked file, the preview, applying, again."""

import csv
import io

import openpyxl
import pytest

from finance.ledger import limits
from finance.models import LedgerLine, LedgerUpload, LedgerWork
from tests.browser.axe import assert_accessible
from tests.ledger_files import FIGURES, csv_file, ours, xlsx_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UPLOADS = "/nottinghamshire/finance/ledger/uploads/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def officer(as_person):
    """A page of the finance officer, signed in through the form."""

    def sign_in(**options):
        return as_person("finance", **options)

    return sign_in


def upload(page, site, name, content, mime="text/csv"):
    page.goto(site + UPLOADS)
    file = {"name": name, "mimeType": mime, "buffer": content}
    page.get_by_label("File of actuals").set_input_files(file)
    page.get_by_role("button", name="Upload and preview").click()


def fits(page):
    assert_accessible(page)
    assert page.complaints == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [400, 1280])
def test_actuals_are_uploaded_corrected_previewed_applied_and_uploaded_again(officer, site, width):
    page = officer(width=width)
    page.goto(site + "/nottinghamshire/finance/ledger/")
    fits(page)
    page.get_by_role("button", name="Upload actuals").click()
    page.get_by_text("What the file may look like").click()
    fits(page)

    upload(page, site, "ledger.pdf", b"%PDF-1.7")
    page.get_by_role("link", name="The file is a PDF.").click()
    assert page.evaluate("document.activeElement.id") == "id_file"
    fits(page)

    rows = [*FIGURES, ["40103", "Apr-17", "N/A"]]
    upload(page, site, "actuals.xlsx", xlsx_file(rows), XLSX)
    page.get_by_text("1 row has an error, so nothing of the file can be applied.").wait_for()
    assert page.get_by_text("Sheet Actuals, row 5, column Amount: “N/A” is not").is_visible()
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file with the errors marked").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert "N/A" in book["Actuals"]["C5"].comment.text
    book["Actuals"]["C5"] = 12.5
    corrected = io.BytesIO()
    book.save(corrected)

    upload(page, site, "actuals.xlsx", corrected.getvalue(), XLSX)
    page.get_by_text("Applying it adds 4 lines and changes 0.").wait_for()
    fits(page)
    page.get_by_role("button", name="Apply all 4 changes").click()
    page.get_by_text("It added 4 lines").wait_for()
    fits(page)
    upload(page, site, "again.csv", csv_file([*FIGURES, ["40103", "Apr-17", "12.50"]]))
    page.get_by_text("There is nothing to apply").wait_for()
    fits(page)
    upload(page, site, "change.csv", csv_file([["40103", "Apr-17", "(1)"]]))
    page.get_by_text("So far it adds 0 lines and changes 1.").wait_for()
    fits(page)
    page.get_by_role("button", name="Keep all 2 lines").click()
    page.get_by_text("Applying it adds 0 lines and changes 1.").wait_for()
    fits(page)
    page.goto(site + UPLOADS)
    fits(page)
    page.get_by_role("link", name="change.csv").click()
    page.get_by_role("button", name="Drop this upload").click()
    page.get_by_text("change.csv is dropped.").wait_for()

    page.goto(site + "/nottinghamshire/finance/ledger/")
    page.get_by_label("Code or description").fill("40103")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("1 line: £12.50 in ").wait_for()
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig") as file:
        assert list(csv.reader(file))[1][3] == "12.50"


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_questions_are_answered_by_keyboard_and_the_upload_is_taken_back(
    officer, site, width, scripts
):
    page = officer(width=width, java_script_enabled=scripts)
    # axe needs scripts; the layout is looked at without them too.
    look = fits if scripts else narrow
    # As many codes of either shape: neither is asked about.
    first = [["00401", "May-2017", "100"], ["92002", "May-2017", "250"], ["1-2", "May-2017", "7"]]
    first.append(["3-4", "May-2017", "5"])
    upload(page, site, "first.csv", csv_file(first))
    with page.expect_navigation():
        page.get_by_role("button", name="Apply all 4 changes").click()
    page.get_by_text("It added 4 lines").wait_for()
    second = [["401", "P2", "100"], ["01-Feb", "P2", "7"], ["92003", "17-May", "250"]]
    second.append(["3-4", "P2", "5"])
    upload(page, site, "second.csv", csv_file([*second, ["Total", "", "362"]]))
    page.get_by_text("Answer the questions below").wait_for()
    page.get_by_text("Row 6 is a total and was left out: £362.00").wait_for()
    look(page)
    page.locator("#part-year select").select_option(label="2017/18")
    page.locator("#part-day select").select_option(label="May 2017: it was typed as May-17")
    page.get_by_label("00401, as the ledger or the rows above have it").focus()
    page.keyboard.press("Space")
    page.get_by_label("1-2, as the ledger or the rows above have it").check()
    page.get_by_role("button", name="Save the answers").press("Enter")
    page.get_by_text("the ledger has 1 line that the file does not have, £250.00").wait_for()
    look(page)
    page.get_by_label("Take it out").check()
    page.get_by_role("button", name="Save the answers").press("Enter")
    page.get_by_text("adds 1 line and changes 0, and takes 1 out of the ledger").wait_for()
    look(page)
    page.get_by_role("button", name="Apply all 2 changes").press("Enter")
    page.get_by_text("It added 1 line and changed 0, and took 1 out").wait_for()
    look(page)
    page.get_by_role("link", name="Take this upload back").press("Enter")
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_role("link", name="Say why it is taken back.").press("Enter")
    look(page)
    page.get_by_label("Why is it taken back?").fill("The wrong month.")
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_text("second.csv is taken back: 2 lines are as before.").wait_for()
    look(page)
    assert {line.code: line.amount for line in ours(LedgerLine).all()} == {
        "00401": 100,
        "92002": 250,
        "1-2": 7,
        "3-4": 5,
    }
    page.goto(site + "/nottinghamshire/finance/ledger/")
    look(page)


def narrow(page):
    """Nothing scrolls sideways, and nothing complains."""
    assert page.complaints == []
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scripts", [True, False])
def test_a_big_file_shows_how_far_it_is_with_and_without_scripts(
    officer, site, scripts, monkeypatch
):
    monkeypatch.setattr(limits, "AT_ONCE_ROWS", 10)
    page = officer(java_script_enabled=scripts)
    rows = [[f"{10_000 + number}", "Apr-17", f"{number}.25"] for number in range(20_000)]
    upload(page, site, "big.csv", csv_file(rows))
    page.get_by_text("of about 20,001 rows").wait_for()
    assert not scripts or assert_accessible(page) is None
    press_until(page, scripts, "Applying it adds 20,000 lines")
    page.get_by_role("button", name="Apply all 20,000 changes").click()
    press_until(page, scripts, "It added 20,000 lines")
    assert ours(LedgerLine).count() == 20_000
    assert ours(LedgerUpload).get().state == "applied"
    assert not ours(LedgerWork).exists()
    assert page.complaints == []


def press_until(page, scripts, words):
    """Waits for the words; without scripts by pressing the button that shows how far it is."""
    for _ in range(60):
        if scripts or page.get_by_text(words).is_visible():
            break
        page.wait_for_timeout(500)
        page.get_by_role("button", name="See how far it is").click()
    page.get_by_text(words).wait_for()
