"""Every period that a page offers is answered, also where it has not what the page is of."""

import re

import pytest

from tests.text import words_of
from tests.westshire.project_pages import Q1, Q2

PAGES = (
    "projects/homes-first-discharge/",
    "vital-signs/short-assessments-two-weeks/",
    "care-quality/",
    "outcomes-framework/",
    "risks/wr15/",
)
CHOICE = re.compile(r'<select [^>]*name="(period|month|as_at)">(.*?)</select>', re.S)


@pytest.mark.parametrize("address", PAGES)
def test_each_period_that_a_page_offers_is_answered(westshire, client, address):
    page = client.get(f"/westshire/{address}").text
    ((name, options),) = CHOICE.findall(page)
    said = set()
    for key in re.findall(r'value="([^"]+)"', options):
        answer = client.get(f"/westshire/{address}?{name}={key}")
        assert answer.status_code == 200, (name, key)
        said.add("Not reported then" in answer.text)
    assert said == {True, False}


def test_a_project_that_began_later_says_so_and_leads_to_where_it_is(westshire, client):
    answer = client.get(f"/westshire/projects/homes-first-discharge/?period={Q1}")
    assert "is not in the report of Quarter 1 2026/27." in words_of(answer.text)
    assert f"/westshire/projects/homes-first-discharge/?period={Q2}" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        f"projects/never-there/?period={Q1}",
        "vital-signs/never-there/",
        "risks/wr99/?as_at=2026-07-31",
    ],
)
def test_what_never_was_is_not_found(westshire, client, address):
    assert client.get(f"/westshire/{address}").status_code == 404
