"""Amounts typed in £ million are read into pounds, and refused where they can be either."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from bcfportal.lib import present
from bcfportal.lib.text.typed_numbers import CHOOSE_WHY, read_number
from finance.monitoring.entry import as_typed, read_millions
from finance.monitoring.forms import MillionsField


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("103.677", 103_677_000),
        ("(0.471)", -471_000),
        ("£1.2", 1_200_000),
        ("-0.0001", -100),
        ("£999.99", 999_990_000),
        ("£10,000", 10_000),
        ("£12,345.67", Decimal("12345.67")),
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
    assert as_typed(Decimal(0)) == "0.000"
    assert as_typed(None) == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12498000", "Enter £ million: 12.498 or 12,498k for £12,498,000."),
        ("(1,185,432.50)", "Enter £ million: (1.1854325) or (1,185.4325k) for (£1,185,432.50)."),
        ("12498", "Enter £ million: 12.498 or 12,498k for £12,498,000, or 0.012498 for £12,498."),
        ("£1,500", "Enter £ million: 1.5 or 1,500k for £1,500,000, or 0.0015 for £1,500."),
        ("£1,000", "Enter £ million: 1 or 1,000k for £1,000,000, or 0.001 for £1,000."),
        ("1,000,000", "Enter £ million: 1 or 1,000k for £1,000,000."),
        ("10000000000", "Enter £ million: 10,000m or 10,000,000k for £10,000,000,000."),
        ("12498000000", "Enter £ million: 12,498m"),
        ("45%", "Enter £ million, such as 1.234: “45%” is in per cent."),
        (
            "£12,345.678",
            "Enter £ million or pounds, to the penny, such as 1.234 or £1,234,000.",
        ),
    ],
)
def test_what_can_be_pounds_is_answered_with_examples_of_the_amount_typed(typed, sentence):
    with pytest.raises(ValueError, match="Enter") as refusal:
        read_millions(typed)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    "typed",
    [
        *("12498000", "12498", "10000", "999999", "1,000,000", "£1,500", "£9,999.99", "-12498"),
        *("(12,498,000)", "1185432.17", "999999999999", "12 498 000", "12498.126"),
    ],
)
def test_every_example_of_a_sentence_means_the_amount_that_was_typed(typed):
    """An example says after it for which amount it is; that is what was typed, or its thousands."""
    with pytest.raises(ValueError, match="Enter") as refusal:
        read_millions(typed)
    sentence = str(refusal.value).removesuffix(".")
    number = round(present(read_number(typed)), 2)
    for part in sentence.removeprefix("Enter £ million: ").split(", or "):
        examples, amount = part.split(" for ")
        assert read_number(amount, 2) in (number, number * 1000)
        for example in examples.split(" or "):
            assert read_millions(example) == read_number(amount, 2)


def test_the_example_for_income_means_the_amount_that_was_typed():
    field = MillionsField(label="Budget", income=True)
    for typed in ("2", "£1.2m", "12,498k", "1.2 DR", "+3.5"):
        with pytest.raises(ValidationError) as refusal:
            field.clean(typed)
        example = refusal.value.messages[0].removeprefix("Income is negative: enter ")
        assert field.clean(example.removesuffix(".")) == -present(read_millions(typed))


def test_what_is_no_number_is_refused_with_the_advice_of_the_screen():
    with pytest.raises(ValueError, match=r"“N/A” is not one: if there is no figure, choose why\.$"):
        read_millions("N/A", CHOOSE_WHY)
    with pytest.raises(ValueError, match=r"“N/A” is not one\.$"):
        read_millions("N/A")
