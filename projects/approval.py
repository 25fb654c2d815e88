"""Who approves what in a council: a second signature, or a team of one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.roles import Permission, Role, roles_with
from bcfportal.lib import clock
from projects.models import ApprovalChange, Council

# In place of a role: who wrote it may approve it.
OWN = "own"


def approval_of(council: Council) -> str:
    """The council's setting: the role that signs returns second, ``OWN``, or nothing."""
    return OWN if council.approves_own_since else council.second_signature


def why_not_signed(council: Council, role: str) -> str:
    """Why no two people could sign and then approve a return; nothing where they could."""
    signers = holders_of(council, [role])
    approvers = holders_of(council, roles_with(Permission.REVIEW))
    label = Role(role).label.lower()
    if not signers:
        return f"Nobody is a {label}: give somebody that role first."
    if not approvers or len(signers | approvers) < 2:
        return f"It takes two people: a {label} who signs, and another who approves."
    return ""


def why_no_finance_signed(council: Council, role: str) -> str:
    """Why no three people could write, sign and then approve a finance report; else nothing."""
    signers = holders_of(council, [role])
    writers = holders_of(council, roles_with(Permission.KEEP_MONEY))
    # Whoever writes or signs one may approve another.
    approvers = holders_of(council, roles_with(Permission.KEEP_MONEY, Permission.REVIEW))
    label = Role(role).label.lower()
    if not signers:
        return f"Nobody is a {label}: give somebody that role first."
    if not writers or len(signers | writers) < 2 or len(approvers) < 3:
        return (
            "It takes three people: a finance officer who writes, "
            f"a {label} who signs, and another who approves."
        )
    return ""


def why_not_approved(council: Council) -> list[str]:
    """Why what is submitted waits for good, since people have left; nothing where it does not.

    Of each second signature that the council asks, a sentence. Two queries each at most.
    """
    asked = {
        "Returns": council.second_signature and why_not_signed(council, council.second_signature),
        "Finance reports": council.second_signature_of_finance
        and why_no_finance_signed(council, council.second_signature_of_finance),
    }
    return [f"{what} cannot be approved. {why}" for what, why in asked.items() if why]


def holders_of(council: Council, roles: Iterable[Any]) -> set[User]:
    """Who has any of the roles in the council."""
    held = {"memberships__council": council, "memberships__role__in": list(roles)}
    return set(User.objects.filter(is_active=True, **held))


@transaction.atomic
def change_approval(
    council: Council, setting: str, *, of_finance: str = "", why: str, by: User
) -> ApprovalChange:
    """Changes who approves, from now on. What waits for a step that is no more waits for the next.

    ``setting`` is as ``approval_of`` has it; ``of_finance`` the role that signs finance reports.
    """
    kept = Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    kept.second_signature = "" if setting == OWN else setting
    kept.second_signature_of_finance = of_finance
    if setting != OWN:
        kept.approves_own_since = None
    elif not kept.approves_own_since:
        kept.approves_own_since = clock.today()
    kept.save(
        update_fields=["second_signature", "second_signature_of_finance", "approves_own_since"]
    )
    return ApprovalChange.objects.create(
        council=kept,
        second_signature=kept.second_signature,
        second_signature_of_finance=kept.second_signature_of_finance,
        approves_own=setting == OWN,
        why=why,
        by=by,
        at=clock.now(),
    )
