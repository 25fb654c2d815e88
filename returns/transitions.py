"""The workflows of a return, of a project's quarter or a month of measures, and of its period."""

from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec
from django.db.models import Q, QuerySet, TextChoices
from django.urls import reverse

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import written_by
from bcfportal.lib.versions import fingerprint
from projects.access import Access
from projects.models import Council, Project
from publishing.models import (
    PeriodEvent,
    Report,
    ReportingPeriod,
    Return,
    ReturnEvent,
    with_subjects,
)
from publishing.models.reminders import DATES
from publishing.second_signature import COUNTERSIGN, SignedTwiceWorkflow, countersign, sign_again
from publishing.steps import Letter, Step, Transition
from publishing.workflow import Workflow
from returns.collect import sheet_for, with_records
from returns.owed import writers_of
from returns.period_versions.to_publish import changes_to_publish
from returns.publication import Current, approved_snapshots, publish, take_snapshots
from returns.subjects import model_named, model_of, reports_of

Status = Report.Status
REPORT = frozenset({Permission.REPORT})
REVIEW = frozenset({Permission.REVIEW})
RUN_PERIODS = frozenset({Permission.RUN_PERIODS})
# What asks for a return to be written.
WRITTEN_AGAIN = ("send back", "reopen", "ask again")
IN_REVIEW = frozenset({Status.SUBMITTED, Status.SIGNED})


