"""Withdrawing a version: one person asks and says why, a second decides. Nothing is deleted."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.typed_words import too_long_a_note
from projects.access import Access
from projects.models import Council
from reporting.actions import carry_on
from reporting.models import PeriodVersion, ReportingPeriod, Return, Withdrawal
from reporting.workflow import NotNow, follow

Decision = Withdrawal.Decision


class Withdrawn(Exception):
    """What is asked for was public and is withdrawn. ``version`` is the one that was.

    ``asked`` is a version of a later period that showed reports of it.
    """

    def __init__(self, version: PeriodVersion, asked: PeriodVersion | None = None):
        super().__init__(f"{version} is withdrawn")
        self.version = version
        self.asked = asked


def gone(council: Council, period_key: str, number: str = "") -> Withdrawn | Http404:
    """Why nothing is to be seen of a period, or a version: it was withdrawn, or never there."""
    if "\x00" in period_key:
        return Http404("No key of a period.")
    withdrawn = PeriodVersion.objects.filter(
        period__council=council, period__key=period_key, withdrawals__decision="confirmed"
    )
    if number:
        withdrawn = withdrawn.filter(number=int(number) if number.isdecimal() else 0)
    else:
        withdrawn = withdrawn.filter(period__published_at=None)
    found = withdrawn.order_by("-number").first()
    return Withdrawn(found) if found else Http404("Nothing to be seen of that period.")


@transaction.atomic
def ask_to_withdraw(version: PeriodVersion, *, reason: str, by, access: Access) -> Withdrawal:
    """Asks for the version to be withdrawn. It stays public until a second person agrees.

    Raises PermissionDenied where the person may not publish, NotNow where the version does not
    stand, the reason is missing, or somebody has asked already.
    """
    access.require(Permission.RUN_PERIODS)
    period = ReportingPeriod.objects.select_for_update().get(pk=version.period_id)
    standing = PeriodVersion.objects.standing().filter(period=period).first()
    if standing is None or standing.pk != version.pk:
        raise NotNow("Only the version that stands can be withdrawn.")
    if not reason.strip():
        raise NotNow("Say why in a few words: everybody who opens the address reads them.")
    if problem := too_long_a_note(reason):
        raise NotNow(problem)
    if version.withdrawals.exclude(decision=Decision.REFUSED).exists():
        raise NotNow("Withdrawing this version is asked for already.")
    return Withdrawal.objects.create(
        version=version, reason=reason.strip(), asked_by=by, asked_at=clock.now()
    )


@transaction.atomic
def decide(withdrawal: Withdrawal, *, confirm: bool, by, access: Access) -> Withdrawal:
    """Withdraws the version, or refuses to: by somebody else than who asked.

    Returns that were first public in it are approved again, so that they can be published as they
    are or reopened. What stood before stands again; with nothing before, the period is not
    published. Raises PermissionDenied or NotNow.
    """
    access.require(Permission.RUN_PERIODS)
    period = ReportingPeriod.objects.select_for_update().get(pk=withdrawal.version.period_id)
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if withdrawal.decision != Decision.WAITING:
        raise NotNow(f"This is decided already: {withdrawal.get_decision_display().lower()}.")
    if withdrawal.asked_by_id == by.pk:
        raise PermissionDenied
    version = withdrawal.version
    withdrawal.decision = Decision.CONFIRMED if confirm else Decision.REFUSED
    withdrawal.decided_by, withdrawal.decided_at = by, clock.now()
    withdrawal.save()
    if confirm:
        _take_back(period, version, by, access, withdrawal.reason)
    return withdrawal


def _take_back(period, version, by, access, reason):
    before = PeriodVersion.objects.standing().filter(period=period).first()
    held = set(before.snapshots.values_list("pk", flat=True)) if before else set()
    own = version.snapshots.filter(report__period=period).exclude(pk__in=held)
    reports = Return.objects.filter(
        pk__in=own.values("report"), status=Return.Status.PUBLISHED
    ).order_by("pk")
    for report in reports:
        follow("withdraw publication", report.pk, by=by, access=access, words=reason)
    if before is None:
        period.published_at, period.current_since = None, None
        period.current_when_complete = False
        period.save(update_fields=["published_at", "current_since", "current_when_complete"])
    carry_on(period, by=by, at=clock.now(), why=reason)
