"""A figure that came in late, with a later month, is no correction of an earlier one."""

import pytest

from bcfportal.lib.versions import CAME_IN
from outcomes.models import Result
from returns.period_versions.published import read
from returns.periods import reopen_period
from tests.westshire.measures import LAST, card, performance_paper
from tests.westshire.project_pages import Q2, Q3, download, period
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_versions import standing
from tests.westshire.test_why_a_month_was_corrected import (
    NOVEMBER,
    OCTOBER,
    approved,
    changed,
    later,
    month,
    published,
    reason_of,
    reopen,
)
from tests.westshire.test_why_it_was_corrected import FALLS, Days, reopened, said_of
from tests.westshire.test_why_it_was_corrected import published as put_right

EARLIER = "2023-24-q2"
MEDICINES, FIGURE = "medicines-reviewed", "72.8%, Green"


@pytest.fixture
def october(westshire):
    """October is corrected after the first quarter's figure came in with a later month."""
    found = month(westshire, OCTOBER)
    reopen(westshire, [found])
    changed(westshire, OCTOBER, 81)
    approved(westshire, found, 2)
    published(found, 3)
    return westshire


def test_a_month_that_is_published_again_says_of_a_late_figure_that_it_came_in_since(
    october, client
):
    said = [
        each for each in read(standing(october, OCTOBER)).corrections if each.measure == MEDICINES
    ]
    assert [(each.correction.sentence, each.why) for each in said] == [
        ("Medicines reviewed in care homes, Quarter 1 2026/27: 72.8%, Green; it came in since", "")
    ]
    reason = reason_of(month(october, OCTOBER))
    told = card(client, MEDICINES, OCTOBER)
    assert f"Came in since: {FIGURE}." in told
    signed_in(client, "performance")
    asked = [told, page(client, f"versions/{OCTOBER}/2/"), performance_paper(client, OCTOBER)]
    for words in asked:
        assert f"{FIGURE}; it was nothing" not in words
        assert f"{FIGURE}. {reason}" not in words


@pytest.mark.parametrize("key", [NOVEMBER, LAST])
def test_a_report_that_printed_the_late_figure_bears_no_mark_at_it(october, client, key):
    with later(5):
        told = card(client, MEDICINES, key)
    assert "72.8%" in told
    assert "Corrected on" not in told
    assert "Came in since" not in told


def test_a_quarter_that_is_published_again_says_it_of_a_project_s_late_figure(westshire, client):
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))
    days = Days()
    with days.next():
        reopened(westshire, FALLS, "To add a late figure.", Q3)
        figure = Result.objects.filter(measure__project__slug=FALLS, period=Q2).first()
        figure.pk, figure.period = None, EARLIER
        figure.save()
        put_right(westshire, FALLS, Q3)
    with days.next():
        reopened(westshire, FALLS, "A word was wrong.")
    with days.next():
        put_right(westshire, FALLS, cause="Two rotas were merged.")
        said = {each.before: each.why for each in said_of(westshire, FALLS) if each.is_figure}
        assert said == {CAME_IN: ""}
        told = {
            key: row["corrected"]
            for key in (Q2, Q3)
            for row in download(client, "results", key)
            if (row["project"], row["period"]) == (FALLS, EARLIER)
        }
        assert told[Q2].startswith("Came in since: ")
        assert not told[Q3]
        assert "it came in since" in page(client, f"projects/{FALLS}/?period={Q2}")
