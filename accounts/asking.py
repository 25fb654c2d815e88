"""How often mail may be asked for within an hour: from one place, by one person, to one account."""

from datetime import timedelta

from accounts.models import Asked
from bcfportal.lib import clock

HOUR = timedelta(hours=1)


def too_often(of: str, most: int) -> bool:
    """Whether mail was asked for ``most`` times within the hour by or from this; else notes it.

    What is older is forgotten: a place is kept for no longer than it is counted.
    """
    now = clock.now()
    Asked.objects.filter(at__lt=now - HOUR).delete()
    if Asked.objects.filter(of=of).count() >= most:
        return True
    Asked.objects.create(of=of, at=now)
    return False
