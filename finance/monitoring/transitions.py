"""The workflow of a monitoring report.

An approved report is never reopened: a correction is a report of the next version.
"""

from copy import copy

import msgspec
from django.db.models import Q
from django.urls import reverse

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import wrote_any
from bcfportal.lib.versions import fingerprint
from finance.models import MonitoringEvent, MonitoringReport
from finance.monitoring.collect import freeze_report, make_statement, report_before
from finance.monitoring.deciding import asked_at_publishing
from projects.access import Access
from publishing.freezing import make_public
from publishing.second_signature import SignedTwiceWorkflow, countersign, sign_again
from publishing.steps import Letter, Step, Transition
from publishing.timeline import write_event

Status = MonitoringReport.Status
KEEPERS = frozenset({Permission.KEEP_MONEY})
# Another finance officer, or a performance officer where a council has but one.
CHECKERS = frozenset({Permission.KEEP_MONEY, Permission.REVIEW})
IN_REVIEW = frozenset(MonitoringReport.IN_REVIEW)
# What people do who write a report: begin it, say what it corrects or as at which day it stands.
WRITING = ("start", "correct", "change", "submit")


class ReportWorkflow(SignedTwiceWorkflow[MonitoringReport]):
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
        began = Q(events__by=user, events__action__in=WRITING)
        return wrote_any(record, user, Q(sections__saved_by=user) | began, versions)

    def moved_by(self, record: MonitoringReport) -> int | None:
        return record.events.order_by("at", "pk").values_list("by", flat=True).last()

    def turn(self, step: Step[MonitoringReport]) -> list[str]:
        if step.before not in (*IN_REVIEW, Status.GIVEN_UP):
            return []
        # The report before may have been corrected since this one was begun.
        step.record.compared_with = report_before(step.record.council, step.record.period)
        return ["compared_with"]

    def read(self, record: MonitoringReport) -> dict[str, str]:
        # What it is compared with may have been corrected since it was signed. Who asks what is
        # said today leaves the record as it was.
        today = copy(record)
        today.compared_with = report_before(record.council, record.period)
        return {"Content": fingerprint(msgspec.to_builtins(make_statement(today)))}

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
        """Whoever submitted it learns that it is theirs again, and why.

        Whoever can give the second signature learns that it waits for them.
        """
        place = [step.record.council.slug, step.record.period, step.record.version]
        page = reverse("reporting:money-report", args=place)
        if step.rule.action != "send back":
            return self.letters_to_sign(step, f"{step.record}, finance report", page)
        submitted = step.record.events.filter(action="submit").select_related("by")
        sender = submitted.order_by("at", "pk").last()
        says = {"page": whole_address(page)}
        return [Letter(sender.by, "mail/report_to_write.txt", says)] if sender else []


MONITORING = ReportWorkflow(
    (
        Transition("submit", "Submitted", frozenset({Status.DRAFT}), Status.SUBMITTED, KEEPERS),
        Transition("give up", "Given up", frozenset({Status.DRAFT}), Status.GIVEN_UP, KEEPERS),
        Transition(
            "take up again",
            "Taken up again",
            frozenset({Status.GIVEN_UP}),
            Status.DRAFT,
            KEEPERS,
        ),
        Transition("withdraw", "Withdrawn before approval", IN_REVIEW, Status.DRAFT, KEEPERS),
        Transition("send back", "Sent back", IN_REVIEW, Status.DRAFT, CHECKERS, needs_comment=True),
        countersign(Status.SUBMITTED, Status.SIGNED, setting="second_signature_of_finance"),
        sign_again(
            Status.SIGNED, Status.SUBMITTED, who=CHECKERS, setting="second_signature_of_finance"
        ),
        Transition(
            "approve",
            "Approved",
            IN_REVIEW,
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
