"""What returns say of the year's money, by grant condition, project and fund."""

import pytest
from django.urls import reverse

from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.text import read

pytestmark = pytest.mark.django_db


def test_spend_and_forecast_stand_by_condition_and_fund_once_they_are_reported(quarter, client):
    address = reverse("reporting:finance", args=["testshire"])
    assert "Spend and forecast" not in read(client, address)
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    publish_period(quarter.period, **quarter.by("performance officer"))
    words = read(client, address)
    assert "Spend and forecast, 2018/19" in words
    assert "Project 1,000 500 1,000 what was allocated" in words
    assert "Purpose 1 1,000 500 1,000" in words
    assert "Fund 1,000 500 1,000" in words


def test_a_forecast_over_the_allocation_says_by_how_much(quarter, client):
    quarter.fill(
        spend={"spend_to_date": "500", "spend_forecast": "1,200", "variance_reason": "More."}
    )
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    publish_period(quarter.period, **quarter.by("performance officer"))
    words = read(client, reverse("reporting:finance", args=["testshire"]))
    assert "All that reported 1,000 500 1,200 £200 over the allocation (20%)" in words
