"""What a person may do in a council. Views ask here and get back what they may have."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.roles import MAY, Permission, Role
from projects.models import Assignment, Council, Membership


@dataclass(frozen=True)
class Access:
    """One person's roles and assigned projects in one council; a visitor has neither."""

    council: Council
    roles: frozenset[Role] = frozenset()
    assigned: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def inside(self) -> bool:
        """Whether the person belongs to the council at all."""
        return bool(self.roles)

    def may(self, permission: StrEnum) -> bool:
        return any(permission in MAY[role] for role in self.roles)

    def may_report(self, project_id: int) -> bool:
        """Whether the person may write this project's returns."""
        return self.may(Permission.REPORT) and project_id in self.assigned

    def require(self, permission: StrEnum) -> None:
        """Raises Http404 for people outside the council, PermissionDenied for others without it."""
        if not self.inside:
            raise Http404("Not a council of this person.")
        if not self.may(permission):
            raise PermissionDenied


def access_of(user, council: Council) -> Access:
    """The person's access to the council: two queries, none for an anonymous visitor."""
    if not user.is_authenticated or not user.is_active:
        return Access(council)
    roles = Membership.objects.filter(user=user, council=council).values_list("role", flat=True)
    assigned = Assignment.objects.filter(user=user, project__council=council).values_list(
        "project_id", flat=True
    )
    return Access(council, frozenset(map(Role, roles)), frozenset(assigned))


def accesses_of(user) -> list[tuple[Council, Access]]:
    """The councils that the person belongs to, with their access: at most two queries."""
    if not user.is_authenticated or not user.is_active:
        return []
    roles: dict[Council, set[Role]] = {}
    for row in Membership.objects.filter(user=user).select_related("council").order_by("pk"):
        roles.setdefault(row.council, set()).add(Role(row.role))
    assigned = Assignment.objects.filter(user=user).values_list("project__council", "project")
    return [
        (
            council,
            Access(
                council, frozenset(held), frozenset(key for at, key in assigned if at == council.pk)
            ),
        )
        for council, held in roles.items()
    ]


def council_for(
    user, slug: str, councils: QuerySet[Council] | None = None
) -> tuple[Council, Access]:
    """The council and the person's access to it. Raises Http404 unless they belong to it.

    ``councils`` are fetched with what the caller reads of them besides.
    """
    if councils is None:
        councils = Council.objects.all()
    council = councils.filter(slug=slug).first()
    if council is None:
        raise Http404("No such council.")
    access = access_of(user, council)
    if not access.inside:
        raise Http404("Not a council of this person.")
    return council, access
