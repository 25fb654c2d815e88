"""The money that Westshire reports on: areas of its budget, reserves and capital schemes.

Pounds throughout; income is negative. The budgets are not round, so that what is printed in
thousands does not always add up. The grid takes £ million with four decimals, so what is typed is
in hundreds of pounds; 2024/25 came with its paper, in pounds.
"""

from decimal import Decimal

from demonstration.westshire.story import MADE_UP
from finance.models import (
    CapitalLine,
    CapitalScheme,
    ExpenditureArea,
    MonitoringLine,
    MonitoringReport,
    OtherFigure,
    PrintedRow,
    PrintedTotal,
    Reserve,
    ReserveLine,
)
from finance.monitoring.collect import freeze_report

# slug, name, slug of what it is a part of. Wholes come before their parts.
AREAS = (
    ("adult-social-care", "Adult social care", ""),
    ("older-people", "Older people", "adult-social-care"),
    ("older-residential", "Residential and nursing care", "older-people"),
    ("older-home", "Home support", "older-people"),
    ("older-direct", "Direct payments", "older-people"),
    ("learning-disabilities", "Learning disabilities", "adult-social-care"),
    ("learning-residential", "Residential care, learning disabilities", "learning-disabilities"),
    ("learning-supported", "Supported living", "learning-disabilities"),
    ("learning-day", "Day opportunities", "learning-disabilities"),
    ("physical-disabilities", "Physical disabilities", "adult-social-care"),
    ("mental-health", "Mental health", "adult-social-care"),
    ("short-term", "Short-term and intermediate care", "adult-social-care"),
    ("reablement", "Reablement", "short-term"),
    ("discharge", "Hospital discharge", "short-term"),
    ("equipment", "Community equipment", "short-term"),
    ("social-work", "Social work and assessment", "adult-social-care"),
    ("prevention", "Prevention and carers", "adult-social-care"),
    ("carers", "Support for carers", "prevention"),
    ("voluntary", "Voluntary and community sector", "prevention"),
    ("technology", "Assistive technology", "prevention"),
    ("commissioning", "Commissioning and management", "adult-social-care"),
    ("income", "Income", "adult-social-care"),
    ("charges", "Charges to people for their care", "income"),
    ("nhs-income", "NHS contributions", "income"),
    ("better-care", "Better Care Fund and grants", "income"),
)
# Budgets of areas without parts, by the year that the financial year starts in.
BUDGETS = {
    "older-residential": {2024: 35_118_490, 2025: 36_904_500, 2026: 38_412_400},
    "older-home": {2024: 23_462_515, 2025: 25_018_400, 2026: 26_284_500},
    "older-direct": {2024: 12_604_490, 2025: 12_988_500, 2026: 13_318_800},
    "learning-residential": {2024: 22_704_515, 2025: 23_488_400, 2026: 24_118_200},
    "learning-supported": {2024: 26_318_515, 2025: 28_104_400, 2026: 29_634_600},
    "learning-day": {2024: 7_904_490, 2025: 8_062_500, 2026: 8_240_500},
    "physical-disabilities": {2024: 17_318_490, 2025: 18_204_500, 2026: 18_962_400},
    "mental-health": {2024: 15_218_490, 2025: 16_112_500, 2026: 17_041_300},
    "reablement": {2024: 6_412_515, 2025: 6_688_400, 2026: 6_903_500},
    "discharge": {2024: 7_518_490, 2025: 7_904_500, 2026: 8_211_400},
    "equipment": {2024: 2_204_515, 2025: 2_318_400, 2026: 2_447_500},
    "social-work": {2024: 14_012_490, 2025: 14_604_500, 2026: 15_186_500},
    "carers": {2024: 2_612_515, 2025: 2_748_400, 2026: 2_874_500},
    "voluntary": {2024: 3_118_490, 2025: 3_168_500, 2026: 3_214_400},
    "technology": {2024: 1_704_515, 2025: 1_852_400, 2026: 1_985_500},
    "commissioning": {2024: 6_404_490, 2025: 6_588_500, 2026: 6_712_400},
    "charges": {2024: -22_118_515, 2025: -23_204_400, 2026: -24_286_500},
    "nhs-income": {2024: -8_604_490, 2025: -8_862_500, 2026: -9_114_400},
    "better-care": {2024: -9_412_515, 2025: -9_788_400, 2026: -10_147_500},
}
# slug, name, group, what it is for.
RESERVES = (
    ("charging-appeals", "Charging appeals", "provisions", "Refunds of charges under appeal."),
    ("adult-care", "Adult social care reserve", "reserves", "Evens out demand between years."),
    ("market", "Care market sustainability", "reserves", "Fee uplifts ahead of a tender."),
    ("winter", "Winter pressures", "reserves", "Beds and home support in a hard winter."),
    ("transport", "Day transport (overdrawn)", "reserves", "Paid back over three years."),
    ("transformation", "Transformation fund", "corporate", "Shared with the whole council."),
)
SCHEMES = (
    ("extra-care", "Extra care housing, Westport"),
    ("adaptations", "Disabled facilities grants"),
    ("store", "Community equipment store, Northmoor"),
    ("case-system", "Case management system"),
)
# Opening balance, planned and actual movement of each reserve by year.
BALANCES = {
    2024: {
        "charging-appeals": (412_500, 0, -38_400),
        "adult-care": (6_904_000, -1_200_000, -2_318_500),
        "market": (2_450_000, -450_000, -612_300),
        "winter": (1_500_000, -500_000, -500_000),
        "transport": (-118_400, 0, -96_200),
        "transformation": (3_200_000, -800_000, -640_000),
    },
    2025: {
        "charging-appeals": (374_100, 0, 21_500),
        "adult-care": (4_585_500, -900_000, -1_964_800),
        "market": (1_837_700, -600_000, -741_400),
        "winter": (1_000_000, -400_000, -655_500),
        "transport": (-214_600, 70_000, -44_900),
        "transformation": (2_560_000, -600_000, -512_000),
    },
    # The movement is what is expected of the whole year at its end.
    2026: {
        "charging-appeals": (395_600, 0, 0),
        "adult-care": (2_620_700, -500_000, -1_408_500),
        "market": (1_096_300, -400_000, -388_200),
        "winter": (344_500, -344_500, -412_000),
        "transport": (-259_500, 90_000, 61_200),
        "transformation": (2_048_000, -700_000, -355_500),
    },
}
# Budget and outturn (or forecast) of the year, then the budgets of the two years after it.
CAPITAL = {
    2024: {
        "extra-care": (1_250_000, 604_500, 6_400_000, 4_200_000),
        "adaptations": (4_318_000, 4_402_515, 4_400_000, 4_480_000),
        "store": (380_000, 12_490, 720_000, 0),
    },
    2025: {
        "extra-care": (6_400_000, 3_918_400, 6_850_000, 1_200_000),
        "adaptations": (4_402_000, 4_288_500, 4_480_000, 4_560_000),
        "store": (720_000, 488_400, 610_000, 0),
        "case-system": (300_000, 142_500, 900_000, 450_000),
    },
    2026: {
        "extra-care": (6_850_000, 5_204_400, 3_318_500, 450_000),
        "adaptations": (4_480_000, 4_631_500, 4_560_000, 4_640_000),
        "store": (610_000, 702_400, 0, 0),
        "case-system": (900_000, 318_500, 1_030_000, 200_000),
    },
}
# By how many pounds the outturn of the year before the council's first report missed the budget.
MISSED_2024 = {
    "older-residential": 1_418_025,
    "older-home": -312_490,
    "learning-supported": 864_515,
    "mental-health": 518_490,
    "equipment": 204_515,
    "social-work": -466_490,
    "charges": -388_515,
    "nhs-income": 142_490,
}


