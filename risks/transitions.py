"""The workflow of a published register: the record is the report to come, as at a day.

What people write of risks has no states: each is a row with a date (``risks.actions``).
"""

from datetime import date

from django.db import models

from accounts.roles import Permission
from bcfportal.lib.sentences import day_words
from publishing.models import Withdrawal
from publishing.steps import Step, Transition
from publishing.workflow import Workflow
from risks.content import freeze_registers
from risks.models import Details, RegisterReport

DAY_TO_COME = "The register can be published as at today or an earlier day."


class State(models.TextChoices):
    TO_COME = "to come", "To come"
    PUBLISHED = "published", "Published"


class RegisterWorkflow(Workflow[RegisterReport]):
    """Who keeps the register publishes it alone: what it says was written by many, one by one.

    A report is kept once it is published, and never changes. A register is withdrawn as such.
    """

    subject = "register"
    states = State
    ends = frozenset({State.PUBLISHED})
    state_field = ""

    def state(self, record: RegisterReport) -> str:
        return State.PUBLISHED if record.pk else State.TO_COME

    def why_not(self, action: str, record: RegisterReport, today: date) -> str:
        """Why no register as at that day can be published now. At most three queries."""
        if reason := super().why_not(action, record, today):
            return reason
        if record.as_at > today:
            return DAY_TO_COME
        council, latest = record.council, latest_report(record)
        if latest and record.as_at <= latest.as_at:
            day = day_words(latest.as_at)
            return f"The register as at {day} is already published: choose a later day."
        if not council.risk_scales.filter(on__lte=record.as_at).exists():
            return "The council had no risk matrix on that day."
        if not Details.objects.filter(risk__council=council, on__lte=record.as_at).exists():
            return "The register had no risks on that day."
        return ""

    def write(self, step: Step[RegisterReport]) -> None:
        report, latest = step.record, latest_report(step.record)
        report.published_at, report.published_by = step.at, step.by
        report.since = latest.as_at if latest else None
        # Of a day whose register was withdrawn there is another.
        report.number = report.council.risk_reports.filter(as_at=report.as_at).count() + 1
        report.save(force_insert=True)

    def freeze(self, step: Step[RegisterReport]) -> None:
        freeze_registers([step.record])


def latest_report(report: RegisterReport) -> RegisterReport | None:
    """The register of the council as at the latest day that stands. One query."""
    reports = RegisterReport.objects.not_withdrawn().filter(council=report.council_id)
    return reports.order_by("as_at").last()


def published_again(report: RegisterReport, today: date) -> list[str]:
    """That registers later than the one that stands were withdrawn: what they said is public again.

    Three queries at most.
    """
    latest = latest_report(report)
    gone = Withdrawal.objects.filter(
        decision="confirmed", version__registeredition__report__council=report.council
    )
    if latest:
        gone = gone.filter(version__registeredition__report__as_at__gt=latest.as_at)
    days = gone.values_list("pk", "version__registeredition__report__as_at")
    as_at = dict(days)
    rows = gone.select_related("asked_by", "decided_by").order_by("decided_at", "pk")
    return [
        f"The register as at {day_words(as_at[row.pk])} was public. {row.sentence} What it said "
        "becomes public again, but for what was changed since."
        for row in rows
    ]


REGISTERS = RegisterWorkflow(
    (
        Transition(
            "publish",
            "Published",
            frozenset({State.TO_COME}),
            State.PUBLISHED,
            frozenset({Permission.KEEP_RISKS}),
            freezes=True,
            questions=published_again,
        ),
    )
)
