"""Locking a sign-in after repeated failures: who tried, from where, and what they are told.

django-axes counts; AXES_FAILURE_LIMIT and AXES_COOLOFF_TIME say how often and for how long.
"""

from django.conf import settings
from django.shortcuts import render


def email_tried(request, credentials=None):
    """The email address as accounts are found by it: in any case, so that case buys no tries."""
    tried = (credentials or {}).get("username") or request.POST.get("username") or ""
    return tried.lower()


def address_of(request):
    """The address of the visitor. Behind a proxy, that is what the nearest proxy says it is."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        # Only the last one was written by our own proxy; a visitor may send any before it.
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR")


def locked_out(request, response=None, credentials=None):
    """The page that says when to try again and what else to do."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"minutes": minutes, "failures": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked_out.html", context, status=429)
