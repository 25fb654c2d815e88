"""Withdrawing what is published, of whatever kind: with a reason, and nothing is deleted.

One person asks and says why; a second decides where one approves what is published. ``Withdrawal``
keeps both, for good.
"""

from datetime import date

from django.db import transaction
from django.db.models import Model
from django.http import Http404

from accounts.models import User
from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from bcfportal.lib.withdrawals import Withdrawn
from projects.access import Access
from projects.models import Council
from publishing.models import PeriodVersion, Withdrawal
from publishing.publications import kind_of
from publishing.workflow import NotNow, Step, Transition, Workflow

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
        raise NotNow("Only the current version can be withdrawn.")
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
    return WITHDRAWALS.transition("confirm", withdrawal.pk, by=by, access=access).record


def asked_read(withdrawal: Withdrawal) -> dict[str, str]:
    """What the page shows to who decides: what is asked, why, and by whom; see ``typed.seen``."""
    return {
        "What is withdrawn": str(kind_of(withdrawal.of).number(withdrawal.of)),
        "Why": withdrawal.reason,
        "Who asked": f"{withdrawal.asked_by.post}, {withdrawal.asked_at}",
    }


class WithdrawalWorkflow(Workflow[Withdrawal]):
    """One person asks, with the reason, and a second decides; see ``publishing.publications``."""

    subject = "withdrawal"
    states = Decision
    state_field = "decision"
    ends = frozenset({Decision.CONFIRMED, Decision.REFUSED})

    def lock(self, pk: int, access: Access) -> Withdrawal:
        of = Withdrawal.objects.get(pk=pk).of
        kind_of(of).lock(of)
        return Withdrawal.objects.select_for_update().get(pk=pk)

    def reaches(self, rule: Transition, access: Access, record: Withdrawal) -> bool:
        return kind_of(record.of).allows(record.of, access)

    def is_author(self, record: Withdrawal, user: User) -> bool:
        """Whether the person asked, where a second person decides."""
        return kind_of(record.of).second_person and record.asked_by_id == user.pk

    def why_not_ready(self, rule: Transition, record: Withdrawal) -> str:
        in_force = kind_of(record.of).in_force(record.of)
        if rule.action == "confirm" and (in_force is None or in_force.pk != record.of.pk):
            return "Another version has replaced this one. Only the current one can be withdrawn."
        return ""

    def why_not(self, action: str, record: Withdrawal, today: date) -> str:
        if record.decision == Decision.WAITING:
            return ""
        return f"This has already been decided: {self.label(record.decision)}."

    def turn(self, step: Step[Withdrawal]) -> list[str]:
        record, kind = step.record, kind_of(step.record.of)
        record.decided_by, record.decided_at = step.by, step.at
        for repeat in kind.repeats(record.of) if record.decision == Decision.CONFIRMED else []:
            Withdrawal.objects.update_or_create(
                **{kind.field: repeat},
                decision=Decision.WAITING,
                defaults={name: getattr(record, name) for name in _ASKED_AND_DECIDED},
            )
        return ["decided_by", "decided_at"]

    def after(self, step: Step[Withdrawal], access: Access) -> None:
        """What stood before stands again; with nothing before, it is not published."""
        record, kind = step.record, kind_of(step.record.of)
        kind.noted(record)
        if record.decision == Decision.CONFIRMED:
            kind.taken_back(record, kind.in_force(record.of), access)


WAITING = frozenset({Decision.WAITING})
# Who may publish it may withdraw it: which of these that is, its kind says.
PUBLISHERS = frozenset(
    {
        Permission.RUN_PERIODS,
        Permission.KEEP_MONEY,
        Permission.REVIEW,
        Permission.KEEP_SAVINGS,
        Permission.KEEP_RISKS,
    }
)
WITHDRAWALS = WithdrawalWorkflow(
    (
        Transition(
            "confirm", "Withdrawn", WAITING, Decision.CONFIRMED, PUBLISHERS, not_by_author=True
        ),
        Transition(
            "refuse", "Left public", WAITING, Decision.REFUSED, PUBLISHERS, not_by_author=True
        ),
    )
)
