"""Made-up accounts for demonstration mode. They are not people of any council."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.models import Message, User
from accounts.roles import Role
from projects.models import Membership

PASSWORD = "demonstration only"  # noqa: S105 - printed for everyone, refused elsewhere
PEOPLE = [
    ("commissioner@demonstration.example", "Commissioner (demonstration)", False),
    ("performance@demonstration.example", "Performance officer (demonstration)", False),
    ("finance@demonstration.example", "Finance officer (demonstration)", False),
    ("member@demonstration.example", "Committee member (demonstration)", False),
    ("administrator@demonstration.example", "Administrator (demonstration)", True),
]
# What each is in a council of the demonstration.
ROLES = {
    "commissioner@demonstration.example": Role.COMMISSIONER,
    "performance@demonstration.example": Role.PERFORMANCE_OFFICER,
    "finance@demonstration.example": Role.FINANCE_OFFICER,
    "member@demonstration.example": Role.MEMBER,
    "administrator@demonstration.example": Role.ADMINISTRATOR,
}


def give_roles(council, people: dict[str, User]) -> None:
    """Gives the accounts, by email, their roles in the council, once."""
    for email, role in ROLES.items():
        Membership.objects.get_or_create(user=people[email], council=council, role=role)


def _refuse_other_people():
    """Accounts whose password is public must not stand beside those of real people."""
    if settings.OWN_DATABASE or not User.objects.filter(is_demonstration=False).exists():
        return
    raise ImproperlyConfigured(
        "The database of DATABASE_URL holds people who are not of a demonstration, so no "
        "demonstration is made in it. Name another database, or leave DATABASE_URL out and the "
        "portal starts a database of its own."
    )


@transaction.atomic
def make_accounts():
    """Makes the accounts that are missing.

    Raises ImproperlyConfigured outside demonstration mode, and in a given database that holds
    other people.
    """
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            "Demonstration accounts are made in demonstration mode only (make run)."
        )
    _refuse_other_people()
    people = []
    for email, post, administers in PEOPLE:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email,
                PASSWORD,
                post=post,
                is_demonstration=True,
                is_staff=administers,
                is_superuser=administers,
            )
        people.append(user)
    return people


def discard_mail(people: Iterable[User]) -> None:
    """Nobody waits for mail about what was made up: what has not gone out is not kept."""
    Message.objects.filter(to__in=people, sent_at=None).delete()
