"""Nottinghamshire's fixtures hold what the report prints, and their sums are its sums."""

import re
from decimal import Decimal

import pytest
import yaml

from bcfportal.lib.money import short_pounds
from demonstration.fixtures import load_fixtures
from finance.models import FinanceLine, StatedSum
from outcomes.models import Measure, Result, Target
from projects.models import GrantCondition, Project
from publishing.models import ReportingPeriod, Return, Snapshot
from tests.database import FIXTURES
from tests.text import read


def test_the_contents_list_has_29_entries_under_three_conditions(nottinghamshire):
    counts = [
        condition.projects.count()
        for condition in GrantCondition.objects.filter(council=nottinghamshire)
    ]
    assert counts == [17, 8, 4]
    assert nottinghamshire.projects.filter(kind="described").count() == 6
    pages = [p.contents_page for p in Project.objects.filter(council=nottinghamshire)]
    assert pages == [*range(9, 21), 21, 21, 21, 21, 21, *range(22, 34)]


def test_all_23_columns_of_the_summary_are_there(programme):
    for sheet in programme.reported:
        assert sheet.summary_total_as_printed, sheet.slug
        assert sheet.summary_description, sheet.slug
        assert sheet.summary_method, sheet.slug
        assert sheet.summary_performance, sheet.slug
        assert sheet.performance, sheet.slug
        assert sheet.description, sheet.slug
    assert len(programme.reported) == 23


pytestmark = pytest.mark.django_db


# The one printed total that its lines do not make; the project's note says so.
DISAGREES = {"sw-in-hospital-teams": ("2.1M", Decimal(2_237_532))}


def test_each_printed_total_is_what_its_lines_make_but_one(programme):
    for sheet in programme.reported:
        if sheet.slug in DISAGREES:
            assert (sheet.summary_total_as_printed, sheet.total) == DISAGREES[sheet.slug]
            assert any("2,237,532" in note for note in sheet.notes)
        else:
            assert f"£{sheet.summary_total_as_printed}" == short_pounds(sheet.total), sheet.slug


def test_the_last_paragraph_of_the_report_is_held_and_shown(client):
    page = read(client, "/nottinghamshire/projects/national-living-wage/")
    assert "The Council contracts with a large number of external providers" in page
    assert "not being reflected in the fees paid by local authorities." in page


def test_finance_lines_are_those_printed(programme):
    # 23 projects and one extension with three years each.
    lines = FinanceLine.objects.exclude(stream__project__council__made_up=True)
    assert lines.count() == 72
    assert lines.filter(allocation__isnull=True).count() == 9
    assert programme.total == Decimal(16_969_029)
    assert StatedSum.objects.exclude(stream__project__council__made_up=True).count() == 9


def test_ratings_are_declared_only_where_the_colour_is_legible(programme):
    ratings = {sheet.slug: sheet.rating for sheet in programme.reported}
    green = {slug for slug, rating in ratings.items() if rating == "green"}
    amber = {slug for slug, rating in ratings.items() if rating == "amber"}
    assert green == {"scams-prevention", "falls-prevention", "brighter-futures"}
    assert amber == {
        "notts-enabling-service",
        "connect",
        "moving-forward",
        "auto-scheduling",
        "mh-crisis-workers",
        "optimum-workforce-leadership",
    }
    assert ratings["age-friendly-notts"] == "not legible"
    assert programme.sheet("age-friendly-notts").rating_text.startswith("[…]monstrating")
    assert "red" not in ratings.values()


def test_the_three_tables_are_whole():
    def results(slug):
        return Result.objects.filter(measure__project__slug=slug)

    assert results("connect").count() == 75
    assert results("connect").values("segment").distinct().count() == 3
    assert results("moving-forward").count() == 18
    assert results("moving-forward").filter(rating="green").count() == 13
    assert results("moving-forward").filter(rating="amber").count() == 5
    assert results("brighter-futures").count() == 15
    income = results("moving-forward").get(measure__text="Income Maximisation")
    assert (income.numerator, income.value, income.rating) == (227, 90, "green")


def test_targets_printed_as_chi_are_not_yet_set():
    chi = Measure.objects.filter(text__contains="χ")
    assert chi.count() == 11
    for measure in chi:
        target = measure.targets.get()
        assert target.status in (Target.Status.NOT_YET_SET, Target.Status.SET), measure
        if re.search(r"χ(%| number)", measure.text):
            assert target.status == Target.Status.NOT_YET_SET, measure


def test_shares_of_the_service_are_kept(programme):
    shares = {
        sheet.slug: stream.share_percent
        for sheet in programme.sheets
        for stream in sheet.streams
        if stream.share_percent
    }
    assert shares == {
        "connect": 17,
        "moving-forward": 55,
        "brighter-futures": Decimal("7.5"),
        "home-first": 44,
    }


def test_every_figure_keeps_where_it_came_from():
    made_up = {
        Project: ["council"],
        FinanceLine: ["stream__project__council"],
        Measure: ["project__council", "council"],
        Result: ["measure__project__council", "measure__council"],
        Return: ["period__council"],
    }
    for model, councils in made_up.items():
        rows = model.objects.filter(source="")
        for council in councils:
            rows = rows.exclude(**{f"{council}__made_up": True})
        if model is Return:
            rows = rows.exclude(project__kind="described")
        assert not rows.exists(), (model, rows.first())


def test_texts_hold_no_broken_characters_and_no_phone_or_address():
    for path in FIXTURES.glob("*/*.yaml"):
        text = path.read_text()
        assert "\ufffd" not in text, path.name
        assert "  " not in re.sub(r"^ +", "", text, flags=re.M).replace("  #", ""), path.name
        assert not re.search(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b|[\w.]+@[\w.]+", text), path.name
        assert yaml.safe_load(text)


@pytest.mark.long
def test_loading_again_changes_nothing():
    before = {model: model.objects.count() for model in (Project, FinanceLine, Result, Snapshot)}
    load_fixtures(FIXTURES)
    after = {model: model.objects.count() for model in before}
    assert after == before
    assert ReportingPeriod.objects.published().exists()


@pytest.mark.long
def test_every_fixture_passes_the_models_own_checks():
    for model in (Project, FinanceLine, StatedSum, Measure, Target, Result, Return):
        for record in model.objects.all():
            record.full_clean()


def test_no_source_names_an_appendix_whose_letter_the_copy_has_lost():
    assert "Appendix C" not in (FIXTURES / "norfolk" / "51-reserves.yaml").read_text()
