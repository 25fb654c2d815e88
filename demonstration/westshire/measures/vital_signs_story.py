"""What the story wants of the council's measures: figures that are fixed, late or missing.

Months are keys: ``2026-27-m03`` is June 2026.
"""

from dataclasses import dataclass

MAY, JUNE, JULY, AUGUST, SEPTEMBER = (f"2026-27-m0{number}" for number in (2, 3, 4, 5, 6))
OCTOBER = "2026-27-m07"
MONTHS_OF_2026 = (
    *(f"2025-26-m{n}" for n in (10, 11, 12)),
    *(f"2026-27-m0{n}" for n in range(1, 10)),
)


def _of_2026(*values):
    return dict(zip(MONTHS_OF_2026, values, strict=True))


def _latest(*values):
    return dict(zip(MONTHS_OF_2026[-len(values) :], values, strict=True))


# Figures that are what they are: falling and rising runs, a point far out, one change.
FIXED: dict[str, dict[str, str]] = {
    "ready-beds": _latest("84", "82", "81", "80", "79", "77", "76"),
    "homes-suspended": {AUGUST: "3"},
    "serious-incidents": _of_2026(*"001002000100"),
    "admissions-change": _of_2026(
        "1.4", "0.6", "-0.8", "-1.9", "-2.3", "0.4", "-0.7", "-1.1", "0.9", "-0.2", "-1.6", "1.2"
    ),
    "bed-occupancy": _latest("103.5", "101.2", "104.1"),
    # In hours from October, where it was in days before.
    "urgent-response-wait": {OCTOBER: "45.1", "2026-27-m08": "43.8", "2026-27-m09": "44.6"},
    "technology-net-savings": _latest("-1850", "-640", "420", "1310"),
    "carers-quality-of-life": {"2024-25": "7.3", "2025-26": "7.2"},
}

# Figures whose parts are fixed: (numerator, denominator).
PARTS_FIXED: dict[str, dict[str, tuple[int, int]]] = {
    # What was published first of June said 296: see CORRECTED.
    "home-care-48-hours": {JUNE: (260, 320)},
    # 200.1 for each 100,000, where the target is 200.
    "falls-admissions": {"2026-27-m08": (337, 168_400)},
    # A heatwave.
    "falls-response-hour": {JULY: (402, 785)},
    # Each month worse than the one before.
    "readmitted-in-30-days": dict(
        zip(
            MONTHS_OF_2026[-5:],
            ((414, 2903), (420, 2896), (432, 2911), (446, 2898), (461, 2905)),
            strict=True,
        )
    ),
    # It rises every month of 2026; rounded to one decimal it is always 3.6.
    "learning-disability-work": {
        **{
            f"{year}-m{month:02d}": ((75, 2098), (76, 2100), (77, 2098))[month % 3]
            for year in ("2023-24", "2024-25", "2025-26")
            for month in range(1, 13)
        },
        **{key: (76, 2106 - 2 * place) for place, key in enumerate(MONTHS_OF_2026)},
    },
}

# From a month on, the level is another: (month, change).
SINCE: dict[str, tuple[tuple[str, float], ...]] = {
    "technology-installed": (("2025-26-m03", 46),),
    "carers-with-a-plan": (("2026-27-m02", 6.5),),
    "home-care-hours": ((JULY, -600),),
    "waiting-for-home-care": (("2025-26-m10", 12), ("2026-27-m02", -14), ("2026-27-m08", 9)),
    "care-vacancies": (("2026-27-m01", -0.9),),
    "enquiries-in-28-days": (("2025-26-m11", -6), ("2026-27-m03", 6.5)),
    "carers-contacted": (("2026-27-m06", -7),),
}


@dataclass(frozen=True)
class Correction:
    """A published figure that was wrong: what was first published, as (numerator, of)."""

    slug: str
    month: str
    first: tuple[int, int]
    why: str


CORRECTED = Correction(
    "home-care-48-hours",
    JUNE,
    (296, 320),
    "36 packages of one provider had been counted from the day that the provider accepted them "
    "and not from the day that they were asked for.",
)


@dataclass(frozen=True)
class Nothing:
    """Why a figure is not there: the reason that is chosen, and the words beside it."""

    reason: str
    expected: str = ""
    comment: str = ""


NIL, NOT_YET, NOT_DUE = "nil return", "not yet available", "not due"
LATE = {
    ("weekend-discharges", "2025-26-m12"): Nothing(
        NOT_YET, "June 2026", "One hospital moved to a new system in March."
    ),
    ("missed-visits", JUNE): Nothing(NOT_YET, "the end of August", "Two providers have not sent."),
    ("carers-breaks", AUGUST): Nothing(NOT_YET, "October", "The contract report is late."),
    ("care-vacancies", "2026-27-m09"): Nothing(NOT_YET, "March 2027"),
}
# Late figures that came while their month was open again.
CAME_LATE = {("missed-visits", JUNE)}

BELOW_NOUGHT = Nothing(NOT_DUE, comment="The change on a year before is not counted.")
NO_CASES = Nothing(NIL, comment="There was no case in the month: 0 of 0.")
# A measure that is no longer counted, and one that is counted from a month on.
ENDED = "assessed-in-28-days"
ENDED_FROM = JULY
IS_ENDED = Nothing(NOT_DUE, comment="No longer counted from July 2026.")
ADDED = "short-assessments-two-weeks"
ADDED_FROM = JULY
NOT_BEGUN = Nothing(NOT_DUE, comment="Counted from July 2026.")
ADDED_FIGURES = {
    JULY: (118, 152),
    AUGUST: (121, 147),
    SEPTEMBER: (133, 160),
    OCTOBER: (139, 163),
    "2026-27-m08": (144, 166),
    "2026-27-m09": (127, 150),
}

# What is said of a figure that is unlike those before, and right.
OUTLIER_WORDS = {
    ("falls-response-hour", JULY): "Right: three hot weeks doubled the calls.",
}
CORRECTION_WORDS = {
    ("home-care-48-hours", JUNE): "Right: counted again from the day of asking.",
}

# Judgements of a person, month by month: adverse to the budget, and to a corporate risk.
BUDGET = {
    ("waiting-for-home-care", key): (
        "People who wait are placed in short-term beds, which adds about £21,000 a week to a "
        "budget that is overspent."
    )
    for key in ("2025-26-m11", "2025-26-m12", "2026-27-m01")
}
RISK = {
    ("direct-payments", key): (
        "Corporate risk 7, choice and control: too few personal assistants can be found in Forest "
        "and Downs."
    )
    for key in (AUGUST, SEPTEMBER, OCTOBER)
}
