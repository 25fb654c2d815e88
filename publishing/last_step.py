"""Whether what a person decides on is still what the page showed: by its timeline's last step."""

from django.db.models import Manager

# The field of a form that carries the step.
SEEN = "seen"
CHANGED_SINCE = (
    "It was taken back and submitted again since you opened the page, and may say something else. "
    "What it says now is on this page: read it, then decide."
)


def last_step(events: Manager) -> str:
    """The number of the last step of a timeline; "" before the first."""
    return str(events.order_by("-pk").values_list("pk", flat=True).first() or "")


def is_changed_since(events: Manager, seen: str) -> bool:
    """Whether a step was taken after the one that the page showed; no page says ""."""
    return bool(seen) and seen != last_step(events)
