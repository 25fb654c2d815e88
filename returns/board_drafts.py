"""Several returns being written, read at once: for the board, which shows how far each is."""

from decimal import Decimal

from django.db.models import Sum

from bcfportal.lib.periods import Period
from finance.models import FinanceLine
from outcomes.entry.draft import Draft
from outcomes.entry.grid import measures_by_project
from outcomes.models import Month
from publishing.models import ReportingPeriod, Return, Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.actions import draft_of
from returns.content import Sheet
from returns.draft import KnownProject, ProjectDraft


def drafts_of(reports: list[Return | Month]) -> dict[int, Draft]:
    """The draft of each report: as many queries for one project as for many.

    The reports are of one period and have their ``period`` and ``sections`` read already.
    """
    of_projects = {report.project_id: report for report in reports if isinstance(report, Return)}
    projects = list(of_projects)
    measures = measures_by_project(projects) if projects else {}
    allocations = _allocations(reports[0].period, projects) if projects else {}
    last = _last_sheets(reports[0].period, projects) if projects else {}
    drafts: dict[int, Draft] = {
        report.pk: ProjectDraft(
            report,
            KnownProject(measures.get(project, []), allocations.get(project), last.get(project)),
        )
        for project, report in of_projects.items()
    }
    return drafts | {report.pk: draft_of(report) for report in reports if isinstance(report, Month)}


def _last_sheets(period: ReportingPeriod, projects: list[int]) -> dict[int, Sheet]:
    """What each project's latest earlier published period holds of it, as ``ProjectDraft.last``."""
    earlier = ReportingPeriod.objects.filter(
        council=period.council_id, as_at__lt=period.as_at
    ).published()
    rows = Return.objects.filter(project__in=projects, period__in=earlier)
    latest = dict(rows.order_by("period__as_at").values_list("project_id", "period_id"))
    periods = ReportingPeriod.objects.filter(pk__in=set(latest.values()))
    snapshots = Snapshot.objects.published(periods)
    marks = {
        project: mark
        for project, of, mark in snapshots.filter(
            report__project_return__project__in=projects
        ).values_list("report__project_return__project", "report__period", "fingerprint")
        if latest[project] == of
    }
    sheets = sheets_by_fingerprint(marks.values(), Sheet)
    return {project: sheets[mark] for project, mark in marks.items()}


def _allocations(period: ReportingPeriod, projects: list[int]) -> dict[int, Decimal]:
    """Pounds allocated to each project in the period's financial year."""
    lines = FinanceLine.objects.filter(
        stream__project__in=projects, year=Period.parse(period.key).start_year
    )
    rows = lines.order_by().values_list("stream__project").annotate(Sum("allocation"))
    return dict(rows)
