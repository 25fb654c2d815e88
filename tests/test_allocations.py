"""Sums of allocations: what a cross-tab adds up, and how a forecast differs, in words."""

from decimal import Decimal

import pytest

from finance.allocations.calculations import allocations_frame, cross_tab, variance_words

LINES = [
    (1, "iBCF", 2017, "Connect", Decimal(100)),
    (1, "iBCF", 2018, "Connect", Decimal(40)),
    (1, "iBCF", 2017, "Moving Forward", Decimal(7)),
    (2, "Care Act", 2017, "Scams Prevention", Decimal(30)),
    (3, "Other", 2018, "Described only", None),
]


def test_pounds_stand_by_row_and_column_with_totals_last_and_a_blank_is_not_zero():
    table = cross_tab(allocations_frame(LINES), "condition", "year")
    assert table.columns == (2017, 2018)
    assert table.rows == (
        (1, (Decimal(107), Decimal(40), Decimal(147))),
        (2, (Decimal(30), None, Decimal(30))),
    )
    assert table.totals == (Decimal(137), Decimal(40), Decimal(177))


def test_rows_and_columns_that_are_named_come_first_in_their_order_and_others_sorted():
    frame = allocations_frame(LINES)
    table = cross_tab(frame, "project", "fund", first=("Scams Prevention", "iBCF"))
    assert [row for row, _ in table.rows] == ["Scams Prevention", "Connect", "Moving Forward"]
    assert table.columns == ("iBCF", "Care Act")
    table = cross_tab(frame, "project", "fund", first=("Moving Forward", "Connect"))
    assert [row for row, _ in table.rows] == ["Moving Forward", "Connect", "Scams Prevention"]


def test_of_nothing_there_is_no_sum():
    table = cross_tab(allocations_frame(LINES[-1:]), "condition", "year")
    assert (table.columns, table.rows, table.totals) == ((), (), (None,))


@pytest.mark.parametrize(
    ("forecast", "allocation", "words"),
    [
        (201_000, 200_000, "£1,000 over the allocation (0.5%)"),
        (199_000, 200_000, "£1,000 under the allocation (0.5%)"),
        (230_000, 200_000, "£30,000 over the allocation (15%)"),
        ("200000.60", 200_000, "£1 over the allocation (0.0003%)"),
        (200_000, 200_000, "what was allocated"),
        (500, 0, "£500 over the allocation"),
        (0, 0, "what was allocated"),
        (None, 200_000, ""),
        (200_000, None, ""),
    ],
)
def test_a_forecast_differs_from_its_allocation_in_words(forecast, allocation, words):
    amounts = (None if each is None else Decimal(each) for each in (forecast, allocation))
    assert variance_words(*amounts) == words
