"""A project that has ended is told as ended everywhere; what will stand is said as it will be."""

import re
from datetime import date

from bcfportal.lib import clock
from projects.models import ProjectChange
from returns.review import publish_period
from tests.westshire.project_pages import Q3, by, download, period, report
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_later_periods import GREY, corrected
from tests.westshire.test_versions import standing, withdrawn

ENDED = "Ended on 31 December 2026."


def test_a_project_that_reported_and_ended_is_ended_on_page_list_and_file_alike(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    slug = next(
        each["slug"] for each in download(client, "projects", Q3) if each["standing"] == "reported"
    )
    found = report(westshire, slug, Q3)
    ProjectChange.objects.create(
        project=found.project,
        kind="ended",
        on=date(2026, 12, 31),
        why="Beds closed.",
        by=person("administrator"),
        at=clock.now(),
    )
    corrected(westshire, slug, key=Q3, summary_performance="It closed at the year's end.")
    for where in (f"projects/{slug}/", "projects/"):
        assert ENDED in page(client, f"{where}?period={Q3}"), where
    row = next(each for each in download(client, "projects", Q3) if each["slug"] == slug)
    assert (row["standing"], row["ended"]) == ("ended", "2026-12-31")


def test_the_page_that_asks_says_that_a_new_version_will_stand_where_it_will(westshire, client):
    publish_period(period(westshire), **by("performance", westshire))
    slug = next(
        each["slug"] for each in download(client, "projects", Q3) if each["standing"] == "reported"
    )
    corrected(westshire, slug, key=Q3, summary_performance="Counted again.")
    corrected(westshire, GREY, spend_forecast=445_012)
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q3}/publications/")
    said = re.search(r"What will be current then: (.*?)\.", words)[1]
    last = standing(westshire, Q3).number
    withdrawn(westshire, Q3)
    made = standing(westshire, Q3).number > last
    assert made
    assert said.endswith("in a new version where earlier reports are no longer as it shows them")
