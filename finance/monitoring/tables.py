"""Reserves and the capital programme of a statement as tables, with totals worked out. Pounds."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import msgspec

from bcfportal.lib.discrepancies import differ
from bcfportal.lib.money import millions
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sums import sum_complete, sum_present
from finance.models.reserves import ReserveGroup
from finance.monitoring.content import Capital, Other, Reserve, Statement, Total
from finance.monitoring.tree import HALF_STEP, variance_word

ALL = "reserves and provisions"
CAPITAL = "capital programme"
FIGURE_WORDS = {
    "opening": "an opening balance",
    "movement": "a use or addition",
    "closing": "a closing balance",
}


def closing(line: Reserve) -> Decimal | None:
    """Opening balance and movement together; None where one of them is missing."""
    return sum_complete((line.opening, line.movement))


@dataclass(frozen=True)
class ReserveRow:
    """A reserve, a provision, or a total of them."""

    name: str
    opening: Decimal | None
    planned: Decimal | None
    movement: Decimal | None
    closing: Decimal | None
    line: Reserve | None = None
    # Where the source prints another closing balance or total, in words.
    printed: tuple[str, ...] = ()
    # Whether the year is over: before that a movement is only expected.
    is_over: bool = True

    @property
    def movement_word(self) -> str:
        """ "used" or "added" beside the movement; "to be used" before the year is over."""
        if not self.movement:
            return ""
        word = "used" if self.movement < 0 else "added"
        return word if self.is_over else f"to be {word}"

    @property
    def closing_word(self) -> str:
        """ "overdrawn" beside a balance below nothing."""
        return "overdrawn" if self.closing is not None and self.closing < 0 else ""


@dataclass(frozen=True)
class ReserveTable:
    """Groups of reserves, each with its rows and its total, and the total of all."""

    groups: tuple[tuple[str, str, tuple[ReserveRow, ...], ReserveRow | None], ...]
    whole: ReserveRow
    agreed: tuple[Other, ...]


def reserve_table(statement: Statement) -> ReserveTable | None:
    """The statement's reserves and provisions; None where it has none."""
    if not statement.reserves:
        return None
    printed = {total.of: total for total in statement.totals if total.of != CAPITAL}
    over = statement.is_outturn
    groups = []
    for group in ReserveGroup:
        lines = [line for line in statement.reserves if line.group == group]
        if not lines:
            continue
        rows = tuple(_row(line, statement.others, over) for line in lines)
        whole = None if len(lines) == 1 else _total(f"All {group}", lines, printed.get(group), over)
        groups.append((group.value, group.label, rows, whole))
    return ReserveTable(
        groups=tuple(groups),
        whole=_total("All reserves and provisions", statement.reserves, printed.get(ALL), over),
        agreed=tuple(other for other in statement.others if other.what == "agreed use"),
    )


def _row(line, others, is_over):
    """A reserve's row as printed, with what it comes to and what the source says elsewhere."""
    worked_out = closing(line)
    end = worked_out if line.closing_printed is None else line.closing_printed
    figures = {"opening": line.opening, "movement": line.movement, "closing": end}
    elsewhere = {
        other.value: f"Elsewhere the source says {millions(other.value)}: “{other.as_printed}”"
        for other in others
        if other.kind == "reserve"
        and other.of == line.slug
        and (value := figures.get(other.what)) is not None
        and differ(value, other.value, 2 * HALF_STEP)
    }
    said = list(elsewhere.values())
    if worked_out is not None and end is not None and millions(end) != millions(worked_out):
        said.append(f"Balance and use come to {millions(worked_out)}")
    return ReserveRow(
        *(line.name, line.opening, line.planned, line.movement, end, line, tuple(said), is_over)
    )


