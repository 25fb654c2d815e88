"""The risk pages that everyone may read: the list, the matrix, one risk, changes, CSV and PDF."""

import csv
import html
import io
import re
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from accounts.roles import Role
from risks.models import Assessment, Closure, RegisterReport
from tests.registers import ROW, make_register, make_report, make_risk, make_scale
from tests.test_papers import elements, titles, words_of

pytestmark = pytest.mark.django_db
BASE = "/norfolk/risks/"


def words_on(response):
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return words_on(response)


def rows_of(client, query=""):
    page = client.get(f"{BASE}{query}").content.decode()
    table = re.search(r'<table class="[^"]*portal-risks.*?</table>', page, re.S)
    return re.findall(r'href="/norfolk/risks/([\w-]+)/', table[0]) if table else []


def test_the_register_says_how_many_risks_stand_where(client):
    page = read(client, BASE)
    assert "Register as at 31 May 2017 , for the meeting of 19 June 2017" in page
    assert "Open risks 19 none is closed" in page
    assert "4 High (16 to 25) 14 Medium (6 to 15) 1 Low (1 to 5)" in page
    assert "Exceptions 13 a score of 12 or more and prospects of amber or red" in page
    assert (
        "Failure to meet the long term needs of Norfolk citizens RM14079 and RM020a. Corporate "
        "25 High 5 × 5: almost certain, extreme 20 High 4 × 5: likely, extreme Down 5, better than "
        "originally 8 Medium 2 × 4: unlikely, major by 31 March 2030 Amber Exception" in page
    )


def test_what_the_paper_says_wrongly_stands_beside_the_figures(client):
    page = read(client, BASE)
    assert (
        "The paper disagrees with its register: Appendix B counts 3 as High where the register "
        "has 4 and 11 as Medium where the register has 14." in page
    )
    assert "paragraph 3.2 counts" not in page


def test_the_menu_leads_to_the_risks_of_a_council_that_has_published_some(client):
    assert 'href="/norfolk/risks/"' in client.get("/norfolk/").content.decode()
    assert "/risks/" not in client.get("/nottinghamshire/").content.decode()
    read(client, "/nottinghamshire/risks/", 404)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 19),
        ("?show=exceptions", 13),
        ("?band=High", 4),
        ("?band=Medium", 14),
        ("?band=Low", 1),
        ("?level=corporate", 4),
        ("?prospects=red", 3),
        ("?prospects=green", 5),
        ("?cell=current-3-4", 6),
        ("?cell=original-5-5", 1),
        ("?cell=target-2-4&prospects=amber", 5),
        ("?cell=current-1-1", 0),
        ("?show=exceptions&band=High&level=departmental", 3),
        # What makes no sense narrows nothing.
        ("?cell=current-9-9", 19),
        ("?cell=<script>", 19),
        ("?map=sideways", 19),
    ],
)
def test_the_list_is_narrowed(client, query, expected):
    assert len(rows_of(client, query)) == expected


def test_the_list_is_sorted(client):
    assert rows_of(client)[0] == "rm14079"
    assert rows_of(client, "?sort=score")[:3] == [
        "rm14079",
        "finance-budget-savings",
        "hospital-admissions",
    ]
    assert rows_of(client, "?sort=gap")[0] == "rm14079"


@pytest.mark.parametrize("name", ["show", "band", "level", "prospects", "sort"])
def test_a_choice_that_is_not_on_a_list_is_said(client, name):
    page = client.get(f"{BASE}?{name}=zebra").content.decode()
    assert "There is a problem" in page
    assert f'href="#id_{name}"' in page
    assert f'id="id_{name}"' in page
    assert len(rows_of(client, f"?{name}=zebra")) == 19


@pytest.mark.parametrize("stage", ["original", "current", "target"])
def test_every_cell_of_the_matrix_leads_to_its_risks(client, stage):
    page = client.get(f"{BASE}?map={stage}").content.decode()
    matrix = re.search(r'<table class="[^"]*portal-matrix.*?</table>', page, re.S)[0]
    cells = re.findall(r'href="(\?[^"#]*)#risks">(\d+)', matrix)
    assert sum(int(number) for _, number in cells) == 19
    for query, number in cells:
        assert len(rows_of(client, html.unescape(query))) == int(number)
    assert len(re.findall(r"<td", matrix)) == 25


def test_one_risk_has_its_tasks_progress_and_history(client):
    page = read(client, f"{BASE}rm019/")
    assert "RM019. Corporate risk" in page
    assert "15 Medium: likelihood 3 (possible) × impact 5 (extreme). Down 5, better" in page
    assert "Deliver change and training 31 May 2017: Training preparation is well under way" in page
    assert "Adults and Finance are planned to go live 20 November 2017" in page
    assert "Current score , 31 May 2017 3 × 5 = 15, Medium: possible, extreme impact" in page
    assert "Original score , 24 February 2016 4 × 5 = 20" in page
    assert "The copy has four figures in these three cells" in page
    assert "Owner: Executive Director of Adult Social Services" in page


