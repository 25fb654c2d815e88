"""Testshire's money: a small tree of areas, and reports brought through the workflow."""

from datetime import date
from decimal import Decimal

from accounts.models import User
from accounts.roles import Role
from finance.models import (
    CapitalLine,
    CapitalScheme,
    ExpenditureArea,
    MonitoringLine,
    MonitoringReport,
    MonitoringSection,
    OtherFigure,
    PrintedRow,
    PrintedTotal,
    Reserve,
    ReserveLine,
)
from finance.monitoring.actions import begin, save_section, submit
from finance.monitoring.content import Area, Statement
from finance.monitoring.transitions import MONITORING
from projects.access import access_of
from projects.models import Council, Membership

LINES = {
    "older-budget": "10.000",
    "older-outturn": "10.400",
    "younger-budget": "5",
    "younger-outturn": "4.900",
    "income-budget": "(2.000)",
    "income-outturn": "(2.100)",
}
RESERVES = {"general-opening": "1.000", "general-planned": "(0.200)", "general-movement": "(0.300)"}
CAPITAL = {"hall-budget-2018": "0.500", "hall-outturn-2018": "0.450", "hall-budget-2019": "0.1"}


def make_areas(council):
    """All services: care (older and younger people) and income; one reserve; one scheme."""
    areas = {}
    for slug, name, parent, order in (
        ("all", "All services", "", 1),
        ("care", "Care", "all", 1),
        ("older", "Older people", "care", 1),
        ("younger", "Younger people", "care", 2),
        ("income", "Income from people", "all", 2),
    ):
        areas[slug] = ExpenditureArea.objects.create(
            council=council,
            slug=slug,
            name=name,
            parent=areas.get(parent),
            order=order,
            kind="income" if slug == "income" else "expenditure",
        )
    Reserve.objects.create(council=council, slug="general", name="General", group="reserves")
    CapitalScheme.objects.create(council=council, slug="hall", name="Hall")
    return areas


def second_keeper(council):
    """Another finance officer, who may approve what the first one wrote."""
    user, made = User.objects.get_or_create(
        email="second@example.org", defaults={"post": "Second finance officer"}
    )
    if made:
        Membership.objects.create(user=user, council=council, role=Role.FINANCE_OFFICER)
    return user


def by(user, council):
    return {"by": user, "access": access_of(user, council)}


def draft(council, keeper, period="2018-19-m02", lines=LINES, **sections):
    """A report begun and filled in by the keeper."""
    report = begin(council=council, period=period, **by(keeper, council))
    for name, typed in {"lines": lines, **sections}.items():
        save_section(report.pk, name, typed, version=0, **by(keeper, council))
    return report


def published(council, keeper, period="2018-19-m02", **typed):
    """A report brought all the way to publication."""
    report = draft(council, keeper, period, **typed)
    submit(report.pk, **by(keeper, council))
    other = second_keeper(council)
    MONITORING.transition("approve", report.pk, **by(other, council))
    MONITORING.transition("publish", report.pk, **by(other, council))
    report.refresh_from_db()
    return report


def brought_to(money, status):
    """A report of Testshire in that state, written by the finance officer, ``money.keeper``."""
    report = draft(money.council, money.keeper, reserves=RESERVES, capital=CAPITAL)
    other = second_keeper(money.council)
    if status == "given up":
        MONITORING.transition("give up", report.pk, **by(money.keeper, money.council))
    for action in ("submit", "approve", "publish"):
        report.refresh_from_db()
        if report.status == status:
            break
        if action == "submit":
            submit(report.pk, **by(money.keeper, money.council))
        else:
            MONITORING.transition(action, report.pk, **by(other, money.council))
    report.refresh_from_db()
    assert report.status == status
    return report


