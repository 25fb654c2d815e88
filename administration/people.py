"""The people of a council as its administrator sees them."""

from dataclasses import dataclass, field

from django.http import Http404

from accounts.history import history_of
from accounts.models import User
from accounts.roles import Role
from projects.models import Assignment, Membership, Project


@dataclass
class Person:
    """One account with its roles and projects in one council."""

    user: User
    roles: list[Role] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

    @property
    def is_open(self):
        """False for people who had a role here and have none now."""
        return bool(self.roles)

    @property
    def role_names(self):
        return [role.label for role in Role if role in self.roles]

    @property
    def has_set_password(self):
        """False for people who were invited and have not followed the link."""
        return self.user.has_usable_password()


def people_of(council, **only):
    """Everyone who has or had a role in the council: current people first, then by post."""
    had = history_of(Membership).filter(council_id=council.pk).values("user_id")
    has = Membership.objects.filter(council=council).values("user_id")
    users = (User.objects.filter(pk__in=had) | User.objects.filter(pk__in=has)).filter(**only)
    people = {user.pk: Person(user) for user in users}
    for membership in Membership.objects.filter(council=council, user__in=people):
        people[membership.user_id].roles.append(Role(membership.role))
    assignments = Assignment.objects.filter(project__council=council, user__in=people)
    for assignment in assignments.select_related("project").prefetch_related("project__changes"):
        people[assignment.user_id].projects.append(assignment.project)
    return sorted(
        people.values(),
        key=lambda person: (not person.is_open, person.user.post.lower(), person.user.email),
    )


def person_of(council, number):
    """The person with that account number. Raises Http404 unless they have or had a role here."""
    people = people_of(council, pk=number)
    if not people:
        raise Http404("Not a person of this council.")
    return people[0]


def why_post_is_kept(person, council):
    """Why this council cannot change the person's post, in a sentence; empty if it can."""
    if person.user.memberships.exclude(council=council).exists():
        return "The person works for another council too, so the post cannot be changed here."
    if person.user.is_staff:
        return "The person runs this installation, so the post cannot be changed here."
    if not person.is_open:
        return "The person has no role here now, so the post cannot be changed here."
    return ""
