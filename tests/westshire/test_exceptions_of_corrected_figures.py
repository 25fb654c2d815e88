"""Where a report judges by a figure that was corrected since, it says so beside the judgement."""

from outcomes.models import Result
from tests.westshire.measures import LAST, performance_paper
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
