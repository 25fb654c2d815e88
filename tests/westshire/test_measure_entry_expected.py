"""What cannot be typed, set or reviewed today of Westshire's measures, though it happened.

Each is expected to fail, and says what happens instead.
"""

import re

import pytest

from bcfportal.lib import clock
from outcomes.entry.grid import grid, problems
from outcomes.models import Measure
from outcomes.monthly.report_cards import card_rows
from outcomes.monthly.review import vital_signs_checks, vital_signs_figures
from returns.actions import draft_of
from tests.text import read
from tests.westshire.measures import (
    JUNE,
    LAST,
    grid_row,
    open_january,
    return_of,
    row_typed,
    shown_in,
)
from tests.westshire.shown import signed_in

pytestmark = pytest.mark.django_db
OCTOBER = "2026-27-m07"
GRID = "/westshire/returns/{}/vital-signs/measures/"


# What can be typed.


def test_a_change_in_per_cent_below_nought_can_be_typed(westshire):
    row = row_typed(open_january(westshire), "admissions-change", value="−0.8%")
    assert (row.errors, str(row.value)) == ([], "-0.8")


def test_beds_in_use_can_be_more_than_the_beds_that_were_bought(westshire):
    january = open_january(westshire)
    row = row_typed(january, "bed-occupancy", numerator="104", denominator="100")
    assert (row.errors, row.value) == ([], 104)


def test_nought_of_nought_is_answered_with_the_nil_return(westshire):
    january = open_january(westshire)
    row = row_typed(
        january, "urgent-safeguarding", "forest-and-downs", numerator="0", denominator="0"
    )
    assert any("nil return" in box.error.lower() for box in row.errors)


def test_a_figure_can_be_held_back_because_it_is_small(westshire, client):
    signed_in(client, "performance-lead.westshire")
    open_january(westshire)
    assert "held back" in read(client, GRID.format("2026-27-m10")).lower()


def test_a_fraction_where_a_per_cent_belongs_is_asked_about(westshire):
    row = row_typed(open_january(westshire), "short-assessments-two-weeks", value="0.85")
    assert row.unusual or row.errors


def test_the_last_month_of_a_quarter_asks_for_the_quarter_s_figures(westshire):
    assert grid_row(westshire, LAST, "residential-admissions-65") is not None


def test_a_quarterly_headline_metric_can_be_entered_on_the_portal(westshire, client):
    signed_in(client, "performance-lead.westshire")
    open_january(westshire)
    words = read(client, GRID.format("2026-27-m10"))
    assert "Admissions to residential care, aged 65 and over" in words


def test_a_late_figure_can_be_entered_in_the_month_after(westshire, client):
    signed_in(client, "performance-lead.westshire")
    open_january(westshire)
    page = client.get(GRID.format("2026-27-m10")).content.decode()
    measure = westshire.measures.get(slug="care-vacancies")
    assert len(re.findall(rf'name="[^"]*m{measure.pk}-[^"]*value[^"]*"', page)) == 2


def test_the_month_after_says_when_a_late_figure_was_expected(westshire, client):
    signed_in(client, "performance-lead.westshire")
    open_january(westshire)
    page = read(client, GRID.format("2026-27-m10"))
    assert "March 2027" in page


def test_a_measure_that_is_no_longer_counted_is_not_asked_for(westshire):
    assert grid_row(westshire, LAST, "assessed-in-28-days") is None


def test_a_month_that_is_corrected_is_not_asked_for_a_later_measure(westshire):
    assert grid_row(westshire, JUNE, "short-assessments-two-weeks") is None


def test_the_grid_shows_last_month_s_figure_in_the_unit_that_it_had(westshire):
    assert grid_row(westshire, OCTOBER, "urgent-response-wait").last.text == "1.9 days"


def test_the_first_figure_in_a_new_unit_is_not_asked_about(westshire):
    assert grid_row(westshire, "2026-27-m06", "falls-admissions").unusual == ""


def test_an_average_delay_that_its_two_parts_do_not_make_is_asked_about(westshire):
    january = open_january(westshire)
    measures = {each.slug: each for each in westshire.measures.all()}
    typed = {
        f"m{measures['discharge-delay'].pk}-value": "0.72",
        f"m{measures['discharged-on-ready-day'].pk}-value": "87.6",
        f"m{measures['days-late'].pk}-value": "5.0",
    }
    found = grid(january, typed)
    assert any(
        "discharge delay" in sentence for _, sentence in problems(found) if "Enter" not in sentence
    )


