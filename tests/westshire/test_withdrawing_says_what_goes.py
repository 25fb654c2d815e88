"""Withdrawing a version of a quarter says what goes with it and what stays.

The version that it makes says what is otherwise than in the one that people read last.
"""

import pytest

from bcfportal.lib.versions import WITHDRAWN
from publishing.withdrawal import ask_to_withdraw
from returns.period_versions.published import read
from returns.publication import publish
from returns.review import publish_period
from tests.westshire.project_pages import Q3, by, period
from tests.westshire.shown import page, signed_in
from tests.westshire.test_later_periods import corrected, row
from tests.westshire.test_projects_by_their_day import NAME, moved
from tests.westshire.test_projects_changed_since import approved_in
from tests.westshire.test_versions import WHY, standing, withdrawn

RENAMED = "falls-prevention"


@pytest.fixture
def named_after(westshire, client):
    """Version 2 corrects one report; version 3 is published for the name of another project."""
    publish_period(period(westshire), **by("performance", westshire))
    slug = approved_in(westshire)
    assert slug != RENAMED
    corrected(westshire, slug, key=Q3, rating="red", summary_performance="Counted again.")
    moved(client, RENAMED, (1, 12, 2026))
    publish([], of=period(westshire))
    assert standing(westshire, Q3).number == 3
    return slug


def test_the_page_that_asks_names_the_reports_that_go_and_the_names_that_stay(
    named_after, westshire, client
):
    name = row(client, named_after)["short_title"]
    signed_in(client, "performance")
    asked = page(client, f"quarter/{Q3}/publications/")
    assert f"What goes with it: what was published last of {name}." in asked
    stays = asked.split("What stays:")[1]
    assert f"{NAME}: Name: {NAME}" in stays
    ask_to_withdraw(standing(westshire, Q3), reason=WHY, **by("performance", westshire))
    signed_in(client, "performance-lead")
    decided = page(client, f"quarter/{Q3}/publications/")
    assert f"What goes with it: what was published last of {name}." in decided
    assert f"{NAME}: Name: {NAME}" in decided.split("What stays:")[1]


def test_the_version_that_it_makes_lists_what_is_otherwise_than_in_the_one_read_last(
    named_after, westshire, client
):
    rating = row(client, named_after)["rating"]
    assert rating == "red"
    withdrawn(westshire, Q3)
    made = standing(westshire, Q3)
    assert made.number == 4
    assert row(client, named_after)["rating"] != "red"
    said = {each.what: each for each in read(made).corrections if each.slug == named_after}
    assert (said["Rating"].before, said["Rating"].why) == (WITHDRAWN, WHY)
    assert said["Rating"].after != "Red"
    assert "Counted again." not in page(client, f"versions/{Q3}/4/")
    assert NAME in page(client, f"versions/{Q3}/4/")
