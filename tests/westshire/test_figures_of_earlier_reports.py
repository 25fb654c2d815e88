"""A report prints an earlier quarter's figure, of which that quarter's own report says another."""

import pytest

from publishing.models import PeriodVersion, Return
from publishing.period_versions.published import read
from returns.periods import reopen_period
from returns.publication import take_snapshots
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page, paper, person, signed_in
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_it_was_corrected import (
    FALLS,
    Days,
    changed,
    notes,
    published,
    reopened,
    said_of,
)

SAYS = "The report of Quarter 2 2026/27 says 728"
WRONG = "The wrong sheet."


@pytest.fixture(autouse=True)
def opened(westshire):
    """Quarter 2 is open again for corrections."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))


def approved_late(westshire, value=700):
    """A figure of quarter 2, typed late, is approved with quarter 3."""
    reopened(westshire, FALLS, "To add a late figure.", Q3)
    changed(westshire, value)
    Return.objects.filter(pk=report(westshire, FALLS, Q3).pk).update(status="submitted")
    RETURNS.transition(
        "approve", report(westshire, FALLS, Q3).pk, **by("performance-lead", westshire)
    )


@pytest.fixture
def late(westshire):
    """The figure of quarter 2 that is published with quarter 3 is in no report of quarter 2."""
    approved_late(westshire)
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def all_withdrawn(westshire, key):
    rows = PeriodVersion.objects.in_force().filter(period__council=westshire, period__key=key)
    while rows.exists():
        withdrawn(westshire, key, WRONG)


def of_figures(westshire, key=Q3):
    return [correction for correction in said_of(westshire, FALLS, key) if correction.is_figure]


def test_a_late_figure_says_what_the_report_of_its_own_quarter_gives(late, client):
    address = f"projects/{FALLS}/?period={Q3}"
    assert SAYS in notes(client, Q3)
    assert SAYS in page(client, address)
    assert SAYS in paper(client, f"projects/{FALLS}.pdf?period={Q3}")
    assert (
        f'href="/westshire/projects/{FALLS}/?period={Q2}"'
        in client.get(f"/westshire/{address}")
        .text.split("Earlier reports give other figures")[1]
        .split("</section>")[0]
    )
    assert "it was" not in notes(client, Q3)
    assert not notes(client, Q2)


def test_a_whole_paper_and_a_version_s_page_say_it_too(late, client):
    assert SAYS in paper(client, f"reports/progress-update.pdf?period={Q3}")
    assert SAYS in page(client, f"versions/{Q3}/{standing(late, Q3).number}/")


def test_the_officer_reads_it_before_it_is_published(westshire, client):
    approved_late(westshire)
    signed_in(client, "performance")
    assert SAYS in page(client, f"quarter/{Q3}/publish/")
    assert SAYS in page(client, f"projects/{FALLS}/?period={Q3}&version=next")


def test_a_late_figure_that_was_put_right_before_it_was_public_is_no_correction(late, client):
    """Quarter 2 never said 700 in public: it was typed, approved with quarter 3, and sent back."""
    changed(late, 728)
    reopened(late, FALLS, "A word was wrong.")
    published(late, FALLS, cause="Two rotas were merged.")
    assert not of_figures(late)
    assert SAYS in notes(client, Q3)
    assert "it was" not in notes(client, Q3)


def test_a_late_figure_stays_noted_after_all_is_withdrawn_and_published_again(late, client):
    days = Days()
    for key in (Q3, Q2):
        with days.next():
            all_withdrawn(late, key)
    with days.next():
        for key in (Q2, Q3):
            publish_period(period(late, key), **by("performance", late))
        assert not of_figures(late)
        assert SAYS in notes(client, Q3)
        assert "it was" not in notes(client, Q3)


def test_the_note_goes_when_the_earlier_report_says_the_same_and_comes_when_it_is_withdrawn(
    late, client
):
    reopened(late, FALLS, "Counted again.")
    before = standing(late, Q3).number
    published(late, FALLS, cause="Two rotas were merged.")
    assert standing(late, Q3).number == before + 1
    assert SAYS not in notes(client, Q3)
    assert "700" in notes(client, Q2)
    with Days().next():
        withdrawn(late, Q2, WRONG)
        (said,) = of_figures(late)
        assert (said.before.split(",")[0], said.after.split(",")[0]) == ("700", "728")
        assert said.why == WRONG
        assert notes(client, Q3).count("it was") == 1


def test_where_the_old_figure_is_printed_all_along_a_correction_withdrawn_leaves_no_mark_at_it(
    westshire, client
):
    """Quarter 3 prints 728 all along; quarter 2 said 700 for a while."""
    publish_period(period(westshire), **by("performance", westshire))
    days = Days()
    with days.next():
        reopened(westshire, FALLS, "Typed wrongly.")
        changed(westshire, 700)
        published(westshire, FALLS)
    (said,) = of_figures(westshire)
    assert (said.before.split(",")[0], said.after.split(",")[0]) == ("728", "700")
    assert said.why == "Typed wrongly."
    assert "700" in notes(client, Q3)
    with days.next():
        withdrawn(westshire, Q2, WRONG)
        assert notes(client, Q3) == ""
    (said,) = of_figures(westshire)
    assert said.why == WRONG


def test_a_figure_that_came_late_to_its_own_report_is_said_where_none_is_printed(westshire, client):
    """Quarter 3 prints that it was not yet available."""
    results = report(westshire, FALLS, Q2).project.measures.order_by("position").first().results
    results.filter(period=Q2).update(
        value=None, numerator=None, denominator=None, status="not yet available"
    )
    corrected(westshire, FALLS, cause="A rota was late.")
    approved_late_none = report(westshire, FALLS, Q3)
    take_snapshots(Return.objects.filter(pk=approved_late_none.pk))
    publish_period(period(westshire), **by("performance", westshire))
    with Days().next():
        results.filter(period=Q2).update(value=728, status="reported")
        corrected(westshire, FALLS, cause="Two rotas were merged.")
        said = notes(client, Q3)
        assert "Not yet available; it was 728, Green." in said
        assert "Came in on 21 January 2027: 728, Green." in said


def test_a_version_of_before_is_read_without_notes(late):
    contents = read(standing(late, Q2))
    assert contents.given_otherwise == []


def test_where_only_the_rating_differs_the_page_says_so(westshire, client):
    """Quarter 3 knows another target of quarter 2 than the report of that quarter did."""
    publish_period(period(westshire), **by("performance", westshire))
    measure = report(westshire, FALLS, Q2).project.measures.order_by("position").first()
    assert measure.targets.filter(period=Q2).update(value=10_000, status="set")
    corrected(westshire, FALLS, Q3)
    number = standing(westshire, Q3).number
    for where in (f"projects/{FALLS}/?period={Q3}", f"versions/{Q3}/{number}/"):
        words = page(client, where)
        assert "Earlier reports give other ratings than are printed here." in words
        assert "The report of Quarter 2 2026/27 rates it otherwise: 728, " in words
        assert "give other figures" not in words
    assert "The report of Quarter 2 2026/27 rates it otherwise: 728, " in notes(client, Q3)
