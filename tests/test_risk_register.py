"""The register as at a date, and what changed between two."""

from datetime import UTC, date, datetime

import pytest

from risks.models import Assessment, Closure, Details, Prospect, Risk, RiskScale
from risks.reconciliation import reasons_of_changes, reconcile, significantly_reworded
from risks.register import published_register, register_at, risks_of_project
from risks.risk_history import one_risk
from tests.registers import AS_AT, PUBLISHED, ROW, make_register, make_risk, make_scale

LATER = date(2018, 6, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def council(testshire):
    return testshire()


@pytest.fixture
def risk(council):
    return make_register(council)[0]


def add(model, risk, on=date(2018, 5, 1), **fields):
    held = {"on": on, "recorded_at": datetime(on.year, on.month, on.day, 12, tzinfo=UTC)}
    return model.objects.create(**ROW | held | {"risk": risk} | fields)


def assessed(risk, likelihood, impact, on=date(2018, 5, 1)):
    return add(Assessment, risk, on, stage="current", likelihood=likelihood, impact=impact)


def reworded(risk, significant=True, on=date(2018, 5, 1), **words):
    fields = {"title": "Failure of rm019", "description": "It may fail.", "owner_post": "Director"}
    return add(Details, risk, on, level="departmental", significant=significant, **fields | words)


def test_the_latest_row_up_to_the_day_counts(council, risk):
    assessed(risk, 2, 2)
    add(Prospect, risk, prospects="green")
    before, after = register_at(council, AS_AT), register_at(council, LATER)
    assert (before.risks[0].score, before.risks[0].prospects) == (12, "amber")
    assert (after.risks[0].score, after.risks[0].prospects) == (4, "green")
    assert after.risks[0].moved == "down 16, better"
    assert after.risks[0].to_go == -2
    assert after.risks[0].reviewed_on == date(2018, 5, 1)


def test_of_two_rows_of_a_day_the_one_written_last_counts(council, risk):
    for hour, likelihood in ((14, 5), (9, 1)):
        Assessment.objects.create(
            **ROW
            | {
                "risk": risk,
                "on": date(2018, 5, 1),
                "recorded_at": datetime(2018, 5, 1, hour, tzinfo=UTC),
            },
            stage="current",
            likelihood=likelihood,
            impact=5,
        )
    assert register_at(council, LATER).risks[0].score == 25


def test_there_is_no_register_before_there_is_a_scale_and_none_empty_of_risks(council, risk):
    assert register_at(council, date(2017, 3, 31)) is None
    assert register_at(council, date(2018, 3, 30)).risks == ()
    assert one_risk(council, "rm019", date(2018, 3, 30)) is None


def test_a_published_register_gains_nothing_that_is_written_later(council, risk):
    report = council.risk_reports.get()
    Assessment.objects.create(
        **ROW | {"risk": risk, "recorded_at": datetime(2018, 4, 11, tzinfo=UTC)},
        stage="current",
        likelihood=5,
        impact=5,
    )
    make_risk(council, "late")
    assert published_register(report).risks[0].score == 12
    assert register_at(council, AS_AT).risks[0].score == 25
    old = one_risk(council, "rm019", AS_AT, recorded_by=PUBLISHED)
    assert old.at.score == 12
    assert len(old.steps) == 5


def test_an_old_register_keeps_its_old_scale(council, risk):
    make_scale(
        council,
        on=date(2018, 5, 1),
        recorded_at=datetime(2018, 5, 1, tzinfo=UTC),
        bands=[{"name": "Watch", "low": 1, "high": 12}, {"name": "Act", "low": 13, "high": 25}],
        exception_score=20,
    )
    assert RiskScale.objects.filter(council=council).count() == 2
    before, after = register_at(council, AS_AT), register_at(council, LATER)
    assert (before.risks[0].now.band.name, len(before.exceptions)) == ("Medium", 1)
    assert (after.risks[0].now.band.name, len(after.exceptions)) == ("Watch", 0)


def test_closed_risks_stay_apart_with_day_and_reason(council, risk):
    add(Closure, risk, reason="It is over.")
    register = register_at(council, LATER)
    assert register.risks == ()
    assert register.closed[0].closure.reason == "It is over."
    assert register_at(council, AS_AT).closed == ()
    assert register.find("rm019") is register.closed[0]
    assert one_risk(council, "rm019", LATER).steps[0].what == "Closed"


def test_the_risks_of_a_project_are_found(council, risk):
    register, project = register_at(council, AS_AT), council.projects.get()
    assert [each.risk for each in risks_of_project(register, project.pk)] == [risk]
    assert risks_of_project(register, project.pk + 1) == []


def between(council):
    before, after = register_at(council, AS_AT), register_at(council, LATER)
    return reconcile(before, after, significant=significantly_reworded(before, after))


def test_nothing_changed_where_nothing_did(council, risk):
    assert between(council).nothing


def test_prospects_that_turned_are_told_of_with_the_reason_of_the_turn(council, risk):
    was = register_at(council, AS_AT).risks[0].prospects
    add(Prospect, risk, prospects="red", reason="The contract was lost.")
    add(Prospect, risk, prospects="red", reason="Looked at again.")
    (change,) = between(council).prospects
    assert (change.before.prospects, change.after.prospects) == (was, "red")
    before, after = register_at(council, AS_AT), register_at(council, LATER)
    assert reasons_of_changes(before, after) == {(risk.pk, "prospects"): "The contract was lost."}


def test_new_and_closed_risks_are_told_of(council, risk):
    add(Closure, risk, reason="Over.")
    newer = Risk.objects.create(council=council, slug="newer", reference="Newer", order=9)
    reworded(newer, title="Newer")
    passing = Risk.objects.create(council=council, slug="passing", reference="Passing", order=10)
    reworded(passing, title="Passing")
    add(Closure, passing, date(2018, 6, 1), reason="It passed.")
    changes = between(council)
    assert [each.risk for each in changes.new] == [newer, passing]
    assert [each.risk for each in changes.closed] == [risk, passing]
    assert not changes.nothing


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ((3, 3), "down 3, better"),
        ((4, 4), "up 4, worse"),
        ((4, 3), "the same score, from a different likelihood and impact"),
    ],
)
def test_a_changed_score_is_told_of(council, risk, position, words):
    assessed(risk, *position)
    assert [change.label for change in between(council).scores] == [words]


