"""Small inputs that failed, each of a kind: what a figure means, and money that is below 0."""

import pytest

from outcomes.entry.grid import grid, problems, save_results
from outcomes.models import Measure, Result
from publishing.models import ReportingPeriod, Return
from returns.entry_forms import SpendForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(nottinghamshire):
    """The row of a project's first per cent in quarter 4, with what is typed in it."""

    def make(slug, measure, **boxes):
        period, _ = ReportingPeriod.objects.get_or_create(
            council=nottinghamshire,
            key="2017-18-q4",
            defaults={"title": "Report", "as_at": "2018-05-05"},
        )
        project = nottinghamshire.projects.get(slug=slug)
        report, _ = Return.objects.get_or_create(project=project, period=period)
        typed = {f"m{measure.pk}-{what}": text for what, text in boxes.items()}
        built = grid(report, typed)
        return report, built, next(each for each in built.rows if each.measure == measure)

    return make


def per_cent(slug, **where):
    return Measure.objects.filter(project__slug=slug, unit="%", **where).first()


def test_a_reduction_that_went_the_wrong_way_is_below_0(row):
    measure = Measure.objects.filter(text__startswith="50% reduction").first()
    assert measure.can_be_below_zero
    _, _, found = row(measure.project.slug, measure, value="-5")
    assert (found.errors, found.value) == ([], -5)


@pytest.mark.parametrize("sign", ["*", "<5", "c", "[c]"])
def test_a_sign_for_a_small_number_leads_to_the_reason(row, sign):
    measure = Measure.objects.filter(project__slug="home-first").first()
    _, _, found = row("home-first", measure, value=sign)
    assert "Held back: small number" in found.boxes["value"].error


def test_held_back_is_a_reason_of_its_own(row):
    measure = Measure.objects.filter(project__slug="home-first").first()
    _, _, found = row("home-first", measure, none="held back: small number")
    assert (found.errors, found.missing, found.status) == ([], False, Result.Status.HELD_BACK)
    assert Result.Status.HELD_BACK != Result.Status.NIL


def test_nothing_of_nothing_is_a_nil_return_and_keeps_both(row):
    measure = Measure.objects.filter(project__slug="home-first").first()
    _, _, asked = row("home-first", measure, numerator="0", denominator="0")
    assert "Choose Nil return" in asked.boxes["denominator"].error
    others = Measure.objects.filter(project__slug="home-first").exclude(pk=measure.pk)
    report, _, found = row("home-first", measure, numerator="0", denominator="0", none="nil return")
    assert found.errors == []
    typed = {f"m{measure.pk}-{what}": text for what, text in
             (("numerator", "0"), ("denominator", "0"), ("none", "nil return"))}  # fmt: skip
    whole = grid(report, typed | {f"m{each.pk}-none": "not due" for each in others})
    assert problems(whole) == []
    save_results(report, whole)
    kept = Result.objects.get(measure=measure, period="2017-18-q4")
    assert (kept.status, kept.value, kept.numerator, kept.denominator) == ("nil return", None, 0, 0)


def test_a_share_of_1_where_a_per_cent_belongs_is_asked_about(row):
    measure = per_cent("home-first") or per_cent("trusted-assessor")
    measure.targets.all().delete()
    measure.targets.create(status="set", value=100)
    _, _, found = row(measure.project.slug, measure, value="0.71")
    assert "Is it 71%?" in found.unusual
    assert found.asks_if_right
    _, _, right = row(measure.project.slug, measure, value="0.71", right="yes: 0.71")
    assert not right.asks_if_right
    _, _, fine = row(measure.project.slug, measure, value="71")
    assert fine.unusual == ""


def test_an_accrual_that_is_taken_back_is_taken_with_a_question():
    typed = {"spend_to_date": "(1,200)", "spend_forecast": "1000"}
    asked = SpendForm(typed, allocation=1000, tolerance=5)
    assert list(asked.errors) == ["below_zero_is_right"]
    before = SpendForm(typed | {"below_zero_is_right": "yes"}, allocation=1000, tolerance=5)
    assert list(before.errors) == ["below_zero_is_right"]
    said = SpendForm(typed | {"below_zero_is_right": "yes: -1200"}, allocation=1000, tolerance=5)
    assert said.is_valid()
    assert said.cleaned_data["spend_to_date"] == -1200


def test_the_tick_of_a_spend_below_nothing_is_of_its_amount():
    ticked = {"spend_forecast": "1000", "below_zero_is_right": "yes: -1200"}
    same = SpendForm(ticked | {"spend_to_date": "-1,200.00"}, allocation=1000, tolerance=5)
    assert same.is_valid()
    assert same.below_zero_tick == "yes: -1200"
    other = SpendForm(ticked | {"spend_to_date": "(12,000)"}, allocation=1000, tolerance=5)
    assert "below_zero_is_right" in other.errors
