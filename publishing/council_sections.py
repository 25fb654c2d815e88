"""What a council has to show: the parts of the portal that its menu names.

Each subject says in its ``AppConfig.ready`` what it publishes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import Permission
from projects.access import Access, access_of
from projects.models import Council
from publishing.acts import Acts, acts_shown, has_acts, kept, with_acts


@dataclass(frozen=True)
class Section:
    """A part of the portal. Councils of ``councils`` have its ``name`` as an attribute.

    ``published`` gives the records that are public of the council that it is given.
    """

    place: int
    name: str
    published: Callable[[OuterRef], QuerySet]


_sections: list[Section] = []


def register(name: str, published: Callable[[OuterRef], QuerySet], *, place: int) -> None:
    """Adds a part of the portal. ``place`` is its place in the order of the portal's parts."""
    _sections.append(Section(place, name, published))
    _sections.sort(key=lambda section: section.place)


def names() -> list[str]:
    """The names of all parts, in their order: what a council may have to show."""
    return [section.name for section in _sections]


def councils() -> QuerySet[Council]:
    """Councils, each annotated with what it has to show, by the names of the parts."""
    return Council.objects.annotate(
        **{section.name: Exists(section.published(OuterRef("pk"))) for section in _sections}
    )


def told_apart(council: Council) -> Council:
    """The council with what it has to show: one query more unless it is of ``with_acts``."""
    if all(hasattr(council, name) for name in names()):
        return council
    if not has_acts(council):
        council = with_acts(Council.objects.filter(pk=council.pk)).get()
    return _tell_apart(council)


def _tell_apart(council: Council) -> Council:
    """Adds what a council of ``publishing.acts.with_acts`` has to show.

    One query, or none for what this process knows since the council last published or withdrew.
    """
    for name, has in _has(acts_shown(council)):
        setattr(council, name, has)
    return council


@kept
def _has(acts: Acts) -> list[tuple[str, bool]]:
    council = councils().get(pk=acts.council)
    return [(name, getattr(council, name)) for name in names()]


def has_contents(council: Council) -> bool:
    """Whether a council of ``councils`` has anything to show."""
    return any(getattr(council, name) for name in names())


def council_shown_to(user: AnonymousUser | User, slug: str) -> tuple[Council, Access]:
    """The council and the person's access to it, for pages of what is published.

    Raises Http404 where there is no such council, and where it does not show itself to the person.
    """
    council = with_acts(Council.objects.filter(slug=slug)).first()
    if council is None:
        raise Http404("No such council.")
    access = access_of(user, council)
    if not council.publishes and not access.may(Permission.PREVIEW):
        raise Http404("Not a council that publishes.")
    return _tell_apart(council), access
