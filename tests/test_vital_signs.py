"""The dashboard and report cards: what the paper prints, and what the rules make of it."""

import csv
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser

from bcfportal.lib.periods import Period
from outcomes.models import Break, Measure
from outcomes.vital_signs.dashboard import dashboard, window
from outcomes.vital_signs.published import vital_signs_shown
from tests.month import LAST, MONTHS, add_measure, publish_month
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
DELAYS = "delayed-transfers-social-care"


@pytest.fixture
def rows():
    shown = vital_signs_shown(AnonymousUser(), "norfolk")
    return {row.measure.slug: row for row in dashboard(shown.sheet, shown.month)}


def test_the_fifteen_measures_have_thirteen_months_as_printed(rows):
    assert len(rows) == 15
    assert [cell.text for cell in rows[DELAYS].cells] == (
        ["1.5", "2.9", "2.6", "2.4", "2.6", "3.0", "3.1", "3.1", "3.1", "3.2", "3.4", "3.5", "3.56"]
    )
    cells = rows["learning-disabilities-paid-employment"].cells
    assert (cells[0].text, cells[0].detail) == ("3.7%", "77 / 2,095")
    assert (cells[-1].text, cells[-1].detail) == ("3.3%", "69 / 2,122")


def test_a_missing_month_says_why_and_is_no_zero(rows):
    cells = rows["cqc-good-or-above"].cells
    assert [cell.text for cell in cells[-4:]] == ["72.8%", *["Not yet available"] * 3]
    assert rows["cqc-good-or-above"].status.latest_words == "72.8%"


def test_a_figure_is_rated_only_against_the_target_of_its_own_month(rows):
    ratings = [cell.rating for cell in rows[DELAYS].cells]
    assert ratings == [None] * 12 + ["red"]
    assert rows["still-at-home-91-days-after-reablement"].cells[-1].rating == "green"


def test_signal_and_noise_stand_beside_the_rating(rows):
    delays = rows[DELAYS]
    # The target is known for one month only, so nothing is said of what can be expected.
    assert (delays.variation.label, delays.assurance.label) == ("Concern, high", "–")
    assert rows["cqc-good-or-above"].variation.label == "Not enough data"
    assert "10 points" in rows["cqc-good-or-above"].variation.sentence


def test_the_dashboard_says_it_all_in_words(client):
    words = read(client, "/norfolk/vital-signs/")
    assert "15 measures over the thirteen months to March 2017. 6 need attention" in words
    assert "Exception: off target" in words
    assert "137.3% worse than target" in words
    assert "Red: 3.56" in words


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("show=exceptions", "Admissions to residential and nursing care, aged 18-64", 6),
        ("theme=Employment", "People receiving Learning Disabilities", 2),
        ("lead=Director+of+Integrated+Care", "Delayed transfers", 2),
        ("sort=variance&show=exceptions", "Delayed transfers of care", 6),
        ("sort=nonsense", "Admissions to residential", 15),
        ("theme=nonsense", "Admissions to residential", 15),
    ],
)
def test_filters_and_orders_choose_rows(client, query, first, count):
    page = client.get(f"/norfolk/vital-signs/?{query}").content.decode()
    names = re.findall(r'<th scope="row".*?<a [^>]*>([^<]+)</a>', page, re.S)
    assert len(names) == count
    assert names[0].startswith(first)


def test_an_earlier_month_can_be_chosen_and_no_later_or_odd_one(client):
    words = read(client, "/norfolk/vital-signs/?month=2016-17-m06")
    assert "September 2016 , as the report of March 2017 has it" in words
    assert "Sep 15" in words
    for month in ("2010-11-m01", "2017-18-m06", "2016-17", "2016-17-q3", "nonsense", "2016-17-m13"):
        assert client.get(f"/norfolk/vital-signs/?month={month}").status_code == 404, month


def test_a_council_that_does_not_publish_shows_no_measures(client, month):
    month.council.publishes = False
    month.council.save()
    for page in ("vital-signs/", "exceptions/", "outcomes-framework/", "care-quality/"):
        assert client.get(f"/testshire/{page}").status_code == 404, page
    assert (
        month.sign_in(client, "committee member").get("/testshire/vital-signs/").status_code == 200
    )


