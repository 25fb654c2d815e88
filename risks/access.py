"""Who may write about a risk."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Permission
from projects.access import Access
from risks.models import Risk


def may_keep(access: Access, user: User, risk: Risk) -> bool:
    """Whether the person may write about this risk: an officer, or a commissioner who owns it."""
    if access.may(Permission.KEEP_RISKS):
        return True
    return access.may(Permission.KEEP_OWN_RISKS) and risk.owner_id == user.pk


def require_to_keep(access: Access, user: User, risk: Risk) -> None:
    """Raises PermissionDenied for people who may not write about the risk."""
    if access.council.pk != risk.council_id or not may_keep(access, user, risk):
        raise PermissionDenied
