"""Figures of Westshire's projects over time: each is judged against the target of its period."""

import pytest

from bcfportal.lib.periods import Period, period_of
from tests.westshire.project_pages import Q1, Q2, Q3, Q4, download, row
from tests.westshire.shown import page, paper, signed_in

FALLS = "projects/falls-prevention/"
COURSES = "People who began a course"
FELL = "Who fell again within a year"
LABELS = {key: Period.parse(key).label for key in (Q1, Q2, Q3)}


def results_of(client, project, number):
    """The rows of results.csv of one measure by period."""
    return {
        each["period"]: each
        for each in download(client, "results")
        if (each["project"], each["measure_number"]) == (project, number)
    }


def test_a_result_is_judged_against_the_target_of_its_own_quarter(westshire, client):
    cells = row(client, FALLS, COURSES)
    assert cells[LABELS[Q1]] == "Green: 374 Target 357"
    assert cells[LABELS[Q2]] == "Green: 728 Target 714"
    assert cells["Target"] == "By period"
    assert "374 people is better than the target of 357 people" in cells["head"]


def test_a_year_is_not_judged_against_the_target_of_a_quarter(westshire, client):
    cells = row(client, FALLS, COURSES)
    assert cells["2025/26"] == "1,428"
    assert "2025/26: No target is set for 2025/26" in cells["head"]


def test_a_year_is_judged_against_its_own_target(westshire, client):
    assert row(client, FALLS, FELL)["2025/26"] == "Green: 21.8% Target 22.0%"


def test_a_year_without_a_target_of_its_own_is_not_rated(westshire, client):
    assert row(client, FALLS, FELL)["2024/25"] == "23.4%"


def test_a_yearly_figure_that_is_asked_for_in_quarter_4_is_of_the_year(westshire, client):
    signed_in(client, "commissioner")
    cells = row(client, f"returns/{Q4}/falls-prevention/measures/", FELL)
    assert "Of the year 2025/26 Target: 22.0%" in cells["head"]
    measure = westshire.projects.get(slug="falls-prevention").measures.get(text=FELL)
    assert not measure.results.filter(period=Q4).exists()
    assert measure.results.filter(period="2025-26").exists()


def test_the_page_shows_the_target_of_each_quarter(westshire, client):
    assert "357" in page(client, FALLS)


def test_one_target_for_all_results_stands_in_its_column_alone(westshire, client):
    cells = row(client, FALLS, "Who finished their course")
    assert cells["Target"] == "75%"
    assert not any("Target" in words for label, words in cells.items() if label in LABELS.values())


def test_the_page_counts_the_results_of_its_own_quarter(westshire, client):
    assert "2 of 3 results with a target meet it" in page(client, FALLS)


def test_the_paper_counts_the_results_of_its_own_quarter(westshire, client):
    assert "2 of 3 results with a target meet it" in paper(client, "projects/falls-prevention.pdf")


def test_the_paper_shows_the_target_of_each_quarter(westshire, client):
    words = paper(client, "projects/handyperson.pdf")
    assert "641 Target 725" in words
    assert "1,472 Target 1,450" in words


def test_a_raised_target_leaves_earlier_quarters_as_they_were(westshire, client):
    cells = row(client, "projects/reablement/", "Who needed no lasting care")
    assert cells["Quarter 2 2025/26"].startswith("Green: ")
    assert cells["Quarter 2 2025/26"].endswith("Target 62%")
    assert cells[LABELS[Q2]].endswith("Target 68%")


def test_a_target_is_not_carried_to_the_quarter_after_it(westshire, client):
    signed_in(client, "performance")
    cells = row(client, f"returns/{Q3}/reablement/measures/", "Who needed no lasting care")
    assert "Target: No target" in cells["head"]
    assert f"Not rated No target is set for {LABELS[Q3]}" in cells["Rating by the rule"]


@pytest.mark.parametrize(
    ("project", "measure"),
    [
        # What is added up since April stands beside the same quarter last year instead.
        ("reablement", "Who needed no lasting care"),
        ("urgent-response", "Visits within two hours"),
        ("mental-health-discharge", "Days of waiting on the wards"),
    ],
)
def test_the_grid_rates_the_last_time_as_the_page_does(westshire, client, project, measure):
    on_page = row(client, f"projects/{project}/", measure)[LABELS[Q2]]
    colour, _, figure = on_page.partition(" Target ")[0].partition(": ")
    signed_in(client, "performance")
    last = row(client, f"returns/{Q3}/{project}/measures/", measure)["Last time"]
    assert last.startswith(f"{figure.split()[0]} {LABELS[Q2]} {colour} ")


def test_the_download_of_measures_has_a_target_for_each_quarter(westshire, client):
    targets = {
        each["period"]: each["target"]
        for each in download(client, "measures")
        if each["project"] == "falls-prevention" and each["number"] == "1"
    }
    assert (targets[Q1], targets[Q2]) == ("357", "714")
    assert Q3 not in targets


def test_the_download_of_results_has_the_target_and_the_rating(westshire, client):
    courses = results_of(client, "falls-prevention", "1")
    found = {key: (each["target"], each["rule_rating"]) for key, each in courses.items()}
    assert found[Q1] == ("357", "green")
    assert found["2025-26"] == ("", "")


def test_every_result_has_the_target_of_its_period_in_the_downloads(westshire, client):
    targets = {}
    for each in download(client, "measures"):
        held = targets.setdefault((each["project"], each["number"]), {})
        held[each["period"]] = each["target"]
    for each in download(client, "results"):
        held = targets[each["project"], each["measure_number"]]
        dated = [period_of(key) for key in held if key]
        standing = held.get("", "")
        if dated and not period_of(each["period"]) < min(dated):
            standing = ""
        assert each["target"] == held.get(each["period"], standing), each
        assert not each["rule_rating"] or each["target"], each


def test_every_result_has_the_same_colour_on_its_page_as_in_the_download(westshire, client):
    rows = download(client, "results")
    texts = {
        (each["project"], each["number"]): each["text"] for each in download(client, "measures")
    }
    shown = {key: row(client, f"projects/{key[0]}/", text) for key, text in sorted(texts.items())}
    for each in rows:
        if each["segment"]:
            continue
        cells = shown[each["project"], each["measure_number"]]
        words = cells[period_of(each["period"]).label]
        colour = words.partition(": ")[0].lower() if ": " in words else ""
        assert colour == each["rule_rating"], each
