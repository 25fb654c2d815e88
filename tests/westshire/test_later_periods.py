"""What later quarters show of a report that is corrected, withdrawn or published late."""

from datetime import date

import pytest

from bcfportal.lib import clock
from publishing.models import KeptPaper, PeriodVersion, ReportingPeriod, Return, Snapshot
from returns.content import Sheet
from returns.period_versions.collect import contents_of
from returns.period_versions.differences import DAYS, LISTS, MONEY, NOT_SAID, PARTS, RATINGS, TEXTS
from returns.period_versions.published import read_programme, shown_sheets
from returns.publication import publish, take_snapshots
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, download, period, report
from tests.westshire.shown import page, paper, signed_in
from tests.westshire.test_versions import standing, withdrawn

GREY = "handyperson"


@pytest.fixture
def part(westshire):
    publish_period(period(westshire), **by("performance", westshire))
    return westshire


def corrected(westshire, slug, key=Q2, **values):
    """Publishes the return of that project and quarter again, with other values."""
    found = report(westshire, slug, key)
    Return.objects.filter(pk=found.pk).update(**values)
    made = take_snapshots(Return.objects.filter(pk=found.pk))
    publish(list(Snapshot.objects.filter(pk__in=[each.pk for each in made])), at=clock.now())


def figure(westshire, slug, value, key=Q2):
    """The measure's whole figure of a quarter, corrected without a word elsewhere."""
    found = report(westshire, slug, key)
    result = found.project.measures.order_by("position").first().results.get(period=key)
    type(result).objects.filter(pk=result.pk).update(value=value)
    corrected(westshire, slug, key, summary_performance="Counted again.")


def row(client, slug, key=Q3):
    rows = download(client, "projects", key)
    return next(each for each in rows if each["slug"] == slug)


def test_a_later_quarter_shows_the_corrected_report_of_what_has_not_reported(part, client):
    before = standing(part, Q3).number
    figure(part, GREY, 1300)
    assert standing(part, Q3).number == before + 1
    words = page(client, f"projects/{GREY}/?period={Q3}")
    assert "1,300" in words
    assert "Corrected on" in words
    results = [each for each in download(client, "results", Q3) if each["project"] == GREY]
    assert [each["value"] for each in results if each["period"] == Q2][:1] == ["1300"]
    assert "Counted again." in row(client, GREY)["summary_performance"]


def test_a_later_quarter_does_not_show_what_is_withdrawn(part, client):
    """Rural home care's report came late: only version 3 of quarter 2 ever held it."""
    slug = "rural-home-care"
    assert row(client, slug)["as_of"] == Q2
    withdrawn(part, Q2)
    assert row(client, slug)["as_of"] != Q2
    assert "Quarter 2" not in page(client, f"projects/{slug}/?period={Q3}").split("Measures")[0]
    answer = client.get(f"/westshire/?period={Q3}&version=1")
    assert answer.status_code == 410
    assert "showed reports as of Quarter 2 2026/27 that were withdrawn" in answer.text
    assert client.get(f"/westshire/projects/{slug}/?period={Q3}&version=1").status_code == 410


def test_with_a_whole_quarter_withdrawn_later_ones_show_the_quarter_before(part, client):
    while period(part, Q2).published_at:
        withdrawn(part, Q2)
    assert client.get(f"/westshire/?period={Q2}").status_code == 410
    assert {each["as_of"] for each in download(client, "projects", Q3)}.isdisjoint({Q2})
    assert "Corrected" in page(client, f"projects/{GREY}/?period={Q3}")


def test_what_is_published_again_after_a_withdrawal_is_a_version_of_its_own(westshire, client):
    first = standing(westshire, Q2)
    paper(client, f"reports/progress-update.pdf?period={Q2}")
    withdrawn(westshire, Q2)
    signed_in(client, "performance")
    publish_period(period(westshire, Q2), **by("performance", westshire))
    client.logout()
    again = standing(westshire, Q2)
    assert again.number == first.number + 1
    assert again.fingerprint != first.fingerprint
    answer = client.get(f"/version/{again.fingerprint[:12]}/", follow=True)
    assert "This is the current version." in answer.text
    assert f"Version {again.number}," in paper(client, f"reports/progress-update.pdf?period={Q2}")
    assert KeptPaper.objects.filter(fingerprint=again.fingerprint).exists()


