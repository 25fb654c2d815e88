"""Figures of projects over time: what is right, where the portal shows something else today."""

from bcfportal.lib.periods import Period
from tests.westshire.project_pages import Q1, Q2, Q3, columns, download, row, type_measure
from tests.westshire.shown import page, paper, sheets, signed_in

FALLS = "projects/falls-prevention/"
COURSES = "People who began a course"
WAIT = "Wait until bridging care began"
LABELS = {key: Period.parse(key).label for key in (Q1, Q2, Q3)}

# Measures that are added up since April.


def test_the_grid_sets_an_added_up_figure_beside_the_same_quarter_last_year(westshire, client):
    signed_in(client, "commissioner")
    cells = row(client, f"returns/{Q3}/falls-prevention/measures/", COURSES)
    assert "Quarter 3 2025/26" in cells["Last time"]


def test_the_first_quarter_is_not_set_beside_the_outturn_of_a_year(westshire, client):
    signed_in(client, "commissioner")
    cells = row(client, f"returns/{Q1}/falls-prevention/check/", COURSES)
    assert "1,428" not in cells["Last result"]


def test_the_review_sets_an_added_up_figure_beside_the_same_quarter_last_year(westshire, client):
    signed_in(client, "performance")
    last_year = row(client, FALLS, COURSES)["Quarter 2 2025/26"]
    figure = last_year.partition(" Target ")[0].split()[-1]
    assert figure in page(client, f"quarter/{Q2}/falls-prevention/")


# Unit, direction, tolerance and definition changed from quarter 2.


def test_after_the_unit_changed_the_grid_asks_in_the_new_one(westshire, client):
    signed_in(client, "commissioner")
    head = row(client, f"returns/{Q3}/bridging-care/measures/", WAIT)["head"]
    assert "Unit: hours" in head


def test_a_figure_in_the_new_unit_is_published_in_it(westshire, client):
    assert "52 hours" in row(client, "projects/bridging-care/", WAIT)[LABELS[Q2]]


def test_the_download_has_the_figure_in_its_new_unit(westshire, client):
    (found,) = [
        each
        for each in download(client, "results")
        if (each["project"], each["measure_number"], each["period"]) == ("bridging-care", "1", Q2)
    ]
    assert (found["value"], found["unit"]) == ("52", "hours")


def test_the_count_of_targets_met_agrees_with_the_rule_s_rating(westshire, client):
    words = page(client, "projects/bridging-care/")
    assert "Of 2 rated results, 1 red" in words
    assert "(100%)" not in words


def test_the_figures_before_are_told_with_their_units(westshire, client):
    signed_in(client, "commissioner")
    assert "Q1 26/27: 2.2 days" in page(client, f"returns/{Q3}/bridging-care/measures/")


def test_a_changed_direction_leaves_earlier_figures_without_a_colour(westshire, client):
    cells = row(client, "projects/carers-advice/", "People waiting for an assessment")
    assert ":" not in cells[LABELS[Q1]]


def test_a_changed_tolerance_leaves_earlier_figures_their_colour(westshire, client):
    cells = row(client, "projects/transfer-of-care-hub/", "Who left hospital within 24 hours")
    assert cells[LABELS[Q1]] == "Red: 82%"


def test_correcting_words_leaves_the_colours_of_the_figures(westshire, client):
    where = f"projects/transfer-of-care-hub/?period={Q1}"
    cells = row(client, where, "Who left hospital within 24 hours")
    assert cells[LABELS[Q1]] == "Red: 82%"


def test_the_page_says_why_a_series_breaks(westshire, client):
    assert "Adults under 65 are counted too" in page(client, "projects/reablement/")


def test_the_page_says_why_the_unit_changed(westshire, client):
    assert "counted in hours from July 2026" in page(client, "projects/bridging-care/")


def test_the_paper_says_why_a_series_breaks(westshire, client):
    assert "Adults under 65 are counted too" in paper(client, "projects/reablement.pdf")


# Targets of 0, figures below 0 and above 100 %, nothing of nothing.


def test_three_harms_against_a_target_of_none_are_red(westshire, client):
    cells = row(client, "projects/medicines-support/", "Errors in giving medicines")
    assert cells[LABELS[Q2]] == "Red: 3"


def test_a_change_in_per_cent_may_be_below_0(westshire, client):
    said = type_measure(client, westshire, "market", "care-workforce", 1, value="-1.8")
    assert "0 or more" not in said["Value"]


def test_0_of_0_may_be_entered(westshire, client):
    boxes = {"numerator": "0", "denominator": "0"}
    said = type_measure(client, westshire, "carers", "carers-emergency-plan", 2, **boxes)
    assert "more than 0" not in said["Denominator"]


def test_more_beds_in_use_than_are_paid_for_may_be_entered(westshire, client):
    boxes = {"numerator": "4140", "denominator": "3864"}
    said = type_measure(client, westshire, "hospital", "step-down-beds", 1, **boxes)
    assert "more than 100%" not in said["Numerator"]


# Yearly and late figures.


def test_a_yearly_measure_is_not_asked_for_in_quarter_3(westshire, client):
    signed_in(client, "commissioner")
    assert "Who fell again" not in page(client, f"returns/{Q3}/falls-prevention/measures/")


def test_a_figure_that_was_awaited_can_be_entered_with_the_next_return(westshire, client):
    signed_in(client, "hospital")
    where = f"returns/{Q3}/settling-in/measures/"
    assert "Quarter 1 2026/27" in row(client, where, "Who were back in hospital")["head"]


def test_columns_stand_in_the_order_of_time(westshire, client):
    labels = [label for label in columns(client, FALLS) if label != "Target"]
    assert labels.index("2025/26") > labels.index("Quarter 4 2025/26")


def test_a_quarterly_measure_lacks_nothing_in_the_column_of_a_year(westshire, client):
    assert row(client, FALLS, "Who finished their course")["2025/26"] != "No figure"


# Providers, localities and paper.


def test_a_provider_is_named_once(westshire, client):
    assert "Harbour Homecare (Harbour Homecare)" not in page(client, "projects/reablement/")


def test_this_quarter_s_figures_stand_on_the_paper(westshire, client):
    outside = _beyond_the_edge(sheets(client, "projects/falls-prevention.pdf"))
    assert not outside


def test_figures_of_five_localities_stand_on_the_paper(westshire, client):
    outside = _beyond_the_edge(sheets(client, "projects/neighbourhood-teams.pdf"))
    assert not outside


def test_every_letter_of_a_text_has_a_shape_on_the_paper(westshire, client):
    words = paper(client, "projects/dementia-advisers.pdf")
    assert "谢谢" in words
    assert "□" not in words


def _beyond_the_edge(pages):
    """The texts that begin beyond the right edge of their page."""
    found = []
    for each in pages:
        width = float(each.mediabox.width)

        def look(text, user, matrix, font, size, width=width):
            x = matrix[4] * user[0] + user[4]
            if text.strip() and x > width:
                found.append(text.strip())

        each.extract_text(visitor_text=look)
    return found
