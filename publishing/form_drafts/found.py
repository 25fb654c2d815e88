"""Finds what was sent and refused among the drafts of forms that the person typed into."""

from collections.abc import Collection
from typing import cast

from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User
from publishing.models import FormDraft


def has_draft(request: HttpRequest, texts: Collection[str]) -> bool:
    """Whether one draft of the address holds all the texts, typed by this person. One query."""
    if not request.user.is_authenticated:
        return False
    user = cast(User, request.user)
    _, _, beneath = request.path.partition("/")
    slug, _, address = beneath.partition("/")
    drafts = FormDraft.objects.filter(
        Q(address=address) | Q(address__startswith=f"{address}?"),
        Q(whose=None) | Q(whose=user),
        council__slug=slug,
    )
    wanted = set(map(_plain, texts))
    return any(
        wanted <= set(map(_plain, draft.typed.values()))
        for draft in drafts
        if user.pk in draft.writers
    )


def _plain(text: str) -> str:
    return " ".join(str(text).split())