def make_budget(council) -> None:
    """The areas, reserves and schemes, as they stand when the council begins."""
    areas: dict[str, ExpenditureArea] = {}
    places: dict[str, int] = {}
    for slug, name, parent in AREAS:
        places[parent] = places.get(parent, 0) + 1
        areas[slug] = ExpenditureArea.objects.create(
            council=council,
            slug=slug,
            name=name,
            parent=areas.get(parent),
            order=places[parent],
            kind="income" if "income" in (slug, parent) else "expenditure",
        )
    for order, (slug, name, group, purpose) in enumerate(RESERVES, 1):
        Reserve.objects.create(
            council=council, slug=slug, name=name, group=group, purpose=purpose, order=order
        )
    for order, (slug, name) in enumerate(SCHEMES, 1):
        CapitalScheme.objects.create(council=council, slug=slug, name=name, order=order)


def publish_outturn_of_2024(council) -> None:
    """The outturn of the year before, as its paper printed it. It was not made on the portal."""
    areas = {area.slug: area for area in council.expenditure_areas.all()}
    reserves = {reserve.slug: reserve for reserve in council.reserves.all()}
    schemes = {scheme.slug: scheme for scheme in council.capital_schemes.all()}
    report = MonitoringReport.objects.create(
        council=council,
        period="2024-25",
        as_at="2025-03-31",
        meeting="Adult Social Care Committee, 4 June 2025",
        source="Financial outturn 2024/25, 4 June 2025",
        note=MADE_UP,
    )
    MonitoringLine.objects.bulk_create(
        MonitoringLine(
            report=report,
            area=areas[slug],
            budget=years[2024],
            outturn=years[2024] + MISSED_2024.get(slug, 0),
            explanation=EXPLAINED_2024.get(slug, ""),
            source="Appendix A",
        )
        for slug, years in BUDGETS.items()
    )
    ReserveLine.objects.bulk_create(
        ReserveLine(
            report=report,
            reserve=reserves[slug],
            opening=opening,
            planned=planned,
            movement=movement,
            closing_printed=round(opening + movement, -3),
            source="Appendix C",
        )
        for slug, (opening, planned, movement) in BALANCES[2024].items()
    )
    for slug, (budget, outturn, *later) in CAPITAL[2024].items():
        line = {"report": report, "scheme": schemes[slug], "source": "Appendix D"}
        CapitalLine.objects.create(year=2024, budget=budget, outturn=outturn, **line)
        for year, amount in enumerate(later, 2025):
            CapitalLine.objects.create(year=year, budget=amount, **line)
    print_outturn(report, 2024)
    report.status = MonitoringReport.Status.PUBLISHED
    report.save(update_fields=["status"])
    freeze_report(report)


