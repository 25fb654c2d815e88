"""Pages for what went wrong: each says what happened and what to do next."""

from django.shortcuts import render


def _fault(request, status, title, sentence):
    context = {"fault_title": title, "fault_words": sentence}
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
    """Reading or changing what is for other roles; only a change is told that nothing changed."""
    if request.method in ("GET", "HEAD"):
        return _fault(
            request,
            403,
            "This page is for other roles",
            "Your role in the council does not include it. "
            "Ask the administrator of your council if you think it should.",
        )
    return _fault(
        request,
        403,
        "You may not do that",
        "Your role in the council does not include it, so nothing was changed. "
        "Ask the administrator of your council if you think it should.",
    )


def not_found(request, exception=None):
    return _fault(
        request,
        404,
        "Page not found",
        "If you typed the address, check that it is right. "
        "The council, project or period may not be published here.",
    )
