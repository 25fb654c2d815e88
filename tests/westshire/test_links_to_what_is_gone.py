"""No public page leads to a version that answers 410 as though it could be read."""

from html import unescape
from urllib.parse import urljoin

import pytest

from returns.review import publish_period
from tests.test_links import LINK
from tests.westshire.measures import LAST
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import page
from tests.westshire.test_held_back import NOVEMBER
from tests.westshire.test_later_periods import GREY, corrected, figure
from tests.westshire.test_versions import standing, withdrawn
from tests.westshire.test_withdrawn_within import held_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(westshire):
    """Quarter 3 in part, which has shown two versions of a report of quarter 2."""
    publish_period(period(westshire), **by("performance", westshire))
    figure(westshire, GREY, 1_234)
    corrected(westshire, GREY, performance="We did more jobs.")
    return westshire


def withdraw(westshire):
    withdrawn(westshire, Q2)
    withdrawn(westshire, NOVEMBER)


def hold_back(westshire):
    held_back(westshire, GREY, "We did a few jobs.")


@pytest.mark.long
@pytest.mark.parametrize("happens", [withdraw, hold_back])
def test_each_link_on_a_public_page_leads_to_something_that_is_read(part, client, happens):
    happens(part)
    assert client.get(f"/westshire/?period={Q3}&version=3").status_code == 410
    pages = ["data/", "risks/", "savings/", "finance/", f"vital-signs/?month={LAST}", "reports/"]
    for key in (Q2, Q3):
        pages += [f"?period={key}", f"reports/?period={key}", f"versions/{key}/1/"]
        pages.append(f"projects/{GREY}/?period={key}")
    led_to = {
        urljoin(f"/westshire/{place}", unescape(link))
        for place in pages
        for link in LINK.findall(client.get(f"/westshire/{place}").text)
        if "version" in link
    }
    assert len(led_to) > 10
    gone = [address for address in led_to if client.get(address).status_code == 410]
    assert gone == []


def test_the_papers_page_says_which_earlier_versions_are_read_no_more(part, client):
    withdraw(part)
    words = page(client, f"reports/?period={Q3}")
    assert (
        "Version 3, published on 20 January 2027. Superseded on 20 January 2027 by version 4. It "
        "showed reports as of Quarter 2 2026/27 that were withdrawn, so it is no longer shown."
    ) in words
    assert standing(part, Q3).number > 3
