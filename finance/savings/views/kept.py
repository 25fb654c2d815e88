"""Forms of savings, with what is typed into them."""

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse

from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import About, KeptForm
from typed.forms import Make


def kept_in_savings(
    request: HttpRequest,
    council: Council,
    access: Access,
    title: str,
    make: Make,
    *,
    own: bool = False,
    key: str = "",
) -> KeptForm:
    """The form of that title; for people who may send it. See ``About`` for ``own``, ``key``."""
    about = replace(about_savings(council, access, title), own=own, key=key)
    return KeptForm(request, about, make)


def about_savings(council: Council, access: Access, title: str) -> About:
    """What the pages of a form of savings say of it."""
    return About(
        council=council,
        access=access,
        menu="savings-work",
        title=title,
        subject="Savings",
        steps=[(reverse("reporting:savings-work", args=[council.slug]), "Manage savings")],
    )