def test_the_corrections_say_everything_that_changed(westshire, client):
    corrected(
        westshire,
        "reablement",
        action_due="2027-03-30",
        forecast_rating="red",
        cause="Two rotas were merged.",
    )
    words = page(client, f"projects/reablement/?period={Q2}")
    for what in ("By when: 30 March 2027", "Rating expected at year end: Red", "Cause: Two rotas"):
        assert what in words, what


def test_each_field_of_a_sheet_is_compared_or_said_why_not():
    compared = {*TEXTS, *RATINGS, *DAYS, *LISTS, *MONEY, *PARTS, *NOT_SAID}
    assert compared == set(Sheet.__struct_fields__)
    assert all(NOT_SAID.values())


def test_corrections_of_one_day_keep_each_its_reason(westshire, client):
    corrected(westshire, "reablement", cause="First.")
    corrected(westshire, "reablement", cause="Second.")
    words = page(client, f"projects/reablement/?period={Q2}")
    assert words.count("Corrected on 20 January 2027.") == 2
    assert "Cause: " in row(client, "reablement", Q2)["corrected"]


def test_a_figure_corrected_twice_says_each_step(westshire, client):
    figure(westshire, GREY, 1310)
    figure(westshire, GREY, 1300)
    rows = [each for each in download(client, "results", Q2) if each["project"] == GREY]
    said = next(each["corrected"] for each in rows if each["period"] == Q2)
    assert "1,310" in said
    assert "1,300" in said
    assert "1,472" in said
    assert PeriodVersion.objects.filter(period__key=Q2).count() > 4


def test_a_project_that_has_not_reported_has_no_colour_of_its_own_in_its_paper(part, client):
    words = paper(client, f"projects/{GREY}.pdf?period={Q3}")
    assert "Has not reported; green then" in words
    assert row(client, GREY)["rating"] == ""
    assert row(client, GREY)["earlier_rating"] == "green"
    described = [each for each in download(client, "projects", Q3) if not each["rating"]]
    assert "described only" in {each["standing"] for each in described}


def test_what_has_not_reported_is_a_group_of_its_own_on_a_purposes_page_and_the_cover(part, client):
    assert "not reported" in page(client, f"conditions/1/?period={Q3}")
    assert "Not reported" in paper(client, f"reports/progress-update.pdf?period={Q3}")[:3000]


def test_the_download_of_measures_gives_each_target_its_own_unit(westshire, client):
    rows = download(client, "measures", Q2)
    own = [each for each in rows if (each["project"], each["number"]) == ("bridging-care", "1")]
    assert {each["unit"] for each in own} == {"days", "hours"}


def test_a_provider_is_named_once_in_the_download(westshire, client):
    for each in download(client, "results", Q2):
        name = each["segment"]
        assert not any(name == f"{half} ({half})" for half in [name.split(" (")[0]])


def test_the_money_of_earlier_years_stays_when_the_year_turns(westshire):
    """Winter warmth ended in October 2026: what it was allocated until then stays."""
    before = shown_sheets(read_programme(standing(westshire, Q2)))
    opened = ReportingPeriod.objects.create(
        council=westshire,
        key="2027-28-q1",
        as_at=date(2027, 6, 30),
        opens=date(2027, 7, 1),
        due=date(2027, 7, 14),
        closes=date(2027, 7, 31),
        title="Quarterly report",
    )
    contents, _ = contents_of(opened, [], None)
    after = shown_sheets(contents)
    for year in (2025, 2026):
        sums = [sum(sheet.total_of(year) or 0 for sheet in each) for each in (before, after)]
        assert sums[0] == sums[1]


def test_the_page_that_publishes_an_earlier_quarter_says_which_later_ones_follow(part, client):
    found = report(part, GREY, Q2)
    Return.objects.filter(pk=found.pk).update(cause="Two rotas were merged.", status="approved")
    take_snapshots(Return.objects.filter(pk=found.pk))
    signed_in(client, "performance")
    words = page(client, f"quarter/{Q2}/publish/")
    assert "gets a new version too, which lists what it corrects" in words
    assert "Later reports are: Quarter 3 2026/27." in words
