"""A made-up month of vital signs for demonstration mode, in progress. It says so on its pages."""

from datetime import timedelta
from decimal import Decimal

from bcfportal.lib.periods import Period
from demonstration.accounts import give_roles
from outcomes.models import Month
from projects.access import access_of
from projects.models import Council
from publishing.models import ReportingPeriod, SectionName
from returns.actions import draft_of, save_section
from returns.periods import open_period

COUNCIL, KEY = "norfolk", "2017-18-m01"
# How many measures are filled in, so that some are left to do.
FILLED = 9


def make_month(people: dict, *, today) -> None:
    """Gives the demonstration accounts their roles and opens the month with a draft, once."""
    council = Council.objects.filter(slug=COUNCIL).first()
    if council is None or ReportingPeriod.objects.filter(council=council, key=KEY).exists():
        return
    give_roles(council, people)
    officer = people["performance@demonstration.example"]
    commissioner = people["commissioner@demonstration.example"]
    period = open_period(
        council=council,
        key=KEY,
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=Period.parse(KEY).last_day,
        opens=today - timedelta(days=3),
        due=today + timedelta(days=7),
        closes=today + timedelta(days=21),
        title="Performance management report",
        subtitle="Demonstration: a made-up month",
        by=officer,
    )
    period.note = "This month and its figures are made up for a demonstration."
    period.save(update_fields=["note"])
    report = Month.objects.select_related("period__council").get(period=period)
    typed = {}
    for row in draft_of(report).grid.rows[:FILLED]:
        if row.last is None or row.last.result.value is None:
            continue
        made_up = row.last.result.value * Decimal("1.01")
        typed[f"{row.key}-value"] = f"{made_up.quantize(Decimal(1).scaleb(-row.measure.decimals))}"
    access = access_of(commissioner, council)
    save_section(report.pk, SectionName.MEASURES, typed, version=0, by=commissioner, access=access)
