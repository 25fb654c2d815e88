"""The published pages of money, their files and the finance paper."""

import csv
import io
import re
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from openpyxl import load_workbook
from pypdf import PdfReader

from finance.models import ExpenditureArea, MonitoringReport
from finance.monitoring.actions import correct, save_section, submit
from finance.monitoring.published import money_for
from finance.monitoring.transitions import MONITORING
from tests.money import CAPITAL, LINES, RESERVES, by, draft, make_areas, published, second_keeper

pytestmark = pytest.mark.django_db
PAGES = [
    "finance/",
    "finance/?report=2016-17-m10",
    "finance/?area=services-to-users",
    "finance/?area=older-people",
    "reserves/",
    "reserves/?report=2016-17-m10",
    "capital/",
    "capital/?report=2016-17-m10",
]


def folded(response):
    """The page without tags and runs of space, as a reader meets it."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&amp;", "&").replace("&#x27;", "'").split())


def page_of(client, address):
    response = client.get(f"/norfolk/{address}")
    assert response.status_code == 200
    return folded(response)


@pytest.fixture
def money(quarter):
    """Testshire with areas, a reserve and a scheme, and its keeper of the money."""
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


@pytest.mark.parametrize("address", PAGES)
def test_the_house_rules_hold_for_the_pages_of_money(client, address):
    page = client.get(f"/norfolk/{address}").content.decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    for link in set(re.findall(r'href="(/[^"#]*)', page)):
        if not link.startswith("/static/") and ".pdf" not in link:
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_the_summary_shows_every_variance_with_its_word(client):
    page = page_of(client, "finance/")
    assert "Overspend of £4.399m on a budget of £250.392m (1.76%)." in page
    assert "£5.230m better than at Month 10 of 2016/17." in page
    assert "Management, Finance & HR (6.710) 8.561 1.064 (7.497) underspend (87.6%)" in page
    assert "Total Net Expenditure 242.482 its lines come to 242.481 250.392" in page
    assert "254.791 4.399 overspend 1.76%" in page
    assert "9.629 its lines came to 9.656" in page
    assert (
        "Furthest from the budget: People with Learning Disabilities, overspend £11.119m and "
        "Service User Income, over-recovery £9.739m." in page
    )


def test_an_area_opens_to_its_parts_and_its_explanation(client):
    page = page_of(client, "finance/?area=purchase-of-care")
    assert "Overspend of £20.830m on a budget of £222.032m (9.38%)." in page
    assert "The key reasons for the differences" in page
    assert (
        "Older People Printed differently: see below 111.417 103.677 111.914 8.238 overspend"
        in page
    )
    assert "Appendix A prints a variance of 8.328; the lines come to 8.237." in page
    page = page_of(client, "finance/?area=service-user-income")
    assert "Over-recovery of £9.739m" in page


def test_a_line_without_parts_has_a_page_of_its_own(client):
    page = page_of(client, "finance/?area=norsecare")
    assert "This relates to the previous year shortfall" in page
    assert "Source: Adult Social Care Finance Outturn Report Year End 2016-17, Appendix A" in page


def test_the_tree_works_without_scripts_and_the_chart_has_its_table(client):
    page = client.get("/norfolk/finance/").content.decode()
    assert '<script id="chart-data" type="application/json">' in page
    for slug in ("commissioned-services", "services-to-users", "business-development"):
        assert f"?report=2016-17&amp;area={slug}" in page
    assert page.count('<svg class="portal-variance-bar"') >= 6


def test_period_10_has_dashes_where_nothing_is_known(client):
    page = page_of(client, "finance/?report=2016-17-m10")
    assert "Overspend of £9.629m on a budget of £247.273m (3.9%)." in page
    assert "Paragraph 2.1, variance at P10 prints a variance of 9.629" in page
    assert "Business Development – – (0.323) underspend" in page


def test_reserves_say_what_is_printed_otherwise(client):
    page = page_of(client, "reserves/")
    assert "£16.132m on 1 April 2016, £9.901m used in the year: £6.231m at its end." in page
    assert "Corporate Business Risk Reserve Elsewhere the source says (10.155)" in page
    assert "the Council agreed to £1.073m use of Adult Social Services reserves" in page


def test_the_capital_programme_says_what_is_printed_otherwise(client):
    page = page_of(client, "capital/")
    assert "16 schemes with £24.360m over 3 years." in page
    assert "Social Care and Finance Information System The text says 7.926 for all years" in page
    assert "Total The lines come to 14.704 for 2017/18" in page


@pytest.mark.parametrize(
    "address",
    [
        "finance/?report=2015-16",
        "finance/?report=nonsense",
        "finance/?report=2016-17&version=2",
        "finance/?report=2016-17&version=x",
        "finance/?area=nowhere",
        "finance/nothing.csv",
        "finance/nothing.xlsx",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(f"/norfolk/{address}").status_code == 404


@pytest.mark.parametrize("address", ["reserves/", "capital/", "reports/finance.pdf"])
def test_a_council_without_reports_has_no_such_pages(client, address):
    assert client.get(f"/nottinghamshire/{address}").status_code == 404


@pytest.mark.parametrize("address", ["finance/", "reserves/", "capital/", "finance/capital.csv"])
def test_pages_of_money_are_only_read(client, address):
    assert client.post(f"/norfolk/{address}").status_code == 405


def test_a_council_with_allocations_only_shows_those(client):
    page = folded(client.get("/nottinghamshire/finance/"))
    assert "What Nottinghamshire County Council allocates to" in page
    assert "Budget monitoring" not in page


def test_a_council_with_both_links_one_to_the_other(client, money):
    published(money.council, money.keeper)
    page = client.get("/testshire/finance/").content.decode()
    assert "/testshire/finance/allocations/" in page
    page = client.get("/testshire/finance/allocations/").content.decode()
    assert "Allocations to projects" in page
    assert 'href="/testshire/finance/"' in page


def test_what_is_approved_shows_to_the_council_and_what_is_published_to_all(client, money):
    report = draft(money.council, money.keeper)
    money.sign_in(client, "committee member")
    assert "Budget monitoring" not in folded(client.get("/testshire/finance/"))
    submit(report.pk, **by(money.keeper, money.council))
    assert "Budget monitoring" not in folded(client.get("/testshire/finance/"))
    other = second_keeper(money.council)
    MONITORING.transition("approve", report.pk, **by(other, money.council))
    assert "Approved and not published yet" in folded(client.get("/testshire/finance/"))
    money.sign_in(client, "outsider")
    assert client.get("/testshire/reserves/").status_code == 404
    client.logout()
    assert client.get("/testshire/reserves/").status_code == 404
    MONITORING.transition("publish", report.pk, **by(other, money.council))
    page = folded(client.get("/testshire/finance/"))
    assert "Overspend of £0.200m on a budget of £13.000m (1.5%)." in page
    assert "Income from people (2.000) (2.100) (0.100) over-recovery (5.0%)" in page


def test_a_council_that_does_not_publish_shows_its_money_to_nobody(client, money):
    published(money.council, money.keeper)
    type(money.council).objects.filter(pk=money.council.pk).update(publishes=False)
    for address in ("finance/", "reserves/", "capital/", "reports/finance.pdf"):
        assert client.get(f"/testshire/{address}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_areas_and_reports(
    client, money, django_assert_num_queries
):
    care = ExpenditureArea.objects.get(council=money.council, slug="care")
    typed = dict(LINES)
    for number in range(200):
        slug = f"line-{number}"
        ExpenditureArea.objects.create(
            council=money.council, parent=care, slug=slug, name=slug, order=number + 10
        )
        typed |= {f"{slug}-budget": "1", f"{slug}-outturn": "1.01"}
    for month in range(1, 5):
        published(
            money.council,
            money.keeper,
            f"2018-19-m{month:02d}",
            lines=typed,
            reserves=RESERVES,
            capital=CAPITAL,
        )
    client.logout()
    for address in ("finance/", "finance/?area=care", "reserves/", "capital/"):
        client.get(f"/testshire/{address}")
        with django_assert_num_queries(2):
            assert client.get(f"/testshire/{address}").status_code == 200
    for address in ("finance/monitoring.csv", "finance/monitoring.xlsx"):
        with django_assert_num_queries(2):
            b"".join(client.get(f"/testshire/{address}"))


def csv_of(client, address):
    text = b"".join(client.get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_of_monitoring_has_exact_pounds(client):
    rows = {row["area"]: row for row in csv_of(client, "/norfolk/finance/monitoring.csv")}
    assert len(rows) == 26
    income = rows["service-user-income"]
    assert (income["budget"], income["variance"], income["word"]) == (
        "-80769000.00",
        "-9739000.00",
        "over-recovery",
    )
    assert rows["total-net-expenditure"]["kind_of_row"] == "total"
    assert "8.328" in rows["older-people"]["printed_otherwise"]
    assert rows["housing-with-care-tenant-meals"]["actual_last_year"] == ""


def test_the_csv_of_reserves_and_of_capital(client):
    rows = csv_of(client, "/norfolk/finance/reserves.csv")
    assert [row["closing_as_printed"] for row in rows][:2] == ["4157000.00", "0.00"]
    rows = csv_of(client, "/norfolk/finance/capital.csv")
    assert len(rows) == 48
    assert sum(float(row["budget"]) for row in rows if row["year"] == "2017-18") == 14_704_000


@pytest.mark.parametrize(("name", "rows"), [("monitoring", 26), ("reserves", 8), ("capital", 48)])
def test_the_workbooks_say_the_same_as_the_csv(client, name, rows):
    response = client.get(f"/norfolk/finance/{name}.xlsx")
    assert "attachment" in response.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(response.content)).active
    found = list(sheet.iter_rows(values_only=True))
    assert len(found) == rows + 1
    header = list(csv_of(client, f"/norfolk/finance/{name}.csv")[0])
    assert list(found[0]) == header


def test_words_in_the_files_start_no_formula(client, money):
    lines = LINES | {"older-explanation": "=HYPERLINK(1)"}
    published(money.council, money.keeper, lines=lines)
    rows = {row["area"]: row for row in csv_of(client, "/testshire/finance/monitoring.csv")}
    assert rows["older"]["explanation"] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(client.get("/testshire/finance/monitoring.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type != "f" for cell in cells)


def test_an_earlier_version_can_still_be_read(client, money):
    first = published(money.council, money.keeper)
    again = correct(first, why="A slip.", **by(money.keeper, money.council))
    section = again.sections.get(name="lines")
    typed = section.typed | {"older-outturn": "10.300"}
    save_section(again.pk, "lines", typed, version=1, **by(money.keeper, money.council))
    submit(again.pk, **by(money.keeper, money.council))
    other = second_keeper(money.council)
    MONITORING.transition("approve", again.pk, **by(other, money.council))
    assert "Overspend of £0.200m" in folded(client.get("/testshire/finance/"))
    MONITORING.transition("publish", again.pk, **by(other, money.council))
    page = folded(client.get("/testshire/finance/"))
    assert "Overspend of £0.100m" in page
    page = folded(client.get("/testshire/finance/?report=2018-19-m02&version=1"))
    assert "Overspend of £0.200m" in page
    assert "Version 2 has corrected it" in page
    assert MonitoringReport.objects.filter(council=money.council).count() == 2


def test_text_that_people_type_is_shown_as_text(client, money):
    lines = LINES | {"older-explanation": "<script>alert(1)</script> #let x [y] $z$"}
    published(money.council, money.keeper, lines=lines)
    page = client.get("/testshire/finance/?area=older").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    pdf = client.get("/testshire/reports/finance.pdf").content
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "#let x [y] $z$" in " ".join(words.split())


def pdf_of(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_the_finance_paper_has_every_part_and_is_tagged(client):
    reader = pdf_of(client, "/norfolk/reports/finance.pdf")
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in (
        "Outturn 2016/17: overspend £4.399m on a budget of £250.392m (1.76%); £5.230m better",
        "Services to Users (net) 164.760 its lines come to 164.759 155.272 168.243 12.971",
        "Purchase of Care: overspend £20.830m",
        "The savings from transport have not been realised",
        "Corporate Business Risk Reserve 10.157 (10.155) (10.157) used 0.000",
        "Total: The lines come to 14.704 for 2017/18.",
        "Older People: Appendix A prints a variance of 8.328; the lines come to 8.237.",
    ):
        assert said in words, said
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title.startswith("Finance monitoring, Outturn 2016/17, Norfolk")
    assert len(reader.pages) <= 7


def test_the_finance_paper_comes_out_the_same_to_the_byte(client):
    first = client.get("/norfolk/reports/finance.pdf").content
    assert client.get("/norfolk/reports/finance.pdf").content == first


def test_the_paper_of_a_report_without_reserves_and_capital(client):
    reader = pdf_of(client, "/norfolk/reports/finance.pdf?report=2016-17-m10")
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Capital programme" not in words
    assert "– " in words


def test_the_money_of_a_report_is_decoded_once(django_assert_max_num_queries):
    money_for(AnonymousUser(), "norfolk")
    with django_assert_max_num_queries(2):
        money_for(AnonymousUser(), "norfolk")


def test_norfolks_menu_leads_to_its_money(client):
    assert 'href="/norfolk/finance/"' in client.get("/norfolk/").content.decode()
