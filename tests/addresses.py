"""Every address of the portal, with arguments filled in."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENTS = {
    "council": "nottinghamshire",
    "period": "2017-18-q3",
    "slug": "connect",
    "number": "1",
    "name": "projects",
    "colour": "00594f",
    "version": "1",
    "uidb64": "MQ",
    "token": "set-password",
}


# What only Norfolk has, where no council is given; and files that have names of their own.
MONEY = ("reserves", "capital", "finance-pdf", "money-csv", "money-xlsx")


def addresses(resolver=None, namespace="", prefix="/", **arguments):
    """(name, address) of every address of ours; the admin's are Django's."""
    given = ARGUMENTS | arguments
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                name = pattern.namespace or namespace
                yield from addresses(pattern, name, route, **arguments)
        elif isinstance(pattern, URLPattern):
            route = route.replace("<section:name>", "spend")
            here = given | _of_money(pattern.name, arguments)
            filled = re.sub(
                r"<(?:\w+:)?(\w+)>", lambda match, here=here: str(here[match[1]]), route
            )
            yield f"{namespace}:{pattern.name}", filled


def _of_money(name, arguments):
    if name not in MONEY:
        return {}
    council = {} if "council" in arguments else {"council": "norfolk"}
    return council | {"name": "monitoring"}
