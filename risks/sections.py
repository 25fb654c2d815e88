"""What this subject publishes, as the menu and the list of councils need to know it."""

from publishing import council_sections, publications
from risks.models import RegisterReport
from risks.withdrawal import OfRegister


def register() -> None:
    """Registers it. Called once, when the app is ready."""
    council_sections.register(
        "has_risks",
        lambda council: RegisterReport.objects.not_withdrawn().filter(council=council),
        place=5,
    )
    publications.register(RegisterReport, OfRegister())