def _total(name, lines, printed: Total | None, is_over):
    """The total as printed, with what its lines come to where that is something else."""
    values = {
        "opening": sum_present(line.opening for line in lines).total,
        "movement": sum_present(line.movement for line in lines).total,
        "closing": sum_present(closing(line) for line in lines).total,
    }
    said = []
    for figure, value in values.items():
        stands = getattr(printed, figure) if printed else None
        if stands is None:
            continue
        if value is not None and millions(stands) != millions(value):
            said.append(f"The lines come to {FIGURE_WORDS[figure]} of {millions(value)}")
        values[figure] = stands
    planned = sum_present(line.planned for line in lines).total
    return ReserveRow(
        name, planned=planned, line=None, printed=tuple(said), is_over=is_over, **values
    )


@dataclass(frozen=True)
class Scheme:
    """One scheme of the capital programme, or their total, with a line for each year."""

    name: str
    lines: dict[int, Capital]
    printed: tuple[str, ...] = ()

    def budget(self, year: int) -> Decimal | None:
        return self.lines[year].budget if year in self.lines else None

    @cached_property
    def all_years(self) -> Decimal | None:
        """The budgets of all years together."""
        return sum_present(line.budget for line in self.lines.values()).total


@dataclass(frozen=True)
class CapitalTable:
    """The schemes by year. ``year`` is the one reported on; the others have budgets only."""

    year: int
    years: tuple[int, ...]
    schemes: tuple[Scheme, ...]
    whole: Scheme

    @property
    def later(self) -> tuple[int, ...]:
        return tuple(year for year in self.years if year != self.year)

    @property
    def rows(self) -> list[dict]:
        """Each scheme, and the total last, as the figures of one row."""
        return [self._row(scheme) for scheme in (*self.schemes, self.whole)]

    def _row(self, scheme):
        now = scheme.lines.get(self.year)
        budget, outturn = (now.budget, now.outturn) if now else (None, None)
        variance = None if budget is None or outturn is None else outturn - budget
        return {
            "scheme": scheme,
            "budget": budget,
            "outturn": outturn,
            "variance": variance,
            "word": variance_word(variance),
            "later": [(financial_year_label(year), scheme.budget(year)) for year in self.later],
            "all_years": scheme.all_years,
            "is_total": scheme is self.whole,
        }


def capital_table(statement: Statement) -> CapitalTable | None:
    """The statement's capital programme; None where it has none."""
    if not statement.capital:
        return None
    by_scheme: dict[str, list[Capital]] = {}
    for line in statement.capital:
        by_scheme.setdefault(line.slug, []).append(line)
    stated = {other.of: other for other in statement.others if other.what == "all years"}
    years = tuple(sorted({line.year for line in statement.capital}))
    schemes = tuple(
        Scheme(
            lines[0].name,
            {line.year: line for line in lines},
            _stated(stated.get(slug), lines),
        )
        for slug, lines in by_scheme.items()
    )
    return CapitalTable(statement.year, years, schemes, _whole(statement, years))


def _stated(other, lines):
    """What the text says of all years of a scheme, where that is not what its lines make."""
    value = sum_present(line.budget for line in lines).total
    if other is None or value is None:
        return ()
    if not differ(other.value, value, HALF_STEP * (len(lines) + 1)):
        return ()
    return (f"The text says {millions(other.value)} for all years",)


def _whole(statement, years):
    lines, said = {}, []
    for year in years:
        of_year = [line for line in statement.capital if line.year == year]
        lines[year] = Capital(
            slug="total",
            name="Total",
            year=year,
            budget=sum_present(line.budget for line in of_year).total,
            outturn=sum_complete(line.outturn for line in of_year),
        )
        for printed in statement.totals:
            if printed.of != CAPITAL or printed.year != year or printed.budget is None:
                continue
            value = lines[year].budget
            if value is not None and millions(value) != millions(printed.budget):
                label = financial_year_label(year)
                said.append(f"The lines come to {millions(value)} for {label}")
            lines[year] = msgspec.structs.replace(lines[year], budget=printed.budget)
    return Scheme("Total", lines, tuple(said))
