"""The council's own measures: what is counted, how, by whom, and what it is to reach.

``vital_signs_figures`` gives them figures, ``vital_signs_records`` makes the records.
"""

from dataclasses import dataclass
from decimal import Decimal

from demonstration.westshire.council import LOCALITIES
from outcomes.models import Measure

BIGGER = Measure.Direction.BIGGER.value
SMALLER = Measure.Direction.SMALLER.value
NEITHER = Measure.Direction.NEUTRAL.value
MONTH, QUARTER, YEAR = (frequency.value for frequency in Measure.Frequency)
SUPPORTING = Measure.Collection.SUPPORTING.value

# Theme: who answers for its measures and who keeps their figures, by post.
THEMES = {
    "Home from hospital": ("Head of hospital discharge", "Discharge hub analyst"),
    "Independent at home": ("Head of community care", "Adult social care systems officer"),
    "Carers": ("Head of prevention and carers", "Carers' contract officer"),
    "Safe care": ("Head of safeguarding and quality", "Safeguarding data officer"),
    "Care market and workforce": ("Market development manager", "Commissioning analyst"),
}
HOSPITAL, HOME, CARERS, SAFE, MARKET = THEMES

NOT_OFFICIAL = (
    "A headline metric of 2026/27. It is counted as the council could count it for this "
    "demonstration; it is not the official definition."
)
AGED_65 = 168_400

BY_LOCALITY = tuple(name.lower().replace(" ", "-") for name in LOCALITIES)
# Their shares of what is counted, in the order of the localities.
SHARES = (Decimal("0.22"), Decimal("0.17"), Decimal("0.2"), Decimal("0.13"), Decimal("0.28"))


@dataclass(frozen=True)
class Sign:
    """A measure, and about what it comes to: ``level`` on average, give or take ``spread``."""

    slug: str
    name: str
    text: str
    theme: str
    unit: str
    direction: str
    level: float
    spread: float
    decimals: int = 1
    # Change from month to month, and how far it swings with the seasons.
    drift: float = 0
    season: float = 0
    # Of how many it is a share, by name; 0 where the figure has no parts.
    of: int = 0
    multiplier: int | None = None
    parts: tuple[str, str] = ("", "")
    # A target that stands, one that changes every month, or the year's for one added up.
    target: str = ""
    profile: str = ""
    not_yet_set: bool = False
    added_up: bool = False
    frequency: str = MONTH
    collection: str = Measure.Collection.VITAL_SIGNS.value
    supports: str = ""
    split: tuple[str, ...] = ()
    # Months of history before January 2026.
    history: int = 24
    note: str = ""

    @property
    def breakdown(self) -> str:
        if not self.split:
            return ""
        return "locality" if self.split == BY_LOCALITY else "provider"


def _share(slug, name, text, theme, direction, level, spread, of, numerator, denominator, **more):
    """A share in per cent, with its parts."""
    options = {"of": of, "multiplier": 100, "parts": (numerator, denominator)} | more
    return Sign(slug, name, text, theme, "%", direction, level, spread, **options)


