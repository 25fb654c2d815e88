"""How the year-end forecast of a project moved from period to period."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Role
from programme.forecasts import forecasts_of
from programme.programme import programme_for
from projects.access import access_of
from projects.models import Membership
from publishing.models import Return
from publishing.period_versions.published import read, standing_version
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from returns.actions import save_section, submit
from returns.periods import open_period
from returns.publication import publish, take_snapshots
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.text import words_of

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
    RETURNS.transition("approve", report.pk, **quarter.by("performance officer"))
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
    with django_assert_num_queries(3):
        client.get("/testshire/projects/project/")


@pytest.fixture
def late(quarter):
    """Quarter 3 is public when the report of quarter 2 comes in: the page of quarter 3 before."""
    open_next(quarter, "2018-19-q3", date(2019, 1, 31))
    report_and_publish(quarter, "2018-19-q3", spend_forecast="900", variance_reason="Late.")
    before = rows(quarter, "2018-19-q3")
    report_and_publish(quarter, "2018-19-q2", spend_forecast="1,000")
    return quarter, before


def standing(quarter, key):
    return standing_version(quarter.council.periods.get(key=key))


def test_a_late_report_of_an_earlier_quarter_makes_a_version_of_the_later_one_that_says_so(late):
    quarter, before = late
    version = standing(quarter, "2018-19-q3")
    assert version.number == 2
    (said,) = read(version).corrections
    assert said.what == "Report of Quarter 2 2018/19"
    assert (said.before, said.after) == ("not published", "published, with a forecast of £1,000")
    assert before == [("2018-19-q3", 2018, 900, None)]
    assert rows(quarter, "2018-19-q3") == [
        ("2018-19-q3", 2018, 900, -100),
        ("2018-19-q2", 2018, 1000, None),
    ]


def test_the_version_that_stood_before_a_late_report_shows_the_forecasts_that_it_showed(
    client, late
):
    page = client.get("/testshire/projects/project/?period=2018-19-q3&version=1").text
    assert "Quarter 2 2018/19" not in words_of(page.split("How the forecast moved")[1])[:400]


def withdraw(quarter, key):
    second = User.objects.create(email="second@example.org", post="Second officer")
    Membership.objects.create(user=second, council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    officer = quarter.by("performance officer")
    asked = ask_to_withdraw(standing(quarter, key), reason="Wrong.", **officer)
    access = access_of(second, quarter.council)
    WITHDRAWALS.transition("confirm", asked.pk, by=second, access=access)


def test_a_withdrawn_report_of_an_earlier_quarter_leaves_the_forecasts_of_the_next_version(late):
    quarter, _ = late
    withdraw(quarter, "2018-19-q2")
    version = standing(quarter, "2018-19-q3")
    assert version.number == 3
    (said,) = read(version).corrections
    assert (said.what, said.before) == ("Report of Quarter 2 2018/19", "published")
    assert (said.after, said.why) == ("withdrawn", "Wrong.")
    assert rows(quarter, "2018-19-q3") == [("2018-19-q3", 2018, 900, None)]


def test_a_forecast_that_goes_back_with_a_withdrawal_is_said_by_the_later_version(late):
    quarter, _ = late
    found = quarter.report
    Return.objects.filter(pk=found.pk).update(spend_forecast=950)
    publish(take_snapshots(Return.objects.filter(pk=found.pk)))
    assert rows(quarter, "2018-19-q3")[1] == ("2018-19-q2", 2018, 950, None)
    withdraw(quarter, "2018-19-q2")
    assert rows(quarter, "2018-19-q3")[1] == ("2018-19-q2", 2018, 1000, None)
    (said,) = read(standing(quarter, "2018-19-q3")).corrections
    assert (said.what, said.after) == ("Forecast, Quarter 2 2018/19", "£1,000")
    assert "950" not in said.before
