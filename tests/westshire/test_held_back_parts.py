"""A locality's figure of a month is held back by a correction: what the correction calls it."""

import re

import pytest

from outcomes.models import Result
from outcomes.vital_signs.content import HELD_BACK
from tests.westshire.measures import LAST, card, performance_paper
from tests.westshire.shown import page
from tests.westshire.test_held_back import NOVEMBER, republished
from tests.westshire.test_versions import standing

SHARE = "reablement-independent"


@pytest.fixture
def held(westshire):
    """Northmoor's figure of November, held back by a correction of November."""
    result = Result.objects.filter(
        measure__council=westshire, measure__slug=SHARE, period=NOVEMBER, segment__slug="northmoor"
    )
    assert result.get().value is not None
    result.update(value=None, numerator=None, denominator=None, status=HELD_BACK)
    republished(westshire, NOVEMBER)
    return westshire


NAME = "No further care after reablement, Northmoor, November 2026"


def told_of(client, westshire):
    """What the corrections say, on every page and paper that repeats them."""
    numbers = [(key, standing(westshire, key).number) for key in (NOVEMBER, LAST)]
    pages = [page(client, f"versions/{key}/{number}/") for key, number in numbers]
    return "\n".join([*pages, card(client, SHARE), performance_paper(client)])


def test_a_part_is_called_by_its_name_in_corrections(held, client):
    words = told_of(client, held)
    assert words.count(f"{NAME}: Held back: small number ; it was a figure that is held back now")
    assert "northmoor" not in words


def test_counts_that_are_held_back_are_not_said_to_be_nothing(held, client):
    words = told_of(client, held)
    said = "Held back: small number ; it was counts that are held back now"
    assert f"Counts of {NAME}: {said}" in words
    assert not re.search(r"Counts of [^:]*: nothing", words)


def test_a_figure_without_counts_has_none_that_are_held_back(westshire, client):
    result = Result.objects.filter(
        measure__council=westshire, period=NOVEMBER, segment=None, numerator=None
    ).exclude(value=None)
    changed = result.earliest("pk")
    Result.objects.filter(pk=changed.pk).update(value=None, status=HELD_BACK)
    republished(westshire, NOVEMBER)
    words = page(client, f"versions/{NOVEMBER}/{standing(westshire, NOVEMBER).number}/")
    assert "it was a figure that is held back now" in words
    assert "Counts of" not in words
