"""How a later sheet differs from an earlier one: the corrections that the public reads."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from bcfportal.lib import present
from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from outcomes.definitions import reason_since, tolerance_words
from outcomes.project_measures.content import HELD_BACK, Measure, Result
from outcomes.project_measures.table import rate_result, result_words, target_words, tolerance_of
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.differences import COUNTS, differences_of_month, target_name
from publishing.period_versions.content import FIGURE_HELD_BACK, Corrected, is_held_back
from returns.content import Sheet

# What a sheet says in words, by field; each field of a sheet is here, below, or in ``NOT_SAID``.
TEXTS = {
    "title": "Name",
    "short_title": "Short name",
    "condition_title": "Serves",
    "description": "What it is",
    "rationale": "Why",
    "method": "How",
    "summary_description": "What it is, in the summary",
    "summary_method": "How, in the summary",
    "summary_total_as_printed": "Total as printed",
    "summary_total_note": "Note on the total",
    "measures_introduction": "Words above the measures",
    "performance": "Performance in full",
    "summary_performance": "Short text for the summary",
    "rating_text": "Why it is rated so",
    "difference_reason": "Why it is not what the rule says",
    "cause": "Cause",
    "action": "Action",
    "action_owner": "Who acts",
    "variance_reason": "Why the forecast differs",
}
RATINGS = {"rating": "Rating", "forecast_rating": "Rating expected at year end"}
DAYS = {"action_due": "By when"}
LISTS = {"providers": "Providers", "notes": "Notes on this record"}
MONEY = {"spend_to_date": "Spent to date", "spend_forecast": "Forecast"}
PARTS = ("streams", "measures", "promises")
# Of the definition of a measure, but for its text.
DEFINED = {
    "unit": "Unit",
    "direction": "What is better",
    "accumulation": "How it is counted",
    "decimals": "Decimals",
}
# Why a field is no correction of its own.
NOT_SAID = {
    "schema": "how the content is written",
    "slug": "the address, which never changes",
    "kind": "whether it reports; said by its place in the lists",
    "contents_entry": "the line of a document's contents",
    "contents_page": "the page of a document",
    "condition_number": "said with its title",
    "source": "where it comes from, not what it says",
    "rule_rating": "follows from the figures",
    "rule_reason": "follows from the figures",
    "spend_year": "the year of the period",
    "approved_own_since": "who approved it; said beside the version",
    "unchanged": "a tick of the commissioner's, not published",
    "tolerance": "a setting of the council's, with its own history",
    "tolerance_kind": "a setting of the council's, with its own history",
    "period": "the period of the return",
    "provider_slugs": "how providers are told apart; their names are compared",
}

WORDS_NOT_SHOWN = "words that are no longer shown"
COUNTS_NOT_SHOWN = "counts that are held back now"
# How a correction begins that tells no figure, whatever is held back beside it.
NEVER_TELL = (
    *RATINGS.values(),
    *DAYS.values(),
    *MONEY.values(),
    "Allocated in ",
    "Target of ",
    "Tolerance: ",
    "For each: ",
    *(f"{title}: " for title in DEFINED.values()),
)


def differences(
    before: Sheet | VitalSigns, after: Sheet | VitalSigns, *, slug: str, why: str
) -> list[Corrected]:
    """Everything that ``after`` says differently, each with ``why``.

    ``slug`` is the project's, or that of the council's measures. Both sheets are of one kind.
    A figure that is held back from now on, and words that changed with it, are not repeated.
    """
    if isinstance(before, VitalSigns) and isinstance(after, VitalSigns):
        corrections = list(differences_of_month(before, after, slug, why))
    elif isinstance(before, Sheet) and isinstance(after, Sheet):
        name = after.short_title
        corrections = [
            msgspec.structs.replace(correction, title=name)
            for correction in _of_project(before, after, slug, why)
        ]
    else:
        raise TypeError("Both sheets are of one kind.")
    return _without_words(corrections, isinstance(after, VitalSigns))


def _without_words(corrections, by_measure):
    """The same without the words that may tell what a figure was that is held back from now on.

    Of a project all of its words may; of a council's measures those of the measure.
    """
    hidden = {correction.measure for correction in corrections if is_held_back(correction)}
    return [
        msgspec.structs.replace(
            correction,
            before=COUNTS_NOT_SHOWN
            if correction.what.startswith(f"{COUNTS} of ")
            else WORDS_NOT_SHOWN,
        )
        if correction.before
        and hidden
        and (correction.measure in hidden or not by_measure)
        and tells(correction)
        else correction
        for correction in corrections
    ]


def tells(corrected: Corrected) -> bool:
    """Whether what is corrected are words, which may tell a figure that they are about."""
    return not corrected.is_figure and not corrected.what.startswith(NEVER_TELL)


def _of_project(before, after, slug, why) -> Iterator[Corrected]:
    for fields, written in (
        (RATINGS, _rating),
        (TEXTS, str),
        (DAYS, _day),
        (LISTS, "; ".join),
        (MONEY, _money),
    ):
        for name, title in fields.items():
            earlier, later = getattr(before, name), getattr(after, name)
            if earlier != later:
                yield Corrected(slug, title, written(earlier), written(later), why)
    yield from _of_money(before, after, slug, why)
    was, now = (_said_to_come(sheet) for sheet in (before, after))
    if was != now:
        yield Corrected(slug, "Said to come", was, now, why)
    earlier, later = ({m.position: m for m in sheet.measures} for sheet in (before, after))
    for position in dict.fromkeys([*earlier, *later]):
        old, new = earlier.get(position), later.get(position)
        if old and new:
            yield from _of_measure(before, old, after, new, slug, why)
        else:
            yield Corrected(slug, "Measure", old.text if old else "", new.text if new else "", why)


def _said_to_come(sheet: Sheet) -> str:
    """What was said beside the action, which is compared by itself, and what was answered."""
    return "; ".join(promise.in_words for promise in sheet.promises if promise.key_kind != "return")


def _of_money(before, after, slug, why):
    for year in sorted({*before.years, *after.years}):
        earlier, later = before.total_of(year), after.total_of(year)
        if earlier != later:
            what = f"Allocated in {financial_year_label(year)}"
            yield Corrected(slug, what, _money(earlier), _money(later), why)
    was, now = (
        "; ".join(f"{amounts.as_printed}: {amounts.purpose}" for amounts in s.stated_sums)
        for s in (before, after)
    )
    if was != now:
        yield Corrected(slug, "Sums without a year", was, now, why)
    streams = [
        {amounts.title or amounts.fund.name: amounts.description for amounts in sheet.streams}
        for sheet in (before, after)
    ]
    for name in dict.fromkeys([*streams[0], *streams[1]]):
        earlier, later = (amounts.get(name, "") for amounts in streams)
        if earlier != later:
            yield Corrected(slug, f"What {name} pays for", earlier, later, why)


def _of_measure(before, old, after, measure, slug, why):
    def said(what, earlier, later, *of):
        if earlier != later:
            yield Corrected(slug, what, earlier, later, why, *of)

    if old.text != measure.text:
        own_why = _renamed(old, measure) or why
        yield Corrected(slug, measure_text_name(measure.key), old.text, measure.text, own_why)
    yield from said(f"Note on {measure.text}", old.note, measure.note)
    for what, was, now, own_why in _of_definition(before, old, after, measure):
        if was != now:
            yield Corrected(slug, what, was, now, own_why or why)
    results = [{(r.period, r.segment): r for r in measures.results} for measures in (old, measure)]
    for key in dict.fromkeys([*results[0], *results[1]]):
        was, now = (by_key.get(key) for by_key in results)
        either = present(now or was)
        name = figure_name(measure, either)
        of = (str(measure.position), either.period, either.segment)
        # With its colour, which a target or a definition may have turned.
        earlier = figure_words(before, old, was) if was else ""
        if earlier and now and now.status == HELD_BACK:
            earlier = FIGURE_HELD_BACK if was and was.status != HELD_BACK else earlier
        later = figure_words(after, measure, now) if now else ""
        if earlier != later:
            turned = was and now and same_figure(was, now) and _redefined(old, measure, key[0])
            yield Corrected(slug, name, earlier, later, turned or why, *of)
        notes = [result.note if result else "" for result in (was, now)]
        yield from said(f"Comment on {name}", *notes)
    targets = [
        {t.period: t for t in before_or_after.known_targets} for before_or_after in (old, measure)
    ]
    for key in dict.fromkeys([*targets[0], *targets[1]]):
        was, now = (
            by_key.get(key) or (of_measure.target_in(key) if key else None)
            for by_key, of_measure in zip(targets, (old, measure), strict=True)
        )
        yield from said(
            target_name(measure.text, key),
            target_words(old, was) if was else "",
            target_words(measure, now) if now else "",
        )


def measure_text_name(key: str) -> str:
    """What a correction calls the words of a project's measure; ``key`` is its number or place."""
    return f"Measure {key}"


