"""A project's paper that is made again with other marks is told from the one before it."""

import re

import pytest

from returns.periods import reopen_period
from returns.review import publish_period
from tests.text import read
from tests.westshire.project_pages import Q2, Q3, by, period
from tests.westshire.shown import page, paper, person
from tests.westshire.test_versions import standing
from tests.westshire.test_why_it_was_corrected import (
    FALLS,
    Days,
    changed,
    published,
    reopened,
)

REASON = "Two lists were one."


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def test_two_papers_of_one_report_say_which_version_of_the_period_each_is_of(part, client):
    reopen_period(period(part, Q2), reason="Corrections.", by=person("performance"))
    first = standing(part, Q3)
    days = Days()
    with days.next():
        reopened(part, FALLS, REASON)
        changed(part, 641)
        published(part, FALLS)
        second = standing(part, Q3)
        assert second.number == first.number + 1
        words = {
            row.number: paper(client, f"projects/{FALLS}.pdf?period={Q3}&version={row.number}")
            for row in (first, second)
        }
        shown = page(client, f"projects/{FALLS}/?period={Q3}")
        assert "Shown with version 2 of Quarter 3 2026/27" in shown
        assert "Printed with version" not in words[first.number]
        assert f"Printed with version {second.number} of Quarter 3 2026/27" in words[second.number]
        assert second.fingerprint[:12] in words[second.number]
        (mark,) = {re.search(r"Fingerprint (\w{12})", told).group(1) for told in words.values()}
        answer = read(client, f"/version/{mark}/")
    assert "This is the current version." in answer
    again = answer.split("Printed again since")[1]
    assert f"Version {second.number} of Quarter 3 2026/27" in again
    assert "641" in again
    assert REASON in again


def test_the_short_address_of_a_report_that_was_printed_once_says_nothing_of_another(part, client):
    told = paper(client, f"projects/{FALLS}.pdf?period={Q3}")
    mark = re.search(r"Fingerprint (\w{12})", told).group(1)
    assert "Printed again since" not in read(client, f"/version/{mark}/")
