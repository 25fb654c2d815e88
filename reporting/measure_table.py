"""The table of a project's measures, in the shape that the page and the paper print."""

from dataclasses import dataclass

from bcfportal.lib.figures import figure
from bcfportal.lib.ratings import COLOURS
from reporting.sheets import Measure, Result, Sheet


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


@dataclass(frozen=True)
class Row:
    measure: Measure
    target: str
    cells: list[Cell]
    rating: str
    result_notes: list[str]

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
        sections[-1][1].append(_row(measure, columns))
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


def _row(measure, columns):
    by_column = {_column(result): result for result in measure.results}
    ratings = {result.rating for result in measure.results if result.rating in COLOURS}
    return Row(
        measure=measure,
        target=target_words(measure),
        cells=[_cell(measure, column, by_column.get(column)) for column in columns],
        rating=ratings.pop() if len(ratings) == 1 else "",
        result_notes=[_note(result) for result in measure.results if result.note],
    )


def _cell(measure, column, result):
    if result is None:
        return Cell(column, "No figure", missing=True)
    detail = ""
    if result.numerator is not None:
        of = f" of {figure(result.denominator)}" if result.denominator is not None else ""
        detail = f"{figure(result.numerator)}{of}"
    return Cell(column, result_words(measure, result), result.value is None, detail)


def _note(result):
    return f"{result.segment}: {result.note}" if result.segment else result.note
