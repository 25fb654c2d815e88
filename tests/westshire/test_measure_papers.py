"""Corrections, versions, exceptions, benchmarks, parts and papers of Westshire's measures."""

import re

import pytest

from outcomes.vital_signs.exception_list import Exceptions
from tests.text import read
from tests.westshire.measures import (
    JUNE,
    address,
    card,
    csv_row,
    csv_rows,
    lines,
    performance_paper,
    shown_in,
)

pytestmark = pytest.mark.django_db
JULY = "2026-27-m04"
FRAMEWORK, QUALITY = "/westshire/outcomes-framework/", "/westshire/care-quality/"
PACKAGES = "home-care-48-hours"


# A published figure was corrected: 92.5% of June became 81.3% on 17 September.


def test_the_public_sees_that_a_figure_was_corrected_from_what_when_and_why(westshire, client):
    words = card(client, PACKAGES, JUNE)
    for said in ("92.5%", "17 September 2026", "the provider accepted"):
        assert said in words


def test_the_dashboard_marks_a_corrected_figure(westshire, client):
    assert re.search(r"[Cc]orrected", read(client, address("", JUNE)))


def test_a_later_report_says_that_a_figure_in_it_was_corrected_since(westshire, client):
    assert re.search(r"[Cc]orrected", " ".join(lines(client, PACKAGES, JULY)["June 2026"]))


def test_the_download_says_that_a_figure_was_corrected(westshire, client):
    row = csv_row(client, PACKAGES, JUNE, JUNE)
    assert any("corrected" in f"{name} {value}".lower() for name, value in row.items())


def test_the_paper_of_a_corrected_month_says_so(westshire, client):
    assert "corrected" in performance_paper(client, JUNE).lower()


def test_the_first_paper_is_still_offered_and_is_marked_as_superseded(westshire, client):
    assert "superseded" in read(client, "/westshire/reports/").lower()


def test_a_paper_says_which_version_it_is_and_when_it_was_published(westshire, client):
    words = performance_paper(client, JUNE)
    assert "17 September 2026" in words
    assert re.search(r"[Vv]ersion 2", words)


def test_what_july_said_has_left_the_list_stays_when_june_is_corrected(westshire):
    left = [was.measure.slug for was, _ in Exceptions(shown_in(westshire, JULY)).left]
    assert PACKAGES not in left


def test_a_corrected_month_has_the_measures_that_it_had(westshire):
    assert shown_in(westshire, JUNE).sheet.measure("short-assessments-two-weeks") is None


def test_the_dashboard_says_when_its_month_was_published(westshire, client):
    assert "20 August 2026" in read(client, f"{address('', JULY)}&version=1")


# Exceptions, cards and decisions.


def test_an_action_whose_day_has_passed_is_marked(westshire, client):
    words = card(client, "urgent-response-wait").split("Action required")[1]
    assert "overdue" in words.split("Who is responsible")[0].lower()


def test_the_exceptions_of_a_month_have_no_decision_of_a_later_one(westshire, client):
    page = read(client, "/westshire/exceptions/?month=2025-26-m10")
    assert "December 2026" not in page.partition("Followed until done")[2]
    assert "December 2026" in read(client, "/westshire/exceptions/").split("Followed until done")[1]


def test_the_paper_has_what_the_board_decided(westshire, client):
    assert "Two members and the lead look into readmissions" in performance_paper(client)


# Figures that are split.


def test_the_localities_of_a_measure_are_on_its_page(westshire, client):
    assert "Northmoor" in card(client, "equipment-five-days")


def test_the_localities_of_a_measure_are_in_the_download(westshire, client):
    assert any("northmoor" in " ".join(row.values()).lower() for row in csv_rows(client))


def test_the_providers_of_a_measure_are_on_its_page(westshire, client):
    assert "Harbour Homecare" in card(client, "visits-on-time")


# The outcomes framework: one thing printed in two places.


def test_a_rounded_indicator_has_the_council_s_own_figure_beside_it(westshire, client):
    assert "3.6%" in read(client, FRAMEWORK)


def test_a_quarter_and_a_year_of_one_thing_that_disagree_are_pointed_out(westshire, client):
    assert "Figures that disagree" in card(client, "at-home-91-days")


def test_the_year_s_end_of_a_sum_is_compared_with_the_framework(westshire, client):
    assert "Figures that disagree" in card(client, "residential-admissions-65")


def test_a_figure_without_a_source_has_no_empty_brackets(westshire, client):
    assert "()" not in read(client, FRAMEWORK)


def test_one_point_is_one_point(westshire, client):
    assert not re.search(r"(?<![\d.])1 points", read(client, FRAMEWORK))


def test_a_comparator_without_a_figure_is_counted_apart(westshire, client):
    assert "The same, or no figure" not in read(client, FRAMEWORK)


def test_the_framework_s_download_says_that_a_comparator_is_not_available(westshire, client):
    content = client.get(f"{FRAMEWORK}outcomes-framework.csv").content.decode()
    assert "not available" in content.lower()


def test_a_note_on_a_single_figure_of_quality_is_shown(westshire, client):
    assert "counts twice" in read(client, QUALITY)


def test_a_quality_measure_without_a_source_has_no_empty_one(westshire, client):
    assert "Source: ." not in read(client, QUALITY)


def test_nothing_is_said_of_a_copy_that_this_council_never_used(westshire, client):
    for page in (QUALITY, address()):
        assert "copy used" not in read(client, page)


def test_the_paper_says_that_a_headline_metric_is_not_the_official_one(westshire, client):
    assert "not the official definition" in performance_paper(client)


def test_the_quality_of_care_can_be_downloaded(westshire, client):
    assert ".csv" in client.get(QUALITY).content.decode()


def test_the_paper_of_every_published_month_is_offered(westshire, client):
    page = client.get("/westshire/reports/").content.decode()
    assert "Performance report, July 2026" in page
