"""Yearly figures that returns of quarter 4 once kept under the quarter stand under their year."""

from importlib import import_module

import pytest
from django.apps import apps

from outcomes.models import Measure, Result, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def yearly(quarter):
    return Measure.objects.create(
        project=quarter.project, position=9, text="Counted once a year", frequency="year"
    )


def migrate():
    import_module("outcomes.migrations.0007_yearly_figures_of_their_year").keep_under_the_year(
        apps, None
    )


def test_a_figure_and_a_target_of_a_return_go_to_their_year(yearly):
    Result.objects.create(measure=yearly, period="2016-17-q4", value=5)
    Target.objects.create(measure=yearly, period="2016-17-q4", status="set", value=6)
    migrate()
    assert yearly.results.get().period == "2016-17"
    assert yearly.targets.get().period == "2016-17"


def test_what_a_document_prints_of_the_quarter_stays_there(yearly):
    Result.objects.create(measure=yearly, period="2016-17-q4", value=5, source="Report, page 2")
    migrate()
    assert yearly.results.get().period == "2016-17-q4"


def test_a_figure_beside_one_of_the_year_stays_and_is_not_lost(yearly):
    Result.objects.create(measure=yearly, period="2016-17-q4", value=5)
    Result.objects.create(measure=yearly, period="2016-17", value=7)
    migrate()
    assert set(yearly.results.values_list("period", "value")) == {
        ("2016-17-q4", 5),
        ("2016-17", 7),
    }


def test_a_quarterly_measure_keeps_its_quarter(yearly):
    Measure.objects.filter(pk=yearly.pk).update(frequency="quarter")
    Result.objects.create(measure=yearly, period="2016-17-q4", value=5)
    migrate()
    assert yearly.results.get().period == "2016-17-q4"


def test_no_council_of_the_demonstration_has_such_figures(westshire):
    for model in (Result, Target):
        of_years = model.objects.filter(measure__project__isnull=False, measure__frequency="year")
        assert not of_years.filter(period__endswith="-q4", source="").exists()
