"""A figure of another month has the reason for which that month was reopened."""

from datetime import timedelta

import pytest

from bcfportal.lib import clock
from demonstration.westshire import NOW
from outcomes.models import Month, Result
from publishing.models import Report, ReportingPeriod, Return, Snapshot
from returns.period_versions.published import read
from returns.publication import publish
from returns.transitions import RETURNS
from tests.westshire.measures import LAST, lines
from tests.westshire.project_pages import by
from tests.westshire.shown import page
from tests.westshire.test_versions import standing

OCTOBER, NOVEMBER = "2026-27-m07", "2026-27-m08"
BEDS = "ready-beds"


def later(minutes):
    return clock.stopped_at(NOW + timedelta(minutes=minutes))


def reason_of(report):
    return f"A figure of {report.pk} was typed wrongly."


def month(westshire, key):
    return Month.objects.select_related("period").get(period__council=westshire, period__key=key)


def reopen(westshire, reports, minutes=1):
    with later(minutes):
        for found in reports:
            ReportingPeriod.objects.filter(pk=found.period_id).update(status="open")
            RETURNS.transition(
                "reopen", found.pk, comment=reason_of(found), **by("performance", westshire)
            )


def approved(westshire, found, minutes):
    with later(minutes):
        Report.objects.filter(pk=found.pk).update(status="submitted")
        # Who keeps the measures writes the months.
        checks = "performance-lead" if isinstance(found, Return) else "performance"
        RETURNS.transition("approve", found.pk, **by(checks, westshire))


def published(found, minutes):
    with later(minutes):
        publish([Snapshot.objects.filter(report=found).latest("number")])


def why(westshire, key, slug=""):
    corrections = read(standing(westshire, key)).corrections
    return {each.why for each in corrections if not slug or each.slug == slug}


def changed(westshire, key, value):
    results = Result.objects.filter(measure__council=westshire, measure__slug=BEDS, segment=None)
    results.filter(period=key).update(value=value, numerator=None, denominator=None)


def test_a_figure_of_another_month_has_the_reason_given_for_that_month(westshire, client):
    """November is reopened together with December, which is published first and prints both."""
    november, december = month(westshire, NOVEMBER), month(westshire, LAST)
    reopen(westshire, [november, december])
    changed(westshire, NOVEMBER, 82)
    changed(westshire, LAST, 79)
    for found, minutes in ((december, 2), (november, 4)):
        approved(westshire, found, minutes)
    published(december, 6)
    told = {each.period: each.why for each in read(standing(westshire, LAST)).corrections}
    assert told == {NOVEMBER: reason_of(november), LAST: reason_of(december)}
    published(november, 7)
    assert why(westshire, NOVEMBER) == {reason_of(november)}
    words = page(client, f"vital-signs/{BEDS}/?month={NOVEMBER}")
    assert reason_of(november) in words
    assert reason_of(december) not in words


def told_on_the_card(client, key):
    """What November's card, or another month's, says at the figures of October and November."""
    said = {label: cells[-1] for label, cells in lines(client, BEDS, key).items()}
    return said["October 2026"], said["November 2026"]


@pytest.mark.parametrize(
    "order",
    [
        ("october", "november"),
        ("november", "october"),
        ("both", "november", "october"),
        ("both", "october", "november"),
        ("both", "november", "december", "october"),
    ],
)
def test_each_figure_on_a_card_has_the_reason_of_its_own_month_in_any_order(
    westshire, client, order
):
    """One is put right after the other, or both are open at once and published one by one."""
    months = {
        "october": month(westshire, OCTOBER),
        "november": month(westshire, NOVEMBER),
        "december": month(westshire, LAST),
    }
    values = {"october": (OCTOBER, 81), "november": (NOVEMBER, 82), "december": (LAST, 79)}
    together = order[0] == "both"
    if together:
        reopen(westshire, [months[name] for name in order[1:]])
        for name in order[1:]:
            changed(westshire, *values[name])
    for at, name in enumerate(order[together:], start=1):
        if not together:
            reopen(westshire, [months[name]], 10 * at)
            changed(westshire, *values[name])
        approved(westshire, months[name], 10 * at + 1)
        published(months[name], 10 * at + 2)
    reasons = [reason_of(months[name]) for name in ("october", "november")]
    for key in (NOVEMBER, LAST):
        october, november = told_on_the_card(client, key)
        for told, own, other in ((october, *reasons), (november, *reversed(reasons))):
            assert told.count(own) == 1, (key, told)
            assert other not in told, (key, told)
