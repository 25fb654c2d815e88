"""Withdrawing what is published, of whatever kind: with a reason, and nothing is deleted.

One person asks and says why; a second decides where one approves what is published. ``Withdrawal``
keeps both, for good.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404

from accounts.models import User
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from bcfportal.lib.withdrawals import Withdrawn
from projects.access import Access
from projects.models import Council
from publishing.models import PeriodVersion, Withdrawal
from publishing.publications import kind_of
from publishing.workflow import NotNow
from typed.seen import Seen

Decision = Withdrawal.Decision
# What the withdrawal of a version says of the versions below it that show the same.
_ASKED_AND_DECIDED = ["reason", "asked_by", "asked_at", "decision", "decided_by", "decided_at"]


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
    version = withdrawn.order_by("-number").first()
    return Withdrawn(version) if version else Http404("Nothing has been published for that period.")


def withdrawals_of(row: Model) -> list[Withdrawal]:
    """All that was asked and decided of withdrawing it, the latest first. One query."""
    rows = Withdrawal.objects.filter(**{kind_of(row).field: row})
    return list(rows.select_related("asked_by", "decided_by").order_by("-pk"))


@transaction.atomic
def ask_to_withdraw(row: Model, *, reason: str, by: User, access: Access) -> Withdrawal:
    """Asks for what is published to be withdrawn. It stays public until a second person agrees.

    Where no second person approves what is published, it is withdrawn at once. Raises
    PermissionDenied where the person may not publish, NotNow where the version does not stand, the
    reason is missing, or somebody has asked already.
    """
    kind = kind_of(row)
    kind.require(row, access)
    kind.lock(row)
    in_force = kind.in_force(row)
    if in_force is None or in_force.pk != row.pk:
        raise NotNow("Only the version that stands can be withdrawn.")
    if not reason.strip():
        raise NotNow("Say why in a few words: everybody who opens the address will read them.")
    if problem := too_long_a_note(reason):
        raise NotNow(problem)
    mine = Withdrawal.objects.filter(**{kind.field: row})
    if mine.exclude(decision=Decision.REFUSED).exists():
        raise NotNow("Somebody has already asked to withdraw this version.")
    withdrawal = Withdrawal.objects.create(
        **{kind.field: row}, reason=reason.strip(), asked_by=by, asked_at=clock.now()
    )
    if kind.second_person:
        kind.noted(withdrawal)
        return withdrawal
    return _decided(withdrawal, Decision.CONFIRMED, by, access)


@transaction.atomic
def decide(
    withdrawal: Withdrawal,
    *,
    confirm: bool,
    by: User,
    access: Access,
    seen: Seen[Withdrawal] | None = None,
) -> Withdrawal:
    """Withdraws what is published, or refuses to: by somebody else than who asked.

    What stood before stands again; with nothing before, it is not published. Raises
    PermissionDenied or NotNow, Stale where something else is asked than was ``seen``.
    """
    kind = kind_of(withdrawal.of)
    kind.require(withdrawal.of, access)
    kind.lock(withdrawal.of)
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if withdrawal.decision != Decision.WAITING:
        raise NotNow(f"This has already been decided: {withdrawal.get_decision_display().lower()}.")
    if withdrawal.asked_by_id == by.pk:
        raise PermissionDenied
    if seen:
        seen.require(withdrawal)
    in_force = kind.in_force(withdrawal.of)
    if confirm and (in_force is None or in_force.pk != withdrawal.of.pk):
        raise NotNow("Another version stands now: only the one that stands can be withdrawn.")
    return _decided(withdrawal, Decision.CONFIRMED if confirm else Decision.REFUSED, by, access)


def asked_read(withdrawal: Withdrawal) -> dict[str, str]:
    """What the page shows to who decides: what is asked, why, and by whom; see ``typed.seen``."""
    return {
        "What is withdrawn": str(kind_of(withdrawal.of).number(withdrawal.of)),
        "Why": withdrawal.reason,
        "Who asked": f"{withdrawal.asked_by.post}, {withdrawal.asked_at}",
    }


def _decided(withdrawal: Withdrawal, decision: str, by: User, access: Access) -> Withdrawal:
    row = withdrawal.of
    kind = kind_of(row)
    confirmed = decision == Decision.CONFIRMED
    repeats = kind.repeats(row) if confirmed else []
    withdrawal.decision = decision
    withdrawal.decided_by, withdrawal.decided_at = by, clock.now()
    withdrawal.save()
    for repeat in repeats:
        Withdrawal.objects.update_or_create(
            **{kind.field: repeat},
            decision=Decision.WAITING,
            defaults={name: getattr(withdrawal, name) for name in _ASKED_AND_DECIDED},
        )
    kind.noted(withdrawal)
    if confirmed:
        kind.taken_back(withdrawal, kind.in_force(row), access)
    return withdrawal
