"""Words beside figures and days: read where they can mean one thing, never dropped silently."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from bcfportal.lib.forms import DayField, DayInOneBox, NumberField
from bcfportal.lib.text.typed_dates import read_day, read_financial_year
from bcfportal.lib.text.typed_numbers import CHOOSE_WHY, read_number, read_typed
from finance.ledger.cells import read_amount

LAST = date(2018, 3, 31)


def sentence(read, *typed):
    with pytest.raises((ValueError, ValidationError)) as refused:
        read(*typed)
    return str(refused.value)


def read_measure(typed):
    return read_number(typed, advice=CHOOSE_WHY)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("½", "0.5"), ("2½", "2.5"), ("2 ½", "2.5"), ("-2½", "-2.5"), ("2½%", "2.5")),
        *(("2 1/2", "2.5"), ("12 3/4", "12.75"), ("£2½m", "2500000"), ("(2¼)", "-2.25")),
        *(("80pc", "80"), ("80 p.c.", "80"), ("80%.", "80"), ("12k.", "12000")),
        *(("£1.2mil", "1200000"), ("1.2 mill", "1200000"), ("5 thou", "5000")),
    ],
)
def test_what_can_be_one_number_is_read(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1½/2", "1.5½", "1,2½", "½½", "22/7", "2 1/25", "2 5/4", "1/2"])
def test_a_fraction_that_can_be_something_else_is_refused(typed):
    assert "Enter " in sentence(read_number, typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("c. 80%", "c80", "ca. 80", "circa 80", "approx. 80", "about 80%", "around 80", "~80"),
        *("≈ 80", "80ish", "80 (est)", "80 est.", "80 (p)", "80% (provisional)", "Roughly 80"),
    ],
)
def test_a_figure_that_is_not_exact_is_refused_with_the_number_to_type(typed):
    said = sentence(read_number, typed)
    assert said == (f"Enter a number alone, such as 80: “{typed}” also says that it is not exact.")
    assert read_number("80") == 80


def test_the_number_to_type_is_one_that_the_box_takes():
    assert "such as 1.2m:" in sentence(read_typed, "c. £1.2m")
    assert "such as" not in sentence(read_number, "c. 12.34567")
    whole = NumberField(label="People", places=0)
    said = sentence(whole.clean, "c. 12.5")
    assert "not exact" in said
    assert "such as" not in said


@pytest.mark.parametrize(
    "typed", ["over 80", ">80", "80+", "up to 80%", "at least 80", "80 or more"]
)
def test_a_limit_is_refused_without_a_number_to_type(typed):
    said = sentence(read_number, typed)
    assert said == f"Enter a number: “{typed}” says only what it is more or less than."


@pytest.mark.parametrize("typed", ["80-85", "80 to 85%", "12 out of 20", "12/20", "£5k–£6k"])
def test_two_numbers_are_refused_as_two(typed):
    assert sentence(read_number, typed) == f"Enter a number: “{typed}” is two numbers."


def test_where_there_is_a_reason_to_choose_a_limit_leads_to_it():
    with pytest.raises(ValueError, match="if there is no figure, choose why"):
        read_number("over 80", advice=CHOOSE_WHY)
    assert sentence(read_measure, "c. 80") == (
        "Enter a number alone, such as 80: “c. 80” also says that it is not exact."
    )


@pytest.mark.parametrize("typed", ["80 per cent", "80pc", "1.2 million", "12 thou", "12k", "80%"])
def test_a_ledger_takes_pounds_and_neither_shares_nor_shortened_amounts(typed):
    assert "is not an amount" in sentence(read_amount, typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("by 31 March 2018", "on 31/3/18", "31March2018", "31stMarch2018", "31mar18"),
        *("end of March 2018", "end March 2018", "End Mar 18", "by the end of March 2018"),
        *("end of the month March 2018", "March-end 2018", "last day of March 2018"),
        *("end of 2017/18", "year end 2017/18", "end of Q4 2017/18", "end of quarter 4, 2017-18"),
        *("end of the financial year 2017/18", "by end FY 2017-2018"),
    ],
)
def test_what_can_be_one_day_is_read(typed):
    assert read_day(typed) == LAST


def test_the_end_of_a_quarter_is_that_of_the_financial_year():
    assert read_day("end of Q3 2017/18") == date(2017, 12, 31)
    assert read_day("end of Feb 2016") == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("typed", "example", "why"),
    [
        ("mid-March 2018", "15/3/2018", "is several"),
        ("Mid March 2018", "15/3/2018", "is several"),
        ("early March 2018", "1/3/2018", "is several"),
        ("start of March 2018", "1/3/2018", "is several"),
        ("late March 2018", "31/3/2018", "is several"),
        ("w/c 5 March 2018", "5/3/2018", "is a week"),
        ("week commencing 5/3/18", "5/3/2018", "is a week"),
        ("Mar-18", "31/3/2018", "may be a whole month"),
        ("03/2018", "31/3/2018", "is a whole month"),
        ("2018-03", "31/3/2018", "is a whole month"),
    ],
)
def test_a_time_of_several_days_is_refused_with_a_day_of_it(typed, example, why):
    said = sentence(read_day, typed)
    assert f"“{typed}” {why}" in said
    assert example in said
    assert read_day(example)


@pytest.mark.parametrize(
    "typed", ["end of 2018", "end of March", "end of month", "end of Q3", "Q4 2017/18", "ongoing"]
)
def test_an_end_that_does_not_say_its_year_or_month_is_refused(typed):
    assert "Enter " in sentence(read_day, typed)


def test_boxes_for_a_day_read_the_end_of_a_month():
    assert DayInOneBox(label="Due").clean("end of March 2018") == LAST
    assert DayField(label="Due").clean(["end of", "March", "2018"]) == LAST


@pytest.mark.parametrize("typed", ["2017/18 FY", "year 2017/18", "2017_18", "2017\\18", "2017.18"])
def test_a_financial_year_is_read_whatever_stands_between(typed):
    assert read_financial_year(typed) == 2017


def test_a_financial_year_of_two_digits_alone_is_asked():
    said = sentence(read_financial_year, "FY18")
    assert said == "Enter both years: 2018 is in 2017/18 and in 2018/19."
