"""What this subject publishes, as the menu and the list of councils need to know it."""

from publishing import council_sections, publications
from publishing.models import PeriodVersion, ReportingPeriod
from returns.withdrawal import OfPeriod


def register() -> None:
    """Says it. Called once, when the app is ready."""
    council_sections.register(
        "has_programme",
        lambda council: ReportingPeriod.objects.published().filter(council=council).of_programmes(),
        place=1,
    )
    publications.register(PeriodVersion, OfPeriod())
