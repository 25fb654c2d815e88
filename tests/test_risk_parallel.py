"""Two people at once on one risk, on real connections."""

import pytest
from django.utils import timezone

from risks import actions
from risks.models import Assessment, RegisterReport
from risks.register import published_register, register_at
from tests.registers import publish_register, with_register
from tests.test_parallel import at_once, kinds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(quarter):
    return with_register(quarter)


def assessing(world, impact):
    seen = Assessment.objects.get(risk=world.risk, stage="current").pk
    who = world.by("performance officer")
    return lambda: actions.assess(
        world.risk,
        current=(5, impact),
        prospects="red",
        reason=f"Impact {impact}.",
        review_by=None,
        seen=seen,
        **who,
    )


def test_of_people_who_assess_at_once_all_but_one_are_told(world):
    outcomes = at_once(*(assessing(world, impact) for impact in (1, 2, 3, 4)))
    assert kinds(outcomes) == ["Assessment", "Changed", "Changed", "Changed"]
    assert Assessment.objects.filter(risk=world.risk, stage="current").count() == 2


def test_a_risk_is_closed_once(world):
    who = world.by("finance officer")
    outcomes = at_once(*(lambda: actions.close(world.risk, reason="Over.", **who),) * 3)
    assert kinds(outcomes) == ["Closure", "NotNow", "NotNow"]


def test_a_register_published_while_a_risk_is_assessed_never_changes_afterwards(world):
    who = world.by("performance officer")
    today = timezone.localdate()
    outcomes = at_once(
        lambda: publish_register(world.council, today, **who),
        assessing(world, 5),
    )
    report = next(each for each in outcomes if isinstance(each, RegisterReport))
    score = published_register(report).risks[0].score
    row = Assessment.objects.get(reason="Impact 5.")
    assert score == (25 if row.recorded_at <= report.published_at else 12)
    assert register_at(world.council, today).risks[0].score == 25


def test_tasks_added_at_once_get_numbers_of_their_own(world):
    who = world.by("performance officer")
    at_once(*(lambda: actions.add_task(world.risk, text="Do it.", **who),) * 4)
    assert sorted(world.risk.task_rows.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
