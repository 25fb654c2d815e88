"""A correction is told once, as it went, and with its own reason."""

from datetime import timedelta

import pytest

from bcfportal.lib import clock
from publishing.models import Return
from publishing.period_versions.published import read
from publishing.workflow import follow
from returns.periods import reopen_period
from returns.publication import publish, take_snapshots
from returns.review import approve, publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, person
from tests.westshire.test_versions import standing, withdrawn

FALLS, OTHER = "falls-prevention", "reablement"


@pytest.fixture(autouse=True)
def opened(westshire):
    """Quarter 2 is open again for corrections."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


class Days:
    """Each step is a day later than the one before."""

    def __init__(self):
        self.passed = 0

    def next(self):
        self.passed += 1
        return clock.stopped_at(clock.now() + timedelta(days=self.passed))


def reopened(westshire, slug, why, key=Q2):
    found = report(westshire, slug, key)
    follow("reopen", found.pk, words=why, **by("performance", westshire))
    return found


def published(westshire, slug, key=Q2, **values):
    """Submitted with these values, approved by another person, published."""
    found = report(westshire, slug, key)
    Return.objects.filter(pk=found.pk).update(status="submitted", **values)
    approve(found.pk, **by("performance-lead", westshire))
    publish_period(period(westshire, key), **by("performance", westshire))


def said_of(westshire, slug, key=Q2):
    return [each for each in read(standing(westshire, key)).corrections if each.slug == slug]


def test_each_of_two_reports_that_were_reopened_together_keeps_its_reason(westshire, client):
    days = Days()
    with days.next():
        for slug in (FALLS, OTHER):
            reopened(westshire, slug, f"Reason of {slug}.")
    for slug in (FALLS, OTHER):
        with days.next():
            published(westshire, slug, cause="Two rotas were merged.")
        assert {each.why for each in said_of(westshire, slug)} == {f"Reason of {slug}."}
    assert f"Reason of {OTHER}." in page(client, f"projects/{OTHER}/?period={Q2}")


def test_what_is_published_again_after_a_withdrawal_keeps_its_reason(westshire):
    days = Days()
    with days.next():
        reopened(westshire, FALLS, "A figure was typed wrongly.")
        published(westshire, FALLS, cause="Two rotas were merged.")
    with days.next():
        withdrawn(westshire, Q2)
    with days.next():
        publish_period(period(westshire, Q2), **by("performance", westshire))
    assert {each.why for each in said_of(westshire, FALLS)} == {"A figure was typed wrongly."}


def changed(westshire, value):
    """The first figure of quarter 2 is another in the records, published nowhere yet."""
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    result = results.get(period=Q2)
    type(result).objects.filter(pk=result.pk).update(value=value, numerator=None, denominator=None)


def notes(client, key):
    rows = download(client, "results", key)
    return next(r for r in rows if (r["project"], r["period"]) == (FALLS, Q2))["corrected"]


def test_a_later_report_that_knew_better_is_not_put_right_by_the_earlier_one(part, client):
    """The later one is published first; the earlier one says the same when it follows."""
    days = Days()
    with days.next():
        reopened(part, FALLS, "Typed wrongly.")
        reopened(part, FALLS, "Typed wrongly.", Q3)
        changed(part, 700)
    with days.next():
        published(part, FALLS, Q3, spend_forecast=790_000)
        first = notes(client, Q3)
    with days.next():
        published(part, FALLS)
    for said in (first, notes(client, Q3), notes(client, Q2)):
        assert said.count("it was") == 1, said
        assert "700" in said.split("it was")[0]
        assert "728" in said.split("it was")[1]


def test_a_figure_that_stands_again_after_a_withdrawal_is_said_by_the_later_report(part, client):
    days = Days()
    with days.next():
        changed(part, 700)
        reopened(part, FALLS, "Typed wrongly.")
        published(part, FALLS)
    with days.next():
        publish(take_snapshots(Return.objects.filter(pk=report(part, FALLS).pk)))
        assert notes(client, Q3).count("it was") == 1
    with days.next():
        withdrawn(part, Q2)
    (said,) = [each for each in said_of(part, FALLS, Q3) if each.is_figure]
    assert "728" in said.after