def test_a_promise_that_has_passed_is_marked(client):
    page = read(client, f"{BASE}staff-behaviour/")
    assert "to agree actions mid May Passed before the meeting of 19 June 2017" in page


def test_what_is_lost_is_said_and_not_filled_in(client):
    page = read(client, f"{BASE}care-market-staff/")
    assert "Reference lost in the source" in page
    assert "Owner: post not printed" in page
    assert "[…] Lost in the source" in page


def test_links_are_shown_by_their_references(client):
    page = read(client, f"{BASE}rm014b/")
    assert "Saving: COM040" in page
    assert "Saving: ASC003" in page


def test_there_is_nothing_to_reconcile_with_one_register_but_the_papers_words(client):
    page = read(client, f"{BASE}reconciliation/")
    assert "One register is published, as at 31 May 2017" in page
    assert "It was agreed that there have been no significant changes to report." in page


@pytest.mark.parametrize("address", ["zebra/", "rm019/?as_at=2016-01-01", "?as_at=zebra"])
def test_what_is_not_there_is_not_found(client, address):
    read(client, f"{BASE}{address}", 404)


@pytest.mark.parametrize("name", ["", "rm019/", "reconciliation/", "risks.csv"])
def test_published_pages_are_read_and_nothing_else(client, name):
    assert client.post(f"{BASE}{name}").status_code == 405
    assert client.post("/norfolk/reports/risks.pdf").status_code == 405


@pytest.mark.parametrize("address", ["", "rm019/", "risks.csv"])
def test_the_working_register_is_not_for_everyone(client, person, address):
    for who in (None, person("m@example.org")):
        if who:
            norfolk = RegisterReport.objects.get(council__slug="norfolk").council
            who.memberships.create(council=norfolk, role=Role.MEMBER)
            client.force_login(who)
        read(client, f"{BASE}{address}?as_at=working", 404)
    read(client, "/norfolk/reports/risks.pdf?as_at=working", 404)


def two_registers(council):
    """A second register of testshire: one new risk, one closed, one moved."""
    risk, other = make_register(council, 2)
    held = {"on": date(2018, 6, 1), "recorded_at": datetime(2018, 6, 1, 12, tzinfo=UTC)}
    Assessment.objects.create(
        **ROW | held | {"risk": risk},
        stage="current",
        likelihood=2,
        impact=2,
        reason="Better <than> hoped.",
    )
    Closure.objects.create(**ROW | held | {"risk": other}, reason="It is over.")
    make_report(
        council,
        as_at=date(2018, 6, 30),
        published_at=datetime(2018, 7, 2, tzinfo=UTC),
        meeting_on=None,
    )
    return risk, other


def test_two_registers_are_reconciled(client, testshire):
    two_registers(testshire())
    page = read(client, "/testshire/risks/reconciliation/")
    assert "From 31 March 2018 to 30 June 2018" in page
    assert "New risks: 0" in page
    assert "Closed risks: 1 1 June 2018 Failure of rm100 RM100 It is over." in page
    assert "Changed scores: 1 12 → 4 Failure of rm019 RM019 Down 8, better." in page
    assert "Better <than> hoped." in page
    asked = read(client, "/testshire/risks/reconciliation/?from=2018-03-31&to=2018-06-30")
    assert "Closed risks: 1" in asked


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2018-06-30&to=2018-03-31", "Choose a first date that is before the second."),
        ("from=2018-06-30&to=2018-06-30", "Choose a first date that is before the second."),
        ("from=zebra&to=2018-06-30", "Choose two dates from the lists."),
        ("from=working&to=2018-06-30", "Choose two dates from the lists."),
        ("from=2018-03-31", "Choose two dates from the lists."),
    ],
)
def test_dates_that_make_no_sense_are_said(client, testshire, query, words):
    two_registers(testshire())
    assert words in read(client, f"/testshire/risks/reconciliation/?{query}")


def test_each_published_register_can_still_be_read(client, testshire):
    two_registers(testshire())
    assert "Open risks 1 and 1 closed" in read(client, "/testshire/risks/")
    assert "Closed risks Risk Closed Why Failure of rm100" in read(client, "/testshire/risks/")
    assert "Open risks 2 none is closed" in read(client, "/testshire/risks/?as_at=2018-03-31")
    assert "Closed on 1 June 2018." in read(client, "/testshire/risks/rm100/")
    before = read(client, "/testshire/risks/rm100/?as_at=2018-03-31")
    assert "Closed on" not in before


