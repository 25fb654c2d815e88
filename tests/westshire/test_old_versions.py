"""A version that no longer stands shows what was public when it was published, and no more."""

import pytest
from django.db import transaction

from reporting.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.shown import markup, page, paper, rows
from tests.westshire.test_later_periods import GREY, corrected, figure
from tests.westshire.test_versions import standing


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def moved(client, version):
    """What a version of quarter 3 says of how the forecast moved."""
    words = page(client, f"projects/{GREY}/?period={Q3}&version={version}")
    return words.split("How the forecast moved")[1].split("What has changed")[0]


def test_an_old_version_shows_the_earlier_forecasts_that_stood_when_it_was_published(part, client):
    old = standing(part, Q3).number
    before = moved(client, old)
    corrected(part, GREY, spend_forecast=445012)
    assert standing(part, Q3).number == old + 1
    assert moved(client, old) == before
    assert "£445,012" in moved(client, old + 1)


def test_an_old_version_says_nothing_of_what_was_corrected_after_it(part, client):
    """Reablement reported quarter 3; its result of quarter 2 is corrected later, with another's."""
    old = standing(part, Q3).number
    corrected(part, GREY, spend_forecast=445012)
    figure(part, "reablement", 77)
    asked = f"?period={Q3}&version={old}"
    now = page(client, f"projects/reablement/?period={Q3}")
    assert "Corrected on 20 January 2027" in now
    assert "Corrected on 20 January 2027" not in page(client, f"projects/reablement/{asked}")
    said = [each["corrected"] for each in rows(client, f"data/results.csv{asked}")]
    assert not any("20 January 2027" in each for each in said)
    assert any("20 January 2027" in each["corrected"] for each in download(client, "results", Q3))


def test_the_paper_of_an_old_version_is_the_same_whoever_asks_first_and_when(part, client):
    old = standing(part, Q3)
    address = f"projects/reablement.pdf?period={Q3}&version={old.number}"
    before_anybody_asked = transaction.savepoint()
    at_once = paper(client, address)
    transaction.savepoint_rollback(before_anybody_asked)
    corrected(part, GREY, spend_forecast=445012)
    figure(part, "reablement", 77)
    assert paper(client, address) == at_once
    assert "Corrected on 20 January 2027" not in at_once


@pytest.mark.parametrize("where", ["", "projects/reablement/"])
def test_an_old_version_has_no_savings_money_or_risks_of_today_beside_it(part, client, where):
    old = standing(part, Q3).number
    corrected(part, GREY, spend_forecast=445012)
    now, then = (
        markup(client, f"{where}?period={Q3}{version}") for version in ("", f"&version={old}")
    )
    for live in ("/westshire/risks/wr",):
        assert live in now
        assert live not in then
    assert "not shown beside a version that no longer stands" in then


def test_a_version_that_was_never_made_is_not_found(westshire, client):
    for address in ("", f"projects/{GREY}/", "data/results.csv"):
        assert client.get(f"/westshire/{address}?period={Q2}&version=40").status_code == 404
