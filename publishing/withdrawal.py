"""Withdrawing what is published, of whatever kind: with a reason, and nothing is deleted.

One person asks and says why; a second decides where one approves what is published. ``Withdrawal``
keeps both, for good.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model
from django.http import Http404

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import clock
from bcfportal.lib.text.bounds import too_long_a_note
from bcfportal.lib.withdrawals import Withdrawn
from projects.access import Access
from projects.approval import holders_of
from projects.models import Council
from publishing.models import PeriodVersion, ReportingPeriod, Version, Withdrawal
from publishing.publications import kind_of, published_with
from publishing.registry import Stuck
from publishing.steps import Letter, Step, Transition
from publishing.workflow import NotNow, Workflow

Decision = Withdrawal.Decision
# What the withdrawal of a version says of the versions below it that show the same.
_ASKED_AND_DECIDED = [
    "alone",
    "reason",
    "asked_by",
    "asked_at",
    "decision",
    "decided_by",
    "decided_at",
]


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
    rows = Withdrawal.objects.filter(version=kind_of(row).version_pk(row))
    return list(rows.select_related("asked_by", "decided_by").order_by("-pk"))


def asked_to_withdraw(period: ReportingPeriod) -> Withdrawal | None:
    """What was asked of a version of the period and waits for a second person. One query."""
    asked = Withdrawal.objects.filter(version__periodversion__period=period)
    return asked.filter(decision=Decision.WAITING).select_related("version").first()


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
    if problem := too_long_a_note(reason, name="Why"):
        raise NotNow(problem)
    version = kind.version_pk(row)
    open_or_done = [Decision.WAITING, Decision.CONFIRMED]
    if Withdrawal.objects.filter(version=version, decision__in=open_or_done).exists():
        raise NotNow("Somebody has already asked to withdraw this version.")
    withdrawal = Withdrawal.objects.create(
        version_id=version,
        alone=not kind.second_person,
        reason=reason.strip(),
        asked_by=by,
        asked_at=clock.now(),
    )
    if kind.second_person:
        kind.noted(row, withdrawal)
        return withdrawal
    return WITHDRAWALS.transition("confirm", withdrawal.pk, by=by, access=access).record


def asked_read(withdrawal: Withdrawal) -> dict[str, str]:
    """What the page shows to who decides: what is asked, why, and by whom; see ``typed.seen``."""
    row, asked_by = published_with(withdrawal.version), withdrawal.asked_by
    return {
        "What is withdrawn": str(kind_of(row).number(row)),
        "Why": withdrawal.reason,
        "Who asked": f"{asked_by.post_at(withdrawal.asked_at)}, {withdrawal.asked_at}",
    }


class WithdrawalWorkflow(Workflow[Withdrawal]):
    """One person asks, with the reason, and a second decides; see ``publishing.publications``."""

    subject = "withdrawal"
    states = Decision
    state_field = "decision"
    ends = frozenset(set(Decision) - {Decision.WAITING})

    def lock(self, pk: int, access: Access) -> Withdrawal:
        row = published_with(Version.objects.defer("content").get(withdrawals=pk))
        kind_of(row).lock(row)
        return Withdrawal.objects.select_for_update().get(pk=pk)

    def reaches(self, rule: Transition, access: Access, record: Withdrawal) -> bool:
        if not rule.who:
            return False
        row = published_with(record.version)
        return kind_of(row).allows(row, access)

    def is_author(self, record: Withdrawal, user: User) -> bool:
        """Whether the person asked, where a second person decides."""
        return not record.alone and record.asked_by_id == user.pk

    def why_not(self, action: str, record: Withdrawal, today: date) -> str:
        if record.decision != Decision.WAITING:
            return f"This has already been decided: {self.label(record.decision)}."
        row = published_with(record.version)
        in_force = kind_of(row).in_force(row)
        if action == "confirm" and (in_force is None or in_force.pk != row.pk):
            return "Another version has replaced this one. Only the current one can be withdrawn."
        return ""

    def turn(self, step: Step[Withdrawal]) -> list[str]:
        record, row = step.record, published_with(step.record.version)
        record.decided_by, record.decided_at = step.by, step.at
        for repeat in kind_of(row).repeats(row) if record.decision == Decision.CONFIRMED else []:
            Withdrawal.objects.update_or_create(
                version_id=kind_of(row).version_pk(repeat),
                decision=Decision.WAITING,
                defaults={name: getattr(record, name) for name in _ASKED_AND_DECIDED},
            )
        return ["decided_by", "decided_at"]

    def after(self, step: Step[Withdrawal], access: Access) -> None:
        """What stood before stands again; with nothing before, it is not published."""
        record, row = step.record, published_with(step.record.version)
        kind = kind_of(row)
        kind.noted(row, record)
        if record.decision == Decision.CONFIRMED:
            kind.taken_back(row, record, kind.in_force(row), access)

    def lapse(self, withdrawal: Withdrawal, *, at: datetime, by: User) -> None:
        """What was asked lapses: ``by`` published another version. No person presses this."""
        record = self.lock(withdrawal.pk, Access(withdrawal.version.council))
        step = Step(record, self.table["lapse"], by, at, self.state(record))
        self.write(step)
        row = published_with(record.version)
        kind_of(row).noted(row, record)
        self._post(step)

    def letters(self, step: Step[Withdrawal]) -> list[Letter]:
        """Whoever asked learns what was decided, or that it has lapsed."""
        row = published_with(step.record.version)
        kind = kind_of(row)
        page = whole_address(kind.address(row))
        says = {"what": kind.said(row), "council": kind.council(row), "page": page}
        return [Letter(step.record.asked_by, "mail/withdrawal_decided.txt", says)]


def waiting_for_nobody(council: Council) -> Iterator[Stuck]:
    """What somebody asked to withdraw, where nobody else of the council may decide on it."""
    waiting = Withdrawal.objects.filter(version__council=council, decision=Decision.WAITING)
    for withdrawal in waiting.select_related("version__council", "asked_by"):
        row = published_with(withdrawal.version)
        if not nobody_else_decides(row, withdrawal.asked_by):
            continue
        kind = kind_of(row)
        why = "nobody else may agree to what was asked"
        yield Stuck(f"Withdrawing {kind.said(row)}", why, kind.address(row))


def nobody_else_decides(row: Model, by: User) -> bool:
    """Whether a second person has to decide, and the council has none who may."""
    kind = kind_of(row)
    if not kind.second_person:
        return False
    return not holders_of(kind.council(row), roles_with(*kind.who)) - {by}


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
            "take back", "Taken back", WAITING, Decision.TAKEN_BACK, PUBLISHERS, by_author=True
        ),
        Transition(
            "confirm", "Withdrawn", WAITING, Decision.CONFIRMED, PUBLISHERS, not_by_author=True
        ),
        Transition(
            "refuse", "Left public", WAITING, Decision.REFUSED, PUBLISHERS, not_by_author=True
        ),
        # The portal does, when another version is published.
        Transition("lapse", "Lapsed", WAITING, Decision.LAPSED, frozenset()),
    )
)


def lapse_requests(versions: Iterable[Version], *, at: datetime, by: User) -> None:
    """What was asked of versions that these replace lapses. One query where nothing was asked.

    ``versions`` were made public just now.
    """
    councils = {version.council_id for version in versions}
    waiting = Withdrawal.objects.filter(decision=Decision.WAITING, version__council__in=councils)
    for withdrawal in waiting.select_related("version__council").order_by("pk"):
        row = published_with(withdrawal.version)
        in_force = kind_of(row).in_force(row)
        if in_force is not None and in_force.pk != row.pk:
            WITHDRAWALS.lapse(withdrawal, at=at, by=by)
