"""What is typed into a form and never sent is cleared, after a long time."""

from datetime import datetime, timedelta

from projects.models import Council
from publishing.models import FormDraft

# Thirteen months: what is done once a year is found again.
KEPT_FOR = timedelta(days=396)


def address_in(council: Council, path: str) -> str:
    """The address of a form of the council, as its drafts have it."""
    return path.removeprefix(f"/{council.slug}/")


def forget_form(council: Council, path: str) -> None:
    """Removes what was typed into a form whose record is removed."""
    FormDraft.objects.filter(council=council, address=address_in(council, path)).delete()


def forget_old_drafts(*, now: datetime) -> None:
    """Removes what was typed and not sent for KEPT_FOR, and what is left of drafts that were."""
    FormDraft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()
