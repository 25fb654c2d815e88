"""A council's tolerance changes from a stated month; what was published keeps its colour."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from django.urls import reverse

from bcfportal.lib import clock
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import definitions_of
from outcomes.models import Measure, Result
from outcomes.project_measures.table import rate_result
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.statuses import statuses
from projects.models import Council
from projects.tolerances import change_tolerance, tolerance_in, tolerances_of
from publishing.models import Return, Snapshot
from returns.collect import make_sheet, returns_with_records
from tests.month import LAST
from tests.text import words_of

pytestmark = pytest.mark.django_db
SETTINGS = "/testshire/administration/settings/"


def change(month, period, **settings):
    council = Council.objects.get(pk=month.council.pk)
    for name, value in settings.items():
        setattr(council, name, value)
    by = month.people["performance officer"]
    change_tolerance(council=council, period=period, why="Agreed by the board.", by=by)


def standing_of(month, last=LAST.following):
    made = Snapshot.objects.filter(report=month.report).latest("number")
    sheet = msgspec.json.decode(msgspec.json.encode(made.content), type=VitalSigns)
    (found,) = (each for each in statuses(sheet, last) if each.measure.slug == "measure")
    return found


def colours(standing):
    return {period: standing.rate(each).rating for period, each in standing.by_period.items()}


def test_figures_before_the_month_of_a_changed_tolerance_keep_their_colour(month, client):
    change(month, LAST.following.key, rating_tolerance=Decimal(10))
    month.published("90")
    found = colours(standing_of(month))
    assert found[LAST.key] == "red"
    assert found[LAST.following.key] == "amber"
    words = words_of(client.get("/testshire/vital-signs/measure/").content.decode())
    assert "Tolerance changed from 5% of the target to 10% of the target" in words
    assert "Agreed by the board." in words


def test_a_tolerance_that_changes_in_a_month_to_come_does_not_touch_this_one(month):
    change(month, LAST.following.following.key, rating_tolerance=Decimal(10))
    month.published("90")
    assert colours(standing_of(month))[LAST.following.key] == "red"


def test_a_measure_with_a_tolerance_of_its_own_is_not_changed_by_the_council_s(month):
    Measure.objects.filter(slug="measure").update(tolerance=5, tolerance_kind="relative")
    change(month, LAST.following.key, rating_tolerance=Decimal(10))
    (only,) = definitions_of(Measure.objects.get(slug="measure"))
    assert (only.since, only.tolerance) == ("", 5)


def test_a_variance_that_is_an_exception_holds_from_its_month(month):
    change(month, LAST.following.key, exception_variance=Decimal(20))
    council = Council.objects.get(pk=month.council.pk)
    assert tolerance_in(council, LAST).exception_variance == 5
    assert tolerance_in(council, LAST.following).exception_variance == 20


def test_of_two_changes_from_one_month_the_later_holds(month):
    change(month, LAST.following.key, rating_tolerance=Decimal(10))
    change(month, LAST.following.key, rating_tolerance=Decimal(2))
    found = tolerances_of(Council.objects.get(pk=month.council.pk))
    assert [(each.since, each.rating_tolerance) for each in found] == [
        ("", 5),
        (LAST.following.key, 2),
    ]
    with pytest.raises(ValueError, match="already been changed from April 2017"):
        change(month, LAST.key, rating_tolerance=Decimal(3))


def test_earlier_quarters_of_a_project_keep_the_colour_of_their_own_tolerance(month):
    report = returns_with_records(Return.objects.filter(project__council=month.council)).latest(
        "period__key"
    )
    own = Period.parse(report.period.key)
    measure = Measure.objects.create(
        project=report.project, position=90, text="Kept", unit="%", direction="bigger is better"
    )
    measure.targets.create(status="set", value=100)
    before = own.up_to(own)[0]
    earlier = Period(before.start_year - 1, before.quarter)
    for period in (earlier, own):
        Result.objects.create(measure=measure, period=period.key, value=93)
    change(month, own.key, rating_tolerance=Decimal(10))
    report = returns_with_records(Return.objects.filter(pk=report.pk)).get()
    sheet = make_sheet(report)
    (row,) = (each for each in sheet.measures if each.text == "Kept")
    assert [rate_result(sheet, row, each).rating for each in row.results] == ["red", "amber"]


def typed(**changes):
    return {
        "variance_tolerance": "5",
        "rating_tolerance": "10",
        "rating_tolerance_kind": "relative",
        "exception_variance": "5",
        "money_style": "lower",
        "accent_colour": "#1d3d5c",
        "service_name": "Better Care Fund",
        "purpose_word": "Purpose",
    } | changes


def test_the_settings_ask_from_which_month_the_tolerance_changes_and_why(month, client):
    month.sign_in(client, "administrator")
    words = words_of(client.post(SETTINGS, typed()).content.decode())
    assert "Choose from which month the tolerance changes." in words
    assert "Say why the tolerance changes." in words
    now = clock.today()
    since = next(
        each.key
        for each in Period(now.year - 1, month=1).up_to(Period(now.year))
        if each.first_day == date(now.year, now.month, 1)
    )
    answer = client.post(SETTINGS, typed(since=since, why="Agreed by the board."), follow=True)
    assert "Saved: the settings of the council." in words_of(answer.content.decode())
    kept = Council.objects.get(pk=month.council.pk).tolerance_changes.get()
    assert (kept.rating_tolerance, kept.period, kept.by.post) == (5, since, "Administrator")
    words = words_of(client.get(SETTINGS).content.decode())
    assert f"From {period_of(since).label}: 10% of the target" in words


def test_other_settings_are_saved_without_a_month(month, client):
    month.sign_in(client, "administrator")
    client.post(SETTINGS, typed(rating_tolerance="5", contact="Performance team"))
    council = Council.objects.get(pk=month.council.pk)
    assert council.contact == "Performance team"
    assert not council.tolerance_changes.exists()
    assert reverse("administration:settings", args=["testshire"]) == SETTINGS
