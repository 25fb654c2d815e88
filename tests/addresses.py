"""Every address of the portal, read off the resolver, with arguments filled in."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Westshire has everything that an address shows.
ARGUMENTS = {
    "council": "westshire",
    "period": "2026-27-q2",
    "slug": "falls-prevention",
    "number": "1",
    "name": "projects",
    "colour": "5b3a7d",
    "measure": "emergency-admissions-65",
    "reference": "wr01",
    "version": "1",
    "uidb64": "MQ",
    "token": "set-password",
    "short": "000000000000",
    "table": "savings",
    "kind": "funding",
    "paper": "savings-november-2026",
    "committee": "adult-social-care",
    "meeting": "2026-11-18",
    "item": "4",
    "business": "decisions",
    "arrangement": "better-care-fund-pool",
    "order": "1",
}
# Where an argument of that name is another thing than elsewhere.
OWN_ARGUMENTS = {
    "reporting:option": {"slug": "shared-lives-twenty-more-households"},
    "reporting:money-saves": {"name": "lines"},
    "reporting:money-save": {"name": "lines"},
    "reporting:money-csv": {"name": "monitoring"},
    "reporting:money-xlsx": {"name": "monitoring"},
    # The second is of a paper; a project says what will come with its returns.
    "reporting:answer-promise": {"number": "2"},
    "reporting:answer-return-promise": {
        "period": "2026-27-q3",
        "slug": "bridging-care",
        "kind": "return",
        "promise": "2026-27-q2",
    },
    "reporting:add-return-promise": {"period": "2026-27-q3", "slug": "young-carers"},
    "reporting:meetings-csv": {"table": "decisions"},
    "reporting:meetings-xlsx": {"table": "decisions"},
    "reporting:partnerships-csv": {"table": "contributions"},
    "reporting:partnerships-xlsx": {"table": "contributions"},
    **{
        f"reporting:{name}": {"kind": "pool"}
        for name in ("arrangement", "arrangement-pdf", "add-arrangement", "edit-arrangement")
    },
    **{
        f"reporting:{name}": {"arrangement": "living-well-at-home"}
        for name in ("integration-programme", "decide-function")
    },
    **{
        f"reporting:{name}": {"arrangement": "joint-outcomes"}
        for name in ("joint-outcomes", "add-outcome", "edit-outcome")
    },
}
# Looked up by what no list can know beforehand: tests/test_versions.py opens it.
LOOKED_UP = {"reporting:version", "reporting:frozen-content"}


@dataclass(frozen=True)
class Address:
    """One address: its name, its path with arguments filled in, and whether it is for everyone."""

    name: str
    path: str
    public: bool

    @property
    def is_page(self) -> bool:
        """Whether it is a page to read, not a file or a sign of life."""
        return self.path.endswith("/") and self.name != "reporting:health"


def addresses(**arguments) -> list[Address]:
    """Every address of ours, by name; the admin's are Django's."""
    return sorted(_addresses(get_resolver(), "", "/", arguments), key=lambda each: each.name)


def path_of(name: str, **arguments) -> str:
    """The path of the address of that name."""
    return next(each.path for each in addresses(**arguments) if each.name == name)


def open_to_everyone() -> list[Address]:
    """The addresses at which everyone reads what councils have published."""
    return [
        each
        for each in addresses()
        if each.public and each.name.startswith("reporting:") and each.name not in LOOKED_UP
    ]


def _addresses(resolver, namespace, prefix, arguments):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _addresses(pattern, pattern.namespace or namespace, route, arguments)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}:{pattern.name}"
            values = ARGUMENTS | OWN_ARGUMENTS.get(name, {}) | arguments
            # A converter of our own stands for what it converts.
            route = route.replace("<section:name>", "spend")
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match, of=values: str(of[match[1]]), route)
            public = not getattr(pattern.callback, "login_required", True)
            yield Address(name, path, public)
