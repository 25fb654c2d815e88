"""Marks of figures that were withdrawn and given again: in their order, of their own report."""

import pytest

from tests.westshire.measures import LAST, csv_row, lines
from tests.westshire.shown import page
from tests.westshire.test_versions import withdrawn
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
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
