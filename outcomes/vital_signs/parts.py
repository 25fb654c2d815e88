"""A measure split into its parts: localities, providers or sectors, each with its figures."""

from dataclasses import dataclass

from bcfportal.lib.periods import Period, period_of
from outcomes.vital_signs.measure_status import MeasureStatus
from outcomes.vital_signs.published import PublishedMeasures
from outcomes.vital_signs.sentences import detail

LAST = 6
HEADINGS = {
    "locality": ("By locality", "Locality"),
    "provider": ("By provider", "Provider"),
    "sector": ("By sector", "Sector"),
}


@dataclass(frozen=True)
class Cell:
    """A part's figure of one period, or the reason why there is none."""

    period: Period
    text: str
    detail: str
    missing: bool
    corrected: list[str]


@dataclass(frozen=True)
class Part:
    name: str
    status: MeasureStatus
    cells: list[Cell]


@dataclass(frozen=True)
class Parts:
    """The parts of a measure in the council's order, over its latest periods, the latest first."""

    heading: str
    head: str
    periods: list[Period]
    rows: list[Part]


def statuses_of_parts(
    published: PublishedMeasures, status: MeasureStatus
) -> list[tuple[str, MeasureStatus]]:
    """(name of the part, its status) of each part with figures."""
    parts = []
    for segment in published.sheet.segments:
        part = MeasureStatus(status.measure, status.last, status.judging, segment.slug)
        if part.figures:
            parts.append((segment.name, part))
    return parts


def parts_of(published: PublishedMeasures, status: MeasureStatus) -> Parts | None:
    """The measure's parts; None where it is not split."""
    parts = statuses_of_parts(published, status)
    if not parts:
        return None
    keys = {result.period for _, part in parts for result in part.figures}
    periods = sorted(map(period_of, keys), key=lambda period: period.last_day, reverse=True)[:LAST]
    split = {part.segment for _, part in parts}
    kinds = {segment.kind for segment in published.sheet.segments if segment.slug in split}
    heading, head = HEADINGS.get(kinds.pop() if len(kinds) == 1 else "", ("By part", "Part"))
    rows = [
        Part(name, part, [_cell(published, part, period) for period in periods])
        for name, part in parts
    ]
    return Parts(heading, head, periods, rows)


def _cell(published, part, period):
    result = part.by_period.get(period.key)
    corrected = published.corrected.get((part.measure.slug, period.key, part.segment), [])
    return Cell(
        period=period,
        text=part.words_of(result) if result else "–",
        detail=detail(result),
        missing=result is None or result.value is None,
        corrected=[correction.sentence for correction in corrected],
    )
