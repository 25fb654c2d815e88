"""Papers as they lie on the table: no page is nearly empty, and each says what it goes on with."""

import io

import pytest
from pypdf import PdfReader

from programme.programme import published_programme
from programme.report_pdf_tables import MOST_COLUMNS, paper_table
from projects.models import Council
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
COUNCILS = ("westshire", "norfolk", "nottinghamshire")
# The head and the foot of a page have about 25 words, the line of the version some 15 more.
FEWEST = 70


def papers(client, slug):
    """(address, words of each page) of all papers of a council that anyone may open."""
    council = Council.objects.get(slug=slug)
    public = [address for address in addresses(council=slug) if address.public]
    paths = {address.path for address in public if address.path.endswith(".pdf")}
    paths = {path for path in paths if "/projects/" not in path}
    projects = council.projects.values_list("slug", flat=True)
    paths |= {f"/{slug}/projects/{each}.pdf" for each in projects}
    for path in sorted(paths):
        answer = client.get(path)
        if answer.status_code == 200:
            content = b"".join(answer) if answer.streaming else answer.content
            yield path, [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("slug", COUNCILS)
def test_no_page_of_a_paper_has_only_a_line_or_two(client, westshire, slug):
    opened = list(papers(client, slug))
    assert len(opened) >= 3
    short = [
        (path, number, len(page.split()))
        for path, pages in opened
        for number, page in enumerate(pages, 1)
        if len(pages) > 1 and len(page.split()) < FEWEST
    ]
    assert not short


@pytest.mark.parametrize("slug", ["westshire", "norfolk"])
def test_what_follows_the_report_cards_is_not_said_to_go_on_with_the_last_of_them(
    client, westshire, slug
):
    pages = dict(papers(client, slug))[f"/{slug}/reports/performance.pdf"]
    after = next(at for at, page in enumerate(pages) if "No longer reported by exc" in page)
    until = next(at for at, page in enumerate(pages) if "Outcomes framework" in page)
    assert after < until
    for page in pages[after:until]:
        assert ", continued" not in page or "After the exceptions, continued" in page


def test_a_page_that_ends_one_part_and_begins_another_says_what_it_goes_on_with(client, westshire):
    pages = dict(papers(client, "westshire"))["/westshire/reports/risks.pdf"]
    both = [page for page in pages if "Closed risks" in page and "Exceptions in full" in page]
    assert both
    assert "The risks, continued" in both[0]


def test_results_of_a_quarter_that_need_two_tables_are_shared_out_evenly(westshire):
    programme = published_programme("westshire")
    sheet = next(each for each in programme.sheets if each.slug == "urgent-response")
    parts = [len(part["columns"]) for part in paper_table(sheet, programme, "")["parts"]]
    assert parts[:2] == [3, 3]
    assert max(parts) <= MOST_COLUMNS
