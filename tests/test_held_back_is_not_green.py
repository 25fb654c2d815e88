"""A month whose figure is held back is judged by no earlier figure: never green by silence."""

import pytest

from outcomes.models import Result
from tests.month import LAST, add_measure, publish_month
from tests.text import read

pytestmark = pytest.mark.django_db
PAGE = "/testshire/vital-signs/visits/"


@pytest.fixture
def held_back(quarter):
    """A measure that met its target in February, and whose March is held back."""
    measure = add_measure(quarter.council, "visits", [99] * 13)
    Result.objects.filter(measure=measure, period=LAST.key).update(
        status="held back: small number", value=None
    )
    publish_month(quarter.council)
    return measure


def test_a_month_held_back_is_not_rated_and_says_that_it_is_held_back(held_back, client):
    words = read(client, PAGE)
    assert "March 2017 is held back" in words
    assert "has no figure yet" not in words
    assert "Green" not in words.partition("Rating by rule")[2][:40]
    assert "better than target" not in words


def test_the_list_of_measures_counts_no_month_held_back_as_green(held_back, client):
    words = read(client, "/testshire/vital-signs/")
    assert "1 Green" not in words
    assert "better than target" not in words
