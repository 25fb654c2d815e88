"""The money of Westshire's story: what must have happened in it."""

from decimal import Decimal

import pytest

from finance.models import LedgerLine, LedgerUpload, MonitoringReport, PrintedTotal
from finance.monitoring.collect import latest_statement
from finance.monitoring.tree import tree


def report(council, period, version=1):
    return MonitoringReport.objects.get(council=council, period=period, version=version)


def node(council, period, slug, version=1):
    return tree(latest_statement(report(council, period, version))).find(slug)


def test_reports_are_published_but_the_last_two(westshire):
    reports = MonitoringReport.objects.filter(council=westshire)
    assert {(each.period, each.version): each.status for each in reports} == {
        ("2024-25", 1): "published",
        ("2025-26", 1): "published",
        ("2026-27-m02", 1): "published",
        ("2026-27-m04", 1): "published",
        ("2026-27-m06", 1): "published",
        ("2026-27-m06", 2): "published",
        ("2026-27-m08", 1): "published",
        ("2026-27-m09", 1): "approved",
        ("2026-27-m10", 1): "draft",
    }


def test_the_budget_is_that_of_a_county(westshire):
    assert 179_000_000 < node(westshire, "2026-27-m08", "adult-social-care").budget < 181_000_000


def test_a_corrected_report_turns_a_favourable_variance_into_an_adverse_one(westshire):
    before, after = (
        node(westshire, "2026-27-m06", "learning-supported", version) for version in (1, 2)
    )
    assert (before.word, after.word) == ("underspend", "overspend")
    words = report(westshire, "2026-27-m06", 2).events.get(action="correct").comment
    assert "tender" in words


def test_a_report_looks_back_at_the_version_that_stood_when_it_was_approved(westshire):
    month_8 = report(westshire, "2026-27-m08")
    assert month_8.compared_with == report(westshire, "2026-27-m06", 2)
    corrected = report(westshire, "2026-27-m06", 2).events.get(action="publish").at
    assert corrected < month_8.events.get(action="approve").at


@pytest.mark.parametrize(
    ("period", "action"), [("2026-27-m02", "withdraw"), ("2026-27-m04", "send back")]
)
def test_a_report_comes_back_before_it_is_approved(westshire, period, action):
    actions = list(report(westshire, period).events.values_list("action", flat=True))
    assert actions == ["start", "submit", action, "submit", "approve", "publish"]
    assert report(westshire, period).events.get(action=action).comment


def test_timelines_are_in_the_order_in_which_things_happened(westshire):
    for each in MonitoringReport.objects.filter(council=westshire):
        moments = list(each.events.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_every_line_beyond_tolerance_is_explained(westshire):
    for each in MonitoringReport.objects.approved().filter(council=westshire, events__isnull=False):
        for one in tree(latest_statement(each)).walk():
            assert one.parts or not one.is_beyond_tolerance or one.explained, one.name


def test_money_moves_between_two_areas_within_the_year(westshire):
    for slug, moved in (("discharge", 250_000), ("reablement", -250_000)):
        before, after = (
            node(westshire, period, slug).budget for period in ("2026-27-m04", "2026-27-m06")
        )
        assert after - before == moved


def test_a_total_rounds_to_something_else_than_its_rounded_parts(westshire):
    whole = node(westshire, "2026-27-m08", "adult-social-care")
    rounded = sum(round(part.budget, -3) for part in whole.parts)
    assert rounded != round(whole.budget, -3)


def test_reserves_open_with_what_the_year_before_closed_with(westshire):
    balances = {}
    for period in ("2024-25", "2025-26", "2026-27-m08"):
        lines = latest_statement(report(westshire, period)).reserves
        for line in lines:
            assert balances.get(line.slug, line.opening) == line.opening, (period, line.slug)
            balances[line.slug] = line.opening + line.movement


def test_a_reserve_is_overdrawn_and_another_will_be(westshire):
    lines = {
        line.slug: line for line in latest_statement(report(westshire, "2026-27-m08")).reserves
    }
    assert lines["transport"].opening < 0
    winter = lines["winter"]
    assert winter.opening > 0 > winter.opening + winter.movement


def test_a_paper_prints_a_line_in_a_second_place_and_rounds_it_otherwise(westshire):
    for period in ("2024-25", "2025-26"):
        statement = latest_statement(report(westshire, period))
        row = next(row for row in statement.rows if row.area == "older-people")
        assert row.budget != tree(statement).find("older-people").budget
        printed = PrintedTotal.objects.get(report=report(westshire, period), of="reserves")
        sums = sum(
            line.opening + line.movement for line in statement.reserves if line.group == printed.of
        )
        assert abs(printed.closing - sums) > Decimal(500)


def test_the_ledger_has_four_files_one_more_in_error_and_none_of_the_dropped(westshire):
    uploads = LedgerUpload.objects.filter(council=westshire)
    assert sorted(uploads.values_list("file_name", "state")) == [
        ("actuals-2026-27-p01-p03.csv", "applied"),
        ("actuals-2026-27-p04-p06.csv", "applied"),
        ("actuals-2026-27-p07-p09.csv", "applied"),
        ("journals-p05-p06.csv", "applied"),
        ("late-journals.csv", "previewed"),
    ]


def test_an_upload_corrects_earlier_months_and_some_costs_are_negative(westshire):
    journals = LedgerLine.objects.filter(
        council=westshire, upload__file_name="journals-p05-p06.csv"
    )
    assert {line.period for line in journals} == {"2026-27-m05", "2026-27-m06"}
    assert journals.filter(amount__lt=0).exists()
    line = journals.get(code="41011", period="2026-27-m05")
    first, last = line.events.order_by("pgh_id")
    assert first.amount != last.amount == line.amount
    assert first.pgh_created_at < last.pgh_created_at
