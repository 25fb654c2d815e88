"""The table of a project's measures, in the shape that the page and the paper print."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.shares import share
from outcomes.definitions import Definition
from outcomes.project_measures.content import Measure, Result, Target, WithMeasures
from outcomes.rules import Rated, Tolerance, rate_in, rate_project

UNRATED = Rated(Rating("not rated"), "There is nothing to rate")
# In the column of targets, where each figure has the target of its period under it.
BY_PERIOD = "By period"


@dataclass(frozen=True)
class Column:
    """Results of one segment in one period; no segment where results are of the whole."""

    period: str
    segment: str
    provider: str
    period_label: str
    # What the segment is called: by the provider's name, where it is one.
    part: str = ""

    @property
    def other_provider(self) -> str:
        """The provider, where the segment is not named after it."""
        return "" if self.provider == self.part else self.provider

    @property
    def label(self) -> str:
        named = f"{self.part} ({self.provider})" if self.other_provider else self.part
        return f"{named}, {self.period_label}" if named else self.period_label


@dataclass(frozen=True)
class Cell:
    """What stands under a column: the figure in words, or why there is none."""

    column: Column
    text: str
    missing: bool
    detail: str = ""
    # What the rule says of it; not rated where it has no figure or no target.
    rated: Rated = UNRATED
    # The target of its period in words, where the row's results have several; else nothing.
    target: str = ""
    # Whether it is a figure of a period for which no target is set, while others have one.
    lacks_target: bool = False
    # When the figure was corrected, what it was, and why; nothing where it was not.
    corrected: str = ""

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
    # What is counted, where nothing else in the row says it.
    counted_in: str = ""

    @property
    def reasons(self) -> list[tuple[str, Rated]]:
        """(column in words, what the rule says) of each result that is rated or lacks a target."""
        return [
            (cell.column.label, cell.rated)
            for cell in self.cells
            if cell.is_rated or cell.lacks_target
        ]

    @property
    def differs(self) -> bool:
        """Whether the declared colour is not the rule's, where both are known."""
        ruled = {cell.rated.rating for cell in self.cells if cell.is_rated}
        return bool(self.rating) and bool(ruled) and ruled != {self.rating}

    @property
    def has_target(self) -> bool:
        """Whether the column of targets says a figure."""
        known = any(target.value is not None for target in self.measure.known_targets)
        return known and self.target != BY_PERIOD

    @property
    def target_notes(self) -> list[str]:
        """What is noted of its targets, with the period of each that has one."""
        return [
            f"{target.period_label}: {target.note}" if target.period else target.note
            for target in self.measure.known_targets
            if target.note
        ]


@dataclass(frozen=True)
class MeasureTable:
    """Measures under their headings. Empty ``columns``: the report has no results in figures.

    ``period`` is the key of the report's own period: results of what ends with it are counted, of
    a year with its last quarter; all are where it is empty.
    """

    columns: list[Column]
    sections: list[tuple[str, list[Row]]]
    has_targets: bool
    has_ratings: bool
    period: str = ""

    @property
    def rated(self) -> list[Cell]:
        """The results of the period that have a target, and so a rating by the rule."""
        return [
            cell
            for _, rows in self.sections
            for row in rows
            for cell in row.cells
            if cell.is_rated and self._counts(cell.column)
        ]

    @property
    def rule(self) -> Rated | None:
        """What the rule for a whole project says; None where no result has a target."""
        return rate_project(cell.rated.rating for cell in self.rated) if self.rated else None

    @property
    def targets_met(self) -> tuple[int, int, str] | None:
        """(results that meet their target, results with a target, the share); None without any."""
        met, of = sum(cell.rated.rating == "green" for cell in self.rated), len(self.rated)
        return (met, of, share(Decimal(met), Decimal(of), 0)) if of else None

    @property
    def met_by_column(self) -> list[tuple[str, int, int]]:
        """(column in words, met, of) where several columns are counted."""
        by_column: dict[str, list[Cell]] = {}
        for cell in self.rated:
            by_column.setdefault(cell.column.label, []).append(cell)
        if sum(map(self._counts, self.columns)) < 2:
            return []
        return [
            (label, sum(cell.rated.rating == "green" for cell in cells), len(cells))
            for label, cells in by_column.items()
        ]

    def _counts(self, column: Column) -> bool:
        return not self.period or ends_with(column.period, self.period)

    @property
    def width(self) -> int:
        return 2 + self.has_targets + len(self.columns) + self.has_ratings


def measure_table(
    sheet: WithMeasures, corrected: dict[tuple[str, str, str], str] | None = None
) -> MeasureTable:
    """The table of the sheet. ``corrected`` has words by measure, period and segment."""
    columns = in_order_of_time(
        dict.fromkeys(_column(result) for measure in sheet.measures for result in measure.results)
    )
    sections: list[tuple[str, list[Row]]] = []
    for measure in sheet.measures:
        if measure.heading or not sections:
            sections.append((measure.heading, []))
        row = _row(sheet, measure, columns)
        sections[-1][1].append(_marked(row, corrected) if corrected else row)
    targets = [target for measure in sheet.measures for target in measure.known_targets]
    return MeasureTable(
        columns=columns,
        sections=sections,
        has_targets=any(target.status != "no target" for target in targets),
        has_ratings=any(row.rating for _, rows in sections for row in rows),
        # A report that prints results of other periods alone is judged by those.
        period=sheet.period
        if any(ends_with(column.period, sheet.period) for column in columns)
        else "",
    )


