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
    "measure": "delayed-transfers-social-care",
    "reference": "rm019",
    "version": "1",
    "uidb64": "MQ",
    "token": "set-password",
    "table": "savings",
    "kind": "funding",
}
# What only Norfolk has published.
OF_NORFOLK = {
    *("risks", "risks-csv", "risks-pdf", "reconciliation", "risk"),
    *("vital-signs", "vital-signs-csv", "report-card", "exceptions", "outcomes-framework"),
    *("outcomes-framework-csv", "care-quality", "performance"),
}


# What only Norfolk has, where no council is given; and files that have names of their own.
MONEY = ("reserves", "capital", "finance-pdf", "money-csv", "money-xlsx")

MONEY = {"reserves", "capital", "finance-pdf", "money-csv", "money-xlsx"}


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
            held = given | _of_money(pattern.name)
            if pattern.name in OF_NORFOLK | MONEY and "council" not in arguments:
                held |= {"council": "norfolk"}
            filled = re.sub(r"<(?:\w+:)?(\w+)>", _fill(held), route)
            yield f"{namespace}:{pattern.name}", filled


def _of_money(name):
    return {"name": "monitoring"} if name in MONEY else {}


def _fill(given):
    return lambda match: str(given[match[1]])
