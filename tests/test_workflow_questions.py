"""What the engine answers of a table before any step is taken: who may, when, and why not."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.db.models import TextChoices

from accounts.roles import Permission
from bcfportal.lib import clock
from publishing.steps import Transition
from publishing.workflow import Workflow

WRITE, REVIEW, PUBLISH = Permission.REPORT, Permission.REVIEW, Permission.RUN_PERIODS
TODAY = date(2026, 11, 28)


class Person(NamedTuple):
    pk: int


AUTHOR, OTHER, THIRD = Person(1), Person(2), Person(3)


class States(TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Submitted"
    CHECKED = "checked", "Signed off"
    DONE = "done", "Approved"


def rule(action, sources, target, who, **more):
    return Transition(action, action.title(), frozenset(sources), target, frozenset(who), **more)


TABLE = [
    rule("submit", ["draft"], "sent", [WRITE, REVIEW]),
    rule("approve", ["sent", "checked"], "done", [REVIEW], not_by_author=True, own_by="alone"),
    rule(
        *("check", ["sent"], "checked", [PUBLISH]),
        switched_by="checking",
        before=frozenset({"approve"}),
        not_by_author=True,
        after_closing=True,
    ),
    rule("withdraw", ["sent", "done"], "draft", [WRITE], after_closing=True),
]


class Papers(Workflow):
    """A made-up subject."""

    subject = "paper"
    states = States

    def is_author(self, record, user):
        return user == AUTHOR

    def council(self, record):
        """One that has switched nothing on."""
        return SimpleNamespace(alone="", checking="")


class Closing(Papers):
    """The same, of a council that can close it and switch a step on."""

    state_field = "stage"

    def is_author(self, record, user):
        return user in record.authors

    def reaches(self, rule, access, record):
        return record.found and super().reaches(rule, access, record)

    def named(self, record):
        return f"Paper {record.number}"

    def setting(self, record, name):
        return name in record.settings

    def moved_by(self, record):
        return record.moved_by

    def why_closed(self, record, today):
        return f"Closed since {record.closed}." if record.closed and today > record.closed else ""


@dataclass
class Record:
    status: str = "draft"
    stage: str = "draft"
    settings: tuple[str, ...] = ()
    closed: date | None = None
    authors: tuple[str, ...] = (AUTHOR,)
    found: bool = True
    number: int = 7
    moved_by: int | None = None


def holding(*permissions):
    return SimpleNamespace(may=lambda permission: permission in permissions)


def in_stage(stage, *settings, closed=None):
    return Record(stage=stage, settings=settings, closed=closed)


def test_a_state_is_read_from_the_field_that_holds_it():
    assert Papers(TABLE).state(Record("sent", "done")) == "sent"
    assert Closing(TABLE).state(Record("sent", "done")) == "done"


@pytest.mark.parametrize(
    ("action", "permissions", "may"),
    [
        ("submit", [WRITE], True),
        ("submit", [REVIEW], True),
        ("submit", [PUBLISH], False),
        ("submit", [], False),
        ("approve", [REVIEW], True),
        ("approve", [WRITE], False),
    ],
)
def test_one_of_the_permissions_is_enough_whatever_the_state(action, permissions, may):
    for stage in States.values:
        asked = Closing(TABLE).may(action, in_stage(stage), by=OTHER, access=holding(*permissions))
        assert asked is may


def test_who_wrote_it_may_not_where_the_table_says_so_unless_the_council_lets_them():
    may = {
        (action, settings): Closing(TABLE).may(
            action, in_stage("sent", *settings), by=AUTHOR, access=holding(WRITE, REVIEW, PUBLISH)
        )
        for action in ("submit", "approve", "check")
        for settings in ((), ("alone",))
    }
    assert may == {
        ("submit", ()): True,
        ("submit", ("alone",)): True,
        ("approve", ()): False,
        ("approve", ("alone",)): True,
        ("check", ()): False,
        ("check", ("alone",)): False,
    }
    assert not Papers(TABLE).may("approve", Record(), by=AUTHOR, access=holding(REVIEW))


def test_who_signed_it_does_not_approve_it_and_any_other_person_may():
    workflow, approve = Closing(TABLE), "approve"
    access = holding(WRITE, REVIEW, PUBLISH)
    for record, by, may in (
        (replace(in_stage("checked", "checking"), moved_by=OTHER.pk), OTHER, False),
        (replace(in_stage("checked", "checking"), moved_by=THIRD.pk), OTHER, True),
        # Who sent it in took no step that comes before.
        (replace(in_stage("sent", "checking"), moved_by=OTHER.pk), OTHER, True),
        # A signature that the council no longer asks for bars nobody.
        (replace(in_stage("checked"), moved_by=OTHER.pk), OTHER, True),
    ):
        assert workflow.may(approve, record, by=by, access=access) is may
        drawn_now = drawn(workflow, record, by, WRITE, REVIEW, PUBLISH)
        assert (approve in drawn_now) is (may and record.stage == "checked")


def test_only_who_wrote_it_takes_a_step_that_is_theirs():
    own = rule("take back", ["sent"], "draft", [WRITE], by_author=True)
    workflow = Closing([*TABLE, own])
    for by, may in ((AUTHOR, True), (OTHER, False)):
        record = in_stage("sent")
        assert workflow.may("take back", record, by=by, access=holding(WRITE)) is may
        assert ("take back" in drawn(workflow, record, by, WRITE)) is may


def test_a_setting_is_what_the_council_of_the_record_has_switched_on():
    class Known(Papers):
        def council(self, record):
            return SimpleNamespace(alone="yes" if record.number == 7 else "", checking="")

    workflow = Known(TABLE)
    assert workflow.setting(Record(), "alone") is True
    assert workflow.setting(Record(), "checking") is False
    assert workflow.setting(Record(number=8), "alone") is False


def test_a_step_that_is_not_switched_on_is_passed_over_and_one_that_is_comes_first():
    workflow, off, on = Closing(TABLE), in_stage("sent"), in_stage("sent", "checking")
    approve, check = workflow.table["approve"], workflow.table["check"]
    assert workflow.sources(approve, off) == {"sent", "checked"}
    assert workflow.sources(check, off) == frozenset()
    assert workflow.sources(approve, on) == {"checked"}
    assert workflow.sources(check, on) == {"sent"}
    assert workflow.sources(workflow.table["withdraw"], on) == {"sent", "done"}
    assert Papers(TABLE).sources(check, off) == frozenset()


@pytest.mark.parametrize(
    ("action", "record", "reason"),
    [
        ("submit", in_stage("draft"), ""),
        ("submit", in_stage("sent"), "Paper 7 is already submitted."),
        (
            *("submit", in_stage("done")),
            "Paper 7 is approved. That can only be done to one that is draft.",
        ),
        (
            *("approve", in_stage("draft")),
            "Paper 7 is draft. That can only be done to one that is submitted.",
        ),
        (
            *("approve", in_stage("sent", "checking")),
            "Paper 7 is submitted. The council asks that it is signed off first.",
        ),
        ("approve", in_stage("checked", "checking"), ""),
        (
            *("withdraw", in_stage("checked", "checking")),
            "Paper 7 is signed off. That can only be done to one that is approved or submitted.",
        ),
        ("check", in_stage("sent"), "The council has not switched this step on."),
        ("check", in_stage("checked"), "Paper 7 is already signed off."),
        ("check", in_stage("sent", "checking"), ""),
    ],
)
def test_the_state_says_why_an_action_is_not_to_be_taken(action, record, reason):
    assert Closing(TABLE).why_not(action, record, TODAY) == reason


def test_what_is_closed_stays_but_for_what_may_be_done_after_closing():
    closed = in_stage("draft", closed=date(2026, 11, 27))
    assert Closing(TABLE).why_not("submit", closed, TODAY) == "Closed since 2026-11-27."
    assert Closing(TABLE).why_not("submit", closed, date(2026, 11, 27)) == ""
    closed = in_stage("done", closed=date(2026, 11, 27))
    assert Closing(TABLE).why_not("withdraw", closed, TODAY) == ""


def test_a_sentence_names_the_record_as_its_subject_does_or_by_what_it_is():
    reason = "is already submitted."
    assert Closing(TABLE).why_not("submit", in_stage("sent"), TODAY) == f"Paper 7 {reason}"
    assert Papers(TABLE).why_not("submit", Record("sent"), TODAY) == f"This paper {reason}"


def test_a_subject_that_says_nothing_of_it_is_never_closed_and_lacks_nothing():
    papers = Papers(TABLE)
    assert papers.why_not("submit", Record(), TODAY) == ""
    assert papers.why_not_ready(papers.table["submit"], Record()) == ""


def drawn(workflow, record, by, *permissions):
    return [
        each.action for each in workflow.actions_for(record, by=by, access=holding(*permissions))
    ]


def test_what_may_be_done_now_is_drawn_in_the_order_of_the_table():
    everything, workflow = (WRITE, REVIEW, PUBLISH), Closing(TABLE)
    assert drawn(workflow, in_stage("draft"), OTHER, *everything) == ["submit"]
    assert drawn(workflow, in_stage("sent"), OTHER, *everything) == ["approve", "withdraw"]
    on = in_stage("sent", "checking")
    assert drawn(workflow, on, OTHER, *everything) == ["check", "withdraw"]
    assert drawn(workflow, on, OTHER, WRITE) == ["withdraw"]
    assert drawn(workflow, in_stage("done"), OTHER, REVIEW) == []


def test_what_is_closed_today_is_not_drawn_nor_what_the_person_does_not_reach():
    workflow = Closing(TABLE)
    closes = in_stage("draft", closed=date(2026, 11, 27))
    with clock.stopped_at(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        assert drawn(workflow, closes, OTHER, WRITE) == ["submit"]
    with clock.stopped_at(datetime(2026, 11, 28, 12, tzinfo=UTC)):
        assert drawn(workflow, closes, OTHER, WRITE) == []
    assert drawn(workflow, replace(in_stage("draft"), found=False), OTHER, WRITE) == []


def test_what_an_author_is_barred_from_is_not_drawn_and_all_else_is():
    workflow, everything = Closing(TABLE), (WRITE, REVIEW, PUBLISH)
    assert drawn(workflow, in_stage("sent"), AUTHOR, *everything) == ["withdraw"]
    assert drawn(workflow, in_stage("draft"), AUTHOR, *everything) == ["submit"]
    alone = in_stage("sent", "alone")
    assert drawn(workflow, alone, AUTHOR, *everything) == ["approve", "withdraw"]


def test_nobody_is_asked_for_as_an_author_where_nothing_bars_one():
    class Asked(Papers):
        def is_author(self, record, user):
            raise AssertionError

    assert drawn(Asked(TABLE), Record("draft"), OTHER, WRITE) == ["submit"]
