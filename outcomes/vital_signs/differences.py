"""What a later sheet of a month says otherwise: its figures, words, targets and definitions.

Each part of a sheet is read as words by what they are of; where the words of two sheets differ,
that is a correction. ``NOT_SAID`` has every field that is no correction of its own, and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from bcfportal.lib.figures import figure
from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from outcomes.definitions import reason_since, tolerance_words
from outcomes.vital_signs.content import HELD_BACK, Card, Figure, Measure, VitalSigns
from outcomes.vital_signs.measure_status import MeasureStatus
from publishing.period_versions.content import FIGURE_HELD_BACK, Corrected
from publishing.period_versions.content import HELD_BACK as HELD_BACK_WORDS

_SOURCE = "where it comes from, not what it says"
_WHO = "who changed it and when, kept beside it"
# By part of the sheet, why a field is no correction of its own.
NOT_SAID = {
    "VitalSigns": {
        "schema": "how the content is written",
        "period": "the month of the return",
        "approved_own_since": "who approved it; said beside the version",
    },
    "Measure": {
        "source": _SOURCE,
        "target_changes": "the history of the targets, which are compared themselves",
        "can_be_below_zero": "what may be typed, which changes no figure",
        "can_be_above_whole": "what may be typed, which changes no figure",
    },
    "Definition": {
        "by": _WHO,
        "on": _WHO,
        "since": "said with each thing that it changes",
        "why": "the reason of each thing that it changes",
    },
    "Figure": {"source": _SOURCE},
    "Target": {"source": _SOURCE},
    "Benchmark": {"source": _SOURCE},
    "Break": {"by": _WHO, "on": _WHO},
    "Card": {"source": _SOURCE},
    "OtherPrinting": {"source": _SOURCE},
}
_OF_MEASURE = {
    "collection": "Shown among",
    "short_title": "Short title",
    "theme": "Theme",
    "frequency": "Counted by",
    "why": "Why it is measured",
    "lead": "Lead",
    "data_owner": "Who owns the data",
    "supports": "Supports",
    "same_as": "The same as",
    "note": "Note",
    "counted_until": "Counted until",
}
_OF_DEFINITION = {
    "text": "What is measured",
    "unit": "Unit",
    "direction": "What is better",
    "accumulation": "How it is counted",
    "numerator_name": "What is counted",
    "denominator_name": "Out of what",
    "multiplier": "For each",
    "decimals": "Decimals",
}
_OF_CARD = {
    "explains": "What explains it",
    "success": "What success will look like",
    "exception_words": "Why it is reported by exception",
    "budget_reason": "What it means for the budget",
    "risk_reason": "What it means for risks",
    "note": "Note on the report card",
}
COUNTS, FINAL, COMMENT = "Counts", "Whether final", "Comment"
VARIANCE = "Variance that is reported by exception"
NAME_OF_A_PART = "Name of a part"
# What of a definition turns a colour, beside the target.
_JUDGED_BY = ("unit", "direction", "accumulation", "tolerance", "tolerance_kind")
# (what it is, words) by what the words are of.
_Said = dict[tuple, tuple[str, str]]


def differences_of_month(
    before: VitalSigns, after: VitalSigns, slug: str, why: str
) -> Iterator[Corrected]:
    """Everything that ``after`` says otherwise, figures first. Those of a measure name it."""
    yield from _compared(_of_sheet(before), _of_sheet(after), slug, why)
    yield from _tolerances(before, after, slug, why)
    last = period_of(after.period)
    for name in dict.fromkeys(
        measure.slug for sheet in (after, before) for measure in sheet.measures
    ):
        was, is_now = before.measure(name), after.measure(name)
        if was and is_now:
            places = {part.slug: part.name for part in (*before.segments, *after.segments)}
            then = MeasureStatus(was, last, before.judging)
            now = MeasureStatus(is_now, last, after.judging)
            yield from _figures(then, now, slug, why, places)
            starts = _starts(was, is_now)
            said = (
                _of_measure(was, after.period, starts, places),
                _of_measure(is_now, after.period, starts, places),
            )
            yield from _compared(*said, slug, why, name, reasons=_reasons(was, is_now))
        else:
            texts = [measure.text if measure else "" for measure in (was, is_now)]
            yield Corrected(slug, "Measure", texts[0], texts[1], why, name)


def _compared(
    before: _Said, after: _Said, *of: str, reasons: Mapping[tuple, str] | None = None
) -> Iterator[Corrected]:
    """A correction for each thing that is said otherwise. ``of``: slug, why and the measure.

    ``reasons`` are those of what was set otherwise meanwhile, by what begins the key of a thing.
    """
    slug, why, *measure = of
    reasons = reasons or {}
    for key in dict.fromkeys([*after, *before]):
        what = (after.get(key) or before[key])[0]
        earlier, later = (said.get(key, ("", ""))[1] for said in (before, after))
        if key[0] in ("counts", "provisional", "comment") and key not in before:
            # It came with a figure that there was not, and is read beside it.
            continue
        if key[0] == "counts" and {earlier, later} == {"", HELD_BACK_WORDS}:
            # It never had any: the figure itself says that it is held back.
            continue
        if earlier != later:
            yield Corrected(slug, what, earlier, later, reasons.get(key[:2]) or why, *measure)


def _starts(was: Measure, now: Measure) -> list[str]:
    """The keys of the periods from which a definition of either holds; "" for the first."""
    return list(dict.fromkeys(start.since for m in (was, now) for start in m.known_definitions))


def _tolerances(before: VitalSigns, after: VitalSigns, slug: str, why: str) -> Iterator[Corrected]:
    """Tolerances that are others: what is the same of several measures is said once."""
    alike: dict[tuple[str, str, str, str], list[Measure]] = defaultdict(list)
    for now in after.measures:
        was = before.measure(now.slug)
        if was is None:
            continue
        for since in _starts(was, now):
            period = period_of(since) if since else None
            earlier, later = (tolerance_words(m.definition_in(period)) for m in (was, now))
            if earlier != later:
                reason = reason_since(was.known_definitions, now.known_definitions, period)
                alike[since, earlier, later, reason or why].append(now)
    for (since, earlier, later, reason), measures in alike.items():
        of = f": {measures[0].name}" if len(measures) == 1 else f" of {len(measures)} measures"
        start = f", from {_label(since)}" if since else ""
        about = measures[0].slug if len(measures) == 1 else ""
        yield Corrected(slug, f"Tolerance{of}{start}", earlier, later, reason, about)


def _reasons(was: Measure, now: Measure) -> dict[tuple, str]:
    """Why a definition or a target was set otherwise since, by what begins the key of what it is.

    ``was`` and ``now`` are the same measure in two sheets of one month.
    """
    reasons: dict[tuple, str] = {}
    before, after = was.known_definitions, now.known_definitions
    for since in {definition.since for definition in [*before, *after]}:
        period = period_of(since) if since else None
        reasons["defined", since] = reason_since(before, after, period)
    for change in now.target_changes:
        if change not in was.target_changes:
            for kind in ("target", "target note"):
                reasons[kind, change.period] = change.why
    return reasons


def _turned(then: MeasureStatus, now: MeasureStatus, was: Figure, later: Figure) -> str:
    """Why a figure that is the same has another colour: its definition or its target, or nothing.

    Both stand in sheets of one month.
    """
    if _as_given(was) != _as_given(later):
        return ""
    period = period_of(later.period)
    reasons = _reasons(then.measure, now.measure)
    definition = now.measure.definition_in(period)
    said = []
    if not then.measure.definition_in(period).alike(definition, _JUDGED_BY):
        before, after = then.measure.known_definitions, now.measure.known_definitions
        said.append(reason_since(before, after, period))
    target = now.target_in(period)
    if target != then.target_in(period):
        said.append(reasons.get(("target", target.period if target else later.period), ""))
    return "; ".join(dict.fromkeys(filter(None, said)))


def _as_given(result: Figure) -> tuple:
    return (result.status, result.value, result.numerator, result.denominator)


def _figures(then, now, slug, why, places):
    """The figures themselves, each with its month and part; what is said of them comes later."""
    earlier, later = (
        {(result.period, result.segment): result for result in status.measure.figures}
        for status in (then, now)
    )
    for key in dict.fromkeys([*later, *earlier]):
        was, figure_now = earlier.get(key), later.get(key)
        texts = [_figure(then, was), _figure(now, figure_now)]
        if texts[0] == texts[1]:
            continue
        if was and was.status != HELD_BACK and figure_now and figure_now.status == HELD_BACK:
            texts[0] = FIGURE_HELD_BACK
        what = month_figure_name(now.measure, key[0], places.get(key[1], key[1]))
        turned = _turned(then, now, was, figure_now) if was and figure_now else ""
        yield Corrected(
            slug, what, texts[0], texts[1], turned or why, now.measure.slug, key[0], key[1]
        )


def _figure(status, result):
    if result is None:
        return ""
    rated = status.rate(result).rating
    text = status.words_of(result)
    return f"{text}, {Rating(rated).label}" if rated in COLOURS else text


def month_figure_words(sheet: VitalSigns, measure: Measure, figure: Figure) -> str:
    """A figure in words with its colour as the sheet rates it, as a correction repeats it."""
    return _figure(MeasureStatus(measure, period_of(sheet.period), sheet.judging), figure)


def month_figure_name(measure: Measure, period: str, part: str) -> str:
    """What a correction calls the figure: measure, part by its name, and period by its key."""
    where = f", {part}" if part else ""
    return f"{measure.name}{where}, {_label(period)}"


def target_name(measure: str, period: str) -> str:
    """What a correction calls a measure's target: of the period with this key, or of all."""
    return f"Target of {measure}, {_label(period)}" if period else f"Target of {measure}"


