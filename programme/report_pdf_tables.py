"""The table of a project's measures as its paper prints it, with lettered notes below."""

from string import ascii_lowercase

from bcfportal.lib.papers.paper import printed_rating
from bcfportal.lib.ratings import COLOURS
from outcomes.project_measures.table import Column, MeasureTable, measure_table
from programme.programme import Programme
from returns.content import Sheet

# templates/pdf/sheet.typ leave no more.
MOST_COLUMNS = 5


def shown_rating(sheet: Sheet) -> dict:
    """The rating of a project; a rating of an earlier period has no colour and says so."""
    earlier = sheet.earlier_rating_words
    return {"key": "earlier", "words": earlier} if earlier else printed_rating(sheet.rating)


def paper_table(sheet: Sheet, programme: Programme, by_rule: str) -> dict:
    """The tables of measures as the page prints it, with lettered notes below the last.

    ``by_rule`` is what the rule says of the project, if that is printed below the tables.
    If there are more columns than fit on the paper, the newest come first and the others follow
    in tables of their own.
    """
    table = measure_table(sheet, programme.corrected_figures(sheet.slug))
    marks = Marks()
    one_period = len({column.period for column in table.columns}) == 1
    remarks = []
    if not table.has_targets:
        remarks.append("No targets are printed for these measures.")
    judged = by_rule
    if table.targets_met:
        met, of, share = table.targets_met
        judged = f"By the rule, {met} of {of} results with a target meet it ({share}). {by_rule}"
    if judged:
        remarks.append(judged.strip())
    if not table.columns:
        remarks.append("No results in figures are printed for these measures.")
    return {
        "numbered": any(measure.number for measure in sheet.measures),
        "has_targets": table.has_targets,
        "has_ratings": table.has_ratings,
        "parts": [
            {
                "results_head": _results_head(table, one_period),
                "columns": [_column_words(column, one_period) for column in columns],
                "sections": [
                    {"heading": heading, "rows": [_measure(row, columns, marks) for row in rows]}
                    for heading, rows in table.sections
                ],
            }
            for columns in _that_fit(table.columns)
        ],
        "remarks": remarks,
        "notes": marks.listed,
    }


def _column_words(column: Column, one_period: bool) -> str:
    if one_period:
        return "\n".join((column.part, column.other_provider)).strip()
    return column.label


def _that_fit(columns: list[Column]) -> list[list[Column]]:
    """The columns as the tables that they need, the newest first, each in order of time.

    The columns of one period stay together if they fit; else about as many stand in each table.
    """
    if not columns:
        return [[]]
    periods: list[list] = []
    for column in columns:
        if not periods or periods[-1][0].period != column.period:
            periods.append([])
        periods[-1].append(column)
    parts: list[list[Column]] = [[]]
    for period in reversed(periods):
        if len(period) > MOST_COLUMNS:
            width = -(-len(period) // -(-len(period) // MOST_COLUMNS))
            parts += [period[at : at + width] for at in range(0, len(period), width)]
            parts.append([])
        elif len(parts[-1]) + len(period) > MOST_COLUMNS:
            parts.append(period)
        else:
            parts[-1] = period + parts[-1]
    return [part for part in parts if part]


def _results_head(table: MeasureTable, one_period: bool) -> str:
    counted = any(cell.detail for _, rows in table.sections for row in rows for cell in row.cells)
    head = "Result (number)" if counted else "Result"
    return f"{head}, {table.columns[0].period_label}" if one_period else head


def _measure(row, columns, marks):
    measure = row.measure
    results = {
        (result.period, result.segment, result.provider): result for result in measure.results
    }
    cells = [cell for cell in row.cells if cell.column in columns]
    cell_results = [
        results.get((column.period, column.segment, column.provider)) for column in columns
    ]
    return {
        "number": measure.number,
        "text": f"{measure.text} ({row.counted_in})" if row.counted_in else measure.text,
        "marks": marks.of("; ".join(filter(None, (measure.note, *measure.changes)))),
        "target": row.target,
        "target_marks": marks.of("; ".join(row.target_notes)),
        "cells": [
            {
                "words": cell.text,
                "detail": cell.detail,
                "target": cell.target,
                # If the row has several colours, each is printed beside its figure.
                "rating": None if row.rating or not result else _colour(result.rating),
                "marks": [*marks.of(result.note if result else ""), *marks.of(cell.corrected)],
            }
            for cell, result in zip(cells, cell_results, strict=True)
        ],
        "rating": _colour(row.rating),
    }


def _colour(key):
    return printed_rating(key) if key in COLOURS else None


class Marks:
    """The notes below a table, each once, with the letters that refer to them."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}

    def of(self, note: str) -> list[str]:
        if not note:
            return []
        at = len(self.letters)
        letter = ascii_lowercase[at % 26] * (at // 26 + 1)
        return [self.letters.setdefault(note, letter)]

    @property
    def listed(self) -> list[tuple[str, str]]:
        return [(letter, note) for note, letter in self.letters.items()]
