"""What this subject publishes, as the menu and the list of councils need to know it."""

from finance.models import MonitoringReport, SavingsEdition
from finance.monitoring.withdrawal import OfMoney
from finance.savings.withdrawal import OfSavings
from publishing import council_sections, publications


def register() -> None:
    """Says it. Called once, when the app is ready."""
    council_sections.register(
        "has_money",
        lambda council: MonitoringReport.objects.published().filter(council=council),
        place=3,
    )
    council_sections.register(
        "has_savings",
        lambda council: SavingsEdition.objects.not_withdrawn().filter(paper__council=council),
        place=4,
    )
    publications.register(MonitoringReport, OfMoney())
    publications.register(SavingsEdition, OfSavings())