def test_the_csv_has_a_row_for_each_measure_and_month(client):
    body = client.get("/norfolk/vital-signs/dashboard.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(body)))
    assert len(lines) == 15 * 13
    last = next(
        line for line in lines if line["measure"] == DELAYS and line["month"] == "2016-17-m12"
    )
    assert (last["value"], last["target"], last["rating_by_rule"]) == ("3.56", "1.5", "red")
    assert last["exception"] == "off target; deteriorated for three periods"


def test_a_report_card_tells_the_story(client):
    words = read(client, f"/norfolk/vital-signs/{DELAYS}/")
    assert "3.56 per 100,000 in March 2017: 137.3% worse than target (1.5), worse than" in words
    assert "Staying unnecessarily long in acute hospital" in words
    assert "one version of the truth" in words
    assert "Lead: Director of Integrated Care" in words
    assert "Also printed:" in words
    assert "ASCOF 2C2" in words
    assert "Barrett" not in words


def test_the_voluntary_series_stands_on_the_card_it_supports(client):
    words = read(client, "/norfolk/vital-signs/learning-disabilities-paid-employment/")
    assert "voluntary employment: 95 in March 2017" in words
    assert "Two values" not in words
    assert "4.0% " in words
    assert "Targets of 5% by end of 16/17" in words
    assert "5.3%" in words


def test_a_measure_that_is_not_there_is_not_found(client):
    assert client.get("/norfolk/vital-signs/nothing/").status_code == 404
    assert client.get("/norfolk/vital-signs/ascof-1a/").status_code == 404


def test_breaks_stand_on_the_chart_with_their_words(testshire, client, person):
    council = testshire()
    measure = add_measure(council)
    officer = person()
    for kind, period, why in (
        ("rebase", MONTHS[6], "The way of counting changed."),
        ("definition change", MONTHS[3], "Beds are counted too."),
    ):
        Break.objects.create(
            measure=measure,
            period=period.key,
            kind=kind,
            why=why,
            by=officer,
            at="2017-05-01T09:00Z",
        )
    publish_month(council)
    page = client.get("/testshire/vital-signs/measure/").content.decode()
    assert "Limits recalculated from September 2016" in page
    chart = re.search(r'<script id="chart-data"[^>]*>(.*?)</script>', page, re.S)[1]
    assert "Definition changed from" in chart
    assert "Beds are counted too." in words_of(page)
    shown = vital_signs_shown(AnonymousUser(), "testshire")
    (row,) = dashboard(shown.sheet, shown.month)
    # Both a definition changed and limits calculated anew begin a part.
    assert len(row.status.chart.segments) == 3
    assert not row.status.chart.enough


def test_pages_take_the_same_queries_for_fifteen_measures_and_for_sixty(
    testshire, client, django_assert_num_queries
):
    council = testshire()
    for number in range(60):
        add_measure(council, f"measure-{number}")
    publish_month(council)
    client.get("/testshire/vital-signs/")
    client.get("/norfolk/vital-signs/")
    for council_slug in ("norfolk", "testshire"):
        with django_assert_num_queries(4):
            client.get(f"/{council_slug}/vital-signs/")


def test_making_the_sheet_takes_the_same_queries_for_any_number(
    testshire, django_assert_max_num_queries
):
    council = testshire()
    for number in range(40):
        add_measure(council, f"measure-{number}")
    with django_assert_max_num_queries(59):
        publish_month(council)


def test_the_window_is_thirteen_months():
    assert [month.short_label for month in window(LAST)][::12] == ["Mar 16", "Mar 17"]
    assert window(Period(2017, month=1), 2) == [LAST, Period(2017, month=1)]


def test_the_first_page_of_a_council_without_projects_says_what_is_off(client):
    words = read(client, "/norfolk/")
    assert "What is off" in words
    assert "3.56 per 100,000 in March 2017 against a target of 1.5" in words
    assert "Norfolk County Council" in read(client, "/")
    assert "Performance report, March 2017 (PDF)" in read(client, "/norfolk/reports/")


def test_measures_of_a_council_have_a_name_and_an_owner():
    measure = Measure.objects.get(slug=DELAYS)
    assert measure.owner.slug == "norfolk"
    assert Measure.objects.get_by_natural_key("norfolk", None, DELAYS) == measure
