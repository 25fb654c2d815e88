"""What pages, papers and downloads say of Westshire's measures, for the tests of this folder."""

import re
from datetime import date

from django.contrib.auth.models import AnonymousUser

from outcomes.entry.grid import grid
from outcomes.models import Month
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.published import PublishedMeasures, vital_signs_of
from outcomes.vital_signs.statuses import statuses
from projects.access import access_of
from publishing.models import ReportingPeriod
from returns.actions import draft_of
from returns.periods import open_period
from tests.text import read, words_of
from tests.westshire.shown import paper, rows

JUNE = "2026-27-m03"
LAST = "2026-27-m09"


def address(slug: str = "", month: str = "") -> str:
    """The page of a measure, or the dashboard, as the report of a month had it."""
    return f"/westshire/vital-signs/{slug}{'/' if slug else ''}{f'?month={month}' if month else ''}"


def card(client, slug: str, month: str = "") -> str:
    """The words of a measure's page."""
    return read(client, address(slug, month))


def lines(client, slug: str, month: str = "") -> dict[str, list[str]]:
    """The figures on a measure's page: by period the result, parts, target, rating and words."""
    page = client.get(address(slug, month)).content.decode()
    table = page.split('id="supporting-')[0]
    found = {}
    for row in re.findall(r"<tr class=.govuk-table__row.>(.*?)</tr>", table, re.S):
        cells = [words_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        if len(cells) == 6:
            found[cells[0]] = cells[1:]
    return found


def dashboard_row(client, name: str, month: str = "") -> list[str]:
    """The cells of a measure on the dashboard: nine about it, then thirteen months."""
    page = client.get(address("", month)).content.decode()
    for row in re.findall(r"<tr class=.govuk-table__row.>(.*?)</tr>", page, re.S):
        cells = [words_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        if cells and cells[0].startswith(name):
            return cells
    raise AssertionError(f"{name} is not on the dashboard.")


def csv_rows(client, month: str = "") -> list[dict[str, str]]:
    """The rows of the dashboard's download."""
    return rows(client, f"vital-signs/dashboard.csv{f'?month={month}' if month else ''}")


def csv_row(client, slug: str, of: str, month: str = "") -> dict[str, str]:
    """The row of a measure and a month."""
    return next(
        row for row in csv_rows(client, month) if (row["measure"], row["month"]) == (slug, of)
    )


def performance_paper(client, month: str = "") -> str:
    """The words of the performance report."""
    return paper(client, f"reports/performance.pdf{f'?month={month}' if month else ''}")


def return_of(council, month: str) -> Month:
    return Month.objects.select_related("period__council").get(
        period__council=council, period__key=month
    )


def grid_row(council, month: str, slug: str, segment: str = ""):
    """The row of a measure in the month's grid, as it stands on the last day of the story."""
    for row in draft_of(return_of(council, month)).grid.rows:
        if row.measure.slug == slug and (row.segment.slug if row.segment else "") == segment:
            return row
    return None


def shown_in(council, month: str) -> PublishedMeasures:
    """The month's report, as its public sees it."""
    return vital_signs_of(council, access_of(AnonymousUser(), council), month)


def standing_in(council, month: str, slug: str) -> MeasureStatus:
    """How a measure stands in the month's own report."""
    shown = shown_in(council, month)
    measure = shown.sheet.measure(slug)
    found = statuses(shown.sheet, shown.month, measure.collection)
    return next(each for each in found if each.measure is measure)


def months_of(council):
    return ReportingPeriod.objects.filter(council=council).of_vital_signs().order_by("key")


def row_typed(report: Month, slug: str, segment: str = "", **boxes):
    """A row of the month's grid with these words in its boxes; nothing is kept."""
    measure = report.period.council.measures.get(slug=slug)
    key = f"m{measure.pk}"
    if segment:
        key += f"-s{report.period.council.segments.get(slug=segment).pk}"
    typed = {f"{key}-{what}": text for what, text in boxes.items()}
    return next(row for row in grid(report, typed).rows if row.key == key)


def open_january(council) -> Month:
    """Opens the month after the story's last, as an officer would in February."""
    officer = council.memberships.get(user__email="performance@demonstration.example").user
    open_period(
        council=council,
        key="2026-27-m10",
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=date(2027, 1, 31),
        opens=date(2027, 1, 20),
        due=date(2027, 2, 9),
        closes=date(2027, 2, 22),
        title="Vital signs, January 2027",
        by=officer,
    )
    return return_of(council, "2026-27-m10")
