"""Whose page a form stands on, and which showing of it: two fields in every form."""

import secrets

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer

_signer = Signer(salt="typed.page-of")


def page_of(request) -> str:
    """The signed person for whom the page is made; "" for nobody."""
    user = getattr(request, "user", None)
    return _signer.sign(user.pk) if user is not None and user.is_authenticated else ""


def owner_of(request):
    """The person whose page the posted form stood on; None where it does not say."""
    try:
        signed = _signer.unsign(request.POST.get("page-of", ""))
    except BadSignature:
        return None
    return int(signed)


def person(number):
    """The person with that number; None for none."""
    return get_user_model().objects.filter(pk=number).first()


def new_press(request) -> str:
    """What tells this showing of a page's forms from any other; the same on one page."""
    if not hasattr(request, "_press"):
        request._press = secrets.token_urlsafe(9)
    return request._press
