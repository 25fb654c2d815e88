"""Pages of savings, posts and options: what they say, who may enter what, and the downloads."""

import csv
import io

import pytest
from openpyxl import load_workbook

from finance.models import OptionForChange, Saving, TemporaryPost
from finance.savings.editions import freeze_paper
from tests.savings import make_savings

pytestmark = pytest.mark.django_db
NORFOLK, NOTTS, TEST = "/norfolk/", "/nottinghamshire/", "/testshire/"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return " ".join(response.content.decode().split())


def test_norfolks_savings_with_totals_references_and_disagreements(client):
    page = read(client, NORFOLK + "savings/")
    assert "£10.9m" in page
    assert "COM040 and ASC003" in page
    assert "78.7% of the target, 50% or more" in page
    assert "Not stated" in page
    assert "£6.1m (Finance outturn report of 19 June 2017, paragraph 2.7.1)" in page
    assert "3.737 <span" in page or "3.737<span" in page
    assert "As printed" in page
    assert "No temporary posts are reported" in read(client, NORFOLK + "posts/")
    assert "No options for change are reported" in read(client, NORFOLK + "options/")


def test_nottinghamshires_profile_is_shown_old_and_new_with_who_and_when(client):
    page = read(client, NOTTS + "savings/")
    assert "Agreed: Improvement and Change Sub-Committee, March 2018." in page
    assert "before the change: worked back" in page
    assert '<del><span class="govuk-visually-hidden">was </span>3.010</del>' in page
    assert "To be decided: Improvement and Change Sub-Committee, to be submitted" in page
    assert "No target by year is printed for Notts Enabling Service" in page


def test_posts_are_looked_at_as_at_the_papers_day(client):
    page = read(client, NOTTS + "posts/")
    assert "On 7 January 2019 no post ends within 6 months." in page
    assert "Ends in 14 months" in page
    assert "£166,678" in page


def test_the_option_with_its_own_page(client):
    assert "use-of-direct-payments" in read(client, NOTTS + "options/")
    page = read(client, NOTTS + "options/use-of-direct-payments/")
    assert page.count("<h1") == 1
    assert "£2,011,000" in page
    assert "[…]" in page
    assert "Signed off: Chief Officer, Nov 2015." in page
    read(client, NOTTS + "options/none/", status=404)


def test_an_earlier_paper_can_still_be_read(client):
    page = read(client, NOTTS + "savings/?paper=option-c04")
    assert "No savings are reported in this paper" in page
    assert "Option for Change C04" in page
    read(client, NOTTS + "savings/?paper=nothing", status=404)
    read(client, NOTTS + "savings/?paper=option-c04&edition=9", status=404)


