"""How the year-end forecast of a project moved from period to period."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from programme.forecasts import forecasts_of
from programme.programme import programme_for
from returns.actions import save_section, submit
from returns.periods import open_period
from returns.review import approve, publish_period

pytestmark = pytest.mark.django_db


def report_and_publish(quarter, key, **spend):
    period = quarter.council.periods.get(key=key)
    report = period.returns.get(project=quarter.project)
    typed = {
        "spend": {"spend_to_date": "500", **spend},
        "performance": {"performance": "Going well.", "summary_performance": "Well."},
        "rating": {"rating": "green", "rating_text": "Fine.", "forecast_rating": "green"},
    }
    for name, values in typed.items():
        version = report.sections.get(name=name).version
        save_section(report.pk, name, values, version=version, **quarter.by("commissioner"))
    submit(report.pk, **quarter.by("commissioner"))
    approve(report.pk, **quarter.by("performance officer"))
    publish_period(period, **quarter.by("performance officer"))


def open_next(quarter, key, as_at):
    open_period(
        council=quarter.council,
        key=key,
        as_at=as_at,
        opens=as_at,
        due=as_at,
        closes=as_at,
        title="Report",
        by=quarter.people["performance officer"],
    )


@pytest.fixture
def three_quarters(quarter):
    """Two quarters of one year and one of the next, each with a forecast."""
    report_and_publish(quarter, "2018-19-q2", spend_forecast="1,000")
    open_next(quarter, "2018-19-q3", date(2019, 1, 31))
    report_and_publish(
        quarter, "2018-19-q3", spend_forecast="1,200", variance_reason="More people."
    )
    open_next(quarter, "2019-20-q1", date(2019, 7, 31))
    report_and_publish(quarter, "2019-20-q1", spend_forecast="900")
    return quarter


def rows(quarter, period="", user=None):
    programme = programme_for(user or AnonymousUser(), "testshire", period)
    return [
        (row.period_key, row.year, row.forecast, row.moved)
        for row in forecasts_of(programme, "project")
    ]


def test_each_forecast_stays_with_the_period_that_it_was_made_in(three_quarters):
    assert rows(three_quarters) == [
        ("2019-20-q1", 2019, 900, None),
        ("2018-19-q3", 2018, 1200, 200),
        ("2018-19-q2", 2018, 1000, None),
    ]


def test_an_earlier_period_knows_nothing_of_a_later_one(three_quarters):
    assert rows(three_quarters, "2018-19-q2") == [("2018-19-q2", 2018, 1000, None)]


def test_the_page_says_how_it_moved_and_why(client, three_quarters):
    page = client.get("/testshire/projects/project/").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "How the forecast moved" in text
    assert "Quarter 3 2018/19 2018/19 £500 £1,200 £200 up £200 over the allocation" in text
    assert "More people." in text


def test_a_project_that_never_forecast_has_no_such_section(client):
    page = client.get("/nottinghamshire/projects/connect/").content.decode()
    assert "How the forecast moved" not in page


def test_the_page_takes_as_many_queries_however_many_periods(
    client, three_quarters, django_assert_num_queries
):
    client.get("/testshire/projects/project/")
    with django_assert_num_queries(6):
        client.get("/testshire/projects/project/")
