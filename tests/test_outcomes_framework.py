"""Benchmarks, the quality of care, figures that disagree, and the performance report."""

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from pypdf import PdfReader

from outcomes.actions import redefine
from outcomes.care_quality.tables import straight_line
from outcomes.framework.tables import framework
from outcomes.models import Break
from outcomes.report_pdf import performance_report
from outcomes.vital_signs.discrepancies import PARTS, TWICE, disagreements, same_when_rounded
from outcomes.vital_signs.published import vital_signs_shown
from outcomes.vital_signs.sentences import compared
from tests.month import FIRST, LAST, MONTHS, add_measure, publish_month
from tests.text import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    return vital_signs_shown(AnonymousUser(), "norfolk")


def test_the_24_indicators_have_their_target_last_year_and_comparators(shown):
    found = framework(shown)
    assert found.year.label == "2016/17"
    assert len(found.indicators) == 24
    by_number = {each.number: each for each in found.indicators}
    employed = by_number["1E"]
    assert employed.detail == "74 / 2,178"
    assert [(other.text, other.period) for other in employed.others] == [
        ("4.0%", "2016/17"),
        ("3.7%", "2015/16"),
        ("5.1%", "2015/16"),
        ("7.1%", "2015/16"),
        ("5.8%", "2015/16"),
    ]
    assert employed.others[0].difference == "Worse: 0.6 points below"
    assert by_number["2A(2)"].others[-1].difference == "Better: 10.2 per 100,000 below"
    assert by_number["2C1"].others[-1].text == "Not available"
    assert by_number["1D"].others[2].period == "2014/15"


def test_the_difference_is_in_words_and_by_direction(shown):
    bigger, smaller = shown.sheet.measure("ascof-1e"), None
    for measure in shown.sheet.measures:
        smaller = measure if measure.direction == "smaller is better" else smaller
    bigger = bigger or next(m for m in shown.sheet.measures if m.direction == "bigger is better")
    assert compared(Decimal(5), Decimal(4), bigger)[0] == "good"
    assert compared(Decimal(5), Decimal(4), smaller)[0] == "bad"
    assert compared(Decimal(5), Decimal(5), smaller) == ("plain", "The same")
    assert compared(None, Decimal(5), smaller)[0] == "none"


def test_the_page_says_that_results_are_provisional(client):
    words = read(client, "/norfolk/outcomes-framework/")
    assert "The results are provisional" in words
    assert "Family group 12 11 0 1" in words


def test_the_csv_has_every_indicator(client):
    address = "/norfolk/outcomes-framework/outcomes-framework.csv"
    body = client.get(address).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(body)))
    assert len(lines) == 24
    line = next(line for line in lines if line["number"] == "2B(1)")
    assert (line["result"], line["target"], line["england"]) == ("93.5", "90", "82.7")


def test_the_quality_of_care_stands_by_sector_against_the_line_to_the_target(client):
    words = read(client, "/norfolk/care-quality/")
    assert "Home care 84% and Residential care 70% in December 2016" in words
    assert "The target is 80% by the end of March 2019" in words
    assert "All sectors 57% – 73%" in words


def test_a_straight_line_goes_from_the_first_figure_to_the_target():
    line = straight_line(MONTHS, FIRST, Decimal(50), LAST, Decimal(80))
    assert (line[0], line[6], line[-1]) == (50, 65, 80)
    assert straight_line(MONTHS, MONTHS[3], Decimal(1), LAST, Decimal(2))[0] is None


