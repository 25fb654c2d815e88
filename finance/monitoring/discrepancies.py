"""Figures of monitoring reports that disagree: within a table, between tables, with the text.

What is printed in £ million with three decimals may be £500 off, and each rounded part of a sum
as much again, so nothing here reports what rounding alone explains.
"""

from collections.abc import Iterator
from functools import partial

from bcfportal.lib.discrepancies import Discrepancy, Place, differ, half_step
from bcfportal.lib.money import million_pounds, millions
from bcfportal.lib.sums import sum_complete, sum_present
from finance.models import MonitoringReport, MonitoringSnapshot
from finance.monitoring.content import Row, Statement, read
from finance.monitoring.restatements import other_printings
from finance.monitoring.tree import HALF_STEP, INCOME, percent

VARIANCE = "Variance is not outturn less budget"
PERCENT = "Per cent is not variance over budget"
TOTAL = "Lines do not add up to their printed total"
CLOSING = "Opening balance and movement do not add up to the closing balance"

COLUMNS = {
    "budget": "budget",
    "outturn": "outturn",
    "variance": "variance",
    "last_year_actual": "actual of the year before",
    "last_year_variance": "variance of the year before",
    "next_budget": "budget of the year after",
}


def disagreements(council) -> Iterator[Discrepancy]:
    """All that disagrees in the council's money: the latest version of each report, and projects.

    Two queries and those of the projects' check, however many reports there are.
    """
    snapshots = (
        MonitoringSnapshot.objects.filter(
            report__in=MonitoringReport.objects.filter(council=council).approved()
        )
        .order_by("report__period", "-report__version", "-number")
        .distinct("report__period")
    )
    for snapshot in snapshots:
        yield from of_statement(read(snapshot.content), council.slug)


def of_statement(statement: Statement, council_slug: str = "") -> Iterator[Discrepancy]:
    """All that disagrees in one statement."""
    disagreement = partial(_disagreement, statement, council_slug)
    for row in statement.rows:
        yield from _row(row, statement, disagreement)
    yield from _table_totals(statement, disagreement)
    yield from _reserves(statement, disagreement)
    yield from _capital(statement, disagreement)
    yield from other_printings(statement, disagreement)


def _disagreement(statement, council_slug, check, about, key, first, second, by):
    """A disagreement of this statement; ``key`` tells it from others of the same check."""
    address = f"/{council_slug}/finance/?report={statement.period}" if council_slug else ""
    return Discrepancy(
        key=f"money:{statement.period}:{key}",
        check=check,
        about=f"{about}, {statement.label}",
        first=Place(first[0], first[1], address),
        second=Place(second[0], second[1], address),
        by=by,
    )


def _row(row: Row, statement, disagreement):
    """Within one row: the variance, and its per cent."""
    source = row.source or row.table
    key = f"{row.table}:{row.area or row.label}"
    if row.variance is not None and row.outturn is not None and row.budget is not None:
        computed = row.outturn - row.budget
        if differ(row.variance, computed, 3 * HALF_STEP):
            yield disagreement(
                VARIANCE,
                row.label,
                f"variance:{key}",
                (f"Variance {millions(row.variance)}", source),
                (
                    f"{millions(row.outturn)} less {millions(row.budget)} is {millions(computed)}",
                    source,
                ),
                million_pounds(abs(row.variance - computed)),
            )
    if row.percent is None or row.variance is None or not row.budget:
        return
    kinds = {area.slug: area.kind for area in statement.areas}
    worked_out = percent(row.variance, row.budget, income=kinds.get(row.area) == INCOME)
    if worked_out is None:
        return
    computed = worked_out
    if row.percent * computed < 0 and kinds.get(row.area) == INCOME:
        # Papers print more income than budgeted as a positive per cent: that is their sign.
        computed = -computed
    room = half_step(row.percent_places) + 100 * HALF_STEP * (
        1 / abs(row.budget) + abs(row.variance) / row.budget**2
    )
    if differ(row.percent, computed, room):
        places = row.percent_places
        yield disagreement(
            PERCENT,
            row.label,
            f"percent:{key}",
            (f"{row.percent:.{places}f}%", source),
            (
                f"{millions(row.variance)} over {millions(row.budget)} is {computed:.{places}f}%",
                source,
            ),
            f"{abs(row.percent - computed):.{places}f} percentage points",
        )


