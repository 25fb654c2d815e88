"""Whose turn it is with each finance report of a council, and which wait for somebody missing."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from accounts.roles import roles_with
from finance.models import MonitoringReport
from finance.monitoring.transitions import KEEPERS, MONITORING
from projects.models import Council
from publishing.registry import Stuck

Status = MonitoringReport.Status
TO_DO = {Status.DRAFT: "to submit it", Status.APPROVED: "to publish it"}


def turns(reports: Iterable[MonitoringReport], council: Council) -> dict[MonitoringReport, str]:
    """Who does what next with each report, in words; of one that is published nothing."""
    every = list(reports)
    over = (Status.PUBLISHED, Status.GIVEN_UP)
    said = {report: _turn(report) for report in every if report.status not in over}
    to_sign = [report for report in said if MONITORING.next_decision(report) == "countersign"]
    if to_sign:
        said |= dict.fromkeys(to_sign, MONITORING.signed_by(council))
    beyond = MONITORING.beyond(list(said), council)
    return said | {report: f"Administrator: {why}" for report, why in beyond.items()}


def _turn(report: MonitoringReport) -> str:
    who = MONITORING.table["publish"].who if report.status == Status.APPROVED else KEEPERS
    if report.status in MonitoringReport.IN_REVIEW:
        who = MONITORING.table["approve"].who
    posts = " or ".join(role.label.lower() for role in roles_with(*who))
    return f"{posts.capitalize()}, {TO_DO.get(Status(report.status), 'to approve it')}"


def waiting_for_nobody(council: Council) -> Iterator[Stuck]:
    """The finance reports that are submitted, and nobody of the council may decide on."""
    waiting = MonitoringReport.objects.filter(
        council=council, status__in=MonitoringReport.IN_REVIEW
    ).select_related("council")
    for report, why in MONITORING.beyond(list(waiting), council).items():
        place = [council.slug, report.period, report.version]
        yield Stuck(f"{report}, finance report", why, reverse("reporting:money-report", args=place))
