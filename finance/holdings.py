"""Reserves and the capital programme of a statement as tables, with totals worked out. Pounds."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bcfportal.lib.disagreements import differ
from bcfportal.lib.money import millions
from bcfportal.lib.periods import financial_year_label
from finance.models.reserves import ReserveGroup
from finance.monitoring import HALF_STEP, variance_word
from finance.statement import Capital, Other, Reserve, Statement, Total, total

ALL = "reserves and provisions"
CAPITAL = "capital programme"


def closing(line: Reserve) -> Decimal | None:
    """Opening balance and movement together; None where one of them is missing."""
    if line.opening is None or line.movement is None:
        return None
    return line.opening + line.movement


def present_sum(amounts) -> Decimal | None:
    """The sum of the amounts that are there; None where there is none."""
    present = [amount for amount in amounts if amount is not None]
    return sum(present, Decimal(0)) if present else None


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

    @property
    def movement_word(self) -> str:
        """ "used" or "added" beside the movement."""
        if not self.movement:
            return ""
        return "used" if self.movement < 0 else "added"


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
    groups = []
    for group in ReserveGroup:
        lines = [line for line in statement.reserves if line.group == group]
        if not lines:
            continue
        rows = tuple(_row(line, statement.others) for line in lines)
        whole = None if len(lines) == 1 else _total(f"All {group}", lines, printed.get(group))
        groups.append((group.value, group.label, rows, whole))
    return ReserveTable(
        groups=tuple(groups),
        whole=_total("All reserves and provisions", statement.reserves, printed.get(ALL)),
        agreed=tuple(other for other in statement.others if other.what == "agreed use"),
    )


def _row(line, others):
    """A reserve's row, with what the source prints of it elsewhere."""
    end = closing(line)
    figures = {"opening": line.opening, "movement": line.movement, "closing": end}
    elsewhere = {
        other.value: f"Elsewhere the source says {millions(other.value)}: “{other.as_printed}”"
        for other in others
        if other.kind == "reserve"
        and other.of == line.slug
        and (value := figures.get(other.what)) is not None
        and differ(value, other.value, 2 * HALF_STEP)
    }
    odd = (
        end is not None
        and line.closing_printed is not None
        and differ(end, line.closing_printed, 3 * HALF_STEP)
    )
    said = list(elsewhere.values())
    if odd:
        said.append(f"The source prints a closing balance of {millions(line.closing_printed)}")
    return ReserveRow(line.name, line.opening, line.planned, line.movement, end, line, tuple(said))


def _total(name, lines, printed: Total | None):
    values = {
        "opening": present_sum(line.opening for line in lines),
        "movement": present_sum(line.movement for line in lines),
        "closing": present_sum(closing(line) for line in lines),
    }
    said = []
    for figure, value in values.items():
        stands = getattr(printed, figure) if printed else None
        # A closing balance is worked out of two rounded figures.
        room = HALF_STEP * (len(lines) * (2 if figure == "closing" else 1) + 1)
        if stands is not None and value is not None and differ(stands, value, room):
            said.append(f"The source prints {millions(stands)} as the total {figure}")
    planned = present_sum(line.planned for line in lines)
    return ReserveRow(name, planned=planned, line=None, printed=tuple(said), **values)


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
        return present_sum(line.budget for line in self.lines.values())


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
    value = present_sum(line.budget for line in lines)
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
            budget=present_sum(line.budget for line in of_year),
            outturn=total(line.outturn for line in of_year),
        )
        for printed in statement.totals:
            if printed.of != CAPITAL or printed.year != year or printed.budget is None:
                continue
            value, room = lines[year].budget, HALF_STEP * (len(of_year) + 1)
            if value is not None and differ(value, printed.budget, room):
                label = financial_year_label(year)
                said.append(f"The source prints {millions(printed.budget)} for {label}")
    return Scheme("Total", lines, tuple(said))
