"""What Westshire's risk register shows wrongly today: each test says what is right, in its name."""

import re

from bcfportal.lib import clock
from risks.reminders import reviews_due
from tests.westshire.shown import leave, page, paper, row_of, rows, signed_in


def test_what_has_changed_tells_of_prospects_that_turned_red(westshire, client):
    words = page(client, "risks/reconciliation/?from=2026-07-31&to=2026-10-31")
    assert "Demand for adult social care outgrows the budget" in words


def test_a_changed_score_is_told_with_the_reason_of_the_change(westshire, client):
    words = page(
        signed_in(client, "performance"), "risks/reconciliation/?from=2026-07-31&to=working"
    )
    said = words[words.index("The council is not ready for its inspection") :][:260]
    assert "8 → 20" in words
    assert "The mock inspection in September" in said


def test_a_review_whose_day_has_passed_is_said_to_be_late(westshire, client):
    words = page(client, "risks/wr08/")
    said = words[words.index("Next review by") :][:80]
    assert re.search(r"[Pp]assed|late|overdue", said)


def test_a_target_whose_day_has_passed_is_said_to_be_missed(westshire, client):
    row = row_of(client, "risks/", "Deprivation of liberty")
    assert "30 September 2026" in row
    assert re.search(r"[Pp]assed|missed|late", row)


def test_the_paper_says_of_a_target_that_its_day_has_passed(westshire, client):
    words = paper(client, "reports/risks.pdf")
    said = words[words.index("Deprivation of liberty") :][:260]
    assert "30 September 2026" in said
    assert re.search(r"[Pp]assed|missed|late", said)


def test_a_promise_that_was_not_kept_does_not_vanish_with_the_next_review(westshire, client):
    assert "Twelve assessors are trained" in page(client, "risks/wr05/?as_at=2026-07-31")
    assert "Twelve assessors are trained" in page(client, "risks/wr05/")


def test_promises_whose_day_has_passed_are_on_a_list_of_the_officer(westshire, client):
    words = page(signed_in(client, "performance"), "checks/")
    assert "WR05" in words
    assert "WR12" in words
    assert "WR04" in words


def test_risks_of_somebody_who_left_stand_out_in_the_working_register(westshire, client):
    leave()
    row = row_of(
        signed_in(client, "performance"), "risks/?as_at=working", "The roll-out of assistive"
    )
    assert re.search(r"has left|[Nn]obody|no longer|[Nn]o owner", row)


def test_somebody_is_reminded_of_the_review_of_a_risk_whose_owner_left(westshire):
    leave()
    due = {review.reference for review in reviews_due(clock.today(), council=westshire)}
    assert "WR08" in due


def test_a_register_that_a_later_one_has_replaced_says_so(westshire, client):
    words = page(client, "risks/wr12/?as_at=2026-07-31")
    assert re.search(r"later register|[Ss]uperseded|[Tt]here is a later", words)


def test_a_task_is_not_on_schedule_once_what_it_promised_is_late(westshire, client):
    words = page(signed_in(client, "performance"), "risks/wr08/?as_at=working")
    assert "Passed on 31 December 2026" in words
    task = words[words.index("Fit 300 monitors") :][:120]
    assert "141 are fitted" in task
    assert not task.startswith("Fit 300 monitors by December 2026. On schedule")


def test_the_paper_says_when_each_task_was_last_heard_of(westshire, client):
    words = paper(client, "reports/risks.pdf")
    said = words[words.index("141 are fitted") :][:60]
    assert "27 July 2026" in said


def test_the_paper_has_what_is_promised_as_the_page_has(westshire, client):
    assert "All records have a review" in page(client, "risks/wr12/")
    assert "All records have a review" in paper(client, "reports/risks.pdf")


def test_the_file_of_the_register_has_when_each_risk_is_looked_at_again(westshire, client):
    found = next(row for row in rows(client, "risks/risks.csv") if row["reference"] == "WR08")
    assert found["reviewed_on"] == "2026-07-20"
    assert "2026-10-23" in found.values()
