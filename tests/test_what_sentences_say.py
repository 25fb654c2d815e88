"""Who writes, who checks and who publishes is told of sentences that cannot be so."""

import pytest

from programme.discrepancies import findings
from projects.models import Council
from returns.actions import submit
from returns.transitions import RETURNS
from returns.warnings.discrepancies import disagreements
from tests.text import read

pytestmark = pytest.mark.django_db
SLIP = "We called on 240 homes and 36 of 240 (18%) asked for help."
SAID = "Performance in full: “18%”, but 36 of 240, which is 15.0%"
RIGHT = "We called on 240 homes and 36 of 240 (15%) asked for help."


def test_a_slip_is_told_to_who_writes_who_checks_and_who_publishes(client, quarter):
    quarter.fill(performance={"performance": SLIP, "summary_performance": "Well."})
    quarter.sign_in(client, "commissioner")
    assert SAID in read(client, quarter.address("section", "performance"))
    assert SAID not in read(client, quarter.address("section", "spend"))
    assert SAID in read(client, quarter.address("check"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    quarter.sign_in(client, "performance officer")
    assert SAID in read(client, quarter.address("review"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    assert SAID in read(client, "/testshire/quarter/2018-19-q2/publish/")
    words = read(client, "/testshire/checks/")
    assert "18% in “We called on 240 homes" in words
    assert "36 of 240, which is 15.0%" in words


def test_sentences_that_fit_are_not_spoken_of(client, quarter):
    quarter.fill(performance={"performance": RIGHT, "summary_performance": "Well."})
    quarter.sign_in(client, "commissioner")
    for address in (quarter.address("section", "performance"), quarter.address("check")):
        assert "do not fit each other" not in read(client, address)


def test_a_slip_in_two_boxes_is_said_once(client, quarter):
    quarter.fill(performance={"performance": SLIP, "summary_performance": SLIP})
    quarter.sign_in(client, "commissioner")
    assert read(client, quarter.address("check")).count("“18%”, but") == 1


def test_what_the_progress_update_says_is_to_come_and_had_passed_is_a_data_check(db):
    council = Council.objects.get(slug="nottinghamshire")
    found = {
        finding.disagreement.about.partition(",")[0]: finding.disagreement.first.text
        for finding in findings(council)
        if finding.part == "Words"
    }
    assert sorted(found) == ["3 Tier Model", "Home First", "Safeguarding Audits"]
    assert "January 2018" in found["Home First"]


def test_looking_takes_the_same_queries_for_any_number_of_projects(
    db, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        list(disagreements(Council.objects.get(slug="nottinghamshire")))
    with django_assert_max_num_queries(8):
        list(disagreements(Council.objects.get(slug="westshire")))
