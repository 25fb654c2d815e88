"""Which superseded versions go with a report that is withdrawn: those that show it, no others."""

import re

import pytest

from outcomes.models import Result
from publishing.models import PeriodVersion
from returns.periods import reopen_period
from returns.review import publish_period
from tests.westshire.measures import LAST, csv_row
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import paper, person
from tests.westshire.test_held_back import NOVEMBER, of_month, republished
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_why_it_was_corrected import FALLS, changed, published, reopened

OTHER, REASON = "step-down-beds", "Two lists were one."
# All that is public of a version of quarter 3, but for its files of words that no council wrote.
PLACES = (
    "",
    "projects/",
    f"projects/{FALLS}/",
    f"projects/{OTHER}/",
    f"projects/{FALLS}.pdf",
    f"projects/{OTHER}.pdf",
    "reports/progress-update.pdf",
    # With the hashes of the papers that were handed out.
    "reports/",
    "data/projects.csv",
    "data/results.csv",
)


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def as_sent(client, version):
    """What each address of the version sends; the mark against forged forms is new each time."""
    sent = {}
    for place in PLACES:
        answer = client.get(f"/westshire/{place}?period={Q3}&version={version}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        sent[place] = (answer.status_code, re.sub(rb'name="csrf[^>]*>', b"", body))
    return sent


def test_a_superseded_version_that_shows_nothing_of_a_withdrawn_report_stays_byte_for_byte(
    part, client
):
    """Of quarter 2 only words are withdrawn, which stand in no report of quarter 3."""
    corrected(part, OTHER, performance="More went home.")
    corrected(part, FALLS, Q3, cause="Two rotas were merged.")
    old = standing(part, Q3).number
    corrected(part, FALLS, Q3, cause="Three rotas were merged.")
    before = as_sent(client, old)
    content = client.get(f"/westshire/versions/{Q3}/{old}/content.json")
    assert {status for status, _ in before.values()} == {200}
    withdrawn(part, Q2)
    assert as_sent(client, old) == before
    again = client.get(f"/westshire/versions/{Q3}/{old}/content.json")
    assert (again.status_code, again.getvalue()) == (200, content.getvalue())
    assert "no longer shown" not in client.get(f"/westshire/versions/{Q3}/{old}/").text


def test_a_superseded_version_that_shows_a_withdrawn_forecast_is_withdrawn_too(part, client):
    corrected(part, OTHER, spend_forecast=445_012)
    corrected(part, FALLS, Q3, cause="Two rotas were merged.")
    old = standing(part, Q3).number
    corrected(part, FALLS, Q3, cause="Three rotas were merged.")
    withdrawn(part, Q2)
    assert {status for status, _ in as_sent(client, old).values()} == {410}


def test_a_superseded_version_that_says_at_a_figure_what_a_withdrawn_report_corrected_goes_too(
    westshire, client
):
    """Quarter 3 was first published after the correction: it corrects nothing itself."""
    reopen_period(period(westshire, Q2), reason="Corrections.", by=person("performance"))
    reopened(westshire, FALLS, REASON)
    changed(westshire, 641)
    published(westshire, FALLS)
    corrected(westshire, FALLS, Q3)
    publish_period(period(westshire), **by("performance", westshire))
    old = standing(westshire, Q3).number
    address = f"projects/{FALLS}.pdf?period={Q3}&version={old}"
    assert REASON in paper(client, address)
    withdrawn(westshire, Q2)
    corrected(westshire, FALLS, Q3, cause="Two rotas were merged.")
    assert client.get(f"/westshire/{address}").status_code == 410


def test_a_superseded_month_that_says_what_a_withdrawn_month_corrected_goes_too(westshire, client):
    """November was put right before December was first published: December corrects nothing."""
    withdrawn(westshire, LAST, "To be published again.")
    slug = of_month(westshire, NOVEMBER).measure.slug
    typed = Result.objects.filter(pk=of_month(westshire, NOVEMBER).pk)
    typed.update(value=14, numerator=None, denominator=None)
    republished(westshire, NOVEMBER)
    publish_period(period(westshire, LAST), **by("performance", westshire))
    old = standing(westshire, LAST).number
    assert "15.4%" in csv_row(client, slug, NOVEMBER, f"{LAST}&version={old}")["corrected"]
    withdrawn(westshire, NOVEMBER)
    assert standing(westshire, LAST).number > old
    where = ("vital-signs/", "vital-signs/dashboard.csv", "reports/performance.pdf")
    for each in (*where, f"vital-signs/{slug}/"):
        address = f"/westshire/{each}?month={LAST}&version={old}"
        assert client.get(address).status_code == 410, each


def test_an_address_that_was_public_answers_410_also_where_the_withdrawn_month_had_fewer_versions(
    westshire, client
):
    """The number in the address is of the month that it names, not of the one withdrawn."""
    slug = of_month(westshire, NOVEMBER).measure.slug
    values = Result.objects.filter(pk=of_month(westshire, NOVEMBER).pk)
    values.update(value=14, numerator=None, denominator=None)
    republished(westshire, NOVEMBER)
    own = Result.objects.filter(pk=of_month(westshire, LAST).pk)
    for value in (11, 12, 13):
        own.update(value=value, numerator=None, denominator=None)
        republished(westshire, LAST)
    withdrawn(westshire, LAST, "Counted in another ward.")
    withdrawn(westshire, NOVEMBER)
    made = PeriodVersion.objects.filter(period__council=westshire, period__key=LAST)
    numbers = sorted(made.values_list("number", flat=True))
    where = ("vital-signs/", "vital-signs/dashboard.csv", "exceptions/", "reports/performance.pdf")
    for number in numbers:
        for each in (*where, f"vital-signs/{slug}/"):
            address = f"/westshire/{each}?month={LAST}&version={number}"
            assert client.get(address).status_code in (200, 410), address
    assert [
        number
        for number in numbers
        if client.get(f"/westshire/vital-signs/?month={LAST}&version={number}").status_code == 410
    ] == numbers[1:-1]
    never = f"/westshire/vital-signs/?month={LAST}&version={numbers[-1] + 1}"
    assert client.get(never).status_code == 404
    # What is withdrawn itself says so, with its own reason.
    gone = made.filter(withdrawals__decision="confirmed").order_by("number").last()
    told = client.get(f"/westshire/vital-signs/?month={LAST}&version={gone.number}").text
    assert "Counted in another ward." in told
