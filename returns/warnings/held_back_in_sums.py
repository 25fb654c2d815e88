"""Figures that a return holds back and that anyone can work out from others: a person is told.

Only sums that have a figure of the return itself are looked at: an earlier return answers for its
own. What adds up, and when it tells a figure, is in ``outcomes.told_by_sums``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bcfportal.lib.figures import plain
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.sentences import noun
from outcomes.definitions import Definition, definition_in, definitions_of
from outcomes.entry.boxes import Row
from outcomes.entry.draft import Draft
from outcomes.entry.validation import FIGURES
from outcomes.models import Measure, Result, Segment
from outcomes.told_by_sums import DENOMINATOR, Figure, Sum, Told, told_by_sums
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report
from returns.content import Sheet

# The plural of each kind of segment.
_PLURALS = {"locality": "localities", "provider": "providers", "sector": "sectors"}
# A figure by its period's key and its segment.
_Key = tuple[str, str]


def in_typed_sums(draft: Draft) -> list[str]:
    """Sentences about the figures of a return that are held back and told by others. No query.

    Beside what is typed stand the figures of other periods as they are recorded now.
    """
    rows_of: dict[int, list[Row]] = defaultdict(list)
    for row in draft.grid.rows:
        rows_of[row.measure.pk].append(row)
    sentences: list[str] = []
    for rows in rows_of.values():
        # A late figure that nobody has typed anything for stays as it was recorded.
        typed = {_key_of(row): _typed(row) for row in rows if row.is_own or row.is_typed}
        figures = {figure.key: figure for figure in _recorded(rows[0].measure)} | typed
        name = rows[0].measure.name
        sentences += _said(name, list(figures.values()), typed)
    return sentences


def in_sums_of(sheets: Sequence[tuple[Report, Sheet | VitalSigns]]) -> list[str]:
    """The same of reports that are written, for the period of each. One query at most."""
    kinds: dict[str, str] = {}
    if any(
        result.status == Result.Status.HELD_BACK
        for _, sheet in sheets
        if isinstance(sheet, Sheet)
        for measure in sheet.measures
        for result in measure.results
    ):
        # The sheet of a project has no more of its segments than their names.
        segments = Segment.objects.filter(council=sheets[0][0].period.council_id)
        kinds = dict(segments.values_list("name", "kind"))
    return [
        sentence
        for report, sheet in sheets
        for name, figures in (
            _of_month(sheet) if isinstance(sheet, VitalSigns) else _of_project(sheet, kinds)
        )
        for sentence in _said(name, figures, _ending_with(report, figures))
    ]


def _key_of(row: Row) -> _Key:
    return (row.when.key, str(row.segment.pk) if row.segment else "")


def _typed(row: Row) -> Figure:
    """The figure of a row; one that is wrong is not known."""
    numbers = {} if row.errors else _numbers(row)
    kind, name = (row.segment.kind, row.segment.name) if row.segment else ("", "")
    return _figure(
        row.measure,
        row.when,
        status=row.status,
        segment=_key_of(row)[1],
        kind=kind,
        name=name,
        unit=row.unit,
        **numbers,
    )


def _recorded(measure: Measure) -> Iterator[Figure]:
    known = definitions_of(measure)
    for result in measure.results.all():
        period, segment = period_of(result.period), result.segment
        definition = definition_in(known, period)
        yield _figure(
            definition,
            period,
            status=result.status,
            segment=str(segment.pk) if segment else "",
            kind=segment.kind if segment else "",
            name=segment.name if segment else "",
            unit=result.unit or definition.unit,
            **_numbers(result),
        )


def _of_month(sheet: VitalSigns) -> Iterator[tuple[str, list[Figure]]]:
    """(name, figures) of each measure of a council's sheet."""
    segments = {segment.slug: segment for segment in sheet.segments}
    for measure in sheet.measures:
        figures = []
        for figure in measure.figures:
            period, segment = period_of(figure.period), segments.get(figure.segment)
            definition = measure.definition_in(period)
            figures.append(
                _figure(
                    definition,
                    period,
                    status=figure.status,
                    segment=figure.segment,
                    kind=segment.kind if segment else "",
                    name=segment.name if segment else figure.segment,
                    unit=definition.unit,
                    **_numbers(figure),
                )
            )
        yield measure.name, figures


