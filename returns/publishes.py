"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from accounts.roles import Permission, Role
from projects.models.councils import SIGN_SECOND
from publishing import registry
from publishing.models import PeriodVersion, ReportingPeriod
from publishing.registry import Beginning, Subject, WorkPage
from returns.board import waiting_for_nobody
from returns.withdrawal import OfPeriod


def register() -> None:
    """Says it. Called once, when the app is ready."""
    registry.register(
        Subject(
            "returns",
            place=10,
            has="has_programme",
            published=lambda council: (
                ReportingPeriod.objects.published().filter(council=council).of_programmes()
            ),
            work_pages=(
                WorkPage("returns", "My returns", "reporting:my-returns", 10, (Permission.REPORT,)),
                WorkPage("quarter", "Quarter", "reporting:quarter", 20, (Permission.SEE_RETURNS,)),
            ),
            beginnings=(
                Beginning(10, Permission.RUN_PERIODS, "Quarter", "reporting:quarter"),
                Beginning(20, Permission.REPORT, "My returns", "reporting:my-returns"),
            ),
            permissions={
                Permission.SEE_RETURNS: [Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER],
                Permission.REPORT: [Role.COMMISSIONER],
                Permission.REVIEW: [Role.PERFORMANCE_OFFICER],
                Permission.COUNTERSIGN: SIGN_SECOND,
                Permission.RUN_PERIODS: [Role.PERFORMANCE_OFFICER],
            },
            kinds={PeriodVersion: OfPeriod()},
            stuck=waiting_for_nobody,
        )
    )