class ReturnWorkflow(SignedTwiceWorkflow[Report]):
    """A commissioner reports on what is assigned to them; whoever wrote any of it approves none."""

    subject = "return"
    states = Status
    reach = {Permission.REPORT: "of a project assigned to them", **SignedTwiceWorkflow.reach}
    closes = True

    def lock(self, pk: int, access: Access) -> Report:
        rows = Report.objects.select_for_update(of=("self",))
        locked = rows.get(pk=pk, period__council=access.council)
        model = model_named(locked.slug)
        return with_subjects(model._default_manager.select_related("period__council")).get(pk=pk)

    def reaches(self, rule: Transition, access: Access, record: Report) -> bool:
        if rule.who == REPORT:
            return record.may_be_written_by(access)
        return super().reaches(rule, access, record)

    def is_author(self, record: Report, user: User) -> bool:
        """Whether the person wrote any of the return: ever saved a section, or submitted it."""
        return self.written_by(user, type(record)._default_manager.filter(pk=record.pk)).exists()

    def written_by(self, user: User, records: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the returns of which the person wrote any."""
        started = Q(events__by=user, events__action__in=("start", "submit"))
        return written_by(user, records, Q(sections__saved_by=user) | started).distinct()

    def moved_by(self, record: Report) -> int | None:
        return record.changed_by_id

    def barred(self, action: str, records: Collection[Report], user: User) -> set[Report]:
        """Those on which the person may not decide: they wrote some, or signed it before.

        One query.
        """
        rule = self.table[action]
        signed = {record for record in records if self.signed_before(rule, record, user)}
        if not any(self.bars_author(rule, record) for record in records):
            return signed
        model = type(next(iter(records)))
        own = model._default_manager.filter(pk__in=[record.pk for record in records])
        return signed | set(self.written_by(user, own))

    def why_not(self, action: str, record: Report, today: date) -> str:
        if action in WRITTEN_AGAIN and not record.reports:
            return f"{record.subject} is described only: there is nothing to write in a return."
        return super().why_not(action, record, today)

    def why_closed(self, record: Report, today: date) -> str:
        return record.period.why_not_written(today)

    def turn(self, step: Step[Report]) -> list[str]:
        step.record.changed_by, step.record.changed_at = step.by, step.at
        return ["changed_by", "changed_at"]

    def read(self, record: Report) -> dict[str, str]:
        [whole] = with_records(type(record)._default_manager.filter(pk=record.pk))
        return {"Content": fingerprint(msgspec.to_builtins(sheet_for(whole)))}

    def freeze(self, step: Step[Report]) -> None:
        since = step.record.period.council.approves_own_since if step.own else None
        rows = type(step.record)._default_manager.filter(pk=step.record.pk)
        take_snapshots(rows, at=step.at, by=step.by, own_since=since)

    def council(self, record: Report) -> Council:
        return record.period.council

    def council_pk(self, record: Report) -> int:
        return record.period.council_id

    def event(self, step: Step[Report]) -> ReturnEvent:
        return ReturnEvent(report=step.record, sheet=step.kept, asked=step.asked)

    def letters(self, step: Step[Report]) -> list[Letter]:
        """Whoever can write the return learns that it is theirs again, and what was asked.

        Whoever can give the second signature learns that it waits for them.
        """
        record, council = step.record, step.record.period.council
        place = [council.slug, record.period.key, record.slug]
        if step.rule.action not in WRITTEN_AGAIN:
            named = f"{record.subject}, {record.period.label}"
            return self.letters_to_sign(step, named, reverse("reporting:review", args=place))
        page = whole_address(reverse("reporting:return", args=place))
        says = {"council": council, "page": page, "asked": self.event(step).notes}
        people = writers_of([record.itself])[record.pk]
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
            "Withdrawn before approval",
            IN_REVIEW,
            Status.DRAFT,
            REPORT,
        ),
        Transition(
            "send back",
            "Sent back",
            IN_REVIEW,
            Status.SENT_BACK,
            REVIEW | COUNTERSIGN,
            needs_comment=True,
        ),
        countersign(
            Status.SUBMITTED, Status.SIGNED, setting="second_signature", after_closing=True
        ),
        sign_again(
            Status.SIGNED,
            Status.SUBMITTED,
            who=REVIEW,
            setting="second_signature",
            after_closing=True,
        ),
        Transition(
            "approve",
            "Approved",
            IN_REVIEW,
            Status.APPROVED,
            REVIEW,
            not_by_author=True,
            own_by="approves_own_since",
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


class PublicState(TextChoices):
    TO_COME = "to come", "To come"
    PUBLISHED = "published", "Published"


# What the step of publishing a period is given: when it becomes the current report.
CURRENT = "current"
# And whether what was withdrawn is published again.
AGAIN = "again"


class PeriodPublicationWorkflow(Workflow[ReportingPeriod]):
    """Officers publish all that is approved of a period: each time a new version of it is kept.

    What became known of its projects is published with it, or alone.

    What another person approved becomes public; that the period is open or closed stays as it is.
    """

    subject = "period"
    states = PublicState
    state_field = ""

    def lock(self, pk: int, access: Access) -> ReportingPeriod:
        return PERIODS.lock(pk, access)

    def state(self, record: ReportingPeriod) -> str:
        return PublicState.PUBLISHED if record.published_at else PublicState.TO_COME

    def named(self, record: ReportingPeriod) -> str:
        return record.label

    def why_not_ready(self, rule: Transition, record: ReportingPeriod) -> str:
        approved = reports_of(record).filter(status=Status.APPROVED)
        if any(report.reports for report in with_subjects(approved)):
            return ""
        if changes_to_publish(record).all:
            return ""
        return "Nothing is approved and unpublished: approve a return first."

    def write(self, step: Step[ReportingPeriod]) -> None:
        """What is described only reports nothing: it gets a return, for the whole to be shown."""
        period = step.record
        if model_of(period) is not Return:
            return
        projects = period.council.projects.live().filter(kind=Project.Kind.DESCRIBED)
        missing = projects.exclude(returns__period=period)
        described = Return.objects.bulk_create(
            Return(project=project, period=period, status=Status.PUBLISHED) for project in missing
        )
        take_snapshots(Return.objects.filter(pk__in=[report.pk for report in described]))

    def freeze(self, step: Step[ReportingPeriod]) -> None:
        current = Current((step.kept or {}).get(CURRENT, Current.NOW))
        period, again = step.record, bool((step.kept or {}).get(AGAIN))
        publish(approved_snapshots(period, again=again), by=step.by, current=current, of=period)


PUBLICATIONS = PeriodPublicationWorkflow(
    (
        Transition(
            "publish",
            "Published",
            frozenset(PublicState),
            PublicState.PUBLISHED,
            RUN_PERIODS,
            freezes=True,
        ),
    )
)
