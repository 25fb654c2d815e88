"""What the projects of Westshire count: their measures, targets by quarter, and own figures.

``own`` holds what a return says where the story needs a figure of its own: "374", "45 of 52",
or a reason such as "not due"; words after a bar are the comment. All else comes from a seed
(``project_figures``).
"""

from dataclasses import dataclass, field
from typing import Any

LAST_YEAR = LAST_Q1, LAST_Q2, LAST_Q3, LAST_Q4 = [f"2025-26-q{number}" for number in (1, 2, 3, 4)]
YEAR = Q1, Q2, Q3, Q4 = [f"2026-27-q{number}" for number in (1, 2, 3, 4)]
BEFORE = "2024-25-q4"
NOT_SET = "not yet set"
BIGGER, SMALLER, NEITHER = "bigger is better", "smaller is better", "neutral"
NOT_DUE = "not due|Counted once a year."
NIL = "nil return"


@dataclass(frozen=True)
class Counted:
    """One measure. ``usual`` is what it comes to in a quarter, or at the year's end if added up.

    ``of`` is the usual denominator of a share; ``target`` a figure that stands, or figures by
    period, or ``NOT_SET``, or None for no target. ``years`` are its results of whole years.
    """

    text: str
    unit: str
    usual: float
    target: Any = None
    better: str = BIGGER
    decimals: int = 0
    added_up: bool = False
    of: int = 0
    by: str = ""
    heading: str = ""
    swing: float = 0.05
    own: dict[str, str] = field(default_factory=dict)
    years: dict[str, float] = field(default_factory=dict)

    @property
    def yearly(self) -> bool:
        return bool(self.years) and not self.added_up


def _year(**fields):
    """A measure that is counted once a year."""
    return Counted(own=dict.fromkeys((LAST_Q4, Q1, Q2, Q3), NOT_DUE), **fields)


