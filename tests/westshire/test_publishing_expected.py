"""Quarters published in part, and what is corrected, ended, moved, renamed: what is right."""

import pytest

from returns.review import publish_period
from tests.westshire.project_pages import Q1, Q2, Q3, by, download, period, row
from tests.westshire.shown import page, paper, signed_in

WHY = "39 people were counted as at home who were not"


@pytest.fixture
def part(westshire):
    """Seven returns of quarter 3 are published; 23 are not in yet."""
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


# Only part of a quarter is published.


def test_a_part_published_leaves_every_project_on_the_front_page(part, client):
    assert "Bridging care" in page(client)


def test_a_part_published_leaves_the_money_of_the_whole_programme(part, client):
    now, before = page(client), page(client, f"?period={Q2}")
    allocated = "Allocated to projects £"
    assert now.split(allocated)[1].split()[0] == before.split(allocated)[1].split()[0]


def test_a_part_published_counts_what_has_not_been_reported(part, client):
    assert "23 of 30 projects have not reported" in page(client)


def test_a_project_that_is_not_in_keeps_its_address(part, client):
    assert client.get("/westshire/projects/bridging-care/").status_code == 200


def test_the_paper_of_a_project_that_is_not_in_keeps_its_address(part, client):
    assert client.get("/westshire/projects/bridging-care.pdf").status_code == 200


def test_the_report_of_a_part_holds_every_project(part, client):
    assert "Bridging care" in paper(client, "reports/progress-update.pdf")


def test_the_download_of_money_holds_every_project(part, client):
    assert "bridging-care" in {each["project"] for each in download(client, "finance-lines")}


def test_a_search_finds_a_project_that_is_not_in(part, client):
    assert "Bridging care" in page(client, "projects/?search=bridging")


def test_a_project_that_ended_keeps_its_address(part, client):
    assert client.get("/westshire/projects/winter-warmth/").status_code == 200


def test_publishing_a_part_asks_first(westshire, client):
    signed_in(client, "performance")
    client.post(f"/westshire/quarter/{Q3}/publish/")
    assert period(westshire).published_at is None


def test_a_part_published_leaves_what_is_owed_in_my_returns(part, client):
    signed_in(client, "commissioner")
    assert f"Handyperson, {period(part).label}" in page(client, "returns/")


def test_a_preview_shows_every_project(westshire, client):
    signed_in(client, "member")
    assert "Bridging care" in page(client, f"?period={Q3}")


# Quarter 2, in which one return never came in.


def test_a_project_whose_return_never_came_keeps_its_address(westshire, client):
    assert client.get("/westshire/projects/assistive-technology/").status_code == 200


def test_the_front_page_says_that_one_project_did_not_report(westshire, client):
    assert "1 of 31 projects has not reported" in page(client)


def test_the_money_of_a_year_is_of_the_whole_programme(westshire, client):
    assert "86,442,000" in page(client, "finance/allocations/")


def test_the_headline_is_the_money_of_the_period_s_own_year(westshire, client):
    assert "Allocated to projects £166.8m" not in page(client)


def test_sums_without_a_year_stand_beside_the_money_by_year(westshire, client):
    assert "£1.1m" in page(client)


def test_a_page_says_when_it_was_published(westshire, client):
    assert "3 November 2026" in page(client, "projects/falls-prevention/")


# A published figure is corrected.


def test_the_page_says_that_a_figure_was_corrected_and_why(westshire, client):
    words = page(client, f"projects/reablement/?period={Q1}")
    assert "Corrected on 14 September 2026" in words
    assert WHY in words


def test_the_page_says_what_a_corrected_figure_was_before(westshire, client):
    assert "85.2%" in page(client, f"projects/reablement/?period={Q1}")


def test_the_next_quarter_marks_a_figure_that_was_corrected(westshire, client):
    name = "Who were still at home 91 days later"
    cells = row(client, "projects/reablement/", name)
    assert "orrected" in cells["head"] + cells["Quarter 1 2026/27"]


def test_the_paper_says_its_version_and_what_it_replaces(westshire, client):
    words = paper(client, f"projects/reablement.pdf?period={Q1}")
    assert "Version 2" in words
    assert "14 September 2026" in words


def test_the_download_says_that_a_figure_was_corrected(westshire, client):
    (found,) = [
        each
        for each in download(client, "results", Q1)
        if (each["project"], each["measure_number"], each["period"]) == ("reablement", "1", Q1)
    ]
    assert "14 September 2026" in " ".join(found.values())


def test_the_list_of_papers_says_that_one_was_corrected(westshire, client):
    assert "orrected" in page(client, f"reports/?period={Q1}")


# Projects end, move, are renamed, are added, change their money.


def test_the_page_of_a_project_that_ended_says_so(westshire, client):
    assert "Ended" in page(client, "projects/winter-warmth/")


def test_the_page_of_a_project_that_moved_says_from_where(westshire, client):
    assert "Get people home from hospital sooner" in page(client, "projects/urgent-response/")


def test_a_project_that_moved_keeps_its_place_in_earlier_quarters(westshire, client):
    words = page(client, f"conditions/2/?period={Q1}")
    assert words.index("Settling in") < words.index("Urgent response")


def test_the_page_of_a_renamed_project_says_its_earlier_name(westshire, client):
    assert "Tablets at home" in page(client, "projects/tablets-at-home/")


def test_the_page_of_a_project_that_was_added_says_since_when(westshire, client):
    assert "July 2026" in page(client, "projects/homes-first-discharge/")


def test_the_page_says_that_an_allocation_was_changed_in_the_year(westshire, client):
    assert "£1,505,000" in page(client, "projects/bridging-care/")


def test_the_movement_of_a_forecast_tells_of_a_changed_allocation(westshire, client):
    assert "£180,000" in page(client, "projects/bridging-care/")


def test_the_history_of_a_project_tells_of_a_changed_allocation(westshire, client):
    signed_in(client, "administrator")
    response = client.get("/westshire/administration/projects/bridging-care/")
    assert "1685000" in response.content.decode().replace(",", "")


# What is said of where figures come from.


def test_about_does_not_tell_of_a_document_that_there_never_was(westshire, client):
    assert "The copy of the report that was used" not in page(client, "about/")


def test_about_does_not_explain_signs_that_no_report_prints(westshire, client):
    assert "χ" not in page(client, "about/")


def test_the_figures_of_a_quarter_do_not_name_an_older_document(westshire, client):
    words = page(client, "projects/falls-prevention/")
    assert "Source: Better Care Fund plan 2025/26, schedule 2" not in words


def test_a_project_of_no_document_names_no_source(westshire, client):
    assert "Source: ." not in page(client, "projects/homes-first-discharge/")


def test_purposes_are_called_what_the_council_calls_them(westshire, client):
    assert "grant condition" not in page(client).lower()


def test_what_needs_attention_tells_of_a_rating_better_than_the_rule_s(westshire, client):
    attention = page(client).split("What needs attention")[1].split("Money by year")[0]
    assert "Transfer of care hub" in attention