SIGNS = (
    Sign(
        "emergency-admissions-65", "Emergency admissions, aged 65 and over",
        "Emergency admissions to hospital of people aged 65 and over, per 100,000 of them",
        HOSPITAL, "per 100,000", SMALLER, 1655, 38, season=90, drift=-2.2, of=AGED_65,
        multiplier=100_000, parts=("Emergency admissions", "Residents aged 65 and over"),
        profile="1640", split=BY_LOCALITY, note=NOT_OFFICIAL,
    ),
    Sign(
        "discharge-delay", "Average discharge delay",
        "Days between being ready to leave hospital and leaving, averaged over all discharges",
        HOSPITAL, "days", SMALLER, 0.63, 0.03, decimals=2, season=0.05, profile="0.6",
        note=NOT_OFFICIAL,
    ),
    _share(
        "discharged-on-ready-day", "Discharged on the day they were ready",
        "Discharges that took place on the day the person was ready to leave", HOSPITAL, BIGGER,
        87.4, 0.7, 2900, "Discharged on the day", "All discharges", collection=SUPPORTING,
        supports="discharge-delay",
    ),
    Sign(
        "days-late", "Days late, of those who left late",
        "Average days that people waited who did not leave on the day they were ready",
        HOSPITAL, "days", SMALLER, 5.0, 0.2, season=0.3, collection=SUPPORTING,
        supports="discharge-delay",
    ),
    _share(
        "home-as-usual", "Discharged to their usual home",
        "People discharged from hospital to the place where they usually live", HOSPITAL, BIGGER,
        92.6, 0.5, 2900, "Discharged home", "All discharges", target="92",
        split=("provider-1", "provider-2"),
    ),
    _share(
        "weekend-discharges", "Discharges at weekends", "Discharges on a Saturday or a Sunday",
        HOSPITAL, BIGGER, 17.6, 0.8, 2900, "Discharged at a weekend", "All discharges",
        target="20", drift=0.05,
    ),
    Sign(
        "ready-beds", "Beds with people ready to leave",
        "Hospital beds with people who were ready to leave, on average each day", HOSPITAL,
        "people", SMALLER, 99, 3, decimals=0, drift=-0.9, target="85",
    ),
    Sign(
        "bed-occupancy", "Intermediate care beds in use",
        "Intermediate care beds in use, as a share of the beds bought", HOSPITAL, "%", BIGGER,
        96, 2.5, season=4, target="92",
    ),
    _share(
        "assessed-in-28-days", "Assessed within 28 days of discharge",
        "People discharged to assess whose assessment was done within 28 days", HOSPITAL, BIGGER,
        81, 2, 210, "Assessed in 28 days", "Discharged to assess", target="80",
    ),
    _share(
        "readmitted-in-30-days", "Back in hospital within 30 days",
        "People readmitted as an emergency within 30 days of leaving hospital", HOSPITAL, SMALLER,
        14.6, 0.4, 2900, "Readmitted", "All discharges", target="15",
    ),
    _share(
        "reablement-independent", "No further care after reablement",
        "People who needed no further care when their reablement ended", HOME, BIGGER, 74.5, 2.2,
        400, "No further care", "Ended reablement", target="75", split=BY_LOCALITY,
    ),
    _share(
        "reablement-two-days", "Reablement begun within two days",
        "Referrals for reablement that were begun within two days", HOME, BIGGER, 88.5, 1.6, 190,
        "Begun in two days", "Referrals", target="90", split=BY_LOCALITY,
    ),
    _share(
        "home-care-48-hours", "Home care begun within 48 hours",
        "Home care packages that began within 48 hours of being asked for", HOME, BIGGER, 92.4,
        0.9, 320, "Begun in 48 hours", "Packages asked for", target="90",
    ),
    Sign(
        "urgent-response-wait", "Wait for urgent community response",
        "Average wait from referral to the first visit of the urgent community response team",
        HOME, "days", SMALLER, 1.9, 0.12, target="2",
    ),
    Sign(
        "home-care-hours", "Hours of home care",
        "Hours of home care that the council bought in the month", HOME, "hours", BIGGER, 42_300,
        500, decimals=0, target="42000",
    ),
    _share(
        "visits-on-time", "Home care visits on time",
        "Home care visits that began within 30 minutes of the agreed time", HOME, BIGGER, 94.2,
        0.6, 86_000, "Visits on time", "All visits", target="95",
        split=("provider-3", "provider-7", "provider-8"),
    ),
    Sign(
        "hours-handed-back", "Hours handed back by providers",
        "Hours of home care that providers handed back in the month", HOME, "hours", SMALLER, 610,
        70, decimals=0, not_yet_set=True,
    ),
    _share(
        "equipment-five-days", "Equipment within five working days",
        "Community equipment delivered within five working days", HOME, BIGGER, 93.6, 0.8, 1240,
        "Delivered in time", "All deliveries", target="95", split=BY_LOCALITY,
    ),
    Sign(
        "technology-installed", "Assistive technology installed",
        "People who had assistive technology put into their home in the month", HOME, "people",
        BIGGER, 118, 7, decimals=0, target="150",
    ),
    Sign(
        "technology-net-savings", "Net savings from assistive technology",
        "Care avoided less what the technology cost in the month; below 0 where it cost more",
        HOME, "£", BIGGER, -9_000, 1_500, decimals=0, drift=350, target="0", history=12,
    ),
    Sign(
        "falls-admissions", "Admissions after a fall, aged 65 and over",
        "Emergency admissions after a fall of people aged 65 and over, per 1,000 of them", HOME,
        "per 1,000", SMALLER, 1.9, 0.08, decimals=2, season=0.15, of=AGED_65, multiplier=1_000,
        parts=("Admissions after a fall", "Residents aged 65 and over"), target="2",
    ),
    _share(
        "falls-response-hour", "Falls answered within an hour",
        "Calls to the falls response service that were answered at home within an hour", HOME,
        BIGGER, 79, 2.2, 640, "Answered in an hour", "Calls for help", target="75",
    ),
    Sign(
        "adaptations-done", "Home adaptations finished",
        "Disabled Facilities Grant adaptations finished since April", HOME, "homes", BIGGER, 41, 4,
        decimals=0, added_up=True, profile="500", history=21,
    ),
    Sign(
        "adaptations-days", "Days to finish a home adaptation",
        "Average days from first contact to the end of the work", HOME, "days", SMALLER, 164, 5,
        decimals=0, target="170",
    ),
    Sign(
        "carers-assessed", "Carers assessed since April",
        "Carers whose needs were assessed or reviewed since the start of the year", CARERS,
        "people", BIGGER, 118, 9, decimals=0, added_up=True, profile="1400",
        history=21,
    ),
    Sign(
        "carers-breaks", "Hours of breaks for carers since April",
        "Hours of breaks that carers had since the start of the year", CARERS, "hours", BIGGER,
        2_150, 160, decimals=0, added_up=True, profile="26000",
        history=21,
    ),
    _share(
        "carers-contacted", "Carers contacted within five days",
        "Carers who were contacted within five working days of asking for help", CARERS, BIGGER,
        91.5, 1.6, 420, "Contacted in time", "Carers who asked", target="90", split=BY_LOCALITY,
    ),
    _share(
        "carers-with-a-plan", "Carers with a plan",
        "Carers known to the council who have a support plan less than a year old", CARERS, BIGGER,
        66, 0.8, 3900, "With a plan", "Carers known", target="65", history=12,
    ),
    Sign(
        "serious-incidents", "Serious incidents in commissioned care",
        "Serious incidents reported by providers of commissioned care in the month", SAFE,
        "incidents", SMALLER, 0.4, 0.7, decimals=0, target="0",
    ),
    _share(
        "urgent-safeguarding", "Urgent concerns answered the same day",
        "Safeguarding concerns marked urgent that were answered on the same day", SAFE, BIGGER, 88,
        6, 16, "Answered the same day", "Urgent concerns", decimals=0, target="100",
        split=BY_LOCALITY,
    ),
    _share(
        "enquiries-in-28-days", "Safeguarding enquiries within 28 days",
        "Safeguarding enquiries that were finished within 28 days", SAFE, BIGGER, 84, 1.8, 260,
        "Finished in 28 days", "Enquiries finished", target="85",
    ),
    Sign(
        "missed-visits", "Missed home care visits",
        "Home care visits that nobody came to, for each 1,000 planned", SAFE, "per 1,000", SMALLER,
        1.4, 0.15, of=86_000, multiplier=1_000, parts=("Missed visits", "Planned visits"),
        target="1.5",
    ),
    Sign(
        "homes-suspended", "Care homes closed to new residents",
        "Care homes that the council had suspended from taking new residents, at the month's end",
        SAFE, "homes", SMALLER, 2, 0, decimals=0, target="3",
    ),
    _share(
        "care-vacancies", "Vacant posts in care",
        "Posts of care workers in the county that were vacant at the month's end", MARKET, SMALLER,
        9.6, 0.3, 5400, "Vacant posts", "All posts", target="9",
    ),
    Sign(
        "waiting-for-home-care", "People waiting for home care",
        "People at the month's end whose home care was agreed and had not begun", MARKET, "people",
        SMALLER, 62, 5, decimals=0, target="60",
    ),
    Sign(
        "fee-for-an-hour", "Fee for an hour of home care",
        "Average fee that the council paid for an hour of home care", MARKET, "£", NEITHER, 23.1,
        0.08, decimals=2, drift=0.04,
    ),
    Sign(
        "admissions-change", "Change in emergency admissions on a year before",
        "Change in emergency admissions of people aged 65 and over on the same month a year before",
        MARKET, "%", SMALLER, -1.2, 1.4, target="-1", history=12,
    ),
    _share(
        "learning-disability-work", "Adults with a learning disability in paid work",
        "Adults with a learning disability known to the council who are in paid work", MARKET,
        BIGGER, 3.6, 0.03, 2100, "In paid work", "Adults known", target="3.5",
    ),
    _share(
        "direct-payments", "People who use a direct payment",
        "People with long-term support who use a direct payment for some of it", MARKET, BIGGER,
        27.6, 0.4, 6100, "With a direct payment", "With long-term support", target="28",
    ),
    Sign(
        "residential-admissions-65", "Admissions to residential care, aged 65 and over",
        "Long-term admissions to residential and nursing care of people aged 65 and over, per "
        "100,000 of them, since April", HOME, "per 100,000", SMALLER, 128, 7, of=AGED_65,
        multiplier=100_000, parts=("Admissions since April", "Residents aged 65 and over"),
        added_up=True, frequency=QUARTER, profile="520", note=NOT_OFFICIAL,
    ),
    _share(
        "at-home-91-days", "At home 91 days after leaving hospital",
        "People who had reablement after hospital and were at home 91 days later", HOSPITAL,
        BIGGER, 84.6, 0.9, 610, "At home", "Left hospital with reablement", frequency=QUARTER,
    ),
    _share(
        "medicines-reviewed", "Medicines reviewed in care homes",
        "Residents of care homes whose medicines were reviewed in the quarter", SAFE, BIGGER, 71,
        2, 2300, "Reviewed", "Residents", frequency=QUARTER, target="70",
    ),
    Sign(
        "carers-quality-of-life", "Carers' quality of life",
        "What carers said of their quality of life in the yearly survey, from 0 to 12", CARERS,
        "score", BIGGER, 7.4, 0.1, frequency=YEAR, target="7.5",
    ),
    Sign(
        "helped-to-stay-well", "People helped to stay well",
        "People who were helped by a prevention service in the year", CARERS, "people", BIGGER,
        5_300, 200, decimals=0, frequency=YEAR, target="5000",
    ),
)  # fmt: skip
