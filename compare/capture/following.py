"""Which addresses a visitor goes to: those that links and forms lead to, and those nobody links."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from compare.capture.page_text import Form

HOST = "http://testserver"
# Parameters that may stand beside another: pages of a list.
PAGING = {"page"}
# Only says where to go after signing in: one page with as many addresses as there are pages.
NOT_FOLLOWED = {"next"}
# How many queries are followed of one path. Beyond it they are more of the same filter.
QUERIES = 40
# What is typed into the search boxes of forms that ask for a page.
SEARCHED = "care"
NEVER = re.compile(r"^/(static|media)/|sign-out")
# The admin is Django's: its lists and empty forms are compared, not a page for every record.
ADMIN_RECORD = re.compile(r"^/admin/.*(/\d+/|/change/|/delete/|/history/|/autocomplete/|/r/)")
UNKNOWN = {"int": "987654", "slug": "no-such-thing", "str": "no-such-thing", "path": "no-such"}
# How many values each nobody-links-to-it address is tried with, for each council.
FILLINGS = 12
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass
class Following:
    """The addresses still to be visited, each once, and how many were left out.

    ``sparing``: of one path no more than QUERIES queries are followed.
    """

    council: str = ""
    sparing: bool = True
    waiting: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    left_out: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _queries: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, link: str, page: str = "/") -> None:
        """Puts what ``link`` on ``page`` leads to in the queue, if it is to be visited."""
        address = inside(link, page)
        if address is None or address in self.seen:
            return
        why = self._why_not(address)
        if why:
            self.left_out[why].add(address)
            return
        self.seen.add(address)
        self.waiting.append(address)

    def add_form(self, form: Form, page: str) -> None:
        """Each value of each field by itself, as a person who changes one thing asks for it."""
        path = (form.action or page).partition("#")[0].partition("?")[0] or page.partition("?")[0]
        for name, values in form.fields.items():
            for value in values or [SEARCHED]:
                if value:
                    self.add(f"{path}?{urlencode({name: value})}", page)

    def _why_not(self, address: str) -> str:
        path, _, query = address.partition("?")
        if NEVER.search(path):
            return "never visited"
        if self.council and path.count("/") > 1 and not path.startswith(f"/{self.council}/"):
            return "not of the council"
        if ADMIN_RECORD.search(path) or (query and path.startswith("/admin/")):
            return "records and filters in the admin"
        names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
        if names & NOT_FOLLOWED:
            return "where to go after signing in"
        if len(names - PAGING) > 1:
            return "several filters at once"
        if query:
            if self.sparing and self._queries[path] >= QUERIES:
                return f"more than {QUERIES} queries of one path"
            self._queries[path] += 1
        return ""


def inside(link: str, page: str) -> str | None:
    """The address within the portal that ``link`` on ``page`` leads to, or None for elsewhere."""
    parts = urlsplit(urljoin(HOST + page, link.strip()))
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def patterns(resolver: object, prefix: str = "/") -> Iterator[str]:
    """The route of every address that a version has, with its parameters; not those of the admin.

    Routes that are regular expressions are not told.
    """
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                yield from patterns(pattern, route)
        elif not set("^$\\(") & set(route):
            yield route


def fill(routes: Iterable[str], found: Iterable[tuple[str, dict[str, str]]]) -> list[str]:
    """Addresses for the routes, with values that stand in addresses that were found.

    ``found`` is (route, its values) of each. Values come from the routes that are most like the
    one to fill; each route also gets values that nothing has, which is not found.
    """
    found, addresses = list(found), set()
    councils = sorted({values["council"] for _, values in found if "council" in values})
    for route in routes:
        kinds = {name: kind or "str" for kind, name in PARAMETER.findall(route)}
        if not kinds:
            addresses.add(route)
            continue
        nothing = {name: UNKNOWN.get(kind, "no-such-thing") for name, kind in kinds.items()}
        given = [{"council": council} for council in councils] if "council" in kinds else [{}]
        for council in given:
            for values in _fillings(route, set(kinds) - set(council), council, found):
                addresses.add(_filled(route, council | values))
            addresses.add(_filled(route, nothing | council))
        addresses.add(_filled(route, nothing))
    return sorted(addresses)


def _filled(route: str, values: dict[str, str]) -> str:
    return PARAMETER.sub(lambda match: str(values[match[2]]), route)


def _fillings(route, names, council, found):
    """Values for the names that stand together in an address; else each from anywhere.

    None at all where the route was found itself: then links lead to all that it has.
    """
    if not names:
        return [{}]
    ours = [(other, values) for other, values in found if council.items() <= values.items()]
    if any(other == route for other, _ in ours):
        return []
    of_council = [
        (_likeness(route, other), {name: values[name] for name in names & set(values)})
        for other, values in ours
    ]
    together = [(like, values) for like, values in of_council if set(values) == names]
    if together:
        best = max(like for like, _ in together)
        return _some(values for like, values in together if like == best)
    single = [
        sorted({values[name] for _, values in of_council if name in values})[:3] for name in names
    ]
    return _some(dict(zip(names, values, strict=True)) for values in product(*single))


def _likeness(route: str, other: str) -> int:
    """How many parts the two begin with in common."""
    pairs = zip(route.split("/"), other.split("/"), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(route), len(other)))


def _some(values):
    different = {tuple(sorted(one.items())): one for one in values}
    return [different[key] for key in sorted(different)][:FILLINGS]
