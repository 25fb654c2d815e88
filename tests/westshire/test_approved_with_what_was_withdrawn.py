"""What is approved and holds what was withdrawn since is published only where that is said."""

import pytest

from outcomes.models import Result
from publishing.models import Return
from returns.publication import take_snapshots
from returns.review import publish_period
from tests.forced import in_state
from tests.westshire.measures import LAST, lines
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, signed_in
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import WHY, confirmed, withdrawn
from tests.westshire.test_why_a_month_was_corrected import (
    BEDS,
    OCTOBER,
    approved,
    changed,
    later,
    month,
    reopen,
)
from tests.westshire.test_withdrawn_and_given_again import given, gone

PROJECT = "social-prescribing"


@pytest.fixture
def wrong(westshire):
    """Quarter 2 of a project is put right; Quarter 3 is approved with that, which is withdrawn."""
    publish_period(period(westshire), **by("performance", westshire))
    result = (
        Result.objects.filter(
            measure__project__slug=PROJECT,
            measure__project__council=westshire,
            period=Q2,
            segment=None,
            value__isnull=False,
            denominator=None,
        )
        .order_by("pk")
        .first()
    )
    with later(5):
        Result.objects.filter(pk=result.pk).update(value=result.value + 17)
        corrected(westshire, PROJECT, summary_performance="Counted again.")
        own = Return.objects.filter(period__key=Q3, project__slug=PROJECT)
        in_state(own, "submitted")
        own.update(summary_performance="Of the third quarter.")
        in_state(own, "approved")
        take_snapshots(own.all())
    with later(10):
        withdrawn(westshire, Q2)
    westshire.result = result
    return westshire


def figures_of_q2(client, westshire):
    found = [
        row["value"]
        for row in download(client, "results", Q3)
        if (row["project"], row["period"]) == (PROJECT, Q2)
    ]
    return f"{westshire.result.value + 17:.0f}" in found


def test_the_page_that_asks_says_which_figures_of_another_report_are_withdrawn(wrong, client):
    signed_in(client, "performance")
    with later(11):
        words = page(client, f"quarter/{Q3}/publish/")
    assert f"It holds what was withdrawn on 20 January 2027: {WHY}" in words
    assert f"{wrong.result.value + 17:,.0f}" in words
    assert f"What stands is {wrong.result.value:,.0f}" in words


def test_what_holds_a_withdrawn_figure_of_another_report_is_published_only_where_that_is_said(
    wrong, client
):
    signed_in(client, "performance")
    with later(11):
        confirmed(client, Q3, current="later")
        assert report(wrong, PROJECT, Q3).status == "approved"
        assert not figures_of_q2(client, wrong)
        confirmed(client, Q3, current="later", again="yes")
        assert report(wrong, PROJECT, Q3).status == "published"
        assert figures_of_q2(client, wrong)


@pytest.fixture
def reopened(westshire):
    """Two figures of October are put right and withdrawn; it is reopened and approved for one."""
    changed(westshire, OCTOBER, 81)
    given(westshire, OCTOBER, 10)
    gone(westshire, OCTOBER, 20)
    other = Result.objects.filter(
        measure__council=westshire, period=OCTOBER, segment=None, value__isnull=False
    )
    other = other.exclude(measure__slug=BEDS).filter(measure__collection="vital signs").first()
    found = month(westshire, OCTOBER)
    reopen(westshire, [found], 30)
    Result.objects.filter(pk=other.pk).update(value=other.value + 1)
    approved(westshire, found, 31)
    return westshire


def test_a_month_reopened_for_something_else_says_what_it_still_holds(reopened, client):
    signed_in(client, "performance")
    with later(40):
        words = page(client, f"quarter/{OCTOBER}/publish/")
        assert "It holds what was withdrawn on 20 January 2027" in words
        assert "October 2026: 81, Green. What stands is" in words
        confirmed(client, OCTOBER)
        assert not lines(client, BEDS, OCTOBER)["October 2026"][0].startswith("81")
        confirmed(client, OCTOBER, again="yes")
        assert lines(client, BEDS, OCTOBER)["October 2026"][0].startswith("81")


def test_nothing_is_asked_of_a_month_that_holds_nothing_of_it_any_more(reopened, client):
    found = month(reopened, OCTOBER)
    reopen(reopened, [found], 50)
    with later(51):
        own = lines(client, BEDS, OCTOBER)["October 2026"][0].split()[0]
    changed(reopened, OCTOBER, own)
    approved(reopened, found, 52)
    signed_in(client, "performance")
    with later(53):
        assert "What was withdrawn" not in page(client, f"quarter/{OCTOBER}/publish/")


def test_a_later_month_that_was_approved_with_a_withdrawn_figure_is_asked_about(westshire, client):
    changed(westshire, OCTOBER, 81)
    given(westshire, OCTOBER, 10)
    found = month(westshire, LAST)
    reopen(westshire, [found], 20)
    changed(westshire, LAST, 79)
    approved(westshire, found, 21)
    gone(westshire, OCTOBER, 30)
    signed_in(client, "performance")
    with later(31):
        assert "October 2026: 81, Green. What stands is" in page(client, f"quarter/{LAST}/publish/")
        confirmed(client, LAST)
        assert not lines(client, BEDS, LAST)["October 2026"][0].startswith("81")
