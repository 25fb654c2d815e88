"""From the records of a monitoring report to its statement, and the snapshots that keep it."""

from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from bcfportal.lib import clock, figures
from bcfportal.lib.periods import Period
from bcfportal.lib.versions import fingerprint
from finance.models import (
    ExpenditureArea,
    MonitoringReport,
    MonitoringSnapshot,
    OtherFigure,
)
from finance.monitoring import content as plain
from finance.monitoring.compared import figures_to_compare
from finance.monitoring.content import Other, Statement, read
from projects.models import Council
from publishing.freezing import freeze, make_public

_AREA = (
    *("budget", "outturn", "stated_variance", "last_year_actual", "last_year_variance"),
    *("next_budget", "explanation", "source", "note"),
)
_ROW = (
    *("table", "label", "part_of", "budget", "outturn", "variance", "percent_places", "places"),
    *("last_year_actual", "last_year_variance", "next_budget", "source", "note"),
)


def make_statement(report: MonitoringReport) -> Statement:
    """What the report's records say now. A constant number of queries."""
    before = previous_figures(report.compared_with)
    lines = {line.area_id: line for line in report.lines.all()}
    areas = []
    for area in areas_in_order(report.council):
        line = lines.get(area.pk)
        areas.append(
            plain.Area(
                slug=area.slug,
                name=area.name,
                parent=area.parent.slug if area.parent else "",
                kind=area.kind,
                **before.get(area.slug, {}),
                **({name: getattr(line, name) for name in _AREA} if line else {}),
            )
        )
    return Statement(
        period=report.period,
        version=report.version,
        as_at=report.as_at,
        meeting=report.meeting,
        tolerance=report.council.variance_tolerance,
        previous=report.compared_with.period if report.compared_with else "",
        previous_version=report.compared_with.version if report.compared_with else 1,
        areas=areas,
        rows=[
            plain.Row(
                area=row.area.slug if row.area else "",
                percent=figures.plain(row.percent),
                **{name: getattr(row, name) for name in _ROW},
            )
            for row in report.printed_rows.select_related("area")
        ],
        others=[
            _other(figure)
            for figure in report.other_figures.select_related("area", "reserve", "scheme")
        ],
        reserves=[
            plain.Reserve(
                slug=line.reserve.slug,
                name=line.reserve.name,
                purpose=line.reserve.purpose,
                group=line.reserve.group,
                opening=line.opening,
                planned=line.planned,
                movement=line.movement,
                closing_printed=line.closing_printed,
                source=line.source,
                note=line.note,
            )
            for line in report.reserve_lines.select_related("reserve").order_by(
                "reserve__order", "reserve__slug"
            )
        ],
        capital=[
            plain.Capital(
                slug=line.scheme.slug,
                name=line.scheme.name,
                year=line.year,
                budget=line.budget,
                outturn=line.outturn,
                source=line.source,
                note=line.note,
            )
            for line in report.capital_lines.select_related("scheme").order_by(
                "scheme__order", "scheme__slug", "year"
            )
        ],
        totals=[
            plain.Total(
                of=row.of,
                year=row.year,
                label=row.label,
                opening=row.opening,
                movement=row.movement,
                closing=row.closing,
                budget=row.budget,
                outturn=row.outturn,
                source=row.source,
            )
            for row in report.printed_totals.all()
        ],
        source=report.source,
        note=report.note,
    )


def areas_in_order(council: Council) -> list[ExpenditureArea]:
    """The areas of a council as printed: each whole before its parts, parts in their order."""
    by_parent: dict[int | None, list] = {}
    areas = ExpenditureArea.objects.filter(council=council).select_related("parent")
    for area in areas.order_by("order", "slug"):
        by_parent.setdefault(area.parent_id, []).append(area)
    in_order, waiting = [], by_parent.get(None, [])[::-1]
    while waiting:
        area = waiting.pop()
        in_order.append(area)
        waiting += by_parent.get(area.pk, [])[::-1]
    return in_order


def previous_figures(report: MonitoringReport | None) -> dict[str, dict]:
    """By area, what the report compared with says of it: fields of ``statement.Area``."""
    kept = latest_statement(report) if report else None
    return figures_to_compare(kept) if kept else {}


def report_before(council: Council, period: str) -> MonitoringReport | None:
    """The latest approved report of an earlier month of the same financial year."""
    this = Period.parse(period)
    earlier = [
        report
        for report in MonitoringReport.objects.approved().filter(council=council)
        if report.year == this.start_year and Period.parse(report.period) < this
    ]
    return max(
        earlier, key=lambda report: (Period.parse(report.period), report.version), default=None
    )


def _other(figure: OtherFigure) -> Other:
    things = {
        "area": figure.area and figure.area.slug,
        "reserve": figure.reserve and figure.reserve.slug,
        "scheme": figure.scheme and figure.scheme.slug,
        "total": figure.total_of,
        "words": figure.about,
    }
    kind, of = next((kind, of) for kind, of in things.items() if of)
    return plain.Other(
        kind=kind,
        of=of,
        what=figure.what,
        value=figures.plain(figure.value),
        places=figure.places,
        as_printed=figure.as_printed,
        source=figure.source,
        note=figure.note,
    )


def latest_statement(report: MonitoringReport) -> Statement | None:
    """What the report said when it was approved last; None before that."""
    snapshot = report.snapshots.order_by("-number").first()
    return read(snapshot.content) if snapshot else None


@transaction.atomic
def freeze_report(
    report: MonitoringReport,
    *,
    at: datetime | None = None,
    by: User | None = None,
    own_since: date | None = None,
) -> MonitoringSnapshot:
    """Keeps what the report says now in a snapshot, unless its latest one says the same.

    ``own_since`` is since when the council lets a person approve what they wrote, where one did.
    """
    statement = make_statement(report)
    if own_since:
        statement = msgspec.structs.replace(statement, approved_own_since=own_since)
    content = msgspec.to_builtins(statement)
    before = report.snapshots.order_by("-number").first()
    if before and before.fingerprint == fingerprint(content):
        return before
    row = MonitoringSnapshot(
        report=report,
        number=before.number + 1 if before else 1,
        content=content,
        at=at or clock.now(),
        by=by,
    )
    return freeze([row], report.council_id)[0]


def freeze_loaded(councils: QuerySet[Council]) -> None:
    """Keeps the councils' reports of documents as loaded, oldest first: each looks back at one.

    Those that people made have a timeline, and were kept when they were approved.
    """
    loaded = MonitoringReport.objects.approved().filter(council__in=councils, events__isnull=True)
    reports = loaded.select_related("council", "compared_with")
    for report in reports.order_by("as_at", "period", "version"):
        snapshot = freeze_report(report)
        if report.status == MonitoringReport.Status.PUBLISHED:
            make_public([snapshot], at=snapshot.at, by=None)
