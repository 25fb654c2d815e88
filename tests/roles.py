"""Every kind of person, in two councils, for tests of who reaches what."""

from accounts.models import User
from accounts.roles import Role
from projects.models import Assignment, Council


def everybody(council: Council, other: Council) -> dict[str, User | None]:
    """The kinds of person by what they are: the roles here, those elsewhere, and who has none."""
    people: dict[str, User | None] = {"anonymous": None}
    for place, where in (("here", council), ("elsewhere", other)):
        for role in Role:
            user = _user(f"{role.name.lower()}.{place}")
            user.memberships.create(council=where, role=role)
            if role == Role.COMMISSIONER:
                Assignment.objects.bulk_create(
                    Assignment(user=user, project=project) for project in where.projects.all()
                )
            people[f"{role.value} {place}"] = user
    people["nobody's"] = _user("nobody")
    people["staff"] = _user("staff", is_staff=True)
    people["superuser"] = _user("super", is_staff=True, is_superuser=True)
    closed = _user("closed", is_active=False)
    closed.memberships.create(council=council, role=Role.ADMINISTRATOR)
    people["closed"] = closed
    return people


def _user(name, **fields):
    return User.objects.create(
        email=f"{name}@roles.example", post=name.capitalize(), password="argon2$x", **fields
    )
