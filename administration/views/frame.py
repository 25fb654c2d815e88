"""What all administration pages share: who may open them, and one change at a time."""

from functools import wraps

from django.db import transaction

from accounts.roles import Permission
from projects.models import Council
from publishing.pages import render_working_page, working_council


def for_administrators(view):
    """Gives the view the address's council; 404 for people outside it, 403 for others inside.

    Changes to one council wait for each other: the second of two clicks, or of two
    administrators, is checked against the result of the first.
    """

    @wraps(view)
    def checked(request, council, **parts):
        slug = council
        with transaction.atomic():
            if request.method == "POST" and request.user.is_authenticated:
                # No key is changed, so records that point at the council do not have to wait.
                Council.objects.select_for_update(no_key=True).filter(slug=slug).first()
            council, access = working_council(request, slug)
            access.require(Permission.ADMINISTER)
            request.access = access
            return view(request, council, **parts)

    return checked


def typed(request):
    """The posted data for a form; None if the page is only opened."""
    return request.POST if request.method == "POST" else None


def render_screen(request, template, council, **context):
    """A page under Administration in the council's menu."""
    return render_working_page(
        request,
        template,
        council,
        request.access,
        "administration",
        **context,
    )
