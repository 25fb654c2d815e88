"""A measure split into its parts: localities, providers or sectors, each with its figures."""

from dataclasses import dataclass

from bcfportal.lib.periods import Period, period_of
from outcomes.vital_signs.dashboard import detail
from outcomes.vital_signs.measure_status import Standing
from outcomes.vital_signs.published import Shown

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
    words: str
    detail: str
    missing: bool
    corrected: list[str]


@dataclass(frozen=True)
class Part:
    name: str
    standing: Standing
    cells: list[Cell]


@dataclass(frozen=True)
class Parts:
    """The parts of a measure in the council's order, over its latest periods, the latest first."""

    heading: str
    head: str
    periods: list[Period]
    rows: list[Part]


def standings_of_parts(shown: Shown, standing: Standing) -> list[tuple[str, Standing]]:
    """(name of the part, how the measure stands in it) of each part with figures."""
    found = []
    for segment in shown.sheet.segments:
        part = Standing(standing.measure, standing.last, standing.judging, segment.slug)
        if part.figures:
            found.append((segment.name, part))
    return found


def parts_of(shown: Shown, standing: Standing) -> Parts | None:
    """The measure's parts; None where it is not split."""
    found = standings_of_parts(shown, standing)
    if not found:
        return None
    keys = {each.period for _, part in found for each in part.figures}
    periods = sorted(map(period_of, keys), key=lambda each: each.last_day, reverse=True)[:LAST]
    split = {part.segment for _, part in found}
    kinds = {each.kind for each in shown.sheet.segments if each.slug in split}
    heading, head = HEADINGS.get(kinds.pop() if len(kinds) == 1 else "", ("By part", "Part"))
    rows = [
        Part(name, part, [_cell(shown, part, period) for period in periods]) for name, part in found
    ]
    return Parts(heading, head, periods, rows)


def _cell(shown, part, period):
    result = part.by_period.get(period.key)
    corrected = shown.corrected.get((part.measure.slug, period.key, part.segment), [])
    return Cell(
        period=period,
        words=part.words_of(result) if result else "–",
        detail=detail(result),
        missing=result is None or result.value is None,
        corrected=[each.sentence for each in corrected],
    )