def month_text_name(measure: str) -> str:
    """What a correction calls the words of a council's measure, from the first period on."""
    return f"{_OF_DEFINITION['text']}: {measure}"


def _of_sheet(sheet: VitalSigns) -> _Said:
    said: _Said = {
        ("title",): ("Name of the report", sheet.title),
        ("variance",): (
            VARIANCE,
            f"{sheet.exception_variance.normalize():f}%",
        ),
    }
    for segment in sheet.segments:
        said["segment", segment.slug] = (NAME_OF_A_PART, segment.name)
        said["kind", segment.slug] = (f"What {segment.name} is", segment.kind)
    return said


def _of_measure(
    measure: Measure, last: str, starts: Iterable[str], places: Mapping[str, str]
) -> _Said:
    """What is said of a measure and its figures, up to the period with the key ``last``.

    ``starts`` are the keys of the periods from which a definition holds, in either sheet;
    ``places`` are the names of parts.
    """
    name = measure.name
    said: _Said = {
        (field,): (f"{title}: {name}", str(getattr(measure, field)))
        for field, title in _OF_MEASURE.items()
    }
    official = "not official" if measure.not_official else "official"
    said["not_official",] = (f"Whether it is the official measure: {name}", official)
    for reference in measure.references:
        what = f"Number in {reference.framework} {reference.version}: {name}"
        said["reference", reference.framework, reference.version] = (what, reference.number)
    said |= (
        _of_figures(measure, places) | _of_targets(measure, last) | _of_definitions(measure, starts)
    )
    for card in measure.cards:
        said |= _of_card(name, card)
    for broken in measure.breaks:
        what = f"{broken.kind.capitalize()} from {_label(broken.period)}: {name}"
        said["break", broken.period, broken.kind] = (what, f"{broken.what} {broken.why}".strip())
    for benchmark in measure.benchmarks:
        what = f"{benchmark.comparator}, {_label(benchmark.period)}: {name}"
        of = (benchmark.period, benchmark.comparator)
        said["benchmark", *of] = (what, _value(measure, benchmark))
        said["benchmark note", *of] = (f"Note on {what}", benchmark.note)
    for other in measure.others:
        key = (other.period, other.what, other.segment)
        what = f"{other.what}, {_label(other.period)}: {name}"
        said["other", *key] = (f"Also printed: {what}", f"{other.words} ({other.value:f})")
        said["other note", *key] = (f"Note on what is also printed: {what}", other.note)
    return said


