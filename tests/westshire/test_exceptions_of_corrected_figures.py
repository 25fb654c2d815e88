"""Where a report judges by a figure that was corrected since, it says so beside the judgement."""

import re

import pytest

from outcomes.exceptions import Criterion
from outcomes.models import Result
from outcomes.vital_signs.judged import since_last
from outcomes.vital_signs.statuses import statuses
from tests.westshire.measures import LAST, performance_paper, shown_in, standing_in
from tests.westshire.shown import page
from tests.westshire.test_why_a_month_was_corrected import (
    NOVEMBER,
    approved,
    later,
    month,
    published,
    reason_of,
    reopen,
)

WORSE = "readmitted-in-30-days"


def test_a_corrected_figure_is_marked_at_each_exception_that_is_judged_by_it(westshire, client):
    november = month(westshire, NOVEMBER)
    reopen(westshire, [november])
    figures = Result.objects.filter(measure__council=westshire, measure__slug=WORSE, segment=None)
    figures.filter(period=NOVEMBER).update(value="14.2", numerator=None, denominator=None)
    approved(westshire, november, 2)
    published(november, 3)
    said = "November 2026: Corrected on 20 January 2027: 14.2%"
    with later(5):
        for where in ("", "exceptions/", f"vital-signs/{WORSE}/"):
            told = page(client, where)
            assert "15.4% in November" in told, where
            assert said in told, where
            assert reason_of(november) in told, where
        assert said in performance_paper(client, LAST)


@pytest.fixture
def corrected(westshire):
    """November's figure is 14.2%: December prints another, and judges by it."""
    november = month(westshire, NOVEMBER)
    reopen(westshire, [november])
    figures = Result.objects.filter(measure__council=westshire, measure__slug=WORSE, segment=None)
    figures.filter(period=NOVEMBER).update(value="14.2", numerator=None, denominator=None)
    approved(westshire, november, 2)
    published(november, 3)
    with later(5):
        yield westshire


SAID = "November 2026: Corrected on 20 January 2027: 14.2%"


def test_a_direction_of_travel_says_that_a_figure_which_it_compares_was_corrected(
    corrected, client
):
    told = page(client, f"vital-signs/{WORSE}/")
    travel = told.split("Direction of travel")[1].split("Variation and assurance")[0]
    assert SAID in travel
    assert "Another is given since of November 2026." in told
    assert "by a figure that was corrected since" in page(client, "vital-signs/")
    other = page(client, "vital-signs/ready-beds/")
    assert "Another is given since" not in other


def test_the_paper_of_a_month_marks_the_corrected_cell_and_what_is_judged_by_it(corrected, client):
    told = performance_paper(client, LAST)
    dashboard = told.split("Reported by exception")[0]
    printed = standing_in(corrected, LAST, WORSE).known[-2].value
    assert re.search(rf"{printed}% (\d[\d,]* / [\d,]+ )?Corrected", dashboard)
    assert dashboard.count("since last (by a figure that was corrected since)") == 1
    assert "Another is given since of November 2026." in told


def test_an_exception_that_is_off_target_alone_bears_no_mark_of_an_earlier_figure(
    westshire, client
):
    slug = off_target_alone(westshire)
    november = month(westshire, NOVEMBER)
    reopen(westshire, [november])
    figures = Result.objects.filter(measure__council=westshire, measure__slug=slug, segment=None)
    assert figures.filter(period=NOVEMBER).update(value="70", numerator=None, denominator=None)
    approved(westshire, november, 2)
    published(november, 3)
    with later(5):
        name = standing_in(westshire, LAST, slug).measure.name
        assert name in page(client, "exceptions/")
        for where in ("", "exceptions/"):
            assert "November 2026: Corrected" not in page(client, where)
        assert "November 2026: Corrected" in page(client, f"vital-signs/{slug}/")


def off_target_alone(westshire):
    """The name in addresses of a measure that is listed for its latest figure alone."""
    shown = shown_in(westshire, LAST)
    return next(
        status.measure.slug
        for status in statuses(shown.sheet, shown.month)
        if [met.criterion for met in status.met] == [Criterion.OFF_TARGET]
        and since_last(status)
        and status.known[-2].period == NOVEMBER
    )


@pytest.mark.parametrize("where", ["outcomes-framework/", "care-quality/"])
def test_a_page_that_does_not_print_a_measure_lists_no_correction_of_it(corrected, client, where):
    assert "14.2%" in page(client, "vital-signs/")
    assert "Corrected on" in page(client, "exceptions/")
    assert "Corrected on" not in page(client, where)
