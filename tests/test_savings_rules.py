"""The rule that rates savings: the examples of docs/rules/savings.md, and what always holds."""

from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bcfportal.lib.ratings import COLOURS
from finance.savings.profiles import moved
from finance.savings.rules import expected, rate_saving, shortfall

sums = st.decimals(0, 99999999, places=2)
percents = st.decimals(0, 50, places=2)


def examples():
    rows = []
    for line in (settings.BASE_DIR / "docs/rules/savings.md").read_text().splitlines():
        if line.startswith("|") and "---" not in line:
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def number(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", examples(), ids=lambda row: row["Reason"])
def test_a_saving_is_rated_as_the_document_says(row):
    rated = rate_saving(
        number(row["Target"]),
        number(row["Brings"]),
        at_risk=row["At risk"] == "yes",
        green_within=Decimal(row["Green within"]),
        amber_from=Decimal(row["Amber from"]),
    )
    assert (rated.rating, rated.reason) == (row["Rating"], row["Reason"])


@pytest.mark.parametrize(
    ("achieved", "forecast", "over", "year_over", "brings"),
    [
        (900, 1000, None, True, 900),
        (900, 1000, None, False, 1000),
        (900, None, None, False, None),
        (None, None, 500, False, 2500),
        (None, 1000, None, True, 1000),
        (None, None, None, True, None),
    ],
)
def test_what_a_year_brings(achieved, forecast, over, year_over, brings):
    assert expected(2000, achieved, forecast, over, year_over=year_over) == brings


def test_a_shortfall_is_negative_where_the_target_is_passed():
    assert shortfall(Decimal(100), Decimal(130)) == -30
    assert shortfall(None, Decimal(1)) is shortfall(Decimal(1), None) is None


@given(sums.filter(bool), sums, sums, percents, percents)
def test_bringing_more_is_never_rated_worse(target, one, other, green_within, amber_from):
    low, high = sorted((one, other))

    def place(brings):
        rated = rate_saving(target, brings, green_within=green_within, amber_from=amber_from)
        return COLOURS.index(rated.rating)

    assert place(high) <= place(low)


@given(sums, sums)
def test_moving_money_between_years_keeps_the_sum(held, amount):
    profile = {2018: held, 2019: Decimal(5)}
    if amount > held:
        with pytest.raises(ValueError, match="More would be moved"):
            moved(profile, amount, 2018, 2020)
    else:
        after = moved(profile, amount, 2018, 2020)
        assert sum(after.values()) == sum(profile.values())
        assert after[2020] == amount


def test_a_saving_is_not_at_risk_unless_that_is_said():
    rated = rate_saving(Decimal(100), Decimal(100), green_within=Decimal(0), amber_from=Decimal(50))
    assert rated.rating == "green"
