"""Where a judgement would be another with a figure that was corrected since, its mark says so."""

import pytest

from tests.westshire.measures import LAST, performance_paper
from tests.westshire.shown import page
from tests.westshire.test_withdrawn_and_not_taken import MEASURE, OCTOBER, published, put, result_of

NOVEMBER = "2026-27-m08"
CARD = f"vital-signs/{MEASURE}/"


def corrected(westshire, key, value, numerator=None):
    result = result_of(westshire, key)
    denominator = result.denominator if numerator else None
    put(result, value=value, numerator=numerator, denominator=denominator)
    published(westshire, key)


def test_a_signal_that_falls_with_the_corrected_figure_says_so(westshire, client):
    assert "Above the upper limit" in page(client, f"{CARD}?month={NOVEMBER}")
    corrected(westshire, OCTOBER, "15.6", 454)
    turned = "November 2026 is within the limits; no significant change."
    said = f"With 15.6% in October 2026: October 2026 is above the upper limit; {turned}"
    told = page(client, f"{CARD}?month={NOVEMBER}")
    assert said in told.split("Variation and assurance")[1].split("Reported by exception")[0]
    assert told.count(said) == 2
    assert "With 15.6% in October 2026: Mean" in told
    assert said in page(client, f"vital-signs/?month={NOVEMBER}")
    assert said in performance_paper(client, NOVEMBER)


@pytest.mark.parametrize("where", ["exceptions/", CARD, ""])
def test_a_criterion_that_is_not_met_with_the_corrected_figure_says_so(westshire, client, where):
    said = "With 14.2% in November 2026 it does not meet “Deteriorated for three periods”."
    assert said not in page(client, where)
    corrected(westshire, NOVEMBER, "14.2")
    assert said in page(client, where)
    assert said in performance_paper(client, LAST)


@pytest.mark.parametrize("where", ["vital-signs/", CARD])
def test_a_direction_that_turns_with_the_corrected_figure_says_so(westshire, client, where):
    corrected(westshire, NOVEMBER, "19")
    said = "With 19.0% in November 2026: better since last."
    assert said in page(client, where)
    assert said in performance_paper(client, LAST)


def test_a_direction_that_stays_bears_its_mark_and_no_more(westshire, client):
    corrected(westshire, NOVEMBER, "14.2")
    told = page(client, CARD)
    assert "since last" in told
    assert "in November 2026: better" not in told
    assert "in November 2026: worse" not in told


def test_an_earlier_report_bears_no_mark_of_what_a_later_one_gave(westshire, client):
    """December's report gives October another figure; October's and November's say nothing."""
    result = result_of(westshire, OCTOBER)
    put(result, value="15.6", numerator=454)
    published(westshire, LAST)
    assert "15.6%" in page(client, CARD)
    for month in (OCTOBER, NOVEMBER):
        for words in (page(client, f"{CARD}?month={month}"), performance_paper(client, month)):
            assert "15.6%" not in words
