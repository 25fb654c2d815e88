"""What people read: the overview, the projects, one project, a condition, the money."""

import html
import re

import pytest
from django.urls import reverse

from projects.models import Council

pytestmark = pytest.mark.django_db


def read(client, address):
    """The page's words, with mark-up and doubled spaces taken out."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def folded(text):
    return " ".join(text.split())


def test_one_council_goes_straight_to_its_overview(client):
    Council.objects.exclude(slug="nottinghamshire").update(publishes=False)
    assert client.get("/").headers["Location"] == "/nottinghamshire/"


def test_several_councils_are_listed_a_line_each(client, testshire):
    testshire()
    words = read(client, "/")
    assert "Nottinghamshire County Council Quarter 3 2017/18 29 £16,969,029" in words
    assert "Testshire Quarter 1 2018/19 1 –" in words


def test_a_council_that_does_not_publish_is_not_there(client, nottinghamshire):
    Council.objects.update(publishes=False)
    assert client.get("/nottinghamshire/").status_code == 404
    assert client.get("/nottinghamshire/data/projects.csv").status_code == 404
    assert "No council has published" in read(client, "/")


def test_a_period_that_is_not_published_is_not_there(client, nottinghamshire):
    nottinghamshire.periods.update(published_at=None)
    assert client.get("/nottinghamshire/projects/").status_code == 404
    words = read(client, "/nottinghamshire/")
    assert "5 savings : as at 7 January 2019 £2,060,000 to be saved in 2018/19" in words
    assert "£6,320,000" not in words


def test_the_overview_tells_the_programme(client):
    words = read(client, "/nottinghamshire/")
    assert "Quarter 3 2017/18 , as at 5 February 2018" in words
    assert "23 projects and 6 further uses of money, under 3 grant conditions" in words
    assert "6 Amber 3 Green 1 Colour not legible 13 Not rated" in words
    assert "£8,067,005 to 12 projects" in words
    assert "2018/19 £7,108,908" in words
    assert "All years £16,969,029" in words
    assert "issues of underutilisation and partial reporting" in words


def test_every_text_and_figure_of_a_project_is_on_its_page(client, programme):
    for sheet in programme.sheets:
        words = read(client, reverse("reporting:project", args=["nottinghamshire", sheet.slug]))
        texts = [
            *(sheet.title, sheet.description, sheet.rationale, sheet.method, sheet.performance),
            *(sheet.rating_text, sheet.measures_introduction, *sheet.notes, *sheet.providers),
            *(measure.text for measure in sheet.measures),
            *(stream.description for stream in sheet.streams),
            *(stream.share_note for stream in sheet.streams),
            *(stated.as_printed for stated in sheet.stated_sums),
            *(
                f"{line.allocation:,.0f}"
                for stream in sheet.streams
                for line in stream.lines
                if line.allocation is not None
            ),
        ]
        for text in texts:
            assert folded(text) in words, (sheet.slug, text)


def test_a_year_printed_with_no_figure_says_so_and_is_not_nil(client):
    words = read(client, "/nottinghamshire/projects/home-first/")
    assert "2016/17 none printed" in words
    assert "£0" not in words


def test_provider_results_stand_beside_their_target(client):
    words = read(client, "/nottinghamshire/projects/connect/")
    assert "South Metro, 2016/17 Mid Age UK, 2016/17 North NCHA, 2016/17" in words
    assert re.search(r"95% utilization .*? 95% Green: 96% Green: 149% Amber: 93%", words)
    assert "Illegible in the source" in words


def test_each_row_of_moving_forward_has_its_number_and_rating(client):
    words = read(client, "/nottinghamshire/projects/moving-forward/")
    assert re.search(r"Income Maximisation .*?90% 227 Green", words)


def test_a_target_printed_chi_is_not_yet_set(client):
    assert "Not yet set" in read(client, "/nottinghamshire/projects/auto-scheduling/")


def test_projects_follow_one_another_in_the_reports_order(client):
    words = read(client, "/nottinghamshire/projects/connect/")
    assert "Previous project Co-Production Team Next project Moving Forward" in words


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 29),
        ("condition=2", 8),
        ("fund=bcf-care-act", 11),
        ("fund=ibcf", 19),
        ("rating=green", 3),
        ("rating=not+legible", 1),
        ("rating=described", 6),
        ("condition=1&fund=ibcf&rating=amber", 4),
        ("condition=3&rating=green", 0),
    ],
)
def test_what_is_chosen_is_shown_and_lives_in_the_address(client, query, count):
    for view in ("", "&view=table"):
        page = client.get(f"/nottinghamshire/projects/?{query}{view}")
        assert len(page.context["sheets"]) == count
    if query:
        assert b"selected" in page.content


def test_search_ranks_the_title_first_and_marks_the_words(client):
    page = client.get("/nottinghamshire/projects/?search=falls")
    assert page.context["sheets"][0].slug == "falls-prevention"
    assert b"<mark>Falls</mark>" in page.content or b"<mark>falls</mark>" in page.content
    assert len(page.context["sheets"]) >= 2


@pytest.mark.parametrize(
    ("search", "slug"),
    [
        ("Metro", "connect"),
        ('"trusted assessor"', "trusted-assessor"),
        ("Otago", "falls-prevention"),
        ("nurses", "trusted-assessor"),
        ("bedspread OR doorstep OR scammed", "scams-prevention"),
    ],
)
def test_search_finds_words_anywhere_in_the_report(client, search, slug):
    page = client.get("/nottinghamshire/projects/", {"search": search})
    assert slug in [sheet.slug for sheet in page.context["sheets"]]


def test_search_and_filter_together(client):
    page = client.get("/nottinghamshire/projects/?search=older&condition=2")
    assert page.context["sheets"]
    assert {sheet.condition_number for sheet in page.context["sheets"]} == {2}


def test_nothing_found_says_what_to_do(client):
    assert "Nothing matches." in read(client, "/nottinghamshire/projects/?search=zebra")


def test_the_money_adds_up_both_ways(client):
    page = client.get("/nottinghamshire/finance/")
    for name in ("by_year", "fund_by_year", "condition_by_fund"):
        table = page.context[name]
        assert table.totals[-1] == 16_969_029
        assert sum(row[-1] for _, row in table.rows) == 16_969_029
        for column in range(len(table.columns)):
            cells = [row[column] for _, row in table.rows if row[column] is not None]
            assert sum(cells) == table.totals[column]
    assert "Most is allocated in 2018/19: £7.1M." in page.content.decode()


def test_sums_without_a_year_are_shown_and_not_added(client):
    words = read(client, "/nottinghamshire/finance/")
    assert "£5.645m (full year effect)" in words
    assert "They are not added up" in words


def test_hostile_words_are_words(client, testshire):
    nasty = "<script>alert(\"x\")</script> & 'quoted' {{ x }} {% y %}"
    testshire(title=nasty, short_title=nasty, description=nasty)
    for address in ("/", "projects/", "projects/project/", "projects/?search=script", "finance/"):
        address = "/testshire/" + address.strip("/") if address != "/" else "/testshire/"
        address += "" if "?" in address or address.endswith("/") else "/"
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
    assert html.escape(nasty) in client.get("/testshire/projects/project/").content.decode()


def test_the_share_of_targets_met_and_the_rule_stand_beside_what_is_declared(client):
    words = read(client, "/nottinghamshire/projects/brighter-futures/")
    assert "5 of 14 results with a target meet it (36%)." in words
    assert "By the rule: Red Of 14 rated results, 8 red and 1 amber: a third or more red" in words
    assert "85% is below the target of 100% by 15%, more than the tolerance of 5%" in words
    words = read(client, "/nottinghamshire/projects/connect/")
    assert "South (Metro), 2016/17: " in words
    words = read(client, "/nottinghamshire/projects/moving-forward/")
    assert "1 of 1 results with a target meet it (100%)." in words


def test_a_council_without_projects_offers_no_search_of_them(client):
    assert "Search projects" not in client.get("/norfolk/").content.decode()
    assert "Search projects" in client.get("/nottinghamshire/").content.decode()


def test_outcomes_money_and_risk_stand_together_on_the_first_page(client):
    words = read(client, "/norfolk/")
    assert "6 of 15 reported by exception" in words
    assert "£4.399m overspend (1.76%)" in words
    assert "NorseCare : overspend of £3.257m" in words
    assert "13 of 19 reported by exception" in words
    assert "£10,926,000 to be saved in 2016/17, £3,737,000 short" in words
    words = read(client, "/norfolk/reports/")
    for paper in (
        "Performance report, March 2017",
        "Finance monitoring, Outturn 2016/17",
        "Risk register",
    ):
        assert f"{paper} (PDF)" in words


def test_the_first_page_of_a_council_asks_at_most_sixteen_times(
    client, django_assert_max_num_queries
):
    client.get("/norfolk/")
    with django_assert_max_num_queries(16):
        client.get("/norfolk/")


def test_the_menu_keeps_the_period_that_is_read(client, westshire):
    page = client.get("/westshire/projects/?period=2026-27-q1").content.decode()
    for address in ("/westshire/", "/westshire/projects/", "/westshire/finance/"):
        assert f'href="{address}?period=2026-27-q1"' in page