def _table_totals(statement, disagreement):
    """Within one table: each total against the rows that make it up."""
    tables: dict[str, list[Row]] = {}
    for row in statement.rows:
        tables.setdefault(row.table, []).append(row)
    children: dict[str, list[str]] = {}
    for area in statement.areas:
        children.setdefault(area.parent, []).append(area.slug)
    for table, rows in tables.items():
        by_area = {row.area: row for row in rows if row.area}
        for row in rows:
            parts = [part for part in rows if part.part_of and part.part_of == row.label]
            parts = parts or _cover(row.area, by_area, children)
            if not parts:
                continue
            for column, label in COLUMNS.items():
                yield from _total(table, row, parts, column, label, disagreement)


def _cover(slug, by_area, children):
    """The rows of a table that together are the whole of an area; none where one is missing."""
    parts: list[Row] = []
    for child in children.get(slug, []) if slug else []:
        below = [by_area[child]] if child in by_area else _cover(child, by_area, children)
        if not below:
            return []
        parts += below
    return parts


def _total(table, row, parts, column, label, disagreement):
    computed = sum_complete(getattr(part, column) for part in parts)
    printed = getattr(row, column)
    if printed is None or computed is None:
        return
    if differ(printed, computed, HALF_STEP * (len(parts) + 1)):
        yield disagreement(
            TOTAL,
            f"{row.label}: {label}",
            f"total:{table}:{row.area or row.label}:{column}",
            (f"{row.label} {millions(printed)}", row.source or table),
            (f"Its {len(parts)} lines make {millions(computed)}", row.source or table),
            million_pounds(abs(printed - computed)),
        )


def _balance(thing, closing, label, key, disagreement):
    """Opening balance and movement against the closing balance, of a line or a total."""
    computed = sum_complete((thing.opening, thing.movement))
    if computed is None or closing is None:
        return
    if differ(closing, computed, 3 * HALF_STEP):
        yield disagreement(
            CLOSING,
            label,
            f"closing:{key}",
            (f"Closing balance {millions(closing)}", thing.source),
            (
                f"{millions(thing.opening)} and {millions(thing.movement)} "
                f"make {millions(computed)}",
                thing.source,
            ),
            million_pounds(abs(closing - computed)),
        )


def _reserves(statement, disagreement):
    for line in statement.reserves:
        yield from _balance(line, line.closing_printed, line.name, line.slug, disagreement)
    for total in statement.totals:
        if total.of == "capital programme":
            continue
        yield from _balance(total, total.closing, total.label, total.of, disagreement)
        lines = [
            line
            for line in statement.reserves
            if total.of in (line.group, "reserves and provisions")
        ]
        for column, label in (
            ("opening", "opening balance"),
            ("movement", "use or addition"),
            ("closing", "closing balance"),
        ):
            name = "closing_printed" if column == "closing" else column
            amounts = [getattr(line, name) for line in lines]
            yield from _sum(total, column, label, amounts, f"reserves:{total.of}", disagreement)


def _capital(statement, disagreement):
    for total in statement.totals:
        if total.of != "capital programme":
            continue
        lines = [line for line in statement.capital if line.year == total.year]
        for column in ("budget", "outturn"):
            amounts = [getattr(line, column) for line in lines]
            label = f"{column} of {total.year}/{(total.year + 1) % 100:02d}"
            yield from _sum(total, column, label, amounts, f"capital:{total.year}", disagreement)


def _sum(total, column, label, amounts, key, disagreement):
    """A printed total of reserves or capital against its lines; a line with no figure adds none."""
    printed = getattr(total, column)
    computed, count, _ = sum_present(amounts)
    if printed is None or computed is None:
        return
    if differ(printed, computed, HALF_STEP * (count + 1)):
        yield disagreement(
            TOTAL,
            f"{total.of.capitalize()}: {label}",
            f"total:{key}:{column}",
            (f"{total.label} {millions(printed)}", total.source),
            (f"Its {count} lines make {millions(computed)}", total.source),
            million_pounds(abs(printed - computed)),
        )