EXPLAINED_2024 = {
    "equipment": "More people left hospital with equipment, and collections fell behind.",
}


# What Table 1 of an outturn's paper prints, in £ million with one decimal.
IN_TABLE_1 = ("adult-social-care", "older-people", "older-home")


def print_outturn(report, year) -> None:
    """What the paper of an outturn prints in a second place, rounded otherwise: three areas in
    £ million with one decimal, the reserves in thousands, and the total once more in its text.
    Call before the report is approved.
    """
    areas = {area.slug: area for area in report.council.expenditure_areas.all()}
    rows = {line.area.slug: (line.budget, line.outturn) for line in report.lines.all()}
    for order, slug in enumerate(IN_TABLE_1, 1):
        leaves = leaves_of(slug)
        budget, outturn = (sum(rows[leaf][place] for leaf in leaves) for place in (0, 1))
        PrintedRow.objects.create(
            report=report,
            table="Table 1",
            order=order,
            label=areas[slug].name,
            area=areas[slug],
            budget=_in_hundred_thousands(budget),
            outturn=_in_hundred_thousands(outturn),
            variance=_in_hundred_thousands(outturn - budget),
            places=1,
            source="Table 1",
        )
    PrintedTotal.objects.create(
        report=report,
        of=PrintedTotal.Of.RESERVES,
        year=year,
        label="All reserves",
        **_printed_reserves(year),
        source="Appendix C",
    )
    variance = sum(outturn - budget for budget, outturn in rows.values())
    OtherFigure.objects.create(
        report=report,
        order=1,
        area=areas["adult-social-care"],
        what=OtherFigure.What.VARIANCE,
        value=_in_hundred_thousands(variance),
        places=1,
        as_printed=f"an overspend of £{variance / 1_000_000:.1f}m",
        source="Paragraph 2.1",
    )


def leaves_of(slug: str) -> list[str]:
    """The areas without parts that an area comes to; itself where it has none."""
    parts = [part for part, _, whole in AREAS if whole == slug]
    return [leaf for part in parts for leaf in leaves_of(part)] if parts else [slug]


def _in_hundred_thousands(pounds):
    return (Decimal(pounds) / 100_000).quantize(Decimal(1)) * 100_000


def _printed_reserves(year):
    """The reserves' totals in thousands, one of them a thousand off as sums of rounded lines."""
    lines = [
        figures
        for slug, figures in BALANCES[year].items()
        if {reserve[0]: reserve[2] for reserve in RESERVES}[slug] == "reserves"
    ]
    thousands = [round(sum(line[place] for line in lines) / 1000) for place in (0, 2)]
    return {
        "opening": thousands[0] * 1000,
        "movement": thousands[1] * 1000,
        "closing": (sum(thousands) + 1) * 1000,
    }