def _of_figures(measure: Measure, places: Mapping[str, str]) -> _Said:
    said: _Said = {}
    for result in measure.figures:
        key = (result.period, result.segment)
        part = places.get(result.segment, result.segment)
        what = month_figure_name(measure, result.period, part)
        counts = [f"{n:f}" for n in (result.numerator, result.denominator) if n is not None]
        text = HELD_BACK_WORDS if result.status == HELD_BACK else " of ".join(counts)
        said["counts", *key] = (f"{COUNTS} of {what}", text)
        said["provisional", *key] = (
            f"{FINAL}: {what}",
            "provisional" if result.provisional else "final",
        )
        said["comment", *key] = (f"{COMMENT} on {what}", result.note)
    return said


def said_beside(name: str) -> list[str]:
    """What corrections call the counts, the comment and the finality of the figure so named."""
    return [f"{COUNTS} of {name}", f"{FINAL}: {name}", f"{COMMENT} on {name}"]


def _of_targets(measure, last) -> _Said:
    """Targets up to the sheet's own month: one of a later month is no part of what it reports."""
    said: _Said = {}
    for target in measure.targets:
        if target.period and period_of(target.period).first_day > period_of(last).last_day:
            continue
        what = target_name(measure.name, target.period)
        until = f", until {_label(target.until)}" if target.until else ""
        said["target", target.period] = (what, f"{_value(measure, target)}{until}")
        said["target note", target.period] = (f"Note on {what}", target.note)
    return said


def _of_definitions(measure, starts) -> _Said:
    said: _Said = {}
    for since in starts:
        definition = measure.definition_in(period_of(since) if since else None)
        start = f", from {_label(since)}" if since else ""
        for field, title in _OF_DEFINITION.items():
            value = getattr(definition, field)
            text = "" if value is None else str(value)
            what = f"{title}: {measure.name}{start}"
            if field == "text" and not since:
                what = month_text_name(measure.name)
            said["defined", since, field] = (what, text)
    return said


def _of_card(name, card: Card) -> _Said:
    of = f"{name}, report card of {_label(card.period)}"
    said: _Said = {
        ("card", card.period, field): (f"{title}: {of}", getattr(card, field))
        for field, title in _OF_CARD.items()
    }
    exception = "by exception" if card.by_exception else ""
    said["card", card.period, "reported"] = (f"How it is reported: {of}", exception)
    for place, action in enumerate(card.actions, 1):
        due = f"by {day_words(action.due)}" if action.due else ""
        parts = {"": action.text, "who acts": action.owner, "by when": due}
        for part, text in parts.items():
            what = f"Action {place}{f', {part}' if part else ''}: {of}"
            said["action", card.period, place, part] = (what, text)
    return said


def _value(measure, row):
    """The figure of a target or a benchmark in words, or why there is none."""
    if row.value is None:
        return row.status.capitalize()
    then = measure.definition_in(period_of(row.period) if row.period else None)
    return figure(row.value, then.unit, then.decimals)


def _label(key):
    return period_of(key).label
