"""The dashboard: thirteen rolling months of every vital sign, as rows that a template prints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.exceptions import order_of
from outcomes.vital_signs.content import Measure, VitalSigns
from outcomes.vital_signs.corrections import Key, Note, corrected_of, notes_on
from outcomes.vital_signs.icons import Icon, assurance_icon, travel_icon, variation_icon
from outcomes.vital_signs.judged import on_last_year, since_last
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.otherwise import Given, Otherwise, otherwise
from outcomes.vital_signs.sentences import detail
from outcomes.vital_signs.statuses import statuses

MONTHS = 13


@dataclass(frozen=True)
class Cell:
    """A month of a measure: value, numerator of denominator, and its rating where it has one."""

    month: Period
    # Of what the figure is: the month, or the quarter or year that ends with it.
    of: Period
    text: str
    detail: str
    missing: bool
    rating: Rating | None
    reason: str
    provisional: bool
    # What it was corrected from, to, when and why; nothing where it was not.
    corrected: str = ""
    # The same in a word or two.
    mark: str = ""


NOT_OFFICIAL = "Not the official measure"


@dataclass(frozen=True)
class Row:
    """A vital sign on the dashboard."""

    status: MeasureStatus
    cells: list[Cell]
    # Which of the notes on targets is of its target; 0 for none.
    note_number: int = 0
    # What was corrected of the figures that each direction of travel is judged by.
    corrected_since_last: str = ""
    corrected_on_last_year: str = ""
    # What is judged otherwise with what is given since; None where nothing is given.
    otherwise: Otherwise | None = None

    @property
    def measure(self) -> Measure:
        return self.status.measure

    @cached_property
    def about(self) -> str:
        """What is to be known before its figures are read."""
        official = NOT_OFFICIAL if self.measure.not_official else ""
        return "; ".join(filter(None, (self.direction, self.unit, official)))

    @cached_property
    def unit(self) -> str:
        """The unit where it does not stand with each figure."""
        return "" if self.measure.unit in ("%", "£") else self.measure.unit

    @cached_property
    def direction(self) -> str:
        labels = {"bigger is better": "Bigger is better", "smaller is better": "Smaller is better"}
        return labels.get(self.measure.direction, "Neither way is better")

    @cached_property
    def previous(self) -> Icon:
        return travel_icon(self.status.from_previous)

    @cached_property
    def year(self) -> Icon:
        return travel_icon(self.status.from_last_year)

    @cached_property
    def variation(self) -> Icon:
        return variation_icon(self.status.chart)

    @cached_property
    def assurance(self) -> Icon:
        return assurance_icon(self.status.chart, self.status.fixed_target)

    @cached_property
    def trend(self) -> "Trend":
        return trend_of(self.status, self.cells[0].month, self.cells[-1].month)


@dataclass(frozen=True)
class Trend:
    """A small line of the months shown, in a box of 120 by 32: nothing to be read off it."""

    points: str
    last: tuple[str, str] | None
    mean: str


def trend_of(status: MeasureStatus, first: Period, last: Period) -> Trend:
    """The trend line of the figures from ``first`` to ``last``; months without one are left out."""
    known = {
        place: value
        for place, key in enumerate(_keys(first, last))
        if key in status.by_period and (value := status.by_period[key].value) is not None
    }
    if len(known) < 2:
        return Trend("", None, "")
    low, high = min(known.values()), max(known.values())
    span = (high - low) or Decimal(1)
    width = max(len(_keys(first, last)) - 1, 1)

    def at(place: int, value: Decimal) -> tuple[str, str]:
        x = 4 + 112 * place / width
        y = 27 - 22 * float((value - low) / span) if high != low else 16
        return f"{x:.1f}", f"{y:.1f}"

    points = [at(place, value) for place, value in known.items()]
    mean = sum(known.values(), Decimal(0)) / len(known)
    return Trend(" ".join(",".join(point) for point in points), points[-1], at(0, mean)[1])


@lru_cache(maxsize=256)
def _keys(first: Period, last: Period) -> tuple[str, ...]:
    return tuple(month.key for month in first.up_to(last))


def window(last: Period, months: int = MONTHS) -> list[Period]:
    """The months up to and with ``last``, in order of time. ``last`` is a month."""
    back = last.start_year * 12 + (last.month or 1) - 1
    return [
        Period(place // 12, month=place % 12 + 1) for place in range(back - months + 1, back + 1)
    ]


def dashboard(sheet: VitalSigns, last: Period) -> list[Row]:
    """The rows of every vital sign in the printed order, made once for each sheet and month."""
    held = tuple(statuses(sheet, last))
    return rows_kept(held, last) if held else []


@lru_cache(maxsize=64)
def rows_kept(held, last):
    """The rows of these statuses, made once."""
    months = window(last)
    notes = list(dict.fromkeys(status.target_note for status in held if status.target_note))
    numbers = {note: number for number, note in enumerate(notes, 1)}
    return [
        Row(status, [_cell(status, month) for month in months], numbers.get(status.target_note, 0))
        for status in held
    ]


def notes_on_targets(rows: Iterable[Row]) -> list[tuple[int, str]]:
    """(number, note) of the notes that the rows' targets have, each once."""
    notes = {row.note_number: row.status.target_note for row in rows if row.note_number}
    return sorted(notes.items())


