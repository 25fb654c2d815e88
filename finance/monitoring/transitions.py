"""The workflow of a monitoring report.

An approved report is never reopened: a correction is a report of the next version.
"""

from django.db.models import Q
from django.urls import reverse

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from finance.models import MonitoringEvent, MonitoringReport
from finance.monitoring.collect import freeze_report, report_before
from finance.monitoring.deciding import asked_at_publishing
from projects.access import Access
from publishing.freezing import make_public
from publishing.steps import Letter, Step, Transition
from publishing.timeline import write_event
from publishing.workflow import Workflow

Status = MonitoringReport.Status
KEEPERS = frozenset({Permission.KEEP_MONEY})
# Another finance officer, or a performance officer where a council has but one.
CHECKERS = frozenset({Permission.KEEP_MONEY, Permission.REVIEW})
SUBMITTED = frozenset({Status.SUBMITTED})


class ReportWorkflow(Workflow[MonitoringReport]):
    """Finance officers write a report; somebody else who may check it approves it."""

    subject = "report"
    states = Status
    # A published report is corrected by one of the next version, and withdrawn as such.
    ends = frozenset({Status.PUBLISHED})

    def lock(self, pk: int, access: Access) -> MonitoringReport:
        locked = MonitoringReport.objects.select_for_update(of=("self",))
        rows = locked.select_related("council", "compared_with")
        return rows.get(pk=pk, council=access.council)

    def is_author(self, record: MonitoringReport, user: User) -> bool:
        """Whether the person wrote any of the report: began, ever saved or submitted it.

        A correction begins with all that the version before it says, so who wrote that wrote it
        too.
        """
        versions = MonitoringReport.objects.filter(
            council=record.council_id, period=record.period, version__lte=record.version
        )
        began = Q(events__by=user, events__action__in=("start", "correct", "submit"))
        return wrote_any(record, user, Q(sections__saved_by=user) | began, versions)

    def setting(self, record: MonitoringReport, name: str) -> bool:
        return bool(getattr(record.council, name))

    def turn(self, step: Step[MonitoringReport]) -> list[str]:
        if step.before != Status.SUBMITTED:
            return []
        # The report before may have been corrected since this one was begun.
        step.record.compared_with = report_before(step.record.council, step.record.period)
        return ["compared_with"]

    def freeze(self, step: Step[MonitoringReport]) -> None:
        since = step.record.council.approves_own_since if step.own else None
        freeze_report(step.record, at=step.at, by=step.by, own_since=since)

    def after(self, step: Step[MonitoringReport], access: Access) -> None:
        if step.rule.target == Status.PUBLISHED:
            latest = step.record.snapshots.order_by("-number").defer("content")[:1]
            make_public(latest, at=step.at, by=step.by)

    def event(self, step: Step[MonitoringReport]) -> MonitoringEvent:
        return MonitoringEvent(report=step.record)

    def letters(self, step: Step[MonitoringReport]) -> list[Letter]:
        """Whoever submitted it learns that it is theirs again, and why."""
        if step.rule.action != "send back":
            return []
        submitted = step.record.events.filter(action="submit").select_related("by")
        sender = submitted.order_by("at", "pk").last()
        place = [step.record.council.slug, step.record.period, step.record.version]
        says = {"page": whole_address(reverse("reporting:money-report", args=place))}
        return [Letter(sender.by, "mail/report_to_write.txt", says)] if sender else []


MONITORING = ReportWorkflow(
    (
        Transition("submit", "Submitted", frozenset({Status.DRAFT}), Status.SUBMITTED, KEEPERS),
        Transition("withdraw", "Withdrawn before review", SUBMITTED, Status.DRAFT, KEEPERS),
        Transition("send back", "Sent back", SUBMITTED, Status.DRAFT, CHECKERS, needs_comment=True),
        Transition(
            "approve",
            "Approved",
            SUBMITTED,
            Status.APPROVED,
            CHECKERS,
            not_by_author=True,
            own_by="approves_own_since",
            freezes=True,
        ),
        Transition(
            "publish",
            "Published",
            frozenset({Status.APPROVED}),
            Status.PUBLISHED,
            CHECKERS,
            questions=asked_at_publishing,
        ),
    )
)


def may_see(access: Access) -> bool:
    """Whether the person may read monitoring reports before they are approved."""
    return any(access.may(permission) for permission in CHECKERS)


def note(
    report: MonitoringReport,
    action: str,
    title: str,
    *,
    by: User,
    comment: str = "",
    before: MonitoringReport.Status = Status.DRAFT,
) -> MonitoringEvent:
    """Writes a line of the report's timeline; its state now is what the action led to."""
    event = MonitoringEvent(report=report, by=by, action=action, title=title)
    event.before, event.after, event.comment = before, report.status, comment.strip()
    return write_event(event, report.council_id)