def make_statement(*areas, **fields):
    """A made-up statement as plain data; ``areas`` are (slug, parent, budget, outturn)."""
    return Statement(
        period=fields.pop("period", "2018-19"),
        version=1,
        as_at=date(2019, 3, 31),
        meeting="",
        tolerance=Decimal(5),
        areas=[
            Area(
                slug=slug,
                name=slug.title(),
                parent=parent,
                kind="income" if slug.startswith("income") else "expenditure",
                budget=None if budget is None else Decimal(budget),
                outturn=None if outturn is None else Decimal(outturn),
            )
            for slug, parent, budget, outturn in areas
        ],
        **fields,
    )


def a_section():
    """A section of a report in which nothing was typed."""
    norfolk = Council.objects.get(slug="norfolk")
    report = MonitoringReport.objects.create(
        council=norfolk, period="2017-18-m03", as_at="2017-06-30"
    )
    return MonitoringSection.objects.create(report=report, name="lines")


def breakers(copy_of):
    """For each constraint of monitoring a record that breaks it."""

    def norfolk():
        return Council.objects.get(slug="norfolk")

    def report(**changes):
        fields = {"council": norfolk(), "period": "2017-18-m03", "as_at": "2017-06-30"}
        return MonitoringReport.objects.create(**fields | changes)

    def twice(model, **fields):
        """A second record of the same, in a report that can still change."""
        fields = {"report": report(), **{name: get() for name, get in fields.items()}}
        model.objects.create(**fields)
        return model(**fields)

    def area():
        return norfolk().expenditure_areas.get(slug="older-people")

    def whole():
        return norfolk().expenditure_areas.get(slug="total-net-expenditure")

    def reserve():
        return Reserve.objects.first()

    def scheme():
        return CapitalScheme.objects.first()

    def given(value):
        return lambda: value

    def itself():
        new = ExpenditureArea(council=norfolk(), slug="loop", name="Loop", order=1, pk=999_999)
        new.parent_id = 999_999
        return new

    figure = {
        "order": given(1),
        "about": given("Thing"),
        "what": given("stated"),
        "value": given(1),
        "as_printed": given("1"),
    }
    return {
        "area_slug_unique_in_council": lambda: copy_of(area(), order=99),
        "area_one_total_in_council": lambda: copy_of(whole(), slug="other", order=99),
        "area_order_unique_in_parent": lambda: copy_of(area(), slug="other"),
        "area_not_its_own_part": itself,
        "monitoring_version_unique_in_period": lambda: copy_of(report()),
        "monitoring_one_version_in_work": lambda: copy_of(report(), version=2),
        "monitoring_version_from_one": lambda: copy_of(report(), version=0, period="2017-18-m04"),
        "monitoring_period_month_or_year": lambda: copy_of(report(), period="2017-18-q1"),
        "monitoring_line_unique_in_report": lambda: twice(MonitoringLine, area=area),
        "monitoring_variance_stated_or_worked_out": lambda: MonitoringLine(
            report=report(), area=area(), budget=1, outturn=1, stated_variance=0
        ),
        "reserve_slug_unique_in_council": lambda: copy_of(reserve()),
        "reserve_line_unique_in_report": lambda: twice(ReserveLine, reserve=reserve),
        "scheme_slug_unique_in_council": lambda: copy_of(scheme()),
        "capital_line_unique_in_report": lambda: twice(
            CapitalLine, scheme=scheme, year=given(2017)
        ),
        "capital_line_year_plausible": lambda: CapitalLine(
            report=report(), scheme=scheme(), year=1999
        ),
        "printed_row_place_unique_in_table": lambda: twice(
            PrintedRow, table=given("Table"), order=given(1), label=given("Row")
        ),
        "printed_total_unique_in_report": lambda: twice(
            PrintedTotal, of=given("reserves"), year=given(2017), label=given("Total")
        ),
        "other_figure_place_unique_in_report": lambda: twice(OtherFigure, **figure),
        "other_figure_of_one_thing": lambda: OtherFigure(
            report=report(), order=1, area=area(), about="Thing", what="stated", value=1
        ),
        "monitoring_section_unique_in_report": lambda: twice(
            MonitoringSection, name=given("lines")
        ),
        "monitoring_section_saved_by_with_when": lambda: MonitoringSection(
            report=report(), name="lines", version=1, saved_by=User.objects.first()
        ),
    }