def with_corrections(
    rows: Iterable[Row], corrected: Mapping[Key, list[Note]], given: Given
) -> list[Row]:
    """The rows, with what is said at each cell whose figure was corrected, and ``given`` since."""
    measures = {slug for slug, *_ in corrected}
    return [
        _corrected(row, corrected, given) if row.measure.slug in measures else row for row in rows
    ]


def _corrected(row, corrected, given):
    status = row.status

    def marked(cell):
        figure = status.in_month(cell.month)
        notes = notes_on(status, figure, corrected) if figure else []
        return replace(
            cell,
            corrected=" ".join(note.sentence for note in notes),
            mark=", ".join(dict.fromkeys(note.mark for note in notes)),
        )

    return replace(
        row,
        cells=[marked(cell) for cell in row.cells],
        corrected_since_last=" ".join(corrected_of(status, since_last(status), corrected)),
        corrected_on_last_year=" ".join(corrected_of(status, on_last_year(status), corrected)),
        otherwise=otherwise(status, corrected, given),
    )


def row_of(status: MeasureStatus) -> Row:
    """The row of one measure, of any collection, at the month of its status."""
    return Row(status, [_cell(status, month) for month in window(status.last)])


def _cell(status: MeasureStatus, month: Period) -> Cell:
    result = status.in_month(month)
    rated = status.rate(result)
    return Cell(
        month=month,
        of=period_of(result.period) if result else month,
        text=status.words_of(result) if result else "–",
        detail=detail(result),
        missing=result is None or result.value is None,
        rating=rated.rating if rated.rating in COLOURS else None,
        reason=rated.reason,
        provisional=bool(result and result.provisional),
    )


SORTS = {
    "attention": "What needs attention first",
    "paper": "As the paper has them",
    "name": "By name",
    "rating": "By rating, worst first",
    "variance": "By distance from target, worst first",
}


def sort_rows(rows: Iterable[Row], by: str) -> list[Row]:
    """The rows in another order; what is equal stays in the paper's order."""
    keys = {
        "attention": lambda row: order_of(row.status.met, row.status.rated.rating),
        "name": lambda row: row.measure.name.lower(),
        "rating": lambda row: order_of([], row.status.rated.rating),
        "variance": lambda row: (
            -(row.status.variance if row.status.variance is not None else Decimal(-1_000_000))
        ),
    }
    return sorted(rows, key=keys[by]) if by in keys else list(rows)


def group_rows(rows: list[Row], by: str) -> list[tuple[str, list[Row]]]:
    """The rows under a heading each: exceptions and then themes, or all in one where sorted."""
    if by != "attention":
        return [("", rows)] if rows else []
    groups: dict[str, list[Row]] = {}
    for row in rows:
        heading = "Exceptions" if row.status.met else row.measure.theme or "Other measures"
        groups.setdefault(heading, []).append(row)
    return list(groups.items())