def profile(by_the_end, quarters):
    """The targets of a measure that is added up, a quarter of the year's at a time."""
    return {key: by_the_end * number // 4 for number, key in enumerate(quarters, 1)}


# Five localities, fifteen measures: a grid of 75 rows.
_TEAMS = (
    ("Planning together", "Care plans agreed or reviewed", "plans", 210, 190, BIGGER),
    ("", "People on the list with a named worker", "people", 165, 160, BIGGER),
    ("", "Plans reviewed within six months", "%", 88, 90, BIGGER),
    ("", "Cases discussed at the weekly meeting", "cases", 96, None, NEITHER),
    ("", "Practices that took part", "%", 93, 90, BIGGER),
    (
        "Staying at home",
        "Emergency admissions of people on the list",
        "admissions",
        42,
        45,
        SMALLER,
    ),
    ("", "Days in hospital of people on the list", "days", 318, 330, SMALLER),
    ("", "Falls reported by people on the list", "falls", 27, 30, SMALLER),
    ("", "New moves into a care home", "people", 6, 7, SMALLER),
    ("", "Calls to 999 by people on the list", "calls", 51, 55, SMALLER),
    ("How it is done", "Visits by two professions together", "visits", 74, 70, BIGGER),
    ("", "Days from referral to first visit", "days", 6, 5, SMALLER),
    ("", "Posts that are filled", "%", 91, 95, BIGGER),
    ("", "People who say that they feel in charge", "%", 78, 80, BIGGER),
    ("", "Carers who were offered an assessment", "%", 84, 85, BIGGER),
)

MEASURES: dict[str, tuple[Counted, ...]] = {
    "falls-prevention": (
        Counted(
            "People who began a course",
            "people",
            1428,
            profile(1360, LAST_YEAR) | profile(1428, YEAR),
            added_up=True,
            own={BEFORE: "1311", LAST_Q4: "1,428", Q1: "374", Q2: "728", Q3: "1,049"},
            years={"2024-25": 1311, "2025-26": 1428},
        ),
        Counted("Who finished their course", "%", 74, 75, of=310),
        Counted("Places that were taken up", "%", 104, 100, own={Q1: "112", Q2: "106"}),
        _year(
            text="Who fell again within a year",
            unit="%",
            usual=21,
            target={"2025-26": 22, "2026-27": 20},
            better=SMALLER,
            decimals=1,
            years={"2024-25": 23.4, "2025-26": 21.8},
        ),
    ),
    "handyperson": (
        Counted(
            "Jobs done",
            "jobs",
            2900,
            {LAST_Q4: 2800} | profile(2900, YEAR),
            added_up=True,
            own={LAST_Q4: "2,846", Q1: "641", Q2: "1,472"},
        ),
        Counted("Working days from asking to fitting", "days", 7, 7, SMALLER, 1),
        Counted("Who would recommend it", "%", 97, 95, of=180),
    ),
    "home-adaptations": (
        Counted("Grants completed", "grants", 620, 600, added_up=True),
        Counted("Weeks from asking to completion", "weeks", 31, 30, SMALLER),
        Counted("Average cost of a grant", "£", 11_450, None, NEITHER),
    ),
    "assistive-technology": (
        Counted("People with equipment", "people", 4_080, 4_000),
        Counted("Fitted within five days", "%", 92, 95, of=260),
        Counted("Calls answered within a minute", "%", 97.2, 97.5, decimals=1),
    ),
    "community-equipment": (
        Counted("Delivered on the day that was agreed", "%", 96, 95, of=4_200),
        Counted("Equipment that came back and was lent again", "%", 71, 70, of=3_100),
        Counted("Urgent orders delivered the same day", "%", 98, 98, of=340),
    ),
    "neighbourhood-teams": tuple(
        Counted(text, unit, usual, target, better, heading=heading, by="locality", swing=0.12)
        for heading, text, unit, usual, target, better in _TEAMS
    ),
    "winter-warmth": (
        Counted("Homes made warmer", "homes", 88, 80),
        Counted("Saved on bills in a year, on average", "£", 312, 300),
    ),
    "social-prescribing": (
        Counted("People seen", "people", 1_150, 1_100),
        Counted("Whose wellbeing score rose", "%", 68, 70, of=610),
    ),
    "dementia-advisers": (
        Counted("Families in touch with an adviser", "families", 1_720, 1_700),
        Counted("Rung within ten days of diagnosis", "%", 89, 90, of=190),
        Counted("Places at memory cafés", "places", 480, NOT_SET),
    ),
    "tablets-at-home": (
        Counted("Tablets on loan", "tablets", 124, 120),
        Counted("Appointments on a screen", "appointments", 260, 250),
    ),
    "transfer-of-care-hub": (
        Counted(
            "Who left hospital within 24 hours of being ready",
            "%",
            83,
            90,
            own={LAST_Q4: "84", Q1: "82", Q2: "85", Q3: "86"},
        ),
        Counted("Discharges arranged", "discharges", 1_320, 1_300, by="provider"),
        Counted("Days waited after being ready, on average", "days", 2.1, 2, SMALLER, 1),
    ),
    "reablement": (
        Counted(
            "Who were still at home 91 days later",
            "%",
            84,
            84,
            decimals=1,
            own={LAST_Q4: "84.6", Q1: "85.2", Q2: "81.9", Q3: "82.4"},
        ),
        Counted("People who finished reablement", "people", 330, 310, by="provider"),
        Counted("Who needed no lasting care", "%", 66, 62, of=600),
    ),
    "bridging-care": (
        Counted(
            "Wait until bridging care began",
            "days",
            2.4,
            2,
            SMALLER,
            1,
            own={LAST_Q4: "2.3", Q1: "2.2", Q2: "52", Q3: "49"},
        ),
        Counted("Hours of bridging care", "hours", 2_950, None, NEITHER, by="provider"),
        Counted("People bridged", "people", 310, 300),
    ),
    "step-down-beds": (
        Counted(
            "Beds in use",
            "%",
            97,
            95,
            own={LAST_Q4: "94", Q1: "111", Q2: "104", Q3: "107"},
        ),
        Counted("Days in a step-down bed, on average", "days", 27, 28, SMALLER, 1),
        Counted("Who went home", "%", 61, 65, of=140),
    ),
    "seven-day-social-work": (
        Counted("Discharges on Saturdays and Sundays", "discharges", 290, 280),
        Counted("Shifts that were filled", "%", 98, 98, of=156),
    ),
    "trusted-assessors": (
        Counted("Assessments", "assessments", 205, 200),
        Counted("Appeals by homes", "appeals", 2, 5, SMALLER, own={Q1: NIL, Q2: "3", Q3: NIL}),
    ),
    "settling-in": (
        Counted("People taken home", "people", 720, 700),
        Counted(
            "Who were back in hospital within 28 days",
            "%",
            9,
            10,
            SMALLER,
            1,
            own={
                Q1: "not yet available|The hospitals count it anew.|mid-November 2026",
                Q2: "9.4",
                Q3: "not yet available||end of February 2027",
            },
        ),
    ),
    "urgent-response": (
        Counted(
            "Visits within two hours",
            "%",
            79,
            dict.fromkeys(LAST_YEAR, 70) | dict.fromkeys((Q1, Q2, Q3), 75),
            of=1_450,
        ),
        Counted("People seen", "people", 376, 360, by="locality"),
        Counted("Who stayed at home", "%", 88, 85, of=1_800),
    ),
    "mental-health-discharge": (
        Counted("People helped to leave", "people", 96, 90),
        Counted(
            "Days of waiting on the wards",
            "days",
            640,
            dict.fromkeys(LAST_YEAR, 700) | dict.fromkeys(YEAR, 600),
            SMALLER,
        ),
    ),
    "fair-cost-of-care": (
        Counted("Providers that signed the rates", "%", 94, 95, of=148),
        Counted("Beds that left the market", "beds", 8, 0, SMALLER, own={Q1: "0", Q2: "14"}),
    ),
    "care-workforce": (
        Counted(
            "Change in people employed, on a year before",
            "%",
            -1.8,
            1,
            decimals=1,
            own=dict.fromkeys(
                (LAST_Q4, Q1, Q3), "not yet available|The national count comes out later."
            )
            | {Q2: "0.4"},
        ),
        Counted(
            "Change in the share of empty posts, on a year before",
            "percentage points",
            -1.1,
            -1,
            SMALLER,
            1,
            own={LAST_Q4: "-0.6", Q1: "-0.9", Q2: "-1.3", Q3: "-1.6"},
        ),
        Counted("People who finished the academy", "people", 180, 160, added_up=True),
    ),
    "quality-team": (
        Counted("Care homes rated good or outstanding", "%", 82, 85, of=94),
        Counted("Home care rated good or outstanding", "%", 88, 85, of=61),
        Counted("Homes with a plan", "homes", 11, None, NEITHER),
    ),
    "rural-home-care": (
        Counted("Visits missed", "visits", 9, 10, SMALLER, by="provider"),
        Counted("Hours of care", "hours", 7_600, 7_500, by="provider"),
    ),
    "health-in-care-homes": (
        Counted("Residents with a plan", "%", 91, 95, of=2_480),
        Counted("Emergency admissions per 100 residents", "per 100 residents", 9, 8, SMALLER, 1),
    ),
    "medicines-support": (
        Counted(
            "Errors in giving medicines that led to harm",
            "errors",
            1,
            0,
            SMALLER,
            own={LAST_Q4: "0", Q1: "1", Q2: "3", Q3: "2"},
        ),
        Counted("Residents whose medicines were reviewed", "%", 72, 70, of=640),
    ),
    "carers-breaks": (
        Counted("Carers who had a break", "carers", 1_310, 1_250),
        Counted("Nights away", "nights", 470, 450, by="provider"),
        _year(
            text="Carers who are content with their breaks",
            unit="%",
            usual=79,
            target={"2026-27": 82},
            decimals=1,
            years={"2024-25": 78.1, "2025-26": 80.3},
        ),
    ),
    "carers-advice": (
        Counted("Assessments", "assessments", 1_960, 2_000, added_up=True),
        Counted("People waiting for an assessment", "people", 118, 100, NEITHER),
        Counted("Seen within 28 days", "%", 81, 85, of=470),
    ),
    "young-carers": (
        Counted("Young carers in touch", "young people", 214, 200),
        Counted("In school, training or work", "%", 90, NOT_SET, of=200),
    ),
    "carers-emergency-plan": (
        Counted("Carers with a plan", "carers", 940, 900),
        Counted(
            "Emergencies in which the plan was followed",
            "%",
            93,
            95,
            of=17,
            own={LAST_Q4: "nil return|0 of 0.", Q2: "nil return|0 of 0: no carer was taken ill."},
        ),
    ),
    "shared-lives": (
        Counted("Nights with a host", "nights", 1_480, 1_450),
        Counted("Hosts", "hosts", 38, 40),
    ),
    "homes-first-discharge": (
        Counted("People who moved into a flat", "people", 5, NOT_SET),
        Counted("Who went on to a home of their own", "people", 2, NOT_SET),
    ),
}
