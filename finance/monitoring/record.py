"""From what was typed in a monitoring report to its records."""

from finance.models import CapitalLine, CapitalScheme, MonitoringLine, Reserve, ReserveLine
from finance.monitoring.collect import areas_in_order
from finance.monitoring.draft import Draft


def write_record(draft: Draft) -> None:
    """Writes what the sections say as the report's records. Call within a transaction."""
    report = draft.report
    areas = {area.slug: area for area in areas_in_order(report.council)}
    report.lines.all().delete()
    report.reserve_lines.all().delete()
    report.capital_lines.all().delete()
    figures = ("budget", "outturn", "last_year_actual", "last_year_variance")
    MonitoringLine.objects.bulk_create(
        MonitoringLine(
            report=report,
            area=areas[area.slug],
            explanation=area.explanation,
            **{figure: getattr(area, figure) for figure in figures},
        )
        for area in draft.statement.areas
        if area.explanation or any(getattr(area, figure) is not None for figure in figures)
    )
    reserves = {reserve.slug: reserve for reserve in Reserve.objects.filter(council=report.council)}
    ReserveLine.objects.bulk_create(
        ReserveLine(
            report=report,
            reserve=reserves[row.slug],
            opening=row.boxes[0].value,
            planned=row.boxes[1].value,
            movement=row.boxes[2].value,
        )
        for row in draft.reserve_rows
        if any(box.value is not None for box in row.boxes)
    )
    schemes = {
        scheme.slug: scheme for scheme in CapitalScheme.objects.filter(council=report.council)
    }
    lines: dict[tuple[str, int], CapitalLine] = {}
    for row in draft.capital_rows:
        for box, (figure, year, _) in zip(row.boxes, draft.capital_columns, strict=True):
            if box.value is not None:
                fresh = CapitalLine(report=report, scheme=schemes[row.slug], year=year)
                setattr(lines.setdefault((row.slug, year), fresh), figure, box.value)
    CapitalLine.objects.bulk_create(lines.values())
