"""The projects of Westshire as records: purposes, funds, allocations, providers, leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from demonstration.westshire.council import BEGINS
from demonstration.westshire.project_texts import TEXTS
from demonstration.westshire.story import Step, Story, moment
from finance.models import FinanceLine, StatedSum
from projects.actions import Kind, keep_change
from projects.models import Assignment, Fund, FundingStream, GrantCondition, Project, Provider

NHS, GRANT, ADAPTATIONS = "nhs-minimum", "better-care-grant", "disabled-facilities-grant"
MORE_NHS, COUNCIL = "additional-nhs", "additional-council"
HEALTH, HOSPITALS, HARBOUR, ORCHARD, CARERS, NORTHMOOR, LLWYN, SEVERNSIDE = range(1, 9)
PLAN = "Better Care Fund plan 2025/26, schedule 2"
# It began on 1 July; the record was made when the quarter before was open already.
ADDED = moment(2026, 7, 3, 9)


@dataclass(frozen=True)
class Entry:
    """One project. ``money``: for each fund, thousands of pounds in 2025/26 and in 2026/27.

    None is a year that the plan names without a figure. ``leads`` are keys of the story's people.
    """

    slug: str
    title: str
    short_title: str
    leads: tuple[str, ...]
    providers: tuple[int, ...]
    money: tuple[tuple[str, int | None, int | None], ...]
    kind: str = "reported"


WELL = (
    Entry(
        "falls-prevention",
        "Falls prevention: strength and balance",
        "Falls prevention",
        ("commissioner",),
        (HEALTH, NORTHMOOR),
        ((NHS, 640, 662), (COUNCIL, 118, 120)),
    ),
    Entry(
        "handyperson",
        "Handyperson and minor adaptations",
        "Handyperson",
        ("commissioner",),
        (ORCHARD,),
        ((ADAPTATIONS, 410, 425),),
    ),
    Entry(
        "home-adaptations",
        "Disabled facilities grants and home adaptations",
        "Home adaptations",
        ("home",),
        (ORCHARD,),
        ((ADAPTATIONS, 8_942, 9_610),),
    ),
    Entry(
        "assistive-technology",
        "Assistive technology and telecare",
        "Assistive technology",
        ("leaver",),
        (SEVERNSIDE,),
        ((NHS, 1_180, 1_225), (ADAPTATIONS, 260, 300)),
    ),
    Entry(
        "community-equipment",
        "Integrated community equipment store",
        "Community equipment",
        ("leaver", "home"),
        (HEALTH,),
        ((NHS, 3_410, 3_548), (COUNCIL, 1_296, 1_350)),
    ),
    Entry(
        "neighbourhood-teams",
        "Integrated neighbourhood teams in five localities",
        "Neighbourhood teams",
        ("commissioner", "prevention"),
        (HEALTH, NORTHMOOR, SEVERNSIDE),
        ((NHS, 11_860, 12_310), (GRANT, 1_240, 1_240), (MORE_NHS, 800, 835)),
    ),
    Entry(
        "winter-warmth",
        "Winter warmth: heating repairs and advice",
        "Winter warmth",
        ("prevention",),
        (NORTHMOOR,),
        ((GRANT, 310, 160),),
    ),
    Entry(
        "social-prescribing",
        "Social prescribing for people with long-term conditions",
        "Social prescribing",
        ("prevention",),
        (NORTHMOOR, CARERS),
        ((NHS, 905, 930),),
    ),
    Entry(
        "dementia-advisers",
        "Dementia advisers and memory cafés",
        "Dementia advisers",
        ("prevention",),
        (CARERS,),
        ((NHS, 486, 502), (COUNCIL, 74, 74)),
    ),
    Entry(
        "tablets-at-home",
        "Tablets at home: learning to see a doctor on a screen",
        "Tablets at home",
        ("prevention",),
        (SEVERNSIDE,),
        ((MORE_NHS, 148, 148),),
    ),
)
SOONER = (
    Entry(
        "transfer-of-care-hub",
        "Transfer of care hub at Vale and Harbourside hospitals",
        "Transfer of care hub",
        ("hospital",),
        (HOSPITALS, HEALTH),
        ((NHS, 2_730, 2_845), (GRANT, 620, 640)),
    ),
    Entry(
        "reablement",
        "Reablement at home after a stay in hospital",
        "Reablement",
        ("hospital",),
        (SEVERNSIDE, HARBOUR),
        ((NHS, 4_985, 5_170), (GRANT, 2_115, 2_190), (COUNCIL, 940, 940)),
    ),
    Entry(
        "bridging-care",
        "Bridging care while a package is arranged",
        "Bridging care",
        ("commissioner",),
        (HARBOUR, LLWYN),
        ((GRANT, 1_460, 1_505),),
    ),
    Entry(
        "step-down-beds",
        "Step-down beds in care homes",
        "Step-down beds",
        ("hospital",),
        (ORCHARD,),
        ((NHS, 3_220, 3_350), (MORE_NHS, 450, 470)),
    ),
    Entry(
        "seven-day-social-work",
        "Seven-day social work in hospitals",
        "Seven-day social work",
        ("hospital",),
        (HOSPITALS,),
        ((GRANT, 986, 1_010),),
    ),
    Entry(
        "trusted-assessors",
        "Trusted assessors for care homes",
        "Trusted assessors",
        ("hospital",),
        (ORCHARD,),
        ((GRANT, 214, 220),),
    ),
    Entry(
        "settling-in",
        "Transport and settling in at home",
        "Settling in",
        ("hospital",),
        (NORTHMOOR,),
        ((GRANT, 172, 180),),
    ),
    Entry(
        "urgent-response",
        "Urgent community response within two hours",
        "Urgent response",
        ("commissioner",),
        (HEALTH,),
        ((NHS, 5_640, 5_860), (MORE_NHS, 1_020, 1_050)),
    ),
    Entry(
        "mental-health-discharge",
        "Discharge from mental health wards",
        "Mental health discharge",
        ("hospital",),
        (HEALTH,),
        ((NHS, 1_095, 1_130), (GRANT, 240, 245)),
    ),
)
STEADY = (
    Entry(
        "fair-cost-of-care",
        "Moving fees towards a fair cost of care",
        "Fair cost of care",
        ("market",),
        (),
        ((GRANT, 12_480, 12_960), (COUNCIL, 1_900, 2_150)),
    ),
    Entry(
        "care-workforce",
        "Recruiting and keeping care workers",
        "Care workforce",
        ("market",),
        (HARBOUR, LLWYN, SEVERNSIDE),
        ((GRANT, 730, 745),),
    ),
    Entry(
        "quality-team",
        "Quality improvement in care homes and home care",
        "Quality team",
        ("market",),
        (HEALTH,),
        ((GRANT, 415, 430), (NHS, 160, 165)),
    ),
    Entry(
        "rural-home-care",
        "Home care rounds in Forest and Downs",
        "Rural home care",
        ("home",),
        (LLWYN, HARBOUR),
        ((GRANT, 1_325, 1_390), (COUNCIL, 280, 295)),
    ),
    Entry(
        "health-in-care-homes",
        "Enhanced health in care homes",
        "Health in care homes",
        ("market",),
        (HEALTH,),
        ((NHS, 2_260, 2_340),),
    ),
    Entry(
        "medicines-support",
        "Medicines support in care homes",
        "Medicines support",
        ("market",),
        (HEALTH,),
        ((NHS, 392, 405),),
    ),
)
FOR_CARERS = (
    Entry(
        "carers-breaks",
        "Breaks for carers",
        "Carers’ breaks",
        ("carers",),
        (CARERS, ORCHARD),
        ((NHS, 1_410, 1_465), (COUNCIL, 205, 205)),
    ),
    Entry(
        "carers-advice",
        "Carers’ assessments, advice and support",
        "Carers’ advice",
        ("carers",),
        (CARERS,),
        ((NHS, 868, 895),),
    ),
    Entry(
        "young-carers",
        "Young carers growing up",
        "Young carers",
        ("carers",),
        (CARERS, NORTHMOOR),
        ((GRANT, 196, 205),),
    ),
    Entry(
        "carers-emergency-plan",
        "Emergency plans for carers",
        "Carers’ emergency plans",
        ("carers",),
        (CARERS, HARBOUR),
        ((NHS, 132, 138),),
    ),
    Entry(
        "shared-lives",
        "Shared Lives breaks in family homes",
        "Shared Lives",
        ("carers",),
        (SEVERNSIDE,),
        ((GRANT, 540, 565), (COUNCIL, 88, 90)),
    ),
)
DESCRIBED = (
    (
        3,
        Entry(
            "care-act-duties",
            "Care Act duties",
            "Care Act duties",
            (),
            (),
            ((NHS, 1_240, 1_290),),
            "described",
        ),
    ),
    (
        2,
        Entry(
            "contingency",
            "Contingency shared with the NHS",
            "Contingency",
            (),
            (),
            ((MORE_NHS, 750, None),),
            "described",
        ),
    ),
)
LATER = Entry(
    "homes-first-discharge",
    "A home to go to: discharge of people without one",
    "A home to go to",
    ("hospital",),
    (NORTHMOOR, HOSPITALS),
    ((GRANT, None, 285),),
)
# Sums that the plan states in words, without the years that they are for.
STATED_SUMS = (
    ("care-act-duties", NHS, 1_100_000, "per annum", "advocacy and deferred payments", "£1.1m"),
    ("care-act-duties", NHS, 190_000, "full year effect", "safeguarding adults board", "£190k"),
    ("contingency", MORE_NHS, 2_000_000, "sum", "if attendances rise above plan", "£2 million"),
    ("fair-cost-of-care", GRANT, 3_400_000, "full year effect", "nursing care", "about £3.4m"),
)


def steps() -> Iterator[Step]:
    yield Step(BEGINS, _add_first)
    yield Step(ADDED, _add_later)


def _add_first(story: Story) -> None:
    for number, entries in enumerate((WELL, SOONER, STEADY, FOR_CARERS), 1):
        for order, entry in enumerate(entries, 1):
            add_entry(story, entry, number, order)
    for number, entry in DESCRIBED:
        add_entry(story, entry, number, 20)
    for slug, fund, amount, basis, purpose, printed in STATED_SUMS:
        stream = FundingStream.objects.get(
            project__council=story.council, project__slug=slug, fund__slug=fund
        )
        StatedSum.objects.create(
            stream=stream,
            order=stream.stated_sums.count() + 1,
            amount=amount,
            basis=basis,
            purpose=purpose,
            as_printed=printed,
        )


def add_entry(story: Story, entry: Entry, condition: int, order: int) -> Project:
    """Makes the project with its streams, allocations, providers and leads."""
    council, texts = story.council, TEXTS[entry.slug]
    project = Project.objects.create(
        council=council,
        grant_condition=GrantCondition.objects.get(council=council, number=condition),
        slug=entry.slug,
        kind=entry.kind,
        order=order,
        title=entry.title,
        short_title=entry.short_title,
        description=texts.description,
        rationale=texts.rationale,
        method=texts.method,
        summary_description=texts.description.split(". ")[0].rstrip(".") + ".",
        summary_method=texts.method.split(". ")[0].rstrip(".") + ".",
        source="" if entry is LATER else PLAN,
    )
    project.providers.set(
        Provider.objects.filter(council=council, slug__in=_provider_slugs(entry.providers))
    )
    funds = {fund.slug: fund for fund in Fund.objects.filter(council=council)}
    for place, (fund, *amounts) in enumerate(entry.money, 1):
        stream = FundingStream.objects.create(project=project, fund=funds[fund], order=place)
        FinanceLine.objects.bulk_create(
            FinanceLine(
                stream=stream, year=year, allocation=None if sum_ is None else Decimal(sum_) * 1000
            )
            for year, sum_ in zip((2025, 2026), amounts, strict=True)
            if not (entry is LATER and sum_ is None)
        )
    Assignment.objects.bulk_create(
        Assignment(user=story.people[who], project=project) for who in entry.leads
    )
    return project


def _provider_slugs(numbers):
    return [f"provider-{number}" for number in numbers]


def _add_later(story: Story) -> None:
    add_entry(story, LATER, 2, 11)
    why = "Added to the plan for people who have no home to be discharged to."
    keep_change(story.project(LATER.slug), Kind.BEGAN, on=date(2026, 7, 1), why=why)
