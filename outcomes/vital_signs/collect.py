"""Makes the sheet of a month from the records, in a number of queries that does not grow."""

import msgspec
from django.db.models import prefetch_related_objects

from bcfportal.lib import present
from bcfportal.lib.figures import plain
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import Definition, definitions_of
from outcomes.models import Measure, Month, ReportCard, Result
from outcomes.vital_signs import content as s
from outcomes.vital_signs.content import Card, Figure
from projects.tolerances import Judged, tolerance_in
from publishing.models import Snapshot
from publishing.version_cache import sheets_by_fingerprint

RELATED = (
    *("targets", "benchmarks", "breaks__by", "target_changes__by", "cards__actions"),
    "definition_changes__by",
    *("references", "other_printings__segment"),
)


def make_vital_signs(report: Month) -> s.VitalSigns:
    """The sheet of a month, with results up to its end."""
    period = Period.parse(report.period.key)
    council = report.period.council
    # Read once: the measures below know this very council.
    prefetch_related_objects([council], "tolerance_changes__by")
    judged = tolerance_in(council, period)
    measures = list(
        council.measures.select_related("supports", "same_as")
        .prefetch_related(*RELATED)
        .order_by("collection", "position")
    )
    had = _had_before(report)
    figures: dict[int, list[s.Figure]] = {}
    for result in (
        Result.objects.filter(measure__council=council)
        .select_related("segment")
        .order_by("measure", "segment__order", "period")
    ):
        if period_of(result.period).last_day <= period.last_day:
            figures.setdefault(result.measure_id, []).append(_figure(result))
    return s.VitalSigns(
        schema=s.SCHEMA,
        title=report.title,
        period=report.period.key,
        exception_variance=plain(judged.exception_variance),
        segments=[
            s.Segment(
                slug=segment.slug, name=segment.called_on(report.period.as_at), kind=segment.kind
            )
            for segment in council.segments.prefetch_related("provider__name_changes")
        ],
        measures=[
            _measure(measure, judged, period, figures.get(measure.pk, []))
            for measure in measures
            if had is None or measure.slug in had
        ],
    )


def _had_before(report: Month) -> set[str] | None:
    """The measures of the month's first published sheet; None where it has none yet.

    A correction says otherwise what was reported: a measure that began since has no place in it.
    """
    published = Snapshot.objects.filter(report=report, versions__isnull=False)
    first = published.order_by("number").first()
    if first is None:
        return None
    sheet = sheets_by_fingerprint([first.fingerprint], s.VitalSigns)[first.fingerprint]
    return {measure.slug for measure in sheet.measures}


def _figure(result: Result) -> Figure:
    return s.Figure(
        period=result.period,
        status=result.status,
        segment=result.segment.slug if result.segment else "",
        value=plain(result.value),
        numerator=plain(result.numerator),
        denominator=plain(result.denominator),
        provisional=result.provisional,
        note=result.note,
        source=result.source,
    )


def _measure(measure: Measure, judged: Judged, period: Period, figures: list[Figure]) -> s.Measure:
    definitions = [
        _with_tolerance(definition, judged) for definition in definitions_of(measure, period)
    ]
    now = definitions[-1]
    return s.Measure(
        slug=measure.slug,
        collection=measure.collection,
        text=now.text,
        short_title=measure.short_title,
        theme=measure.theme,
        unit=now.unit,
        direction=now.direction,
        decimals=now.decimals,
        frequency=measure.frequency,
        accumulation=now.accumulation,
        numerator_name=now.numerator_name,
        denominator_name=now.denominator_name,
        multiplier=now.multiplier,
        tolerance=present(now.tolerance),
        tolerance_kind=now.tolerance_kind,
        definitions=definitions if len(definitions) > 1 else [],
        can_be_below_zero=measure.can_be_below_zero,
        can_be_above_whole=measure.can_be_above_whole,
        counted_until=measure.counted_until,
        not_official=measure.not_official,
        why=measure.why,
        lead=measure.lead,
        data_owner=measure.data_owner,
        supports=measure.supports.slug if measure.supports else "",
        same_as=measure.same_as.slug if measure.same_as else "",
        note=measure.note,
        source=measure.source,
        references=[
            s.Reference(
                framework=reference.framework, version=reference.version, number=reference.number
            )
            for reference in measure.references.all()
        ],
        targets=[
            s.Target(
                period=target.period,
                status=target.status,
                value=plain(target.value),
                note=target.note,
                source=target.source,
                until=target.until,
            )
            for target in measure.targets.all()
        ],
        figures=figures,
        benchmarks=[
            s.Benchmark(
                period=benchmark.period,
                comparator=benchmark.comparator,
                status=benchmark.status,
                value=plain(benchmark.value),
                note=benchmark.note,
                source=benchmark.source,
            )
            for benchmark in measure.benchmarks.all()
        ],
        breaks=[
            s.Break(
                period=series_break.period,
                kind=series_break.kind,
                why=series_break.why,
                by=series_break.by.post_at(series_break.at),
                on=series_break.at.date(),
            )
            for series_break in measure.breaks.all()
            if Period.parse(series_break.period).last_day <= period.last_day
        ],
        target_changes=[
            s.TargetChange(
                period=change.period,
                before_status=change.before_status,
                before=plain(change.before),
                after_status=change.after_status,
                after=plain(change.after),
                why=change.why,
                by=change.by.post_at(change.at),
                on=change.at.date(),
                before_note=change.before_note,
                after_note=change.after_note,
            )
            for change in measure.target_changes.all()
        ],
        cards=[
            _card(card)
            for card in measure.cards.all()
            if Period.parse(card.period).last_day <= period.last_day
        ],
        others=[
            s.OtherPrinting(
                period=printing.period,
                what=printing.what,
                value=plain(printing.value),
                words=printing.words,
                segment=printing.segment.slug if printing.segment else "",
                source=printing.source,
                note=printing.note,
            )
            for printing in measure.other_printings.all()
        ],
    )


def _with_tolerance(definition: Definition, judged: Judged) -> Definition:
    """The definition with the council's tolerance where it has none of its own."""
    if definition.tolerance is not None:
        return definition
    return msgspec.structs.replace(
        definition,
        tolerance=plain(judged.rating_tolerance),
        tolerance_kind=judged.rating_tolerance_kind,
    )


def _card(card: ReportCard) -> Card:
    return s.Card(
        period=card.period,
        explains=card.explains,
        success=card.success,
        by_exception=card.by_exception,
        exception_words=card.exception_words,
        budget_reason=card.budget_reason,
        risk_reason=card.risk_reason,
        actions=[
            s.Action(text=action.text, owner=action.owner, due=action.due)
            for action in card.actions.all()
        ],
        note=card.note,
        source=card.source,
    )
