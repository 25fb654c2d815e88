"""Demonstration mode's part of the money: people's roles in Norfolk, and a made-up draft."""

from demonstration.accounts import give_roles
from finance.models import MonitoringReport, MonitoringSection
from finance.monitoring.actions import begin, save_section
from finance.monitoring.collect import latest_statement
from finance.monitoring.entry import as_typed
from finance.monitoring.tree import tree
from projects.access import access_of
from projects.models import Council

PERIOD = "2017-18-m02"
MEETING = "Demonstration: made-up figures, of no meeting"


def make_money_demonstration(people: dict) -> None:
    """Gives the demonstration accounts their roles in Norfolk and begins a report, once."""
    council = Council.objects.filter(slug="norfolk").first()
    if council is None:
        return
    outturn = MonitoringReport.objects.approved().filter(council=council, period="2016-17").first()
    if outturn is None or council.monitoring_reports.filter(period=PERIOD).exists():
        return
    give_roles(council, people)
    keeper = people["finance@demonstration.example"]
    access = access_of(keeper, council)
    report = begin(council=council, period=PERIOD, meeting=MEETING, by=keeper, access=access)
    save_section(
        report.pk,
        MonitoringSection.Name.LINES,
        _typed(latest_statement(outturn)),
        version=0,
        by=keeper,
        access=access,
    )


def _typed(statement):
    """Last year's outturn as budget and forecast; two lines differ, one without an explanation."""
    typed = {}
    for node in tree(statement).walk():
        if not node.parts:
            typed[f"{node.slug}-budget"] = as_typed(node.outturn)
            typed[f"{node.slug}-outturn"] = as_typed(node.outturn)
    typed["hired-transport-outturn"] = "7.250"
    typed["hired-transport-explanation"] = "Demonstration text, not a report of the council."
    typed["ices-outturn"] = "2.400"
    return typed