def test_a_council_that_does_not_publish_shows_no_risk(client, testshire):
    council = testshire()
    make_register(council)
    council.publishes = False
    council.save()
    for name in ("risks/", "risks/rm019/", "risks/risks.csv", "reports/risks.pdf"):
        read(client, f"/testshire/{name}", 404)


def download(client, address):
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_the_csv_says_what_the_page_says(client):
    rows = download(client, f"{BASE}risks.csv")
    assert len(rows) == 19
    assert sum(row["exception"] == "yes" for row in rows) == 13
    first = rows[0]
    assert first["reference"] == "RM14079 and RM020a"
    assert [first[f"{stage}_score"] for stage in ("original", "current", "target")] == [
        "25",
        "20",
        "8",
    ]
    assert (first["current_band"], first["prospects"], first["as_at"]) == (
        "High",
        "amber",
        "2017-05-31",
    )


def test_no_text_of_a_risk_acts_as_a_formula(client, testshire):
    council = testshire()
    make_scale(council)
    make_risk(council, title="=1+1", description="@SUM(A1)", area="+1")
    make_report(council)
    (row,) = download(client, "/testshire/risks/risks.csv")
    assert (row["title"], row["description"], row["area"]) == ("'=1+1", "'@SUM(A1)", "'+1")


@pytest.fixture
def paper(client):
    response = client.get("/norfolk/reports/risks.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_the_paper_is_a_tagged_pdf_ua_with_heads(paper):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = [kind for kind, _ in elements(paper)]
    assert kinds.count("/H1") == 1
    assert "/H3" in kinds
    scopes = [table.get("/Scope") for kind, table in elements(paper) if kind == "/TH"]
    assert "/Column" in scopes
    assert "/Row" in scopes
    assert paper.metadata.title.endswith("Norfolk County Council, as at 31 May 2017")
    assert "Exceptions in full" in list(titles(paper.outline))


def test_the_paper_says_what_the_page_says(paper):
    words = words_of(paper)
    for said in (
        "19 open risks: 4 High, 14 Medium, 1 Low. 13 exceptions",
        "Potential failure to meet the needs and safeguarding of adults in Norfolk.",
        "9 Medium originally, 12 Medium now, target 6 Medium by 31 March 2020",
        "Original score",
        "Norsecare Liaison Board to develop and monitor delivery of savings",
    ):
        assert re.sub(r"\s+", "", said) in words, said


def test_the_same_register_gives_the_same_bytes(client):
    first, second = (client.get("/norfolk/reports/risks.pdf").content for _ in range(2))
    assert first == second


def test_texts_are_shown_as_typed_wherever_they_stand(client, testshire):
    hostile = '<b>bold</b> #let x = 1 *star* & "quote"'
    council = testshire()
    make_scale(council)
    make_risk(council, title=hostile, description=hostile)
    make_report(council)
    for address in ("risks/", "risks/rm019/"):
        assert "<b>bold" not in client.get(f"/testshire/{address}").content.decode()
    pdf = PdfReader(io.BytesIO(client.get("/testshire/reports/risks.pdf").content))
    assert re.sub(r"\s+", "", '<b>bold</b> #let x = 1 *star* & "quote"') in words_of(pdf)


def test_a_register_with_no_risk_left_is_shown(client, testshire):
    council = testshire()
    make_scale(council)
    risk = make_risk(council)
    Closure.objects.create(**ROW | {"risk": risk}, reason="Over.")
    make_report(council)
    assert "Open risks 0 and 1 closed" in read(client, "/testshire/risks/")
    assert client.get("/testshire/reports/risks.pdf").status_code == 200


PAGES = {
    "risks/": 10,
    "risks/?show=exceptions&sort=score": 10,
    "risks/rm019/": 12,
    "risks/risks.csv": 9,
    # Kept as it was handed out first.
    "reports/risks.pdf": 4,
}


@pytest.mark.parametrize("number", [20, 200])
def test_the_number_of_queries_does_not_grow_with_the_risks(
    client, testshire, number, django_assert_num_queries
):
    council = testshire()
    make_register(council, number)
    client.get("/testshire/reports/risks.pdf")
    for address, queries in PAGES.items():
        with django_assert_num_queries(queries):
            assert client.get(f"/testshire/{address}").status_code == 200, address


def test_the_reconciliation_of_200_risks_takes_as_many_queries_as_of_two(
    client, testshire, django_assert_num_queries
):
    council = testshire()
    two_registers(council)
    client.get("/testshire/risks/")
    with django_assert_num_queries(18):
        client.get("/testshire/risks/reconciliation/")
    for place in range(200):
        make_risk(council, f"more{place}")
    with django_assert_num_queries(18):
        client.get("/testshire/risks/reconciliation/")
