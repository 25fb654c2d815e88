"""What is compared with others: the outcomes framework of a year, and how care is rated."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from demonstration.westshire.council import BEGINS
from demonstration.westshire.measures.vital_signs import BIGGER, NEITHER, SMALLER, YEAR
from demonstration.westshire.story import MADE_UP, Step, Story, moment
from outcomes.models import Benchmark, FrameworkReference, Measure, OtherPrinting, Result, Target

FRAMEWORK, CARE_QUALITY = Measure.Collection.FRAMEWORK.value, Measure.Collection.CARE_QUALITY.value
NUMBERED_IN = ("ASCOF", "2023/24")
LAST_YEAR, THIS_YEAR = "2024-25", "2025-26"

# Number, slug, name, unit, decimals, direction; results of the two years; the target; what the
# family group, the region and England came to last year, where that is known.
INDICATORS = (
    ("1A", "framework-quality-of-life", "Quality of life of people who use care", "score", 1,
     BIGGER, "19.1", "19.3", "19.2", ("19.2", "19.0", "19.1")),
    ("1C", "framework-carers-life", "Quality of life of carers", "score", 1, BIGGER, "7.3", "7.2",
     "7.5", ("7.4", "7.3", "7.3")),
    ("2A", "framework-reablement", "No further care after reablement", "%", 1, BIGGER, "73.8",
     "74.9", "75", ("76.2", None, "77.1")),
    ("2B", "framework-younger-admissions", "Long-term admissions to care, aged 18 to 64",
     "per 100,000", 1, SMALLER, "14.9", "15.6", "14", ("15.1", "14.2", "15.2")),
    ("2C", "framework-older-admissions", "Long-term admissions to care, aged 65 and over",
     "per 100,000", 1, SMALLER, "548.6", "533.2", "520", ("561.0", "540.4", "560.9")),
    ("2D", "framework-at-home-91", "At home 91 days after leaving hospital", "%", 0, BIGGER, "84",
     "85", "84", ("83", "82", "84")),
    ("2E", "framework-learning-disability-work",
     "Adults with a learning disability in paid work", "%", 0, BIGGER, "4", "4", "4",
     ("5", "5", None)),
    ("3A", "framework-in-control", "People who feel in control of their lives", "%", 1, BIGGER,
     "77.6", "78.0", "", ("78.1", "77.0", "77.6")),
)  # fmt: skip
COMPARATORS = [comparator.value for comparator in Benchmark.Comparator]
# The council's own measure of the same thing, and the framework's indicator.
SAME = (
    ("at-home-91-days", "framework-at-home-91"),
    ("learning-disability-work", "framework-learning-disability-work"),
    ("residential-admissions-65", "framework-older-admissions"),
    ("carers-quality-of-life", "framework-carers-life"),
)

SECTORS = (
    ("nursing-homes", "Nursing homes"),
    ("residential-homes", "Residential homes"),
    ("home-care-agencies", "Home care agencies"),
)
# Of how many providers, how many were rated good or outstanding at four quarters' ends.
RATED_GOOD = {
    "nursing-homes": (41, (29, 31, 32, 33)),
    "residential-homes": (96, (77, 78, 80, 82)),
    "home-care-agencies": (88, (75, 74, 77, 79)),
}
RATED_AT = ("2025-26-m12", "2026-27-m03", "2026-27-m06", "2026-27-m09")
RATED_ON = {
    "2025-26-m12": moment(2026, 4, 8, 16),
    "2026-27-m03": moment(2026, 7, 8, 16),
    "2026-27-m06": moment(2026, 10, 7, 16),
    "2026-27-m09": moment(2027, 1, 7, 16),
}
VISITS = {"2025-26-m12": 34, "2026-27-m03": 41, "2026-27-m06": 38, "2026-27-m09": 36}


def steps() -> Iterator[Step]:
    yield Step(BEGINS, make_indicators)
    yield Step(moment(2026, 1, 5, 9, 30), enter_last_year)
    yield Step(moment(2026, 10, 22, 11), enter_this_year)
    for key in RATED_AT:
        yield Step(RATED_ON[key], partial(enter_quality, key=key))


def make_indicators(story: Story) -> None:
    """The framework's indicators with their numbers and targets, and the measures of quality."""
    for place, indicator in enumerate(INDICATORS, 1):
        number, slug, name, unit, decimals, direction, _, _, target, _ = indicator
        measure = _measure(
            story, FRAMEWORK, place, slug, name, unit, decimals, direction, frequency=YEAR,
            theme="People and carers" if number[0] != "2" else "Independence",
        )  # fmt: skip
        framework, version = NUMBERED_IN
        FrameworkReference.objects.create(
            measure=measure, framework=framework, version=version, number=number
        )
        if target:
            Target.objects.create(
                measure=measure, period=THIS_YEAR, status="set", value=Decimal(target)
            )
    for slug, other in SAME:
        measures = story.council.measures
        measures.filter(slug=slug).update(same_as=measures.get(slug=other))
    for order, (slug, name) in enumerate(SECTORS, 1):
        story.council.segments.create(slug=slug, kind="sector", name=name, order=order)
    good = _measure(
        story, CARE_QUALITY, 1, "rated-good", "Providers rated good or outstanding", "%", 1, BIGGER,
        multiplier=100, breakdown="sector", numerator_name="Good or outstanding",
        denominator_name="Providers rated",
    )  # fmt: skip
    Target.objects.create(measure=good, period="2026-27-m12", status="set", value=Decimal(88))
    _measure(story, CARE_QUALITY, 2, "quality-visits", "Visits of the quality team", "visits", 0,
             BIGGER)  # fmt: skip
    _measure(
        story, CARE_QUALITY, 3, "providers", "Providers of care in the county", "providers", 0,
        NEITHER, note="Counted by registration: a provider with two homes counts twice.",
    )  # fmt: skip


