"""The reason beside a figure is the one under which it was changed, whatever is withdrawn."""

import pytest

from outcomes.models import Result
from publishing.models import PeriodVersion
from returns.periods import reopen_period
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page, person
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_it_was_corrected import (
    FALLS,
    OTHER,
    Days,
    changed,
    notes,
    published,
    reopened,
    said_of,
)

TRUE, SHEET, LATER = "Too small a number.", "The wrong sheet of another.", "Quarter 3 again."


@pytest.fixture(autouse=True)
def opened(westshire):
    """Quarter 2 is open again for corrections."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def held_back(westshire):
    measure = report(westshire, FALLS, Q2).project.measures.order_by("position").first()
    Result.objects.filter(measure=measure, period=Q2).update(
        value=None, numerator=None, denominator=None, status="held back: small number"
    )


def whys(westshire, key, figure=True):
    return {
        correction.why
        for correction in said_of(westshire, FALLS, key)
        if correction.is_figure == figure
    }


def all_withdrawn(westshire, key, why):
    rows = PeriodVersion.objects.in_force().filter(period__council=westshire, period__key=key)
    while rows.exists():
        withdrawn(westshire, key, why)


def published_again(westshire, key):
    publish_period(period(westshire, key), **by("performance", westshire))


def test_a_figure_stays_held_back_for_its_own_reason(part, client):
    """The sheet of another project is withdrawn, and the correction with it.

    What is otherwise than in the version withdrawn has the reason of that; the figure its own.
    """
    days = Days()
    with days.next():
        reopened(part, FALLS, TRUE)
        held_back(part)
        published(part, FALLS, performance="Few began.", summary_performance="Few.")
        assert whys(part, Q2) == {TRUE}
        assert whys(part, Q3) == {TRUE}
    with days.next():
        withdrawn(part, Q2, SHEET)
    assert whys(part, Q2) == {TRUE}
    with days.next():
        published_again(part, Q2)
        words = page(client, f"projects/{FALLS}/?period={Q2}")
    assert TRUE in words
    with days.next():
        words = page(client, f"projects/{FALLS}/?period={Q3}")
    assert TRUE in words


def test_a_corrected_figure_keeps_its_reason_where_the_later_quarter_is_withdrawn(part, client):
    """Quarter 3 goes on printing the figure of before."""
    days = Days()
    with days.next():
        reopened(part, FALLS, TRUE)
        changed(part, 700)
        published(part, FALLS)
    with days.next():
        corrected(part, OTHER, Q3, cause="Two rotas were merged.")
    with days.next():
        withdrawn(part, Q3, LATER)
    assert whys(part, Q3) <= {TRUE}
    with days.next():
        all_withdrawn(part, Q3, LATER)
    with days.next():
        published_again(part, Q3)
        said = notes(client, Q3)
    assert TRUE in said
    assert LATER not in said


def test_a_withdrawal_s_reason_is_of_what_it_brought_back_and_of_nothing_else(part):
    days = Days()
    with days.next():
        reopened(part, FALLS, TRUE)
        changed(part, 700)
        published(part, FALLS, spend_to_date=400_000)
    with days.next():
        withdrawn(part, Q2, SHEET)
    assert whys(part, Q3) == {SHEET}
    assert whys(part, Q3, figure=False) == {SHEET}
    with days.next():
        published_again(part, Q2)
    assert whys(part, Q2) == {TRUE}
    assert whys(part, Q3) == {TRUE}
    assert whys(part, Q3, figure=False) == {TRUE}


def test_money_of_an_earlier_quarter_has_the_reason_of_its_own_change(part):
    """A word of the same report was changed later, for another reason."""
    days = Days()
    with days.next():
        reopened(part, FALLS, TRUE)
    with days.next():
        published(part, FALLS, spend_to_date=400_000)
    assert whys(part, Q3, figure=False) == {TRUE}
    with days.next():
        all_withdrawn(part, Q3, LATER)
    with days.next():
        published_again(part, Q3)
        reopened(part, FALLS, "A word was wrong.")
    with days.next():
        changed(part, 700)
        published(part, FALLS, cause="Two rotas were merged.")
    assert whys(part, Q3) == {"A word was wrong."}


def test_a_late_figure_has_the_reason_for_which_its_own_quarter_was_reopened(part):
    """Quarter 2 is reopened before quarter 3 is published again, and typed in afterwards."""
    days = Days()
    with days.next():
        reopened(part, FALLS, TRUE)
    with days.next():
        reopened(part, FALLS, "A word was wrong.", Q3)
    with days.next():
        published(part, FALLS, Q3, cause="A rota was late.")
    with days.next():
        changed(part, 700)
        reopened(part, FALLS, LATER, Q3)
    with days.next():
        published(part, FALLS, Q3, cause="Two rotas were merged.")
    assert whys(part, Q3) == {TRUE}
    assert whys(part, Q3, figure=False) == {LATER}


def test_another_s_report_shown_in_its_place_has_no_reason_that_did_not_bring_it(part):
    """Quarter 3's latest version is withdrawn: the one before is brought up to date."""
    days = Days()
    with days.next():
        corrected(part, OTHER, Q3, cause="Two rotas were merged.")
        reopened(part, "handyperson", TRUE)
    with days.next():
        published(part, "handyperson", cause="Two rotas were merged.")
    with days.next():
        withdrawn(part, Q3, LATER)
    assert standing(part, Q3).number == 4
    assert {correction.why for correction in said_of(part, "handyperson", Q3)} == {TRUE}