def test_the_projects_page_says_which_fund_pays_from_when(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = read(client, NOTTS + "projects/optimum-workforce-leadership/")
    assert "Another fund pays from March 2019 to March 2020" in page
    assert "3 temporary posts, to March 2020." in page
    assert "Changes, savings and posts" not in read(client, NOTTS + "projects/connect/")


def test_a_correction_is_a_new_edition_and_the_old_one_says_so(client, savings):
    Saving.objects.filter(council=savings.council).update(title="Reviews, corrected")
    freeze_paper(savings.council.savings_papers.get())
    assert "Reviews, corrected" in read(client, TEST + "savings/")
    old = read(client, TEST + "savings/?paper=paper&edition=1")
    assert "Reviews, corrected" not in old
    assert "A later edition corrects it" in old


def test_drafts_are_seen_by_those_who_keep_them_only(client, savings):
    Saving.objects.create(council=savings.council, slug="secret", title="Secret saving")
    assert "Secret saving" not in read(client, TEST + "savings/")
    for role in ("committee member", "administrator", "outsider"):
        savings.sign_in(client, role)
        read(client, TEST + "savings/?paper=working", status=404)
    for role in ("commissioner", "finance officer", "performance officer"):
        savings.sign_in(client, role)
        assert "Secret saving" in read(client, TEST + "savings/?paper=working")
        assert "Secret saving" in read(client, TEST + "savings/work/")


def test_nothing_is_shown_where_nothing_is_published(client, quarter):
    for page in ("savings/", "posts/", "options/", "savings/data/savings.csv"):
        read(client, TEST + page, status=404)
    quarter.sign_in(client, "finance officer")
    assert "Working copy" in read(client, TEST + "savings/")


def test_a_council_that_does_not_publish_hides_its_savings(client, savings):
    savings.council.publishes = False
    savings.council.save()
    read(client, TEST + "savings/", status=404)
    savings.sign_in(client, "committee member")
    assert "Reviews" in read(client, TEST + "savings/")


@pytest.mark.parametrize("page", ["savings/", "posts/", "options/", "savings/data/savings.csv"])
def test_published_pages_take_as_many_queries_however_many_rows(
    client, savings, page, django_assert_num_queries
):
    with django_assert_num_queries(4):
        client.get(TEST + page)
    council = savings.council
    for number in range(30):
        saving = Saving.objects.create(
            council=council, slug=f"s-{number}", title=f"{number} of many"
        )
        saving.years.create(year=2018, target=1)
        TemporaryPost.objects.create(council=council, slug=f"p-{number}", title="Post")
        OptionForChange.objects.create(
            council=council, slug=f"o-{number}", title="Option", status="put forward"
        )
    from finance.savings.unreported import REPORTED

    paper = council.savings_papers.get()
    for model in REPORTED:
        model.objects.filter(council=council, paper=None).update(paper=paper)
    freeze_paper(paper)
    # With an edition before, the savings are held against what it said.
    with django_assert_num_queries(5 if page == "savings/" else 4):
        client.get(TEST + page)


@pytest.mark.parametrize("table", ["savings", "changes", "posts", "options"])
def test_downloads_as_csv_and_xlsx_say_the_same(client, table):
    response = client.get(f"{NOTTS}savings/data/{table}.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    book = client.get(f"{NOTTS}savings/data/{table}.xlsx")
    assert book.headers["Content-Disposition"].endswith(f'{table}.xlsx"')
    sheet = load_workbook(io.BytesIO(book.content)).active
    cells = [
        ["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)
    ]
    assert len(rows) == len(cells) > 1
    assert rows[0] == cells[0]
    for row, other in zip(rows[1:], cells[1:], strict=True):
        for one, two in zip(row, other, strict=True):
            same = one == two
            assert same or float(one) == float(two)
    read(client, f"{NOTTS}savings/data/other.csv", status=404)


def test_a_title_that_a_spreadsheet_would_run_is_made_safe(client, savings):
    Saving.objects.filter(council=savings.council).update(title="=1+1")
    freeze_paper(savings.council.savings_papers.get())
    assert "'=1+1" in client.get(TEST + "savings/data/savings.csv").content.decode()
    book = load_workbook(io.BytesIO(client.get(TEST + "savings/data/savings.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    "address", ["savings/add/", "posts/add/", "savings/papers/", "savings/edit/project/"]
)
def test_only_a_finance_officer_writes(client, savings, address):
    assert client.post(TEST + address).status_code == 401
    for role in ("commissioner", "performance officer", "committee member", "administrator"):
        savings.sign_in(client, role)
        assert client.post(TEST + address).status_code == 403
    savings.sign_in(client, "outsider")
    assert client.post(TEST + address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["savings/", "posts/", "options/", "options/project/", "savings/work/"],
)
def test_what_is_read_is_not_written_to(client, savings, address):
    savings.sign_in(client, "finance officer")
    assert client.post(TEST + address).status_code == 405
    assert client.delete(TEST + "savings/add/").status_code == 405


def test_records_of_other_councils_are_not_to_be_had(client, savings):
    savings.sign_in(client, "finance officer")
    for address in (
        "savings/edit/targeted-reviews/",
        "posts/edit/programme-officer/",
        "options/edit/use-of-direct-payments/",
        "options/decide/use-of-direct-payments/",
        "savings/changes/5/",
    ):
        assert client.get(TEST + address).status_code == 404
    other = Saving.objects.get(slug="targeted-reviews").pk
    typed = {"saving": other, "amount": "1", "from_year": "2018/19", "to_year": "2019/20"}
    page = client.post(TEST + "savings/changes/add/re-profiling/", typed | {"reason": "x"})
    assert "Choose one from the list." in page.content.decode()


def test_an_action_as_above_says_what_is_above(client):
    """ASC011 is printed with "As above", which depends on the row before it."""
    assert "is the row before it, Customer Pathway" in read(client, "/norfolk/savings/")