def _renamed(old: Measure, measure: Measure) -> str:
    """Why another definition since has other words; nothing where they were put right in all."""
    known = {(then.since, then.why, then.on) for then in old.known_definitions}
    begun = [
        now.why
        for before, now in pairwise(measure.known_definitions)
        if now.text != before.text and (now.since, now.why, now.on) not in known
    ]
    return begun[-1] if begun else ""


def _of_definition(before, old, after, measure):
    """(what, words before, words now, reason) of what a measure's figures are, from each change on.

    The reason is that of the change, where there was one; of the return else.
    """
    starts = dict.fromkeys(
        definition.since for m in (old, measure) for definition in m.known_definitions
    )
    for since in starts:
        start = f", from {period_of(since).label}" if since else ""
        was, now = (either.definition_in(since) for either in (old, measure))
        why = reason_since(
            old.known_definitions, measure.known_definitions, period_of(since) if since else None
        )
        for field, title in DEFINED.items():
            texts = [str(getattr(definition, field) or "") for definition in (was, now)]
            yield f"{title}: {measure.text}{start}", *texts, why
        texts = [
            _tolerance(sheet, definition) for sheet, definition in ((before, was), (after, now))
        ]
        yield f"Tolerance: {measure.text}{start}", *texts, why


def _redefined(old, measure, period):
    """Why the measure is defined otherwise in the period; nothing where it is not, or none said."""
    was, now = (each.definition_in(period) for each in (old, measure))
    if was == now:
        return ""
    return reason_since(old.known_definitions, measure.known_definitions, period_of(period))


def _tolerance(sheet, definition):
    """The measure's own, or the council's of the sheet: in words."""
    held = tolerance_of(sheet, definition)
    return tolerance_words(
        msgspec.structs.replace(definition, tolerance=held.amount, tolerance_kind=held.kind)
    )


def same_figure(result: Result, other: Result) -> bool:
    """Whether two results of a sheet say the same figure, or the same reason for none."""
    return all(
        getattr(result, name) == getattr(other, name)
        for name in ("value", "status", "numerator", "denominator")
    )


def figure_name(measure: Measure, result: Result) -> str:
    """What a correction calls the figure: measure, part and period."""
    return ", ".join(filter(None, (measure.text, result.part, result.period_label)))


def figure_words(sheet: Sheet, measure: Measure, result: Result) -> str:
    """A result in words with its colour, as a correction repeats it."""
    rated = rate_result(sheet, measure, result).rating
    text = result_words(measure, result)
    return f"{text}, {rated.label}" if rated in COLOURS else text


def _rating(key):
    return Rating(key).label if key else ""


def _day(day):
    return day_words(day) if day else ""


def _money(amount):
    return "" if amount is None else pounds(amount)
