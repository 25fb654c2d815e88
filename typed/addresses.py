"""Which page an action's button is on: opened in the address bar, its address leads there."""

from urllib.parse import urljoin

from django.urls import Resolver404, resolve, reverse


def stands_on(name, *arguments):
    """Says on which page the press of a view stands, where that is not the address above it.

    ``arguments`` are those of the press's own address that the page's address has too.
    """

    def mark(view):
        view.stands_on = name, arguments
        return view

    return mark


def page_of(request):
    """The page that the press of this address stands on, with the query and the period of it."""
    match = request.resolver_match
    name, arguments = getattr(match.func, "stands_on", ("", ()))
    if name:
        path = reverse(name, kwargs={key: match.kwargs[key] for key in arguments})
    else:
        path = _page_above(request.path)
    query = request.GET.copy()
    if "period" in match.kwargs and "period" not in resolve(path).kwargs:
        query.setdefault("period", match.kwargs["period"])
    return f"{path}?{query.urlencode()}" if query else path


def _page_above(path):
    """The nearest address above one that only takes a press."""
    while path != "/":
        path = urljoin(path, ".." if path.endswith("/") else ".")
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path
