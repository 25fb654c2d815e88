"""The engine on made-up subjects: a return with two signatures, a plan that three bodies sign."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, models, transaction

from accounts.roles import Permission
from accounts.writing import keep_writer, wrote_any
from publishing.models import Signature
from publishing.steps import Signatory, Step, Transition
from publishing.workflow import NotNow, Workflow
from typed.seen import Seen, Stale, mark_of

pytestmark = pytest.mark.django_db


class MadeUp(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        COUNTERSIGNED = "countersigned", "Countersigned"
        APPROVED = "approved", "Approved"

    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    text = models.TextField(default="First words.")
    second_signature = models.BooleanField(default=False)
    approves_own = models.BooleanField(default=False)
    frozen = models.JSONField(default=list)

    class Meta:
        app_label = "made_up"

    def __str__(self):
        return self.text


class Made(Workflow):
    """What both made-up subjects say of their records; events are kept in a list."""

    states = MadeUp.Status
    ends = frozenset({MadeUp.Status.APPROVED})

    def __init__(self, table):
        super().__init__(table)
        self.events = []

    def lock(self, pk, access):
        return MadeUp.objects.select_for_update().get(pk=pk)

    def is_author(self, record, user):
        return wrote_any(record, user)

    def setting(self, record, name):
        return getattr(record, name)

    def read(self, record):
        return {"Text": record.text}

    def turn(self, step: Step):
        step.record.frozen = []
        return ["frozen"]

    def freeze(self, step: Step):
        step.record.frozen = (
            [step.record.text, "approved by its author"] if step.own else [step.record.text]
        )
        step.record.save()

    def write_event(self, step: Step):
        self.events.append((step.rule.action, step.record.status, step.on_behalf_of, step.unsigned))


DRAFT, SUBMITTED, COUNTERSIGNED, APPROVED = MadeUp.Status
REPORT, REVIEW, MONEY = (
    frozenset({permission})
    for permission in (Permission.REPORT, Permission.REVIEW, Permission.KEEP_MONEY)
)


@pytest.fixture(autouse=True)
def _table(db):
    with connection.schema_editor() as editor:
        editor.create_model(MadeUp)


@pytest.fixture
def returns():
    made = Made(
        (
            Transition(
                "submit", "Submitted", frozenset({DRAFT}), SUBMITTED, REPORT, for_others=True
            ),
            Transition(
                "countersign",
                "Countersigned",
                frozenset({SUBMITTED}),
                COUNTERSIGNED,
                MONEY,
                not_by_author=True,
                switched_by="second_signature",
                before=frozenset({"approve"}),
            ),
            Transition(
                "approve",
                "Approved",
                frozenset({SUBMITTED, COUNTERSIGNED}),
                APPROVED,
                REVIEW,
                not_by_author=True,
                own_by="approves_own",
                freezes=True,
            ),
        )
    )
    made.subject = "return"
    return made


@pytest.fixture
def plans():
    made = Made(
        (
            Transition(
                "sign",
                "Signed",
                frozenset({DRAFT}),
                APPROVED,
                REPORT | REVIEW | MONEY,
                signatories=(
                    Signatory("The council", REVIEW),
                    Signatory("The board", MONEY),
                    Signatory("The trust", REPORT),
                ),
                for_others=True,
                freezes=True,
            ),
        )
    )
    made.subject = "plan"
    return made


def actions(workflow, record, who):
    return [rule.action for rule in workflow.actions_for(record, **who)]


OFFICER, FINANCE, TRUST = "performance officer", "finance officer", "commissioner"


def test_a_second_signature_is_asked_for_where_the_council_switches_it_on_and_only_there(
    returns, quarter
):
    plain, strict = MadeUp.objects.create(), MadeUp.objects.create(second_signature=True)
    for record in (plain, strict):
        returns.transition("submit", record.pk, **quarter.by(TRUST))
        record.refresh_from_db()
    assert actions(returns, plain, quarter.by(OFFICER)) == ["approve"]
    assert actions(returns, plain, quarter.by(FINANCE)) == []
    assert actions(returns, strict, quarter.by(OFFICER)) == []
    assert actions(returns, strict, quarter.by(FINANCE)) == ["countersign"]
    with pytest.raises(NotNow, match="asks that it is countersigned first"):
        returns.transition("approve", strict.pk, **quarter.by(OFFICER))
    with pytest.raises(NotNow, match="not switched this step on"):
        returns.transition("countersign", plain.pk, **quarter.by(FINANCE))
    returns.transition("approve", plain.pk, **quarter.by(OFFICER))
    returns.transition("countersign", strict.pk, **quarter.by(FINANCE))
    returns.transition("approve", strict.pk, **quarter.by(OFFICER))
    assert set(MadeUp.objects.values_list("status", flat=True)) == {"approved"}


def test_a_team_of_one_approves_its_own_where_the_council_lets_it_and_the_version_says_so(
    returns, quarter
):
    strict, lifted = MadeUp.objects.create(), MadeUp.objects.create(approves_own=True)
    for record in (strict, lifted):
        keep_writer(record, quarter.people[OFFICER])
        returns.transition("submit", record.pk, **quarter.by(TRUST))
        record.refresh_from_db()
    assert actions(returns, strict, quarter.by(OFFICER)) == []
    with pytest.raises(PermissionDenied):
        returns.transition("approve", strict.pk, **quarter.by(OFFICER))
    assert actions(returns, lifted, quarter.by(OFFICER)) == ["approve"]
    returns.transition("approve", lifted.pk, **quarter.by(OFFICER))
    lifted.refresh_from_db()
    assert lifted.frozen == ["First words.", "approved by its author"]


def test_an_action_is_taken_for_somebody_where_the_table_lets_it_and_the_timeline_names_the_post(
    returns, quarter
):
    record = MadeUp.objects.create()
    post = "Head of commissioning"
    returns.transition("submit", record.pk, on_behalf_of=post, **quarter.by(TRUST))
    assert returns.events == [("submit", "submitted", post, ())]
    with pytest.raises(NotNow, match="for somebody else"):
        returns.transition("approve", record.pk, on_behalf_of=post, **quarter.by(OFFICER))


@pytest.mark.parametrize("order", [(OFFICER, FINANCE, TRUST), (TRUST, OFFICER, FINANCE)])
def test_three_bodies_sign_in_any_order_and_the_last_takes_the_step(plans, quarter, order):
    plan = MadeUp.objects.create()
    for number, who in enumerate(order, 1):
        plan.refresh_from_db()
        assert (plan.status, plan.frozen) == ("draft", [])
        assert len(plans.unsigned("sign", plan)) == 4 - number
        plans.transition("sign", plan.pk, **quarter.by(who))
    plan.refresh_from_db()
    assert (plan.status, plan.frozen) == ("approved", ["First words."])
    assert Signature.objects.count() == 3
    assert [event[3] for event in plans.events][-1] == ()


def test_a_signature_lapses_when_the_plan_says_something_else(plans, quarter):
    plan = MadeUp.objects.create()
    plans.transition("sign", plan.pk, **quarter.by(OFFICER))
    plans.transition("sign", plan.pk, **quarter.by(FINANCE))
    MadeUp.objects.update(text="Other words.")
    plan.refresh_from_db()
    assert plans.unsigned("sign", plan) == ["The council", "The board", "The trust"]
    plans.transition("sign", plan.pk, **quarter.by(TRUST))
    plan.refresh_from_db()
    assert plan.status == "draft"
    # As it was read before, the first signatures are of it again.
    MadeUp.objects.update(text="First words.")
    plan.refresh_from_db()
    assert plans.unsigned("sign", plan) == ["The trust"]


def test_nobody_signs_twice_nor_for_a_body_that_is_not_theirs(plans, quarter):
    plan = MadeUp.objects.create()
    plans.transition("sign", plan.pk, **quarter.by(OFFICER))
    with pytest.raises(NotNow, match="You have signed this already"):
        plans.transition("sign", plan.pk, **quarter.by(OFFICER))
    with pytest.raises(PermissionDenied):
        plans.transition("sign", plan.pk, **quarter.by("committee member"))
    assert Signature.objects.count() == 1


def test_what_is_signed_is_what_was_read(plans, quarter):
    plan = MadeUp.objects.create()
    seen = Seen(mark_of(plans.read(plan)), plans.read)
    MadeUp.objects.update(text="Other words.")
    with pytest.raises(Stale, match="“Text” was changed"):
        plans.transition("sign", plan.pk, seen=seen, **quarter.by(OFFICER))
    assert not Signature.objects.exists()


def test_a_signature_stays_as_it_was_given(plans, quarter):
    plan = MadeUp.objects.create()
    plans.transition("sign", plan.pk, **quarter.by(OFFICER))
    for change in (
        lambda: Signature.objects.update(body="The trust"),
        lambda: Signature.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
