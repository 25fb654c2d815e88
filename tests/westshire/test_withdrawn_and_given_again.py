"""Marks of figures that were withdrawn and given again: in their order, of their own report."""

import pytest

from outcomes.models import Result
from outcomes.vital_signs.content import HELD_BACK
from returns.period_versions.published import read
from tests.westshire.measures import LAST, csv_row, lines, performance_paper
from tests.westshire.shown import page
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    NOVEMBER,
    OCTOBER,
    approved,
    changed,
    later,
    month,
    published,
    reopen,
)

GONE = "The recount of October was wrong."
OWN_REASON = "What November held back was not agreed."
AUGUST = "2026-27-m05"
RECOUNTED = 81


def given(westshire, key, minutes):
    """The month is reopened, approved with what its records hold, and published."""
    found = month(westshire, key)
    reopen(westshire, [found], minutes)
    approved(westshire, found, minutes + 1)
    published(found, minutes + 2)


def gone(westshire, key, minutes, why=GONE):
    with later(minutes):
        withdrawn(westshire, key, why)


@pytest.fixture
def repeated(westshire):
    """October's figure is recounted; December, approved since, prints the recount."""
    changed(westshire, OCTOBER, RECOUNTED)
    given(westshire, OCTOBER, 10)
    changed(westshire, LAST, 79)
    given(westshire, LAST, 20)
    return westshire


def marks(client, of, key=LAST):
    return lines(client, BEDS, key)[of][-1]


def test_what_is_published_again_after_a_withdrawal_is_the_last_that_a_later_month_says(
    repeated, client
):
    assert lines(client, BEDS, LAST)["October 2026"][0].startswith(f"{RECOUNTED}")
    gone(repeated, OCTOBER, 30)
    with later(31):
        assert f"it was {RECOUNTED}" in marks(client, "October 2026").rpartition("Corrected on")[2]
    given(repeated, OCTOBER, 40)
    with later(50):
        last = f": {RECOUNTED}, Green; it was"
        assert last in marks(client, "October 2026").rpartition("Corrected on")[2]
        assert last in csv_row(client, BEDS, OCTOBER, LAST)["corrected"].rpartition("Corrected")[2]
        assert "Another is given since" not in page(client, f"vital-signs/{BEDS}/?month={LAST}")


@pytest.fixture
def november_withdrawn(repeated):
    """November takes October's recount and holds a figure of its own back; only that is undone."""
    of_november = Result.objects.filter(
        measure__council=repeated, measure__slug=BEDS, segment=None, period=NOVEMBER
    )
    before = of_november.values("status", "value", "numerator", "denominator").get()
    of_november.update(status=HELD_BACK, value=None, numerator=None, denominator=None)
    given(repeated, NOVEMBER, 30)
    gone(repeated, NOVEMBER, 40, OWN_REASON)
    of_november.update(**before)
    return repeated


def test_a_month_withdrawn_for_its_own_sake_says_nothing_of_what_another_month_gave(
    november_withdrawn,
):
    told = [
        (each.what, each.after, each.why)
        for each in read(standing(november_withdrawn, NOVEMBER)).corrections
        if each.period == OCTOBER or "October 2026" in each.what
    ]
    assert not [said for said in told if said[2] == OWN_REASON], told


def test_page_and_paper_of_a_month_say_the_same_once_the_other_month_is_withdrawn_too(
    november_withdrawn, client
):
    with later(45):
        assert f"{RECOUNTED}, Green" in performance_paper(client, NOVEMBER)
    gone(november_withdrawn, OCTOBER, 50)
    with later(51):
        assert f"{RECOUNTED}, Green" not in page(client, f"vital-signs/{BEDS}/?month={NOVEMBER}")
        assert f"{RECOUNTED}, Green" not in performance_paper(client, NOVEMBER)


@pytest.fixture
def late(westshire):
    """August's figure is not there; October gives it late; December is published with it."""
    of_august = Result.objects.filter(
        measure__council=westshire, measure__slug=BEDS, segment=None, period=AUGUST
    )
    of_august.update(status="not yet available", value=None, numerator=None, denominator=None)
    for key, minutes in ((AUGUST, 1), (NOVEMBER, 4), (LAST, 7)):
        given(westshire, key, minutes)
    of_august.update(status="reported", value=77)
    given(westshire, OCTOBER, 10)
    changed(westshire, LAST, 79)
    given(westshire, LAST, 20)
    return westshire


def test_a_late_figure_whose_report_is_withdrawn_is_marked_in_a_later_month_published_with_it(
    late, client
):
    assert lines(client, BEDS, LAST)["August 2026"][0].startswith("77")
    gone(late, OCTOBER, 30)
    with later(31):
        said = "The report of August 2026 says Not yet available"
        assert said in marks(client, "August 2026")
        assert said in performance_paper(client)
        assert said in csv_row(client, BEDS, AUGUST, LAST)["corrected"]


def test_a_newer_approval_leaves_out_a_late_figure_whose_report_is_withdrawn(late, client):
    gone(late, OCTOBER, 30)
    changed(late, LAST, 78)
    given(late, LAST, 40)
    with later(50):
        assert not lines(client, BEDS, LAST)["August 2026"][0].startswith("77")


def test_a_late_figure_that_is_given_again_bears_no_mark_of_the_withdrawal(late, client):
    gone(late, OCTOBER, 30)
    given(late, OCTOBER, 40)
    with later(50):
        assert lines(client, BEDS, LAST)["August 2026"][0].startswith("77")
        assert "The report of August 2026 says" not in marks(client, "August 2026")
