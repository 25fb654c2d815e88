"""Shares in words: rounded, and never to a whole or a nothing that they are not."""

from decimal import Decimal

import pytest

from bcfportal.lib.shares import share, share_words


@pytest.mark.parametrize(
    ("exact", "words"),
    [
        ("87.16", "87.2%"),
        ("65.4545", "65.5%"),
        ("78.68", "78.7%"),
        ("99.96", "99.96%"),
        ("99.9999", "99.9999%"),
        ("100", "100%"),
        ("100.01", "100.01%"),
        ("0.02", "0.02%"),
        ("0", "0%"),
        ("-30", "−30%"),
        ("87.25", "87.3%"),
        ("99.999999999", "99.999999999%"),
        ("99.9999999999", "just less than 100%"),
        ("99.99999999999", "just less than 100%"),
        ("0.00000000001", "just more than 0%"),
    ],
)
def test_a_share_is_rounded_and_never_reads_as_what_it_is_not(exact, words):
    assert share_words(Decimal(exact)) == words


def test_a_share_of_counts():
    assert share(Decimal(36), Decimal(55)) == "65.5%"
    assert share(Decimal(36), Decimal(55), 0) == "65%"
    assert share(Decimal(55), Decimal(55), 0) == "100%"


def test_a_share_that_misses_a_limit_does_not_read_as_the_limit():
    assert share_words(Decimal("49.98"), limits=[Decimal(50)]) == "49.98%"
    assert share_words(Decimal("50"), limits=[Decimal(50)]) == "50%"
