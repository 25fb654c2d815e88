"""Where the text of a return still gives a figure that the return holds back: a person decides.

A number in words counts as the figure where it is the value or the numerator that a report of that
period once gave, approved or submitted: 1,472, 1472, 15.4, and up to ten in letters, where it is
not plainly something else (``bcfportal.lib.text.told_numbers``). Of a figure that no report gave, a
number of 1 to 9 in a sentence that names the measure may be it. So may one by which it differs from
the figure before, that of a year before or its target, or its share of one of these.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from bcfportal.lib import present
from bcfportal.lib.periods import Period, period_of
from bcfportal.lib.text.told_numbers import ToldNumber, small_numbers_beside, tellings
from bcfportal.lib.text.worked_out import numbers_worked_out
from outcomes.definitions import as_defined
from outcomes.entry.boxes import Row
from outcomes.entry.draft import Draft
from outcomes.entry.validation import Status
from outcomes.models import Measure, Segment
from outcomes.monthly.review import card_words
from outcomes.project_measures.collect import target_in
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report, ReturnEvent, SectionName, Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet
from returns.said import said_in_words
from returns.subjects import content_of

# (the name of the report in addresses; the measure's place or slug; period; segment).
Key = tuple[str, str, str, str]


class Held(NamedTuple):
    """What is held back: what it is called, the words of its measure, and what is public beside it.

    ``counts`` are the counts of last time and a target that is one; ``beside`` has per cents too.
    """

    name: str
    measure: str
    counts: frozenset[Decimal] = frozenset()
    beside: frozenset[Decimal] = frozenset()


# What a figure may be that is held back because it is small.
SMALL = tuple(map(Decimal, range(1, 10)))
# So many characters on both sides of a number are quoted with it.
_ROUND = 40


def in_typed_words(draft: Draft) -> list[str]:
    """Sentences about the boxes of a return that give figures which it holds back.

    Two queries, or none where nothing is held back.
    """
    slug = draft.report.slug
    held: dict[Key, Held] = {}
    for row in draft.grid.rows:
        segment = _named(row.segment, row.measure)
        measure = row.measure.slug or str(row.measure.position)
        results = [
            result
            for result in row.measure.results.all()
            if _named(result.segment, row.measure) == segment
        ]
        if row.status == Status.HELD_BACK:
            held[slug, measure, row.when.key, segment] = _typed(row, row.name, row.when, results)
        for result in results:
            if result.period != row.when.key and _is_held_back(result):
                when = period_of(result.period)
                part = result.segment.name if result.segment else ""
                name = ", ".join(filter(None, (row.measure.name, part, when.label)))
                held[slug, measure, result.period, segment] = _typed(row, name, when, results)
    if not held:
        return []
    texts = [
        (box.label, box.text)
        for name in draft.report.section_names
        if name != SectionName.MEASURES
        for box in draft.boxes_in_words(name)
    ]
    texts += [(f"the comment on {row.name}", row.boxes["comment"].text) for row in draft.grid.rows]
    return _said(held, _numbers([draft.report], held), texts)


def in_words_of(sheets: Iterable[tuple[Report, Sheet | VitalSigns]]) -> list[str]:
    """The same of reports that are written: two queries for all, or none."""
    held_of: list[tuple[dict[Key, Held], list[tuple[str, str]]]] = []
    sheets = list(sheets)
    for report, sheet in sheets:
        slug = report.slug
        held = {
            key: _written(sheet, key, name)
            for key, name, figure, _ in _figures(sheet, slug)
            if _is_held_back(figure)
        }
        held_of.append((held, texts_of(sheet)))
    every = {key: name for held, _ in held_of for key, name in held.items()}
    if not every:
        return []
    numbers = _numbers([report for report, _ in sheets], every)
    return [sentence for held, texts in held_of for sentence in _said(held, numbers, texts)]


def _typed(row: Row, name: str, when: Period, results: list[Any]) -> Held:
    target = target_in(row.measure, when)
    unit = as_defined(row.measure, when).unit
    return Held(name, row.measure.text, *_public(when, results, unit, target))


def _written(sheet: Sheet | VitalSigns, key: Key, name: str) -> Held:
    _, place, period, segment = key
    when = period_of(period)
    if isinstance(sheet, VitalSigns):
        card = present(sheet.measure(place))
        results = [figure for figure in card.figures if figure.segment == segment]
        unit, target = card.definition_in(when).unit, card.target_in(when)
        return Held(name, card.named, *_public(when, results, unit, target))
    measure = next(row for row in sheet.measures if str(row.position) == place)
    of_part = [result for result in measure.results if result.segment == segment]
    unit, aim = measure.definition_in(period).unit, measure.target_in(period)
    return Held(name, measure.named, *_public(when, of_part, unit, aim))


def _public(
    when: Period, results: Iterable[Any], unit: str, target: Any
) -> tuple[frozenset[Decimal], frozenset[Decimal]]:
    """The counts, and all figures, that stand in public beside the figure of the period ``when``.

    They are the last figure before it, that of a year before, and the target.
    """
    year_before = Period(when.start_year - 1, when.quarter, when.month)
    known = [past for past in results if past.value is not None and period_of(past.period) < when]
    latest = sorted(known, key=lambda past: period_of(past.period))[-1:]
    last = [*latest, *(past for past in known if period_of(past.period) == year_before)]
    counts = {past.numerator for past in last if past.numerator is not None}
    values = {past.value for past in last}
    if target is not None and target.value is not None:
        values.add(target.value)
    per_cent = unit.startswith("%")
    return frozenset(counts if per_cent else counts | values), frozenset(counts | values)


def _named(segment: Segment | None, measure: Measure) -> str:
    """As sheets call it: a project's by its name, a council's by its slug."""
    if segment is None:
        return ""
    return segment.name if measure.project_id else segment.slug


def _is_held_back(figure: Any) -> bool:
    return figure.status == Status.HELD_BACK


def _figures(sheet: Sheet | VitalSigns, slug: str) -> Iterator[tuple[Key, str, Any, Any]]:
    """(key, name, figure, words of its measure) of each figure of a sheet."""
    measures: Sequence[Any] = sheet.measures
    for measure in measures:
        if isinstance(sheet, VitalSigns):
            place, name, figures = measure.slug, measure.name, measure.figures
        else:
            place, name, figures = str(measure.position), measure.text, measure.results
        for figure in figures:
            part = figure.segment
            if isinstance(sheet, VitalSigns):
                part = sheet.segment_name(part)
            label = ", ".join(filter(None, (name, part, period_of(figure.period).label)))
            yield (slug, place, figure.period, figure.segment), label, figure, measure.named


def texts_of(sheet: Sheet | VitalSigns) -> list[tuple[str, str]]:
    """What people wrote in a report, by what it is called."""
    if isinstance(sheet, VitalSigns):
        said = list(card_words(sheet).items())
    else:
        said = list(said_in_words(sheet).items())
    return said + [
        (f"the comment on {name}", figure.note)
        for _, name, figure, _ in _figures(sheet, "")
        if figure.note
    ]


def _numbers(reports: Sequence[Report], held: Mapping[Key, Held]) -> dict[Key, set[ToldNumber]]:
    """What figures were once approved or submitted for the periods in which they are held back."""
    periods = {key for _, _, key, _ in held} | {report.period.key for report in reports}
    same = {
        "report__period__council": reports[0].period.council_id,
        "report__period__key__in": periods,
        "report__period__kind": reports[0].period.kind,
        "report__slug__in": [report.slug for report in reports],
    }
    kind = content_of(reports[0].period)
    marks = dict(Snapshot.objects.filter(**same).values_list("fingerprint", "report__slug"))
    sheets: list[tuple[str, Any]] = [
        (marks[mark], sheet) for mark, sheet in sheets_by_fingerprint(marks, kind).items()
    ]
    submitted = ReturnEvent.objects.filter(**same, action="submit", sheet__isnull=False)
    sheets += [
        (slug, msgspec.convert(sheet, kind))
        for slug, sheet in submitted.values_list("report__slug", "sheet")
    ]
    numbers: dict[Key, set[ToldNumber]] = defaultdict(set)
    for slug, sheet in sheets:
        for key, _, figure, named in _figures(sheet, slug):
            if key in held:
                numbers[key] |= {
                    ToldNumber(number, named)
                    for number in (figure.value, figure.numerator)
                    if number is not None
                }
    return numbers


def _said(
    held: Mapping[Key, Held],
    numbers: Mapping[Key, set[ToldNumber]],
    texts: Sequence[tuple[str, str]],
) -> list[str]:
    """One sentence for each text that says a figure, as the text writes it.

    Where no report ever gave the figure, of each text that may say a small one beside the measure.
    """
    sentences = []
    for key, (name, measure, counts, beside) in held.items():
        for label, text in texts:
            given = numbers.get(key)
            matches = [
                match for number in sorted(given or ()) for match in tellings(text, number)[:1]
            ]
            said = "the figure that is held back, {}, is in"
            if not given:
                matches = small_numbers_beside(text, measure)[:1]
                said = "it is held back, and a small number, {}, stands beside its words in"
            if not matches:
                may_be = {told.number for told in given} if given else SMALL
                public = beside if given else counts
                matches = numbers_worked_out(text, measure, may_be, public)[:1]
                said = "with a public figure the one that is held back follows from {} in"
            for match in matches:
                start, end = max(match.start() - _ROUND, 0), match.end() + _ROUND
                quoted = " ".join(text[start:end].split())
                before, after = "…" if start else "", "…" if end < len(text) else ""
                sentences.append(
                    f"{name}: {said.format(match[0])} {label}: “{before}{quoted}{after}”"
                )
    # A measure may have been called otherwise in one of the reports.
    return list(dict.fromkeys(sentences))