def test_every_disagreement_of_the_measures_is_found_and_no_rounding(shown):
    found = list(disagreements(shown.sheet))
    parts = {each.about.split(",")[0] for each in found if each.check == PARTS}
    assert len(parts) == 6
    assert all("rounded to a whole number" in e.by for e in found if e.check == PARTS)
    twice = {
        (each.first.text, each.second.text.split(" (")[0][:12])
        for each in found
        if each.check == TWICE
    }
    assert ("3.3% in March 2017", "3.4% for 201") in twice
    assert any(first == "19.3 per 100,000 in March 2017" for first, _ in twice)
    assert any(first.startswith("633 per 100,000") for first, _ in twice)
    assert any(first.startswith("3,523") for first, _ in twice)
    assert not any(first.startswith("3.56") for first, _ in twice)
    assert len({each.key for each in found}) == len(found)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("3.56", 2), ("3.6", 1), True),
        (("3.55", 2), ("3.6", 1), True),
        (("3.55", 2), ("3.5", 1), True),
        (("3.54", 2), ("3.6", 1), False),
        (("3.3", 1), ("3.4", 1), False),
        (("56.9", 1), ("57", 0), True),
        (("3523", 0), ("3524", 0), False),
    ],
)
def test_two_printings_agree_when_the_finer_rounds_to_the_coarser(first, second, same):
    args = (Decimal(first[0]), first[1], Decimal(second[0]), second[1])
    assert same_when_rounded(*args) is same


def test_disagreements_stand_beside_the_figures(client):
    words = read(client, "/norfolk/vital-signs/learning-disabilities-paid-employment/")
    assert "Figures that disagree" in words
    assert "3.4% for 2016/17 (ASCOF 1E)" in words


def test_the_report_is_tagged_and_says_what_the_pages_say(shown):
    reader = PdfReader(io.BytesIO(performance_report(shown)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "15 vital signs are reported up to March 2017; 6 meet a criterion" in words
    assert "worse by 137.3% of it" in words
    assert "Staying unnecessarily long" in words
    assert "Outcomes framework, 2016/17" in words
    assert "For the meeting of 19 June 2017" in words


def test_the_report_draws_breaks_and_empty_months(testshire, person):
    council = testshire()
    values = [90, 91, None, 92, 91, 90, 91, 90, 92, 91, 90, 89, 60]
    measure = add_measure(council, values=values)
    Break.objects.create(
        measure=measure,
        period=MONTHS[6].key,
        kind="definition change",
        why="<b>Beds</b> & more.",
        by=person(),
        at="2017-05-01T09:00Z",
    )
    publish_month(council)
    content = performance_report(vital_signs_shown(AnonymousUser(), "testshire"))
    assert len(PdfReader(io.BytesIO(content)).pages) >= 3


def test_the_report_of_a_month_with_no_exception_says_so(testshire):
    council = testshire()
    add_measure(council, target=None, values=[90, 91])
    publish_month(council)
    reader = PdfReader(
        io.BytesIO(performance_report(vital_signs_shown(AnonymousUser(), "testshire")))
    )
    assert "No vital sign meets a criterion" in " ".join(p.extract_text() for p in reader.pages)


def test_a_count_of_a_calendar_year_or_of_a_day_says_so(client):
    """The paper counts reinspections of 2016 and inspections up to 1 March 2017."""
    words = read(client, "/norfolk/care-quality/")
    assert "Providers reinspected during the 2016 calendar year Calendar year 2016 54" in words
    assert "1 March 2017" in words
    rows = client.get("/norfolk/care-quality/care-quality.csv").content.decode()
    assert ",2017-03-01,1 March 2017," in rows
    assert ",2016,Calendar year 2016,54," in rows


def test_notes_of_single_figures_of_quality_are_shown(client):
    words = read(client, "/norfolk/care-quality/")
    for note in ("two nursing homes became the only providers", "almost a thousand different care"):
        assert note in words


def test_an_indicator_is_not_compared_with_its_last_result_once_what_is_counted_changed(month):
    indicator = month.council.measures.get(slug="indicator")
    changed = {"text": "Counted otherwise", "short_title": "Indicator"}
    for name, value in changed.items():
        setattr(indicator, name, value)
    by = month.people["performance officer"]
    redefine(measure=indicator, period="2016-17", why="The national definition changed.", by=by)
    month.published("90")
    (found,) = framework(vital_signs_shown(AnonymousUser(), "testshire")).indicators
    last = next(other for other in found.others if other.title == "Last result")
    assert (last.text, last.tone) == ("84%", "none")
    assert last.difference == "What is counted changed from 2016/17: not compared"
