"""Figures stated in words on pages and in files."""

import csv
import io
import re

import openpyxl
import pytest

from outcomes.models import Measure
from stated.models import StatedFigure
from tests.text import read, words_of

pytestmark = pytest.mark.django_db


def main_of(page):
    return page.split('id="main-content"')[1].split("</main>")[0]


def row_of(page, number):
    """The words of a figure's row."""
    return words_of(page.split(f'id="figure-{number}"')[1].split("</tr>")[0])


def test_every_figure_is_shown_with_its_word_its_words_and_where_they_stand(client):
    page = client.get("/nottinghamshire/stated/").text
    figures = StatedFigure.objects.filter(council__slug="nottinghamshire")
    assert len(re.findall(r'id="figure-\d+"', page)) == figures.count() > 60
    spend = figures.get(thing="The County Council's social care services in the three districts")
    words = row_of(page, spend.number)
    assert "Over £80m a year" in words
    assert "spends in excess of £80m on social care services.”" in words
    assert "Paragraph 18" in words
    assert "£80,000,000" not in words_of(page)


def test_two_figures_over_300m_stand_under_the_things_they_are_of(client):
    words = read(client, "/nottinghamshire/stated/")
    places = [
        words.index(text)
        for text in (
            "Health and social care across the three districts Spend Mid Nottinghamshire",
            "Over £300m a year",
            "The Council's adult social care Spend Nottinghamshire",
            "Over £300m gross",
        )
    ]
    assert places == sorted(places)


def test_no_total_is_shown(client):
    words = read(client, "/norfolk/stated/").lower()
    assert "not to be added up" in words
    assert StatedFigure.objects.filter(council__slug="norfolk").count() > 90
    assert "sum of" not in words


def test_the_place_and_its_people_has_facts_by_heading_with_dates_and_sources(client):
    page = client.get("/norfolk/place/").text
    facts = StatedFigure.objects.filter(council__slug="norfolk", of_place=True)
    assert len(re.findall(r'id="figure-\d+"', page)) == facts.count() > 20
    older = facts.get(thing="People aged 65 and over", value=274_800)
    words = row_of(page, older.number)
    assert "Number Norfolk 2030 274,800 people" in words
    assert "19 June 2017, paragraph 2.1.5 c" in words
    headings = re.findall(r'scope="rowgroup"[^>]*>([^<]+)<', page)
    assert headings == list(dict.fromkeys(facts.values_list("thing", flat=True)))
    assert "Life expectancy in good health" in headings


def test_a_measure_per_100_000_people_leads_to_the_place_and_its_people(client):
    pages = re.findall(
        r'href="(/norfolk/vital-signs/[\w-]+/)', client.get("/norfolk/vital-signs/").text
    )
    leading = [page for page in set(pages) if "/norfolk/place/" in main_of(client.get(page).text)]
    rates = Measure.objects.filter(council__slug="norfolk", unit__contains="per 100,000")
    slugs = {page.split("/")[3] for page in leading}
    assert slugs == {measure.slug for measure in rates if f"/{measure.slug}/" in "".join(pages)}
    assert len(slugs) > 1


def test_a_council_without_facts_of_the_place_has_no_such_page(client):
    assert client.get("/nottinghamshire/place/").status_code == 404
    menu = client.get("/nottinghamshire/stated/").text.split('id="navigation"')[1].split("</ul>")[0]
    assert "/nottinghamshire/stated/" in menu
    assert "/place/" not in menu
    assert "/norfolk/place/" in client.get("/norfolk/stated/").text.split('id="navigation"')[1]


def test_a_council_without_stated_figures_has_no_page_and_no_entry(client, quarter):
    assert client.get("/testshire/stated/").status_code == 404
    assert client.get("/testshire/stated/stated.csv").status_code == 404
    assert "/testshire/stated/" not in client.get("/testshire/").text


def test_a_projects_stated_results_are_on_its_page(client):
    words = read(client, "/nottinghamshire/projects/stis-assessment-beds/")
    assert "Results stated in words" in words
    assert "54 beds" in words
    assert "52 beds" in words
    assert "Results stated in words" not in read(
        client, "/nottinghamshire/projects/ict-interoperability/"
    )


def test_the_files_have_every_figure_as_a_number_beside_its_word(client):
    sent = client.get("/norfolk/stated/stated.csv")
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    figures = StatedFigure.objects.filter(council__slug="norfolk")
    assert [int(row["number"]) for row in rows] == list(figures.values_list("number", flat=True))
    (concern,) = [row for row in rows if row["written"] == "about 1 in 5 home care providers"]
    assert (concern["qualifier"], concern["value"], concern["out_of"]) == ("about", "1", "5")
    (census,) = [row for row in rows if row["value"] == "274800"]
    assert (census["first_day"], census["of_place"]) == ("2030-01-01", "yes")
    book = client.get("/norfolk/stated/stated.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet.max_row == len(rows) + 1
    assert "norfolk-stated-figures.xlsx" in book.headers["Content-Disposition"]


def test_the_search_finds_a_figure_by_what_it_is_of(client):
    words = read(client, "/nottinghamshire/projects/?search=direct%20payment")
    assert "Share who have some form of direct payment" in words
    assert "A figure stated in words, nearly 50%" in words
