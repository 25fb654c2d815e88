"""What happens to figures over time, walked over all outputs in which a figure stands.

One test or more for each line of the table of accidents; each walks the outputs that ``STANDS``
names for its kind of figure. An address that is not in it fails: a new output needs a decision.
"""

import re
from collections import Counter

import pytest

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.definitions import definition_in
from outcomes.project_measures.table import result_words
from outcomes.rules import Tolerance
from outcomes.travel import Travel
from outcomes.vital_signs.dashboard import dashboard
from outcomes.vital_signs.statuses import statuses
from returns.actions import draft_of
from tests.addresses import addresses
from tests.westshire.measures import JUNE, LAST, csv_rows, shown_in
from tests.westshire.outputs import (
    NO_FIGURE,
    RATED,
    STANDS,
    content,
    expected,
    in_file,
    joined,
    own_target,
    programme,
    words,
)
from tests.westshire.project_pages import Q1, Q2, Q3, download, period, report

pytestmark = pytest.mark.django_db


def test_every_output_says_whether_figures_stand_in_it():
    ours = {
        each.name.partition(":")[2] for each in addresses() if each.name.startswith("reporting")
    }
    assert ours == STANDS.keys() | NO_FIGURE
    assert not STANDS.keys() & NO_FIGURE


# 1. A target differs by quarter or month.


@pytest.mark.parametrize("key", [Q1, Q2])
def test_1_each_result_is_coloured_by_the_target_of_its_own_period(westshire, client, key):
    walked = 0
    for sheet in programme(westshire, key).projects:
        tolerance = Tolerance(sheet.tolerance, sheet.tolerance_kind)
        wanted = Counter(
            (Rating(rating).label, result_words(measure, result))
            for measure in sheet.measures
            for result in measure.results
            if result.unit == measure.definition_in(result.period).unit
            and (rating := expected(measure, result.period, result.value, tolerance)) in COLOURS
        )
        sent, _ = content(client, "project", f"?period={key}", slug=sheet.slug)
        found = Counter((label, said.strip()) for label, said in RATED.findall(sent.decode()))
        assert found == wanted, (sheet.slug, found - wanted, wanted - found)
        walked += len(found)
    assert walked > 50


@pytest.mark.parametrize("key", [Q1, Q2])
def test_1_downloads_of_results_say_the_same_colour_and_target(westshire, client, key):
    rows = {(r["project"], r["measure_number"], r["period"], r["segment"]): r
            for r in download(client, "results", key)}  # fmt: skip
    walked = 0
    for sheet in programme(westshire, key).projects:
        tolerance = Tolerance(sheet.tolerance, sheet.tolerance_kind)
        for measure in sheet.measures:
            for result in measure.results:
                if result.unit != measure.definition_in(result.period).unit:
                    continue
                row = rows[sheet.slug, measure.key, result.period, in_file(result)]
                target = own_target(measure, result.period)
                rating = expected(measure, result.period, result.value, tolerance)
                assert row["rule_rating"] == (rating if rating in COLOURS else ""), row
                value = "" if target is None or target.value is None else f"{target.value:f}"
                assert row["target"] == value, row
                walked += 1
    assert walked > 50


def test_1_papers_count_the_targets_that_pages_count(westshire, client):
    counted = re.compile(r"(\d+) of (\d+) results with a target meet it")
    for sheet in programme(westshire, Q2).projects:
        if not any(target.period for each in sheet.measures for target in each.targets):
            continue
        on_page = counted.findall(words(client, "project", f"?period={Q2}", slug=sheet.slug))
        on_paper = counted.findall(words(client, "project-pdf", f"?period={Q2}", slug=sheet.slug))
        assert on_page == on_paper, sheet.slug


