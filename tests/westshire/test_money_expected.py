"""What Westshire's money shows wrongly today: each test says what is right, in its name."""

import re
from decimal import Decimal

from finance.models import LedgerLine, MonitoringReport, PrintedTotal
from finance.monitoring.actions import correct, save_section, submit
from projects.access import access_of
from tests.westshire.shown import page, paper, row_of, rows, signed_in, workbook

CORRECTED = "finance/?report=2026-27-m06"


def test_the_front_page_names_every_line_that_is_over_its_budget_beyond_the_tolerance(
    westshire, client
):
    words = page(client, "")
    assert "No area is over its budget by more than the tolerance" not in words
    assert "Community equipment" in words
    assert "Hospital discharge" in words


def test_the_line_furthest_from_its_budget_is_named_though_another_offsets_it(westshire, client):
    words = page(client, "finance/")
    said = words[words.index("Furthest from the budget") :][:200]
    assert "Residential and nursing care, overspend £1.328m" in said


def test_the_public_sees_of_a_corrected_report_what_was_corrected_when_and_why(westshire, client):
    words = page(client, CORRECTED)
    assert "17 December 2026" in words
    assert "The supported living tender was left out" in words
    assert "£0.704m" in words


def test_a_variance_that_turned_from_favourable_to_adverse_in_a_correction_says_so(
    westshire, client
):
    row = row_of(client, CORRECTED, "Supported living 27.715")
    assert "overspend" in row
    assert "(0.415)" in row
    assert "underspend" in row


def test_the_paper_of_a_corrected_report_says_that_it_corrects_one_and_what(westshire, client):
    words = paper(client, "reports/finance.pdf?report=2026-27-m06")
    assert re.search("[Cc]orrect", words)
    assert "£0.704m" in words


def test_the_workbook_of_a_corrected_report_says_that_it_corrects_one(westshire, client):
    words = workbook(client, "finance/monitoring.xlsx?report=2026-27-m06")
    assert "Supported living" in words
    assert re.search("[Cc]orrect", words)


def test_who_approves_a_correction_is_shown_what_it_changes(westshire, client):
    published = MonitoringReport.objects.get(council=westshire, period="2026-27-m08")
    keeper = published.events.first().by
    who = {"by": keeper, "access": access_of(keeper, westshire)}
    fresh = correct(published, why="An order was left out.", **who)
    section = fresh.sections.get(name="lines")
    typed = section.typed | {"equipment-outturn": "2.900"}
    save_section(fresh.pk, "lines", typed, version=section.version, **who)
    submit(fresh.pk, **who)
    client.force_login(published.events.get(action="approve").by)
    words = page(client, "money/2026-27-m08/2/")
    assert "Approve" in words
    assert "2.691" in words
    assert "2.900" in words


def test_a_report_looks_back_at_the_version_that_stands_or_says_at_which(westshire, client):
    words = page(client, "finance/")
    assert "£0.829m worse than at Month 6 of 2026/27." not in words
    assert "£0.088m worse" in words or "Month 6 of 2026/27, version 1" in words


def test_the_paper_looks_back_at_the_version_that_stands_or_says_at_which(westshire, client):
    words = paper(client, "reports/finance.pdf")
    assert "£0.829m worse than at Month 6 of 2026/27." not in words
    assert "£0.088m worse" in words or "Month 6 of 2026/27, version 1" in words


def test_the_papers_of_two_versions_have_two_names(westshire, client):
    names = {
        client.get(f"/westshire/reports/finance.pdf?report=2026-27-m06{version}").headers[
            "Content-Disposition"
        ]
        for version in ("&version=1", "&version=2")
    }
    assert len(names) == 2


def test_the_list_of_papers_says_of_each_its_period_and_which_was_corrected(westshire, client):
    words = page(client, "reports/")
    assert "Month 8 of 2026/27" in words
    assert re.search("Month 6 of 2026/27, version 1.{0,80}[Cc]orrected", words)


def test_finance_is_told_of_a_corrected_version_and_not_offered_to_begin_from_it(westshire, client):
    words = page(signed_in(client, "finance"), "money/2026-27-m06/1/")
    assert "version 2" in words
    assert "Begin a new version" not in words


def test_a_report_in_whole_pounds_is_corrected_without_typing_it_anew(westshire, client):
    finance = signed_in(client, "finance")
    keeper = MonitoringReport.objects.get(council=westshire, period="2026-27-m10").events.first().by
    outturn = MonitoringReport.objects.get(council=westshire, period="2024-25")
    correct(outturn, by=keeper, access=access_of(keeper, westshire), why="One line is wrong.")
    assert "at most 4 decimal places" not in page(finance, "money/2024-25/2/lines/")


def test_a_budget_that_moved_within_the_year_is_shown_as_moved(westshire, client):
    row = row_of(client, CORRECTED, "Hospital discharge 8.438")
    assert "8.461" in row
    assert "8.211" in row


def test_brackets_mean_the_same_in_pounds_and_in_per_cent(westshire, client):
    row = row_of(client, "finance/", "NHS contributions (9.090)")
    assert "(0.225)" in row
    assert "(2.5%)" in row


def test_a_per_cent_of_nothing_has_no_minus(westshire, client):
    line = next(
        row for row in rows(client, "finance/monitoring.csv") if row["area"] == "better-care"
    )
    assert line["word"] == "on budget"
    assert line["variance_percent"] == "0.00"


def test_a_figure_printed_with_one_decimal_is_not_said_to_differ_by_more_than_rounding(
    westshire, client
):
    words = page(client, "finance/?report=2024-25")
    assert "166.500" not in words
    assert "Printed totals that differ" not in words


def test_a_printed_total_of_reserves_stands_beside_the_sum(westshire, client):
    printed = PrintedTotal.objects.get(report__council=westshire, report__period="2024-25")
    assert printed.closing == Decimal(7_210_000)
    assert "7.210" in page(client, "reserves/?report=2024-25")


def test_a_figure_that_the_paper_states_in_words_stands_on_the_page(westshire, client):
    assert "£2.0m" in page(client, "finance/?report=2024-25")


def test_a_reserve_that_will_be_overdrawn_is_said_to_be(westshire, client):
    row = row_of(client, "reserves/", "Winter pressures")
    assert "(0.059)" in row
    assert "overdrawn" in row


def test_what_is_only_expected_to_be_used_is_not_called_used(westshire, client):
    assert "used in the year" not in page(client, "reserves/")


def test_a_report_made_here_does_not_speak_of_a_source(westshire, client):
    assert "the source prints rounded" not in page(client, "finance/")


def test_the_ledgers_total_does_not_add_up_two_years(westshire, client):
    words = page(signed_in(client, "finance"), "finance/ledger/")
    lines = LedgerLine.objects.filter(council=westshire)
    both = sum(line.amount for line in lines)
    this_year = sum(line.amount for line in lines if line.period.startswith("2026-27"))
    assert f"£{both:,.2f}" not in words
    assert f"£{this_year:,.2f}" in words


def test_an_actual_of_an_earlier_month_that_was_corrected_shows_what_it_was(westshire, client):
    line = LedgerLine.objects.get(council=westshire, code="41011", period="2026-27-m05")
    assert line.upload.file_name == "journals-p05-p06.csv"
    before = line.events.order_by("pgh_id").first()
    assert before.amount != line.amount
    words = page(signed_in(client, "finance"), "finance/ledger/?search=41011&period=2026-27-m05")
    assert f"{line.amount:,.2f}" in words
    assert f"{before.amount:,.2f}" in words
