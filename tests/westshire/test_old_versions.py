"""A version that no longer stands shows what was public when it was published, and no more."""

import re
from datetime import date

import pytest
from django.db import transaction

from finance.allocations.actions import change_allocation
from finance.models import FinanceLine
from programme.headlines import project_risks
from programme.programme import published_programme
from publishing.council_sections import councils
from returns.period_versions.published import read_programme, shown_sheets
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period
from tests.westshire.shown import markup, page, paper, person, rows
from tests.westshire.test_later_periods import GREY, corrected, figure
from tests.westshire.test_versions import standing


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def moved(client, version):
    """What a version of quarter 3 says of how the forecast moved."""
    words = page(client, f"projects/{GREY}/?period={Q3}&version={version}")
    said = words.split("How the forecast moved")[1].split("What has changed")[0]
    # What papers state in words stands beside the version that stands, and beside no other.
    return re.split(r"Results stated in words|Version \d+, published", said)[0]


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


@pytest.mark.parametrize("where", ["", "projects/{slug}/"])
def test_an_old_version_has_no_savings_money_or_risks_of_today_beside_it(part, client, where):
    old = standing(part, Q3).number
    corrected(part, GREY, spend_forecast=445012)
    slugs = part.projects.values_list("slug", flat=True)
    with_risks = next(slug for slug in slugs if project_risks(councils().get(pk=part.pk), slug))
    now, then = (
        markup(client, f"{where.format(slug=with_risks)}?period={Q3}{version}")
        for version in ("", f"&version={old}")
    )
    assert "/westshire/risks/wr" in now
    assert "/westshire/risks/wr" not in then
    assert "not shown beside an old version" in then


def test_a_version_that_was_never_made_is_not_found(westshire, client):
    for address in ("", f"projects/{GREY}/", "data/results.csv"):
        assert client.get(f"/westshire/{address}?period={Q2}&version=40").status_code == 404


def more(westshire, slug, pounds=1_000_000):
    """A million more for a project from 10 January 2027 on."""
    line = FinanceLine.objects.filter(stream__project__slug=slug, year=2026).first()
    change_allocation(
        line,
        line.allocation + pounds,
        on=date(2027, 1, 10),
        why="A grant came.",
        by=person("finance"),
    )


def allocated(client, version=""):
    """Pounds allocated in 2026/27, by project and all together, of quarter 3."""
    found = rows(client, f"data/finance-lines.csv?period={Q3}{version}")
    sums = {}
    for each in found:
        if each["year"] == "2026/27" and each["amount_pounds"]:
            for name in (each["project"], ""):
                sums[name] = sums.get(name, 0) + int(each["amount_pounds"])
    return sums


def test_the_money_of_a_version_is_by_the_allocations_in_force_when_it_was_published(part, client):
    """One project has reported, one has not, one has ended: each has a million more since."""
    old = standing(part, Q3).number
    before = allocated(client)
    changed = ["reablement", GREY, "winter-warmth"]
    for slug in changed:
        more(part, slug)
    assert allocated(client) == before
    publish_again(part)
    now = allocated(client)
    assert {slug: now[slug] - before[slug] for slug in changed} == dict.fromkeys(changed, 1_000_000)
    assert now[""] - before[""] == 3_000_000
    assert allocated(client, f"&version={old}") == before
    front = page(client, f"?period={Q3}")
    assert "by the allocations in force on 20 January 2027" in front
    assert f"£{now['']:,}" in front
    line = FinanceLine.objects.filter(stream__project__slug="reablement", year=2026).first()
    assert f"£{line.allocation:,.0f}" in page(client, f"projects/reablement/?period={Q3}")


def test_a_forecast_is_compared_with_the_allocation_of_its_own_period(part, client):
    said = markup(client, f"projects/winter-warmth/?period={Q3}")
    compared = re.search(r"forecast (£[\d,]+: £[\d,]+ under the allocation)", said)[1]
    more(part, "winter-warmth")
    more(part, "reablement")
    publish_again(part)
    again = page(client, f"projects/winter-warmth/?period={Q3}")
    assert compared in again
    assert "when it was reported" in again
    sheet = published_programme("westshire", Q3).sheet("reablement")
    assert sheet.allocated_then + 1_000_000 == sheet.total_of(2026)


def publish_again(westshire):
    """A new version of quarter 3, by a correction of one report that has come in."""
    found = shown_sheets(read_programme(standing(westshire, Q3)))
    reported = [each.slug for each in found if each.state == "reported" and each.measures]
    slug = next(each for each in reported if each != "reablement")
    corrected(westshire, slug, Q3, cause="Put right.")
