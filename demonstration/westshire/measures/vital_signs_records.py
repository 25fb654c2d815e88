"""Records that no screen can make: the measures as they begin, and what came before the portal."""

from decimal import Decimal

from bcfportal.lib.periods import Period
from demonstration.westshire.measures.vital_signs import MONTH, NOT_OFFICIAL, SIGNS, THEMES, Sign
from demonstration.westshire.measures.vital_signs_figures import (
    FIRST,
    figures_of,
    periods_of,
    profile,
)
from demonstration.westshire.measures.vital_signs_texts import FOLLOW_UP_ACTIONS, WHY
from demonstration.westshire.story import MADE_UP, Story
from outcomes.models import FollowUpAction, Measure, Result, Target


def make_measures(story: Story) -> None:
    """The council's measures, the targets that they begin with, and the standard actions."""
    measures = {
        sign.slug: _measure(story.council, place, sign) for place, sign in enumerate(SIGNS, 1)
    }
    primary = [measures[sign.slug] for sign in SIGNS if not sign.supports]
    Measure.objects.bulk_create(primary)
    supporting = [sign for sign in SIGNS if sign.supports]
    for sign in supporting:
        measures[sign.slug].supports = measures[sign.supports]
    Measure.objects.bulk_create(measures[sign.slug] for sign in supporting)
    delay = measures["discharge-delay"]
    delay.rest_of = measures["discharged-on-ready-day"]
    delay.rest_average = measures["days-late"]
    delay.save(update_fields=["rest_of", "rest_average"])
    Target.objects.bulk_create(
        target for sign in SIGNS for target in _targets(sign, measures[sign.slug])
    )
    FollowUpAction.objects.bulk_create(
        FollowUpAction(council=story.council, number=number, title=title, description=description)
        for number, (title, description) in enumerate(FOLLOW_UP_ACTIONS, 1)
    )


def _measure(council, place, sign: Sign):
    lead, owner = THEMES[sign.theme]
    return Measure(
        council=council,
        collection=sign.collection,
        slug=sign.slug,
        position=place,
        text=sign.text,
        short_title=sign.name,
        theme=sign.theme,
        unit=sign.unit,
        direction=sign.direction,
        decimals=sign.decimals,
        frequency=sign.frequency,
        accumulation="cumulative" if sign.added_up else "snapshot",
        numerator_name=sign.parts[0],
        denominator_name=sign.parts[1],
        multiplier=sign.multiplier,
        breakdown=sign.breakdown,
        why=WHY.get(sign.slug, ""),
        lead=lead,
        data_owner=owner,
        note=sign.note or MADE_UP,
        not_official=sign.note == NOT_OFFICIAL,
    )


def _targets(sign, measure):
    """The targets in force when the portal begins; those of 2026/27 are set on it."""
    if sign.target:
        last = Period(2026, month=12).key
        yield Target(measure=measure, until=last, status="set", value=Decimal(sign.target))
    if sign.not_yet_set:
        yield Target(measure=measure, status="not yet set")
    if sign.profile:
        for period in periods_of(sign):
            if period.start_year == 2025:
                value = profile(sign, period)
                yield Target(measure=measure, period=period.key, status="set", value=value)
    if sign.slug == "at-home-91-days":
        for year, value in ((2025, Decimal(84)), (2026, Decimal(86))):
            yield Target(measure=measure, period=Period(year).key, status="set", value=value)


def make_history(story: Story) -> None:
    """The figures of the months before the council began to use the portal."""
    measures = {measure.slug: measure for measure in story.council.measures.all()}
    segments = {segment.slug: segment for segment in story.council.segments.all()}
    before = FIRST.first_day
    Result.objects.bulk_create(
        _result(measures[sign.slug], key, segments.get(segment), figure)
        for sign in SIGNS
        for (key, segment), figure in figures_of(sign).items()
        if Period.parse(key).last_day < before and not came_later(sign, key)
    )


def came_later(sign: Sign, key: str) -> bool:
    """Whether a figure of a quarter or year before 2026 came in only during the story."""
    return sign.frequency != MONTH and key in ("2025-26-q3", "2025-26")


def enter(story: Story, slug: str, key: str) -> None:
    """A quarter's or a year's figure comes in: no screen of a month asks for it."""
    sign = next(sign for sign in SIGNS if sign.slug == slug)
    measure = story.council.measures.get(slug=slug)
    _result(measure, key, None, figures_of(sign)[(key, "")]).save()


def _result(measure, key, segment, figure):
    return Result(
        measure=measure,
        period=key,
        segment=segment,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
    )
