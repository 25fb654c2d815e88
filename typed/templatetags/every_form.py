"""``csrf_token`` of every form, which also says whose page it is and which showing of it.

It is the one tag that no form can do without, so nothing has to be remembered in a template.
"""

from django import template
from django.utils.html import format_html_join

from typed.owner import new_press, page_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context):
    """The token; for a signed-in person ``page-of`` and ``press``; what the page's form has of
    ``was`` and ``version``.
    """
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - what Django gives without a request
        return ""
    fields = [("csrfmiddlewaretoken", token)]
    request = getattr(context, "request", None) or context.get("request")
    if request is not None and (owner := page_of(request)):
        fields += [("page-of", owner), ("press", new_press(request))]
    form = context.get("form")
    was, version = getattr(form, "was", None), getattr(form, "version", None)
    if was or version is not None:
        fields.append(("was", was))
    if version is not None:
        fields.append(("version", version))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
