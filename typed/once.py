"""Double clicks, replays, going back and sending again: done once, answered with what happened."""

import hashlib
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.contrib import messages
from django.db import Error, connection
from django.http import HttpResponseRedirect
from django.utils import timezone

from bcfportal.lib import clock
from typed.carrying import wants_json
from typed.models import Press

KEPT = timedelta(days=1)
REDIRECTS = (302, 303)


class OnceMiddleware:
    """Answers a press that was already done with its outcome, and does not do it again.

    The same press is the same showing of a form (its field ``press``) with the same words. The
    second of two that come together waits for the first. A press that failed is not kept: it may
    be tried again. What saves itself has versions and needs none of this.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "POST" or wants_json(request) or not request.POST.get("press"):
            return self.get_response(request)
        key = key_of(request)
        with _one_at_a_time(key):
            request.done_before = Press.objects.filter(key=key).first()
            response = self.get_response(request)
            if request.done_before is None and response.status_code in REDIRECTS:
                _keep(request, key, response)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Here it is known who presses: somebody may have signed in with the press.
        done = getattr(request, "done_before", None)
        if done and request.user.is_authenticated and done.by_id == request.user.pk:
            return _answered(request, done)
        return None


def key_of(request) -> str:
    """What identifies this press: its address, the showing of the form, and everything in it."""
    digest = hashlib.sha256(request.get_full_path().encode())
    for name, values in sorted(request.POST.lists()):
        # These are others each time that the same page is carried on.
        if name in ("csrfmiddlewaretoken", "page-of") or name.startswith("sign-in-"):
            continue
        for text in (name, *(values[-1:] if name == "press" else values)):
            encoded = text.encode(errors="replace")
            digest.update(f"{len(encoded)}:".encode() + encoded)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name}:{file.name}:{file.size}".encode())
    return digest.hexdigest()


def _keep(request, key, response):
    if not request.user.is_authenticated:
        return
    told = getattr(request, "_messages", None)
    said = (
        [[message.level, str(message.message)] for message in told._queued_messages] if told else []
    )
    if any(level >= messages.ERROR for level, _ in said):
        return
    now = clock.now()
    Press.objects.filter(at__lt=now - KEPT).delete()
    Press.objects.get_or_create(
        key=key,
        defaults={"by": request.user, "at": now, "location": response["Location"], "said": said},
    )


def _answered(request, done):
    for level, message in done.said:
        messages.add_message(request, level, message)
    if not done.said:
        at = timezone.localtime(done.at)
        messages.info(request, f"That was already done at {at:%H:%M}. It has not been done twice.")
    return HttpResponseRedirect(done.location)


@contextmanager
def _one_at_a_time(key):
    """Holds a lock of that name while the block runs; the database lets go of a dead one."""
    number = int.from_bytes(bytes.fromhex(key[:16]), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        # A connection that is gone has let go already.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
