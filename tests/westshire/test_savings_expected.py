"""What Westshire's savings show wrongly today: each test says what is right, in its name."""

import re

from tests.westshire.expected import today
from tests.westshire.shown import leave, page, row_of, rows, signed_in

JULY = "?paper=savings-july-2026"


def test_the_front_page_counts_a_saving_once(westshire, client):
    words = page(client, "")
    assert "13 savings" in words
    assert "24 savings" not in words


def test_the_front_page_does_not_add_up_savings_of_different_years(westshire, client):
    words = page(client, "")
    assert "£8,639,000" not in words
    assert "£3,829,000" in words


def test_the_front_page_says_from_which_paper_its_savings_are(westshire, client):
    assert re.search(r"savings ?: .{0,150}(30 September 2026|11 November 2026)", page(client, ""))


@today(
    "“£634,150 short” is of the 14 yearly targets that have a figure. Of ten, with targets "
    "of £3.584m, nothing is known, and nothing says so.",
)
def test_the_front_page_says_for_how_many_targets_a_shortfall_is_known(westshire, client):
    words = page(client, "")
    said = words[words.index("to be saved") :][:200]
    assert re.search(r"\b(10|ten)\b", said)


def test_the_savings_page_heads_no_sum_of_different_years(westshire, client):
    words = page(client, "savings/")
    assert "To be saved £8.6m" not in words
    assert "£4.4m" not in words


def test_what_is_not_known_is_not_said_to_be_on_target(westshire, client):
    row = row_of(client, "savings/", "Not rated 10")
    assert "on target" not in row
    assert "0.000" not in row


def test_a_years_shortfall_says_how_many_savings_it_is_of(westshire, client):
    row = row_of(client, "savings/", "Total 3.829")
    assert "0.304" in row
    assert "9 of 12" in row


def test_a_paper_that_a_later_one_has_replaced_says_so(westshire, client):
    words = page(client, f"savings/{JULY}")
    assert re.search(r"[Tt]here is a later paper|[Aa] later paper|[Ss]uperseded", words)


def test_an_outturn_that_a_later_paper_corrects_is_shown_as_corrected(westshire, client):
    assert "0.382" in page(client, f"savings/{JULY}")
    row = row_of(client, "savings/", "Fewer agency social workers", after="2025/26, £m")
    assert "0.319" in row
    assert "0.382" in row


def test_the_public_page_says_why_a_reported_target_was_corrected(westshire, client):
    noted = next(
        row for row in rows(client, "savings/data/savings.csv") if row["reference"] == "ASC26-07"
    )
    assert "corrected from £300,000 to £330,000" in noted["note"]
    assert "corrected from £300,000 to £330,000" in page(client, "savings/")


def test_a_refused_change_is_not_told_as_done(westshire, client):
    words = page(client, "savings/")
    refused = words[words.index("Travel to day opportunities, £150K") :]
    assert "£150,000 moved" not in refused
    assert "£150,000" in refused


def test_a_change_that_waits_for_a_decision_is_not_told_as_done(westshire, client):
    words = page(signed_in(client, "performance"), "savings/changes/4/")
    assert "Requested" in words
    assert "£120,000 moved" not in words


def test_a_year_that_has_not_begun_is_not_delivered(westshire, client):
    row = row_of(client, "savings/", "Reablement before long-term care", after="2027/28, £m")
    assert "0.400" in row
    assert "Delivered" not in row


def test_a_target_that_was_moved_stands_with_what_it_was(westshire, client):
    row = row_of(client, "savings/", "Supported living tendered anew", after="2026/27, £m")
    assert "0.400" in row
    assert "0.900" in row


def test_evidence_is_not_planned_of_a_year_whose_outturn_is_reported(westshire, client):
    row = row_of(client, "savings/", "Fewer agency social workers", after="2025/26, £m")
    assert "0.319" in row
    assert "Planned" not in row


def test_words_of_a_negative_saving_are_the_same_in_the_file_and_on_the_page(westshire, client):
    row = next(
        row
        for row in rows(client, "savings/data/savings.csv")
        if row["reference"] == "ASC26-06" and row["year"] == "2025/26"
    )
    assert row["brings_pounds"] == "-45200.00"
    assert not row["reason"].startswith("'")
    assert row["reason"] in page(client, "savings/")


def test_a_post_that_has_ended_is_not_counted_among_those_that_are_paid(westshire, client):
    words = page(signed_in(client, "finance"), "posts/?paper=working")
    assert "2026 Ended" in words
    assert "12.10" not in words
    assert "9.60" in words


@today(
    "An option typed here shows […] for the totals of lost income and reprovision, and says "
    "“not given or lost in the copy”; its years add up to £16,000 and £200,000.",
)
def test_totals_of_an_option_made_here_are_sums_and_not_lost(westshire, client):
    words = page(client, "options/shared-lives-twenty-more-households/")
    assert "lost in the copy" not in words
    assert "£16,000" in words
    assert "£200,000" in words


def test_a_persons_reason_is_shown_as_it_was_typed(westshire, client):
    words = page(client, "options/close-the-day-centre-in-forest-and-downs/")
    assert "Repair the roof instead." in words
    assert "instead.." not in words


def test_a_draft_whose_writer_left_is_on_a_list_of_what_nobody_owns(westshire, client):
    leave()
    words = page(signed_in(client, "finance"), "savings/work/")
    said = words[words.index("Monitors on loan") :][:160]
    assert re.search(r"has left|nobody|no longer", said)
