"""What a withdrawal changes in later periods: said before it is asked, and on old versions."""

import re

import pytest

from publishing.models import PeriodVersion, Withdrawal
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import page, signed_in
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_old_versions import moved
from tests.westshire.test_versions import standing, withdrawn


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, GREY, spend_forecast=445_012)
    return westshire


@pytest.mark.parametrize("where", ["quarter", "version"])
def test_the_page_that_asks_to_withdraw_says_which_later_periods_get_a_new_version(
    part, client, where
):
    signed_in(client, "performance")
    numbers = set(PeriodVersion.objects.values_list("pk", flat=True))
    asks = f"quarter/{Q2}/publications/"
    if where == "version":
        asks = f"versions/{standing(part, Q2).fingerprint[:12]}/withdraw/"
    words = page(client, asks)
    assert "a new version too, which lists what it corrects: Quarter 3 2026/27." in words
    assert set(PeriodVersion.objects.values_list("pk", flat=True)) == numbers
    assert not Withdrawal.objects.exists()
    before = standing(part, Q3).number
    withdrawn(part, Q2)
    assert standing(part, Q3).number == before + 1


def test_it_says_nothing_of_later_periods_where_none_follows(part, client):
    signed_in(client, "performance")
    assert "new version too" not in page(client, f"quarter/{Q3}/publications/")


def test_an_old_version_that_shows_a_report_since_withdrawn_and_standing_again_says_one_forecast(
    part, client
):
    old = standing(part, Q3).number
    withdrawn(part, Q2)
    corrected(part, GREY, spend_forecast=445_012)
    asked = page(client, f"projects/{GREY}/?period={Q3}&version={old}")
    assert "£445,012" in asked.split("How the forecast moved")[0]
    assert re.search("Quarter 2.*?£445,012", moved(client, old))