@pytest.mark.parametrize("month", [JUNE, LAST])
def test_1_each_month_is_coloured_by_its_own_target_on_dashboard_card_and_file(
    westshire, client, month
):
    sheet, walked = shown_in(westshire, month).sheet, 0
    lines = {(row["measure"], row["month"]): row for row in csv_rows(client, month)
             if not row["part"]}  # fmt: skip
    sent, _ = content(client, "vital-signs", f"?month={month}")
    on_dashboard = Counter(label for label, _ in RATED.findall(sent.decode()))
    wanted = Counter()
    for row in dashboard(sheet, period_of(month)):
        for cell in row.cells:
            held = row.status.in_month(cell.month)
            if held is None:
                continue
            tolerance = Tolerance(row.measure.tolerance, row.measure.tolerance_kind)
            rating = expected(row.measure, held.period, held.value, tolerance)
            said = lines[row.measure.slug, cell.month.key]
            assert said["rating_by_rule"] == (rating if rating in COLOURS else ""), said
            if rating in COLOURS:
                wanted[Rating(rating).label] += 1
                walked += 1
    assert on_dashboard == wanted
    assert walked > 200


def test_1_what_is_typed_shows_the_last_figure_in_the_colour_of_its_own_target(westshire, client):
    walked = 0
    for entry in period(westshire, Q3).returns.select_related("project", "period__council"):
        for row in draft_of(report(westshire, entry.project.slug)).grid.rows:
            last = row.last.result if row.last else None
            if last is None or last.value is None or last.rating in COLOURS:
                continue
            measure, when = row.measure, period_of(last.period)
            unit = definition_in(measure.known_definitions, when).unit
            targets = {each.period: each for each in measure.targets.all()
                       if definition_in(measure.known_definitions,
                                        period_of(each.period) if each.period else None).unit
                       == unit}  # fmt: skip
            if when.key not in targets and any(key and period_of(key) <= when for key in targets):
                assert row.last.rated.rating == "not rated", (entry.project.slug, row.measure)
                walked += 1
            elif when.key in targets and targets[when.key].value is not None:
                assert figure(targets[when.key].value) in row.last.rated.reason.replace(
                    " ", " "
                ) or (row.last.rated.rating == "not rated")
                walked += 1
    assert walked > 5


# 2. A measure is added up since April.


def test_2_a_sum_since_april_has_no_limits_and_no_step_from_the_month_before(westshire, client):
    sheet = shown_in(westshire, LAST).sheet
    sums = [each for each in statuses(sheet, period_of(LAST)) if each.added_up and each.latest]
    assert len(sums) > 2
    paper = words(client, "performance", f"?month={LAST}")
    for standing in sums:
        said = words(client, "report-card", f"?month={LAST}", measure=standing.measure.slug)
        assert "limits" not in said.split("Targets and their history")[0].lower().replace(
            "recalculate limits", ""
        ), standing.measure.slug
        assert not standing.chart.points
        assert standing.from_previous.travel == Travel.UNKNOWN or len(standing.known) < 2
        assert f"{standing.measure.name}: deteriorated" not in paper


# 3. Unit, direction, multiplier, tolerance or definition changes.


@pytest.mark.parametrize("month", [JUNE, LAST])
def test_3_every_figure_stands_in_the_unit_of_its_own_period(westshire, client, month):
    sheet, changed = shown_in(westshire, month).sheet, 0
    rows = [row for row in csv_rows(client, month) if not row["part"]]
    for row in rows:
        measure = sheet.measure(row["measure"])
        then = definition_in(measure.known_definitions, period_of(row["month"]))
        assert (row["unit"], row["direction"]) == (then.unit, then.direction), row
        changed += then.unit != measure.unit
    assert (changed > 0) == (month == LAST)
    for measure in sheet.measures:
        if len({each.unit for each in measure.definitions}) < 2:
            continue
        old = measure.definitions[0]
        held = next(each for each in measure.figures if each.value is not None and not each.segment)
        said = figure(held.value, old.unit, old.decimals)
        for name in ("vital-signs", "report-card"):
            at = {"measure": measure.slug} if name == "report-card" else {}
            page = words(client, name, f"?month={month}", **at)
            units = {old.unit, measure.unit}
            assert any(unit in page for unit in units), (name, said)


