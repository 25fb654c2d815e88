"""Targets that a document prints once for all its results: where they hold, who carries them."""

from datetime import date

from django.urls import reverse

from outcomes.models import Target
from returns.collect import make_sheet, returns_with_records
from returns.periods import open_period
from tests.test_periods import a_quarter, boxes
from tests.westshire.project_pages import by
from tests.westshire.shown import signed_in

NEXT = "2027-28-q1"
DATES = {
    "as_at": date(2027, 6, 30),
    "opens": date(2027, 7, 1),
    "due": date(2027, 7, 14),
    "closes": date(2027, 7, 31),
}


def typed(**changed):
    return a_quarter(year="2027/28", quarter="1", take_over="", **boxes(**DATES)) | changed


def sheet_of(westshire, slug, key):
    found = westshire.periods.get(key=key).returns.filter(project__slug=slug)
    return make_sheet(returns_with_records(found).get())


def targets_of(westshire, slug, key):
    measures = sheet_of(westshire, slug, key).measures
    return [measure.target_in(key) for measure in measures]


def test_a_standing_target_is_not_carried_into_the_next_year_by_itself(westshire):
    assert any(each.value for each in targets_of(westshire, "handyperson", "2026-27-q3") if each)
    open_period(
        council=westshire,
        key=NEXT,
        title="Quarterly report",
        by=by("performance", westshire)["by"],
        **DATES,
    )
    assert not any(targets_of(westshire, "handyperson", NEXT))


def test_a_standing_target_is_carried_when_an_officer_says_so(westshire):
    open_period(
        council=westshire,
        key=NEXT,
        title="Quarterly report",
        take_over=True,
        by=by("performance", westshire)["by"],
        **DATES,
    )
    for before, now in zip(
        targets_of(westshire, "handyperson", "2026-27-q3"),
        targets_of(westshire, "handyperson", NEXT),
        strict=True,
    ):
        if before and not before.period and before.value is not None:
            assert (now.period, now.value) == (NEXT, before.value)
            assert "Taken over from Quarter 4 2026/27" in now.note


def test_opening_a_quarter_asks_whether_targets_hold_for_it_too(westshire, client):
    signed_in(client, "performance")
    address = reverse("reporting:periods", args=["westshire"])
    answer = client.post(address, typed())
    assert answer.status_code == 200
    assert "have a target that ends before this quarter" in answer.text
    assert client.post(address, typed(take_over="no")).status_code == 302
    assert not Target.objects.filter(period=NEXT).exists()


def test_a_document_s_targets_end_with_the_document(westshire):
    standing = Target.objects.filter(
        measure__project__council__slug="nottinghamshire", period="", status="set"
    )
    assert {each.until for each in standing} == {"2017-18-q3"}
