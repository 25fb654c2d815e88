"""What has ended is owed by nobody: every list counts as the front page does."""

from datetime import date

from bcfportal.lib import clock
from projects.models import ProjectChange
from publishing.current_report import current_period
from returns.publication import Current
from returns.reminders import owed_returns
from returns.review import publish_period
from tests.forced import in_state
from tests.westshire.project_pages import Q3, by, download, period, report
from tests.westshire.shown import page, person, signed_in
from tests.westshire.test_later_periods import corrected

ENDED = "winter-warmth"


def test_publishing_counts_as_missing_what_the_front_page_counts(westshire, client):
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q3}/publish/")
    assert "16 have not come in, and 7 wait to be approved" in words
    missing = words.split("What is missing")[1].split("See it first")[0]
    assert "Winter warmth: " not in missing
    assert "Winter warmth ended on 31 October 2026: nothing is due of it" in missing
    publish_period(period(westshire), **by("performance", westshire))
    client.logout()
    assert "23 of 30 projects have not reported" in page(client)


def test_the_board_asks_nothing_of_what_has_ended(westshire, client):
    signed_in(client, "performance")
    rows = client.get(f"/westshire/quarter/?period={Q3}").context["rows"]
    row = next(row for row, _ in rows if row.report.slug == ENDED)
    assert (row.turn_words, row.late, row.missing) == ("Nobody", False, [])
    assert row.due == "nothing: ended on 31 October 2026"


def test_nobody_is_reminded_of_what_has_ended(westshire):
    owed = {each.slug for each in owed_returns(period__council=westshire)}
    assert "bridging-care" in owed
    assert ENDED not in owed


def test_my_returns_says_that_nothing_is_due_of_what_has_ended(westshire, client):
    signed_in(client, "prevention")
    words = page(client, "returns/")
    assert "Nothing is due: ended on 31 October 2026" in words


def test_the_report_is_complete_without_what_has_ended(westshire):
    publish_period(period(westshire), current=Current.COMPLETE, **by("performance", westshire))
    others = period(westshire).returns.exclude(project__slug=ENDED)
    in_state(others.exclude(status="published"), "approved")
    assert report(westshire, ENDED).status not in ("approved", "published")
    publish_period(period(westshire), current=Current.COMPLETE, **by("performance", westshire))
    assert current_period(westshire.pk, "programme").key == Q3


def test_what_ended_before_the_period_counts_in_no_rating_though_its_return_is_published(
    westshire, client
):
    publish_period(period(westshire), **by("performance", westshire))
    listed = download(client, "projects", Q3)
    slug = next(each["slug"] for each in listed if each["standing"] == "reported")
    reported = sum(each["standing"] == "reported" for each in listed)
    ProjectChange.objects.create(
        project=report(westshire, slug, Q3).project,
        kind="ended",
        on=date(2026, 8, 15),
        why="Closed.",
        by=person("administrator"),
        at=clock.now(),
    )
    signed_in(client, "performance")
    assert "ended on 15 August 2026, before this period began" in page(
        client, f"quarter/{Q3}/{slug}/"
    )
    client.logout()
    corrected(westshire, slug, key=Q3, summary_performance="It had closed.")
    listed = download(client, "projects", Q3)
    assert next(each["standing"] for each in listed if each["slug"] == slug) == "ended"
    assert sum(each["standing"] == "reported" for each in listed) == reported - 1
