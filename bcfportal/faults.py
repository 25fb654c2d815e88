"""Pages for what went wrong: each says what happened and what to do next."""

from django.shortcuts import render


def _fault(request, status, title, words):
    context = {"fault_title": title, "fault_words": words}
    return render(request, "fault.html", context, status=status)


def bad_request(request, exception=None):
    return _fault(
        request,
        400,
        "That request could not be read",
        "The address or the form holds something that cannot be read. "
        "Go back and try again, or start from the first page.",
    )


def forbidden(request, exception=None):
    return _fault(
        request,
        403,
        "You may not do that",
        "You are allowed to see this, but not to change it. "
        "Ask the administrator of your council if you think you should be.",
    )


def not_found(request, exception=None):
    return _fault(
        request,
        404,
        "Page not found",
        "If you typed the address, check that it is right. "
        "The council, project or period may not be published here.",
    )
