"""The day that a published report is as at stays as it is, and so does what it says of change."""

from datetime import date, timedelta

import pytest

from publishing.workflow import NotNow
from returns.actions import save_section
from returns.periods import change_dates, open_period
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.quarter import FULL
from tests.text import words_of
from tests.westshire.project_pages import Q2, period

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"
DATES = ("as_at", "opens", "due", "closes")


def published(quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    quarter.period.refresh_from_db()


def next_quarter(quarter):
    dates = {name: date(2019, 2, 1) for name in DATES}
    quarter.period = open_period(
        council=quarter.council,
        key="2018-19-q3",
        title="Report",
        by=quarter.people[OFFICER],
        **dates,
    )


def test_the_day_of_a_published_report_does_not_change(quarter):
    published(quarter)
    dates = {name: getattr(quarter.period, name) for name in DATES}
    moved = dates | {"as_at": dates["as_at"] + timedelta(days=1)}
    with pytest.raises(NotNow, match="The report is published as at 31 October 2018"):
        change_dates(quarter.period, **moved, reason="A slip.", by=quarter.people[OFFICER])


def test_the_form_says_that_the_day_of_a_published_report_stays(westshire, client):
    client.force_login(westshire.memberships.filter(role=OFFICER).first().user)
    address = f"/westshire/periods/{Q2}/"
    sent = {"action": "dates", "reason": "A slip."}
    for name in DATES:
        day = getattr(period(westshire, Q2), name)
        if day is not None:
            day = day - timedelta(days=name == "as_at")
            sent |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    before = period(westshire, Q2).as_at
    answer = client.post(address, sent)
    assert answer.status_code in (200, 409)
    assert period(westshire, Q2).as_at == before


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"spend_forecast": "1,020"}, "Forecast for the whole year"),
        ({"variance_reason": "One post is not filled."}, "Why the forecast differs"),
    ],
)
def test_nothing_has_changed_cannot_be_said_of_another_forecast_or_its_reason(
    client, quarter, typed, named
):
    published(quarter)
    next_quarter(quarter)
    quarter.sign_in(client, "commissioner")
    client.post(quarter.address("carry"))
    save_section(
        quarter.report.pk, "spend", FULL["spend"] | typed, version=0, **quarter.by("commissioner")
    )
    answer = client.post(quarter.address("submit"), {"declared": "1", "unchanged": "1"})
    assert f"but the spend to date is as it was. These are not: {named}" in words_of(
        answer.content.decode()
    )
    assert quarter.report.status == "draft"


def test_a_spend_to_date_that_grew_is_no_change_and_the_page_says_so(client, quarter):
    published(quarter)
    next_quarter(quarter)
    quarter.sign_in(client, "commissioner")
    client.post(quarter.address("carry"))
    spend = FULL["spend"] | {"spend_to_date": "750"}
    save_section(quarter.report.pk, "spend", spend, version=0, **quarter.by("commissioner"))
    client.post(quarter.address("submit"), {"declared": "1", "unchanged": "1"})
    assert quarter.report.status == "submitted"
    published_again = quarter.report.pk
    RETURNS.transition("approve", published_again, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    client.logout()
    words = words_of(client.get("/testshire/projects/project/?period=2018-19-q3").content.decode())
    assert "Nothing but the spend to date has changed since last time." in words
