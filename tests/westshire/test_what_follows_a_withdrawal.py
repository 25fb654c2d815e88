"""What a withdrawal changes in later periods: said before it is asked, and on old versions."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction

from bcfportal.lib import clock
from publishing.models import PeriodVersion, Return
from publishing.period_versions.published import read
from returns.period_versions.earlier_reports import became_of_earlier_reports
from returns.period_versions.published import read_programme
from returns.publication import take_snapshots
from returns.review import publish_period
from tests.text import words_of
from tests.westshire.project_pages import Q2, Q3, by, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_old_versions import moved
from tests.westshire.test_versions import standing, withdrawn

FALLS = "falls-prevention"


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    corrected(westshire, GREY, spend_forecast=445_012)
    return westshire


def test_the_page_that_asks_to_withdraw_says_which_later_periods_get_a_new_version(part, client):
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q2}/publications/")
    assert "gets a new version too, which lists what it corrects" in words
    assert "Later reports are: Quarter 3 2026/27." in words
    before = standing(part, Q3).number
    withdrawn(part, Q2)
    assert standing(part, Q3).number == before + 1


def test_it_says_nothing_of_later_periods_where_none_follows(part, client):
    signed_in(client, "performance")
    assert "new version too" not in page(client, f"quarter/{Q3}/publications/")


def test_an_old_version_that_shows_a_report_since_withdrawn_and_standing_again_says_one_forecast(
    part, client
):
    old = standing(part, Q3).number
    withdrawn(part, Q2)
    publish_period(period(part, Q2), **by("performance", part))
    asked = page(client, f"projects/{GREY}/?period={Q3}&version={old}")
    assert "£445,012" in asked.split("How the forecast moved")[0]
    assert re.search("Quarter 2.*?£445,012", moved(client, old))


def test_a_quarter_that_was_withdrawn_is_published_again_where_that_is_said(part, client):
    withdrawn(part, Q3)
    signed_in(client, "performance")
    address = f"/westshire/quarter/{Q3}/publish/"
    asks = client.get(address)
    number = len(asks.context["withdrawn"])
    assert number > 1
    assert "Publish again what was withdrawn?" in words_of(asks.text)
    sent = {"confirm": "yes", "seen": asks.context["page"].seen, "current": "now"}
    assert f"{number} published." not in words_of(client.post(address, sent, follow=True).text)
    sent |= {"again": "yes"}
    assert f"{number} published." in words_of(client.post(address, sent, follow=True).text)


def all_withdrawn(westshire, key):
    rows = PeriodVersion.objects.in_force().filter(period__council=westshire)
    while rows.filter(period__key=key).exists():
        withdrawn(westshire, key)


@pytest.mark.parametrize("where", ["projects/", f"projects/{GREY}/", "data/results.csv"])
def test_a_version_that_never_was_is_not_found_where_the_period_is_withdrawn_too(
    part, client, where
):
    last = standing(part, Q3).number
    all_withdrawn(part, Q3)
    for number, status in ((1, 410), (last + 9, 404), ("x", 404)):
        answer = client.get(f"/westshire/{where}?period={Q3}&version={number}")
        assert answer.status_code == status, number
    assert client.get(f"/westshire/{where}?period={Q3}").status_code == 410


def test_a_version_of_a_month_that_never_was_is_not_found_where_it_is_withdrawn_too(part, client):
    month = "2026-27-m08"
    all_withdrawn(part, month)
    for number, status in ((1, 410), (99, 404)):
        answer = client.get(f"/westshire/vital-signs/?month={month}&version={number}")
        assert answer.status_code == status, number


@pytest.mark.parametrize("where", ["publications", "publish"])
def test_a_page_that_asks_writes_nothing_and_locks_nothing(part, client, where):
    """PostgreSQL refuses writes, and locks of rows, where a transaction may only read."""
    found = report(part, GREY, Q2)
    Return.objects.filter(pk=found.pk).update(cause="Two rotas were merged.", status="approved")
    take_snapshots(Return.objects.filter(pk=found.pk))
    signed_in(client, "performance")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        words = page(client, f"quarter/{Q2}/{where}/")
        transaction.set_rollback(True)
    assert "Later reports are: Quarter 3 2026/27." in words


def test_a_later_version_and_its_paper_say_that_a_report_whose_figures_it_prints_was_withdrawn(
    part, client
):
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        all_withdrawn(part, Q2)
        said = [each for each in read(standing(part, Q3)).corrections if each.slug == FALLS]
        assert ("Report of Quarter 2 2026/27", "withdrawn") in {(e.what, e.after) for e in said}
        note = "The report of Quarter 2 2026/27 was withdrawn on 21 January 2027"
        assert note in page(client, f"projects/{FALLS}/?period={Q3}")
        assert note in paper(client, f"projects/{FALLS}.pdf?period={Q3}")


def test_that_a_report_without_a_forecast_was_withdrawn_is_said_where_its_figures_are_printed(part):
    corrected(part, FALLS, spend_forecast=None)
    later = standing(part, Q3)
    entries = read_programme(later).entries
    stood = {Q2: standing(part, Q2).number}, {}
    said = became_of_earlier_reports(later.period, entries, entries, stood)
    assert ("Report of Quarter 2 2026/27", "withdrawn") in {
        (each.what, each.after) for each in said if each.slug == FALLS
    }
