"""The page for what went wrong in the portal itself.

It is made without the database, the session and the signed-in person, any of which may be what is
away. It gives back what was typed: to copy, and to send again by a button.
"""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from psycopg2.errors import DiskFull

from bcfportal.launch.faults import FULL
from typed.carrying import Held

SECONDS_TO_TRY_AGAIN = "30"
# What no page shows again.
SECRET = "password"  # noqa: S105 - a part of names of fields


@dataclass(frozen=True)
class Trouble:
    """One kind of what can go wrong: its status, its heading and what to do."""

    status: int
    title: str
    sentences: tuple[str, ...]


FAULT = Trouble(
    500,
    "Sorry, something went wrong here",
    ("Try again in a few minutes. Nothing that was saved before is lost.",),
)
AWAY = Trouble(
    503,
    "Sorry, the portal cannot reach its database just now",
    (
        "Try again in a minute. Nothing that was saved before is lost.",
        "If this goes on, tell whoever runs the portal.",
    ),
)
NO_ROOM = Trouble(
    507,
    "Sorry, there is no room left to keep what you sent",
    (
        "The disk of the portal is full, so nothing that you sent was saved. "
        "Nothing that was saved before is lost.",
        "Tell whoever runs the portal, and try again when they have made room.",
    ),
)


def trouble_of(error: BaseException | None) -> Trouble:
    """What kind of trouble the exception, or its cause, is a sign of."""
    while error is not None:
        if isinstance(error, DiskFull) or (isinstance(error, OSError) and error.errno in FULL):
            return NO_ROOM
        if isinstance(error, OperationalError | InterfaceError) and not isinstance(
            error.__cause__, DiskFull
        ):
            return AWAY
        error = error.__cause__ or error.__context__
    return FAULT


def server_error(request) -> HttpResponse:
    """What Django shows for an exception that nothing else answered."""
    return give_back(request, trouble_of(sys.exc_info()[1]))


def give_back(request, trouble: Trouble, held=None) -> HttpResponse:
    """The page of the trouble with what was typed, or ``held`` in its place: (name, value)."""
    if request.headers.get("Accept", "").startswith("application/json"):
        answer: HttpResponse = JsonResponse(
            {"reason": f"{trouble.title}. {trouble.sentences[0]}"}, status=trouble.status
        )
    else:
        page = render_to_string("unavailable.html", _context(request, trouble, held))
        answer = HttpResponse(page, status=trouble.status)
    answer.headers["Cache-Control"] = "no-store"
    if trouble in (AWAY, NO_ROOM):
        answer.headers["Retry-After"] = SECONDS_TO_TRY_AGAIN
    return answer


def _context(request, trouble, held):
    context = {
        "fault_title": trouble.title,
        "fault_words": trouble.sentences,
        "action": request.get_full_path(),
        "unavailable": True,
    }
    if request.method != "POST":
        return context
    if held is None:
        held = [(name, value) for name, values in request.POST.lists() for value in values]
    held = [
        (name, value)
        for name, value in held
        if name != "csrfmiddlewaretoken" and SECRET not in name
    ]
    return context | {
        "held": held,
        "files": bool(request.FILES),
        "secret": any(SECRET in name for name in request.POST),
        "csrf_token": get_token(request),
        "typed": Held(held, []).typed,
    }