def _of_project(sheet: Sheet, kinds: Mapping[str, str]) -> Iterator[tuple[str, list[Figure]]]:
    """(name, figures) of each measure of a project's sheet; ``kinds`` are of segments by name."""
    for measure in sheet.measures:
        figures = []
        for result in measure.results:
            definition = measure.definition_in(result.period)
            figures.append(
                _figure(
                    definition,
                    period_of(result.period),
                    status=result.status,
                    segment=result.segment,
                    kind=kinds.get(result.segment, ""),
                    name=result.segment,
                    unit=result.unit or definition.unit,
                    **_numbers(result),
                )
            )
        yield measure.text, figures


def _numbers(of: object) -> dict[str, Decimal | None]:
    return {name: plain(getattr(of, name)) for name in FIGURES}


def _figure(defined: Definition | Measure, period: Period, *, unit: str, **of: Any) -> Figure:
    """``defined`` is the definition of then, or a measure as it was defined then."""
    return Figure(
        period,
        unit=unit,
        is_ratio=unit.startswith("%") or defined.multiplier is not None,
        is_added_up=defined.accumulation == "cumulative",
        **of,
    )


def _ending_with(report: Report, figures: Sequence[Figure]) -> set[_Key]:
    """The keys of the figures of periods that end with the report's."""
    end = period_of(report.period.key).last_day
    return {figure.key for figure in figures if figure.period.last_day == end}


def _said(measure: str, figures: Sequence[Figure], own: Collection[_Key]) -> list[str]:
    return [
        _sentence(measure, told)
        for told in told_by_sums(figures)
        if any(figure.key in own for figure in told.sum.figures)
    ]


def _sentence(measure: str, told: Told) -> str:
    """What is held back, how it is told, and what to hold back too."""
    figure, added = told.figure, told.sum
    of = f"{measure}, {figure.name}" if figure.name else measure
    what = "the denominator" if told.quantities == (DENOMINATOR,) else "the figure"
    how, also = _over_time(figure, added) if added.is_over_time else _over_parts(figure, added)
    return (
        f"{of}, {figure.period.label}: {what} is held back, but anyone can work it out: "
        f"{how}. Hold back {also}."
    )


def _over_parts(figure: Figure, added: Sum) -> tuple[str, str]:
    """How a figure of segments is told, and what to hold back too."""
    kind = added.parts[0].kind or "part"
    if figure is added.total:
        return f"add up {_of(len(added.parts), kind)}", f"a {kind} too"
    others = len(added.parts) - 1
    if not others:
        return "it is the figure for all", "the figure for all too"
    rest = _of(others, kind, "other ")
    return f"take {rest} from the figure for all", f"a second {kind}, or the figure for all"


def _over_time(figure: Figure, added: Sum) -> tuple[str, str]:
    """How a figure is told by longer or shorter periods, and what to hold back too."""
    total, parts = added.total.period.label, added.parts
    if len(parts) == 1:
        same = parts[0].period.label if figure is added.total else total
        return f"it is the figure of {same}", f"the figure of {same} too"
    length = "month" if parts[0].period.month else "quarter"
    if figure is added.total:
        return f"add up its {len(parts)} {length}s", f"a {length} too"
    rest = _of(len(parts) - 1, length, "other ")
    return f"take {rest} from the figure of {total}", f"a second {length}, or the figure of {total}"


def _of(number: int, kind: str, which: str = "") -> str:
    """The parts in words: "the other 4 localities", "the other quarter"."""
    many = noun(number, kind, _PLURALS.get(kind, ""))
    return f"the {which}{number} {many}" if number > 1 else f"the {which}{many}"
