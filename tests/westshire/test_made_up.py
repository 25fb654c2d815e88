"""Westshire says on every page, paper and file that it is made up; no real council does."""

import io

import pytest
from pypdf import PdfReader

from tests.addresses import addresses, open_to_everyone

pytestmark = pytest.mark.django_db
OF_COUNCIL = [each for each in open_to_everyone() if each.path.startswith("/westshire/")]
PAPERS = [each.path for each in OF_COUNCIL if each.path.endswith(".pdf")]
FILES = [each.path for each in OF_COUNCIL if each.path.endswith((".csv", ".xlsx", ".pdf"))]
SENTENCE = "Westshire County Council is not a real council."


@pytest.mark.parametrize("path", [each.path for each in OF_COUNCIL if each.is_page])
def test_every_published_page_says_that_it_is_made_up(westshire, client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert SENTENCE in page.content.decode()


@pytest.mark.parametrize("who", ["commissioner", "performance", "finance", "administrator"])
def test_every_working_page_says_that_it_is_made_up(westshire, client, django_user_model, who):
    email = f"{who}@demonstration.example"
    client.force_login(django_user_model.objects.get(email=email))
    seen = 0
    for address in addresses():
        if not address.public and address.path.startswith("/westshire/") and address.is_page:
            page = client.get(address.path)
            if page.status_code == 200:
                seen += 1
                assert SENTENCE in page.content.decode(), address.path
    assert seen > 2


@pytest.mark.parametrize("path", PAPERS)
def test_every_sheet_of_a_paper_says_that_it_is_made_up(westshire, client, path):
    paper = PdfReader(io.BytesIO(client.get(path).content))
    assert "(made up)" in paper.metadata.title
    for number, sheet in enumerate(paper.pages, 1):
        assert "Westshire County Council (made up)" in sheet.extract_text(), number


@pytest.mark.parametrize("path", FILES)
def test_every_file_is_named_as_made_up(westshire, client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert 'filename="made-up-westshire-' in response.headers["Content-Disposition"]


def test_the_list_of_councils_begins_with_it_and_says_so(westshire, client):
    page = client.get("/").content.decode()
    first = page.index("Westshire County Council")
    assert first < page.index("Made up", first) < page.index("Norfolk") < page.index("Nottingham")


@pytest.mark.parametrize(
    "paper", ["/norfolk/reports/finance.pdf", "/nottinghamshire/reports/summary-overview.pdf"]
)
def test_no_real_council_says_so(client, paper):
    council = paper.split("/")[1]
    assert "is not a real council" not in client.get(f"/{council}/").content.decode()
    response = client.get(paper)
    assert "made-up" not in response.headers["Content-Disposition"]
    assert "made up" not in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
