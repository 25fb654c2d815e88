"""What a council has to show: of which subjects anything is public."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from accounts.models import User
from accounts.roles import Permission
from projects.access import Access, access_of
from projects.models import Council
from publishing import registry
from publishing.acts import Acts, acts_shown, has_acts, kept, with_acts
from publishing.registry import names


def councils() -> QuerySet[Council]:
    """Councils, each annotated with what it has to show, by ``registry.names``."""
    return Council.objects.annotate(
        **{
            subject.has: Exists(subject.published(OuterRef("pk")))
            for subject in registry.publishing()
            if subject.published
        }
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
