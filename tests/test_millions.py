"""Amounts typed in £ million are read into pounds, and refused where they can be either."""

from decimal import Decimal

import pytest

from finance.monitoring.entry import as_typed, read_millions


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("103.677", 103_677_000),
        ("(0.471)", -471_000),
        ("£1.2", 1_200_000),
        ("-0.0001", -100),
        ("0", 0),
        ("", None),
        ("–", None),
    ],
)
def test_what_is_typed_is_read_in_millions(typed, pounds):
    assert read_millions(typed) == pounds


@pytest.mark.parametrize("typed", ["1,234,000", "10000", "£1,500", "N/A", "1.234567891"])
def test_pounds_in_a_box_of_millions_are_refused_in_a_sentence(typed):
    with pytest.raises(ValueError, match="Enter"):
        read_millions(typed)


def test_pounds_as_typed_read_back_as_they_were():
    for amount in (0, 100, 471_000, -471_000, 103_680_000, -9_999_999_900):
        assert read_millions(as_typed(Decimal(amount))) == amount
    assert as_typed(Decimal(33_280_000)) == "33.280"
    assert as_typed(None) == ""
