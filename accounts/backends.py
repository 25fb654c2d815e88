"""Who may sign in: checked at every sign-in and at every request of a session."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.models import User


def may_sign_in(user: User) -> bool:
    """Whether the account is open; a demonstration account is open in a demonstration only."""
    return user.is_active and (settings.DEMONSTRATION or not user.is_demonstration)


class PortalBackend(ModelBackend):
    """Django's own, for every form; an account that it refuses loses its sessions too."""

    def user_can_authenticate(self, user):
        return may_sign_in(user)
