"""What is typed in one row of measures: figures worked out, compared, and refused in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.entry.validation import BOXES, check_row
from outcomes.models import Measure

counts = st.integers(0, 10**6)


def check(unit="%", decimals=0, **boxes):
    return check_row(dict.fromkeys(BOXES, "") | boxes, unit, decimals)


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "decimals", "value"),
    [
        ("1,793", "2,000", "%", 0, "89.7"),
        ("5", "7", "%", 2, "71.429"),
        ("5", "7", "%", 4, "71.4286"),
        ("1", "2", "%", 0, "50"),
        ("0", "7", "%", 0, "0"),
        ("198", "100", "% utilisation", 0, "198"),
        ("£1,000", "3", "£", 0, "333.3"),
        ("-9", "2", "points", 0, "-4.5"),
    ],
)
def test_a_value_is_worked_out_with_a_decimal_more(numerator, denominator, unit, decimals, value):
    row = check(unit, decimals, numerator=numerator, denominator=denominator)
    assert (row.value, row.is_worked_out, row.errors) == (Decimal(value), True, {})
    assert not row.missing


@pytest.mark.parametrize("value", ["71", "71.4", "71.43", "71.4286"])
def test_a_value_that_is_its_parts_rounded_is_right(value):
    row = check(value=value, numerator="5", denominator="7")
    assert (row.value, row.is_worked_out, row.errors) == (Decimal(value), False, {})


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        ("72", 0, "72% is not 5 of 7, which is 71.4%. "),
        ("71", 1, "71.0% is not 5 of 7, which is 71.43%. "),
        ("71.5", 0, "71.5% is not 5 of 7, which is 71.43%. "),
        ("0.71", 0, "0.71% is not 5 of 7, which is 71.429%. "),
    ],
)
def test_a_value_that_is_not_its_parts_is_told_with_both_figures(value, decimals, said):
    row = check(decimals=decimals, value=value, numerator="5", denominator="7")
    assert row.errors == {"value": f"{said}Correct one of the three, or leave the value blank."}
    assert row.value is None


@given(counts, counts, st.integers(0, 4))
def test_a_value_that_was_worked_out_agrees_with_its_parts(one, other, decimals):
    low, high = sorted((one, other + 1))
    parts = {"numerator": str(low), "denominator": str(high or 1)}
    row = check(decimals=decimals, **parts)
    again = check(decimals=decimals, value=f"{row.value:f}", **parts)
    assert (again.errors, again.value) == ({}, row.value)


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        ({"value": "N/A"}, {"value": "“N/A” is not one: if there is no figure, choose why."}),
        ({"numerator": "5", "denominator": "0"}, {"denominator": "of more than 0"}),
        ({"value": "5", "denominator": "-2"}, {"denominator": "of more than 0"}),
        ({"value": "-5%"}, {"value": "Enter a percentage of 0 or more."}),
        ({"numerator": "-5", "denominator": "10"}, {"numerator": "of 0 or more"}),
        ({"numerator": "11", "denominator": "10"}, {"numerator": "11 of 10 is more than 100%"}),
        ({"numerator": "5"}, {"denominator": "Enter the denominator too, or the value itself."}),
        ({"denominator": "5"}, {"numerator": "Enter the numerator too, or the value itself."}),
        ({"value": "5", "none": "nil return"}, {"none": "not both"}),
        ({"value": "x", "none": "nil return"}, {"value": "not one", "none": "not both"}),
        ({"denominator": "0", "none": "not due"}, {"none": "not both"}),
        ({"none": "reported"}, {"none": "Choose one of the reasons"}),
        ({"none": "illegible in the source"}, {"none": "Choose one of the reasons"}),
        ({"value": "5", "expected": "May"}, {"expected": "only for a figure"}),
    ],
)
def test_what_is_wrong_is_told_in_words_at_its_box(boxes, wrong):
    row = check(**boxes)
    assert row.errors.keys() == wrong.keys()
    assert all(words in row.errors[what] for what, words in wrong.items())
    assert row.value is None
    assert not row.missing


def test_a_value_too_large_to_keep_is_refused():
    row = check("", numerator="999999999999", denominator="0.0001")
    assert row.errors == {"denominator": "Check the denominator: the value would be too large."}


@pytest.mark.parametrize(
    "boxes", [{"value": "149"}, {"value": "-0"}, {"value": "5", "numerator": "7"}]
)
def test_what_cannot_be_judged_is_no_error(boxes):
    assert check(**boxes).errors == {}


@pytest.mark.parametrize("none", ["nil return", "not yet available", "not due"])
def test_a_reason_stands_for_a_figure(none):
    row = check(none=none, value="-")
    assert (row.missing, row.errors, row.value) == (False, {}, None)


@pytest.mark.parametrize("boxes", [{}, {"value": "-"}, {"comment": "Words."}])
def test_nothing_or_a_dash_or_a_comment_alone_is_missing(boxes):
    row = check(**boxes)
    assert (row.missing, row.errors) == (True, {})


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("n/a", "not yet available"),
        ("Nil", "nil return"),
        ("tbc", "not due"),
        ("*", "held back: small number"),
    ],
)
def test_words_that_say_what_the_chosen_reason_says_are_no_error(typed, reason):
    """C8: "n/a" and a reason were two errors."""
    assert not check(value=typed, none=reason).errors
    assert check(value="5", none=reason).errors
    assert check(value=typed).errors


@pytest.mark.parametrize(
    ("typed", "unit", "name", "value"),
    [
        ("371 people", "", "People seen", "371"),
        ("9.5 days", "days", "Working days from asking to fitting", "9.5"),
        ("1,240 visits", "visits", "Home visits", "1240"),
        ("1,240 visits", "", "Home visits", "1240"),
        ("81.3 per cent", "%", "Seen in time", "81.3"),
    ],
)
def test_the_unit_of_the_measure_may_stand_behind_its_figure(typed, unit, name, value):
    row = check_row(dict.fromkeys(BOXES, "") | {"value": typed}, unit, 1, Measure(text=name))
    assert (row.value, row.errors) == (Decimal(value), {})


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("371 or so", ""), ("9.5 weeks", "days"), ("371 people", "%"), ("371 apples", "")],
)
def test_any_other_words_behind_a_figure_are_refused(typed, unit):
    measure = Measure(text="Working days from asking to fitting")
    row = check_row(dict.fromkeys(BOXES, "") | {"value": typed}, unit, 1, measure)
    assert row.value is None
    assert row.errors["value"]
