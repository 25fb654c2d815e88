"""What is counted of a project's results, and what a download says of the rule they are held to."""

from datetime import date
from decimal import Decimal

import msgspec

from bcfportal.lib.periods import period_of
from outcomes.project_measures.content import Result, Target
from outcomes.project_measures.table import measure_table
from outcomes.rules import Tolerance, rate
from returns.period_versions.published import read_programme, shown_sheets
from tests.westshire.project_pages import Q2, download
from tests.westshire.test_versions import standing

Q4 = "2026-27-q4"


def at_the_end_of_the_year(westshire):
    """Falls prevention in quarter 4: one result of the quarter is met, one of the year is not."""
    found = shown_sheets(read_programme(standing(westshire, Q2)))
    sheet = next(each for each in found if each.slug == "falls-prevention")
    first, second = sheet.measures[:2]
    made = [
        msgspec.structs.replace(
            measure,
            direction="bigger is better",
            definitions=[],
            targets=[Target(key, "set", Decimal(100))],
            results=[Result(key, "", "", "reported", Decimal(value), None, None, measure.unit, "")],
        )
        for measure, key, value in ((first, Q4, 100), (second, "2026-27", 1))
    ]
    return msgspec.structs.replace(sheet, period=Q4, measures=made)


def test_the_share_of_results_that_meet_their_target_counts_what_the_rating_counts(westshire):
    table = measure_table(at_the_end_of_the_year(westshire))
    assert table.targets_met[:2] == (1, 2)
    assert "Of 2 rated results, 1 red" in table.rule.reason


def test_the_download_of_measures_says_which_definition_held_from_when(westshire, client):
    """Carers' advice: what is better changed in quarter 2, its target did not."""
    own = [
        each
        for each in download(client, "measures", Q2)
        if (each["project"], each["number"]) == ("carers-advice", "2")
    ]
    said = {each["defined_from"]: each["direction"] for each in own}
    assert len(said) > 1
    assert said[""] == "neutral"
    assert said[Q2] == "smaller is better"
    assert all(each["tolerance"] and each["tolerance_kind"] for each in own)


def test_each_result_is_rated_by_what_the_download_of_measures_says_of_its_period(
    westshire, client
):
    """The target, direction and tolerance of every result that the rule rates stand in a row."""
    measures = download(client, "measures", Q2)
    walked = 0
    for each in download(client, "results", Q2):
        if not each["rule_rating"]:
            continue
        row = holding(measures, each)
        assert row["target"], (each, row)
        assert float(row["target"]) == float(each["target"]), each
        assert row["unit"] == each["unit"]
        assert colour(row, float(each["value"])) == each["rule_rating"], (each, row)
        walked += 1
    assert walked > 50


def holding(measures, result):
    """The row of measures.csv that holds for a result, by what its columns are said to mean."""
    key = (result["project"], result["measure_number"])
    mine = [each for each in measures if (each["project"], each["number"]) == key]
    period = result["period"]
    begun = {each["defined_from"] for each in mine if not after(each["defined_from"], period)}
    latest = max(begun, key=last_day)
    mine = [each for each in mine if each["defined_from"] == latest]
    own = [each for each in mine if each["period"] == period]
    return (own or [each for each in mine if not each["period"]])[0]


def last_day(key):
    return period_of(key).last_day if key else date.min


def after(key, period):
    return last_day(key) > last_day(period)


def colour(row, value):
    """The rule of docs/rules/rating.md, by the row's direction and tolerance."""
    rated = rate(
        Decimal(str(value)),
        Decimal(row["target"]),
        row["direction"],
        Tolerance(Decimal(row["tolerance"]), row["tolerance_kind"]),
        unit=row["unit"],
    )
    return rated.rating
