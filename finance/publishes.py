"""What these subjects publish and work on, as the rest of the portal needs to know it."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.money import million_pounds
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.searching import says_all
from finance.models import MonitoringReport, PrintedRow, PrintedTotal, SavingsEdition
from finance.monitoring.published import Money, money_in
from finance.monitoring.whose_turn import waiting_for_nobody
from finance.monitoring.withdrawal import OfMoney
from finance.savings.figures_given import figures_given
from finance.savings.promises import promises_of
from finance.savings.published import latest_sheet
from finance.savings.withdrawal import OfSavings
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Beginning, Line, OwnFigure, Page, SearchResult, Subject, WorkPage

OFFICERS = (Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER)


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(_money())
    registry.register(_savings())
    registry.register(_ledger())


def _money() -> Subject:
    return Subject(
        "money",
        place=30,
        has="has_money",
        published=lambda council: MonitoringReport.objects.published().filter(council=council),
        work_pages=(
            WorkPage(
                *("money", "Finance reports", "reporting:money-reports", 40),
                (Permission.KEEP_MONEY, Permission.REVIEW),
            ),
        ),
        beginnings=(
            Beginning(30, Permission.KEEP_MONEY, "Finance reports", "reporting:money-reports"),
        ),
        permissions={Permission.KEEP_MONEY: [Role.FINANCE_OFFICER]},
        kinds={MonitoringReport: OfMoney()},
        stuck=waiting_for_nobody,
        read=money_in,
        lines=_money_lines,
        own_figure=_own_figure,
    )


def _money_lines(council: Council, money: Money | None) -> Iterator[Line]:
    if money is None:
        return
    node = money.root
    percent = "" if node.percent is None else f" ({node.percent_words})"
    yield Line(
        money.statement.label,
        f"{node.word}{percent};",
        figure="–" if node.variance is None else million_pounds(abs(node.variance)),
        link="see the money",
        address=reverse("reporting:finance", args=[council.slug]),
    )


def _own_figure(council: Council, name: str) -> OwnFigure | None:
    """A printed total, or a printed row of an area: "reserves/closing/2016-17"."""
    of, what, period = (*name.split("/"), "", "")[:3]
    reports = MonitoringReport.objects.published().filter(council=council, period=period)
    report = reports.order_by("-version").first()
    if report is None:
        return None
    row: PrintedTotal | PrintedRow | None
    if of in PrintedTotal.Of:
        row = PrintedTotal.objects.filter(report=report, of=of).order_by("-year").first()
        value = row.closing if row and what == "closing" else None
    else:
        rows = PrintedRow.objects.filter(report=report, area__slug=of, next_budget__isnull=False)
        row = rows.first()
        value = row.next_budget if row and what == "next budget" else None
    if row is None or value is None:
        return None
    return OwnFigure(
        value,
        Decimal(1000),
        "£",
        f"{million_pounds(value)} ({row.label}, {what})",
        row.source,
        reverse("reporting:finance", args=[council.slug]),
    )


def _savings() -> Subject:
    commissioner, finance = Role.COMMISSIONER, Role.FINANCE_OFFICER
    return Subject(
        "savings",
        place=40,
        has="has_savings",
        published=lambda council: SavingsEdition.objects.not_withdrawn().filter(
            paper__council=council
        ),
        pages=(Page("savings", "Savings", "reporting:savings", 50, needs=("has_savings",)),),
        work_pages=(
            WorkPage(
                "savings-work",
                "Manage savings",
                "reporting:savings-work",
                60,
                (Permission.SEE_SAVINGS,),
                under="savings",
            ),
        ),
        permissions={
            Permission.SEE_SAVINGS: [commissioner, *OFFICERS],
            Permission.PROPOSE_SAVINGS: [commissioner, finance],
            Permission.KEEP_SAVINGS: [finance],
            Permission.AGREE_CHANGES: OFFICERS,
        },
        kinds={SavingsEdition: OfSavings()},
        read=lambda council, access: latest_sheet(council),
        search=_search_savings,
        promises=promises_of,
        figures_given=figures_given,
    )


def _search_savings(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """The savings of the paper that stands, by reference and title."""
    sheet = latest_sheet(council)
    for saving in sheet.savings if sheet else ():
        if sheet and says_all(text, *saving.references, saving.title):
            address = reverse("reporting:savings", args=[council.slug])
            yield SearchResult(saving.title, address, f"A saving, as at {day_words(sheet.as_at)}")


def _ledger() -> Subject:
    return Subject(
        "ledger",
        place=45,
        work_pages=(
            WorkPage("ledger", "Ledger", "reporting:ledger", 50, (Permission.SEE_LEDGER,)),
        ),
        permissions={
            Permission.SEE_LEDGER: OFFICERS,
            Permission.UPLOAD_LEDGER: [Role.FINANCE_OFFICER],
        },
    )
