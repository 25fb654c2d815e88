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
    "uidb64": "MQ",
    "token": "set-password",
    "table": "savings",
    "kind": "funding",
}
# Pages of a council's own measures: Norfolk has them, Nottinghamshire has projects.
OF_MEASURES = (
    *("/vital-signs/", "/exceptions/", "/outcomes-framework/", "/care-quality/"),
    "/performance.pdf",
)


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
            here = given
            if "council" not in arguments and any(part in route for part in OF_MEASURES):
                here = given | {"council": "norfolk"}
            filled = re.sub(
                r"<(?:\w+:)?(\w+)>", lambda match, here=here: str(here[match[1]]), route
            )
            yield f"{namespace}:{pattern.name}", filled
