"""Every action on a return by every role from every state, and what the timeline keeps."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from accounts.roles import MAY, Role
from programme.management.commands.draw_workflows import PATH, WORKFLOWS, drawing
from publishing.models import Return, ReturnEvent
from publishing.workflow import NotNow
from returns.transitions import RETURNS
from tests.forced import in_state

pytestmark = pytest.mark.django_db

STATES = ["not started", "draft", "submitted", "sent back", "approved", "published"]
# action: (who may, from which states, to which)
EXPECTED = {
    "start": ("commissioner", {"not started"}, "draft"),
    "submit": ("commissioner", {"draft", "sent back"}, "submitted"),
    "withdraw": ("commissioner", {"submitted"}, "draft"),
    "send back": ("performance officer", {"submitted"}, "sent back"),
    "approve": ("performance officer", {"submitted"}, "approved"),
    "publish": ("performance officer", {"approved"}, "published"),
    "reopen": ("performance officer", {"approved", "published"}, "sent back"),
}
ROLES = [
    "commissioner",
    "performance officer",
    "finance officer",
    "committee member",
    "administrator",
    "outsider",
]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", EXPECTED)
def test_each_action_by_each_role_from_each_state(quarter, action, state):
    who, sources, target = EXPECTED[action]
    for role in ROLES:
        in_state(Return.objects.filter(pk=quarter.report.pk), state)
        report = quarter.report
        before = report.events.count()

        def act(report=report, role=role):
            with transaction.atomic():
                return RETURNS.transition(action, report.pk, comment="Because.", **quarter.by(role))

        if role != who:
            with pytest.raises(PermissionDenied):
                act()
        elif state not in sources:
            with pytest.raises(NotNow, match=r"This return is (already )?.*\."):
                act()
        else:
            step = act()
            assert quarter.report.status == target
            assert quarter.report.changed_by == quarter.people[role]
            assert quarter.report.changed_at == step.event.at
            assert (step.event.before, step.event.after) == (state, target)
            continue
        assert quarter.report.status == state
        assert quarter.report.events.count() == before


def test_a_commissioner_of_other_projects_may_nothing(quarter):
    quarter.people["commissioner"].assignments.all().delete()
    with pytest.raises(PermissionDenied):
        RETURNS.transition("start", quarter.report.pk, **quarter.by("commissioner"))


def test_who_wrote_a_return_cannot_approve_it_whatever_their_roles(quarter):
    writer = quarter.people["commissioner"]
    writer.memberships.create(council=quarter.council, role="performance officer")
    quarter.submitted()
    with pytest.raises(PermissionDenied):
        RETURNS.transition("approve", quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))


@pytest.mark.parametrize("action", ["send back", "reopen"])
def test_sending_back_and_reopening_need_words(quarter, action):
    state = "submitted" if action == "send back" else "approved"
    in_state(Return.objects.filter(pk=quarter.report.pk), state)
    with pytest.raises(NotNow, match="Say why"):
        RETURNS.transition(
            action, quarter.report.pk, comment="  ", **quarter.by("performance officer")
        )


def test_a_closed_period_is_read_only_and_says_why(quarter):
    quarter.period.status = "closed"
    quarter.period.save()
    with pytest.raises(NotNow, match=r"Quarter 2 2018/19 is closed"):
        RETURNS.transition("start", quarter.report.pk, **quarter.by("commissioner"))


def test_what_was_submitted_in_time_can_be_approved_after_closing(quarter):
    quarter.submitted()
    quarter.period.status = "closed"
    quarter.period.save()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    assert quarter.report.status == "approved"


def test_the_timeline_cannot_be_rewritten(quarter):
    RETURNS.transition("start", quarter.report.pk, **quarter.by("commissioner"))
    with pytest.raises(InternalError), transaction.atomic():
        ReturnEvent.objects.update(comment="Never said.")
    with pytest.raises(InternalError), transaction.atomic():
        ReturnEvent.objects.all()._raw_delete("default")


def test_no_return_is_approved_with_nothing_frozen(quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    assert quarter.report.snapshots.count() == 1


def test_what_goes_wrong_after_the_change_undoes_it(quarter):
    def fail(report):
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        RETURNS.transition("start", quarter.report.pk, before=fail, **quarter.by("commissioner"))
    assert quarter.report.status == "not started"
    assert not quarter.report.events.exists()


def test_the_drawing_of_the_workflow_is_true():
    assert PATH.read_text() == drawing(), "Run `manage.py draw_workflows`."


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda workflow: workflow.subject)
def test_the_table_leads_to_every_state_and_out_of_every_state_that_waits(workflow):
    sources = set().union(*(rule.sources for rule in workflow.table.values()))
    reached = {rule.target for rule in workflow.table.values()}
    first = workflow.states.values[0]
    assert reached | {first} == set(workflow.states.values)
    assert sources | workflow.ends == set(workflow.states.values)
    assert not sources & workflow.ends


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=lambda workflow: workflow.subject)
def test_whose_turn_it_is_is_never_nobodys(workflow):
    for state in set(workflow.states.values) - workflow.ends:
        roles = [
            role
            for role in Role
            for rule in workflow.table.values()
            if state in rule.sources and rule.who & MAY[role]
        ]
        assert roles, f"{workflow.subject}, {state}"
