"""What Westshire's savings, posts and options are: titles, words and sums in pounds."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SavingText:
    """A saving as it is entered: (year, target, forecast) of each of its years."""

    references: tuple[str, ...]
    title: str
    action: str
    years: tuple[tuple[int | None, int | None, int | None], ...]
    kind: str = "cashable"
    evidence: str = "planned"
    # Whose project it belongs to, by the story's key.
    who: str = ""


SAVINGS = (
    SavingText(
        ("ASC26-01", "BCF-7"),
        "Reablement before long-term care",
        "Everybody who leaves hospital with a new need is offered six weeks of reablement first.",
        ((2025, 640_000, 655_000), (2026, 820_000, None), (2027, 400_000, None)),
        evidence="delivered",
        who="hospital",
    ),
    SavingText(
        ("ASC26-02",),
        "Reviews of direct payments",
        "Balances above eight weeks of payment are called back after a review with the person.",
        ((2025, 350_000, 340_000), (2026, 420_000, None)),
        evidence="delivered",
    ),
    SavingText(
        ("ASC26-03",),
        "Supported living tendered anew",
        "Two lots are tendered with an hourly rate for shared support at night.",
        ((2026, 900_000, None), (2027, 300_000, None)),
        evidence="at risk",
        who="commissioner",
    ),
    SavingText(
        ("ASC26-04",),
        "Equipment used a second time",
        "Beds, hoists and chairs are collected within ten days and cleaned in Northmoor.",
        ((2025, 180_000, 150_000), (2026, 210_000, None)),
        who="home",
    ),
    SavingText(
        ("ASC26-05",),
        "Assistive technology in place of some home visits",
        "The commissioning manager for assistive technology agrees with each person which visits "
        "a monitor or a call can stand in for.",
        ((2026, 260_000, 240_000), (2027, 300_000, None)),
        who="leaver",
    ),
    SavingText(
        ("ASC26-06",),
        "Homes nearer to home for people placed out of county",
        "Twelve people who live outside Westshire are offered a home in it.",
        ((2025, 150_000, 40_000), (2026, 250_000, None)),
    ),
    SavingText(
        ("ASC26-07",),
        "Charging policy brought up to date",
        "Charges follow the cost of care from April, with a cap on what changes for one person.",
        ((2026, 300_000, 300_000),),
        evidence="validated",
    ),
    SavingText(
        ("ASC26-08",),
        "Fewer agency social workers",
        "Students who qualify in Westshire are offered a post before their last placement ends.",
        ((2025, 450_000, 400_000), (2026, 450_000, None)),
    ),
    SavingText(
        ("ASC26-09",),
        "Extra care housing in Westport",
        "Sixty flats with care on site take the place of some residential placements.",
        ((None, 750_000, None),),
        kind="avoided",
    ),
    SavingText(
        ("ASC26-10",),
        "One grant round for the voluntary sector",
        "Three rounds of grants become one, with one form.",
        ((2025, 120_000, 120_000), (2026, 0, 0)),
        evidence="delivered",
        who="prevention",
    ),
    SavingText(
        ("ASC26-11",),
        "Travel to day opportunities",
        "Travel is planned together with schools, and people who can are taught to go by bus.",
        ((2026, 275_000, None),),
        evidence="at risk",
    ),
    SavingText(
        ("ASC26-12",),
        "Falls prevented",
        "Strength classes in every locality for people who fell once.",
        ((2026, 380_000, None), (2027, 420_000, None)),
        kind="avoided",
        who="prevention",
    ),
)
LATE = SavingText(
    ("ASC27-01",),
    "Night support shared between neighbours",
    "One worker awake for several homes that are near each other.",
    ((2027, 240_000, None), (2028, 240_000, None)),
)


@dataclass(frozen=True)
class PostText:
    title: str
    grade: str
    fte: str
    cost: int
    basis: str
    starts: date
    ends: date
    purpose: str
    fund: str = ""
    who: str = ""


POSTS = (
    PostText(
        "Discharge to assess coordinators",
        "Band 8",
        "3.00",
        132_600,
        "a year",
        date(2025, 4, 1),
        date(2027, 3, 31),
        "Find the way home for people who are ready to leave hospital.",
        fund="better-care-grant",
        who="hospital",
    ),
    PostText(
        "Reviewing officers, direct payments",
        "Band 7",
        "2.50",
        98_750,
        "a year",
        date(2025, 7, 1),
        date(2026, 9, 30),
        "Review direct payments with a large balance.",
        fund="better-care-grant",
    ),
    PostText(
        "Assistive technology lead",
        "Band 9",
        "1.00",
        58_400,
        "a year",
        date(2025, 9, 1),
        date(2027, 8, 31),
        "Lead the roll-out of monitors and calls.",
        fund="nhs-minimum",
        who="leaver",
    ),
    PostText(
        "Tender project manager",
        "Band 10",
        "1.00",
        121_000,
        "for its whole time",
        date(2026, 1, 1),
        date(2027, 6, 30),
        "Run the tender for supported living.",
    ),
    PostText(
        "Equipment store supervisor",
        "Band 5",
        "0.60",
        19_850,
        "a year",
        date(2025, 4, 1),
        date(2027, 3, 15),
        "Collections within ten days.",
        fund="nhs-minimum",
        who="home",
    ),
    PostText(
        "Carers' assessment workers",
        "Band 6",
        "4.00",
        151_200,
        "a year",
        date(2026, 4, 1),
        date(2028, 3, 31),
        "Assess carers within four weeks.",
        fund="additional-nhs",
        who="carers",
    ),
)


@dataclass(frozen=True)
class OptionText:
    """An option for change: (year, gross, lost income, reprovision, FTE) of each year."""

    reference: str
    title: str
    proposal: str
    reasons: str
    people: str
    years: tuple[tuple[int, int, int, int, str], ...]
    risks: tuple[tuple[str, str], ...]
    writer: str


SHARED_LIVES = OptionText(
    "OC-14",
    "Shared Lives: twenty more households",
    "Twenty more households are recruited in which a person with a learning disability lives as "
    "one of the family.",
    "A place in a household costs about half of one in residential care, and people stay longer.",
    "People who want it move from a care home into a household, each after a trial stay.",
    ((2026, 90_000, 4_000, 52_000, "0"), (2027, 410_000, 12_000, 148_000, "0")),
    (("Too few households apply.", "A campaign in each locality, and a fee for introductions."),),
    "finance",
)
DAY_CENTRE = OptionText(
    "OC-15",
    "Close the day centre in Forest and Downs",
    "The centre closes and people are offered places in Vale.",
    "The centre is used on three days a week and its roof needs repair.",
    "Forty-one people would travel up to fifty minutes each way.",
    ((2027, 312_000, 28_000, 96_000, "7.5"),),
    (("People stop going.", "A worker visits each person twice."),),
    "finance",
)
LAUNDRY = OptionText(
    "OC-17",
    "Shared laundry for care homes of the council",
    "Two laundries do the work of five.",
    "Three of the machines are past repair.",
    "None that people would notice.",
    ((2027, 74_000, 0, 9_500, "1.8"), (2028, 74_000, 0, 9_500, "0")),
    (("Linen is late.", "A reserve of two days in each home."),),
    "finance",
)
MONITORS = OptionText(
    "OC-18",
    "Monitors on loan for the first six weeks at home",
    "Everybody who comes home with reablement is lent a monitor.",
    "Families ask for it, and visits at night can be fewer.",
    "People and families see the same figures as the team does.",
    ((2027, 130_000, 0, 45_000, "0"),),
    (),
    "leaver",
)