def test_an_average_that_its_two_parts_make_is_not_asked_about(westshire):
    january = open_january(westshire)
    measures = {each.slug: each for each in westshire.measures.all()}
    typed = {
        f"m{measures['discharge-delay'].pk}-value": "0.62",
        f"m{measures['discharged-on-ready-day'].pk}-value": "87.6",
        f"m{measures['days-late'].pk}-value": "5.0",
    }
    sentences = [words for _, words in problems(grid(january, typed))]
    assert not any("discharge delay is" in sentence for sentence in sentences)


def test_localities_that_do_not_add_up_to_the_whole_are_asked_about(westshire):
    january = open_january(westshire)
    measure = westshire.measures.get(slug="reablement-independent")
    typed = {f"m{measure.pk}-numerator": "300", f"m{measure.pk}-denominator": "400"}
    for segment in westshire.segments.filter(kind="locality"):
        typed[f"m{measure.pk}-s{segment.pk}-numerator"] = "15"
        typed[f"m{measure.pk}-s{segment.pk}-denominator"] = "20"
    sentences = [words for _, words in problems(grid(january, typed)) if measure.name in words]
    assert sentences


def test_an_action_that_points_at_another_card_is_asked_about(westshire):
    january = open_january(westshire)
    key = f"c{westshire.measures.get(slug='falls-admissions').pk}"
    boxes = {"explains": "Falls.", "0-text": "As above", "0-owner": "Lead", "0-due": "1/3/2027"}
    typed = {f"{key}-{name}": text for name, text in boxes.items()}
    cards = card_rows(january, typed, grid(january, {}).rows, clock.today())
    (row,) = [row for row in cards if row.measure.slug == "falls-admissions"]
    assert row.actions[0]["text"].error


# What an officer sees before approving.


def test_the_review_has_the_localities_too(westshire):
    rows = vital_signs_figures(shown_in(westshire, LAST).sheet)
    assert any("Northmoor" in row.title and "Equipment" in row.title for row in rows)


def test_the_review_says_which_late_figures_are_still_out(westshire):
    report = return_of(westshire, LAST)
    found = vital_signs_checks(draft_of(report), shown_in(westshire, LAST).sheet)
    assert any("Discharges at weekends" in line and "March 2026" in line for line in found)


def test_the_review_says_that_an_action_on_a_card_is_overdue(westshire):
    report = return_of(westshire, LAST)
    found = vital_signs_checks(draft_of(report), shown_in(westshire, LAST).sheet)
    assert any("overdue" in line.lower() for line in found)


# What can be set.


def _new_measure(westshire) -> Measure:
    return Measure.objects.create(
        council=westshire,
        collection="vital signs",
        slug="new",
        position=200,
        text="Something new",
        short_title="Something new",
        unit="%",
        direction="bigger is better",
        frequency="month",
    )


def test_a_new_measure_can_have_a_target_before_its_first_figure(westshire, client):
    measure = _new_measure(westshire)
    signed_in(client, "performance")
    page = client.get(f"/westshire/vital-signs/{measure.slug}/target/").content.decode()
    assert "January 2027" in page


def test_a_break_can_be_recorded_for_the_month_that_is_to_come(westshire, client):
    signed_in(client, "performance")
    page = client.get("/westshire/vital-signs/urgent-response-wait/break/").content.decode()
    assert "January 2027" in page


def test_changing_a_unit_asks_from_which_month_and_why(westshire, client):
    signed_in(client, "performance")
    words = read(client, "/westshire/vital-signs/urgent-response-wait/settings/")
    assert re.search(r"\bWhy (it|the measure|this) changes\b|From which (month|period)", words)


def test_a_target_below_nought_can_be_set(westshire, client):
    signed_in(client, "performance")
    response = client.post(
        "/westshire/vital-signs/admissions-change/target/",
        {
            f"value-{LAST}": "-1.5",
            "published_too": f"yes: {LAST}=-1.5",
            "why": "Agreed by the board.",
        },
    )
    assert response.status_code == 302


def test_a_month_before_the_council_began_can_be_opened(westshire, client):
    signed_in(client, "performance")
    assert "December 2025" in client.get("/westshire/periods/open-month/").content.decode()


def test_the_targets_of_a_year_can_be_set_in_one_form(westshire, client):
    signed_in(client, "performance")
    page = client.get("/westshire/vital-signs/carers-assessed/target/").content.decode()
    assert len(re.findall(r'<input[^>]*name="value[^"]*"', page)) >= 12
