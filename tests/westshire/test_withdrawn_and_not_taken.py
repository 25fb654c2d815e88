"""What was withdrawn is taken by no later report, until its own report is published again."""

from decimal import Decimal

from outcomes.models import Month, ReportCard, Result, Target
from publishing.models import Return, Snapshot
from returns.collect import fresh, sheet_for
from returns.publication import publish, take_snapshots
from tests.westshire.measures import LAST, months_of, shown_in
from tests.westshire.project_pages import Q2, Q3
from tests.westshire.shown import page
from tests.westshire.test_versions import standing, withdrawn

OCTOBER = "2026-27-m07"
MEASURE = "readmitted-in-30-days"
PROJECT = "social-prescribing"


def published(westshire, key, slug=""):
    """What the report says by now is approved and published, as an officer would have it."""
    reports = (
        Return.objects.filter(period__key=key, project__slug=slug)
        if slug
        else Month.objects.filter(period__key=key)
    ).filter(period__council=westshire)
    made = take_snapshots(reports)
    return publish(list(Snapshot.objects.filter(pk__in=[each.pk for each in made])))


def result_of(westshire, key, slug=MEASURE):
    return Result.objects.get(
        measure__council=westshire, measure__slug=slug, period=key, segment=None
    )


def put(result, **values):
    """What was typed and submitted becomes the figure of the records."""
    Result.objects.filter(pk=result.pk).update(**values)


def figure_in(westshire, month, of=OCTOBER, slug=MEASURE):
    measure = shown_in(westshire, month).sheet.measure(slug)
    return next(each for each in measure.figures if (each.period, each.segment) == (of, ""))


def another_figure(westshire, key=LAST):
    """Something else in the month's report is put right."""
    other = Result.objects.filter(
        measure__council=westshire, period=key, segment=None, value__isnull=False
    )
    other = other.exclude(measure__slug=MEASURE).filter(measure__collection="vital signs").first()
    put(other, value=other.value + 1)


def test_a_month_takes_no_figure_that_is_withdrawn_in_an_earlier_one(westshire, client):
    result = result_of(westshire, OCTOBER)
    right = result.value
    put(result, value=right + 1, numerator=result.numerator + 22, note="Counted again.")
    published(westshire, OCTOBER)
    assert figure_in(westshire, OCTOBER).value == right + 1
    withdrawn(westshire, OCTOBER)
    another_figure(westshire)
    published(westshire, LAST)
    taken = figure_in(westshire, LAST)
    assert (taken.value, taken.numerator, taken.note) == (right, result.numerator, result.note)
    own = standing(westshire, LAST)
    said = page(client, f"versions/{LAST}/{own.number}/")
    assert "Counted again." not in said
    assert page(client, f"vital-signs/{MEASURE}/?month={LAST}").count(f"{right + 1:.1f}") == 0


def test_it_is_taken_once_the_earlier_month_is_published_again(westshire):
    result = result_of(westshire, OCTOBER)
    wrong = result.value + 1
    put(result, value=wrong)
    published(westshire, OCTOBER)
    withdrawn(westshire, OCTOBER)
    publish([Snapshot.objects.filter(report__month__period__key=OCTOBER).latest("number")])
    another_figure(westshire)
    published(westshire, LAST)
    assert figure_in(westshire, LAST).value == wrong


def test_what_is_put_right_after_the_withdrawal_is_taken(westshire):
    result = result_of(westshire, OCTOBER)
    put(result, value=result.value + 1)
    published(westshire, OCTOBER)
    withdrawn(westshire, OCTOBER)
    put(result, value=result.value + 2)
    another_figure(westshire)
    published(westshire, LAST)
    assert figure_in(westshire, LAST).value == result.value + 2


def test_a_late_figure_goes_with_the_report_that_gave_it_and_comes_again_with_it(westshire):
    result = result_of(westshire, OCTOBER)
    late = result.value
    put(result, status="not yet available", value=None, numerator=None, denominator=None)
    published(westshire, OCTOBER)
    put(result, status="reported", value=late + 3)
    published(westshire, "2026-27-m08")
    assert figure_in(westshire, "2026-27-m08").value == late + 3
    withdrawn(westshire, "2026-27-m08")
    another_figure(westshire)
    published(westshire, LAST)
    assert figure_in(westshire, LAST).value != late + 3
    november = months_of(westshire).get(key="2026-27-m08")
    sheet = sheet_for(fresh(Month.objects.get(period=november)))
    own = next(f for f in sheet.measure(MEASURE).figures if f.period == OCTOBER and not f.segment)
    assert own.value == late + 3


def test_a_target_and_a_card_that_are_withdrawn_are_not_taken_either(westshire):
    result = result_of(westshire, OCTOBER)
    target = (
        Target.objects.create(
            measure=result.measure, period=OCTOBER, status="set", value=Decimal(12)
        )
        if not Target.objects.filter(measure=result.measure, period=OCTOBER).exists()
        else (Target.objects.get(measure=result.measure, period=OCTOBER))
    )
    published(westshire, OCTOBER)
    was = target.value
    Target.objects.filter(pk=target.pk).update(value=Decimal(99))
    card, _ = ReportCard.objects.get_or_create(measure=result.measure, period=OCTOBER)
    ReportCard.objects.filter(pk=card.pk).update(explains="Two wards closed.")
    published(westshire, OCTOBER)
    withdrawn(westshire, OCTOBER)
    another_figure(westshire)
    published(westshire, LAST)
    measure = shown_in(westshire, LAST).sheet.measure(MEASURE)
    assert [each.value for each in measure.targets if each.period == OCTOBER] == [was]
    assert "Two wards closed." not in [each.explains for each in measure.cards]


def test_a_quarter_takes_no_result_that_is_withdrawn_in_an_earlier_one(westshire, client):
    result = (
        Result.objects.filter(
            measure__project__slug=PROJECT,
            measure__project__council=westshire,
            period=Q2,
            value__isnull=False,
            denominator=None,
        )
        .order_by("pk")
        .first()
    )
    put(result, value=result.value + 17)
    published(westshire, Q2, PROJECT)
    withdrawn(westshire, Q2)
    sheet = sheet_for(fresh(Return.objects.get(period__key=Q3, project__slug=PROJECT)))
    found = [
        each.value
        for measure in sheet.measures
        if measure.position == result.measure.position
        for each in measure.results
        if each.period == Q2 and not each.segment
    ]
    assert found == [result.value]
