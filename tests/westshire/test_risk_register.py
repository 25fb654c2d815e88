"""The risk register of Westshire's story: what must have happened in it."""

from datetime import date

import pytest

from projects.models import Project
from risks.models import Closure, Progress, Promise, RegisterReport, Risk
from risks.register import published_register, register_at


@pytest.fixture
def registers(westshire):
    """The register as published in May, August and November, and as it is today."""
    reports = RegisterReport.objects.filter(council=westshire).order_by("as_at")
    return [*map(published_register, reports), register_at(westshire, date(2027, 1, 20))]


def scores(registers, slug):
    found = [register.find(slug) for register in registers]
    return [(each.score, each.prospects) if each else None for each in found]


def test_three_registers_are_published_and_one_is_in_the_making(registers):
    assert [each.as_at for each in registers] == [
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2026, 10, 31),
        date(2027, 1, 20),
    ]


def test_a_risk_goes_from_green_to_red(registers):
    assert scores(registers, "wr12") == [(8, "green"), (8, "green"), (20, "red"), (20, "red")]


def test_prospects_turn_red_at_the_same_score(registers):
    assert scores(registers, "wr01")[1:3] == [(20, "amber"), (20, "red")]


def test_a_risk_is_added_in_the_year(registers):
    assert scores(registers, "wr15") == [None, None, (12, "amber"), (12, "amber")]


def test_a_risk_is_closed_and_what_it_was_about_is_entered_again(westshire, registers):
    assert [closure.risk.slug for closure in Closure.objects.filter(risk__council=westshire)] == [
        "wr11"
    ]
    assert scores(registers, "wr11-again")[-2:] == [None, (12, "amber")]


def test_each_open_risk_was_assessed_in_each_quarter_but_for_those_that_say_otherwise(westshire):
    for risk in Risk.objects.filter(council=westshire).exclude(slug__in=("wr15", "wr11-again")):
        current = risk.assessment_rows.filter(stage="current").count()
        fewer = {"wr06": 1, "wr08": 2, "wr09": 2, "wr11": 2}.get(risk.slug, 0)
        assert current == 8 - fewer, risk


def test_who_left_owns_two_risks_that_nobody_assessed_since(westshire):
    risks = Risk.objects.filter(council=westshire, owner__email__startswith="leaver.")
    assert {risk.slug for risk in risks} == {"wr08", "wr09"}
    for risk in risks:
        last = risk.assessment_rows.filter(stage="current").latest("on")
        assert last.on == date(2026, 7, 20)
        assert last.review_by < date(2027, 1, 20)


def test_tasks_are_on_schedule_late_and_done_and_promises_have_passed(westshire):
    progress = Progress.objects.filter(risk__council=westshire)
    assert set(progress.values_list("state", flat=True)) == {
        "on schedule",
        "falling behind",
        "done",
    }
    passed = Promise.objects.filter(risk__council=westshire, due__lt=date(2027, 1, 20))
    assert {promise.risk.slug for promise in passed} == {"wr01", "wr04", "wr05", "wr08", "wr12"}


def test_risks_of_projects_are_linked_with_one_where_there_are_any(westshire):
    if not Project.objects.filter(council=westshire).exists():
        pytest.skip("Westshire has no projects yet.")
    linked = Risk.objects.filter(council=westshire, link_rows__project__isnull=False)
    assert {risk.slug for risk in linked} == {"wr08", "wr09", "wr10", "wr13"}


def test_a_risk_is_written_in_other_scripts_and_another_is_long(westshire):
    words = {
        risk.slug: risk.details_rows.latest("on").description
        for risk in Risk.objects.filter(council=westshire)
    }
    assert "পরিচর্যাকারীদের" in words["wr14"]
    assert len(words["wr01"]) > 1_000
