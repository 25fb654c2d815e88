"""The day that a demonstration lives on: Westshire's story ends then, and its quarter is open."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from bcfportal.lib import clock


def keep_time() -> None:
    """Moves this process's clock as far ahead as the demonstration's was first moved."""
    if settings.DEMONSTRATION and settings.DEMONSTRATION_CLOCK.exists():
        seconds = int(settings.DEMONSTRATION_CLOCK.read_text())
        clock.set_ahead(timedelta(seconds=seconds))


def begin_at(moment: datetime) -> None:
    """The demonstration's clock shows ``moment`` now and goes on from there, in every start."""
    seconds = int((moment - timezone.now()).total_seconds())
    settings.DEMONSTRATION_CLOCK.parent.mkdir(parents=True, exist_ok=True)
    settings.DEMONSTRATION_CLOCK.write_text(str(seconds))
    keep_time()