def enter_last_year(story: Story) -> None:
    """What the council came to in 2024/25, and what others did: the figures before the portal."""
    measures = {
        measure.slug: measure for measure in story.council.measures.filter(collection=FRAMEWORK)
    }
    for _, slug, *_, last, _, _, others in INDICATORS:
        Result.objects.create(measure=measures[slug], period=LAST_YEAR, value=Decimal(last))
        for comparator, value in zip(COMPARATORS, others, strict=True):
            Benchmark.objects.create(
                measure=measures[slug],
                period=LAST_YEAR,
                comparator=comparator,
                status="reported" if value else "not available",
                value=Decimal(value) if value else None,
            )


def enter_this_year(story: Story) -> None:
    """The results of 2025/26 come in October, provisional; one is printed in another paper too."""
    measures = {
        measure.slug: measure for measure in story.council.measures.filter(collection=FRAMEWORK)
    }
    for _, slug, *_, now, _, _ in INDICATORS:
        Result.objects.create(
            measure=measures[slug], period=THIS_YEAR, value=Decimal(now), provisional=True
        )
    OtherPrinting.objects.create(
        measure=measures["framework-older-admissions"],
        period=THIS_YEAR,
        value=Decimal("535.0"),
        words="535.0 per 100,000",
        source="Annual report of adult social care (made up)",
    )


def enter_quality(story: Story, *, key: str) -> None:
    """How providers are rated at a quarter's end, by sector, and what the quality team did."""
    segments = {segment.slug: segment for segment in story.council.segments.filter(kind="sector")}
    measures = {measure.slug: measure for measure in story.council.measures.all()}
    place = RATED_AT.index(key)
    good = {slug: counts[place] for slug, (_, counts) in RATED_GOOD.items()}
    of = {slug: number for slug, (number, _) in RATED_GOOD.items()}
    _rated(measures["rated-good"], key, None, sum(good.values()), sum(of.values()))
    for slug, segment in segments.items():
        _rated(measures["rated-good"], key, segment, good[slug], of[slug])
    Result.objects.create(measure=measures["quality-visits"], period=key, value=VISITS[key])
    if place == 0:
        all_of = sum(of.values())
        Result.objects.create(measure=measures["providers"], period=key, value=all_of)


def _rated(measure, key, segment, good, of):
    value = (Decimal(100 * good) / of).quantize(Decimal("0.1"))
    Result.objects.create(
        measure=measure, period=key, segment=segment, value=value, numerator=good, denominator=of
    )


def _measure(story, collection, place, slug, name, unit, decimals, direction, **more):
    fields = {"frequency": "month", "note": MADE_UP, "theme": "Quality of care"} | more
    return Measure.objects.create(
        council=story.council,
        collection=collection,
        position=place,
        slug=slug,
        text=name,
        short_title=name,
        unit=unit,
        decimals=decimals,
        direction=direction,
        **fields,
    )
