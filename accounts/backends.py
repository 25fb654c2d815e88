"""Who may sign in, asked at every sign-in and at every request of a session."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.models import User


def may_sign_in(user: User) -> bool:
    """Whether the account is open; one of a demonstration is open in a demonstration only."""
    return user.is_active and (settings.DEMONSTRATION or not user.is_demonstration)


class PortalBackend(ModelBackend):
    """Django's own, for every form there is; what it refuses ends sessions too."""

    def user_can_authenticate(self, user):
        return may_sign_in(user)
