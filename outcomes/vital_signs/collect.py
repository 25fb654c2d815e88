"""Makes the sheet of a month from the records, in a number of queries that does not grow."""

import msgspec
from django.db.models import prefetch_related_objects

from bcfportal.lib import present
from bcfportal.lib.figures import plain
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import Definition, definitions_of
from outcomes.models import Measure, ReportCard, Result
from outcomes.vital_signs import content as s
from outcomes.vital_signs.content import Card, Figure
from projects.tolerances import Judged, tolerance_in
from publishing.models import Return, Snapshot
from publishing.version_cache import sheets_by_fingerprint

RELATED = (
    *("targets", "benchmarks", "breaks__by", "target_changes__by", "cards__actions"),
    "definition_changes__by",
    *("references", "other_printings__segment"),
)


def make_vital_signs(report: Return) -> s.VitalSigns:
    """The sheet of a council's return, with results up to the end of its month."""
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
            s.Segment(slug=each.slug, name=each.name, kind=each.kind)
            for each in council.segments.all()
        ],
        measures=[
            _measure(each, judged, period, figures.get(each.pk, []))
            for each in measures
            if had is None or each.slug in had
        ],
    )


def _had_before(report: Return) -> set[str] | None:
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
    definitions = [_with_tolerance(each, judged) for each in definitions_of(measure, period)]
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
            s.Reference(framework=each.framework, version=each.version, number=each.number)
            for each in measure.references.all()
        ],
        targets=[
            s.Target(
                period=each.period,
                status=each.status,
                value=plain(each.value),
                note=each.note,
                source=each.source,
                until=each.until,
            )
            for each in measure.targets.all()
        ],
        figures=figures,
        benchmarks=[
            s.Benchmark(
                period=each.period,
                comparator=each.comparator,
                status=each.status,
                value=plain(each.value),
                note=each.note,
                source=each.source,
            )
            for each in measure.benchmarks.all()
        ],
        breaks=[
            s.Break(
                period=each.period,
                kind=each.kind,
                why=each.why,
                by=each.by.post,
                on=each.at.date(),
            )
            for each in measure.breaks.all()
            if Period.parse(each.period).last_day <= period.last_day
        ],
        target_changes=[
            s.TargetChange(
                period=each.period,
                before_status=each.before_status,
                before=plain(each.before),
                after_status=each.after_status,
                after=plain(each.after),
                why=each.why,
                by=each.by.post,
                on=each.at.date(),
                before_note=each.before_note,
                after_note=each.after_note,
            )
            for each in measure.target_changes.all()
        ],
        cards=[
            _card(card)
            for card in measure.cards.all()
            if Period.parse(card.period).last_day <= period.last_day
        ],
        others=[
            s.OtherPrinting(
                period=each.period,
                what=each.what,
                value=plain(each.value),
                words=each.words,
                segment=each.segment.slug if each.segment else "",
                source=each.source,
                note=each.note,
            )
            for each in measure.other_printings.all()
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
            s.Action(text=each.text, owner=each.owner, due=each.due) for each in card.actions.all()
        ],
        note=card.note,
        source=card.source,
    )
