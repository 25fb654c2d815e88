"""What this subject publishes and works on, as the rest of the portal needs to know it."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.roles import Permission, Role
from bcfportal.lib.sentences import counted
from bcfportal.lib.text.searching import says_all
from partnerships.models import Arrangement, ArrangementVersion
from partnerships.published import (
    ArrangementChoice,
    contents_of,
    versions_of,
    versions_that_stand,
)
from partnerships.withdrawal import OfArrangement, address_of
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.registry import Line, SearchResult, Subject

NOUNS = {"programme": "programme", "pool": "pooled budget", "outcomes": "joint outcomes framework"}


def register() -> None:
    """Says it. Called once, when the app is ready.

    It has no entry in the menu, which has no room: its pages are led to from the first page.
    """
    registry.register(
        Subject(
            "partnerships",
            place=58,
            has="has_partnerships",
            published=lambda council: ArrangementVersion.objects.not_withdrawn().filter(
                council=council, publication__isnull=False
            ),
            permissions={
                Permission.KEEP_PROGRAMMES: [Role.PERFORMANCE_OFFICER],
                Permission.KEEP_POOLS: [Role.FINANCE_OFFICER],
            },
            kinds={ArrangementVersion: OfArrangement()},
            read=_read,
            lines=_lines,
            search=_search,
        )
    )


def _read(council: Council, access: Access) -> list[ArrangementChoice]:
    return versions_that_stand(versions_of(council))


def _lines(council: Council, stand: list[ArrangementChoice]) -> Iterator[Line]:
    kinds = [choice.kind for choice in stand]
    said = [counted(kinds.count(kind), noun) for kind, noun in NOUNS.items() if kind in kinds]
    yield Line(
        "With partners",
        f"{' and '.join(filter(None, [', '.join(said[:-1]), said[-1]]))};",
        link="who decides what, who pays what, what for",
        address=reverse("reporting:partnerships", args=[council.slug]),
    )


def _search(council: Council, access: Access, text: str) -> Iterator[SearchResult]:
    """What stands of each, by all its words."""
    for content in contents_of(versions_that_stand(versions_of(council))):
        if says_all(text, content.text):
            yield SearchResult(
                content.title,
                address_of(council.slug, content.kind, content.slug),
                Arrangement.Kind(content.kind).label,
            )
