"""The helpers that know no model: periods, money, figures, colours, cells."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.colours import contrast, validate_accent_colour
from bcfportal.lib.figures import figure, plain
from bcfportal.lib.money import (
    exact,
    million_pounds,
    millions,
    per_cent,
    pounds,
    short_pounds,
    short_unit,
)
from bcfportal.lib.periods import Period, financial_year_of
from bcfportal.lib.spreadsheets.files import csv_chunks, safe_cell
from bcfportal.lib.sums import Sum, sum_complete, sum_present

periods = st.one_of(
    st.builds(Period, st.integers(2000, 2098)),
    st.builds(Period, st.integers(2000, 2098), quarter=st.integers(1, 4)),
    st.builds(Period, st.integers(2000, 2098), month=st.integers(1, 12)),
)


@pytest.mark.parametrize(
    ("key", "label", "first", "last"),
    [
        ("2017-18", "2017/18", date(2017, 4, 1), date(2018, 3, 31)),
        ("2017-18-q3", "Quarter 3 2017/18", date(2017, 10, 1), date(2017, 12, 31)),
        ("2017-18-q4", "Quarter 4 2017/18", date(2018, 1, 1), date(2018, 3, 31)),
        ("2017-18-m01", "April 2017", date(2017, 4, 1), date(2017, 4, 30)),
        ("2017-18-m09", "December 2017", date(2017, 12, 1), date(2017, 12, 31)),
        ("2019-20-m11", "February 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("1999-00", "1999/00", date(1999, 4, 1), date(2000, 3, 31)),
    ],
)
def test_a_period_knows_its_words_and_days(key, label, first, last):
    period = Period.parse(key)
    assert (period.label, period.first_day, period.last_day) == (label, first, last)


@pytest.mark.parametrize(
    "key", ["", "2017", "2017-19", "2017-18-q5", "2017-18-q0", "2017-18-m13", "2017-18-m00", "x"]
)
def test_what_is_no_period_is_refused_in_words(key):
    with pytest.raises(ValueError, match=r"^A (period|month|quarter) is"):
        Period.parse(key)


@given(periods)
def test_a_period_comes_back_from_its_key(period):
    assert Period.parse(period.key) == period
    assert financial_year_of(period.first_day) == period.start_year
    assert financial_year_of(period.last_day) == period.start_year


def test_periods_sort_by_when_they_end():
    keys = ["2017-18", "2017-18-q3", "2016-17", "2017-18-m09", "2017-18-q4"]
    ordered = [period.key for period in sorted(map(Period.parse, keys))]
    assert ordered == ["2016-17", "2017-18-m09", "2017-18-q3", "2017-18-q4", "2017-18"]


@pytest.mark.parametrize(
    ("amount", "words", "short"),
    [
        ("0", "£0", "£0"),
        ("-0.4", "£0", "£0"),
        ("0.5", "£1", "£1"),
        ("1000", "£1,000", "£1K"),
        ("999.5", "£1,000", "£1K"),
        ("236500", "£236,500", "£237K"),
        ("999499", "£999,499", "£999K"),
        ("999500", "£999,500", "£1M"),
        ("999950", "£999,950", "£1M"),
        ("1035000", "£1,035,000", "£1M"),
        ("1919795", "£1,919,795", "£1.9M"),
        ("-500", "(£500)", "(£500)"),
        ("-1950000", "(£1,950,000)", "(£2M)"),
    ],
)
def test_money_in_words(amount, words, short):
    assert pounds(Decimal(amount)) == words
    assert short_pounds(Decimal(amount)) == short
    assert short_pounds(Decimal(amount), "lower") == short.replace("K", "k").replace("M", "m")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("144798", "£144,798"),
        ("5.2", "£5.20"),
        ("0.5", "£0.50"),
        ("-1500.25", "(£1,500.25)"),
        ("-500", "(£500)"),
    ],
)
def test_money_with_its_pence(amount, words):
    assert exact(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "number", "words"),
    [
        ("4399000", "4.399", "£4.399m"),
        ("-471000", "(0.471)", "(£0.471m)"),
        ("0", "0.000", "£0.000m"),
        ("0.5", "0.000", "£0.000m"),
        ("-400", "0.000", "(£0.000m)"),
        ("1234500500", "1,234.501", "£1,234.501m"),
        ("-1234500500", "(1,234.501)", "(£1,234.501m)"),
    ],
)
def test_money_in_millions(amount, number, words):
    assert millions(Decimal(amount)) == number
    assert million_pounds(Decimal(amount)) == words


def test_money_in_millions_has_the_decimals_that_are_asked_for():
    assert millions(Decimal(4_350_000), 1) == "4.4"
    assert millions(Decimal(-4_250_000), 1) == "(4.3)"


@pytest.mark.parametrize(
    ("most", "style", "unit"),
    [
        ("1000000", "upper", (1_000_000, "M")),
        ("999999", "upper", (1000, "K")),
        ("10000", "lower", (1000, "k")),
        ("9999", "lower", (1, "")),
        ("2000000", "lower", (1_000_000, "m")),
    ],
)
def test_an_axis_of_money_has_the_unit_that_its_longest_bar_needs(most, style, unit):
    assert short_unit(Decimal(most), style) == unit


def test_an_axis_of_money_is_in_capitals_unless_the_council_writes_otherwise():
    assert short_unit(Decimal(10_000)) == (1000, "K")


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        ("8.354", 1, "8.4%"),
        ("4.25", 1, "4.3%"),
        ("-4.25", 1, "(4.3%)"),
        ("0", 1, "0.0%"),
        ("-0.04", 1, "0.0%"),
        ("1234.5", 0, "1,235%"),
        ("-1234.5", 0, "(1,235%)"),
    ],
)
def test_a_per_cent_with_its_sign(value, places, words):
    assert per_cent(Decimal(value), places) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [("5.0000", "5"), ("0.50", "0.5"), ("50", "50"), ("500.00", "500"), ("0", "0")],
)
def test_a_plain_number_has_no_zeros_that_say_nothing(number, words):
    assert str(plain(Decimal(number))) == words
    assert plain(None) is None


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        ("96", "%", 0, "96%"),
        ("7.5", "%", 0, "7.5%"),
        ("85", "£", 0, "£85"),
        ("1740", "", 0, "1,740"),
        ("245", "people", 0, "245 people"),
        ("1", "people", 0, "1 person"),
        ("0.7", "", 1, "0.7"),
        ("5.0000", "days", 1, "5.0 days"),
        ("-3", "%", 0, "−3%"),
        ("198", "% utilisation", 0, "198% utilisation"),
    ],
)
def test_a_figure_with_its_unit(value, unit, decimals, words):
    assert figure(Decimal(value), unit, decimals) == words


def test_a_figure_of_no_unit_is_the_number_alone():
    assert figure(Decimal(1740)) == "1,740"


def test_no_figure_is_not_zero():
    assert figure(None, "%") == ""


@pytest.mark.parametrize(
    ("figures", "there", "whole"),
    [
        ([], Sum(None, 0, 0), None),
        ([None, None], Sum(None, 0, 2), None),
        ([Decimal("5.10"), None, Decimal(7)], Sum(Decimal("12.10"), 2, 1), None),
        ([Decimal(0), Decimal(0)], Sum(Decimal(0), 2, 0), Decimal(0)),
        ([Decimal(3), Decimal(-3)], Sum(Decimal(0), 2, 0), Decimal(0)),
    ],
)
def test_a_sum_says_what_is_missing_and_a_whole_is_known_only_with_all_its_parts(
    figures, there, whole
):
    assert (sum_present(iter(figures)), sum_complete(iter(figures))) == (there, whole)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["", "green", "#12345", "#ffffff", "#7f7f7f", "#12345g"])
def test_an_accent_that_white_cannot_stand_on_is_refused(colour):
    with pytest.raises(ValidationError):
        validate_accent_colour(colour)


FORMULAS = [
    *(
        "=1+1",
        "+44",
        "-x",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        " =1+1",
        "\u00a0=1+1",
        "\n=1+1",
        " \t-x",
    ),
    *("\uff1d1+1", "\uff0b44", "\uff0dx", "\uff20SUM(A1)", " \uff1d1", "\u3000=1", "'=1", "' =1"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_in_a_download_acts_as_a_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "x=1", "5-3", " plain", "'s-Gravenhage", "\u2212 5", "a\n=1"])
def test_a_text_that_no_spreadsheet_runs_is_left_as_it_is(text):
    assert safe_cell(text) == text


def test_figures_in_a_download_are_exact():
    assert safe_cell(Decimal("-1234.50")) == "-1234.50"
    assert safe_cell(Decimal("1E+3")) == "1000"
    assert safe_cell(None) == ""
    assert next(csv_chunks(["a"], [])) == "\ufeff"
