"""Made-up accounts for demonstration mode. They are not people of any council."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.models import User

PASSWORD = "demonstration only"  # noqa: S105 - printed for everyone, refused elsewhere
PEOPLE = [
    ("commissioner@demonstration.example", "Commissioner (demonstration)", False),
    ("performance@demonstration.example", "Performance officer (demonstration)", False),
    ("finance@demonstration.example", "Finance officer (demonstration)", False),
    ("member@demonstration.example", "Committee member (demonstration)", False),
    ("administrator@demonstration.example", "Administrator (demonstration)", True),
]


@transaction.atomic
def make_accounts():
    """Makes the accounts that are missing; refuses outside demonstration mode."""
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            "Demonstration accounts are made in demonstration mode only (make run)."
        )
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
