"""The gallery's two pages. Outside demonstration mode they are not there."""

from functools import wraps

from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demonstration.house_style.examples import COMPONENTS
from demonstration.house_style.frame import FRAME, SAID


def _in_demonstrations(view):
    @wraps(view)
    def page(request):
        if not settings.DEMONSTRATION:
            raise Http404("Components are shown in demonstration mode.")
        return view(request)

    return page


@require_safe
@_in_demonstrations
def house_style(request):
    """Every component with its parameters and its examples."""
    rendered = [(component, component.rendered(request)) for component in COMPONENTS]
    return render(request, "demonstration/house_style.html", {"components": rendered})


@require_safe
@_in_demonstrations
def frame(request):
    """What stands round every page, with all that it can have at once."""
    levels = (constants.SUCCESS, constants.WARNING, constants.ERROR)
    context = FRAME | {"messages": [Message(level, SAID) for level in levels]}
    return render(request, "demonstration/frame.html", context)