def in_order_of_time(columns: Iterable[Column]) -> list[Column]:
    """The columns by the day on which their periods end, a year after its quarters.

    Those of one period keep the order in which they were found.
    """
    return sorted(columns, key=lambda column: _end(column.period))


def _end(key):
    period = period_of(key)
    return period.last_day, -period.first_day.toordinal()


def ends_with(key, own):
    """Whether a period ends with the report's own: its result is one of the report."""
    return bool(own) and period_of(key).last_day == period_of(own).last_day


def _length(key):
    period = period_of(key)
    return bool(period.quarter), bool(period.month)


def target_words(measure: Measure, target: Target) -> str:
    """The target in words: "95%", "not yet set", "no target"."""
    if target.value is None:
        return target.status.capitalize()
    own = target == measure.own_target
    then = measure if own else measure.definition_in(target.period)
    return figure(target.value, then.unit, then.decimals)


def rate_result(sheet: WithMeasures, measure: Measure, result: Result) -> Rated:
    """What the rule says of a result against the target of its own period."""
    then = measure.definition_in(result.period)
    if result.unit != then.unit:
        return UNRATED
    return rate_in(
        period_of(result.period),
        result.value,
        measure.targets_in(result.period),
        then.direction,
        tolerance_of(sheet, then),
        unit=then.unit,
        decimals=then.decimals,
        of_nought=sheet.tolerates_of_nought,
    )


def result_words(measure: Measure, result: Result) -> str:
    """The result in words: "96%", or the reason why there is no figure.

    A unit that is only the thing counted is left out, for the measure's text names it; but not
    where its results have several units.
    """
    if result.value is None:
        return result.status.capitalize()
    counted = _one_unit(measure) and result.unit not in ("%", "£")
    decimals = measure.definition_in(result.period).decimals
    return figure(result.value, "" if counted else result.unit, decimals)


def _column(result):
    return Column(
        result.period, result.segment, result.provider, result.period_label, part=result.part
    )


def tolerance_of(sheet: WithMeasures, definition: Definition) -> Tolerance:
    """The tolerance of the measure as it was defined then, or else the council's."""
    if definition.tolerance is not None:
        return Tolerance(definition.tolerance, definition.tolerance_kind)
    return Tolerance(sheet.tolerance, sheet.tolerance_kind)


def _row(sheet, measure, columns):
    by_column = {_column(result): result for result in measure.results}
    ratings = {result.rating for result in measure.results if result.rating in COLOURS}
    target = _target_of_all(measure)
    cells = [
        _cell(sheet, measure, column, by_column.get(column), target == BY_PERIOD)
        for column in columns
    ]
    return Row(
        measure=measure,
        target=target,
        cells=cells,
        counted_in=_counted_in(measure, target, cells),
        rating=ratings.pop() if len(ratings) == 1 else "",
        result_notes=[_note(result) for result in measure.results if result.note],
    )


def _marked(row, corrected):
    """The row with what was corrected said at each figure."""
    place = str(row.measure.position)
    cells = [
        replace(cell, corrected=corrected.get((place, cell.column.period, cell.column.segment), ""))
        for cell in row.cells
    ]
    return replace(row, cells=cells)


def _target_of_all(measure):
    """The one target of all results in words, or that they have several."""
    targets = {measure.target_in(result.period) for result in measure.results}
    texts = {target_words(measure, target) if target else "" for target in targets}
    if len(texts) > 1:
        return BY_PERIOD
    return "".join(texts) or target_words(measure, measure.own_target)


def _cell(sheet, measure, column, result, with_target):
    if result is None:
        # Of a period as long as those that it is counted in a figure is missing; of others none is.
        counted = {_length(other.period) for other in measure.results}
        lacks = not counted or _length(column.period) in counted
        return Cell(column, "No figure" if lacks else "–", missing=True)
    detail = ""
    if result.numerator is not None:
        of = f" of {figure(result.denominator)}" if result.denominator is not None else ""
        detail = f"{figure(result.numerator)}{of}"
    target = measure.target_in(result.period)
    return Cell(
        column,
        result_words(measure, result),
        missing=result.value is None,
        detail=detail,
        rated=rate_result(sheet, measure, result),
        target=_short(measure, target) if with_target and target else "",
        lacks_target=result.value is not None and target is None,
    )


def _short(measure, target):
    """The target under its figure; what is counted is named by the measure's text."""
    if target.value is None:
        return target_words(measure, target)
    then = measure.definition_in(target.period)
    said = then.unit in ("%", "£") or then.unit != measure.unit or not _one_unit(measure)
    unit = then.unit if said else ""
    return figure(target.value, unit, then.decimals)


def _one_unit(measure):
    """Whether all figures of a measure are in its own unit, which its text names."""
    return {result.unit for result in measure.results if result.value is not None} <= {measure.unit}


def _counted_in(measure, target, cells):
    """What is counted, where neither a figure, nor the target, nor the measure's text says it."""
    unit = measure.unit
    if unit in ("", "%", "£", "number") or not _one_unit(measure):
        return ""
    said = " ".join((measure.text, measure.heading, target)).lower()
    return "" if unit.lower() in said or not any(not cell.missing for cell in cells) else unit


def _note(result):
    return f"{result.part}: {result.note}" if result.part else result.note
