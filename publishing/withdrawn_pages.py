"""What is asked for and not there: 410 for what was public, a sentence for what was not then."""

from collections.abc import Callable
from typing import cast

from django.core.handlers.exception import response_for_exception
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from bcfportal.lib.withdrawals import HeldBackSince, MayBeWithdrawn, NotThen, Withdrawn
from projects.access import access_of
from publishing.publications import kind_of


class WithdrawnMiddleware:
    """Answers 410 where a page was public and is withdrawn: when, by which post, why, what stands.

    So does a version that gives a figure that is held back since, which is never said again. What
    is published of another period than the one chosen is no fault of who chose: it is said.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotThen):
            context = {"council": exception.council, "not_then": exception}
            return render(request, "publishing/not_reported_then.html", context)
        if isinstance(exception, HeldBackSince):
            context = {"council": exception.council, "held_back": exception}
            return render(request, "publishing/held_back_since.html", context, status=410)
        if not isinstance(exception, Withdrawn):
            return None
        row, asked = exception.row, exception.asked
        subject = asked or row
        kind, withdrawal = kind_of(row), cast(MayBeWithdrawn, row).withdrawal
        number = request.GET.get("version", "")
        if number and not kind_of(subject).ever_had(subject, number):
            # What never was is not withdrawn.
            return response_for_exception(request, Http404("No such version."))
        return render(
            request,
            "publishing/withdrawn.html",
            {
                "council": kind.council(row),
                "asked": asked and kind_of(asked).said(asked),
                "of": kind.name(row),
                "said": kind.said(row),
                "fingerprint": kind.fingerprint(row)[:12],
                "withdrawal": withdrawal,
                "name": kind_of(subject).name(subject),
                "instead": kind_of(subject).instead(subject),
                "opens_on": kind_of(subject).opens_on(subject),
                "read_at": _read_at(request, subject),
            },
            status=410,
        )


def _read_at(request: HttpRequest, row: Model) -> str:
    """Where the person still reads the version; nothing where they may not, or were asking it."""
    kind = kind_of(row)
    if not access_of(request.user, kind.council(row)).may(Permission.PREVIEW):
        return ""
    address = kind.version_address(row)
    return "" if request.get_full_path() == address else address