def test_3_a_project_s_results_keep_the_unit_that_they_were_published_in(westshire, client):
    walked = 0
    for sheet in programme(westshire, Q2).projects:
        for measure in sheet.measures:
            if len({each.unit for each in measure.definitions}) < 2:
                continue
            for result in measure.results:
                if result.value is None:
                    continue
                said = figure(
                    result.value, result.unit, measure.definition_in(result.period).decimals
                )
                for name in ("project", "project-pdf"):
                    page = words(client, name, f"?period={Q2}", slug=sheet.slug)
                    assert joined(said) in joined(page), (name, sheet.slug, said)
                    walked += 1
    assert walked


# 4. The target is 0; the figure is negative; more than 100 %; held back; 0 of 0.


def test_4_a_case_against_a_target_of_none_is_red_and_what_is_below_nought_is_shown(
    westshire, client
):
    rows = [row for row in csv_rows(client, LAST) if not row["part"]]
    nought = [row for row in rows if row["target"] == "0" and row["value"] not in ("", "0")]
    worse = [row for row in nought if (float(row["value"]) > 0)
             == (row["direction"] == "smaller is better")]  # fmt: skip
    assert worse
    assert {row["rating_by_rule"] for row in worse} == {"red"}
    below = [row for row in rows if row["value"].startswith("-")]
    above = [
        row for row in rows if row["unit"] == "%" and row["value"] and float(row["value"]) > 100
    ]
    assert below
    assert above
    dashboard_words = words(client, "vital-signs", f"?month={LAST}")
    paper = joined(words(client, "performance", f"?month={LAST}"))
    for row in (*below[:3], *above[:3]):
        number = row["value"].removeprefix("-").rstrip("0").rstrip(".")
        assert number.split(".")[0] in dashboard_words.replace(",", "")
        assert number.split(".")[0] in paper.replace(",", "")


def test_4_what_is_held_back_or_not_there_is_said_and_no_figure_stands_for_it(westshire, client):
    walked = set()
    for key in (Q1, Q2):
        for sheet in programme(westshire, key).projects:
            reasons = {each.status for measure in sheet.measures for each in measure.results
                       if each.value is None}  # fmt: skip
            if not reasons:
                continue
            for name in ("project", "project-pdf"):
                page = words(client, name, f"?period={key}", slug=sheet.slug)
                for reason in reasons:
                    assert joined(reason.capitalize()) in joined(page), (name, sheet.slug, reason)
            walked |= reasons
    for key in (Q1, Q2):
        for row in download(client, "results", key):
            assert (row["status"] == "reported") == bool(row["value"]), row
    assert walked


# 5. Figures come quarterly or yearly in a monthly report; late; out of order.


def test_5_a_figure_of_a_longer_period_or_a_late_one_stands_in_every_output(westshire, client):
    sheet, walked = shown_in(westshire, LAST).sheet, 0
    rows = csv_rows(client, LAST)
    on_dashboard = words(client, "vital-signs", f"?month={LAST}")
    paper = joined(words(client, "performance", f"?month={LAST}"))
    months = {row["month"] for row in rows}
    for standing in statuses(sheet, period_of(LAST)):
        for held in standing.known:
            when = period_of(held.period)
            ends = {Period.parse(month).last_day for month in months}
            if (
                when.month
                or when.last_day not in ends
                or standing.by_end[when.last_day] is not held
            ):
                continue
            said = standing.words_of(held)
            assert said in on_dashboard, (standing.measure.slug, held.period)
            assert joined(said) in paper
            card = words(client, "report-card", f"?month={LAST}", measure=standing.measure.slug)
            assert said in card
            assert when.label in card
            assert any(row["measure"] == standing.measure.slug and row["value"]
                       and float(row["value"]) == float(held.value) for row in rows)  # fmt: skip
            walked += 1
    assert walked


# 3, in the file of targets.


def test_3_the_download_of_targets_has_each_in_the_unit_that_it_was_set_in(westshire, client):
    changed = 0
    shown = programme(westshire, Q2)
    for row in download(client, "measures", Q2):
        measure = next(
            each for each in shown.sheet(row["project"]).measures if each.key == row["number"]
        )
        when = row["period"] or row["defined_from"]
        then = definition_in(measure.known_definitions, period_of(when) if when else None)
        assert (row["unit"], row["direction"]) == (then.unit, then.direction), row
        changed += then.unit != measure.unit
    assert changed
