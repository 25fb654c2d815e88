"""Links sent by mail that set a password. Each works once and for a limited time."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens of invitations, which live longer than those of forgotten passwords.

    They end when the password is set, as Django's own do.
    """

    key_salt = "accounts.links.InvitationTokens"

    def make_token(self, user):
        # Django ends every token after PASSWORD_RESET_TIMEOUT; dated ahead, ours lives longer.
        longer = settings.INVITATION_TIMEOUT - settings.PASSWORD_RESET_TIMEOUT
        made = self._num_seconds(self._now()) + longer
        return self._make_token_with_timestamp(user, made, self.secret)


reset_tokens = PasswordResetTokenGenerator()
invitation_tokens = InvitationTokens()


def whole_address(path: str) -> str:
    """The address of a page for mail: SITE_ADDRESS and the path, whatever a request calls us."""
    return urljoin(settings.SITE_ADDRESS, path)


def link_to_set_password(user, name, tokens):
    """The whole address of the page ``name`` with a new token for the person."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return whole_address(reverse(f"accounts:{name}", args=[uid, tokens.make_token(user)]))
