"""Makes what a project's content says of a measure from the records."""

from bcfportal.lib.figures import plain
from bcfportal.lib.periods import Period, period_of
from outcomes.definitions import definition_in, definitions_of, in_unit_of
from outcomes.models import Measure, Target
from outcomes.project_measures import content
from outcomes.targets import target_of


def measure_row(measure: Measure, period: Period) -> content.Measure:
    """A measure with the target of ``period``, and its targets and results up to its end."""
    target = target_in(measure, period)
    definitions = definitions_of(measure, period)
    now = definitions[-1]
    return content.Measure(
        position=measure.position,
        number=measure.number,
        heading=measure.heading,
        text=now.text,
        unit=now.unit,
        direction=now.direction,
        decimals=now.decimals,
        note=measure.note,
        source=measure.source,
        tolerance=now.tolerance,
        tolerance_kind=now.tolerance_kind,
        definitions=definitions if len(definitions) > 1 else [],
        accumulation=now.accumulation,
        target_status=target.status if target else Target.Status.NONE.value,
        target=plain(target.value) if target else None,
        target_note=target.note if target else "",
        targets=[
            _target(known_target)
            for known_target in measure.targets.all()
            if not known_target.period
            or Period.parse(known_target.period).last_day <= period.last_day
        ],
        results=[
            content.Result(
                period=result.period,
                segment=result.segment.name if result.segment else "",
                provider=(
                    result.segment.provider.name
                    if result.segment and result.segment.provider
                    else ""
                ),
                status=result.status,
                value=plain(result.value),
                numerator=plain(result.numerator),
                denominator=plain(result.denominator),
                unit=result.unit or definition_in(definitions, period_of(result.period)).unit,
                rating=result.rating,
                note=result.note,
                source=result.source,
            )
            for result in measure.results.all()
            if Period.parse(result.period).last_day <= period.last_day
        ],
    )


def target_in(measure: Measure, period: Period) -> Target | None:
    """The target that a figure of ``period`` is judged against; None for none."""
    return target_of(targets_in(measure, period), period)


def targets_in(measure: Measure, period: Period) -> list[Target]:
    """The targets of a measure (a record) that are in the unit of ``period``."""
    return in_unit_of(period, measure.targets.all(), definitions_of(measure))


def _target(target: Target) -> content.Target:
    return content.Target(
        period=target.period,
        status=target.status,
        value=plain(target.value),
        note=target.note,
        until=target.until,
    )
