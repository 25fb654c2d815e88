"""Sessions in the database, each with its person; they end when idle and after a working day."""

import time
from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from accounts.models import Session, User
from bcfportal.lib import clock

BEGAN, SEEN, BROWSER = "began", "seen", "browser"
# A session says that it is in use at most this often, so that reading pages writes nothing.
SECONDS_BETWEEN_SIGNS = 60


class SessionStore(DatabaseStore):
    """Django's own, which also records whose session it is."""

    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        record = cast(Session, super().create_model_instance(data))
        user = data.get(SESSION_KEY)
        record.user_id = int(user) if user else None
        record.browser = data.get(BROWSER, "")
        if BEGAN in data:
            record.began_at = datetime.fromtimestamp(data[BEGAN], tz=UTC)
        return record


class SessionTimes:
    """Ends a session that has been idle too long or has lasted a working day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._look_at(request)
        return self.get_response(request)

    def _look_at(self, request):
        session, now = request.session, time.time()
        if now - session.get(BEGAN, 0) > settings.SESSION_LONGEST:
            logout(request)
        elif now - session.get(SEEN, 0) > SECONDS_BETWEEN_SIGNS:
            # Saving it also moves its end: SESSION_COOKIE_AGE from now.
            session[SEEN] = now


def remember(sender, request, user, **more):
    """Records when a session began and in which browser."""
    now = time.time()
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:200]


def own_sessions(user):
    """The sessions in which the person is signed in now, the latest used first."""
    return user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at")


def signed_in_now(sender: type, user: User, **more: object) -> None:
    """Notes when the person signed in last, by the portal's clock."""
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])