def test_an_assessment_that_changes_nothing_is_not_told_of(council, risk):
    assessed(risk, 3, 4)
    assert between(council).scores == []


def test_altered_words_are_told_of_where_they_are_significant(council, risk):
    reworded(risk, title="Failure of everything")
    (change,) = between(council).significant_words
    assert (change.title_changed, change.description_changed) == (True, False)
    # A small change after a significant one does not hide it.
    reworded(risk, significant=False, on=date(2018, 6, 1), title="Failure of everything!")
    assert len(between(council).significant_words) == 1


def test_small_alterations_are_apart_and_other_details_are_no_change_of_words(council, risk):
    reworded(risk, significant=False, description="It might fail.")
    changes = between(council)
    assert changes.nothing
    assert len(changes.minor_words) == 1
    reworded(risk, significant=False, on=date(2018, 6, 1), owner_post="Another post")
    assert between(council).rewordings == []


def test_a_score_given_for_the_first_time_is_a_change(council):
    make_scale(council)
    risk = make_risk(council, positions={"original": (2, 2)})
    assert register_at(council, AS_AT).risks[0].exception.reason == "The risk has no current score"
    assessed(risk, 3, 3)
    assert [change.label for change in between(council).scores] == ["scored for the first time"]


def test_the_history_says_what_changed_by_whom_and_why(council, risk):
    reworded(risk, title="Another title", owner_post="Another post", reason="It was wrong.")
    step = one_risk(council, "rm019", LATER).steps[0]
    assert step.what == "Title or description changed"
    assert step.detail.startswith("Title, before: Failure of rm019\nOwner, before: Director")
    assert (step.by_post, step.reason) == ("Risk manager", "It was wrong.")


def test_promises_say_when_they_have_passed_and_stay_after_the_next_review(council, risk):
    (told,) = one_risk(council, "rm019", AS_AT).promises
    assert (told.promise.text, told.passed, told.earlier) == ("The rest is done", False, False)
    (late,) = one_risk(council, "rm019", LATER, promised_until=date(2018, 10, 1)).promises
    assert late.passed
    assessed(risk, 3, 4)
    (kept,) = one_risk(council, "rm019", LATER).promises
    assert kept.earlier


@pytest.mark.parametrize("number", [20, 200])
def test_the_register_takes_six_queries_whatever_its_size(
    council, number, django_assert_num_queries
):
    make_register(council, number)
    with django_assert_num_queries(6):
        register = register_at(council, AS_AT)
        assert len(register.exceptions) == number
        assert register.by_band[1][1] == number
        assert all(each.details.title and each.links[0].project.slug for each in register.risks)
