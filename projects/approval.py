"""Who approves what in a council: a second signature, or a team of one."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission, Role, roles_with
from bcfportal.lib import clock
from projects.models import ApprovalChange, Council

# In place of a role: who wrote it may approve it.
OWN = "own"


def approval_of(council: Council) -> str:
    """The council's setting: the role that signs second, ``OWN``, or nothing."""
    return OWN if council.approves_own_since else council.second_signature


def why_not_signed(council: Council, role: str) -> str:
    """Why no two people could sign and then approve a return; nothing where they could."""
    holds = Q(memberships__council=council, is_active=True)
    signers = set(User.objects.filter(holds, memberships__role=role))
    approvers = set(User.objects.filter(holds, memberships__role__in=roles_with(Permission.REVIEW)))
    label = Role(role).label.lower()
    if not signers:
        return f"Nobody is a {label}: give somebody that role first."
    if not approvers or len(signers | approvers) < 2:
        return f"It takes two people: a {label} who signs, and another who approves."
    return ""


@transaction.atomic
def change_approval(council: Council, setting: str, *, why: str, by: User) -> ApprovalChange:
    """Changes who approves, from now on. What waits for a step that is no more waits for the next.

    ``setting`` is as ``approval_of`` has it.
    """
    kept = Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    kept.second_signature = "" if setting == OWN else setting
    if setting != OWN:
        kept.approves_own_since = None
    elif not kept.approves_own_since:
        kept.approves_own_since = clock.today()
    kept.save(update_fields=["second_signature", "approves_own_since"])
    return ApprovalChange.objects.create(
        council=kept,
        second_signature=kept.second_signature,
        approves_own=setting == OWN,
        why=why,
        by=by,
        at=clock.now(),
    )
