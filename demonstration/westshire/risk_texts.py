"""What Westshire's risks are: titles, words, where each stood in each quarter, tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from demonstration.westshire.story import moment

BANDS = [
    {"name": "High", "low": 15, "high": 25, "treatment": "Act now and tell the committee"},
    {"name": "Medium", "low": 6, "high": 14, "treatment": "Act and look again each quarter"},
    {"name": "Low", "low": 1, "high": 5, "treatment": "Accept and look again each year"},
]
STAGES = {
    "original": "Before anything was done about it",
    "current": "With what is done about it today",
    "target": "Where the council wants it to be by the target date",
}
PROSPECTS = {
    "green": "The target will be met by its date",
    "amber": "The target may not be met by its date",
    "red": "The target will not be met by its date",
}
# Likelihood and impact, prospects and why: as at each quarter from July 2025 to January 2027.
Standing = tuple[tuple[int, int], str, str]
START = moment(2025, 5, 6, 10)


@dataclass(frozen=True)
class RiskText:
    """A risk as it is entered, and what is said of it afterwards."""

    slug: str
    reference: str
    title: str
    description: str
    level: str
    area: str
    owner_post: str
    original: tuple[tuple[int, int], str]
    target: tuple[int, int]
    target_date: date
    standings: tuple[Standing | None, ...]
    tasks: tuple[str, ...] = ()
    # (moment, number of the task or None, words, state, what is promised, by when)
    progress: tuple[tuple, ...] = ()
    owner: str = ""
    saving: str = ""
    entered: datetime = START


def over_time(scores: str, better: str, same: str, worse: str) -> tuple[Standing | None, ...]:
    """Seven quarters of "4x4a 4x3g - …": likelihood, impact, prospects; "-" is no assessment."""
    found: list[Standing | None] = []
    last = None
    for word in scores.split():
        if word == "-":
            found.append(None)
            continue
        likelihood, impact = int(word[0]), int(word[2])
        prospects = {"g": "green", "a": "amber", "r": "red"}[word[3]]
        points = likelihood * impact
        reason = same if last is None or points == last else better if points < last else worse
        found.append(((likelihood, impact), prospects, reason))
        last = points
    return tuple(found)


MARCH = date(2027, 3, 31)
LONG = " ".join(
    f"In {place} {words}"
    for place, words in (
        (
            "Northmoor",
            "more people over 85 live alone than five years ago, and the nearest care "
            "home with a free bed is often in another district.",
        ),
        (
            "Vale",
            "the number of people with a learning disability who live with parents over 70 "
            "has grown in each of the last four years.",
        ),
        (
            "Harbourside",
            "prices of home support rose faster than the council's fees in two years "
            "of three, and one provider in five has said that it may hand work back.",
        ),
        (
            "Forest and Downs",
            "journeys between visits take longer than the visits, which makes "
            "an hour of care dearer than anywhere else in the county.",
        ),
        (
            "Westport city",
            "discharges from hospital come in waves after weekends, and each wave "
            "leaves larger packages of care behind than were planned.",
        ),
    )
)

RISKS = (
    RiskText(
        "wr01",
        "WR01",
        "Demand for adult social care outgrows the budget",
        f"Demand and prices may grow faster than the budget does. {LONG} {LONG}",
        "corporate",
        "Adult social care",
        "Director of adult social care",
        ((5, 5), "amber"),
        (3, 4),
        MARCH,
        over_time(
            "5x4a 5x4a 4x4a 4x4a 4x5a 4x5r 5x5r",
            "Reviews and reablement have slowed the growth.",
            "Nothing has changed since the last look.",
            "Month 6 was corrected, and the forecast is worse than it was.",
        ),
        ("Review all packages above £1,500 a week.", "Agree a recovery plan with finance."),
        (
            (moment(2026, 7, 21), 1, "128 of 190 reviews are done.", "on schedule"),
            (
                moment(2026, 10, 20),
                1,
                "139 of 190 reviews are done.",
                "falling behind",
                "The other 51 reviews",
                date(2026, 12, 18),
            ),
            (
                moment(2026, 10, 20, 11),
                2,
                "A draft went to the director.",
                "falling behind",
                "The plan is agreed",
                date(2026, 11, 30),
            ),
        ),
    ),
    RiskText(
        "wr02",
        "WR02",
        "Providers of home support hand back contracts",
        "Providers may stop at short notice, and people would be without care.",
        "corporate",
        "Care market",
        "Market development manager",
        ((4, 5), "amber"),
        (2, 4),
        MARCH,
        over_time(
            "4x5a 4x4a 3x4g 3x4g 3x4a 4x4a 4x4r",
            "Two new providers joined the framework.",
            "No provider gave notice.",
            "One provider gave notice on eleven packages.",
        ),
        ("Open the framework for new providers.",),
        ((moment(2026, 7, 22), 1, "The framework is open.", "done"),),
        owner="market",
    ),
    RiskText(
        "wr03",
        "WR03",
        "Too few social workers",
        "Vacancies may leave people waiting for an assessment.",
        "departmental",
        "Workforce",
        "Head of social work",
        ((4, 4), "amber"),
        (2, 3),
        MARCH,
        over_time(
            "4x4a 4x3a 4x3a 3x3g 3x3g 3x3g 2x3g",
            "Vacancies fell to 9%.",
            "Vacancies are as they were.",
            "More people left than came.",
        ),
        ("Offer posts to students before they qualify.",),
        ((moment(2026, 10, 21), 1, "Nine students accepted.", "on schedule"),),
        saving="ASC26-08",
    ),
    RiskText(
        "wr04",
        "WR04",
        "People wait in hospital because no bed is free elsewhere",
        "People who could leave hospital wait there, which harms them and takes a bed.",
        "departmental",
        "Hospital discharge",
        "Assistant director, hospitals",
        ((5, 4), "amber"),
        (3, 3),
        MARCH,
        over_time(
            "5x4a 4x4a 5x4r 4x4a 3x4g 4x4a 5x4r",
            "Fewer people wait than in the quarter before.",
            "As many people wait as before.",
            "More people wait, most of them for care at home.",
        ),
        ("Discharge to assess in both hospitals.", "A hub that finds care within a day."),
        (
            (moment(2026, 7, 23), 1, "Both hospitals began in June.", "done"),
            (
                moment(2026, 10, 22),
                2,
                "The hub lacks two coordinators.",
                "falling behind",
                "Both posts are filled",
                date(2026, 12, 31),
            ),
        ),
        owner="hospital",
    ),
    RiskText(
        "wr05",
        "WR05",
        "Deprivation of liberty: applications wait too long",
        "People may be deprived of their liberty without authority while an application waits.",
        "departmental",
        "Safeguarding",
        "Head of safeguarding",
        ((4, 4), "red"),
        (2, 4),
        date(2026, 9, 30),
        over_time(
            "4x4r 4x4r 4x4r 4x4r 4x4r 4x4r 4x4r",
            "",
            "About 430 applications wait, as they did.",
            "",
        ),
        ("Train twelve best interests assessors.",),
        (
            (
                moment(2026, 7, 24),
                1,
                "Four are trained.",
                "falling behind",
                "Twelve assessors are trained",
                date(2026, 9, 30),
            ),
        ),
    ),
    RiskText(
        "wr06",
        "WR06",
        "A care home closes at short notice",
        "A home may close within weeks, and people would have to move at once.",
        "departmental",
        "Care market",
        "Market development manager",
        ((3, 5), "amber"),
        (2, 4),
        MARCH,
        over_time(
            "3x5a 3x5a 3x4a 3x4g - 3x4g 3x4g",
            "The home that was inspected is rated good again.",
            "No home has given notice.",
            "",
        ),
        owner="market",
    ),
    RiskText(
        "wr07",
        "WR07",
        "The case management system fails in its change-over",
        "Records may be missing for days while one system takes over from the other.",
        "departmental",
        "Digital",
        "Head of digital",
        ((3, 5), "green"),
        (1, 4),
        date(2027, 6, 30),
        over_time(
            "3x5g 3x4g 3x4g 2x4g 2x4g 2x4g 2x4g",
            "A trial load came through whole.",
            "Nothing new: the change-over is in May 2027.",
            "",
        ),
    ),
    RiskText(
        "wr08",
        "WR08",
        "The roll-out of assistive technology stops",
        "Monitors stay in the store because nobody fits them.",
        "project",
        "Assistive technology",
        "Commissioning manager, assistive technology",
        ((3, 3), "green"),
        (1, 3),
        MARCH,
        over_time(
            "3x3g 2x3g 2x3g 2x3g 3x4a - -",
            "Fitting takes a week less.",
            "As before.",
            "Two fitters left.",
        ),
        ("Fit 300 monitors by December 2026.",),
        (
            (
                moment(2026, 7, 27),
                1,
                "141 are fitted.",
                "on schedule",
                "300 monitors are fitted",
                date(2026, 12, 31),
            ),
        ),
        owner="leaver",
        saving="ASC26-05",
    ),
    RiskText(
        "wr09",
        "WR09",
        "Data of monitors is not shared with the NHS",
        "The two systems do not speak with each other, so that alarms are seen late.",
        "project",
        "Assistive technology",
        "Commissioning manager, assistive technology",
        ((2, 4), "amber"),
        (1, 4),
        date(2026, 12, 31),
        over_time(
            "2x4a 2x4a 2x4a 2x4g 2x4g - -",
            "",
            "The agreement on data is with the lawyers.",
            "",
        ),
        ("Agree who may see which data.",),
        owner="leaver",
    ),
    RiskText(
        "wr10",
        "WR10",
        "Reablement has too few hours for winter",
        "People go straight into long-term care because reablement is full.",
        "project",
        "Reablement",
        "Commissioning manager, home care",
        ((4, 3), "amber"),
        (2, 3),
        MARCH,
        over_time(
            "4x3a 3x3g 4x3a 3x3g 2x3g 3x3a 4x4a",
            "Hours grew by 180 a week.",
            "As before.",
            "Sickness took 220 hours a week.",
        ),
        ("Recruit fourteen support workers.",),
        ((moment(2026, 10, 23), 1, "Eight have started.", "falling behind"),),
        owner="home",
        saving="ASC26-01",
    ),
    RiskText(
        "wr11",
        "WR11",
        "Judicial review of the charging policy",
        "A court may find that the policy was not consulted on properly.",
        "departmental",
        "Charging",
        "Head of legal services",
        ((3, 4), "amber"),
        (1, 3),
        date(2026, 12, 31),
        over_time(
            "3x4a 3x4a 3x4a 4x4r 2x4g - -",
            "The hearing went well.",
            "No date for the hearing yet.",
            "Permission was given for a hearing.",
        ),
        saving="ASC26-07",
    ),
    RiskText(
        "wr12",
        "WR12",
        "The council is not ready for its inspection",
        "Inspectors may find that people wait too long and that records are not kept.",
        "departmental",
        "Quality",
        "Performance and insight lead",
        ((2, 4), "green"),
        (1, 3),
        MARCH,
        over_time(
            "2x4g 2x4g 2x4g 2x4g 2x4g 4x5r 4x5r",
            "",
            "The self-assessment is up to date.",
            "The mock inspection in September found that a third of records lack a review.",
        ),
        ("Bring records up to date.",),
        (
            (
                moment(2026, 10, 26),
                1,
                "A third is done.",
                "falling behind",
                "All records have a review",
                date(2027, 1, 8),
            ),
        ),
        owner="performance lead",
    ),
    RiskText(
        "wr13",
        "WR13",
        "Extra care housing in Westport is late",
        "The builder may not finish by March 2027, and the saving would be a year later.",
        "project",
        "Housing",
        "Commissioning manager, home care",
        ((3, 3), "green"),
        (2, 2),
        MARCH,
        over_time(
            "3x3g 3x3g 3x3g 4x3a 4x3a 4x3a 5x3r",
            "",
            "The programme is as it was.",
            "Piling found old foundations.",
        ),
        owner="commissioner",
        saving="ASC26-09",
    ),
    RiskText(
        "wr14",
        "WR14",
        "Carers do not know what they may ask for",
        "Leaflets are not read by everybody. They are wanted in Welsh (Cymorth i ofalwyr), Polish "
        "(Pomoc dla opiekunów – zażółć), Bengali (পরিচর্যাকারীদের জন্য সহায়তা), Arabic "
        "(دعم مقدمي الرعاية) and Chinese (照顾者支援), and with large print.",
        "departmental",
        "Carers",
        "Commissioning manager, carers",
        ((4, 2), "green"),
        (2, 2),
        MARCH,
        over_time(
            "4x2g 3x2g 3x2g 3x2g 3x2g 2x2g 2x2g",
            "Three languages are printed.",
            "As before.",
            "",
        ),
        owner="carers",
    ),
    RiskText(
        "wr15",
        "WR15",
        "Conditions of the Better Care Fund change in the year",
        "New conditions may come after plans are agreed.",
        "corporate",
        "Better Care Fund",
        "Director of adult social care",
        ((3, 4), "amber"),
        (2, 3),
        date(2027, 9, 30),
        over_time(
            "- - - - - 3x4a 3x4a",
            "",
            "The guidance for 2027/28 is not out yet.",
            "",
        ),
        entered=moment(2026, 9, 21, 10),
    ),
    RiskText(
        "wr11-again",
        "WR11 again",
        "Appeal against the judgment on the charging policy",
        "Leave to appeal was given out of time, so what was closed as WR11 is open again.",
        "departmental",
        "Charging",
        "Head of legal services",
        ((3, 4), "amber"),
        (1, 3),
        date(2027, 12, 31),
        (None,) * 7,
        entered=moment(2027, 1, 12, 10),
        saving="ASC26-07",
    ),
)
