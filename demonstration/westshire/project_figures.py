"""The figures of the projects' measures: from a seed, or the story's own, and as records."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from demonstration.westshire import council, projects
from demonstration.westshire.council import BEGINS
from demonstration.westshire.project_measures import (
    BEFORE,
    LAST_Q1,
    LAST_Q2,
    LAST_Q3,
    LAST_Q4,
    LAST_YEAR,
    MEASURES,
    NOT_SET,
    Q1,
    Q2,
    Q3,
    YEAR,
    Counted,
    profile,
)
from demonstration.westshire.projects import ADDED, LATER
from demonstration.westshire.story import SEED, Step, Story, moment
from outcomes.models import Measure, Result, Target
from projects.models import Project

PERIODS = (BEFORE, LAST_Q1, LAST_Q2, LAST_Q3, LAST_Q4, Q1, Q2, Q3)
# The quarters before the portal was used, whose results are records that nobody typed.
TAKEN_OVER = PERIODS[:4]
WHOLE = ""
# Most projects do a little better than they plan to.
EASE = {"bigger is better": 1.04, "smaller is better": 0.95}
# A figure as people type it: the value, or the numerator and the denominator.
Figure = dict[str, str]


def steps() -> Iterator[Step]:
    yield Step(BEGINS, _add_measures)
    yield Step(ADDED, _add_later)
    yield Step(moment(2026, 3, 30), _take_over_results)
    # The yearly results, when the year was counted.
    yield Step(moment(2026, 4, 20), lambda story: _take_over_years(story, "2025-26"))


@cache
def figures_of(slug: str) -> dict[tuple[int, str, str], Figure]:
    """By place of the measure, segment and period what a return types, or a reason for none."""
    chance = Random(f"{SEED} projects {slug}")  # noqa: S311 - not for secrets
    figures = {}
    for position, counted in enumerate(MEASURES[slug], 1):
        for number, segment in enumerate(segments_of(slug, counted)):
            for period in PERIODS:
                drawn = _drawn(counted, number, period, chance)
                own = counted.own.get(period)
                figures[(position, segment, period)] = _own(own) if own else drawn
    return figures


def segments_of(slug: str, counted: Counted) -> tuple[str, ...]:
    """The segments that the measure is split by; the whole alone where it is not."""
    if counted.by == "locality":
        return tuple(name.lower().replace(" ", "-") for name in council.LOCALITIES)
    if counted.by == "provider":
        groups = (projects.WELL, projects.SOONER, projects.STEADY, projects.FOR_CARERS)
        entry = next(project for group in groups for project in group if project.slug == slug)
        return tuple(f"provider-{number}" for number in entry.providers)
    return (WHOLE,)


def _drawn(counted: Counted, number: int, period: str, chance: Random) -> Figure:
    usual = counted.usual * EASE.get(counted.better, 1)
    if counted.by == "provider":
        usual *= (1, 0.97, 1.02)[number]
    if counted.added_up:
        usual *= int(period[-1]) / 4
    value = usual * (1 + chance.uniform(-counted.swing, counted.swing))
    if counted.of:
        whole = round(counted.of * (1 + chance.uniform(-0.1, 0.1)))
        part = min(round(whole * value / 100), whole)
        return {"numerator": str(part), "denominator": str(whole)}
    if counted.unit == "%" and counted.usual <= 100:
        value = min(value, 100)
    step = Decimal(1).scaleb(-counted.decimals)
    return {"value": f"{Decimal(value).quantize(step, ROUND_HALF_UP):f}"}


def _own(text: str) -> Figure:
    said, comment, expected = (*text.split("|"), "", "")[:3]
    if not re.match(r"-?\d", said):
        typed = {"none": said, "comment": comment, "expected": expected}
        return {box: text for box, text in typed.items() if text}
    return {"value": said} | ({"comment": comment} if comment else {})


def _add_measures(story: Story) -> None:
    for slug in MEASURES:
        if slug != LATER.slug:
            _add_measures_of(story, slug)


def _add_later(story: Story) -> None:
    _add_measures_of(story, LATER.slug)


def _add_measures_of(story: Story, slug: str) -> None:
    project = Project.objects.get(council=story.council, slug=slug)
    measures = Measure.objects.bulk_create(
        Measure(
            project=project,
            position=position,
            heading=counted.heading,
            text=counted.text,
            unit=counted.unit,
            direction=counted.better,
            decimals=counted.decimals,
            frequency="year" if counted.yearly else "quarter",
            accumulation="cumulative" if counted.added_up else "snapshot",
            breakdown=counted.by,
        )
        for position, counted in enumerate(MEASURES[slug], 1)
    )
    Target.objects.bulk_create(
        target
        for measure, counted in zip(measures, MEASURES[slug], strict=True)
        for target in _targets(measure, counted)
    )


def _targets(measure, counted):
    wanted = counted.target
    if wanted is None:
        return [Target(measure=measure, status="no target")]
    if wanted == NOT_SET:
        return [Target(measure=measure, status=NOT_SET)]
    if counted.added_up and not isinstance(wanted, dict):
        wanted = profile(wanted, LAST_YEAR) | profile(wanted, YEAR)
    by_period = wanted if isinstance(wanted, dict) else {"": wanted}
    return [
        Target(
            measure=measure,
            period=period,
            until="" if period else YEAR[-1],
            status="set",
            value=value,
        )
        for period, value in by_period.items()
    ]


def _take_over_results(story: Story) -> None:
    """The results of the quarters before the portal was used, and one before the council began."""
    segments = {segment.slug: segment for segment in story.council.segments.all()}
    results = []
    for measure in _measures_of(story):
        figures = figures_of(measure.project.slug)
        counted = MEASURES[measure.project.slug][measure.position - 1]
        if counted.yearly:
            continue
        for segment in segments_of(measure.project.slug, counted):
            for period in TAKEN_OVER:
                # Only some measures were counted before the council began.
                if period == BEFORE and measure.position != 1:
                    continue
                figure = figures[(measure.position, segment, period)]
                results.append(_result(measure, segments.get(segment), period, figure))
    Result.objects.bulk_create(results)
    _take_over_years(story, "2024-25")


def _take_over_years(story: Story, year: str) -> None:
    """The yearly results, as records: in place of what a return said of the year, if it did."""
    for measure in _measures_of(story):
        counted = MEASURES[measure.project.slug][measure.position - 1]
        if year in counted.years:
            Result.objects.update_or_create(
                measure=measure,
                period=year,
                segment=None,
                defaults={"value": Decimal(str(counted.years[year])), "status": "reported"},
            )


def _measures_of(story):
    return Measure.objects.filter(project__council=story.council).select_related("project")


def _result(measure, segment, period, figure):
    numerator, denominator = (figure.get(name) for name in ("numerator", "denominator"))
    value = figure.get("value") or Decimal(numerator) * 100 / Decimal(denominator)
    step = Decimal(1).scaleb(-measure.decimals - (0 if "value" in figure else 1))
    return Result(
        measure=measure,
        segment=segment,
        period=period,
        value=Decimal(value).quantize(step, ROUND_HALF_UP),
        numerator=numerator and Decimal(numerator),
        denominator=denominator and Decimal(denominator),
    )
