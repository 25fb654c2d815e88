"""Numbers as people type and paste them."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcfportal.lib.text.typed_numbers import (
    CHOOSE_WHY,
    TooFine,
    no_figure,
    pounds_or_millions,
    read_number,
    read_typed,
    refuse_thousands_or_pence,
    sign_of,
)

numbers = st.decimals("-999999999999.9999", "999999999999.9999", places=4)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234", "1234"),
        ("£1,234.50", "1234.50"),
        ("£ 1,234,567", "1234567"),
        ("45%", "45"),
        ("45.6 %", "45.6"),
        (" 12 ", "12"),
        ("1 234", "1234"),
        ("1\u00a0234\u202f567", "1234567"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+4", "4"),
        ("(500)", "-500"),
        ("(£1,500.25)", "-1500.25"),
        ("£(500)", "-500"),
        ("(4%)", "-4"),
        ("-500", "-500"),
        ("3.2-", "-3.2"),
        ("£1,500.25 -", "-1500.25"),
        ("1.2 CR", "-1.2"),
        ("1.2DR", "1.2"),
        ("\u200e371\u200f", "371"),
        ("- 500", "-500"),
        ("−3", "-3"),
        ("–3", "-3"),
        ("-£20", "-20"),
        ("£-20", "-20"),
        ("1.2m", "1200000"),
        ("1.2M", "1200000"),
        ("12k", "12000"),
        ("£237K", "237000"),
        ("1.23456k", "1234.56"),
        ("1.500000000000000000000000000000000000", "1.5"),
        ("98,5", "98.5"),
        ("12,34", "12.34"),
        ("£1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("-1.234.567,89", "-1234567.89"),
        ("1 234,50", "1234.5"),
        ("0,500", "0.5"),
        ("(98,5%)", "-98.5"),
        ("1,2m", "1200000"),
        ("98,500", "98500"),
        ("98.500", "98.5"),
        ("98·5", "98.5"),
        ("1'234.50", "1234.50"),
        ("1’234’567", "1234567"),
        ("GBP 1,234.50", "1234.50"),
        ("10.00 GBP", "10"),
        ("-10.00 GBP", "-10"),
        ("(GBP 10)", "-10"),
        ("2½", "2.5"),
        ("3 ¾", "3.75"),
        ("¼", "0.25"),
        ("2 1/2", "2.5"),
        ("7 3⁄4", "7.75"),
        ("-1 1/4", "-1.25"),
        ("45 p.c.", "45"),
        (",5", "0.5"),
        ("zero", "0"),
        ("Nought", "0"),
    ],
)
def test_what_people_type_is_read(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize("mark", "\u202b\u202d\u202e\u2067")
def test_digits_that_are_shown_in_another_order_are_refused_in_a_sentence(mark):
    with pytest.raises(ValueError, match="in another order"):
        read_number(f"{mark}173")


@pytest.mark.parametrize("typed", ["", "  ", "\t", "-", " – ", "—", "−", "£-", "£ -  ", "£"])
def test_a_blank_or_a_lone_dash_is_no_number_and_not_zero(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        *("N/A", "see description", "12,500,50", "1.23,4", "1,234 567", "1 2", "12 34", "12,5."),
        *("1.2.3", "--5", "(-5)", "(5", "()", "£5%", "%", "k", ".", "12 kg", "1e5", "0x10"),
        *("NaN", "Infinity", "1_000", "10²", "٣", "⅓", "=1+1", "12%k", "<b>5</b>", "5\x00"),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_do(typed):
    with pytest.raises(ValueError) as refused:
        read_number(typed)
    assert str(refused.value) == f"Enter a number, such as 1,234 or 45.6. “{typed}” is not one."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,2345", "Enter 12,345 or 1.2345: “1,2345” can be either."),
        ("1234,500", "Enter 1,234,500 or 1234.500: “1234,500” can be either."),
    ],
)
def test_a_comma_that_can_be_either_is_asked_with_both_numbers(typed, sentence):
    with pytest.raises(ValueError) as asked:
        read_number(typed)
    assert str(asked.value) == sentence


@pytest.mark.parametrize(
    "typed", ["10\u200b", "\ufeff10", "1\u00ad0", "\u200e10\u202c", "\u206010.0"]
)
def test_what_nobody_can_see_is_no_part_of_a_number(typed):
    assert read_number(typed) == 10


def test_where_there_is_a_reason_to_choose_the_sentence_says_so():
    with pytest.raises(ValueError, match=r"“N/A” is not one: if there is no figure, choose why\.$"):
        read_number("N/A", advice=CHOOSE_WHY)
    with pytest.raises(ValueError, match=r"“\(-5\)” is not one: if there is no figure, choose why"):
        read_number("(-5)", advice=CHOOSE_WHY)
    with pytest.raises(ValueError, match=r"“N/A” is not one\.$"):
        read_typed("N/A")


@pytest.mark.parametrize(
    ("advice", "end"),
    [
        ("", r"enter 0 if the figure is nought\.$"),
        (CHOOSE_WHY, r"enter 0 if the figure is nought, or if there is no figure, choose why\.$"),
    ],
)
def test_nil_can_be_nought_or_no_figure_and_the_sentence_says_both(advice, end):
    with pytest.raises(ValueError, match=f"“nil” is not one: {end}"):
        read_number("nil", advice=advice)


def test_a_long_text_is_quoted_in_short():
    with pytest.raises(ValueError, match=r"“x{39}…” is not one"):
        read_number("x" * 5000)


@pytest.mark.parametrize("typed", ["1234567890123", "1,000,000,000,000", "1000000m", "9" * 5000])
def test_more_than_twelve_digits_before_the_point_are_refused(typed):
    with pytest.raises(ValueError, match="at most 12 digits before the point"):
        read_number(typed)


@pytest.mark.parametrize("typed", ["1.23456", "0.00001%", "1.23456789k", f"1.{'3' * 5000}"])
def test_more_than_four_digits_after_the_point_are_refused(typed):
    with pytest.raises(ValueError, match="at most 4 decimal places"):
        read_number(typed)


@pytest.mark.parametrize(
    ("typed", "rounded"),
    [
        *(
            ("98.55555555", "98.5556"),
            ("-0.12345", "-0.1235"),
            ("+1.23456", "1.2346"),
            ("(1,234.00005)", "-1234.0001"),
        ),
        *(("1.00004%", "1"), (f"1.{'9' * 5000}", "2"), ("999999999999.99999", "1000000000000")),
    ],
)
def test_the_sentence_of_too_many_decimals_has_the_rounded_number_to_copy(typed, rounded):
    with pytest.raises(ValueError, match=f"at most 4 decimal places, such as {re.escape(rounded)}"):
        read_number(typed)


def test_the_largest_and_the_finest_are_read_exactly():
    assert str(read_number("999,999,999,999.9999")) == "999999999999.9999"
    assert str(read_number("1.2m")) == "1200000"


@given(numbers, st.sampled_from(["{}", "£{}", "{}%", " {} ", "+{}"]))
def test_a_number_printed_with_commas_is_read_back_exactly(number, form):
    assert read_number(form.format(f"{abs(number):,f}")) == abs(number)


@given(numbers.filter(bool), st.sampled_from(["({})", "-{}", "−{}", "(£{})", "-£{}", "- {}"]))
def test_every_way_of_writing_a_negative_means_the_same(number, form):
    assert read_number(form.format(f"{abs(number):,f}")) == -abs(number)


@given(numbers)
def test_spaces_between_thousands_do_as_commas_do(number):
    assert read_number(f"{number:,f}".replace(",", " ")) == number


@given(st.text(max_size=30) | st.text("0123456789.,-£%() kmE+", max_size=14))
@example("80+")
@example("12/20")
@example("c. 80")
def test_any_text_is_a_number_in_range_or_blank_or_refused_in_words(typed):
    try:
        number = read_number(typed)
    except ValueError as refused:
        assert str(refused).startswith("Enter a number")  # noqa: PT017
        return
    if number is not None:
        assert number.is_finite()
        assert abs(number) < 10**12
        assert number == number.quantize(Decimal("0.0001"))


def test_many_decimals_are_rounded_exactly_in_the_sentence():
    with pytest.raises(ValueError, match=rf"such as 999999999999\.{'5' * 19}6\.$"):
        read_number(f"999999999999.{'5' * 30}", 20)


def test_where_no_decimals_are_allowed_the_sentence_asks_for_a_whole_number():
    with pytest.raises(ValueError) as refused:
        read_number("1.5", 0)
    assert str(refused.value) == "Enter a whole number, such as 12."


@pytest.mark.parametrize(
    ("typed", "unit", "sentence"),
    [
        ("£5", "%", "Enter per cent: “£5” is in pounds."),
        ("5%", "£", "Enter pounds: “5%” is in per cent."),
        ("£5", "people", "Enter a plain number: “£5” is in pounds."),
        ("5 per cent", "", "Enter a plain number: “5 per cent” is in per cent."),
    ],
)
def test_a_sign_of_another_unit_is_refused_in_a_sentence(typed, unit, sentence):
    with pytest.raises(ValueError) as refused:
        read_number(typed, unit=unit)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "unit"), [("5", "£"), ("£5", "£"), ("5", "%"), ("5%", "%"), ("5", "people")]
)
def test_a_number_with_the_sign_of_its_unit_or_with_none_is_read(typed, unit):
    assert read_number(typed, unit=unit) == 5


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("—", "A dash is no figure"),
        (" £  - ", "A dash is no figure"),
        ("£", "“£” is no figure"),
        ("5", ""),
        ("  ", ""),
        (None, ""),
    ],
)
def test_what_is_read_as_nothing_though_something_is_typed_is_named(typed, sentence):
    assert no_figure(typed) == sentence


@pytest.mark.parametrize(
    ("unit", "sign"),
    [("% of beds", "%"), ("%", "%"), ("£", "£"), ("£ million", "£"), ("people", ""), ("", "")],
)
def test_a_unit_allows_its_own_sign(unit, sign):
    assert sign_of(unit) == sign


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "about 80",
            "Enter a number alone, such as 80: “about 80” also says that it is not exact.",
        ),
        (
            "about £1,200.55",
            "Enter a number alone, such as 1,200.55: "
            "“about £1,200.55” also says that it is not exact.",
        ),
        ("over 80", "Enter a number: “over 80” says only what it is more or less than: ask first."),
        ("80 to 85", "Enter a number: “80 to 85” is two numbers: ask first."),
        (
            "about 1.23456",
            "Enter a number: “about 1.23456” also says that it is not exact: ask first.",
        ),
    ],
)
def test_words_beside_a_number_are_named_with_the_number_to_type(typed, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read_number(typed, 4, advice="ask first")


def test_a_number_that_the_box_does_not_take_either_is_not_offered():
    with pytest.raises(ValueError, match=r"^Enter a number: “about 1\.25” also says"):
        read_number("about 1.25", 1)


def test_without_advice_the_sentence_about_words_beside_a_number_ends_there():
    with pytest.raises(ValueError, match=r"“over 80” says only what it is more or less than.$"):
        read_number("over 80")


@pytest.mark.parametrize(("typed", "number"), [("-1.23456", "-1.23456"), ("0.00005k", "0.05")])
def test_a_number_that_is_too_fine_is_given_as_it_was_read(typed, number):
    with pytest.raises(TooFine) as refused:
        read_number(typed, 1)
    assert refused.value.number == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("20.000", "Enter 20,000 or 20.00: “20.000” can be either."),
        (" 20,00 ", "Enter 20,000 or 20.00: “20,00” can be either."),
        ("1.250", "Enter 1,250 or 1.25: “1.250” can be either."),
    ],
)
def test_thousands_or_pence_are_asked_with_both_amounts(typed, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        refuse_thousands_or_pence(typed)


@pytest.mark.parametrize("typed", [None, "", "20", "20.00", "20,000", "1.255", "20.0000", "-"])
def test_what_can_be_one_amount_only_is_not_asked_about(typed):
    assert refuse_thousands_or_pence(typed) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "1.185",
            "“1.185” has parts of a penny. For £1.185 million enter 1.185m; for pounds and pence "
            "enter 1.19.",
        ),
        (
            "-2.3450",
            "“-2.345” has parts of a penny. For -£2.345 million enter -2.345m; for pounds and "
            "pence enter -2.35.",
        ),
        (
            "0.455",
            "“0.455” has parts of a penny. For £0.455 million enter 0.455m; for pounds and pence "
            "enter 0.46.",
        ),
        ("12345.678", "Enter a number with at most 2 decimal places, such as 12345.68."),
    ],
)
def test_few_pounds_with_parts_of_a_penny_may_be_millions(typed, sentence):
    with pytest.raises(TooFine) as refused:
        read_number(typed, 2)
    assert pounds_or_millions(refused.value, 2) == sentence
