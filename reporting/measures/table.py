"""The table of a project's measures, in the shape that the page and the paper print."""

from dataclasses import dataclass

from bcfportal.lib.figures import figure
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.rules import Rated, Tolerance, rate, rate_project
from reporting.sheets import Measure, Result, Sheet

UNRATED = Rated(Rating("not rated"), "There is nothing to rate")


@dataclass(frozen=True)
class Column:
    """Results of one segment in one period; no segment where results are of the whole."""

    period: str
    segment: str
    provider: str
    period_label: str

    @property
    def words(self) -> str:
        named = f"{self.segment} ({self.provider})" if self.provider else self.segment
        return f"{named}, {self.period_label}" if named else self.period_label


@dataclass(frozen=True)
class Cell:
    """What stands under a column: the figure in words, or why there is none."""

    column: Column
    words: str
    missing: bool
    detail: str = ""
    # What the rule says of it; not rated where it has no figure or no target.
    rated: Rated = UNRATED

    @property
    def is_rated(self) -> bool:
        return self.rated.rating in COLOURS


@dataclass(frozen=True)
class Row:
    measure: Measure
    target: str
    cells: list[Cell]
    rating: str
    result_notes: list[str]

    @property
    def reasons(self) -> list[tuple[str, Rated]]:
        """(column in words, what the rule says) of each result that the rule rates."""
        return [(cell.column.words, cell.rated) for cell in self.cells if cell.is_rated]

    @property
    def differs(self) -> bool:
        """Whether the declared colour is not the rule's, where both are known."""
        ruled = {cell.rated.rating for cell in self.cells if cell.is_rated}
        return bool(self.rating) and bool(ruled) and ruled != {self.rating}

    @property
    def target_note(self) -> str:
        return self.measure.target_note


@dataclass(frozen=True)
class MeasureTable:
    """Measures under their headings. Empty ``columns``: the report has no results in figures."""

    columns: list[Column]
    sections: list[tuple[str, list[Row]]]
    has_targets: bool
    has_ratings: bool

    @property
    def rated(self) -> list[Cell]:
        """The results that have a target, and so a rating by the rule."""
        return [c for _, rows in self.sections for row in rows for c in row.cells if c.is_rated]

    @property
    def rule(self) -> Rated | None:
        """What the rule for a whole project says; None where no result has a target."""
        return rate_project(cell.rated.rating for cell in self.rated) if self.rated else None

    @property
    def targets_met(self) -> tuple[int, int, int] | None:
        """(results that meet their target, results with a target, per cent); None without any."""
        met, of = sum(cell.rated.rating == "green" for cell in self.rated), len(self.rated)
        return (met, of, round(met * 100 / of)) if of else None

    @property
    def met_by_column(self) -> list[tuple[str, int, int]]:
        """(column in words, met, of) where there are several columns."""
        found: dict[str, list[Cell]] = {}
        for cell in self.rated:
            found.setdefault(cell.column.words, []).append(cell)
        if len(self.columns) < 2:
            return []
        return [
            (words, sum(cell.rated.rating == "green" for cell in cells), len(cells))
            for words, cells in found.items()
        ]

    @property
    def width(self) -> int:
        return 2 + self.has_targets + len(self.columns) + self.has_ratings


def measure_table(sheet: Sheet) -> MeasureTable:
    columns = list(
        dict.fromkeys(_column(result) for measure in sheet.measures for result in measure.results)
    )
    sections: list[tuple[str, list[Row]]] = []
    for measure in sheet.measures:
        if measure.heading or not sections:
            sections.append((measure.heading, []))
        sections[-1][1].append(_row(measure, columns, _tolerance(sheet, measure)))
    return MeasureTable(
        columns=columns,
        sections=sections,
        has_targets=any(measure.target_status != "no target" for measure in sheet.measures),
        has_ratings=any(row.rating for _, rows in sections for row in rows),
    )


def target_words(measure: Measure) -> str:
    """The target in words: "95%", "not yet set", "no target"."""
    if measure.target is None:
        return measure.target_status.capitalize()
    return figure(measure.target, measure.unit, measure.decimals)


def result_words(measure: Measure, result: Result) -> str:
    """The result in words: "96%", or the reason why there is no figure.

    A unit that is only the thing counted is left out: the measure's text names it.
    """
    if result.value is None:
        return result.status.capitalize()
    counted = result.unit == measure.unit and result.unit not in ("%", "£")
    return figure(result.value, "" if counted else result.unit, measure.decimals)


def _column(result):
    return Column(result.period, result.segment, result.provider, result.period_label)


def _tolerance(sheet, measure):
    if measure.tolerance is not None:
        return Tolerance(measure.tolerance, measure.tolerance_kind)
    return Tolerance(sheet.tolerance, sheet.tolerance_kind)


def _row(measure, columns, tolerance):
    by_column = {_column(result): result for result in measure.results}
    ratings = {result.rating for result in measure.results if result.rating in COLOURS}
    return Row(
        measure=measure,
        target=target_words(measure),
        cells=[_cell(measure, column, by_column.get(column), tolerance) for column in columns],
        rating=ratings.pop() if len(ratings) == 1 else "",
        result_notes=[_note(result) for result in measure.results if result.note],
    )


def _cell(measure, column, result, tolerance):
    if result is None:
        return Cell(column, "No figure", missing=True)
    detail = ""
    if result.numerator is not None:
        of = f" of {figure(result.denominator)}" if result.denominator is not None else ""
        detail = f"{figure(result.numerator)}{of}"
    rated = UNRATED
    if result.unit == measure.unit:
        rated = rate(
            result.value,
            measure.target,
            measure.direction,
            tolerance,
            unit=measure.unit,
            decimals=measure.decimals,
        )
    return Cell(column, result_words(measure, result), result.value is None, detail, rated)


def _note(result):
    return f"{result.segment}: {result.note}" if result.segment else result.note
