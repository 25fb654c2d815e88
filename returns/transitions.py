"""The workflows of a return, of a project's quarter or a month of measures, and of its period."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import written_by
from projects.access import Access
from publishing.models import PeriodEvent, ReportingPeriod, Return, ReturnEvent
from publishing.models.reminders import DATES
from publishing.steps import Letter, Step, Transition
from publishing.workflow import Workflow
from returns.owed import writers_of
from returns.publication import take_snapshots

Status = Return.Status
REPORT = frozenset({Permission.REPORT})
REVIEW = frozenset({Permission.REVIEW})
RUN_PERIODS = frozenset({Permission.RUN_PERIODS})
# What asks for a return to be written.
WRITTEN_AGAIN = ("send back", "reopen", "ask again")


class ReturnWorkflow(Workflow[Return]):
    """A commissioner reports on what is assigned to them; whoever wrote any of it approves none."""

    subject = "return"
    states = Status
    reach = {Permission.REPORT: "of a project assigned to them"}
    closes = True

    def lock(self, pk: int, access: Access) -> Return:
        locked = Return.objects.select_for_update(of=("self",))
        rows = locked.select_related("period__council", "project")
        return rows.get(pk=pk, period__council=access.council)

    def reaches(self, rule: Transition, access: Access, record: Return) -> bool:
        if rule.who == REPORT:
            return access.may_report(record.project_id)
        return super().reaches(rule, access, record)

    def is_author(self, record: Return, user: User) -> bool:
        """Whether the person wrote any of the return: ever saved a section, or submitted it."""
        return self.written_by(user, Return.objects.filter(pk=record.pk)).exists()

    def written_by(self, user: User, records: QuerySet[Return]) -> QuerySet[Return]:
        """Those of the returns of which the person wrote any."""
        started = Q(events__by=user, events__action__in=("start", "submit"))
        return written_by(user, records, Q(sections__saved_by=user) | started).distinct()

    def why_not(self, action: str, record: Return, today: date) -> str:
        if action in WRITTEN_AGAIN and not record.reports:
            return f"{record.subject} is described only: there is nothing to write in a return."
        return super().why_not(action, record, today)

    def why_closed(self, record: Return, today: date) -> str:
        return record.period.why_not_written(today)

    def turn(self, step: Step[Return]) -> list[str]:
        step.record.changed_by, step.record.changed_at = step.by, step.at
        return ["changed_by", "changed_at"]

    def freeze(self, step: Step[Return]) -> None:
        take_snapshots(Return.objects.filter(pk=step.record.pk), at=step.at, by=step.by)

    def council_pk(self, record: Return) -> int:
        return record.period.council_id

    def event(self, step: Step[Return]) -> ReturnEvent:
        return ReturnEvent(report=step.record, sheet=step.kept, asked=step.asked)

    def letters(self, step: Step[Return]) -> list[Letter]:
        """Whoever can write the return learns that it is theirs again, and what was asked."""
        record = step.record
        if step.rule.action not in WRITTEN_AGAIN:
            return []
        council = record.period.council
        says = {
            "council": council,
            "page": whole_address(
                reverse("reporting:return", args=[council.slug, record.period.key, record.slug])
            ),
            "asked": self.event(step).notes,
        }
        people = writers_of([record])[record.pk]
        return [Letter(person, "mail/return_to_write.txt", says) for person in people]


RETURNS = ReturnWorkflow(
    (
        Transition("start", "Started", frozenset({Status.NOT_STARTED}), Status.DRAFT, REPORT),
        Transition(
            "submit",
            "Submitted",
            frozenset({Status.DRAFT, Status.SENT_BACK}),
            Status.SUBMITTED,
            REPORT,
        ),
        Transition(
            "withdraw",
            "Withdrawn before review",
            frozenset({Status.SUBMITTED}),
            Status.DRAFT,
            REPORT,
        ),
        Transition(
            "send back",
            "Sent back",
            frozenset({Status.SUBMITTED}),
            Status.SENT_BACK,
            REVIEW,
            needs_comment=True,
        ),
        Transition(
            "approve",
            "Approved",
            frozenset({Status.SUBMITTED}),
            Status.APPROVED,
            REVIEW,
            not_by_author=True,
            after_closing=True,
            freezes=True,
        ),
        Transition(
            "publish",
            "Published",
            frozenset({Status.APPROVED}),
            Status.PUBLISHED,
            RUN_PERIODS,
            after_closing=True,
        ),
        Transition(
            "withdraw publication",
            "Publication withdrawn",
            frozenset({Status.PUBLISHED}),
            Status.APPROVED,
            RUN_PERIODS,
            needs_comment=True,
            after_closing=True,
        ),
        Transition(
            "reopen",
            "Reopened after approval",
            frozenset({Status.APPROVED, Status.PUBLISHED}),
            Status.SENT_BACK,
            REVIEW,
            needs_comment=True,
        ),
        Transition(
            "not needed",
            "No return needed",
            frozenset({Status.NOT_STARTED, Status.DRAFT, Status.SENT_BACK}),
            Status.NOT_NEEDED,
            REVIEW,
            needs_comment=True,
            after_closing=True,
        ),
        Transition(
            "ask again",
            "Asked for again",
            frozenset({Status.NOT_NEEDED}),
            Status.DRAFT,
            REVIEW,
        ),
    )
)


class PeriodWorkflow(Workflow[ReportingPeriod]):
    """Officers and administrators re-date, close and reopen; what was due when can be settled."""

    subject = "period"
    states = ReportingPeriod.Status

    def lock(self, pk: int, access: Access) -> ReportingPeriod:
        locked = ReportingPeriod.objects.select_for_update(of=("self",))
        return locked.select_related("council").get(pk=pk, council=access.council)

    def is_author(self, record: ReportingPeriod, user: User) -> bool:
        return False

    def named(self, record: ReportingPeriod) -> str:
        return record.label

    def why_not(self, action: str, record: ReportingPeriod, today: date) -> str:
        reason = super().why_not(action, record, today)
        if reason and action == Action.DATES_CHANGED:
            return f"{record.label} is closed. Reopen it first, then change its dates."
        return reason

    def turn(self, step: Step[ReportingPeriod]) -> list[str]:
        return list(DATES)

    def event(self, step: Step[ReportingPeriod]) -> PeriodEvent:
        dates = dates_of(step.record)
        return PeriodEvent(period=step.record, dates_before=step.kept or dates, dates=dates)


def dates_of(period: ReportingPeriod) -> dict[str, str | None]:
    """The dates of the period by name, as its timeline keeps them."""
    values = {name: getattr(period, name) for name in DATES}
    return {name: value.isoformat() if value else None for name, value in values.items()}


Action = PeriodEvent.Action
OPEN = frozenset({ReportingPeriod.Status.OPEN})
CLOSED = frozenset({ReportingPeriod.Status.CLOSED})
RUNNERS = frozenset({Permission.RUN_PERIODS, Permission.ADMINISTER})
PERIODS = PeriodWorkflow(
    (
        Transition(
            Action.DATES_CHANGED,
            "Dates changed",
            OPEN,
            ReportingPeriod.Status.OPEN,
            RUNNERS,
            needs_comment=True,
        ),
        Transition(Action.CLOSED, "Closed", OPEN, ReportingPeriod.Status.CLOSED, RUNNERS),
        Transition(
            Action.REOPENED,
            "Reopened",
            CLOSED,
            ReportingPeriod.Status.OPEN,
            RUNNERS,
            needs_comment=True,
        ),
    )
)
