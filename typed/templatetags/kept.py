"""Where what was typed and refused is kept as a draft."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context

from typed.kept import is_kept

register = template.Library()


@register.simple_tag(takes_context=True)
def page_that_keeps(context: Context, typed: Iterable[tuple[str, Any]]) -> str:
    """The address of the page whose draft has all that was ``typed``; nothing where none has."""
    request = context.get("request")
    if request is None or not is_kept(request, [str(text) for _, text in typed]):
        return ""
    return request.path
