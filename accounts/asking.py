"""Limits on mail within an hour: asked for from one place, by one person, or to one account."""

from datetime import timedelta

from accounts.models import Asked
from bcfportal.lib import clock

HOUR = timedelta(hours=1)


def too_often(of: str, most: int) -> bool:
    """Whether ``of`` has asked for mail ``most`` times within the hour; if not, notes this time.

    Older records are deleted: a place is kept no longer than it is counted.
    """
    now = clock.now()
    Asked.objects.filter(at__lt=now - HOUR).delete()
    if Asked.objects.filter(of=of).count() >= most:
        return True
    Asked.objects.create(of=of, at=now)
    return False
