"""The pages that put subjects together, as the rest of the portal needs to know them."""

from accounts.roles import Permission, Role
from publishing import registry
from publishing.registry import Page, Subject, WorkPage
from publishing.withdrawal import waiting_for_nobody

HAS_PAPERS = ("has_programme", "has_vital_signs", "has_money", "has_risks")

HAS_PROMISES = (
    *("has_programme", "has_vital_signs", "has_savings", "has_risks", "has_meetings"),
    "has_promises",
)


def register() -> None:
    """Says it. Called once, when the app is ready."""
    officers = [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER]
    registry.register(
        Subject(
            "programme",
            place=80,
            pages=(
                Page("overview", "Overview", "reporting:overview", 10, keeps_period=True),
                Page(
                    "projects",
                    "Projects",
                    "reporting:projects",
                    20,
                    needs=("has_programme",),
                    keeps_period=True,
                    searches=True,
                ),
                # Allocations to projects, or the finance reports.
                Page(
                    "finance",
                    "Money",
                    "reporting:finance",
                    40,
                    needs=("has_programme", "has_money"),
                    keeps_period=True,
                ),
                Page(
                    "papers",
                    "Papers",
                    "reporting:papers",
                    70,
                    needs=HAS_PAPERS,
                    keeps_period=True,
                ),
                Page(
                    "promises",
                    "Said to come",
                    "reporting:promises",
                    72,
                    needs=HAS_PROMISES,
                    keeps_period=True,
                ),
                Page(
                    "data",
                    "Data",
                    "reporting:data",
                    80,
                    needs=("has_programme",),
                    keeps_period=True,
                ),
            ),
            work_pages=(
                WorkPage("checks", "Checks", "reporting:checks", 30, (Permission.SEE_RETURNS,)),
            ),
            permissions={Permission.ACCEPT_CHECKS: officers},
            stuck=waiting_for_nobody,
        )
    )
