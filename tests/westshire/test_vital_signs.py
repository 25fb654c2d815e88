"""What happens to the council's own measures in Westshire's story."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from bcfportal.lib import spc
from bcfportal.lib.periods import period_of
from outcomes.care_quality.tables import care_quality
from outcomes.framework.tables import framework
from outcomes.models import Break, FollowUp, Measure, Month, Result, TargetChange
from outcomes.vital_signs.exception_list import Exceptions
from publishing.models import Snapshot
from returns.actions import draft_of
from tests.westshire.measures import JUNE, LAST, months_of, return_of, shown_in, standing_in

pytestmark = pytest.mark.django_db


def result(westshire, slug, period, segment=None):
    return Result.objects.get(
        measure__council=westshire, measure__slug=slug, period=period, segment__slug=segment
    )


def test_twelve_months_are_published_one_after_another(westshire):
    months = list(months_of(westshire))
    assert [each.label for each in months][::11] == ["January 2026", "December 2026"]
    assert len(months) == 12
    published = [each.published_at for each in months]
    assert published == sorted(published)
    assert published[-1].date() == date(2027, 1, 18)
    for each in months[:-2]:
        assert 12 < (each.published_at.date() - each.as_at).days < 26


def test_who_types_a_month_never_approves_it(westshire):
    for report in Month.objects.filter(period__in=months_of(westshire)):
        by = {event.action: event.by.post for event in report.events.select_related("by")}
        assert by["submit"] == "Performance and insight lead (demonstration)"
        assert by["approve"] == "Performance officer (demonstration)"


def test_the_grid_of_a_month_has_seventy_four_rows(westshire):
    # A measure that is counted no more is not asked for.
    rows = draft_of(return_of(westshire, LAST)).grid.own
    assert len(rows) == 74
    kinds = Counter(row.segment.kind if row.segment else "whole" for row in rows)
    assert kinds == {"whole": 39, "locality": 30, "provider": 5}
    assert all(row.measure.lead and row.measure.data_owner for row in rows)


def test_one_month_is_sent_back_with_notes(westshire):
    report = return_of(westshire, "2025-26-m11")
    (event,) = report.events.filter(action="send back")
    assert "hours handed back" in event.asked["measures"]
    assert report.events.filter(action="submit").count() == 2


def test_one_month_is_approved_after_it_has_closed(westshire):
    report = return_of(westshire, "2026-27-m02")
    closed = report.period.events.get(action="closed").at
    assert report.events.get(action="approve").at > closed


def test_a_published_figure_is_corrected_from_green_to_red(westshire):
    first, second = Snapshot.objects.filter(report=return_of(westshire, JUNE)).order_by("number")
    figures = [
        next(
            each["value"]
            for measure in snapshot.content["measures"]
            if measure["slug"] == "home-care-48-hours"
            for each in measure["figures"]
            if each["period"] == JUNE
        )
        for snapshot in (first, second)
    ]
    assert figures == ["92.5", "81.3"]
    assert first.publication.at.date() == date(2026, 7, 20)
    assert second.publication.at.date() == date(2026, 9, 17)
    assert standing_in(westshire, JUNE, "home-care-48-hours").rated.rating == "red"


def test_the_three_headline_metrics_say_that_they_are_not_the_official_definitions(westshire):
    headline = westshire.measures.filter(note__contains="not the official definition")
    assert {(each.slug, each.frequency) for each in headline} == {
        ("emergency-admissions-65", "month"),
        ("discharge-delay", "month"),
        ("residential-admissions-65", "quarter"),
    }


def test_the_average_delay_has_two_parts(westshire):
    share = result(westshire, "discharged-on-ready-day", LAST).value
    days = result(westshire, "days-late", LAST).value
    delay = result(westshire, "discharge-delay", LAST).value
    assert abs((100 - share) / 100 * days - delay) <= Decimal("0.005")


def test_a_measure_that_is_added_up_falls_back_every_april(westshire):
    for year in ("2024-25", "2025-26", "2026-27"):
        april = result(westshire, "carers-assessed", f"{year}-m01").value
        assert april < result(westshire, "carers-assessed", f"{year}-m09").value / 4


def test_targets_are_set_by_month_and_some_are_set_late(westshire):
    changes = TargetChange.objects.filter(measure__council=westshire)
    for slug in ("emergency-admissions-65", "discharge-delay", "adaptations-done"):
        assert changes.filter(measure__slug=slug).count() == 12
    late = changes.get(measure__slug="carers-assessed", period="2026-27-m01")
    assert late.at.date() == date(2026, 6, 22)
    assert standing_in(westshire, "2026-27-m01", "carers-assessed").rated.rating == "not rated"
    assert standing_in(westshire, "2026-27-m03", "carers-assessed").rated.rating != "red"


def test_a_target_is_none_and_one_is_not_yet_set(westshire):
    assert westshire.measures.get(slug="serious-incidents").targets.get().value == 0
    before = standing_in(westshire, "2026-27-m05", "hours-handed-back")
    assert before.target_words == "Not yet set"
    assert standing_in(westshire, LAST, "hours-handed-back").target_words == "500"


def test_quarters_and_years_stand_in_the_monthly_report(westshire):
    assert standing_in(westshire, LAST, "residential-admissions-65").latest.period == "2026-27-q2"
    assert standing_in(westshire, LAST, "carers-quality-of-life").latest.period == "2025-26"


def test_a_quarter_comes_in_after_the_next(westshire):
    october = shown_in(westshire, "2026-27-m07").sheet.measure("medicines-reviewed")
    november = shown_in(westshire, "2026-27-m08").sheet.measure("medicines-reviewed")
    assert [each.period for each in october.figures][-1] == "2026-27-q2"
    assert "2026-27-q1" in {each.period for each in november.figures}
    # The report of October, approved two days before, had the later quarter only.
    assert "2026-27-q1" not in {each.period for each in october.figures}


def test_a_late_figure_comes_while_its_month_is_open_again(westshire):
    assert result(westshire, "missed-visits", JUNE).value is not None
    july = shown_in(westshire, "2026-27-m04").sheet.measure("missed-visits")
    said = next(each for each in july.figures if each.period == JUNE)
    assert said.status == "not yet available"
    assert result(westshire, "weekend-discharges", "2025-26-m12").value is None


@pytest.mark.parametrize(
    ("slug", "field", "before", "after", "month"),
    [
        ("urgent-response-wait", "unit", "days", "hours", "2026-27-m07"),
        ("home-care-hours", "direction", "bigger is better", "smaller is better", "2026-27-m04"),
        ("equipment-five-days", "tolerance", None, Decimal(2), "2026-27-m05"),
        ("falls-admissions", "multiplier", 1_000, 100_000, "2026-27-m06"),
    ],
)
def test_a_setting_of_a_measure_changes_from_a_month_on(
    westshire, slug, field, before, after, month
):
    measure = westshire.measures.get(slug=slug)
    history = list(measure.events.order_by("pgh_id").values_list(f"{field}", flat=True))
    assert (history[0], history[-1]) == (before, after)
    assert measure.definition_changes.get(period=month).why


def test_a_definition_changes_and_limits_are_recalculated(westshire):
    breaks = Break.objects.filter(measure__council=westshire)
    assert westshire.measures.get(slug="carers-with-a-plan").definition_changes.get().why
    assert breaks.get(measure__slug="technology-installed").kind == "rebase"


def test_a_measure_is_added_in_the_year_and_one_is_no_longer_counted(westshire):
    added = westshire.measures.get(slug="short-assessments-two-weeks")
    assert added.results.order_by("period").first().period == JUNE
    assert result(westshire, added.slug, "2026-27-m04").value is not None
    dropped = westshire.measures.get(slug="assessed-in-28-days")
    assert dropped.counted_until == JUNE
    assert not dropped.results.filter(period="2026-27-m04", segment=None).exists()


def test_figures_are_below_nought_above_a_hundred_nought_of_n_and_nought_of_nought(westshire):
    assert result(westshire, "technology-net-savings", "2025-26-m10").value < 0
    assert result(westshire, "admissions-change", "2025-26-m07").value is not None
    assert result(westshire, "admissions-change", "2026-27-m08").note.startswith(
        "The change on a year"
    )
    assert result(westshire, "bed-occupancy", LAST).value == Decimal("104.1")
    urgent = Result.objects.filter(measure__council=westshire, measure__slug="urgent-safeguarding")
    assert urgent.filter(numerator=0, denominator__gt=0).exists()
    assert urgent.filter(status="nil return", note__contains="0 of 0").exists()


def test_rounding_makes_another_signal_than_the_exact_shares(westshire):
    standing = standing_in(westshire, LAST, "learning-disability-work")
    rounded = spc.analyse(
        [(period_of(each.period).first_day, each.value) for each in standing.known],
        standing.measure.direction,
    )
    assert (rounded.variation, standing.chart.variation) == ("concern low", "improvement high")


def test_a_constant_series_changes_once(westshire):
    values = [each.value for each in standing_in(westshire, LAST, "homes-suspended").known]
    assert Counter(values) == {Decimal(2): 35, Decimal(3): 1}


def test_an_outlier_is_said_to_be_right(westshire):
    assert "Right: three hot weeks" in result(westshire, "falls-response-hour", "2026-27-m04").note


def test_every_criterion_makes_an_exception_and_some_leave_the_list(westshire):
    criteria, left = set(), 0
    for month in months_of(westshire):
        found = Exceptions(shown_in(westshire, month.key))
        criteria |= {str(met.criterion) for each in found.listed for met in each.status.met}
        left += len(found.left)
        assert 3 <= len(found.listed) <= 12
    assert criteria == {
        "off target",
        "deteriorated for three periods",
        "adverse to the budget",
        "adverse to a corporate risk",
    }
    assert left > 12


def test_runs_improve_and_worsen(westshire):
    assert standing_in(westshire, LAST, "ready-beds").chart.variation == "improvement low"
    worse = standing_in(westshire, LAST, "readmitted-in-30-days")
    assert "deteriorated for three periods" in [met.criterion for met in worse.met]


def test_actions_on_cards_are_overdue_and_kept(westshire):
    found = [
        (action, month.as_at)
        for month in months_of(westshire)
        for each in Exceptions(shown_in(westshire, month.key)).listed
        for action in (each.status.card.actions if each.status.card else [])
    ]
    assert any(action.due < day for action, day in found)
    assert any(action.due > day for action, day in found)


def test_the_board_s_decisions_are_followed_until_done(westshire):
    records = FollowUp.objects.filter(measure__council=westshire)
    assert records.filter(done_on__isnull=False).count() == 3
    assert records.filter(done_on__isnull=True, due__lt=date(2027, 1, 20)).count() == 1
    assert records.filter(done_on__isnull=True, due__gt=date(2027, 1, 20)).count() == 1


def test_the_framework_has_comparators_without_a_figure_and_one_measure_printed_rounded(westshire):
    found = framework(shown_in(westshire, LAST))
    words = [other.text for each in found.indicators for other in each.others]
    assert "Not available" in words
    own = westshire.measures.get(slug="learning-disability-work")
    assert result(westshire, own.slug, "2025-26-m12").value == Decimal("3.6")
    assert result(westshire, own.same_as.slug, "2025-26").value == Decimal(4)


def test_the_quality_of_care_is_split_by_sector(westshire):
    found = care_quality(shown_in(westshire, LAST))
    assert [row.name for row in found.charts[0][0].rows][1:] == [
        "Nursing homes",
        "Residential homes",
        "Home care agencies",
    ]


def test_what_the_generator_gives_is_the_same_each_time(westshire):
    assert result(westshire, "emergency-admissions-65", LAST).numerator == 2608
    assert Measure.objects.filter(council=westshire).count() == 56
