"""Locking sign-in after repeated failures: who tried, from where, and what they are told.

django-axes counts; AXES_FAILURE_LIMIT and AXES_COOLOFF_TIME say how often and for how long one
account may be tried from one place. Wider limits stop anybody who tries many accounts from one
place, or one account from many.
"""

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.shortcuts import render

from accounts.models import User


def email_tried(request, credentials=None):
    """The email address of the account that was tried, so that another spelling buys no tries.

    Where there is no such account, what was typed, in small letters.
    """
    tried = (credentials or {}).get("username") or request.POST.get("username") or ""
    tried = tried.replace("\x00", "")
    user = User.objects.by_email(tried)
    return (user.email if user else tried).lower()[:255]


def address_of(request):
    """The address of the visitor. Behind a proxy, that is what the nearest proxy says it is."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        # Only the last one was written by our own proxy; a visitor may send any before it.
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR")


class Handler(AxesDatabaseHandler):
    """Counts failures of a place over all accounts too, and of an account over all places."""

    def is_locked(self, request, credentials=None):
        return super().is_locked(request, credentials) or self._is_flooded(request, credentials)

    def _is_flooded(self, request, credentials):
        place, account = failures(request, credentials)
        return place >= settings.FAILURES_FROM_A_PLACE or account >= settings.FAILURES_OF_AN_ACCOUNT


def failures(request, credentials=None) -> tuple[int, int]:
    """(recent wrong passwords from the visitor's place, and of the account from all places)."""
    place, account = address_of(request), email_tried(request, credentials)
    tries = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
    counted = tries.filter(Q(ip_address=place) | Q(username=account)).aggregate(
        place=Sum("failures_since_start", filter=Q(ip_address=place)),
        account=Sum("failures_since_start", filter=Q(username=account)),
    )
    return counted["place"] or 0, counted["account"] or 0


def locked_out(request, response=None, credentials=None):
    """The page that explains the lock, when to try again and what else to do."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    place, account = failures(request, credentials)
    reason = ""
    if place >= settings.FAILURES_FROM_A_PLACE:
        reason = "place"
    elif account >= settings.FAILURES_OF_AN_ACCOUNT:
        reason = "account"
    context = {
        "minutes": minutes,
        "failures": settings.AXES_FAILURE_LIMIT,
        "reason": reason,
    }
    return render(request, "accounts/locked_out.html", context, status=429)
