"""The charts of report cards on paper draw what those on the page draw."""

import pytest

from outcomes import report_pdf
from outcomes.vital_signs.charts import card_chart
from outcomes.vital_signs.statuses import statuses
from tests.westshire.measures import LAST, shown_in

pytestmark = pytest.mark.django_db
LIMITS = ("Upper limit", "Lower limit")


def test_a_sum_since_april_is_drawn_without_limits(westshire):
    """It has no control chart: a report by exception of it once failed."""
    shown = shown_in(westshire, LAST)
    collections = {measure.collection for measure in shown.sheet.measures}
    sums = [
        standing
        for collection in collections
        for standing in statuses(shown.sheet, shown.month, collection)
        if standing.known[1:] and not standing.chart.points
    ]
    assert sums
    for standing in sums:
        assert report_pdf.drawn(standing).startswith("<svg"), standing.measure.name


def test_limits_on_paper_are_within_what_the_unit_can_be_as_on_the_page(westshire, monkeypatch):
    drawings = []
    monkeypatch.setattr(report_pdf, "svg", lambda drawing: drawings.append(drawing) or "")
    shown = shown_in(westshire, LAST)
    collections = {measure.collection for measure in shown.sheet.measures}
    compared = 0
    for collection in collections:
        for standing in statuses(shown.sheet, shown.month, collection):
            drawings.clear()
            report_pdf.drawn(standing)
            chart = card_chart(standing, None, "#1d5a8c")
            if not drawings or chart is None:
                continue
            on_page = [
                [None if value is None else round(value, 6) for value in trace["y"]]
                for trace in chart.figure["data"]
                if trace["name"].startswith(LIMITS)
            ]
            on_paper = [
                [None if value is None else round(float(value), 6) for value in line.values]
                for line in drawings[0].lines[1:3]
            ]
            compared += bool(on_page)
            assert not on_page or on_page == on_paper, standing.measure.name
    assert compared > 20
