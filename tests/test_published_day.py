"""The day that a published report is as at stays as it is, and so does what it says of change."""

from datetime import date, timedelta

import pytest

from projects.models import Project
from publishing.workflow import NotNow
from returns.actions import save_section
from returns.periods import change_dates, open_period
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.quarter import FULL
from tests.text import printed_in, squeezed, words_of
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page

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


@pytest.fixture
def counted(quarter):
    """The quarter with a measure of the project, which is counted once a year."""
    quarter.project.measures.create(
        position=1, text="Jobs done", unit="jobs", direction="bigger is better", frequency="year"
    )
    return quarter


def sent_as_unchanged(client, quarter):
    """The next quarter's return, filled from last time and sent as one in which nothing changed."""
    quarter.sign_in(client, "commissioner")
    client.post(quarter.address("carry"))
    spend = FULL["spend"] | {"spend_to_date": "750"}
    save_section(quarter.report.pk, "spend", spend, version=0, **quarter.by("commissioner"))
    return client.post(quarter.address("submit"), {"declared": "1", "unchanged": "1"})


def renamed(quarter):
    Project.objects.filter(pk=quarter.project.pk).update(title="Another name")
    return "Title"


def served_otherwise(quarter):
    other = quarter.council.conditions.create(number=9, title="Support carers")
    Project.objects.filter(pk=quarter.project.pk).update(grant_condition=other)
    return quarter.council.purpose_word


def retargeted(quarter):
    measure = quarter.project.measures.get()
    measure.targets.create(period=quarter.period.key, status="set", value=201)
    return f"{measure.text}: target"


def counted_otherwise(quarter):
    measure = quarter.project.measures.get()
    quarter.project.measures.update(direction="smaller is better")
    return measure.text


CHANGES = [renamed, served_otherwise, retargeted, counted_otherwise]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_has_changed_cannot_be_said_of_a_page_that_says_something_else(
    client, counted, change
):
    published(counted)
    next_quarter(counted)
    named = change(counted)
    words = words_of(sent_as_unchanged(client, counted).content.decode())
    assert f"but the spend to date is as it was. These are not: {named}" in words
    assert counted.report.status == "draft"


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_after_nothing_was_said_to_is_pointed_out_and_the_page_says_it_no_more(
    client, counted, change
):
    published(counted)
    next_quarter(counted)
    sent_as_unchanged(client, counted)
    assert counted.report.status == "submitted"
    named = change(counted)
    counted.sign_in(client, OFFICER)
    review = words_of(client.get(counted.address("review")).content.decode())
    assert f"“Nothing has changed” is ticked, but {named} has changed." in review
    RETURNS.transition("approve", counted.report.pk, **counted.by(OFFICER))
    publish_period(counted.period, **counted.by(OFFICER))
    client.logout()
    shown = client.get("/testshire/projects/project/?period=2018-19-q3").content.decode()
    assert "Nothing but the spend to date" not in words_of(shown)


def test_the_paper_says_that_nothing_has_changed_as_the_page_does(westshire, client):
    found = report(westshire, "tablets-at-home")
    RETURNS.transition("approve", found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire), **by("performance", westshire))
    said = "Nothing but the spend to date has changed since last time."
    for slug, says in (("tablets-at-home", True), ("reablement", False)):
        assert (said in page(client, f"projects/{slug}/?period={Q3}")) is says
        paper = printed_in(client, f"/westshire/projects/{slug}.pdf?period={Q3}")
        assert (squeezed(said) in paper) is says
