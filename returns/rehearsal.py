"""Which later periods get a new version by what is asked: found by doing it and taking it back.

So the page that asks and what is done cannot differ. Nothing is left: no row, mail or number.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from bcfportal.lib import clock
from publishing.models import PeriodVersion, ReportingPeriod, Withdrawal
from returns.publication import approved_snapshots, carry_on, publish


def followed_when_published(period: ReportingPeriod) -> list[ReportingPeriod]:
    """The later periods that follow when what is approved of ``period`` is published."""
    return _later(period, lambda: publish(approved_snapshots(period)))


def followed_when_withdrawn(
    version: PeriodVersion, together: list[PeriodVersion]
) -> list[ReportingPeriod]:
    """The later periods that follow when ``version``, and those that go with it, are withdrawn.

    None where the portal has one person: withdrawing takes two.
    """
    people = list(User.objects.order_by("pk")[:2])
    if len(people) < 2:
        return []

    def act():
        for each in (version, *together):
            _withdraw(each, *people)
        carry_on(version.period, by=None, at=clock.now(), itself=True)

    return _later(version.period, act)


def _withdraw(version, first, second):
    """Two people, as the database asks for; who they are does not matter."""
    now = clock.now()
    waiting = Withdrawal.objects.filter(version=version, decision="waiting").first()
    asked = waiting or Withdrawal(version=version, reason="Asked.", asked_by=first, asked_at=now)
    asked.decision, asked.decided_at = Withdrawal.Decision.CONFIRMED, now
    asked.decided_by = second if asked.asked_by_id == first.pk else first
    asked.save()


def _later(period, act: Callable[[], object]) -> list[ReportingPeriod]:
    with transaction.atomic():
        last = PeriodVersion.objects.aggregate(last=Max("pk"))["last"] or 0
        act()
        made = PeriodVersion.objects.filter(pk__gt=last).exclude(period=period)
        found = ReportingPeriod.objects.filter(pk__in=made.values("period"))
        later = list(found.order_by("as_at", "key"))
        transaction.set_rollback(True)
    return later
