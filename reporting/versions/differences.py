"""What a later sheet says otherwise than an earlier one: the corrections that the public reads."""

from collections.abc import Iterator

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from reporting.measures.table import rate_result, result_words, target_words
from reporting.sheets import Sheet
from reporting.versions.contents import Corrected
from reporting.vital_signs.sheet import VitalSigns
from reporting.vital_signs.standing import Standing

TEXTS = {
    "performance": "Performance in full",
    "summary_performance": "Short text for the summary",
    "rating_text": "Why it is rated so",
    "difference_reason": "Why it is not what the rule says",
    "cause": "Cause",
    "action": "Action",
    "action_owner": "Who acts",
    "variance_reason": "Why the forecast differs",
}


def differences(
    before: Sheet | VitalSigns, after: Sheet | VitalSigns, *, slug: str, why: str
) -> list[Corrected]:
    """Everything that was reported and is said otherwise, each with ``why``.

    What the sheet says of later periods, or of none before, is new and no correction.
    """
    if isinstance(after, VitalSigns):
        return list(_of_month(before, after, slug, why))
    return list(_of_project(before, after, slug, why))


def _of_project(before, after, slug, why) -> Iterator[Corrected]:
    if before.rating != after.rating:
        yield Corrected(slug, "Rating", _rating(before.rating), _rating(after.rating), why)
    for name, title in TEXTS.items():
        if getattr(before, name) != getattr(after, name):
            yield Corrected(slug, title, getattr(before, name), getattr(after, name), why)
    for name, title in (("spend_to_date", "Spent to date"), ("spend_forecast", "Forecast")):
        earlier, later = getattr(before, name), getattr(after, name)
        if earlier != later:
            yield Corrected(slug, title, _money(earlier), _money(later), why)
    years = sorted({*before.years, *after.years})
    for year in years:
        earlier, later = before.total_of(year), after.total_of(year)
        if earlier != later:
            what = f"Allocated in {financial_year_label(year)}"
            yield Corrected(slug, what, _money(earlier), _money(later), why)
    measures = {measure.position: measure for measure in before.measures}
    for measure in after.measures:
        old = measures.get(measure.position)
        if old is not None:
            yield from _of_measure(before, old, after, measure, slug, why)


def _of_measure(before, old, after, measure, slug, why):
    earlier = {(result.period, result.segment): result for result in old.results}
    for result in measure.results:
        key = (result.period, result.segment)
        was = earlier.get(key)
        if was is None or (was.value, was.status, was.numerator, was.denominator) == (
            result.value,
            result.status,
            result.numerator,
            result.denominator,
        ):
            continue
        where = f", {result.segment}" if result.segment else ""
        yield Corrected(
            slug,
            f"{measure.text}{where}, {result.period_label}",
            _figure(before, old, was),
            _figure(after, measure, result),
            why,
            str(measure.position),
            result.period,
            result.segment,
        )
    targets = {target.period: target for target in old.known_targets}
    for target in measure.known_targets:
        was = targets.get(target.period)
        if was is not None and (was.value, was.status) != (target.value, target.status):
            of = f", {target.period_label}" if target.period else ""
            yield Corrected(
                slug,
                f"Target of {measure.text}{of}",
                target_words(old, was),
                target_words(measure, target),
                why,
            )


def _figure(sheet, measure, result):
    rated = rate_result(sheet, measure, result).rating
    words = result_words(measure, result)
    return f"{words}, {rated.label}" if rated in COLOURS else words


def _of_month(before, after, slug, why):
    last = period_of(after.period)
    for measure in after.measures:
        old = before.measure(measure.slug)
        if old is None:
            continue
        earlier = {(figure.period, figure.segment): figure for figure in old.figures}
        then = Standing(old, last, before.judging)
        now = Standing(measure, last, after.judging)
        for figure in measure.figures:
            was = earlier.get((figure.period, figure.segment))
            if was is None or (was.value, was.status) == (figure.value, figure.status):
                continue
            where = f", {figure.segment}" if figure.segment else ""
            yield Corrected(
                slug,
                f"{measure.name}{where}, {period_of(figure.period).label}",
                _figure_of_month(then, was),
                _figure_of_month(now, figure),
                why,
                measure.slug,
                figure.period,
                figure.segment,
            )


def _figure_of_month(standing, figure):
    rated = standing.rate(figure).rating
    words = standing.words_of(figure)
    return f"{words}, {Rating(rated).label}" if rated in COLOURS else words


def _rating(key):
    return Rating(key).label


def _money(amount):
    return "" if amount is None else pounds(amount)
